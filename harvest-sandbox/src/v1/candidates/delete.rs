//! Deleting candidates, with all that is theirs.

use axum::http::StatusCode;

use super::super::applications::remove;
use super::super::users::{USER, User};
use super::state::forget_index;
use super::{CANDIDATE, Candidate};
use crate::handler::Writing;
use crate::refusal::Outcome;
use crate::reply::Reply;

pub(super) fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.call.id("id")?;
    let _: Candidate = cx.get(&CANDIDATE, id)?;
    cx.user.require_candidate(cx, id)?;
    let sql = "SELECT id FROM application WHERE candidate_id = ?1";
    for application_id in cx.column(sql, [id])? {
        remove(cx, application_id)?;
    }
    for user_id in cx.column(
        "SELECT user_id FROM user_candidate WHERE candidate_id = ?1",
        [id],
    )? {
        let mut user: User = cx.get(&USER, user_id)?;
        user.linked_candidate_ids.retain(|linked| *linked != id);
        user.save(cx, user_id)?;
    }
    super::super::activity_feed::remove(cx, id)?;
    forget_index(cx, id)?;
    cx.delete(&CANDIDATE, id)?;
    let message = format!("Person {id} has been deleted.");
    Ok(Reply::message(StatusCode::OK, &message))
}
