//! Requests that move, transfer or convert applications.

use serde::Deserialize;

use crate::domain::access::ClientId;
use crate::domain::applications::{self, APPLICATION, Move, Target};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;

#[derive(Deserialize)]
struct Stages {
    from_stage_id: ClientId,
    /// Of a move to any stage.
    to_stage_id: Option<ClientId>,
}

/// Into the next stage.
pub(super) fn advance(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Stages = cx.call.body()?;
    move_to(
        cx,
        &Move {
            from: body.from_stage_id,
            to: None,
        },
    )
}

/// Into any stage of its job.
pub(super) fn move_within(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Stages = cx.call.body()?;
    move_to(
        cx,
        &Move {
            from: body.from_stage_id,
            to: body.to_stage_id,
        },
    )
}

fn move_to(cx: &mut Writing<'_, '_>, command: &Move) -> Outcome {
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let moved = applications::move_to(cx, &actor, id, command);
    let id = moved.map_err(|it| it.renamed(&[("from", "from_stage_id"), ("to", "to_stage_id")]))?;
    cx.changed(&APPLICATION, id)
}

#[derive(Deserialize)]
struct Transfer {
    new_job_id: ClientId,
    new_stage_id: Option<ClientId>,
}

/// To another job, into its first stage unless another is named.
pub(super) fn transfer(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Transfer = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let target = Target {
        job: body.new_job_id,
        stage: body.new_stage_id,
    };
    let moved = applications::transfer(cx, &actor, id, &target);
    let id = moved.map_err(|it| it.renamed(&[("job", "new_job_id"), ("stage", "new_stage_id")]))?;
    cx.changed(&APPLICATION, id)
}

#[derive(Deserialize)]
struct Convert {
    job_id: ClientId,
    initial_stage_id: Option<ClientId>,
}

/// Makes a prospect a candidate on a job.
pub(super) fn convert(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Convert = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let target = Target {
        job: body.job_id,
        stage: body.initial_stage_id,
    };
    let converted = applications::convert(cx, &actor, id, &target);
    let names = [("job", "job_id"), ("stage", "initial_stage_id")];
    let converted = converted.map_err(|it| it.renamed(&names))?;
    Ok(Reply::value(&json!({
        "success": true,
        "old_application_id": converted.old_id,
        "new_application_id": converted.new_id,
        "new_job_id": converted.job_id,
        "new_stage_id": converted.stage_id,
    })))
}
