//! Pauses that a store asks for (`Retry-After`): how long they are waited for.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::request;

/// The most that a request waits, whatever is set. It is signed once, and services take a signature for 15 minutes.
const LONGEST: Duration = Duration::from_secs(300);

/// The most that a host is left alone without being asked.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A pause that a host asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pause {
    end: Instant,
    /// Of the answer that asked for it.
    pub status: u16,
}

/// How long a request waits, in all, and the hosts that are left alone.
#[derive(Debug, Clone)]
pub(super) struct Pauses {
    most: Duration,
    /// When a lease is no longer trusted, if there is one.
    end: Arc<Mutex<Option<Instant>>>,
    /// By host. A store has one, and another one for its tokens.
    asked: Arc<Mutex<HashMap<String, Pause>>>,
}

impl Pause {
    /// What is left of it.
    pub(super) fn left(self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }
}

impl Pauses {
    pub(super) fn new(most: Duration) -> Self {
        Self {
            most: most.min(LONGEST),
            end: Arc::default(),
            asked: Arc::default(),
        }
    }

    /// Notes that a host asks to be left alone for so long.
    pub(super) fn ask(&self, host: &str, wait: Duration, status: u16) {
        let Some(end) = Instant::now().checked_add(wait.min(DAY)) else {
            return;
        };
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let pause = Pause { end, status };
        let longer = |it: &Pause| it.end >= end;
        if !asked.get(host).is_some_and(longer) {
            asked.insert(host.to_owned(), pause);
        }
    }

    /// The pause that a host asked for, if it is not over.
    pub(super) fn of(&self, host: &str) -> Option<Pause> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let pause = asked.get(host).copied();
        pause.filter(|it| !it.left().is_zero())
    }

    /// Has all waits end before this, or when they will.
    pub(super) fn end_by(&self, end: Option<Instant>) {
        *self.end.lock().unwrap_or_else(PoisonError::into_inner) = end;
    }

    pub(super) fn end(&self) -> Option<Instant> {
        *self.end.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a request waits for so long, this try of which was begun then. What it waits counts for its other tries.
    pub(super) fn allow(&self, begun: Instant, wait: Duration) -> bool {
        let end = self.end();
        let in_all = request::waited().max(begun.elapsed()).checked_add(wait);
        let is_allowed = in_all.is_some_and(|it| it <= self.most)
            && end.is_none_or(|it| it.saturating_duration_since(Instant::now()) >= wait);
        if is_allowed {
            request::add_wait(wait);
        }
        is_allowed
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

    #[tokio::test]
    async fn all_tries_of_a_request_share_what_it_waits() {
        let second = Duration::from_secs(1);
        let pauses = Pauses::new(second * 10);
        let tries = |number: usize| {
            let pauses = &pauses;
            request::as_one(async move {
                let allowed = |_: &usize| pauses.allow(Instant::now(), second * 4);
                (0..number).filter(allowed).count()
            })
        };
        assert_eq!(tokio::join!(tries(9), tries(1), tries(9)), (2, 1, 2));
    }

    #[test]
    fn the_longest_pause_of_a_host_counts_and_is_a_day_at_the_most() {
        let pauses = Pauses::new(Duration::ZERO);
        let others = pauses.clone();
        assert!(pauses.of("a.example").is_none());
        for (wait, status) in [(60, 503), (10, 429), (0, 503)] {
            others.ask("a.example", Duration::from_secs(wait), status);
            let pause = pauses.of("a.example").expect("a pause");
            assert!(pause.left() > Duration::from_secs(50));
            assert_eq!(pause.status, 503);
        }
        others.ask("a.example", Duration::MAX, 503);
        let pause = pauses.of("a.example").expect("a pause");
        assert!(pause.left() <= DAY && pause.left() > DAY / 2);
        assert!(pauses.of("b.example").is_none());
        others.ask("b.example", Duration::ZERO, 503);
        assert!(pauses.of("b.example").is_none());
    }
}
