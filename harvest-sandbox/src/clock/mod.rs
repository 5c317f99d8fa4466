//! The clock of the sandbox.

pub(crate) mod time;

use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use chrono::{DateTime, Datelike, SecondsFormat, TimeDelta, Utc};

/// A point in time.
pub(crate) type Moment = DateTime<Utc>;

/// As the service sends most of its times, and as all are kept: `2026-02-11T09:14:05.120Z`. Texts of this form sort like
/// the times that they stand for.
pub(crate) fn stamp(moment: Moment) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// As webhooks have times: `2026-02-11T09:14:05Z`.
pub(crate) fn short_stamp(stamp: &str) -> String {
    match stamp.split_once('.') {
        Some((seconds, _)) => format!("{seconds}Z"),
        None => stamp.to_owned(),
    }
}

/// A time that a client sent, in the form in which times are kept.
pub(crate) fn parse(text: &str) -> Option<String> {
    moment(text).map(stamp)
}

/// A time that a client sent, in a form of ISO 8601. A day is its first moment. `None` for one that is before the year 0 or after
/// 9999 in UTC, be it for its zone alone: its text as it is kept would not sort, and is no time to others.
pub(crate) fn moment(text: &str) -> Option<Moment> {
    time::read(text)
}

/// The day of a time that a client sent, `2026-02-11`.
pub(crate) fn parse_day(text: &str) -> Option<String> {
    Some(parse(text)?[..10].to_owned())
}

/// Where the time comes from: the computer's clock, set forward or back, or one that stands still.
#[derive(Debug, Default)]
pub(crate) struct Clock(Mutex<Setting>);

#[derive(Clone, Copy, Debug)]
enum Setting {
    Running { ahead: TimeDelta },
    Frozen { at: Moment },
}

impl Default for Setting {
    fn default() -> Self {
        Self::Running {
            ahead: TimeDelta::zero(),
        }
    }
}

impl Setting {
    fn now(self) -> Moment {
        match self {
            Self::Running { ahead } => Utc::now() + ahead,
            Self::Frozen { at } => at,
        }
    }
}

impl Clock {
    pub(crate) fn now(&self) -> Moment {
        self.setting().now()
    }

    /// Stops at a time.
    pub(crate) fn freeze(&self, at: Moment) {
        *self.setting() = Setting::Frozen { at };
    }

    /// Runs from where it is.
    pub(crate) fn run(&self) {
        let mut setting = self.setting();
        let ahead = setting.now() - Utc::now();
        *setting = Setting::Running { ahead };
    }

    /// Goes forward, whether it stands still or not; `false` if that is too far.
    pub(crate) fn advance(&self, by: TimeDelta) -> bool {
        let mut setting = self.setting();
        let then = setting.now().checked_add_signed(by);
        let Some(then) = then.filter(|then| Self::reaches(*then)) else {
            return false;
        };
        *setting = match *setting {
            Setting::Running { .. } => Setting::Running {
                ahead: then - Utc::now(),
            },
            Setting::Frozen { .. } => Setting::Frozen { at: then },
        };
        true
    }

    /// Follows the computer's time again.
    pub(crate) fn reset(&self) {
        *self.setting() = Setting::default();
    }

    pub(crate) fn is_frozen(&self) -> bool {
        matches!(*self.setting(), Setting::Frozen { .. })
    }

    /// Whether a clock can be set to a time: its text has four digits for the year, and will have for some time.
    pub(crate) fn reaches(moment: Moment) -> bool {
        (1970..=9998).contains(&moment.year())
    }

    fn setting(&self) -> std::sync::MutexGuard<'_, Setting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A time of the computer, if a clock can be set to it.
pub(crate) fn of_system(time: SystemTime) -> Option<Moment> {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let moment = Moment::UNIX_EPOCH.checked_add_signed(TimeDelta::from_std(since).ok()?)?;
    Some(moment).filter(|moment| Clock::reaches(*moment))
}

/// The day of a time as it is kept: `2026-03-01`.
pub(crate) fn day_of(stamp: &str) -> &str {
    stamp.split('T').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_kept_in_one_form() {
        for (sent, kept) in [
            ("2026-03-01", "2026-03-01T00:00:00.000Z"),
            ("2026-03-01T09:30:00Z", "2026-03-01T09:30:00.000Z"),
            ("2026-03-01T00:30:00.5+01:00", "2026-02-28T23:30:00.500Z"),
        ] {
            assert_eq!(parse(sent).as_deref(), Some(kept), "{sent}");
        }
        assert_eq!(parse("soon"), None);
        for (sent, is_kept) in [
            ("9999-12-31T23:59:59Z", true),
            ("9999-12-31T23:59:59-00:01", false),
            ("0000-01-01T00:00:00Z", true),
            ("0000-01-01T00:00:00+00:01", false),
        ] {
            assert_eq!(parse(sent).is_some(), is_kept, "{sent}");
        }
        assert_eq!(
            parse_day("2026-03-01T00:30:00+01:00").as_deref(),
            Some("2026-02-28")
        );
        assert_eq!(
            short_stamp("2026-03-01T09:30:00.120Z"),
            "2026-03-01T09:30:00Z"
        );
    }

    #[test]
    fn a_clock_can_stand_still_and_be_set() {
        let clock = Clock::default();
        let noon: Moment = "2026-03-01T12:00:00Z".parse().unwrap();
        clock.freeze(noon);
        assert_eq!(clock.now(), noon);
        assert!(clock.advance(TimeDelta::hours(2)));
        assert!(!clock.advance(TimeDelta::MAX));
        assert!(!clock.advance(TimeDelta::days(8_000 * 365)));
        assert_eq!(stamp(clock.now()), "2026-03-01T14:00:00.000Z");
        clock.run();
        assert!(clock.now() >= noon + TimeDelta::hours(2));
        assert!(clock.now() < noon + TimeDelta::hours(3));
    }
}
