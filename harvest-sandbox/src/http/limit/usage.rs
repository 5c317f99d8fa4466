//! The state of a window, as the headers of an answer tell it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::http::StatusCode;
use axum::http::header::{HeaderName, HeaderValue, RETRY_AFTER};

use crate::http::reply::Reply;

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// Where a request found the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Usage {
    /// The request is one too many.
    pub(crate) refused: bool,
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// Until the window ends.
    pub(crate) left: Duration,
    /// How far ahead each answer says that the window ends. None if only a 429 says so, and truly.
    pub(crate) reset: Option<Duration>,
}

impl Usage {
    /// Adds the headers. Every answer has the limit; a 429, whether earned or asked for with `Prefer`, also has the time
    /// to wait.
    pub(crate) fn stamp(self, reply: Reply, wall_clock: SystemTime) -> Reply {
        let too_many = reply.status == StatusCode::TOO_MANY_REQUESTS;
        let remaining = if too_many { 0 } else { self.remaining };
        let mut reply = reply
            .with_header(LIMIT, self.limit.into())
            .with_header(REMAINING, remaining.into());
        let ahead = self.reset.or(too_many.then_some(self.left));
        if let Some(ahead) = ahead {
            let reset = wall_clock
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default()
                .saturating_add(ahead);
            reply = reply.with_header(RESET, HeaderValue::from(whole_seconds(reset)));
        }
        if too_many {
            let wait = whole_seconds(self.left).max(1);
            reply = reply.with_header(RETRY_AFTER, HeaderValue::from(wait));
        }
        reply
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
    fn headers() {
        let usage = Usage {
            refused: true,
            limit: 50,
            remaining: 7,
            left: Duration::from_millis(2500),
            reset: None,
        };
        let clock = UNIX_EPOCH + Duration::from_millis(1_000_600);
        let reply = usage.stamp(Reply::empty(StatusCode::OK), clock);
        assert_eq!(reply.headers[LIMIT], "50");
        assert_eq!(reply.headers[REMAINING], "7");
        assert_eq!(reply.headers.len(), 2);
        let too_many = || Reply::empty(StatusCode::TOO_MANY_REQUESTS);
        let reply = usage.stamp(too_many(), clock);
        assert_eq!(reply.headers[REMAINING], "0");
        assert_eq!(reply.headers[RETRY_AFTER], "3");
        assert_eq!(reply.headers[RESET], "1004");

        let always = Usage {
            reset: Some(Duration::from_secs(30)),
            ..usage
        };
        let reply = always.stamp(Reply::empty(StatusCode::OK), clock);
        assert_eq!(reply.headers[RESET], "1031");
        assert!(!reply.headers.contains_key(RETRY_AFTER));
        let reply = always.stamp(too_many(), clock);
        assert_eq!(reply.headers[RETRY_AFTER], "3");
        assert_eq!(reply.headers[RESET], "1031");
        let at_once = Usage {
            left: Duration::ZERO,
            ..usage
        };
        assert_eq!(at_once.stamp(too_many(), clock).headers[RETRY_AFTER], "1");
    }
}
