//! Errors of faults that were not taken.

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
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FaultError {
    /// No operation of the document has this id.
    #[error("there is no operation {operation}; the ids are those of the document")]
    #[non_exhaustive]
    UnknownOperation {
        /// The id that was asked for.
        operation: String,
    },
    /// No answer can have this status.
    #[error("no answer has the status {status}; it has to be from 200 to 599")]
    #[non_exhaustive]
    Status {
        /// The status that was asked for.
        status: u16,
    },
    /// Requests are counted from 1.
    #[error("requests are counted from 1, so 0 is none that will ever come")]
    #[non_exhaustive]
    Count {},
    /// A probability is a number from 0 to 1.
    #[error("{probability} is no probability from 0 to 1")]
    #[non_exhaustive]
    Probability {
        /// The probability that was asked for.
        probability: f64,
    },
    /// No answer waits that long, or has a client wait.
    #[error("a time can be up to {} ms", limit.as_millis())]
    #[non_exhaustive]
    Wait {
        /// The longest time.
        limit: Duration,
    },
    /// More records than are put at the front of a list.
    #[error("up to {limit} records can be inserted")]
    #[non_exhaustive]
    Rows {
        /// The largest number.
        limit: usize,
    },
    /// There are as many faults as a sandbox takes.
    #[error("there are {limit} faults, which is the maximum; clear them first")]
    #[non_exhaustive]
    TooMany {
        /// The largest number.
        limit: usize,
    },
}
