//! Requests without mistakes.

use bytes::Bytes;
use http::Method;
use http::header::HeaderMap;
use reqwest::Url;

use crate::{Core, Operation, RecordedCall};

/// A request without mistakes, ready to go over the wire (more than once, if need be).
#[derive(Clone)]
pub(crate) struct Prepared {
    pub(crate) core: Core,
    pub(crate) operation: &'static Operation,
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    /// Who is in the headers, or the subject of the token.
    pub(crate) acting_user: Option<i64>,
    pub(crate) body: Option<Bytes>,
}

impl Prepared {
    /// The request for another page of the same list. A link is followed by GET, whatever the first request was.
    pub(crate) fn at(&self, page: Url) -> Self {
        Self {
            core: self.core.clone(),
            operation: self.operation,
            method: Method::GET,
            url: page,
            headers: self.headers.clone(),
            acting_user: self.acting_user,
            body: None,
        }
    }

    /// Whether it is not to be sent, but recorded: the client makes a dry run, and this is a write.
    pub(crate) fn is_kept_back(&self) -> bool {
        let recorder = self.core.settings().dry_run.as_ref();
        let Some(recorder) = recorder.filter(|_| !self.method.is_safe()) else {
            return false;
        };
        let body = self.body.as_deref();
        recorder.record(RecordedCall {
            operation: self.operation,
            path: self.url.path().to_owned(),
            query: self.url.query_pairs().into_owned().collect(),
            acting_user: self.acting_user,
            // It was written as JSON.
            body: body.and_then(|body| serde_json::from_slice(body).ok()),
        });
        true
    }
}
