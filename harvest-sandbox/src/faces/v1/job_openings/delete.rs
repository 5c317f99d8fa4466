//! Deleting openings, for good.

use axum::http::StatusCode;
use serde::Deserialize;

use crate::domain::access::ClientId;
use crate::domain::job_openings::{JOB_OPENING, JobOpening};
use crate::domain::jobs::JOB;
use crate::domain::offers;
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::store::View;

#[derive(Deserialize)]
struct Delete {
    ids: Vec<ClientId>,
}

/// Deletes those that are closed, were not filled and are in no offer, and says which those were.
pub(super) fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let (deleted, failed) = remove(cx, |view, id, opening| {
        Ok(opening.status == "closed"
            && opening.application_id.is_none()
            && !offers::any_of_opening(view, id)?)
    })?;
    Ok(Reply::value(&json!({
        "success": true,
        "deleted_ids": deleted,
        "failed_ids": failed,
    })))
}

/// The old version asks nothing and says nothing: those that are open or filled go, too, which is why there is a new one.
pub(super) fn delete_v1(cx: &mut Writing<'_, '_>) -> Outcome {
    remove(cx, |_, _, _| Ok(true))?;
    Ok(Reply::empty(StatusCode::OK))
}

fn remove(
    cx: &mut Writing<'_, '_>,
    may_go: fn(&View<'_>, i64, &JobOpening) -> Outcome<bool>,
) -> Outcome<(Vec<i64>, Vec<ClientId>)> {
    let job_id = cx.row_in_path(&JOB, "job_id")?.id;
    cx.user.require_job(cx, job_id)?;
    let body: Delete = cx.call.body()?;
    let (mut deleted, mut failed) = (Vec::new(), Vec::new());
    for id in body.ids {
        if let Some((known, opening)) = id.find::<JobOpening>(cx, &cx.user, &JOB_OPENING)?
            && opening.job_id == job_id
            && may_go(cx, known, &opening)?
        {
            offers::forget_opening(cx, known)?;
            cx.delete(&JOB_OPENING, known)?;
            deleted.push(known);
        } else {
            failed.push(id);
        }
    }
    Ok((deleted, failed))
}
