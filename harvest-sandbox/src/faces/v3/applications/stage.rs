//! Requests that move, convert, hire, reject or take back the rejection of applications. All but one are answered without
//! a body.

use axum::http::StatusCode;
use serde::Deserialize;

use crate::clock;
use crate::domain::access::ClientId;
use crate::domain::applications::{
    self, APPLICATION, Application, Hire, Move, Reject, RejectionEmail, Target,
};
use crate::domain::job_openings::Fill;
use crate::faces::Writing;
use crate::faces::v3::custom_values::{Input, entries};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::{Refusal, State};

fn done() -> Reply {
    Reply::empty(StatusCode::NO_CONTENT)
}

/// To a stage of the same job, to the next one, or to another job.
#[derive(Deserialize)]
struct MoveInput {
    from_stage_id: ClientId,
    to_stage_id: Option<ClientId>,
    to_job_id: Option<ClientId>,
}

pub(super) fn move_application(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: MoveInput = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let Some(job) = body.to_job_id else {
        let command = Move {
            from: body.from_stage_id,
            to: body.to_stage_id,
        };
        let moved = applications::move_to(cx, &actor, id, &command);
        let names = [("from", "from_stage_id"), ("to", "to_stage_id")];
        moved.map_err(|it| it.renamed(&names))?;
        return Ok(done());
    };
    let (_, application): (i64, Application) = cx.record_in_path(&APPLICATION, "id")?;
    if application
        .stage_id
        .is_none_or(|id| body.from_stage_id != id)
    {
        return Err(Refusal::field("from_stage_id", State::OtherStage));
    }
    let target = Target {
        job,
        stage: body.to_stage_id,
    };
    let moved = applications::transfer(cx, &actor, id, &target);
    let names = [("job", "to_job_id"), ("stage", "to_stage_id")];
    moved.map_err(|it| it.renamed(&names))?;
    Ok(done())
}

#[derive(Deserialize)]
struct ConvertInput {
    job_id: ClientId,
    to_job_interview_stage_id: Option<ClientId>,
}

/// Answered with the application that goes on from that of the prospect.
pub(super) fn convert(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: ConvertInput = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let target = Target {
        job: body.job_id,
        stage: body.to_job_interview_stage_id,
    };
    let converted = applications::convert(cx, &actor, id, &target);
    let names = [("job", "job_id"), ("stage", "to_job_interview_stage_id")];
    let converted = converted.map_err(|it| it.renamed(&names))?;
    cx.changed(&APPLICATION, converted.new_id)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct HireInput {
    start_date: Option<String>,
    opening_id: Option<ClientId>,
    close_reason_id: Option<i64>,
}

pub(super) fn hire(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Option<HireInput> = cx.call.body()?;
    let body = body.unwrap_or_default();
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let command = Hire {
        start_date: body.start_date.as_deref().and_then(clock::parse_day),
        fill: Fill {
            opening_id: body.opening_id,
            close_reason_id: body.close_reason_id,
        },
    };
    let hired = applications::hire(cx, &actor, id, command);
    let names = [
        ("opening", "opening_id"),
        ("close_reason", "close_reason_id"),
    ];
    hired.map_err(|it| it.renamed(&names))?;
    Ok(done())
}

#[derive(Deserialize)]
struct RejectInput {
    rejection_reason_id: i64,
    notes: Option<String>,
    rejection_email: Option<EmailInput>,
    #[serde(default)]
    custom_fields: Vec<Input>,
}

#[derive(Deserialize)]
struct EmailInput {
    send_email_at: Option<String>,
    email_template_id: Option<i64>,
}

pub(super) fn reject(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: RejectInput = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let email = body.rejection_email;
    let command = Reject {
        reason_id: Some(body.rejection_reason_id),
        notes: body.notes,
        // Without a template there is nothing to send.
        email: email.and_then(|email| {
            Some(RejectionEmail {
                send_at: email.send_email_at,
                template_id: email.email_template_id?,
            })
        }),
        answers: entries(body.custom_fields),
    };
    let rejected = applications::reject(cx, &actor, id, command);
    let names = [
        ("reason", "rejection_reason_id"),
        ("email", "rejection_email"),
        ("email.template", "rejection_email.email_template_id"),
    ];
    rejected.map_err(|it| it.renamed(&names))?;
    Ok(done())
}

pub(super) fn unreject(cx: &mut Writing<'_, '_>) -> Outcome {
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    applications::unreject(cx, &actor, id)?;
    Ok(done())
}
