//! How many requests a key may send.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::http::StatusCode;
use axum::http::header::{HeaderName, HeaderValue, RETRY_AFTER};

use crate::http::reply::Reply;

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// Counts requests in windows of a fixed length. A window begins with the first request after the last one ended.
pub(crate) struct Limit {
    requests: u32,
    window: Duration,
    enforced: bool,
    current: Mutex<Window>,
}

#[derive(Clone, Copy, Default)]
struct Window {
    /// `None` before the first request.
    began: Option<Instant>,
    used: u32,
}

/// Where a request found the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Usage {
    /// The request is one too many.
    pub(crate) refused: bool,
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// Until the window ends.
    pub(crate) left: Duration,
}

impl Limit {
    /// The documented limit, which is shown but not enforced.
    pub(crate) fn shown() -> Self {
        Self {
            enforced: false,
            ..Self::enforced(50, Duration::from_secs(10))
        }
    }

    pub(crate) fn enforced(requests: u32, window: Duration) -> Self {
        Self {
            requests,
            window,
            enforced: true,
            current: Mutex::default(),
        }
    }

    pub(crate) fn window(&self) -> Duration {
        self.window
    }

    /// Whether requests beyond it are refused.
    pub(crate) fn is_enforced(&self) -> bool {
        self.enforced
    }

    /// Counts a request.
    pub(crate) fn take(&self, now: Instant) -> Usage {
        self.measure(now, true)
    }

    /// Looks without counting.
    pub(crate) fn look(&self, now: Instant) -> Usage {
        self.measure(now, false)
    }

    fn measure(&self, now: Instant, count: bool) -> Usage {
        // A thread that panicked can't have left a window half written.
        let mut window = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let mut left = window
            .began
            .and_then(|began| {
                self.window
                    .checked_sub(now.saturating_duration_since(began))
            })
            .unwrap_or_default();
        if left.is_zero() {
            *window = Window::default();
            left = self.window;
        }
        let mut refused = false;
        if count {
            window.began.get_or_insert(now);
            refused = self.enforced && window.used >= self.requests;
            window.used = window.used.saturating_add(1).min(self.requests);
        }
        Usage {
            refused,
            limit: self.requests,
            remaining: self.requests - window.used,
            left,
        }
    }
}

impl Usage {
    /// Adds the headers. Every answer tells the limit; a 429, whether earned or asked for with `Prefer`, also tells when
    /// to come back.
    pub(crate) fn stamp(self, reply: Reply, wall_clock: SystemTime) -> Reply {
        let too_many = reply.status == StatusCode::TOO_MANY_REQUESTS;
        let remaining = if too_many { 0 } else { self.remaining };
        let reply = reply
            .with_header(LIMIT, self.limit.into())
            .with_header(REMAINING, remaining.into());
        if !too_many {
            return reply;
        }
        let reset = wall_clock
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .saturating_add(self.left);
        reply
            .with_header(
                RETRY_AFTER,
                HeaderValue::from(whole_seconds(self.left).max(1)),
            )
            .with_header(RESET, HeaderValue::from(whole_seconds(reset)))
    }
}

/// Rounded up: a client that waits that long is never early.
fn whole_seconds(duration: Duration) -> u64 {
    duration
        .as_secs()
        .saturating_add(u64::from(duration.subsec_nanos() > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_down_and_begins_again() {
        let limit = Limit::enforced(2, Duration::from_secs(10));
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs_f64(seconds);
        assert_eq!(limit.look(start).remaining, 2);
        assert_eq!(limit.take(start).remaining, 1);
        let second = limit.take(at(1.0));
        assert_eq!((second.remaining, second.refused), (0, false));
        let third = limit.take(at(7.5));
        assert_eq!(
            (third.remaining, third.refused, third.left),
            (0, true, Duration::from_millis(2500))
        );
        // Looking never refuses.
        assert!(!limit.look(at(8.0)).refused);
        let next = limit.take(at(10.0));
        assert_eq!(
            (next.remaining, next.refused, next.left),
            (1, false, Duration::from_secs(10))
        );
    }

    #[test]
    fn is_only_shown_by_default() {
        let limit = Limit::shown();
        let now = Instant::now();
        let last = (0..60).map(|_| limit.take(now)).last().unwrap();
        assert_eq!((last.limit, last.remaining, last.refused), (50, 0, false));
    }

    #[test]
    fn headers() {
        let usage = Usage {
            refused: true,
            limit: 50,
            remaining: 7,
            left: Duration::from_millis(2500),
        };
        let clock = UNIX_EPOCH + Duration::from_millis(1_000_600);
        let reply = usage.stamp(Reply::empty(StatusCode::OK), clock);
        assert_eq!(reply.headers[LIMIT], "50");
        assert_eq!(reply.headers[REMAINING], "7");
        assert_eq!(reply.headers.len(), 2);
        let reply = usage.stamp(Reply::empty(StatusCode::TOO_MANY_REQUESTS), clock);
        assert_eq!(reply.headers[REMAINING], "0");
        assert_eq!(reply.headers[RETRY_AFTER], "3");
        assert_eq!(reply.headers[RESET], "1004");
    }

    #[test]
    fn nothing_at_all_can_be_allowed() {
        let limit = Limit::enforced(0, Duration::ZERO);
        let usage = limit.take(Instant::now());
        assert!(usage.refused);
        let reply = usage.stamp(
            Reply::empty(StatusCode::TOO_MANY_REQUESTS),
            SystemTime::now(),
        );
        assert_eq!(reply.headers[RETRY_AFTER], "1");
    }
}
