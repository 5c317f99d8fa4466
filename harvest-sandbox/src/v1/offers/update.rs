//! Changing the version of an offer that counts now.

use serde::Deserialize;
use serde_json::json;

use super::super::applications::{APPLICATION, Application};
use super::super::custom_fields;
use super::{OFFER, Offer, current, find_current};
use crate::clock;
use crate::handler::Writing;
use crate::patch::Change;
use crate::refusal::{Outcome, Problems, Refusal};
use crate::reply::Reply;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Update {
    start_date: Change<String>,
    sent_at: Change<String>,
    created_at: Change<String>,
    custom_fields: Vec<custom_fields::Input>,
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let application_id = cx.call.id("id")?;
    let application: Application = cx.get(&APPLICATION, application_id)?;
    cx.user.require_candidate(cx, application.candidate_id)?;
    if let Some(job_id) = application.job_id() {
        cx.user.require_job(cx, job_id)?;
    }
    let id = current(cx, application_id)?;
    if application.status == "hired" {
        let message = "The offer of a candidate who was hired can't be changed";
        return Err(Refusal::whole(message));
    }
    let body: Update = cx.call.body()?;
    let mut offer: Offer = cx.get(&OFFER, id)?;
    let mut problems = Problems::default();
    if let Some(text) = body.start_date.value() {
        set("start_date", clock::parse_day(text), &mut problems, |day| {
            offer.starts_at = Some(day);
        });
    }
    match &body.sent_at {
        Change::Leave => {}
        Change::Clear => offer.sent_at = None,
        Change::Set(text) => set("sent_at", clock::parse_day(text), &mut problems, |day| {
            offer.sent_at = Some(day);
        }),
    }
    if let Some(text) = body.created_at.value() {
        set("created_at", clock::parse(text), &mut problems, |at| {
            offer.created_at = at;
        });
    }
    let values = &mut offer.custom_fields;
    custom_fields::apply(cx, "offer", &body.custom_fields, values, &mut problems)?;
    problems.check()?;
    offer.updated_at = cx.stamp();
    cx.save(&OFFER, id, &offer)?;
    Ok(Reply::value(&json!({"success": true})))
}

/// The candidate is hired: an offer that awaited an answer is accepted, and work starts on the day that is named, if any.
/// Without an offer there is nothing to do.
pub(in crate::v1) fn accept(
    cx: &mut Writing<'_, '_>,
    application_id: i64,
    starts_at: Option<String>,
) -> Outcome<()> {
    let Some(id) = find_current(cx, application_id)? else {
        return Ok(());
    };
    let mut offer: Offer = cx.get(&OFFER, id)?;
    if offer.status == "unresolved" {
        "accepted".clone_into(&mut offer.status);
        offer.resolved_at = Some(cx.stamp());
    }
    if starts_at.is_some() {
        offer.starts_at = starts_at;
    }
    offer.updated_at = cx.stamp();
    cx.save(&OFFER, id, &offer)
}

fn set(field: &str, value: Option<String>, problems: &mut Problems, set: impl FnOnce(String)) {
    match value {
        Some(value) => set(value),
        None => problems.add(field, "Must be an ISO 8601 date"),
    }
}
