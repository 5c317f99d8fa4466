//! Points in time, as the ledger has them.

use std::ops::{Add, Sub};
use std::time::Duration;
#[cfg(feature = "shared-limiter")]
use std::time::SystemTime;

use tokio::time::Instant;

/// A point in time: how long after the zero of its [`Clock`] it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(
    feature = "shared-limiter",
    derive(serde::Deserialize, serde::Serialize)
)]
#[cfg_attr(feature = "shared-limiter", serde(from = "u64", into = "u64"))]
pub(super) struct Moment(Duration);

impl Add<Duration> for Moment {
    type Output = Self;

    fn add(self, wait: Duration) -> Self {
        Self(self.0.saturating_add(wait))
    }
}

impl Sub<Duration> for Moment {
    type Output = Self;

    fn sub(self, time: Duration) -> Self {
        Self(self.0.saturating_sub(time))
    }
}

/// How long ago the other was; nothing if it is yet to come.
impl Sub for Moment {
    type Output = Duration;

    fn sub(self, other: Self) -> Duration {
        self.0.saturating_sub(other.0)
    }
}

/// In microseconds, which is short to write.
impl From<Moment> for u64 {
    fn from(moment: Moment) -> Self {
        Self::try_from(moment.0.as_micros()).unwrap_or(Self::MAX)
    }
}

impl From<u64> for Moment {
    fn from(microseconds: u64) -> Self {
        Self(Duration::from_micros(microseconds))
    }
}

/// The clock of one ledger.
#[derive(Clone, Copy)]
pub(super) enum Clock {
    /// Tokio's, which only this process has. Its zero is when the limiter was made.
    Own(Instant),
    /// One that all processes of a machine have in common, by how long ago its zero was.
    #[cfg(feature = "shared-limiter")]
    Common(fn() -> Duration),
    /// That of a server: what it said last, and when.
    #[cfg(feature = "redis")]
    Server(Instant, Moment),
}

impl Clock {
    /// Begins now.
    pub(super) fn start() -> Self {
        Self::Own(Instant::now())
    }

    /// The clock on the wall.
    #[cfg(feature = "shared-limiter")]
    pub(super) fn common() -> Self {
        Self::Common(|| {
            let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
            now.unwrap_or_default()
        })
    }

    pub(super) fn now(self) -> Moment {
        self.at(Instant::now())
    }

    pub(super) fn at(self, instant: Instant) -> Moment {
        match self {
            Self::Own(zero) => Moment(instant.duration_since(zero)),
            #[cfg(feature = "shared-limiter")]
            // As it will be read again.
            Self::Common(now) => u64::from(Moment(now()) - instant.elapsed()).into(),
            #[cfg(feature = "redis")]
            Self::Server(then, moment) => {
                let since = instant.saturating_duration_since(then);
                moment + since - then.saturating_duration_since(instant)
            }
        }
    }

    pub(super) fn instant(self, moment: Moment) -> Instant {
        // A time beyond the end of the clock never comes.
        let after = |instant: Instant, wait| {
            let long = Duration::from_secs(60 * 60 * 24 * 365);
            instant.checked_add(wait).unwrap_or(instant + long)
        };
        match self {
            Self::Own(zero) => after(zero, moment.0),
            #[cfg(feature = "shared-limiter")]
            Self::Common(now) => after(Instant::now(), moment - Moment(now())),
            #[cfg(feature = "redis")]
            Self::Server(then, said) => after(then, moment - said),
        }
    }
}
