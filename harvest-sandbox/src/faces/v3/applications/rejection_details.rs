//! Rejections of applications, as records of their own. There is one for each application that is rejected, with its id.

use serde::Deserialize;

use crate::domain::applications::{self, APPLICATION, Application, Update};
use crate::faces::list::List;
use crate::faces::v3::custom_values::{self, Input, entries};
use crate::faces::v3::list::{self, Meaning, Means};
use crate::faces::{Reading, Writing};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::json::json;
use crate::store::{Document, Row, View};

const MEANINGS: &[Meaning] = &[
    ("created_at", Means::Column("state ->> 'rejected_at'")),
    ("application_ids", Means::Column("id")),
    ("rejection_reason_ids", Means::Column("rejection_reason_id")),
    (
        "custom_field_option_id",
        Means::Where(
            "EXISTS (SELECT 1 FROM json_tree(application.state, '$.rejection_details') AS kept
             JOIN custom_field_option AS choice ON choice.id = kept.value WHERE choice.id = ?)",
        ),
    ),
];

pub(super) fn list(cx: &Reading<'_>) -> Outcome {
    let rejected = List::of(&APPLICATION).only("status = 'rejected'");
    list::narrowed(cx, rejected.shown_by(document), MEANINGS)
}

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Application = row.state()?;
    let answers = &it.rejection_details;
    Document::of(&json!({
        "id": row.id,
        "created_at": it.rejected_at,
        "updated_at": it.last_activity_at,
        "application_id": row.id,
        "rejected_by_id": null,
        "rejection_note_id": null,
        "rejection_reason_id": it.rejection_reason_id,
        "rejected_at": it.rejected_at,
        "question_custom_fields": custom_values::shown(view, "rejection_question", answers)?,
    }))
}

#[derive(Deserialize)]
struct Body {
    rejection_reason_id: Option<i64>,
    #[serde(default)]
    custom_fields: Vec<Input>,
}

/// Another reason, and other answers to the rejection questions.
pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Body = cx.call.body()?;
    let (actor, id) = (cx.user.clone(), cx.call.id("id")?);
    if let Some(reason_id) = body.rejection_reason_id {
        let changed = applications::change_reason(cx, &actor, id, reason_id);
        changed.map_err(|it| it.renamed(&[("reason", "rejection_reason_id")]))?;
    }
    let command = Update {
        rejection_details: Some(entries(body.custom_fields)),
        ..Update::default()
    };
    let names = [("rejection_details", "id"), ("rejection_details.", "")];
    let changed = applications::update(cx, &actor, id, command);
    let id = changed.map_err(|it| it.renamed(&names))?;
    let row = cx.require(&APPLICATION, id)?;
    Ok(Reply::ok(&document(cx, &row)?))
}
