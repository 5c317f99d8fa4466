//! The failure of waiting for a record that is not ready.

use std::fmt;
use std::time::Duration;

use super::Error;
use crate::seconds::Seconds;

/// How long a record was waited for in vain.
pub(crate) struct NotReady {
    pub(crate) waited: Duration,
    pub(crate) times: u32,
    /// What the last answer said.
    pub(crate) last: Option<Error>,
}

/// `not ready after 600 s, …`
impl fmt::Display for NotReady {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (waited, times) = (Seconds(self.waited), self.times);
        let undecodable = match &self.last {
            Some(error) if error.is_decode() => ", and the last answer cannot be decoded",
            _ => "",
        };
        write!(
            f,
            "not ready after {waited}, asked {times} times{undecodable}; it was created, so keep \
             its id and ask again later, or raise PollOptions::timeout"
        )
    }
}
