//! A successful answer.

use std::fmt;
use std::ops::Deref;

use http::StatusCode;
use http::header::HeaderMap;
use reqwest::Url;

use crate::Links;

/// A successful answer: the decoded value, and what came with it.
///
/// It derefs to the value, so that `response.id` works where the value has an `id`.
pub struct Response<T> {
    value: T,
    head: Head,
}

/// What came before the body.
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// Where the answer came from, for relative links.
    pub(crate) url: Url,
}

impl Head {
    pub(crate) fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    pub(crate) fn links(&self) -> Links {
        Links::read(&self.headers, &self.url)
    }
}

/// The id that the service gave the request. Anything that does not look like one is left out, because it is printed.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let id = headers.get("x-request-id")?.to_str().ok()?.trim();
    let plain = id
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    (plain && (1..=128).contains(&id.len())).then_some(id)
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, head: Head) -> Self {
        Self { value, head }
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

    /// The id that the service gave the request (`X-Request-Id`), for its support.
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id()
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
        }
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Prints the status and the request id; neither the value nor other headers.
impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.head.status.as_u16())
            .field("request_id", &self.request_id())
            .finish_non_exhaustive()
    }
}
