//! Replacement of one approver by another.

use super::{APPROVAL_FLOW, Flow, has_access};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::refusal::{Outcome, Problems, Refusal, Rule, Why};
use crate::store::Edit;

/// Picks the flow that has the group with an id.
const OF_FLOW: &str = "EXISTS (SELECT 1 FROM json_each(approval_flow.state, '$.groups') AS one
                               WHERE one.value ->> 'id' = ?1)";

/// An approver to replace, and by whom.
#[derive(Clone, Copy)]
pub(crate) struct Substitute {
    pub(crate) remove: i64,
    pub(crate) add: i64,
}

/// Replaces an approver of a group, and says of which flow it is. Problems are at `remove` and `add`.
pub(crate) fn substitute(
    edit: &mut Edit<'_>,
    actor: &Actor,
    group_id: ClientId,
    command: Substitute,
) -> Outcome<i64> {
    let flow = group_id.whole::<Flow>(edit, actor, &APPROVAL_FLOW, OF_FLOW)?;
    let (id, mut flow) = flow.ok_or_else(Refusal::not_found)?;
    actor.require_job(edit, flow.job_id)?;
    let mut problems = Problems::default();
    let (job_id, decided) = (flow.job_id, flow.is_decided());
    let mut groups = flow.groups.iter_mut();
    let group = groups.find(|group| group_id == group.id);
    let group = group.ok_or_else(Refusal::not_found)?;
    if decided || group.resolved_at.is_some() {
        return Err(Refusal::whole(Rule::ResolvedGroup));
    }
    if group.approver_ids.contains(&command.add) {
        problems.add("add", Rule::AlreadyApprover);
    } else if !has_access(edit, command.add, job_id)? {
        problems.add("add", Rule::NoAccess);
    }
    let mut approvers = group.approver_ids.iter_mut();
    match approvers.find(|id| **id == command.remove) {
        Some(place) => *place = command.add,
        None => problems.add("remove", Why::NotOf("approver", "this group")),
    }
    problems.check()?;
    let now = stamp(edit.now());
    flow.save(edit, id, &now)?;
    Ok(id)
}
