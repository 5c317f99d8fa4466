//! Activity feeds: what was written about candidates, sent to them and done to them.

mod about;
mod entry;
mod feed;

pub(super) use about::{About, Reader};
pub(super) use entry::{Activity, Email, Entry, Note, STAGE_CHANGE};
pub(super) use feed::{
    erase, move_to, outlive_application, record, record_rejection_note, remove, withdraw,
};

use super::candidates::CANDIDATE;
use crate::handler::{Handler, Reading, Resource};
use crate::json::json;
use crate::refusal::Outcome;
use crate::reply::Reply;

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[],
    presentations: &[],
    operations: &[("get_activity_feed", Handler::Read(get))],
    seed: |_| Ok(()),
};

fn get(cx: &Reading<'_>) -> Outcome {
    let id = cx.row_in_path(&CANDIDATE, "id")?.id;
    let reader = Reader::of(cx, cx.user.as_ref(), id)?;
    Ok(Reply::value(&json!({
        "notes": feed::shown::<Note>(cx, &reader, id)?,
        "emails": feed::shown::<Email>(cx, &reader, id)?,
        "activities": feed::shown::<Activity>(cx, &reader, id)?,
    })))
}
