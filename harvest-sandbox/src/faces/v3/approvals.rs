//! Approval flows, their groups and approvers, as v3 shows and changes them.

use std::rc::Rc;

use axum::http::StatusCode;
use serde::Deserialize;

use super::list::{self, Meaning, Means};
use super::presentation::{dated, shown};
use super::user_key::UserInput;
use crate::domain::access::ClientId;
use crate::domain::approvals::{
    self, APPROVAL, APPROVAL_FLOW, APPROVER_GROUP, Approval, Flow, ListedGroup, NewGroup, SetFlow,
    Substitute,
};
use crate::domain::jobs::JOB;
use crate::domain::users::{USER, User};
use crate::faces::{Handler, Resource, Writing};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::{Value, json};
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[
        &shown(&APPROVAL_FLOW, flow),
        &shown(&APPROVER_GROUP, group),
        &shown(&APPROVAL, approver),
    ],
    operations: &[
        (
            "list_approval_flows",
            Handler::Read(|cx| list::list(cx, &APPROVAL_FLOW, OF_FLOWS)),
        ),
        (
            "list_approver_groups",
            Handler::Read(|cx| list::list(cx, &APPROVER_GROUP, OF_GROUPS)),
        ),
        (
            "list_approvers",
            Handler::Read(|cx| list::list(cx, &APPROVAL, OF_APPROVERS)),
        ),
        ("create_approval_flow", Handler::Write(create)),
        ("update_approval_flow", Handler::Write(update)),
        ("replace_approver_groups", Handler::Write(replace_groups)),
        ("request_approvals", Handler::Write(request)),
        ("replace_approver", Handler::Write(replace_approver)),
    ],
};

const OF_FLOWS: &[Meaning] = &[
    ("job_ids", Means::Column("job_id")),
    ("offer_ids", Means::Column("offer_id")),
    ("approval_type", Means::Column("approval_type")),
];

const OF_GROUPS: &[Meaning] = &[("approval_flow_ids", Means::Column("approval_flow_id"))];

const OF_APPROVERS: &[Meaning] = &[
    ("approver_group_ids", Means::Column("group_id")),
    ("user_ids", Means::Column("user_id")),
    ("status", Means::Column(STATUS)),
];

/// What [`status`] says, in SQL.
const STATUS: &str = "CASE WHEN state ->> 'resolved_at' IS NOT NULL THEN 'approved'
                      WHEN state ->> 'request_sent_at' IS NOT NULL THEN 'due' ELSE 'waiting' END";

fn status(it: &Approval) -> &'static str {
    if it.resolved_at.is_some() {
        "approved"
    } else if it.request_sent_at.is_some() {
        "due"
    } else {
        "waiting"
    }
}

fn flow(view: &View<'_>, row: &Row) -> Outcome<Document> {
    dated(view, &APPROVAL_FLOW, row, properties(&row.state()?))
}

fn properties(it: &Flow) -> Value {
    json!({
        "job_id": it.job_id,
        "offer_id": it.offer_id,
        "approval_type": it.approval_type,
        "sequential": it.sequential,
        "version": it.version,
        "requested_by_id": it.requested_by_user_id,
        "approval_status": it.approval_status,
    })
}

fn group(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: ListedGroup = row.state()?;
    let shown = json!({
        "approval_flow_id": it.approval_flow_id,
        "approvals_required": it.approvals_required,
        "sort_order": it.place,
        "required_for_exception": false,
        "resolved_at": it.resolved_at,
    });
    dated(view, &APPROVER_GROUP, row, shown)
}

/// Reminders are never sent here.
fn approver(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Approval = row.state()?;
    let decided_by = it.resolved_at.is_some().then_some(it.user_id);
    let shown = json!({
        "sort_order": null,
        "user_id": it.user_id,
        "status": status(&it),
        "resolved_by_id": decided_by,
        "resolved_at": it.resolved_at,
        "request_sent_at": it.request_sent_at,
        "version_sent": null,
        "reminder_sent_at": null,
        "reminder_sent_by_id": null,
        "reminders_sent": null,
        "approver_group_id": it.group_id,
        "added_by_custom_field_id": null,
        "send_auto_reminder_at": null,
        "auto_reminders_sent": null,
    });
    dated(view, &APPROVAL, row, shown)
}

/// A flow with its groups, and these with their approvers, as writes are answered.
fn with_groups(cx: &Writing<'_, '_>, status: StatusCode, id: i64) -> Outcome {
    let flow: Flow = cx.get(&APPROVAL_FLOW, id)?;
    let mut shown: Value = cx.shown(&APPROVAL_FLOW, id)?.read()?;
    let mut groups = Vec::new();
    for (place, group) in flow.groups.iter().enumerate() {
        let condition = "group_id = ?1 ORDER BY id";
        let mut approvers = Vec::new();
        for (id, approval) in cx.states::<Approval>(&APPROVAL, condition, [group.id])? {
            let user: Option<Rc<User>> = cx.shared(&USER, approval.user_id)?;
            let email = user.as_deref().and_then(User::primary_email);
            approvers.push(json!({"id": id, "user_id": approval.user_id, "email": email}));
        }
        groups.push(json!({
            "id": group.id,
            "approvals_required": group.approvals_required,
            "sort_order": place,
            "approvers": approvers,
        }));
    }
    shown["approver_groups"] = groups.into();
    Ok(Reply::json(status, &shown))
}

#[derive(Deserialize)]
struct GroupInput {
    approvals_required: i64,
    approvers: Vec<UserInput>,
}

fn groups(inputs: Vec<GroupInput>) -> Vec<NewGroup> {
    let read = |it: GroupInput| NewGroup {
        approvals_required: it.approvals_required,
        approvers: it.approvers.into_iter().map(UserInput::key).collect(),
    };
    inputs.into_iter().map(read).collect()
}

/// The names of v3 for what the domain takes.
const NAMES: &[(&str, &str)] = &[("offer", "offer_id"), ("groups.", "approver_groups.")];

#[derive(Deserialize)]
struct Create {
    job_id: ClientId,
    offer_id: Option<ClientId>,
    approval_type: String,
    sequential: bool,
    approver_groups: Vec<GroupInput>,
}

fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    body.job_id.named(cx, &actor, &JOB, "job_id", "A job")?;
    let command = SetFlow {
        approval_type: body.approval_type,
        offer: body.offer_id,
        sequential: body.sequential,
        groups: Some(groups(body.approver_groups)),
    };
    let set = approvals::set_flow(cx, &actor, body.job_id, command);
    let id = set.map_err(|it| it.renamed(NAMES))?;
    with_groups(cx, StatusCode::CREATED, id)
}

#[derive(Deserialize)]
struct Update {
    sequential: Option<bool>,
}

fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Update = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let id = approvals::change_flow(cx, &actor, id, body.sequential, None)?;
    cx.changed(&APPROVAL_FLOW, id)
}

#[derive(Deserialize)]
struct ReplaceGroups {
    approver_groups: Vec<GroupInput>,
}

fn replace_groups(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: ReplaceGroups = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let new = groups(body.approver_groups);
    let changed = approvals::change_flow(cx, &actor, id, None, Some(&new));
    let id = changed.map_err(|it| it.renamed(NAMES))?;
    with_groups(cx, StatusCode::OK, id)
}

fn request(cx: &mut Writing<'_, '_>) -> Outcome {
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    approvals::request(cx, &actor, id)?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

#[derive(Deserialize)]
struct Replace {
    remove_user_id: i64,
    add_user_id: i64,
}

fn replace_approver(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Replace = cx.call.body()?;
    let (actor, group_id) = (cx.user.clone(), cx.call.id("id")?);
    let command = Substitute {
        remove: body.remove_user_id,
        add: body.add_user_id,
    };
    let names = [("remove", "remove_user_id"), ("add", "add_user_id")];
    let replaced = approvals::substitute(cx, &actor, group_id, command);
    replaced.map_err(|it| it.renamed(&names))?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}
