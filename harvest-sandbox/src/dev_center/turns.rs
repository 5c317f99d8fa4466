//! Turns of those who try a password: one after another for each address, and later and later.
//!
//! A turn is given before the password is looked at, so that guesses that are sent at once don't wait side by side.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use axum::http::header::{HeaderValue, RETRY_AFTER};

use crate::domain::access::Throttle;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::Refusal;

/// How long a turn takes at least.
const SHORTEST: Duration = Duration::from_millis(200);
/// Who would have to wait longer for a turn is refused.
const PATIENCE: Duration = Duration::from_secs(2);
/// How many wait at the same time. Each of them keeps a thread.
const WAITING: usize = 16;

#[derive(Debug, Default)]
pub(super) struct Turns {
    wrong: Throttle,
    queue: Mutex<Queue>,
}

#[derive(Debug, Default)]
struct Queue {
    /// When the next turn of an address begins, where that is not now.
    next: HashMap<IpAddr, Instant>,
    waiting: usize,
}

impl Turns {
    /// Waits for a turn, on a thread that may wait.
    ///
    /// 429 if too many wait already.
    pub(super) fn wait(&self, from: IpAddr) -> Outcome<()> {
        let wait = self.take(from, Instant::now()).map_err(too_many)?;
        std::thread::sleep(wait);
        self.queue().waiting -= 1;
        Ok(())
    }

    /// A right password ends the suspicion.
    pub(super) fn right(&self, from: IpAddr) {
        self.wrong.right(from);
        self.queue().next.remove(&from);
    }

    /// How long to wait, or else when to try again. Every password counts as a wrong one until it is known to be right.
    fn take(&self, from: IpAddr, now: Instant) -> Result<Duration, Duration> {
        let mut queue = self.queue();
        queue.next.retain(|_, next| *next > now);
        let start = queue.next.get(&from).map_or(now, |next| *next);
        let wait = start.saturating_duration_since(now);
        if wait > PATIENCE {
            return Err(wait);
        }
        if queue.waiting >= WAITING {
            return Err(wait.max(SHORTEST));
        }
        queue.waiting += 1;
        let turn = self.wrong.wrong(from, now).max(SHORTEST);
        queue.next.insert(from, start + turn);
        Ok(wait)
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        // Nothing panics while it is held.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// 429: too many passwords are tried.
pub(super) fn too_many(wait: Duration) -> Refusal {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    let message = format!(
        "Too many passwords are tried at once. This one was not looked at: try again in {seconds} \
         s."
    );
    Reply::message(StatusCode::TOO_MANY_REQUESTS, &message)
        .with_header(RETRY_AFTER, HeaderValue::from(seconds))
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_come_one_after_another() {
        let turns = Turns::default();
        let (from, other) = ([192, 0, 2, 1].into(), [192, 0, 2, 2].into());
        let start = Instant::now();
        for number in 0..=10 {
            assert_eq!(turns.take(from, start), Ok(number * SHORTEST));
        }
        assert_eq!(turns.take(from, start), Err(11 * SHORTEST));
        assert_eq!(turns.take(other, start), Ok(Duration::ZERO));
        let later = start + 11 * SHORTEST;
        turns.queue().waiting = 0;
        assert_eq!(turns.take(from, later), Ok(Duration::ZERO));
        turns.right(from);
        assert_eq!(turns.take(from, later), Ok(Duration::ZERO));
    }

    #[test]
    fn guessing_gets_slower() {
        let turns = Turns::default();
        let from = [192, 0, 2, 1].into();
        let mut now = Instant::now();
        let mut longest = Duration::ZERO;
        for _ in 0..100 {
            turns.queue().waiting = 0;
            let wait = turns.take(from, now).unwrap();
            longest = longest.max(wait);
            now += wait;
        }
        assert_eq!(longest, PATIENCE);
    }

    #[test]
    fn few_wait() {
        let turns = Turns::default();
        let now = Instant::now();
        for number in 0..WAITING {
            let from = [192, 0, 2, u8::try_from(number).unwrap()].into();
            assert_eq!(turns.take(from, now), Ok(Duration::ZERO));
        }
        assert_eq!(turns.take([192, 0, 3, 1].into(), now), Err(SHORTEST));
    }
}
