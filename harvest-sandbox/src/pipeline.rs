//! The way of a request, stage by stage.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Instant, SystemTime};

use axum::http::header::{HeaderName, HeaderValue, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, Method, StatusCode};
use bytes::Bytes;

use crate::answer::{Checked, Examples};
use crate::auth::{Key, Scheme};
use crate::document::{Document, Operation};
use crate::limit::{Limit, Usage};
use crate::paging::Target;
use crate::prefer::Prefer;
use crate::query::Query;
use crate::reply::{Refusal, Reply};
use crate::users::Users;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A request as it came in.
#[derive(Debug)]
pub(crate) struct Incoming {
    pub(crate) method: Method,
    /// As it was sent, still encoded.
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    /// Where the client thinks that it is: `Host`, or the address that is listened on.
    pub(crate) host: String,
    pub(crate) body: Bytes,
}

/// What the stages need to know.
pub(crate) struct Pipeline {
    pub(crate) document: Document,
    pub(crate) key: Key,
    pub(crate) limit: Limit,
    pub(crate) users: Users,
    pub(crate) examples: Examples,
    pub(crate) requests: AtomicU64,
}

impl Pipeline {
    /// The id of the operation that a request is for.
    pub(crate) fn find(&self, method: &Method, path: &str) -> Option<&str> {
        let found = self.document.router.find(method, path)?;
        Some(&self.document.operations[found.operation].id)
    }

    /// Puts so many records at the front of a list.
    pub(crate) fn grow(&self, list: &str, rows: usize) {
        if rows > 0 {
            self.examples.growth.add(list, rows);
        }
    }

    /// Answers a request. The headers that each answer has are added here.
    pub(crate) fn handle(&self, request: &Incoming) -> Reply {
        let (reply, usage) = self.route(request, Instant::now());
        let number = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        usage
            .stamp(reply, SystemTime::now())
            .with_header(REQUEST_ID, HeaderValue::from(number))
    }

    /// Stages 1 to 3: which operation, who, how often. Only requests with a key count against the limit.
    fn route(&self, request: &Incoming, now: Instant) -> (Reply, Usage) {
        let Some(found) = self.document.router.find(&request.method, &request.path) else {
            return (Reply::not_found(), self.limit.look(now));
        };
        let operation = &self.document.operations[found.operation];
        if !self.key.opens(&operation.access, &request.headers) {
            return (unauthorized(operation), self.limit.look(now));
        }
        let usage = self.limit.take(now);
        let reply = if usage.refused {
            operation.refusal(StatusCode::TOO_MANY_REQUESTS, "Rate limit exceeded")
        } else {
            self.check_and_answer(request, operation, &found.values)
                .unwrap_or_else(|refusal| *refusal)
        };
        (reply, usage)
    }

    /// Stages 4 to 6: parameters, body, answer.
    fn check_and_answer(
        &self,
        request: &Incoming,
        operation: &Operation,
        path: &[String],
    ) -> Result<Reply, Refusal> {
        let query = Query::parse(&request.query);
        operation
            .parameters
            .check(path, &query, &request.headers, &self.users)?;
        // Nothing is kept yet, so what was sent is of no interest once it is known to be right.
        operation
            .body
            .check(&operation.method, &request.headers, &request.body)?;
        let prefer =
            Prefer::read(&request.headers).map_err(|error| Reply::invalid_request(&[error]))?;
        Ok(self.examples.answer(Checked {
            operation,
            target: Target {
                host: &request.host,
                path: &request.path,
                query: &query,
            },
            prefer: &prefer,
        }))
    }
}

fn unauthorized(operation: &Operation) -> Reply {
    let (challenge, words) = match operation.access.scheme() {
        Some(Scheme::Bearer) => ("Bearer", "Invalid bearer token"),
        _ => ("Basic realm=\"Harvest\"", "Invalid Basic Auth credentials"),
    };
    operation
        .refusal(StatusCode::UNAUTHORIZED, words)
        .with_header(WWW_AUTHENTICATE, HeaderValue::from_static(challenge))
}
