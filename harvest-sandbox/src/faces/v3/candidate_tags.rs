//! Candidate tags, as v3 shows and changes them.

use serde::Deserialize;

use super::deleted::Deleted;
use super::list;
use crate::domain::candidates;
use crate::domain::tags::{self, TAG, Tag};
use crate::faces::{Handler, Resource, Writing};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Presentation, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&TAG_PRESENTATION],
    operations: &[
        (
            "list_candidate_tags",
            Handler::Read(|cx| list::list(cx, &TAG, &[])),
        ),
        ("create_candidate_tag", Handler::Write(create)),
        ("delete_candidate_tag", Handler::Write(delete)),
    ],
};

static TAG_PRESENTATION: Presentation = Presentation {
    kind: &TAG,
    show: document,
    embeds: &[],
    redact: None,
};

fn document(_: &View<'_>, row: &Row) -> Outcome<Document> {
    let tag: Tag = row.state()?;
    Document::of(&json!({
        "id": row.id,
        "created_at": tag.created_at,
        "updated_at": tag.updated_at,
        "name": tag.name,
    }))
}

#[derive(Deserialize)]
struct Create {
    name: String,
}

/// A name that another tag has, in whatever letters, is refused, unlike in v1.
fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    let id = tags::create(cx, &actor, &body.name)?;
    cx.created(&TAG, id)
}

fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&TAG, "id")?;
    let deleted = Deleted::of(cx, &TAG, id)?;
    let actor = cx.user.clone();
    candidates::delete_tag(cx, &actor, id)?;
    Ok(deleted.answer("Candidate tag"))
}
