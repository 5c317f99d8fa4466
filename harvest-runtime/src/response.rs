//! A successful answer.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http::header::HeaderMap;
use reqwest::Url;

use crate::call_stats::CallStats;
use crate::{Links, RateLimit};

/// A successful answer: the decoded value, and what came with it.
///
/// It derefs to the value, so that `response.id` works where the value has an `id`.
pub struct Response<T> {
    value: T,
    head: Head,
    body: Bytes,
}

/// What came before the body.
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// If it can be printed.
    pub(crate) request_id: Option<String>,
    /// Where the answer came from, for relative links.
    pub(crate) url: Url,
    pub(crate) effort: CallStats,
}

impl Head {
    pub(crate) fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    pub(crate) fn links(&self) -> Links {
        Links::read(&self.headers, &self.url)
    }
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, head: Head, body: Bytes) -> Self {
        Self { value, head, body }
    }

    /// The decoded value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The decoded value, without what came with it.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The HTTP status, some 2xx.
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// All headers of the answer. `Link` repeats the query of the request, which may be about a person.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The id that the service gave the request (`X-Request-Id`), for its support. `None` too if it does not look like an
    /// id or repeats the credential, because ids are printed.
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id()
    }

    /// The body as it came, byte for byte, with all that the types do not know. It is kept as long as the response is,
    /// shared rather than copied; [`into_value`](Self::into_value) lets it go.
    pub fn bytes(&self) -> &Bytes {
        &self.body
    }

    /// What the answer says about the rate limit.
    pub fn rate_limit(&self) -> RateLimit {
        RateLimit::read(&self.head.headers)
    }

    /// How often the call was sent, this last time included. At least 1.
    pub fn attempts(&self) -> u32 {
        self.head.effort.attempts
    }

    /// How long the call waited, for its turn under the rate limit and before further attempts.
    pub fn waited(&self) -> Duration {
        self.head.effort.waited
    }

    /// Where the other pages of a list are.
    pub fn links(&self) -> Links {
        self.head.links()
    }

    /// The same answer with another value.
    pub fn map<U>(self, map: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: map(self.value),
            head: self.head,
            body: self.body,
        }
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Prints the status and the request id; neither the value nor the body nor other headers.
impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.head.status.as_u16())
            .field("request_id", &self.request_id())
            .finish_non_exhaustive()
    }
}
