//! Activity feeds: what was written about candidates, sent to them and done to them.

mod entry;

pub(super) use entry::{
    Activity, Email, Entry, Note, STAGE_CHANGE, move_to, record, record_rejection_note, remove,
    remove_activities, remove_section, withdraw,
};

use serde_json::json;

use super::candidates::CANDIDATE;
use crate::access::{Audience, Scope};
use crate::handler::{Handler, Reading, Resource};
use crate::refusal::Outcome;
use crate::reply::Reply;

pub(super) static RESOURCE: Resource = Resource {
    schema: include_str!("schema.sql"),
    kinds: &[],
    operations: &[("get_activity_feed", Handler::Read(get))],
    seed: |_| Ok(()),
};

fn get(cx: &Reading<'_>) -> Outcome {
    let id = cx.call.id("id")?;
    cx.require(&CANDIDATE, id)?;
    cx.require_sight(Scope::Candidate, id)?;
    let audience = match &cx.user {
        Some(user) => user.audience(cx, id)?,
        None => Audience::Admins,
    };
    let mut notes = entry::shown::<Note>(cx, id)?;
    notes.retain(|note| audience.may_read(note["visibility"].as_str().unwrap_or_default()));
    Ok(Reply::value(&json!({
        "notes": notes,
        "emails": entry::shown::<Email>(cx, id)?,
        "activities": entry::shown::<Activity>(cx, id)?,
    })))
}
