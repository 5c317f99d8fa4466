//! Applications in payloads.

use super::candidate::{self, without};
use super::values::{custom_fields, named, user};
use super::{Context, job};
use crate::clock::{short_stamp, stamp};
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::job_openings::{JOB_OPENING, JobOpening};
use crate::domain::job_stages::{Interview, JOB_STAGE, JobStage};
use crate::domain::offers::{self, OFFER, Offer};
use crate::domain::prospect_pools::{PROSPECT_POOL, ProspectPool};
use crate::domain::rejection_reasons::REJECTION_REASON;
use crate::domain::scheduled_interviews::{SCHEDULED_INTERVIEW, ScheduledInterview};
use crate::domain::sources::SOURCE;
use crate::domain::users::{USER, User};
use crate::json::{Value, json};
use crate::refusal::Outcome;

/// An application. What it holds differs a little between events, as in the documented payloads.
pub(super) fn document(cx: &Context<'_>, id: i64, action: &str) -> Outcome<Option<Value>> {
    let Some(it) = cx.view.find::<Application>(&APPLICATION, id)? else {
        return Ok(None);
    };
    let is_new = action == "new_candidate_application";
    let is_update = action == "application_updated";
    let mut candidate = candidate::document(cx, it.candidate_id)?;
    if is_update {
        candidate = candidate.map(|it| without(it, &["employments"]));
    }
    // Others than these have the name that the public knows.
    let named_source = is_new || is_update || action == "candidate_stage_change";
    let mut jobs = Vec::new();
    for job_id in &it.job_ids {
        let job = job::document(cx, *job_id)?;
        let hidden: &[&str] = if is_new { &[] } else { &["url"] };
        jobs.extend(job.map(|job| without(job, hidden)));
    }
    let reason: Option<Value> = match it.rejection_reason_id {
        Some(reason_id) => cx.view.find(&REJECTION_REASON, reason_id)?,
        None => None,
    };
    let details = match &it.rejected_at {
        Some(_) => Some(json!({
            "custom_fields": custom_fields(cx, "rejection_question", &it.rejection_details)?,
        })),
        None => None,
    };
    let mut document = json!({
        "id": id,
        "rejected_at": it.rejected_at.as_deref().map(short_stamp),
        "prospect": it.prospect,
        "status": it.status,
        "applied_at": short_stamp(&it.applied_at),
        "last_activity_at": short_stamp(&it.last_activity_at),
        "url": url(cx, id, &it),
        "source": named(cx.view, &SOURCE, it.source_id,
            if named_source { "name" } else { "public_name" })?,
        "credited_to": user(cx.view, it.credited_to_id)?,
        "rejection_reason": reason.map(|reason| json!({
            "id": it.rejection_reason_id,
            "name": reason["name"],
            "type": reason["type"],
        })),
        "rejection_details": details,
        "current_stage": stage(cx, id, &it)?,
        "custom_fields": custom_fields(cx, "application", &it.custom_fields)?,
        "candidate": candidate,
        "jobs": jobs,
    });
    if is_new || is_update {
        document["prospect_detail"] = prospect_detail(cx, &it)?;
    }
    Ok(Some(document))
}

/// A hire: the application with the offer and the opening, and neither a status nor a stage.
pub(super) fn hire(cx: &Context<'_>, id: i64) -> Outcome<Option<Value>> {
    let Some(it) = cx.view.find::<Application>(&APPLICATION, id)? else {
        return Ok(None);
    };
    let condition = "application_id = ?1 ORDER BY id DESC LIMIT 1";
    let filled: Vec<(i64, JobOpening)> = cx.view.states(&JOB_OPENING, condition, [id])?;
    let opening = match filled.first() {
        Some((_, opening)) => Some(json!({
            "opening_id": opening.opening_id,
            "custom_fields": custom_fields(cx, "opening", &opening.custom_fields)?,
        })),
        None => None,
    };
    let offer = match offers::find_current(cx.view, id)? {
        Some(offer_id) => {
            let offer: Offer = cx.view.get(&OFFER, offer_id)?;
            Some(json!({
                "id": offer_id,
                "version": offer.version,
                "created_at": short_stamp(&offer.created_at),
                "sent_at": offer.sent_at,
                "resolved_at": offer.resolved_at.as_deref().map(short_stamp),
                "starts_at": offer.starts_at,
                "custom_fields": custom_fields(cx, "offer", &offer.custom_fields)?,
            }))
        }
        None => None,
    };
    let mut jobs = Vec::new();
    for job_id in &it.job_ids {
        jobs.extend(job::short(cx, *job_id)?);
    }
    let job = match it.job_id() {
        Some(job_id) => job::hired(cx, job_id)?,
        None => None,
    };
    Ok(Some(json!({
        "id": id,
        "credited_to": user(cx.view, it.credited_to_id)?,
        "source": named(cx.view, &SOURCE, it.source_id, "public_name")?,
        "url": url(cx, id, &it),
        "candidate": candidate::document(cx, it.candidate_id)?,
        "custom_fields": custom_fields(cx, "application", &it.custom_fields)?,
        "jobs": jobs,
        "opening": opening,
        "offer": offer,
        "job": job,
    })))
}

/// An application that is gone. Who rejected it, and with which note, is not kept.
pub(super) fn deleted(id: i64, it: &Application) -> Value {
    json!({
        "id": id,
        "candidate_id": it.candidate_id,
        "job_id": it.job_id(),
        "created_at": short_stamp(&it.applied_at),
        "source_id": it.source_id,
        "candidate_rejection_reason_id": it.rejection_reason_id,
        "rejection_note_id": null,
        "rejected_at": it.rejected_at.as_deref().map(short_stamp),
        "referrer_id": it.credited_to_id,
        "prospect": it.prospect,
        "rejected_by_user_id": null,
    })
}

fn url(cx: &Context<'_>, id: i64, it: &Application) -> String {
    let person = candidate::url(cx, it.candidate_id);
    format!("{person}?application_id={id}")
}

/// The stage with its interviews, and how far each of them is.
fn stage(cx: &Context<'_>, id: i64, it: &Application) -> Outcome<Option<Value>> {
    let stage: Option<JobStage> = match it.stage_id {
        Some(stage_id) => cx.view.find(&JOB_STAGE, stage_id)?,
        None => None,
    };
    let Some(stage) = stage else {
        return Ok(None);
    };
    let interviews = stage.interviews.iter().map(|one| interview(cx, id, one));
    Ok(Some(json!({
        "id": it.stage_id,
        "name": stage.name,
        "interviews": interviews.collect::<Outcome<Vec<_>>>()?,
    })))
}

fn interview(cx: &Context<'_>, application_id: i64, it: &Interview) -> Outcome<Value> {
    let condition =
        "application_id = ?1 AND state ->> 'interview_id' = ?2 ORDER BY id DESC LIMIT 1";
    let scheduled: Vec<(i64, ScheduledInterview)> =
        cx.view
            .states(&SCHEDULED_INTERVIEW, condition, (application_id, it.id))?;
    let scheduled = scheduled.first().map(|(_, scheduled)| scheduled);
    let status = match scheduled {
        Some(scheduled) => scheduled.status(&stamp(cx.view.now())),
        None if it.schedulable => "to_be_scheduled",
        None => "to_be_sent",
    };
    let mut interviewers = Vec::new();
    for one in scheduled.iter().flat_map(|it| &it.interviewers) {
        let user: Option<User> = cx.view.find(&USER, one.user_id)?;
        interviewers.push(json!({
            "id": one.user_id,
            "display_name": user.map(|user| user.name()),
            "status": one.response_status,
        }));
    }
    let questions = it.kit.questions.iter();
    let questions = questions.map(|one| json!({"id": one.id, "question": one.question}));
    Ok(json!({
        "id": it.id,
        "name": it.name,
        "status": status,
        "interview_kit": {
            "url": format!("{}/guides/{}", cx.base, it.kit.id),
            "content": it.kit.content,
            "questions": questions.collect::<Vec<_>>(),
        },
        "interviewers": interviewers,
    }))
}

fn prospect_detail(cx: &Context<'_>, it: &Application) -> Outcome<Value> {
    let pool: Option<ProspectPool> = match it.prospect_pool_id {
        Some(id) => cx.view.find(&PROSPECT_POOL, id)?,
        None => None,
    };
    let stages = pool.iter().flat_map(|pool| &pool.prospect_stages);
    let stage = stages
        .into_iter()
        .find(|stage| Some(stage.id) == it.prospect_stage_id);
    let owner: Option<User> = match it.prospect_owner_id {
        Some(id) => cx.view.find(&USER, id)?,
        None => None,
    };
    Ok(json!({
        "prospect_owner": owner.map(|owner| json!({"id": it.prospect_owner_id,
            "name": owner.name()})),
        "prospect_pool": pool.as_ref().map(|pool| json!({"id": it.prospect_pool_id,
            "name": pool.name})),
        "prospect_stage": stage,
    }))
}
