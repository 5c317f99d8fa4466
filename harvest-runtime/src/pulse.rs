//! The pulse of work in a runtime, which may be shut down or never driven again: what waits for the work sees whether it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::timeout;

/// How often work shows that it is driven, and how often it is looked at.
pub(crate) const BEAT: Duration = Duration::from_secs(1);

/// The signs of work that it is driven.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pulse(Arc<AtomicU64>);

/// Looks at a pulse.
#[derive(Default)]
pub(crate) struct Watch {
    known: Option<(Pulse, u64)>,
    /// How many looks in a row have seen it as it was before.
    pub(crate) silent: u32,
}

impl Pulse {
    pub(crate) fn beat(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn beats(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Does work, and beats while it lasts. With each beat, something else is done. It needs timers.
    pub(crate) async fn of<F: Future>(&self, work: F, mut with_each: impl FnMut()) -> F::Output {
        let mut work = std::pin::pin!(work);
        loop {
            if let Ok(output) = timeout(BEAT, work.as_mut()).await {
                return output;
            }
            self.beat();
            with_each();
        }
    }
}

impl Watch {
    /// Looks at a pulse, which may be another one than before. How many looks in a row have seen it as it was.
    pub(crate) fn look(&mut self, pulse: &Pulse) -> u32 {
        let beats = pulse.beats();
        let is_as_before =
            |(known, before): &(Pulse, u64)| Arc::ptr_eq(&known.0, &pulse.0) && *before == beats;
        if self.known.as_ref().is_some_and(is_as_before) {
            self.silent += 1;
        } else {
            self.known = Some((pulse.clone(), beats));
            self.silent = 0;
        }
        self.silent
    }
}
