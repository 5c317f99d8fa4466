//! The time that several downloads wait in pauses.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::limit::Patience;

/// The time that several downloads wait in pauses, as one.
///
/// Each server of files may ask for a pause for each of its files, and records may name any number of servers. Downloads with
/// the same budget ([`Download::pauses`](super::Download::pauses)) wait for
/// [`max_pause`](crate::ClientBuilder::max_pause) in all. What is spent does not come back; clones share it.
///
/// ```
/// use harvest_runtime::attachment::{PauseBudget, SignedFile};
/// use harvest_runtime::{Core, Error};
///
/// async fn save(core: &Core, files: &[impl SignedFile]) -> Result<(), Error> {
///     let pauses = PauseBudget::new();
///     for (at, file) in files.iter().enumerate() {
///         core.download(file).pauses(&pauses).to_file(format!("{at}.bin")).await?;
///     }
///     Ok(())
/// }
/// ```
#[derive(Debug, Clone, Default)]
pub struct PauseBudget(Arc<Mutex<Duration>>);

impl PauseBudget {
    /// A budget of which nothing is spent.
    pub fn new() -> Self {
        Self::default()
    }

    /// How long the downloads waited in pauses so far.
    pub fn spent(&self) -> Duration {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn spend(&self, pause: Duration) {
        let mut spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *spent = spent.saturating_add(pause);
    }

    /// Has a download know what others waited.
    pub(super) fn count_into(&self, patience: &mut Patience) {
        let of_others = self.spent().saturating_sub(patience.paused());
        patience.spend(of_others);
    }
}
