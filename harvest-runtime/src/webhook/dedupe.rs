//! Deduplication of deliveries: one that comes several times is handled once.

use std::collections::HashSet;
use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::StatusCode;

use super::{Delivery, DeliveryKey, HandledDeliveries, HandledInMemory};

/// The handling of each event once, though it is delivered several times. Clones share what they know.
///
/// A delivery is noted as handled after the handling has succeeded, and not before: a process that ends in between gets it
/// again, where the other order would lose it. So an event can be handled twice after a crash, or by two processes at once;
/// within one process a repetition that arrives meanwhile is [`InProgress`](Outcome::InProgress).
///
/// ```
/// # use harvest_runtime::webhook::{Delivery, Deduplicator, Outcome};
/// # async fn store(_: &Delivery) -> Result<(), std::io::Error> { Ok(()) }
/// # async fn receive(events: &Deduplicator, delivery: Delivery) -> harvest_runtime::StatusCode {
/// match events.handle(&delivery, store(&delivery)).await {
///     Ok(outcome) => outcome.status(),
///     // The service repeats the delivery.
///     Err(_) => harvest_runtime::StatusCode::INTERNAL_SERVER_ERROR,
/// }
/// # }
/// ```
#[derive(Clone)]
pub struct Deduplicator {
    handled: Arc<dyn HandledDeliveries>,
    in_progress: Arc<Mutex<HashSet<DeliveryKey>>>,
}

/// What came of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome<T> {
    /// It was handled, with this result.
    Handled(T),
    /// It was handled before.
    Repeated,
    /// The same delivery is being handled at this moment. It may still fail, so it has to come again.
    InProgress,
}

/// Why a delivery was not handled, or not noted as handled.
#[derive(Debug)]
#[non_exhaustive]
pub enum HandleError<E> {
    /// The handling failed. It is not noted, so that the next attempt of the service is handled.
    Handling(E),
    /// The store of handled deliveries failed, before the handling or after it.
    Store(Box<dyn StdError + Send + Sync>),
}

impl Deduplicator {
    /// A deduplicator that notes in this store what was handled.
    pub fn new(handled: impl HandledDeliveries + 'static) -> Self {
        Self {
            handled: Arc::new(handled),
            in_progress: Arc::default(),
        }
    }

    /// Handles a delivery unless it was handled before: then `handling` is dropped without having begun.
    ///
    /// # Errors
    ///
    /// If the handling or the store fails.
    pub async fn handle<T, E>(
        &self,
        delivery: &Delivery,
        handling: impl Future<Output = Result<T, E>>,
    ) -> Result<Outcome<T>, HandleError<E>> {
        let Some(turn) = Turn::take(&self.in_progress, delivery.key()) else {
            return Ok(Outcome::InProgress);
        };
        let is_known = self.handled.contains(turn.key).await;
        if is_known.map_err(HandleError::Store)? {
            return Ok(Outcome::Repeated);
        }
        let result = handling.await.map_err(HandleError::Handling)?;
        let noted = self.handled.insert(turn.key).await;
        noted.map_err(HandleError::Store)?;
        Ok(Outcome::Handled(result))
    }
}

impl Default for Deduplicator {
    /// A deduplicator that remembers the latest 100,000 deliveries in memory.
    fn default() -> Self {
        Self::new(HandledInMemory::default())
    }
}

/// The only handling of a delivery in this process, until it is dropped: also when the handling is cancelled, as servers do
/// when a connection ends.
struct Turn<'a> {
    all: &'a Mutex<HashSet<DeliveryKey>>,
    key: &'a DeliveryKey,
}

impl<'a> Turn<'a> {
    fn take(all: &'a Mutex<HashSet<DeliveryKey>>, key: &'a DeliveryKey) -> Option<Self> {
        let is_first = lock(all).insert(key.clone());
        is_first.then_some(Self { all, key })
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        lock(self.all).remove(self.key);
    }
}

/// A set is consistent after each step, so a poisoned lock is usable.
fn lock(all: &Mutex<HashSet<DeliveryKey>>) -> MutexGuard<'_, HashSet<DeliveryKey>> {
    all.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T> Outcome<T> {
    /// The status to answer with: 200, or 503 for what is in progress, so that the service repeats it.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Handled(_) | Self::Repeated => StatusCode::OK,
            Self::InProgress => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl fmt::Debug for Deduplicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deduplicator").finish_non_exhaustive()
    }
}

impl<E> fmt::Display for HandleError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Handling(_) => "the delivery could not be handled; the service repeats it",
            Self::Store(_) => {
                "the store of handled deliveries failed; what was handled may be handled again"
            }
        })
    }
}

impl<E: StdError + 'static> StdError for HandleError<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Handling(error) => Some(error),
            Self::Store(error) => Some(&**error),
        }
    }
}
