//! Approvers who are none any more.

use std::collections::HashSet;

use super::APPROVAL_FLOW;
use super::state::Flow;
use crate::clock::stamp;
use crate::json::json;
use crate::refusal::Outcome;
use crate::store::Edit;

/// Takes users out of whatever is not decided. A group that has no approver left waits until the flow is replaced: nothing
/// is approved by someone's leaving.
pub(crate) fn leave_flows(edit: &mut Edit<'_>, user_ids: &HashSet<i64>) -> Outcome<()> {
    let now = stamp(edit.now());
    let condition = "approval_status = 'pending'
                     AND id IN (SELECT flow_id FROM approval
                                WHERE user_id IN (SELECT value FROM json_each(?1))) ORDER BY id";
    let ids = json!(user_ids).to_string();
    for (id, mut flow) in edit.states::<Flow>(&APPROVAL_FLOW, condition, [ids])? {
        let open = flow
            .groups
            .iter_mut()
            .filter(|group| group.resolved_at.is_none());
        for group in open {
            group
                .approver_ids
                .retain(|approver| !user_ids.contains(approver));
        }
        flow.save(edit, id, &now)?;
    }
    Ok(())
}
