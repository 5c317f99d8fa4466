//! Pauses that a store asks for (`Retry-After`): how long they are waited for.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The most that a request waits, whatever is set. It is signed once, and services take a signature for 15 minutes.
const LONGEST: Duration = Duration::from_secs(300);

/// How long a request waits, in all.
#[derive(Debug, Clone)]
pub(super) struct Pauses {
    most: Duration,
    /// When a lease is no longer trusted, if there is one.
    end: Arc<Mutex<Option<Instant>>>,
}

impl Pauses {
    pub(super) fn new(most: Duration) -> Self {
        Self {
            most: most.min(LONGEST),
            end: Arc::default(),
        }
    }

    /// Has all waits end before this, or when they will.
    pub(super) fn end_by(&self, end: Option<Instant>) {
        *self.end.lock().unwrap_or_else(PoisonError::into_inner) = end;
    }

    pub(super) fn end(&self) -> Option<Instant> {
        *self.end.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a request waits for so long that was begun then.
    pub(super) fn allow(&self, begun: Instant, wait: Duration) -> bool {
        let end = self.end();
        let in_all = begun.elapsed().checked_add(wait);
        in_all.is_some_and(|it| it <= self.most)
            && end.is_none_or(|it| it.saturating_duration_since(Instant::now()) >= wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_end_before_what_is_set_the_signature_and_the_lease() {
        let second = Duration::from_secs(1);
        let (now, hour) = (Instant::now(), second * 3_600);
        for (most, allowed, refused) in [
            (second * 10, second * 9, second * 11),
            (hour, second * 299, second * 301),
        ] {
            let pauses = Pauses::new(most);
            assert!(pauses.allow(Instant::now(), allowed));
            assert!(!pauses.allow(now, refused));
            assert!(!pauses.allow(now, Duration::MAX));
        }
        let pauses = Pauses::new(hour);
        let others = pauses.clone();
        others.end_by(now.checked_add(second * 20));
        assert!(pauses.allow(now, second * 10));
        assert!(!pauses.allow(now, second * 30));
        others.end_by(None);
        assert!(pauses.allow(now, second * 30));
        // What went into earlier pauses counts.
        let begun = now.checked_sub(second * 290).expect("an instant");
        assert!(!pauses.allow(begun, second * 30));
    }
}
