//! Requests that write notes and mails into the feed of a candidate.

use axum::http::StatusCode;
use serde::Deserialize;

use crate::domain::candidates::{self, NewEmail, NewNote, Written};
use crate::faces::Writing;
use crate::faces::v1::activity_feed::Show;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::{Value, json};

#[derive(Deserialize)]
struct NoteCreate {
    user_id: i64,
    body: String,
    visibility: String,
}

/// 200, as observed, where other things that are added get 201.
pub(super) fn add_note(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: NoteCreate = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let new = NewNote {
        user_id: body.user_id,
        body: body.body,
        visibility: body.visibility,
    };
    let written = candidates::add_note(cx, &actor, id, new)?;
    Ok(Reply::value(&shown(cx, &written)?))
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

/// Copies are a list in the answer, and a text in the feed.
pub(super) fn add_email(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: EmailCreate = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    let new = NewEmail {
        user_id: body.user_id,
        to: body.to,
        from: body.from,
        cc: body.cc,
        subject: body.subject,
        body: body.body,
    };
    let written = candidates::add_email(cx, &actor, id, new)?;
    let mut shown = shown(cx, &written)?;
    if let Some(cc) = shown.get_mut("cc") {
        *cc = written.entry.cc.into();
    }
    Ok(Reply::json(StatusCode::CREATED, &shown))
}

/// An entry as the feed shows it: to those who may not read it there, no more than its id.
fn shown<T: Show>(cx: &Writing<'_, '_>, written: &Written<T>) -> Outcome<Value> {
    if written.is_readable {
        written.entry.show(cx, written.id)
    } else {
        Ok(json!({ "id": written.id }))
    }
}
