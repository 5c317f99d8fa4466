//! The outcome of a request that the limiter admitted.

use std::time::Duration;

use http::StatusCode;
use http::header::{DATE, HeaderMap};

use crate::RateLimit;
use crate::retry_after::{http_date, retry_after};

/// What became of a request that was let go.
#[derive(Clone, Copy, Debug)]
pub(super) enum Outcome {
    Answered(StatusCode, RateLimitHeaders),
    /// The service may have counted it or not.
    Unanswered,
    /// It was given up before it was sent.
    Unsent,
}

/// What an answer says about the allowance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RateLimitHeaders {
    pub(super) limit: Option<u32>,
    pub(super) remaining: Option<u32>,
    /// Until the window ends, or an upper bound.
    pub(super) reset: Option<Duration>,
    pub(super) retry_after: Option<Duration>,
    /// The clock of the service, in seconds since 1970.
    pub(super) date: Option<i64>,
}

impl RateLimitHeaders {
    pub(super) fn read(headers: &HeaderMap) -> Self {
        let figures = RateLimit::read(headers);
        Self {
            // Nothing could ever be sent.
            limit: figures.limit().filter(|limit| *limit > 0),
            remaining: figures.remaining(),
            reset: figures.until_reset(),
            retry_after: retry_after(headers),
            date: http_date(headers, DATE).map(|date| date.timestamp()),
        }
    }
}
