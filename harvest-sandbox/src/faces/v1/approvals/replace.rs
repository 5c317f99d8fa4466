//! Requests that replace the approvers of a flow.

use serde::Deserialize;

use crate::domain::access::ClientId;
use crate::domain::approvals::{self, NewGroup, SetFlow};
use crate::faces::Writing;
use crate::faces::v1::users::Selector;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;

#[derive(Deserialize)]
struct Replace {
    approval_type: String,
    offer_id: Option<ClientId>,
    sequential: bool,
    approver_groups: Option<Vec<GroupInput>>,
}

#[derive(Deserialize)]
struct GroupInput {
    approvals_required: i64,
    approvers: Vec<Selector>,
}

impl GroupInput {
    fn read(self) -> NewGroup {
        NewGroup {
            approvals_required: self.approvals_required,
            approvers: self.approvers.iter().map(Selector::key).collect(),
        }
    }
}

/// Sets a flow of a job, or of one offer.
pub(super) fn replace(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Replace = cx.call.body()?;
    let (actor, job) = (cx.user.clone(), cx.call.id("id")?);
    let groups = body.approver_groups;
    let command = SetFlow {
        approval_type: body.approval_type,
        offer: body.offer_id,
        sequential: body.sequential,
        groups: groups.map(|groups| groups.into_iter().map(GroupInput::read).collect()),
    };
    let set = approvals::set_flow(cx, &actor, job, command);
    let names = [("offer", "offer_id"), ("groups.", "approver_groups.")];
    let id = set.map_err(|it| it.renamed(&names))?;
    Ok(Reply::value(
        &json!({"success": true, "approval_flow_id": id}),
    ))
}
