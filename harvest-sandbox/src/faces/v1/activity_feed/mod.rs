//! Activity feeds: what was written about candidates, sent to them and done to them.

mod entry;
mod feed;

pub(super) use entry::Show;

use crate::domain::activity_feed::{Activity, Email, Note, Reader};
use crate::domain::candidates::CANDIDATE;
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[],
    operations: &[("get_activity_feed", Handler::Read(get))],
};

fn get(cx: &Reading<'_>) -> Outcome {
    let id = cx.row_in_path(&CANDIDATE, "id")?.id;
    let reader = Reader::of(cx, cx.user.as_ref(), id)?;
    Ok(Reply::value(&json!({
        "notes": feed::shown::<Note>(cx, &reader, id)?,
        "emails": feed::shown::<Email>(cx, &reader, id)?,
        "activities": feed::shown::<Activity>(cx, &reader, id)?,
        // As observed; what is in them is not known.
        "linkedin_notes": [],
        "linkedin_inmails": [],
    })))
}
