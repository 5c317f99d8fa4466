//! Patience with wrong keys.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Wrong keys that are answered at once. A test that tries a few isn't guessing.
const FREE: u32 = 20;
/// What each further one adds to the wait.
const STEP: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(2);
/// How long a wrong key is remembered.
const MEMORY: Duration = Duration::from_secs(60);
/// More addresses than this are not remembered at once.
const ADDRESSES: usize = 10_000;

/// Counts the wrong keys from each address.
#[derive(Debug, Default)]
pub(crate) struct Throttle(Mutex<HashMap<IpAddr, Count>>);

#[derive(Debug)]
struct Count {
    wrong: u32,
    last: Instant,
}

impl Throttle {
    /// Notes a wrong key, and says how long its answer has to wait.
    pub(crate) fn wrong(&self, from: IpAddr, now: Instant) -> Duration {
        let mut counts = self.counts();
        if counts.len() >= ADDRESSES {
            counts.retain(|_, count| now.saturating_duration_since(count.last) < MEMORY);
        }
        if counts.len() >= ADDRESSES && !counts.contains_key(&from) {
            return LONGEST;
        }
        let count = counts.entry(from).or_insert(Count {
            wrong: 0,
            last: now,
        });
        if now.saturating_duration_since(count.last) >= MEMORY {
            count.wrong = 0;
        }
        count.wrong = count.wrong.saturating_add(1);
        count.last = now;
        STEP.saturating_mul(count.wrong.saturating_sub(FREE))
            .min(LONGEST)
    }

    /// A right key ends the suspicion.
    pub(crate) fn right(&self, from: IpAddr) {
        self.counts().remove(&from);
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<IpAddr, Count>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_gets_slower_and_is_forgiven() {
        let throttle = Throttle::default();
        let (from, other) = ([192, 0, 2, 1].into(), [192, 0, 2, 2].into());
        let start = Instant::now();
        for _ in 0..FREE {
            assert_eq!(throttle.wrong(from, start), Duration::ZERO);
        }
        assert_eq!(throttle.wrong(from, start), STEP);
        assert_eq!(throttle.wrong(from, start), 2 * STEP);
        assert_eq!(throttle.wrong(other, start), Duration::ZERO);
        for _ in 0..100 {
            throttle.wrong(from, start);
        }
        assert_eq!(throttle.wrong(from, start), LONGEST);
        assert_eq!(throttle.wrong(from, start + MEMORY), Duration::ZERO);
        throttle.right(from);
        assert_eq!(throttle.wrong(from, start), Duration::ZERO);
    }
}
