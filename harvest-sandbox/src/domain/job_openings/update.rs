//! Renaming, closing and reopening an opening.

use super::{JOB_OPENING, JobOpening, check_room};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::close_reasons::CLOSE_REASON;
use crate::domain::custom_fields::{self, Entries};
use crate::domain::patch::Change;
use crate::domain::{approvals, job_status};
use crate::refusal::{Outcome, Problems, Refusal, Rule};
use crate::store::Edit;

/// What is to change. Paths are the names of these.
#[derive(Default)]
pub(crate) struct Update {
    /// What users call it.
    pub(crate) opening_id: Change<String>,
    /// `open` or `closed`.
    pub(crate) status: Option<String>,
    pub(crate) close_reason_id: Option<i64>,
    /// A day.
    pub(crate) target_start_on: Change<String>,
    pub(crate) custom_fields: Entries,
    /// Whether an opening that was filled may be opened again, and forget by whom.
    pub(crate) unfills: bool,
}

/// Changes an opening. Whether its job is open follows; and if that is something that was approved, the approvals of the job
/// start over.
pub(crate) fn update(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    command: Update,
) -> Outcome<i64> {
    let found = id.shared::<JobOpening>(edit, actor, &JOB_OPENING)?;
    let (id, before) = found.ok_or(Refusal::NotFound)?;
    let job_id = before.job_id;
    actor.require_job(edit, job_id)?;
    let mut opening = JobOpening::clone(&before);
    let mut problems = Problems::default();
    let turns = command.status.filter(|status| *status != opening.status);
    let closes = turns.as_deref() == Some("closed");
    if let Some(reason_id) = command.close_reason_id {
        if !closes {
            problems.add("close_reason_id", Rule::ClosesNothing);
        } else if !edit.exists(&CLOSE_REASON, reason_id)? {
            problems.unknown("close_reason_id", "A close reason");
        }
    }
    let now = stamp(edit.now());
    if closes {
        opening.close(now, command.close_reason_id, None);
    } else if turns.is_some() {
        if opening.application_id.is_some() && !command.unfills {
            problems.add("status", Rule::OpeningFilled);
        }
        check_room(edit, Some(job_id), 1, "status", &mut problems)?;
        opening.open(now);
    }
    command.opening_id.apply(&mut opening.opening_id);
    command.target_start_on.apply(&mut opening.target_start_on);
    let (entries, values) = (&command.custom_fields, &mut opening.custom_fields);
    entries.apply(edit, "opening", values, &mut problems)?;
    problems.check()?;
    edit.save(&JOB_OPENING, id, &opening)?;
    if turns.is_some() {
        job_status::follow_openings(edit, job_id)?;
    }
    let (old, new) = (&before.custom_fields, &opening.custom_fields);
    if opening.opening_id != before.opening_id
        || custom_fields::changed(edit, old, new, |field| field.require_approval)?
    {
        approvals::reset_job(edit, job_id)?;
    }
    Ok(id)
}
