//! Writing notes and mails into the feed of a candidate.

use axum::http::StatusCode;
use serde::Deserialize;

use crate::domain::activity_feed::{About, Email, Note, Reader, record};
use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::domain::users::USER;
use crate::faces::Writing;
use crate::faces::v1::activity_feed::Show;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::{Value, json};
use crate::refusal::Problems;

#[derive(Deserialize)]
struct NoteCreate {
    user_id: i64,
    body: String,
    visibility: String,
}

/// 200, as observed, where other things that are added get 201.
pub(super) fn add_note(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: NoteCreate = cx.call.body()?;
    let (id, candidate) = found(cx, body.user_id)?;
    let note = Note {
        created_at: cx.stamp(),
        body: body.body,
        user_id: Some(body.user_id),
        visibility: body.visibility,
    };
    let shown = write(cx, id, candidate, &note)?;
    Ok(Reply::value(&shown))
}

#[derive(Deserialize)]
struct EmailCreate {
    user_id: i64,
    to: String,
    from: String,
    #[serde(default)]
    cc: Vec<String>,
    subject: String,
    body: String,
}

/// Nothing is sent. Copies are a list in the answer, and a text in the feed.
pub(super) fn add_email(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: EmailCreate = cx.call.body()?;
    let (id, candidate) = found(cx, body.user_id)?;
    let email = Email {
        created_at: cx.stamp(),
        subject: body.subject,
        body: body.body,
        to: body.to,
        from: body.from,
        cc: body.cc,
        user_id: Some(body.user_id),
    };
    let mut shown = write(cx, id, candidate, &email)?;
    if let Some(cc) = shown.get_mut("cc") {
        *cc = email.cc.into();
    }
    Ok(Reply::json(StatusCode::CREATED, &shown))
}

/// The candidate in the path, if the acting user may change it and the author exists.
fn found(cx: &Writing<'_, '_>, author_id: i64) -> Outcome<(i64, Candidate)> {
    let found = cx.record_in_path(&CANDIDATE, "id")?;
    let mut problems = Problems::default();
    if !cx.exists(&USER, author_id)? {
        problems.unknown("user_id", "A user");
    }
    problems.check()?;
    Ok(found)
}

/// Keeps an entry, and shows it as the feed does: to those who may not read it there, no more than its id.
fn write<T: Show>(
    cx: &mut Writing<'_, '_>,
    candidate_id: i64,
    mut candidate: Candidate,
    entry: &T,
) -> Outcome<Value> {
    let about = About::deduced(cx, &cx.user, candidate_id)?;
    let id = record(cx, candidate_id, &about, entry)?;
    candidate.save_changed(cx, candidate_id)?;
    if Reader::of(cx, Some(&cx.user), candidate_id)?.may_read(entry, &about) {
        entry.show(cx, id)
    } else {
        Ok(json!({ "id": id }))
    }
}
