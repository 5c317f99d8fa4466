//! Changing candidates, and attaching files to them.

use super::fields::link;
use super::{Candidate, Fields, seen};
use crate::domain::access::{Actor, ClientId};
use crate::domain::attachments::{Attachment, NewAttachment};
use crate::domain::events::Event;
use crate::refusal::{Outcome, Problems};
use crate::store::Edit;

/// Changes what is known about a candidate. Problems are at the names of the fields.
pub(crate) fn update(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    fields: Fields,
) -> Outcome<i64> {
    let linked = fields.linked_user_ids.clone();
    let (id, ()) = change(edit, actor, id, |edit, candidate, problems| {
        fields.apply(edit, candidate, problems)
    })?;
    if let Some(user_ids) = linked {
        link(edit, id, &user_ids)?;
    }
    Ok(id)
}

/// Attaches a file to a candidate, rather than to one of the applications.
pub(crate) fn attach(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    file: NewAttachment,
) -> Outcome<(i64, Attachment)> {
    change(edit, actor, id, |edit, candidate, problems| {
        let attachment = file.keep(edit, "", problems)?;
        candidate.attachments.push(attachment.clone());
        Ok(attachment)
    })
}

/// Changes a candidate whom the actor may see, unless there are problems.
pub(super) fn change<T>(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    change: impl FnOnce(&mut Edit<'_>, &mut Candidate, &mut Problems) -> Outcome<T>,
) -> Outcome<(i64, T)> {
    let (id, mut candidate) = seen(edit, actor, id)?;
    let mut problems = Problems::default();
    let made = change(edit, &mut candidate, &mut problems)?;
    problems.check()?;
    candidate.save_changed(edit, id)?;
    Event::CandidateUpdated(id).record(edit);
    Ok((id, made))
}
