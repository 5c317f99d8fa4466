//! Stores of what was handled.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::DeliveryKey;
use crate::StoreFuture;

/// A store of the keys of deliveries that were handled. A program with a database implements it, best in the transaction
/// that stores the event itself; [`HandledInMemory`] ends with the process.
///
/// A key is worth keeping for [`Protocol::span`](super::Protocol::span) and some minutes: the service does not repeat it
/// later.
pub trait HandledDeliveries: Send + Sync {
    /// Whether the delivery was handled.
    fn contains<'a>(&'a self, key: &'a DeliveryKey) -> StoreFuture<'a, bool>;

    /// Notes that the delivery was handled. A key that is there already is no error.
    fn insert<'a>(&'a self, key: &'a DeliveryKey) -> StoreFuture<'a, ()>;
}

/// The keys of the latest deliveries, in memory.
///
/// It forgets the oldest when it is full, so it has to be as large as the number of deliveries in
/// [`Protocol::span`](super::Protocol::span). A key takes about 200 bytes.
#[derive(Debug)]
pub struct HandledInMemory {
    most: usize,
    keys: Mutex<Keys>,
}

#[derive(Debug, Default)]
struct Keys {
    all: HashSet<DeliveryKey>,
    /// From the oldest to the newest.
    order: VecDeque<DeliveryKey>,
}

impl HandledInMemory {
    /// A store of at most so many keys, and of one at least.
    pub fn new(most: usize) -> Self {
        Self {
            most: most.max(1),
            keys: Mutex::default(),
        }
    }

    /// How many keys it holds.
    pub fn len(&self) -> usize {
        self.keys().order.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn keys(&self) -> MutexGuard<'_, Keys> {
        // No step in between leaves the two out of step for long, and none of them panics.
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for HandledInMemory {
    /// Up to 100,000 keys.
    fn default() -> Self {
        Self::new(100_000)
    }
}

impl HandledDeliveries for HandledInMemory {
    fn contains<'a>(&'a self, key: &'a DeliveryKey) -> StoreFuture<'a, bool> {
        Box::pin(async move { Ok(self.keys().all.contains(key)) })
    }

    fn insert<'a>(&'a self, key: &'a DeliveryKey) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            let mut keys = self.keys();
            if keys.all.insert(key.clone()) {
                keys.order.push_back(key.clone());
                if keys.order.len() > self.most
                    && let Some(oldest) = keys.order.pop_front()
                {
                    keys.all.remove(&oldest);
                }
            }
            Ok(())
        })
    }
}
