//! Checks that look at nothing but the request.

use axum::http::header::{HeaderValue, WWW_AUTHENTICATE};
use axum::http::{Method, StatusCode};

use crate::bounds::TARGET_BYTES;
use crate::http::Incoming;
use crate::http::overlooked::Overlooked;
use crate::http::query::Query;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::Value;
use crate::openapi::Scheme;
use crate::openapi::document::Operation;
use crate::openapi::examples::Prefer;

/// The body of a request, and which answer it would like.
pub(super) struct Content {
    pub(super) body: Option<Value>,
    pub(super) prefer: Prefer,
}

impl Content {
    /// Whether the answer is for what has records to give.
    pub(super) fn wants_no_example(&self) -> bool {
        !self.prefer.asks_for_something()
    }
}

/// Reads the body of a request, as its operation describes it.
pub(super) fn content(
    operation: &Operation,
    request: &Incoming,
    overlooked: &mut Overlooked,
) -> Outcome<Content> {
    let body = operation.body.check(
        &operation.method,
        &request.headers,
        &request.body,
        overlooked,
    )?;
    let prefer =
        Prefer::read(&request.headers).map_err(|error| Reply::invalid_request(&[error]))?;
    Ok(Content { body, prefer })
}

/// Refuses what says two things, or nothing that can be read, about where it comes from and where it goes.
pub(super) fn check_form(request: &Incoming) -> Outcome<()> {
    request.host.check_form()?;
    request.sender.check_form()?;
    check_target(request)
}

/// 405 for all but GET and HEAD.
pub(super) fn read_only(method: &Method) -> Outcome<()> {
    if matches!(*method, Method::GET | Method::HEAD) {
        return Ok(());
    }
    Err(Reply::method_not_allowed(&[Method::GET]).into())
}

/// 414 for a target that is too long, or would be in a `Link`.
fn check_target(request: &Incoming) -> Outcome<()> {
    let Incoming { path, query, .. } = request;
    let in_link = Query::parse(query).length_in_link();
    check_length(path.len() + query.len().max(in_link))
}

/// 414 for a path and a query with more bytes than they may have.
pub(super) fn check_length(bytes: usize) -> Outcome<()> {
    if bytes <= TARGET_BYTES {
        return Ok(());
    }
    let message = format!(
        "The path and query of a request must have at most {TARGET_BYTES} bytes, also as a link \
         repeats them"
    );
    Err(Reply::message(StatusCode::URI_TOO_LONG, &message).into())
}

/// 401 with the challenge of the operation's scheme.
pub(super) fn unauthorized(operation: &Operation) -> Reply {
    let (challenge, words) = match operation.access.scheme() {
        Some(Scheme::Bearer) => ("Bearer error=\"invalid_token\"", "Invalid bearer token"),
        _ => ("Basic realm=\"Harvest\"", "Invalid Basic Auth credentials"),
    };
    operation
        .refusal(StatusCode::UNAUTHORIZED, words)
        .with_header(WWW_AUTHENTICATE, HeaderValue::from_static(challenge))
}
