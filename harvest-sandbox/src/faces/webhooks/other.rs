//! Offers, scorecards and job posts in payloads.

use super::Context;
use super::values::{custom_fields, us_day};
use crate::clock::short_stamp;
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::job_posts::{CUSTOM_LOCATION, JOB_POST, JobPost, Location};
use crate::domain::offers::{OFFER, Offer};
use crate::domain::offices::OFFICE;
use crate::domain::scorecards::Scorecard;
use crate::json::{Value, json};
use crate::refusal::Outcome;

/// An offer. Who made it, and notes on it, are not kept.
pub(super) fn offer(cx: &Context<'_>, id: i64) -> Outcome<Option<Value>> {
    let Some(it) = cx.view.find::<Offer>(&OFFER, id)? else {
        return Ok(None);
    };
    Ok(Some(json!({
        "id": id,
        "application_id": it.application_id,
        "job_id": job_of(cx, &it)?,
        "user_id": null,
        "version": it.version,
        "sent_on": it.sent_at,
        "resolved_at": it.resolved_at.as_deref().map(short_stamp),
        "start_date": us_day(it.starts_at.as_deref()),
        "notes": null,
        "offer_status": status(&it),
        "custom_fields": custom_fields(cx, "offer", &it.custom_fields)?,
    })))
}

/// An offer that is gone.
pub(super) fn deleted_offer(cx: &Context<'_>, id: i64, it: &Offer) -> Outcome<Value> {
    Ok(json!({
        "id": id,
        "application_id": it.application_id,
        "offering_user_id": null,
        "offer_status": status(it),
        "version": it.version,
        "sent_on": it.sent_at,
        "resolved_at": it.resolved_at.as_deref().map(short_stamp),
        "notes": null,
        "job_id": job_of(cx, it)?,
    }))
}

fn job_of(cx: &Context<'_>, it: &Offer) -> Outcome<Option<i64>> {
    let application: Option<Application> = cx.view.find(&APPLICATION, it.application_id)?;
    Ok(application.and_then(|application| application.job_id()))
}

/// In the words of payloads.
fn status(it: &Offer) -> &'static str {
    match it.status.as_str() {
        "accepted" => "Accepted",
        "rejected" => "Rejected",
        "deprecated" => "Deprecated",
        _ => "Created",
    }
}

/// A scorecard that is gone.
pub(super) fn scorecard(cx: &Context<'_>, id: i64, it: &Scorecard) -> Outcome<Value> {
    let application: Option<Application> = cx.view.find(&APPLICATION, it.application_id)?;
    let status = if it.submitted_at.is_some() {
        "complete"
    } else {
        "draft"
    };
    Ok(json!({
        "id": id,
        "candidate_id": application.map(|application| application.candidate_id),
        "interviewed_at": it.interviewed_at,
        "created_at": it.created_at,
        "updated_at": it.updated_at,
        "scorecard_status": status,
    }))
}

/// A post. One that gathers prospects has no job, and does not say so by null.
pub(super) fn job_post(cx: &Context<'_>, id: i64) -> Outcome<Option<Value>> {
    let Some(it) = cx.view.find::<JobPost>(&JOB_POST, id)? else {
        return Ok(None);
    };
    let questions = it.questions.iter().map(|question| {
        let values = question.values.iter().map(|choice| choice.label.as_str());
        json!({
            "required": question.required,
            "private": question.private,
            "label": question.label,
            "type": question.r#type,
            "values": values.collect::<Vec<_>>(),
        })
    });
    let mut document = json!({
        "id": id,
        "title": it.title,
        "location": location(cx, it.location.as_ref())?,
        "content": it.content,
        "internal_content": it.internal_content,
        "updated_at": it.updated_at,
        "external": !it.internal,
        "internal": it.internal,
        "live": it.live,
        "questions": questions.collect::<Vec<_>>(),
    });
    if let Some(job_id) = it.job_id {
        document["job_id"] = job_id.into();
    }
    Ok(Some(document))
}

/// A location in plain words.
fn location(cx: &Context<'_>, it: Option<&Location>) -> Outcome<Value> {
    let Some(it) = it else {
        return Ok(Value::Null);
    };
    let (kind, id, name) = match (it.office_id, it.custom_location_id) {
        (Some(id), _) => (&OFFICE, id, "name"),
        (None, Some(id)) => (&CUSTOM_LOCATION, id, "value"),
        (None, None) => return Ok(json!(it.text)),
    };
    let known: Option<Value> = cx.view.find(kind, id)?;
    Ok(known.map_or(Value::Null, |known| known[name].clone()))
}
