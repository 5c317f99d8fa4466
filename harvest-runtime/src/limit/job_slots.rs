//! The bound on bulk jobs that are active at a time.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::sleep;

/// How often a call looks whether there is a place.
const LOOK: Duration = Duration::from_millis(50);

/// The places of bulk jobs, for all calls that share a limiter: jobs are limited by credential, as requests are.
#[derive(Default)]
pub(crate) struct JobSlots(OnceLock<Arc<Semaphore>>);

impl JobSlots {
    /// Waits until fewer than `most` are active, and takes a place. The first caller says how many there are.
    ///
    /// It polls the semaphore: a waiter in its queue is assigned a place, and keeps it while it is not polled itself.
    pub(crate) async fn take(&self, most: usize) -> OwnedSemaphorePermit {
        let slots = self.0.get_or_init(|| Arc::new(Semaphore::new(most.max(1))));
        loop {
            if let Ok(place) = Arc::clone(slots).try_acquire_owned() {
                return place;
            }
            sleep(LOOK).await;
        }
    }
}
