//! Permissions of users on jobs, present and future, as v3 shows and changes them.

use axum::http::StatusCode;
use serde::Deserialize;

use super::deleted::Deleted;
use super::list;
use super::list::{Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::access::ClientId;
use crate::domain::user_permissions::{
    FUTURE_JOB_PERMISSION, FutureGrant, FutureJobPermission, Grant, JOB_PERMISSION, JobPermission,
    grant, grant_future, revoke,
};
use crate::faces::list::List;
use crate::faces::{Handler, Reading, Resource, Writing};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::store::{Document, Kind, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[
        &shown(&JOB_PERMISSION, document),
        &shown(&FUTURE_JOB_PERMISSION, future_document),
    ],
    operations: &[
        (
            "list_job_permissions",
            Handler::Read(|cx| list(cx, &JOB_PERMISSION, MEANINGS)),
        ),
        ("add_job_permission", Handler::Write(add)),
        (
            "remove_job_permission",
            Handler::Write(|cx| remove(cx, &JOB_PERMISSION, "User job permission")),
        ),
        (
            "list_future_job_permissions",
            Handler::Read(|cx| list(cx, &FUTURE_JOB_PERMISSION, OF_FUTURE)),
        ),
        ("add_future_job_permission", Handler::Write(add_future)),
        (
            "remove_future_job_permission",
            Handler::Write(|cx| remove(cx, &FUTURE_JOB_PERMISSION, "Future job permission")),
        ),
    ],
};

const OF_USER: Meaning = ("user_ids", Means::Column("user_id"));
const OF_ROLE: Meaning = ("role_ids", Means::Column("state ->> 'user_role_id'"));

const MEANINGS: &[Meaning] = &[OF_USER, OF_ROLE, ("job_ids", Means::Column("job_id"))];

const OF_FUTURE: &[Meaning] = &[
    OF_USER,
    OF_ROLE,
    ("department_ids", Means::Column("state ->> 'department_id'")),
    ("office_ids", Means::Column("state ->> 'office_id'")),
    (
        "external_department_id",
        Means::Where(
            "state ->> 'department_id' IN (SELECT id FROM department WHERE external_id = ?)",
        ),
    ),
    (
        "external_office_id",
        Means::Where("state ->> 'office_id' IN (SELECT id FROM office WHERE external_id = ?)"),
    ),
];

/// The names of paths that v3 has in the place of those of the domain.
const NAMES: &[(&str, &str)] = &[("user_role_id", "role_id")];

/// Site admins have none that count, and are not listed.
fn list(cx: &Reading<'_>, kind: &'static Kind, meanings: &[Meaning]) -> Outcome {
    let of_others = "NOT (SELECT site_admin FROM user WHERE user.id = user_id)";
    list::narrowed(cx, List::of(kind).only(of_others), meanings)
}

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: JobPermission = row.state()?;
    let shown = json!({
        "job_id": it.job_id,
        "user_id": it.user_id,
        "role_id": it.user_role_id,
        "automated": false,
    });
    dated(view, &JOB_PERMISSION, row, shown)
}

fn future_document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: FutureJobPermission = row.state()?;
    let shown = json!({
        "department_id": it.department_id,
        "user_id": it.user_id,
        "office_id": it.office_id,
        "role_id": it.user_role_id,
    });
    dated(view, &FUTURE_JOB_PERMISSION, row, shown)
}

#[derive(Deserialize)]
struct Add {
    user_id: i64,
    job_id: ClientId,
    role_id: i64,
}

fn add(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Add = cx.call.body()?;
    let new = Grant {
        user_id: body.user_id,
        job_id: body.job_id,
        user_role_id: body.role_id,
    };
    let actor = cx.user.clone();
    let given = grant(cx, &actor, &new).map_err(|it| it.renamed(NAMES))?;
    added(cx, &JOB_PERMISSION, given)
}

#[derive(Deserialize)]
struct AddFuture {
    user_id: i64,
    role_id: i64,
    department_id: Option<i64>,
    external_department_id: Option<String>,
    office_id: Option<i64>,
    external_office_id: Option<String>,
}

fn add_future(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: AddFuture = cx.call.body()?;
    let new = FutureGrant {
        user_id: body.user_id,
        office_id: body.office_id,
        external_office_id: body.external_office_id,
        department_id: body.department_id,
        external_department_id: body.external_department_id,
        user_role_id: body.role_id,
    };
    let actor = cx.user.clone();
    let given = grant_future(cx, &actor, &new).map_err(|it| it.renamed(NAMES))?;
    added(cx, &FUTURE_JOB_PERMISSION, given)
}

/// 201 with the permission, or 204 for a site admin, who needs none.
fn added(cx: &Writing<'_, '_>, kind: &Kind, id: Option<i64>) -> Outcome {
    match id {
        Some(id) => cx.created(kind, id),
        None => Ok(Reply::empty(StatusCode::NO_CONTENT)),
    }
}

fn remove(cx: &mut Writing<'_, '_>, kind: &'static Kind, what: &str) -> Outcome {
    let id = cx.id_in_path(kind, "id")?;
    let deleted = Deleted::of(cx, kind, id)?;
    let actor = cx.user.clone();
    revoke(cx, &actor, kind, id)?;
    Ok(deleted.answer(what))
}
