//! Requests that delete openings, for good.

use axum::http::StatusCode;
use serde::Deserialize;

use crate::domain::access::ClientId;
use crate::domain::job_openings;
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;

#[derive(Deserialize)]
struct Delete {
    ids: Vec<ClientId>,
}

/// Says which openings were deleted.
pub(super) fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Delete = cx.call.body()?;
    let (actor, job) = (cx.user.clone(), cx.call.id("job_id")?);
    let deleted = job_openings::delete(cx, &actor, job, body.ids, false)?;
    Ok(Reply::value(&json!({
        "success": true,
        "deleted_ids": deleted.ids,
        "failed_ids": deleted.failed,
    })))
}

/// The old version asks nothing and says nothing: those that are open or filled go, too, which is why there is a new one.
pub(super) fn delete_v1(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Delete = cx.call.body()?;
    let (actor, job) = (cx.user.clone(), cx.call.id("job_id")?);
    job_openings::delete(cx, &actor, job, body.ids, true)?;
    Ok(Reply::empty(StatusCode::OK))
}
