//! Requests that attach files to applications, or delete one.

use axum::http::StatusCode;

use crate::domain::applications;
use crate::faces::Writing;
use crate::faces::v1::attachments;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;

pub(super) fn attach(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: attachments::Input = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let (candidate_id, attachment) = applications::attach(cx, &actor, id, body.read_whole()?)?;
    let audience = actor.audience(cx, candidate_id)?;
    body.created(&attachment, audience)
}

pub(super) fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let id = applications::delete(cx, &actor, id)?;
    let message = format!("Application {id} has been deleted.");
    Ok(Reply::message(StatusCode::OK, &message))
}
