//! Tags of candidates, as v1 shows and changes them.

mod candidate;
mod write;

use crate::domain::tags::{TAG, Tag};
use crate::faces::list::List;
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Presentation, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&TAG_PRESENTATION],
    operations: &[
        ("list_candidate_tags", Handler::Read(list)),
        ("create_candidate_tag", Handler::Write(write::create)),
        ("delete_candidate_tag", Handler::Write(write::delete)),
        ("list_tags_of_candidate", Handler::Read(candidate::list)),
        ("add_tag_to_candidate", Handler::Write(candidate::add)),
        (
            "remove_tag_from_candidate",
            Handler::Write(candidate::remove),
        ),
    ],
};

static TAG_PRESENTATION: Presentation = Presentation {
    kind: &TAG,
    show: document,
    embeds: &[],
    redact: None,
};

/// Without its times, which v1 does not show.
fn document(_: &View<'_>, row: &Row) -> Outcome<Document> {
    let tag: Tag = row.state()?;
    Document::of(&json!({"id": row.id, "name": tag.name}))
}

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&TAG))
}
