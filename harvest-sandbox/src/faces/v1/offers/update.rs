//! Requests that change the version of an offer that counts now.

use serde::Deserialize;

use crate::clock;
use crate::domain::offers;
use crate::domain::patch::Change;
use crate::faces::Writing;
use crate::faces::v1::custom_fields;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::refusal::{Problems, Rule};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Update {
    start_date: Change<String>,
    sent_at: Change<String>,
    created_at: Change<String>,
    custom_fields: Vec<custom_fields::Input>,
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Update = cx.call.body()?;
    let mut problems = Problems::default();
    let mut read = |at: &str, text: &str, parse: fn(&str) -> Option<String>| {
        let read = parse(text);
        if read.is_none() {
            problems.add(at, Rule::NoDate);
        }
        read
    };
    let start = body.start_date.value();
    let start = start.and_then(|text| read("start_date", text, clock::parse_day));
    let sent = match &body.sent_at {
        Change::Leave => Change::Leave,
        Change::Clear => Change::Clear,
        Change::Set(text) => {
            read("sent_at", text, clock::parse_day).map_or(Change::Leave, Change::Set)
        }
    };
    let created = body.created_at.value();
    let created = created.and_then(|text| read("created_at", text, clock::parse));
    problems.check()?;
    let command = offers::Update {
        // Null leaves it as it is.
        starts_on: start.map_or(Change::Leave, Change::Set),
        sent_on: sent,
        created_at: created,
        custom_fields: custom_fields::entries(body.custom_fields),
        ..offers::Update::default()
    };
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    offers::update_current(cx, &actor, id, command)?;
    Ok(Reply::value(&json!({"success": true})))
}
