//! Changes: a number that grows, by which those who look at something know that there is something new.

use std::sync::Arc;

use tokio::sync::watch;

/// Counts changes, and wakes those who wait for one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes(Arc<watch::Sender<u64>>);

impl Changes {
    /// Something has changed.
    pub(crate) fn happened(&self) {
        self.0
            .send_modify(|number| *number = number.wrapping_add(1));
    }

    /// The number of the latest change.
    pub(crate) fn latest(&self) -> u64 {
        *self.0.borrow()
    }

    /// Follows what changes from now on.
    pub(crate) fn follow(&self) -> watch::Receiver<u64> {
        self.0.subscribe()
    }
}
