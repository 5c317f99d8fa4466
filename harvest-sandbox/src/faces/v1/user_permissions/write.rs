//! Giving permissions, and taking them away.

use axum::http::StatusCode;
use serde::Deserialize;

use super::future;
use crate::domain::access::ClientId;
use crate::domain::jobs::{JOB, Job};
use crate::domain::user_permissions::{FUTURE_JOB_PERMISSION, JOB_PERMISSION, JobPermission};
use crate::domain::user_roles::USER_ROLE;
use crate::domain::users::{USER, User};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::{Problems, Refusal};
use crate::store::{Kind, View};

#[derive(Deserialize)]
struct Create {
    job_id: ClientId,
    user_role_id: i64,
}

/// 201, or 204 for a site admin, who needs none. A user has a role on a job once.
pub(super) fn add(cx: &mut Writing<'_, '_>) -> Outcome {
    let (user_id, user) = user(cx)?;
    let body: Create = cx.call.body()?;
    let mut problems = Problems::default();
    let field = ("job_id", "A job");
    let job = cx.record_in_body::<Job>(&JOB, body.job_id, field, &mut problems)?;
    if job.as_ref().is_some_and(|(_, job)| job.confidential) {
        let message = "Permissions on confidential jobs can't be given by the API";
        problems.add("job_id", message);
    }
    check_role(cx, body.user_role_id, &mut problems)?;
    let permission = JobPermission {
        user_id,
        job_id: job.map(|(id, _)| id).unwrap_or_default(),
        user_role_id: body.user_role_id,
    };
    if permission.is_given(cx)? {
        problems.taken("user_role_id");
    }
    problems.check()?;
    if user.site_admin {
        return Ok(Reply::empty(StatusCode::NO_CONTENT));
    }
    let id = cx.insert(&JOB_PERMISSION, &permission)?;
    cx.created(&JOB_PERMISSION, id)
}

/// The same for jobs that are yet to come.
pub(super) fn add_future(cx: &mut Writing<'_, '_>) -> Outcome {
    let (user_id, user) = user(cx)?;
    let body: future::Create = cx.call.body()?;
    let mut problems = Problems::default();
    let permission = body.check(cx, user_id, &mut problems)?;
    check_role(cx, permission.user_role_id, &mut problems)?;
    problems.check()?;
    if user.site_admin {
        return Ok(Reply::empty(StatusCode::NO_CONTENT));
    }
    let id = cx.insert(&FUTURE_JOB_PERMISSION, &permission)?;
    cx.created(&FUTURE_JOB_PERMISSION, id)
}

#[derive(Deserialize)]
struct Delete {
    job_permission_id: ClientId,
}

pub(super) fn remove(cx: &mut Writing<'_, '_>) -> Outcome {
    let (user_id, _) = user(cx)?;
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
    let (user_id, _) = user(cx)?;
    let body: DeleteFuture = cx.call.body()?;
    let id = body.future_job_permission_id;
    let kind = &FUTURE_JOB_PERMISSION;
    delete(cx, kind, user_id, id, "future_job_permission_id")?;
    let message = format!("Future Job Permission {id} has been deleted.");
    Ok(Reply::message(StatusCode::OK, &message))
}

/// The user in the path, whose permissions only site admins change.
fn user(cx: &Writing<'_, '_>) -> Outcome<(i64, User)> {
    let found = cx.record_in_path(&USER, "id")?;
    cx.user.require_site_admin()?;
    Ok(found)
}

fn check_role(view: &View<'_>, id: i64, problems: &mut Problems) -> Outcome<()> {
    if !view.exists(&USER_ROLE, id)? {
        problems.unknown("user_role_id", "A user role");
    }
    Ok(())
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
        Some((id, holder)) if holder.user_id == user_id => cx.delete(kind, id),
        _ => {
            let message = "This user has no permission with this id";
            Err(Refusal::field(field, message))
        }
    }
}
