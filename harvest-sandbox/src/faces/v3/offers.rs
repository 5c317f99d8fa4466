//! Offers, as v3 shows and changes them.

use serde::Deserialize;

use super::custom_values::{self, Input, entries};
use super::list::{self, Meaning, Means};
use super::presentation::shown;
use crate::clock;
use crate::domain::access::ClientId;
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::offers::{self, OFFER, Offer, Update};
use crate::domain::patch::Change;
use crate::faces::list::List;
use crate::faces::{Handler, Reading, Resource, Writing};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&OFFER, document)],
    operations: &[
        ("list_offers", Handler::Read(list)),
        ("create_offer", Handler::Write(create)),
        ("update_offer", Handler::Write(update)),
    ],
};

const MEANINGS: &[Meaning] = &[
    ("application_ids", Means::Column("application_id")),
    ("opening_ids", Means::Column("opening_id")),
    (
        "candidate_ids",
        Means::Where(
            "application_id IN (SELECT id FROM application
             WHERE candidate_id IN (SELECT value FROM json_each(?)))",
        ),
    ),
    (
        "job_ids",
        Means::Where(
            "application_id IN (SELECT application_id FROM application_job
             WHERE job_id IN (SELECT value FROM json_each(?)))",
        ),
    ),
    (
        "current_only",
        Means::Where("NOT ? OR status <> 'deprecated'"),
    ),
    // In any letters. The first status has another word in the domain.
    (
        "status",
        Means::Column("iif(status = 'unresolved', 'created', status) COLLATE NOCASE"),
    ),
    ("resolved_at", Means::Column("resolved_at")),
    ("sent_on", Means::Column("sent_at")),
    ("starts_on", Means::Column("starts_at")),
    (
        "custom_field_option_id",
        Means::Where(
            "EXISTS (SELECT 1 FROM json_tree(offer.state, '$.custom_fields') AS kept
             JOIN custom_field_option AS choice ON choice.id = kept.value WHERE choice.id = ?)",
        ),
    ),
];

/// Empty for a site admin who may not see salaries, and no refusal.
fn list(cx: &Reading<'_>) -> Outcome {
    let offers = List::of(&OFFER);
    let offers = match &cx.user {
        Some(user) if !user.sees_salaries(cx)? => offers.only("false"),
        _ => offers,
    };
    list::narrowed(cx, offers, MEANINGS)
}

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Offer = row.state()?;
    let application: Option<Application> = view.find(&APPLICATION, it.application_id)?;
    let application = application.unwrap_or_default();
    Document::of(&json!({
        "id": row.id,
        "created_at": it.created_at,
        "updated_at": it.updated_at,
        "version": it.version,
        "application_id": it.application_id,
        "job_id": application.job_id(),
        "candidate_id": application.candidate_id,
        "opening_id": it.opening_id,
        "status": status(&it.status),
        "starts_on": it.starts_at,
        "sent_on": it.sent_at,
        "resolved_at": it.resolved_at,
        "custom_fields": custom_values::shown(view, "offer", &it.custom_fields)?,
    }))
}

/// The word of v3 for a status.
fn status(known: &str) -> &str {
    match known {
        "unresolved" => "Created",
        "accepted" => "Accepted",
        "rejected" => "Rejected",
        "deprecated" => "Deprecated",
        other => other,
    }
}

#[derive(Deserialize)]
struct Create {
    application_id: ClientId,
    starts_on: Option<String>,
    #[serde(default)]
    custom_fields: Vec<Input>,
}

fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    actor.require_salaries(cx)?;
    let starts_on = body.starts_on.as_deref().and_then(clock::parse_day);
    let new = Update {
        starts_on: starts_on.map_or(Change::Leave, Change::Set),
        custom_fields: entries(body.custom_fields),
        ..Update::default()
    };
    let id = offers::create(cx, &actor, body.application_id, new)?;
    cx.created(&OFFER, id)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Body {
    starts_on: Change<String>,
    sent_on: Change<String>,
    /// A day.
    created_at: Option<String>,
    resolved_at: Change<String>,
    custom_fields: Vec<Input>,
}

fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Body = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    actor.require_salaries(cx)?;
    let command = Update {
        starts_on: read(body.starts_on, clock::parse_day),
        sent_on: read(body.sent_on, clock::parse_day),
        created_at: body.created_at.as_deref().and_then(clock::parse),
        resolved_at: read(body.resolved_at, clock::parse),
        custom_fields: entries(body.custom_fields),
    };
    let id = offers::update(cx, &actor, id, command)?;
    cx.changed(&OFFER, id)
}

/// A time, whose form the description has checked.
fn read(change: Change<String>, parse: fn(&str) -> Option<String>) -> Change<String> {
    match change {
        Change::Set(text) => parse(&text).map_or(Change::Leave, Change::Set),
        change => change,
    }
}
