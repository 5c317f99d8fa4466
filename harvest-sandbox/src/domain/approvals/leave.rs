//! Approvers who are none any more.

use super::APPROVAL_FLOW;
use super::state::Flow;
use crate::clock::stamp;
use crate::refusal::Outcome;
use crate::store::Edit;

/// Takes a user out of whatever is not decided. A group that nobody is left in waits until the flow is replaced: nothing
/// is approved by someone's leaving.
pub(crate) fn leave_flows(edit: &mut Edit<'_>, user_id: i64) -> Outcome<()> {
    let now = stamp(edit.now());
    let condition = "approval_status = 'pending'
                     AND id IN (SELECT flow_id FROM approval WHERE user_id = ?1) ORDER BY id";
    for (id, mut flow) in edit.states::<Flow>(&APPROVAL_FLOW, condition, [user_id])? {
        let open = flow
            .groups
            .iter_mut()
            .filter(|group| group.resolved_at.is_none());
        for group in open {
            group.approver_ids.retain(|approver| *approver != user_id);
        }
        flow.save(edit, id, &now)?;
    }
    Ok(())
}
