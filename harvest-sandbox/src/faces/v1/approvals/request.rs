//! Asking for the approvals of a flow.

use axum::http::StatusCode;

use crate::domain::approvals::{APPROVAL_FLOW, Flow};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::Refusal;

/// Starts a flow in the name of the acting user. Neither status nor body of the answer is documented.
pub(super) fn request(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, mut flow): (i64, Flow) = cx.record_in_path(&APPROVAL_FLOW, "id")?;
    cx.user.require_job(cx, flow.job_id)?;
    let obstacle = if flow.approval_status != "pending" {
        Some("The flow is decided already")
    } else if flow.requested_by_user_id.is_some() {
        Some("The approvals were requested already")
    } else if flow.groups.is_empty() {
        Some("The flow has no approvers")
    } else {
        None
    };
    if let Some(obstacle) = obstacle {
        return Err(Refusal::whole(obstacle));
    }
    flow.requested_by_user_id = Some(cx.user.id);
    let now = cx.stamp();
    flow.save(cx, id, &now)?;
    Ok(Reply::empty(StatusCode::OK))
}
