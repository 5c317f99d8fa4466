//! Flows and approvals, as they are sent.

use crate::domain::approvals::{APPROVAL_FLOW, Approval, Flow, Group};
use crate::domain::users::{USER, User};
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::store::{Document, Row, View};

pub(super) fn flow(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let flow: Flow = row.state()?;
    let groups = flow
        .groups
        .iter()
        .zip(0..)
        .map(|(group, priority)| show_group(view, &flow, group, priority))
        .collect::<Outcome<Vec<_>>>()?;
    Document::of(&json!({
        "id": row.id,
        "offer_id": flow.offer_id,
        "sequential": flow.sequential,
        "version": flow.version,
        "approval_type": flow.approval_type,
        "approval_status": flow.approval_status,
        "job_id": flow.job_id,
        "requested_by_user_id": flow.requested_by_user_id,
        "approver_groups": groups,
    }))
}

fn show_group(view: &View<'_>, flow: &Flow, group: &Group, priority: i64) -> Outcome<Value> {
    let mut approvers = Vec::new();
    for id in &group.approver_ids {
        if let Some(user) = view.shared::<User>(&USER, *id)? {
            approvers.push(json!({
                "id": id,
                "name": user.name(),
                "email_addresses":
            user.emails.iter().map(|email| &email.address).collect::<Vec<_>>(),
                "employee_id": user.employee_id,
            }));
        }
    }
    Ok(json!({
        "id": group.id,
        "approvals_required": group.approvals_required,
        "created_at": group.created_at,
        "resolved_at": group.resolved_at,
        "priority": priority,
        "job_id": flow.job_id,
        "offer_id": flow.offer_id,
        "approvers": approvers,
    }))
}

pub(super) fn approval(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let approval: Approval = row.state()?;
    // Read once, however many have to approve.
    let flow = view.memo(&APPROVAL_FLOW, approval.flow_id, || {
        let flow: Option<Flow> = view.find(&APPROVAL_FLOW, approval.flow_id)?;
        Ok(flow.unwrap_or_default())
    })?;
    let due = flow.is_due(approval.group_id);
    Document::of(&json!({
        "id": row.id,
        "status": if due { "due" } else { "waiting" },
        "created_at": approval.created_at,
        "resolved_at": approval.resolved_at,
        "request_sent_at": approval.request_sent_at,
        // No user is reminded here.
        "reminder_sent_at": null,
        "reminders_sent": 0,
        "approver_group_id": approval.group_id,
        "reminder_sent_by_user_id": null,
        "hiring_plan_id": flow.hiring_plan_id,
        "offer_id": flow.offer_id,
        "approval_flow_id": approval.flow_id,
        "approval_flow_type": flow.approval_type,
        "approval_flow_status": flow.approval_status,
    }))
}
