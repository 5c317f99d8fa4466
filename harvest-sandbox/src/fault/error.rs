//! Why a fault was not taken.

use std::error::Error;
use std::fmt;
use std::time::Duration;

/// Why a sandbox did not take a [`Fault`](crate::Fault): it could never have happened.
///
/// ```
/// # async fn demo() {
/// use harvest_sandbox::{Fault, FaultError, Sandbox};
///
/// let sandbox = Sandbox::start().await.unwrap();
/// let error = sandbox.faults().add(Fault::reset().on("list_candidate")).unwrap_err();
/// assert!(matches!(error, FaultError::UnknownOperation { .. }));
/// # }
/// # tokio::runtime::Runtime::new().unwrap().block_on(demo());
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FaultError {
    /// No operation of the document has this id.
    #[non_exhaustive]
    UnknownOperation {
        /// The id that was asked for.
        operation: String,
    },
    /// No answer can have this status.
    #[non_exhaustive]
    Status {
        /// The status that was asked for.
        status: u16,
    },
    /// Requests are counted from 1.
    #[non_exhaustive]
    Count {},
    /// A probability is a number from 0 to 1.
    #[non_exhaustive]
    Probability {
        /// The probability that was asked for.
        probability: f64,
    },
    /// No answer waits that long, or tells a client to.
    #[non_exhaustive]
    Wait {
        /// The longest time.
        limit: Duration,
    },
    /// More records than are put at the front of a list.
    #[non_exhaustive]
    Rows {
        /// The largest number.
        limit: usize,
    },
    /// There are as many faults as a sandbox takes.
    #[non_exhaustive]
    TooMany {
        /// The largest number.
        limit: usize,
    },
}

impl fmt::Display for FaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownOperation { operation } => write!(
                f,
                "there is no operation {operation}; the ids are those of the document"
            ),
            Self::Status { status } => {
                write!(
                    f,
                    "no answer has the status {status}; it has to be from 200 to 599"
                )
            }
            Self::Count {} => {
                f.write_str("requests are counted from 1, so 0 is none that will ever come")
            }
            Self::Probability { probability } => {
                write!(f, "{probability} is no probability from 0 to 1")
            }
            Self::Wait { limit } => {
                write!(f, "a time can be up to {} ms", limit.as_millis())
            }
            Self::Rows { limit } => write!(f, "up to {limit} records can be inserted"),
            Self::TooMany { limit } => write!(
                f,
                "there are {limit} faults, which is the maximum; clear them first"
            ),
        }
    }
}

impl Error for FaultError {}
