//! Changes, to which pages that are open listen.

use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};

use super::ROOT;
use super::visit::Visit;
use crate::http::query::Query;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;

/// The page that an open page listens to, below [`ROOT`].
const PATH: &str = "/changes";

/// A topic of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    Records,
    /// The request log.
    Requests,
}

/// The topic of a request that listens.
pub(crate) fn topic_of(parts: &Parts) -> Option<Topic> {
    let path = parts.uri.path().strip_prefix(ROOT)?;
    if path != PATH || parts.method != Method::GET {
        return None;
    }
    let query = Query::parse(parts.uri.query().unwrap_or_default());
    Some(match query.last("of") {
        Some("requests") => Topic::Requests,
        _ => Topic::Records,
    })
}

/// Lets those listen who may see pages: the server goes on with what happens.
#[expect(clippy::unnecessary_wraps, reason = "it is what each page returns")]
pub(super) fn listen(_: &Visit<'_>) -> Outcome {
    let events = HeaderValue::from_static("text/event-stream");
    Ok(Reply::empty(StatusCode::OK).with_header(CONTENT_TYPE, events))
}
