//! Why a fault was not taken.

use std::error::Error;
use std::fmt;

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
        }
    }
}

impl Error for FaultError {}
