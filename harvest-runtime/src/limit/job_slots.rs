//! The bound on bulk jobs that are active at a time.

use std::sync::{Arc, OnceLock};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The places of bulk jobs, for all calls that share a limiter: jobs are limited by credential, as requests are. Who waits
/// longest is next.
#[derive(Default)]
pub(crate) struct JobSlots(OnceLock<Arc<Semaphore>>);

impl JobSlots {
    /// Waits until fewer than `most` are active, and takes a place. The first caller says how many there are.
    pub(crate) async fn take(&self, most: usize) -> Option<OwnedSemaphorePermit> {
        let slots = self.0.get_or_init(|| Arc::new(Semaphore::new(most.max(1))));
        // It is never closed.
        Arc::clone(slots).acquire_owned().await.ok()
    }
}
