//! Futures that end by a deadline.

use tokio::time::{Instant, timeout_at};

/// `None` if the deadline comes first.
pub(crate) async fn within<F: Future>(deadline: Option<Instant>, future: F) -> Option<F::Output> {
    match deadline {
        Some(deadline) => timeout_at(deadline, future).await.ok(),
        None => Some(future.await),
    }
}
