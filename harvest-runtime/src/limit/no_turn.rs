//! Reasons for which a call gets no turn.

use std::fmt;

use super::Pause;

/// Why a call gets no turn.
#[derive(Clone, Debug)]
pub(crate) enum NoTurn {
    /// The service asked for a pause that the call does not wait for.
    Paused(Pause),
    /// The ledger is elsewhere, and could not be asked.
    Unbooked(Unbooked),
}

/// The reason for which a ledger that is elsewhere could not be asked. It repeats nothing that a server said.
#[derive(Clone, Debug)]
#[cfg_attr(
    not(feature = "redis"),
    allow(dead_code, reason = "every ledger is on this machine")
)]
pub(crate) struct Unbooked(&'static str);

impl Unbooked {
    #[cfg(feature = "redis")]
    pub(super) fn new(reason: &'static str) -> Self {
        Self(reason)
    }
}

impl From<Pause> for NoTurn {
    fn from(pause: Pause) -> Self {
        Self::Paused(pause)
    }
}

impl From<Unbooked> for NoTurn {
    fn from(unbooked: Unbooked) -> Self {
        Self::Unbooked(unbooked)
    }
}

/// `the limiter's server cannot be asked (connection refused), …`
impl fmt::Display for Unbooked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = self.0;
        write!(
            f,
            "the server that the limiter books in cannot be used ({reason}), and nothing is sent \
             without it, because the allowance is shared; check the server of Limiter::redis, and \
             try again"
        )
    }
}
