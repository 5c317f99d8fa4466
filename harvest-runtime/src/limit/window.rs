//! The length of the service's window.

use std::time::Duration;

use super::moment::Moment;

/// Longer than any that makes sense to wait for, and short enough to calculate with.
pub(super) const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
/// The longest window that `X-RateLimit-Reset` is believed. A service that wants a longer pause answers 429, and calls then
/// fail at once that do not wait for it.
const LONGEST_OBSERVED: Duration = Duration::from_secs(5 * 60);
const SHORTEST: Duration = Duration::from_millis(1);
/// How long a length that was concluded from refusals is believed. Another user of the key can be the true cause.
const BELIEVED: Duration = Duration::from_secs(600);
/// A service that counts in whole seconds asks for up to so much too little.
const ROUNDING: Duration = Duration::from_secs(2);
/// A generation of [`ObservedWindow`] ends after so many answers that took so many windows. Single answers fall anywhere in a
/// window and say little about its length.
const GENERATION: (u32, u32) = (50, 8);

#[derive(Clone)]
#[cfg_attr(
    feature = "shared-limiter",
    derive(serde::Deserialize, serde::Serialize)
)]
pub(super) struct Window {
    assumed: Duration,
    /// Requests went well after the assumed end of a window.
    pub(super) confirmed: bool,
    /// A length below which requests were refused, and until when to believe it.
    concluded: Option<(Duration, Moment)>,
    // The name in files of this form, which processes of several builds share.
    #[cfg_attr(feature = "shared-limiter", serde(rename = "told"))]
    observed: Option<ObservedWindow>,
}

/// What `X-RateLimit-Reset` says: how much of the window is left, or an upper bound of that. So the longest of many is
/// the length, or near it. Two generations are kept, so that a length that is no longer true is forgotten.
#[derive(Clone)]
#[cfg_attr(
    feature = "shared-limiter",
    derive(serde::Deserialize, serde::Serialize)
)]
struct ObservedWindow {
    began: Moment,
    answers: u32,
    longest: Duration,
    longest_before: Option<Duration>,
    /// Enough was observed that the assumed length doesn't matter any more.
    settled: bool,
}

impl Window {
    pub(super) fn new(assumed: Duration, confirmed: bool) -> Self {
        Self {
            assumed: assumed.clamp(SHORTEST, LONGEST),
            confirmed,
            concluded: None,
            observed: None,
        }
    }

    pub(super) fn length(&self) -> Duration {
        let concluded = self.concluded.map_or(SHORTEST, |(length, _)| length);
        let known = match &self.observed {
            Some(observed) if observed.settled => observed.longest(),
            Some(observed) => observed.longest().max(self.assumed),
            None => self.assumed,
        };
        known.max(concluded)
    }

    /// Some more, for clocks that don't run alike.
    pub(super) fn length_with_margin(&self) -> Duration {
        with_margin(self.length())
    }

    /// The same of the length that was described or given, whatever answers made of it.
    pub(super) fn usual_with_margin(&self) -> Duration {
        with_margin(self.assumed)
    }

    /// Whether what was concluded from a refusal does not explain another one: as much time passed before it, and it asks for
    /// more than rounding makes. Others use the key, so that what passed says nothing of the window; to add it each time would
    /// make longer and longer ones. What was concluded is believed again, or it would be added once that ends.
    pub(super) fn is_refuted_by(&mut self, passed: Duration, asked: Duration, now: Moment) -> bool {
        let concluded = self.concluded.as_mut().filter(|_| asked > ROUNDING);
        let Some((_, until)) = concluded.filter(|(length, _)| *length <= passed) else {
            return false;
        };
        *until = now + BELIEVED;
        true
    }

    /// A successful answer said how much of the window is left.
    pub(super) fn observe(&mut self, left: Duration, now: Moment) {
        let left = without_rounding(left);
        if left.is_zero() || left > LONGEST_OBSERVED {
            return;
        }
        let length = self.length();
        let observed = self.observed.get_or_insert(ObservedWindow {
            began: now,
            answers: 0,
            longest: left,
            longest_before: None,
            settled: false,
        });
        observed.answers = observed.answers.saturating_add(1);
        observed.longest = observed.longest.max(left);
        let (answers, windows) = GENERATION;
        if observed.answers >= answers && now - observed.began >= length * windows {
            observed.settled = observed.longest_before.is_some();
            observed.longest_before = Some(observed.longest);
            observed.longest = left;
            observed.began = now;
            observed.answers = 1;
        }
    }

    /// The window must be at least that long, or requests would not have counted that did.
    pub(super) fn at_least(&mut self, length: Duration, now: Moment) {
        if length > self.length() {
            self.concluded = Some((length.min(LONGEST), now + BELIEVED));
        }
    }

    /// The clock was set back by so much.
    #[cfg(feature = "shared-limiter")]
    pub(super) fn set_back(&mut self, by: Duration) {
        if let Some((_, until)) = &mut self.concluded {
            *until = *until - by;
        }
        if let Some(observed) = &mut self.observed {
            observed.began = observed.began - by;
        }
    }

    /// Forgets what is too old. What follows has to be confirmed again.
    pub(super) fn refresh(&mut self, now: Moment) {
        if self.concluded.is_some_and(|(_, until)| until <= now) {
            self.concluded = None;
            self.confirmed = false;
        }
    }
}

impl ObservedWindow {
    fn longest(&self) -> Duration {
        self.longest
            .max(self.longest_before.unwrap_or(self.longest))
    }
}

fn with_margin(length: Duration) -> Duration {
    length + (length / 2000).max(SHORTEST)
}

/// A moment rounded up to whole seconds, less a moment rounded down, makes a second that isn't there. Windows are round
/// numbers: 31 seconds are 30.
fn without_rounding(left: Duration) -> Duration {
    if left.as_secs() > 5 && left.as_secs() % 5 == 1 && left.subsec_nanos() == 0 {
        left.saturating_sub(Duration::from_secs(1))
    } else {
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limit::moment::Clock;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn is_as_long_as_the_longest_rest() {
        let mut window = Window::new(10 * SECOND, false);
        let start = Clock::start().now();
        for (left, length) in [
            (7, 10),
            (0, 10),
            (31, 30),
            (12, 30),
            (302, 30),
            (86_400, 30),
            (100_000, 30),
        ] {
            window.observe(left * SECOND, start);
            assert_eq!(window.length(), length * SECOND, "{left}");
        }
        assert!(window.length_with_margin() > 30 * SECOND);
        assert!(window.length_with_margin() < 30 * SECOND * 1001 / 1000);
    }

    #[test]
    fn forgets_a_length_that_is_no_longer_true() {
        let mut window = Window::new(10 * SECOND, false);
        let start = Clock::start().now();
        let mut tell = |from: u32, to: u32, length: u32| {
            for second in from..to {
                window.observe((length - second % length) * SECOND, start + second * SECOND);
            }
            window.length()
        };
        assert_eq!(tell(0, 1000, 60), 60 * SECOND);
        assert_eq!(tell(1000, 1400, 5), 60 * SECOND, "too early to tell");
        assert_eq!(tell(1400, 4000, 5), 5 * SECOND);
    }

    #[test]
    fn conclusions_are_believed_for_a_while() {
        let start = Clock::start().now();
        let mut window = Window::new(10 * SECOND, true);
        window.at_least(5 * SECOND, start);
        assert_eq!(window.length(), 10 * SECOND);
        window.at_least(30 * SECOND, start);
        window.refresh(start + BELIEVED - SECOND);
        assert_eq!((window.length(), window.confirmed), (30 * SECOND, true));
        window.refresh(start + BELIEVED);
        assert_eq!((window.length(), window.confirmed), (10 * SECOND, false));
        window.at_least(Duration::MAX, start);
        assert_eq!(window.length(), LONGEST);
    }
}
