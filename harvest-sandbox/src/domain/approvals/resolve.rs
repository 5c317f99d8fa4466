//! Decisions of approvers. No operation lets them, so that someone has to stand in for them.

use super::state::{Approval, Flow};
use super::{APPROVAL, APPROVAL_FLOW};
use crate::clock::stamp;
use crate::domain::events::Event;
use crate::domain::job_status;
use crate::refusal::Outcome;
use crate::store::Edit;

/// What all who were asked say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    Approve,
    Reject,
}

/// Lets everyone approve a flow, one group after the other, or the group whose turn it is reject it. `false` if no user has
/// asked for that. A draft that is approved for recruiting is open from then on.
pub(crate) fn decide(edit: &mut Edit<'_>, id: i64, decision: Decision) -> Outcome<bool> {
    let Some(mut flow) = edit.find::<Flow>(&APPROVAL_FLOW, id)? else {
        return Ok(false);
    };
    if flow.approval_status != "pending" || flow.requested_by_user_id.is_none() {
        return Ok(false);
    }
    let now = stamp(edit.now());
    let turns = match decision {
        Decision::Approve => flow.groups.len(),
        Decision::Reject => 1,
    };
    let status = match decision {
        Decision::Approve => "approved",
        Decision::Reject => "rejected",
    };
    status.clone_into(&mut flow.approval_status);
    for group in flow.groups.iter_mut().take(turns) {
        group.resolved_at = Some(now.clone());
        resolve(edit, group.id, &now)?;
    }
    flow.save(edit, id, &now)?;
    if decision == Decision::Approve {
        approved(edit, flow)?;
    }
    Ok(true)
}

/// What the last approval of a flow brings about.
fn approved(edit: &mut Edit<'_>, flow: Flow) -> Outcome<()> {
    if let Some(offer_id) = flow.offer_id {
        Event::OfferApproved(offer_id).record(edit);
        return Ok(());
    }
    if flow.approval_type == "open_job" {
        job_status::open_draft(edit, flow.job_id)?;
    }
    Event::JobApproved {
        id: flow.job_id,
        approval_type: flow.approval_type,
    }
    .record(edit);
    Ok(())
}

/// Answers all approvals of a group; who was not asked before is asked now.
fn resolve(edit: &mut Edit<'_>, group_id: i64, now: &str) -> Outcome<()> {
    for (id, mut approval) in
        edit.states::<Approval>(&APPROVAL, "group_id = ?1 ORDER BY id", [group_id])?
    {
        approval
            .request_sent_at
            .get_or_insert_with(|| now.to_owned());
        approval.resolved_at = Some(now.to_owned());
        edit.save(&APPROVAL, id, &approval)?;
    }
    Ok(())
}
