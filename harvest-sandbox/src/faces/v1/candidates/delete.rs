//! Requests that delete candidates.

use axum::http::StatusCode;

use crate::domain::candidates;
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;

pub(super) fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let id = candidates::delete(cx, &actor, id)?;
    let message = format!("Person {id} has been deleted.");
    Ok(Reply::message(StatusCode::OK, &message))
}
