//! Changing a job.

use super::{Job, OrgUnits};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::custom_fields::{self, Entries};
use crate::domain::events::Event;
use crate::domain::patch::Change;
use crate::domain::{approvals, names};
use crate::refusal::{Outcome, Problems};
use crate::store::{Edit, View};

/// What is to change. Paths are the names of these and of [`OrgUnits`].
#[derive(Default)]
pub(crate) struct Update {
    pub(crate) name: Option<String>,
    pub(crate) notes: Change<String>,
    pub(crate) anywhere: Change<bool>,
    pub(crate) requisition_id: Change<String>,
    pub(crate) team_and_responsibilities: Change<String>,
    pub(crate) how_to_sell_this_job: Change<String>,
    pub(crate) custom_fields: Entries,
    pub(crate) units: OrgUnits,
}

/// Changes a job. If that is something that was approved, its approvals start over.
pub(crate) fn update(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    command: Update,
) -> Outcome<i64> {
    let (id, before) = Job::seen(edit, actor, id)?;
    actor.require_job(edit, id)?;
    let mut job = Job::clone(&before);
    let mut problems = Problems::default();
    if let Some(name) = command.name {
        names::check("name", &name, &mut problems);
        job.name = name;
    }
    command.notes.apply(&mut job.notes);
    command.anywhere.apply(&mut job.anywhere);
    command.requisition_id.apply(&mut job.requisition_id);
    let team = &mut job.team_and_responsibilities;
    command.team_and_responsibilities.apply(team);
    let pitch = &mut job.how_to_sell_this_job;
    command.how_to_sell_this_job.apply(pitch);
    command.units.apply(edit, &mut job, &mut problems)?;
    let (entries, values) = (&command.custom_fields, &mut job.custom_fields);
    entries.apply(edit, "job", values, &mut problems)?;
    problems.check()?;
    job.updated_at = stamp(edit.now());
    job.save(edit, id)?;
    Event::JobUpdated(id).record(edit);
    if job.needs_approval_again(edit, &before)? {
        approvals::reset_job(edit, id)?;
    }
    Ok(id)
}

impl Job {
    /// Whether it differs in what was approved: few fields count, and those custom fields of which it is said.
    fn needs_approval_again(&self, view: &View<'_>, before: &Self) -> Outcome<bool> {
        let (old, new) = (&before.custom_fields, &self.custom_fields);
        Ok(self.requisition_id != before.requisition_id
            || self.department_ids != before.department_ids
            || custom_fields::changed(view, old, new, |field| field.require_approval)?)
    }
}
