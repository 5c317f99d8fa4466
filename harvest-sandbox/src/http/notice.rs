//! Headers of the sandbox's own, in which an answer says what the service would keep to itself. Logs repeat them.

use axum::http::header::HeaderName;

use super::reply::Reply;

/// The mistakes in the request that were overlooked.
pub(crate) const OVERLOOKED: HeaderName = HeaderName::from_static("x-sandbox-overlooked");
/// The places of all errors, in their order, where the errors tell less.
pub(crate) const PLACES: HeaderName = HeaderName::from_static("x-sandbox-places");
/// How many records were left out because the user whom the request names may not see them.
pub(crate) const LEFT_OUT: HeaderName = HeaderName::from_static("x-sandbox-left-out");

/// What a reply says in one of these headers.
pub(crate) fn notice(reply: &Reply, name: &HeaderName) -> Option<String> {
    let value = reply.headers.get(name)?.to_str().ok()?;
    Some(value.to_owned())
}
