//! Statistics of a call: what it cost before it ended.

use std::fmt;
use std::time::Duration;

use crate::limit::Pause;

/// What a call cost: how often it was sent, how long it waited, and why it was not sent again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct CallStats {
    pub(crate) attempts: u32,
    /// For turns under the rate limit, and before further attempts.
    pub(crate) waited: Duration,
    /// `None` if the call succeeded, or if another attempt would not have been right.
    pub(crate) gave_up: Option<GaveUp>,
}

/// Why a call that might have succeeded on another attempt was not sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GaveUp {
    /// The policy had enough.
    Exhausted,
    /// The service asks for a pause that the call has no time for, or that is longer than any that is waited for, or than is
    /// left of that after earlier ones.
    Paused(Pause),
    /// The wait between attempts would not have ended in time.
    OutOfTime,
    /// Too many other calls of the client failed.
    OutOfBudget,
}

/// What follows the text of the error: ` [6 attempts]`, `; not sent again: … [2 attempts]`, or nothing.
impl fmt::Display for CallStats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.gave_up {
            Some(GaveUp::Paused(pause)) => write!(f, "; not sent again: {pause}")?,
            Some(GaveUp::OutOfTime) => {
                f.write_str("; not sent again: the call has no time left")?;
            }
            Some(GaveUp::OutOfBudget) => f.write_str(
                "; not sent again: many calls of this client failed lately (see RetryBudget)",
            )?,
            Some(GaveUp::Exhausted) | None => {}
        }
        match self.attempts {
            0 | 1 => Ok(()),
            attempts => write!(f, " [{attempts} attempts]"),
        }
    }
}
