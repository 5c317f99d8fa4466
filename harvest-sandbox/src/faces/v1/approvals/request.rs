//! Requests for the approvals of a flow.

use axum::http::StatusCode;

use crate::domain::approvals;
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;

/// Neither status nor body of the answer is documented.
pub(super) fn request(cx: &mut Writing<'_, '_>) -> Outcome {
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    approvals::request(cx, &actor, id)?;
    Ok(Reply::empty(StatusCode::OK))
}
