//! Putting one approver in another's place.

use serde::Deserialize;

use crate::domain::approvals::{APPROVAL_FLOW, Flow, has_access};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::refusal::{Problems, Refusal};

/// Picks the flow that has the group with an id.
const OF_FLOW: &str = "EXISTS (SELECT 1 FROM json_each(approval_flow.state, '$.groups') AS one
                               WHERE one.value ->> 'id' = ?1)";

#[derive(Deserialize)]
struct Replace {
    remove_user_id: i64,
    add_user_id: i64,
}

pub(super) fn substitute(cx: &mut Writing<'_, '_>) -> Outcome {
    let group_id = cx.call.id("approver_group_id")?;
    let flow = group_id.whole::<Flow>(cx, &cx.user, &APPROVAL_FLOW, OF_FLOW)?;
    let (id, mut flow) = flow.ok_or_else(Refusal::not_found)?;
    cx.user.require_job(cx, flow.job_id)?;
    let body: Replace = cx.call.body()?;
    let mut problems = Problems::default();
    let (job_id, decided) = (flow.job_id, flow.approval_status != "pending");
    let group = flow
        .groups
        .iter_mut()
        .find(|group| group_id == group.id)
        .ok_or_else(Refusal::not_found)?;
    if decided || group.resolved_at.is_some() {
        return Err(Refusal::whole("The group is resolved"));
    }
    if group.approver_ids.contains(&body.add_user_id) {
        problems.add("add_user_id", "Is an approver of this group already");
    } else if !has_access(cx, body.add_user_id, job_id)? {
        problems.add(
            "add_user_id",
            "Has to be an active user with access to the job",
        );
    }
    match group
        .approver_ids
        .iter_mut()
        .find(|id| **id == body.remove_user_id)
    {
        Some(place) => *place = body.add_user_id,
        None => problems.add("remove_user_id", "Is no approver of this group"),
    }
    problems.check()?;
    let now = cx.stamp();
    flow.save(cx, id, &now)?;
    Ok(Reply::value(&json!({
        // A text, as documented.
        "success": "true",
        "message": "Approver group updated.",
        "approval_flow_id": id,
        "approver_group_id": group_id,
        "removed_user_id": body.remove_user_id,
        "added_user_id": body.add_user_id,
    })))
}
