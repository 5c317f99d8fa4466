//! Errors of what is done to a running sandbox.

use crate::refusal::{FULL, LOCKED, QUEUED, Refusal};

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
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ControlError {
    /// The sandbox answers from [`examples`](crate::Builder::examples), and keeps nothing that this could be done to.
    #[error("this sandbox answers from examples; start it without them to keep records")]
    #[non_exhaustive]
    NoRecords {},
    /// No snapshot has this name.
    #[error("there is no snapshot `{name}`")]
    #[non_exhaustive]
    UnknownSnapshot {
        /// The name that was asked for.
        name: String,
    },
    /// No snapshot can have this name.
    #[error("`{name}` can't be the name of a snapshot; use up to 64 letters, digits, `-` and `_`")]
    #[non_exhaustive]
    SnapshotName {
        /// The name that was asked for.
        name: String,
    },
    /// There are as many snapshots as a sandbox keeps.
    #[error("there are {limit} snapshots, which is the maximum; forget one first")]
    #[non_exhaustive]
    TooManySnapshots {
        /// How many it keeps.
        limit: usize,
    },
    /// The clock can't be set to that time.
    #[error("the clock goes from the year 1970 to the year 9998")]
    #[non_exhaustive]
    Time {},
    /// More records at once than a sandbox makes.
    #[error("it makes {limit} records at once, and no more")]
    #[non_exhaustive]
    TooMany {
        /// How many it makes.
        limit: usize,
    },
    /// No decision is awaited: there is no such approval flow, its approvals were not asked for, or it is decided.
    #[error("approval flow {flow} waits for no decision; its approvals have to be requested first")]
    #[non_exhaustive]
    NotRequested {
        /// The id of the flow.
        flow: i64,
    },
    /// No token was issued: the user is not there or not active, or the credentials were revoked.
    #[error("no token is issued: name an active user, and credentials that were not revoked")]
    #[non_exhaustive]
    NotGranted {},
    /// There is no space left to keep anything in. Nothing was written.
    #[error("{FULL}")]
    #[non_exhaustive]
    Full {},
    /// Another process is writing to the folder. Nothing was written.
    #[error("{LOCKED}")]
    #[non_exhaustive]
    Locked {},
    /// Writes before this one take too long. Nothing was written.
    #[error("{QUEUED}")]
    #[non_exhaustive]
    Queued {},
    /// The database did not do its part.
    #[error("the database: {problem}")]
    #[non_exhaustive]
    Store {
        /// What SQLite, or the operating system, says.
        problem: String,
    },
}

/// What the store refuses here is only ever its own failure.
impl From<Refusal> for ControlError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Full => Self::Full {},
            Refusal::Locked => Self::Locked {},
            Refusal::Queued => Self::Queued {},
            refusal => Self::Store {
                problem: refusal.to_string(),
            },
        }
    }
}
