//! Tags on candidates, as v3 shows and changes them.

use serde::Deserialize;

use super::deleted::Deleted;
use super::list::{self, Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::access::ClientId;
use crate::domain::candidates::{self, APPLIED_TAG, AppliedTag, CANDIDATE};
use crate::domain::tags::TAG;
use crate::faces::{Handler, Resource, Writing};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::refusal::{Refusal, Why};
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&APPLIED_TAG, document)],
    operations: &[
        (
            "list_applied_candidate_tags",
            Handler::Read(|cx| list::list(cx, &APPLIED_TAG, MEANINGS)),
        ),
        ("add_tag_to_candidate", Handler::Write(create)),
        ("remove_tag_from_candidate", Handler::Write(delete)),
    ],
};

const MEANINGS: &[Meaning] = &[
    ("candidate_tag_ids", Means::Column("tag_id")),
    ("candidate_ids", Means::Column("candidate_id")),
];

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: AppliedTag = row.state()?;
    let shown = json!({"candidate_tag_id": it.tag_id, "candidate_id": it.candidate_id});
    dated(view, &APPLIED_TAG, row, shown)
}

#[derive(Deserialize)]
struct Create {
    candidate_id: ClientId,
    candidate_tag_id: i64,
}

fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let actor = cx.user.clone();
    let (at, what) = ("candidate_id", "A candidate");
    body.candidate_id.named(cx, &actor, &CANDIDATE, at, what)?;
    // Where a path names the tag, it is 404.
    if !cx.exists(&TAG, body.candidate_tag_id)? {
        let unknown = Why::Unknown("A candidate tag");
        return Err(Refusal::field("candidate_tag_id", unknown));
    }
    let candidate_id = candidates::add_tag(cx, &actor, body.candidate_id, body.candidate_tag_id)?;
    let sql = "SELECT id FROM applied_tag WHERE candidate_id = ?1 AND tag_id = ?2";
    let id = cx.value(sql, (candidate_id, body.candidate_tag_id))?;
    cx.created(&APPLIED_TAG, id.unwrap_or_default())
}

fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let (id, it): (i64, AppliedTag) = cx.record_in_path(&APPLIED_TAG, "id")?;
    let deleted = Deleted::of(cx, &APPLIED_TAG, id)?;
    let actor = cx.user.clone();
    candidates::remove_tag(cx, &actor, ClientId::new(it.candidate_id), it.tag_id)?;
    Ok(deleted.answer("Applied candidate tag"))
}
