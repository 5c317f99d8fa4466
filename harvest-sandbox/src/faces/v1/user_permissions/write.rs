//! Requests that give permissions, and take them away.

use axum::http::StatusCode;
use serde::Deserialize;

use crate::domain::access::ClientId;
use crate::domain::user_permissions::{
    FUTURE_JOB_PERMISSION, FutureGrant, Grant, JOB_PERMISSION, grant, grant_future, revoke,
};
use crate::domain::users::USER;
use crate::faces::Writing;
use crate::http::refusal::{Outcome, worded};
use crate::http::reply::Reply;
use crate::refusal::Refusal;
use crate::store::Kind;

#[derive(Deserialize)]
struct Create {
    job_id: ClientId,
    user_role_id: i64,
}

pub(super) fn add(cx: &mut Writing<'_, '_>) -> Outcome {
    let user_id = user(cx)?;
    let body: Create = cx.call.body()?;
    let new = Grant {
        user_id,
        job_id: body.job_id,
        user_role_id: body.user_role_id,
    };
    let actor = cx.user.clone();
    let given = grant(cx, &actor, &new)?;
    added(cx, &JOB_PERMISSION, given)
}

#[derive(Deserialize)]
struct CreateFuture {
    office_id: Option<i64>,
    external_office_id: Option<String>,
    department_id: Option<i64>,
    external_department_id: Option<String>,
    user_role_id: i64,
}

/// The same for jobs that are yet to come.
pub(super) fn add_future(cx: &mut Writing<'_, '_>) -> Outcome {
    let user_id = user(cx)?;
    let body: CreateFuture = cx.call.body()?;
    let new = FutureGrant {
        user_id,
        office_id: body.office_id,
        external_office_id: body.external_office_id,
        department_id: body.department_id,
        external_department_id: body.external_department_id,
        user_role_id: body.user_role_id,
    };
    let actor = cx.user.clone();
    let given = grant_future(cx, &actor, &new)?;
    added(cx, &FUTURE_JOB_PERMISSION, given)
}

/// 201 with the permission, or 204 for a site admin, who needs none.
fn added(cx: &Writing<'_, '_>, kind: &Kind, id: Option<i64>) -> Outcome {
    match id {
        Some(id) => cx.created(kind, id),
        None => Ok(Reply::empty(StatusCode::NO_CONTENT)),
    }
}

#[derive(Deserialize)]
struct Delete {
    job_permission_id: ClientId,
}

pub(super) fn remove(cx: &mut Writing<'_, '_>) -> Outcome {
    let user_id = user(cx)?;
    let body: Delete = cx.call.body()?;
    let id = body.job_permission_id;
    delete(cx, &JOB_PERMISSION, user_id, id, "job_permission_id")?;
    let message = format!("Job Permission {id} has been deleted.");
    Ok(Reply::message(StatusCode::OK, &message))
}

#[derive(Deserialize)]
struct DeleteFuture {
    future_job_permission_id: ClientId,
}

pub(super) fn remove_future(cx: &mut Writing<'_, '_>) -> Outcome {
    let user_id = user(cx)?;
    let body: DeleteFuture = cx.call.body()?;
    let id = body.future_job_permission_id;
    let kind = &FUTURE_JOB_PERMISSION;
    delete(cx, kind, user_id, id, "future_job_permission_id")?;
    let message = format!("Future Job Permission {id} has been deleted.");
    Ok(Reply::message(StatusCode::OK, &message))
}

/// The user in the path, whose permissions only site admins change.
fn user(cx: &Writing<'_, '_>) -> Outcome<i64> {
    let id = cx.id_in_path(&USER, "id")?;
    cx.user.require_site_admin()?;
    Ok(id)
}

/// The user who has a permission.
#[derive(Deserialize)]
struct Holder {
    user_id: i64,
}

/// Removes a permission, if it is this user's.
fn delete(
    cx: &mut Writing<'_, '_>,
    kind: &'static Kind,
    user_id: i64,
    id: ClientId,
    field: &str,
) -> Outcome<()> {
    match id.find::<Holder>(cx, &cx.user, kind)? {
        Some((id, holder)) if holder.user_id == user_id => {
            let actor = cx.user.clone();
            revoke(cx, &actor, kind, id)
        }
        _ => {
            let message = "This user has no permission with this id";
            Err(Refusal::field(field, worded(message)))
        }
    }
}
