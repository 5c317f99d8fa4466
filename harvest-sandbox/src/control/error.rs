//! Why something could not be done to a sandbox.

use std::error::Error;
use std::fmt;

use axum::http::StatusCode;

use crate::refusal::Refusal;
use crate::store::FULL;

/// Why something could not be done to a running [`Sandbox`](crate::Sandbox).
///
/// ```
/// # async fn demo() {
/// use harvest_sandbox::{ControlError, Sandbox};
///
/// let sandbox = Sandbox::start().await.unwrap();
/// let error = sandbox.restore("before").unwrap_err();
/// assert!(matches!(error, ControlError::UnknownSnapshot { .. }));
/// # }
/// # tokio::runtime::Runtime::new().unwrap().block_on(demo());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ControlError {
    /// The sandbox answers from [`examples`](crate::Builder::examples), and keeps nothing that this could be done to.
    #[non_exhaustive]
    NoRecords {},
    /// No snapshot has this name.
    #[non_exhaustive]
    UnknownSnapshot {
        /// The name that was asked for.
        name: String,
    },
    /// No snapshot can have this name.
    #[non_exhaustive]
    SnapshotName {
        /// The name that was asked for.
        name: String,
    },
    /// The clock can't be set to that time.
    #[non_exhaustive]
    Time {},
    /// More records at once than a sandbox makes.
    #[non_exhaustive]
    TooMany {
        /// How many it makes.
        limit: usize,
    },
    /// Nobody waits for the decision: there is no such approval flow, its approvals were not asked for, or it is decided.
    #[non_exhaustive]
    NotRequested {
        /// The id of the flow.
        flow: i64,
    },
    /// There is no space left to keep anything in. Nothing was written.
    #[non_exhaustive]
    Full {},
    /// The database did not do its part.
    #[non_exhaustive]
    Store {
        /// What SQLite, or the operating system, says.
        problem: String,
    },
}

impl fmt::Display for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRecords {} => f.write_str(
                "this sandbox answers from examples; start it without them to keep records",
            ),
            Self::UnknownSnapshot { name } => write!(f, "there is no snapshot `{name}`"),
            Self::SnapshotName { name } => write!(
                f,
                "`{name}` can't be the name of a snapshot; use up to 64 letters, digits, `-` and `_`"
            ),
            Self::Time {} => f.write_str("the clock goes from the year 1970 to the year 9998"),
            Self::TooMany { limit } => write!(f, "it makes {limit} records at once, and no more"),
            Self::NotRequested { flow } => write!(
                f,
                "approval flow {flow} waits for nobody; its approvals have to be requested first"
            ),
            Self::Full {} => f.write_str(FULL),
            Self::Store { problem } => write!(f, "the database: {problem}"),
        }
    }
}

impl Error for ControlError {}

/// What the store refuses here is only ever its own failure.
impl From<Refusal> for ControlError {
    fn from(refusal: Refusal) -> Self {
        if refusal.status == StatusCode::INSUFFICIENT_STORAGE {
            return Self::Full {};
        }
        Self::Store {
            problem: refusal.words().unwrap_or_default(),
        }
    }
}
