//! The delay before a call is sent again.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::RetryState;

const INITIAL: Duration = Duration::from_millis(500);
const MAXIMUM: Duration = Duration::from_secs(30);
const FACTOR: f64 = 2.0;

/// Says how long to wait before a failed call is sent again. If the service asks for more (`Retry-After`), that counts.
///
/// ```
/// use std::time::Duration;
/// use harvest_runtime::retry::{BackoffPolicy, RetryState};
///
/// #[derive(Debug)]
/// struct Steady;
///
/// impl BackoffPolicy for Steady {
///     fn wait(&self, _: &RetryState) -> Duration {
///         Duration::from_secs(1)
///     }
/// }
/// ```
pub trait BackoffPolicy: fmt::Debug + Send + Sync {
    /// How long to wait after [`RetryState::attempts`] failed attempts.
    fn wait(&self, state: &RetryState) -> Duration;
}

impl<P: BackoffPolicy + ?Sized> BackoffPolicy for Arc<P> {
    fn wait(&self, state: &RetryState) -> Duration {
        (**self).wait(state)
    }
}

/// Waits a random time between nothing and a bound that grows by a factor from attempt to attempt ("full jitter"). So
/// calls that failed together are not sent again together.
///
/// ```
/// use std::time::Duration;
/// use harvest_runtime::retry::{BackoffPolicy as _, ExponentialBackoff, RetryState};
///
/// let backoff = ExponentialBackoff::new()
///     .with_initial(Duration::from_millis(100))
///     .with_maximum(Duration::from_secs(5))
///     .with_factor(3.0);
/// let third = RetryState::new(true, 3, Duration::ZERO);
/// assert!(backoff.wait(&third) <= Duration::from_millis(900));
/// ```
pub struct ExponentialBackoff {
    initial: Duration,
    maximum: Duration,
    factor: f64,
    /// Of the generator of random numbers. Concurrent calls take turns at it.
    seed: AtomicU64,
}

impl ExponentialBackoff {
    /// Bounds of 0.5 s, 1 s, 2 s and so on, up to 30 s.
    pub fn new() -> Self {
        Self {
            initial: INITIAL,
            maximum: MAXIMUM,
            factor: FACTOR,
            // Random enough to keep clients apart, without a crate for it.
            seed: AtomicU64::new(RandomState::new().hash_one(0)),
        }
    }

    /// The bound of the first wait.
    #[must_use]
    pub fn with_initial(mut self, initial: Duration) -> Self {
        self.initial = initial;
        self
    }

    /// The bound that no wait exceeds, the first included.
    #[must_use]
    pub fn with_maximum(mut self, maximum: Duration) -> Self {
        self.maximum = maximum;
        self
    }

    /// By how much the bound grows each time. Below 1, and where it is no number, it is 1.
    #[must_use]
    pub fn with_factor(mut self, factor: f64) -> Self {
        self.factor = factor.max(1.0);
        self
    }

    /// Makes the waits the same in every run, for tests. Without it each client has waits of its own.
    #[must_use]
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.seed = AtomicU64::new(seed);
        self
    }

    fn bound(&self, attempts: u32) -> Duration {
        let steps = i32::try_from(attempts.saturating_sub(1)).unwrap_or(i32::MAX);
        let seconds = self.initial.as_secs_f64() * self.factor.powi(steps);
        // What is too much for a `Duration`, infinity included, is more than the maximum. So is no number: nothing
        // times infinity.
        Duration::try_from_secs_f64(seconds)
            .unwrap_or(self.maximum)
            .min(self.maximum)
    }

    /// At least 0 and less than 1 (`SplitMix64`).
    fn random(&self) -> f64 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let seed = self.seed.fetch_add(STEP, Ordering::Relaxed);
        let mut bits = seed.wrapping_add(STEP);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        // 32 bits are precise enough, and fit without loss.
        let high = u32::try_from(bits >> 32).unwrap_or_default();
        f64::from(high) / (f64::from(u32::MAX) + 1.0)
    }
}

impl BackoffPolicy for ExponentialBackoff {
    fn wait(&self, state: &RetryState) -> Duration {
        let bound = self.bound(state.attempts());
        Duration::try_from_secs_f64(bound.as_secs_f64() * self.random()).unwrap_or(bound)
    }
}

impl Default for ExponentialBackoff {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for ExponentialBackoff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExponentialBackoff")
            .field("initial", &self.initial)
            .field("maximum", &self.maximum)
            .field("factor", &self.factor)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(attempts: u32) -> RetryState {
        RetryState::new(true, attempts, Duration::ZERO)
    }

    #[test]
    fn the_bound_grows_to_the_maximum() {
        let backoff = ExponentialBackoff::new();
        for (attempts, seconds) in [
            (1, 0.5),
            (2, 1.0),
            (3, 2.0),
            (6, 16.0),
            (7, 30.0),
            (u32::MAX, 30.0),
        ] {
            assert_eq!(backoff.bound(attempts), Duration::from_secs_f64(seconds));
        }
    }

    #[test]
    fn odd_settings() {
        for factor in [0.0, -1.0, f64::NAN, f64::NEG_INFINITY] {
            let backoff = ExponentialBackoff::new().with_factor(factor);
            assert_eq!(backoff.bound(9), INITIAL);
        }
        let endless = ExponentialBackoff::new()
            .with_factor(f64::INFINITY)
            .with_maximum(Duration::MAX);
        assert_eq!(endless.bound(2), Duration::MAX);
        let _ = endless.wait(&after(9));
        let nothing = ExponentialBackoff::new().with_maximum(Duration::ZERO);
        assert_eq!(nothing.wait(&after(3)), Duration::ZERO);
    }

    #[test]
    fn waits_fill_the_whole_range_evenly() {
        let backoff = ExponentialBackoff::new().with_seed(1);
        let mut tenths = [0_u32; 10];
        for _ in 0..10_000 {
            let wait = backoff.wait(&after(2));
            assert!(wait < Duration::from_secs(1));
            tenths[usize::try_from(wait.as_millis() / 100).unwrap()] += 1;
        }
        assert!(
            tenths.iter().all(|count| (800..1_200).contains(count)),
            "{tenths:?}"
        );
    }

    #[test]
    fn a_seed_makes_them_the_same() {
        let waits =
            |backoff: ExponentialBackoff| [1, 2, 3].map(|attempts| backoff.wait(&after(attempts)));
        let seeded = |seed| waits(ExponentialBackoff::new().with_seed(seed));
        assert_eq!(seeded(7), seeded(7));
        assert_ne!(seeded(7), seeded(8));
        assert_ne!(
            waits(ExponentialBackoff::new()),
            waits(ExponentialBackoff::new())
        );
    }
}
