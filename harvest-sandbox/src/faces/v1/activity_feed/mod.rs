//! Activity feeds: what was written about candidates, sent to them and done to them.

mod entry;
mod feed;

pub(super) use entry::Show;

use axum::http::StatusCode;

use crate::domain::activity_feed::{Activity, Email, Note, Reader};
use crate::domain::candidates::CANDIDATE;
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::store::AnswerLength;

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[],
    operations: &[("get_activity_feed", Handler::Read(get))],
};

fn get(cx: &Reading<'_>) -> Outcome {
    let id = cx.id_in_path(&CANDIDATE, "id")?;
    let reader = Reader::of(cx, cx.user.as_ref(), id)?;
    let mut feed = feed::Text {
        view: cx.view,
        reader: &reader,
        candidate_id: id,
        text: Vec::new(),
        length: AnswerLength::default(),
    };
    feed.put("{\"notes\":");
    feed.list::<Note>()?;
    feed.put(",\"emails\":");
    feed.list::<Email>()?;
    feed.put(",\"activities\":");
    feed.list::<Activity>()?;
    // As observed; what is in them is not known.
    feed.put(",\"linkedin_notes\":[],\"linkedin_inmails\":[]}");
    Ok(Reply::json_text(StatusCode::OK, feed.text))
}
