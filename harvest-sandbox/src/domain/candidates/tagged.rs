//! Tags on candidates: put on, taken off, and deleted.

use super::update::change;
use super::{CANDIDATE, Candidate};
use crate::domain::access::{Actor, ClientId};
use crate::domain::tags::TAG;
use crate::refusal::{Outcome, Refusal};
use crate::store::Edit;

/// Puts a tag on a candidate who may have it already, and says which candidate that is. A tag that is not there is 404.
pub(crate) fn add_tag(
    edit: &mut Edit<'_>,
    actor: &Actor,
    candidate: ClientId,
    tag_id: i64,
) -> Outcome<i64> {
    set(edit, actor, candidate, tag_id, true)
}

/// Takes a tag from a candidate who may not have it.
pub(crate) fn remove_tag(
    edit: &mut Edit<'_>,
    actor: &Actor,
    candidate: ClientId,
    tag_id: i64,
) -> Outcome<i64> {
    set(edit, actor, candidate, tag_id, false)
}

/// A candidate who is so already stays as it is.
fn set(
    edit: &mut Edit<'_>,
    actor: &Actor,
    candidate: ClientId,
    tag_id: i64,
    tagged: bool,
) -> Outcome<i64> {
    let (id, known) = super::seen(edit, actor, candidate)?;
    if !edit.exists(&TAG, tag_id)? {
        return Err(Refusal::NotFound);
    }
    if known.tag_ids.contains(&tag_id) != tagged {
        change(edit, actor, candidate, |_, candidate, _| {
            candidate.tag_ids.retain(|known| *known != tag_id);
            if tagged {
                candidate.tag_ids.push(tag_id);
            }
            Ok(())
        })?;
    }
    Ok(id)
}

/// Takes a tag from every candidate, and from the organization.
pub(crate) fn delete_tag(edit: &mut Edit<'_>, actor: &Actor, id: i64) -> Outcome<()> {
    actor.require_site_admin()?;
    let sql = "SELECT candidate_id FROM candidate_tag WHERE tag_id = ?1";
    for candidate_id in edit.column(sql, [id])? {
        let mut candidate: Candidate = edit.get(&CANDIDATE, candidate_id)?;
        candidate.tag_ids.retain(|tag_id| *tag_id != id);
        candidate.save(edit, candidate_id)?;
    }
    edit.delete(&TAG, id)
}
