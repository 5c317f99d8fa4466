//! The option that bounds the time of a call.

use std::fmt;

/// Names the option to those who have to raise it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TimeOption {
    #[default]
    Call,
    Poll,
}

impl fmt::Display for TimeOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Call => "ClientBuilder::timeout",
            Self::Poll => "PollOptions::timeout",
        })
    }
}
