//! The retry budget that the calls of a client share.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

const RETRIES: u32 = 100;
const REFILL: Duration = Duration::from_secs(1);

/// How many retries all calls of a client have together, so that a service that is down is not asked six times for
/// everything.
///
/// Each retry takes one. A call that succeeds in the end, or is refused, gives back those that it took, so a service
/// that fails now and then never uses the budget up. Otherwise one comes back each second. When none is left, calls
/// fail with the error of the attempt that failed, and its text says so. Retries after 429 are free: the service is
/// well, and says when to come back.
///
/// Copies share what is left. One budget can be given to several clients of the same service.
///
/// ```
/// use std::time::Duration;
/// use harvest_runtime::retry::RetryBudget;
///
/// let budget = RetryBudget::new(20).refilled_every(Duration::from_secs(10));
/// assert_eq!(budget.left(), 20);
/// ```
#[derive(Clone)]
pub struct RetryBudget {
    /// `None` is no limit.
    bucket: Option<Arc<Mutex<Bucket>>>,
    size: u32,
    refill: Duration,
}

struct Bucket {
    left: u32,
    /// When the last one came back. It is of no meaning while the bucket is full.
    refilled: Instant,
}

impl RetryBudget {
    /// A budget of so many retries, one of which comes back each second. With 0 nothing but 429 is sent again.
    pub fn new(retries: u32) -> Self {
        Self {
            bucket: Some(Arc::new(Mutex::new(Bucket {
                left: retries,
                refilled: Instant::now(),
            }))),
            size: retries,
            refill: REFILL,
        }
    }

    /// No limit on the retries of all calls together. Each has its own still.
    pub fn unlimited() -> Self {
        Self {
            bucket: None,
            size: u32::MAX,
            refill: REFILL,
        }
    }

    /// How long it takes for one to come back. Zero means that none is ever missing.
    #[must_use]
    pub fn refilled_every(mut self, interval: Duration) -> Self {
        self.refill = interval;
        self
    }

    /// How many retries are left. [`u32::MAX`] if there is no limit.
    pub fn left(&self) -> u32 {
        self.bucket()
            .map_or(self.size, |mut bucket| self.refill(&mut bucket))
    }

    /// Takes one, if there is one.
    pub(crate) fn take(&self) -> bool {
        let Some(mut bucket) = self.bucket() else {
            return true;
        };
        if self.refill(&mut bucket) == 0 {
            return false;
        }
        bucket.left -= 1;
        true
    }

    /// Gives back what a call took.
    pub(crate) fn give_back(&self, retries: u32) {
        if retries > 0
            && let Some(mut bucket) = self.bucket()
        {
            let left = self.refill(&mut bucket);
            bucket.left = left.saturating_add(retries).min(self.size);
        }
    }

    fn bucket(&self) -> Option<MutexGuard<'_, Bucket>> {
        // Nothing panics while it is locked; numbers would be good all the same.
        let lock = self.bucket.as_ref()?.lock();
        Some(lock.unwrap_or_else(PoisonError::into_inner))
    }

    fn refill(&self, bucket: &mut Bucket) -> u32 {
        let now = Instant::now();
        if bucket.left >= self.size || self.refill.is_zero() {
            bucket.left = self.size;
            bucket.refilled = now;
            return bucket.left;
        }
        let elapsed = now.saturating_duration_since(bucket.refilled);
        let came_back = elapsed.as_nanos() / self.refill.as_nanos();
        if came_back >= u128::from(self.size - bucket.left) {
            bucket.left = self.size;
            bucket.refilled = now;
        } else if let Ok(came_back) = u32::try_from(came_back) {
            bucket.left += came_back;
            // What is left of the interval counts towards the next one.
            bucket.refilled += self.refill * came_back;
        }
        bucket.left
    }
}

/// 100 retries, one of which comes back each second.
impl Default for RetryBudget {
    fn default() -> Self {
        Self::new(RETRIES)
    }
}

impl fmt::Debug for RetryBudget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryBudget")
            .field("left", &self.left())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    fn drain(budget: &RetryBudget) -> u32 {
        let mut taken = 0;
        while budget.take() {
            taken += 1;
        }
        taken
    }

    #[tokio::test(start_paused = true)]
    async fn it_runs_out_and_comes_back_with_time() {
        let budget = RetryBudget::new(5).refilled_every(Duration::from_secs(2));
        // A full budget does not save up.
        advance(Duration::from_secs(60)).await;
        assert_eq!(drain(&budget.clone()), 5);
        assert!(!budget.take());
        advance(Duration::from_millis(1_999)).await;
        assert_eq!(budget.left(), 0);
        advance(Duration::from_millis(1)).await;
        assert_eq!(drain(&budget), 1);
        // Three half-times are one, and the half is not lost.
        advance(Duration::from_secs(3)).await;
        assert_eq!(drain(&budget), 1);
        advance(Duration::from_secs(1)).await;
        assert_eq!(drain(&budget), 1);
        advance(Duration::from_secs(3_600)).await;
        assert_eq!(drain(&budget), 5);
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_given_back_does_not_exceed_the_size() {
        let budget = RetryBudget::new(3);
        assert!(budget.take() && budget.take());
        budget.give_back(1);
        assert_eq!(budget.left(), 2);
        budget.give_back(u32::MAX);
        assert_eq!(budget.left(), 3);
    }

    #[test]
    fn ends() {
        assert_eq!(drain(&RetryBudget::new(0)), 0);
        assert_eq!(RetryBudget::default().left(), 100);
        let unlimited = RetryBudget::unlimited();
        assert!(unlimited.take());
        unlimited.give_back(1);
        assert_eq!(unlimited.left(), u32::MAX);
        let never_missing = RetryBudget::new(1).refilled_every(Duration::ZERO);
        assert!(never_missing.take() && never_missing.take());
    }
}
