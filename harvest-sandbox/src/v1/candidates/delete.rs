//! Deleting candidates, with all that is theirs.

use axum::http::StatusCode;

use super::super::users::{USER, User};
use super::super::{activity_feed, applications, attachments};
use super::state::forget_index;
use super::{CANDIDATE, Candidate};
use crate::handler::Writing;
use crate::refusal::Outcome;
use crate::reply::Reply;
use crate::store::Edit;

pub(super) fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, candidate): (i64, Candidate) = cx.record_in_path(&CANDIDATE, "id")?;
    attachments::discard(cx, candidate.attachments)?;
    remove(cx, id)?;
    let message = format!("Person {id} has been deleted.");
    Ok(Reply::message(StatusCode::OK, &message))
}

/// Removes a candidate, with all that is left of the candidate's own but for attached files, which another may have by now.
pub(super) fn remove(edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
    activity_feed::remove(edit, id)?;
    let sql = "SELECT id FROM application WHERE candidate_id = ?1";
    for application_id in edit.column(sql, [id])? {
        applications::remove(edit, application_id)?;
    }
    for user_id in edit.column(
        "SELECT user_id FROM user_candidate WHERE candidate_id = ?1",
        [id],
    )? {
        let mut user: User = edit.get(&USER, user_id)?;
        user.linked_candidate_ids.retain(|linked| *linked != id);
        user.save(edit, user_id)?;
    }
    forget_index(edit, id)?;
    edit.delete(&CANDIDATE, id)
}
