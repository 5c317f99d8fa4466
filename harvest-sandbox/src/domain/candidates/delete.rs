//! Deleting candidates, with all that is theirs.

use super::state::forget_index;
use super::{CANDIDATE, Candidate, seen};
use crate::domain::access::{Actor, ClientId};
use crate::domain::events::Event;
use crate::domain::{activity_feed, applications, attachments, users};
use crate::refusal::Outcome;
use crate::store::Edit;

/// Deletes a candidate, with applications, feed and files, and says which that was.
pub(crate) fn delete(edit: &mut Edit<'_>, actor: &Actor, id: ClientId) -> Outcome<i64> {
    let (id, candidate) = seen(edit, actor, id)?;
    let sql = "SELECT id FROM application WHERE candidate_id = ?1 ORDER BY id";
    let application_ids = edit.column(sql, [id])?;
    attachments::discard(edit, &candidate.attachments, [])?;
    remove(edit, id)?;
    Event::CandidateDeleted {
        id,
        candidate: Box::new(candidate),
        application_ids,
    }
    .record(edit);
    Ok(id)
}

/// Removes a candidate, with all that is left of the candidate's own but for attached files, which another may have by now.
pub(super) fn remove(edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
    activity_feed::remove(edit, id)?;
    applications::remove_all_of(edit, id)?;
    for user_id in users::linked_users(edit, id)? {
        users::unlink(edit, user_id, id)?;
    }
    Candidate::default().keep_parts(edit, id)?;
    forget_index(edit, id)?;
    edit.delete(&CANDIDATE, id)
}
