//! The answer of one approver. No operation of the API takes one.

use super::resolve::Decision;
use super::state::{Approval, Flow};
use super::{APPROVAL, APPROVAL_FLOW};
use crate::clock::stamp;
use crate::domain::access::Actor;
use crate::domain::job_status;
use crate::refusal::{Outcome, Refusal};
use crate::store::Edit;

/// Gives or refuses the actor's own approval. `false` if it is not the actor's to give, was given, or it is not its turn.
/// A group is done when as many have approved as it requires, and the flow when all groups are: a draft that is approved
/// for recruiting is open from then on. Who refuses rejects the flow.
pub(crate) fn answer(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: i64,
    decision: Decision,
) -> Outcome<bool> {
    let row = actor.row(edit, &APPROVAL, id)?.ok_or(Refusal::NotFound)?;
    let mut approval: Approval = row.state()?;
    let (flow_id, group_id) = (approval.flow_id, approval.group_id);
    let mut flow: Flow = edit.get(&APPROVAL_FLOW, flow_id)?;
    let is_open = approval.resolved_at.is_none() && flow.is_due(group_id);
    if approval.user_id != actor.id || !is_open {
        return Ok(false);
    }
    let now = stamp(edit.now());
    approval.resolved_at = Some(now.clone());
    edit.save(&APPROVAL, id, &approval)?;
    let all = edit.states::<Approval>(&APPROVAL, "group_id = ?1", [group_id])?;
    let given = all
        .iter()
        .filter(|(_, it)| it.resolved_at.is_some())
        .count();
    let given = i64::try_from(given).unwrap_or(i64::MAX);
    for group in flow.groups.iter_mut().filter(|it| it.id == group_id) {
        if decision == Decision::Reject || given >= group.approvals_required {
            group.resolved_at = Some(now.clone());
        }
    }
    let is_done = flow.groups.iter().all(|it| it.resolved_at.is_some());
    let status = match decision {
        Decision::Reject => "rejected",
        Decision::Approve if is_done => "approved",
        Decision::Approve => "pending",
    };
    status.clone_into(&mut flow.approval_status);
    flow.save(edit, flow_id, &now)?;
    if status == "approved" && flow.approval_type == "open_job" {
        job_status::open_draft(edit, flow.job_id)?;
    }
    Ok(true)
}
