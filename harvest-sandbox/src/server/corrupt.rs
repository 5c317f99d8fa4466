//! Corrupted answers. Each function says whether there was anything to corrupt.

use std::io;

use axum::body::Body;
use axum::http::Response;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, LINK};
use futures_util::{StreamExt, stream};

use crate::http::Incoming;
use crate::http::reply::Reply;

/// A host that is never there.
const ELSEWHERE: &str = "http://elsewhere.example";

/// Half of the body, and a length that is right for that half.
pub(super) fn break_off(reply: &mut Reply) -> bool {
    reply.body.truncate(reply.body.len() / 2);
    !reply.body.is_empty()
}

pub(super) fn mislabel(reply: &mut Reply) -> bool {
    if reply.body.is_empty() {
        return false;
    }
    let text = HeaderValue::from_static("text/plain;charset=utf-8");
    reply.headers.insert(CONTENT_TYPE, text);
    true
}

pub(super) fn link_elsewhere(reply: &mut Reply, request: &Incoming) -> bool {
    link(reply, ELSEWHERE, request)
}

pub(super) fn link_itself(reply: &mut Reply, request: &Incoming) -> bool {
    link(reply, request.host.base(), request)
}

/// Names the page itself as the next one, with this beginning.
fn link(reply: &mut Reply, base: &str, request: &Incoming) -> bool {
    let Incoming { path, query, .. } = request;
    let mark = if query.is_empty() { "" } else { "?" };
    let link = format!("<{base}{path}{mark}{query}>; rel=\"next\"");
    // What doesn't fit into a header came from the client's own `Host` or path.
    let Ok(link) = HeaderValue::from_str(&link) else {
        return false;
    };
    reply.headers.insert(LINK, link);
    true
}

/// Half of the body, and then the connection ends, though `Content-Length` promises all of it.
pub(super) fn truncated(reply: Reply) -> Response<Body> {
    let length = reply.body.len();
    let half = reply.body.slice(..length / 2);
    let end = stream::once(async {
        // While this waits, the server sends what it has so far.
        tokio::task::yield_now().await;
        Err(io::Error::from(io::ErrorKind::BrokenPipe))
    });
    let body = stream::iter([Ok(half)]).chain(end);
    let mut response = reply.into_response().map(|_| Body::from_stream(body));
    response.headers_mut().insert(CONTENT_LENGTH, length.into());
    response
}
