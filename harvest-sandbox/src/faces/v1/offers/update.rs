//! Changing the version of an offer that counts now.

use serde::Deserialize;

use crate::domain::applications::{APPLICATION, Application};
use crate::domain::custom_fields::CustomField;
use crate::domain::offers::{OFFER, Offer, add, current};
use crate::domain::patch::Change;
use crate::faces::Writing;
use crate::faces::v1::custom_fields;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::refusal::{Problems, Refusal};
use crate::{clock, domain};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Update {
    start_date: Change<String>,
    sent_at: Change<String>,
    created_at: Change<String>,
    custom_fields: Vec<custom_fields::Input>,
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let (application_id, application): (i64, Application) =
        cx.record_in_path(&APPLICATION, "id")?;
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
    let mut values = offer.custom_fields.clone();
    let inputs = &body.custom_fields;
    custom_fields::apply(cx, "offer", inputs, &mut values, "", &mut problems)?;
    problems.check()?;
    let before = std::mem::replace(&mut offer.custom_fields, values);
    let counts = |field: &CustomField| field.trigger_new_version;
    if domain::custom_fields::changed(cx, &before, &offer.custom_fields, counts)? {
        supersede(cx, id, offer, &body)?;
    } else {
        offer.updated_at = cx.stamp();
        cx.save(&OFFER, id, &offer)?;
    }
    Ok(Reply::value(&json!({"success": true})))
}

/// Makes another version of what the offer is now, which nobody has seen yet; the one before it stays as it was.
fn supersede(cx: &mut Writing<'_, '_>, id: i64, offer: Offer, body: &Update) -> Outcome<()> {
    let now = cx.stamp();
    let mut before: Offer = cx.get(&OFFER, id)?;
    "deprecated".clone_into(&mut before.status);
    before.updated_at.clone_from(&now);
    cx.save(&OFFER, id, &before)?;
    let next = Offer {
        version: before.version + 1,
        created_at: match body.created_at {
            Change::Set(_) => offer.created_at,
            _ => now.clone(),
        },
        updated_at: now,
        sent_at: offer.sent_at.filter(|_| body.sent_at.value().is_some()),
        resolved_at: None,
        status: "unresolved".to_owned(),
        ..offer
    };
    add(cx, &next, Some(id))
}

fn set(field: &str, value: Option<String>, problems: &mut Problems, set: impl FnOnce(String)) {
    match value {
        Some(value) => set(value),
        None => problems.add(field, "Must be an ISO 8601 date"),
    }
}
