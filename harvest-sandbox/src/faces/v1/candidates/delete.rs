//! Requests that delete candidates.

use axum::http::StatusCode;

use crate::domain::attachments;
use crate::domain::candidates::{CANDIDATE, Candidate, remove};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;

pub(super) fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, candidate): (i64, Candidate) = cx.record_in_path(&CANDIDATE, "id")?;
    attachments::discard(cx, candidate.attachments)?;
    remove(cx, id)?;
    let message = format!("Person {id} has been deleted.");
    Ok(Reply::message(StatusCode::OK, &message))
}
