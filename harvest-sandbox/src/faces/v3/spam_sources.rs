//! Blocked sources of spam, as v3 shows and changes them.

use serde::Deserialize;

use super::deleted::Deleted;
use super::list;
use super::list::{Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::spam_sources::{self, SPAM_SOURCE};
use crate::faces::{Handler, Resource, Writing};
use crate::http::refusal::Outcome;

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&SPAM_SOURCE, |view, row| {
        dated(view, &SPAM_SOURCE, row, row.state()?)
    })],
    operations: &[
        (
            "list_blocked_spam_sources",
            Handler::Read(|cx| list::list(cx, &SPAM_SOURCE, MEANINGS)),
        ),
        ("create_blocked_spam_source", Handler::Write(create)),
        ("update_blocked_spam_source", Handler::Write(update)),
        ("delete_blocked_spam_source", Handler::Write(delete)),
    ],
};

const MEANINGS: &[Meaning] = &[
    ("source_type", Means::Column("source_type")),
    ("value", Means::Column("value")),
];

fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let source = cx.call.body()?;
    let actor = cx.user.clone();
    let id = spam_sources::create(cx, &actor, &source)?;
    cx.created(&SPAM_SOURCE, id)
}

#[derive(Deserialize)]
struct Update {
    note: Option<String>,
}

fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&SPAM_SOURCE, "id")?;
    let body: Update = cx.call.body()?;
    let actor = cx.user.clone();
    spam_sources::change(cx, &actor, id, body.note)?;
    cx.changed(&SPAM_SOURCE, id)
}

fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&SPAM_SOURCE, "id")?;
    let deleted = Deleted::of(cx, &SPAM_SOURCE, id)?;
    let actor = cx.user.clone();
    spam_sources::delete(cx, &actor, id)?;
    Ok(deleted.answer("Blocked spam source"))
}
