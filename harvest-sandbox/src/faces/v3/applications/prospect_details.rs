//! Details of prospects, as records of their own. There is one for each application of a prospect, with its id.

use crate::domain::applications::{APPLICATION, Application};
use crate::faces::Reading;
use crate::faces::list::List;
use crate::faces::v3::list::{self, Meaning, Means};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

const MEANINGS: &[Meaning] = &[
    ("application_ids", Means::Column("id")),
    ("pool_ids", Means::Column("prospect_pool_id")),
    (
        "pool_stage_ids",
        Means::Column("state ->> 'prospect_stage_id'"),
    ),
    ("prospect_owner_ids", Means::Column("prospect_owner_id")),
    ("department_ids", Means::Column("prospective_department_id")),
    ("office_ids", Means::Column("prospective_office_id")),
];

pub(super) fn list(cx: &Reading<'_>) -> Outcome {
    let prospects = List::of(&APPLICATION).only("state ->> 'prospect'");
    list::narrowed(cx, prospects.shown_by(document), MEANINGS)
}

fn document(_: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Application = row.state()?;
    Document::of(&json!({
        "id": row.id,
        "created_at": it.applied_at,
        "updated_at": it.last_activity_at,
        "application_id": row.id,
        "pool_id": it.prospect_pool_id,
        "pool_stage_id": it.prospect_stage_id,
        "prospect_owner_id": it.prospect_owner_id,
        "department_id": it.prospective_department_id,
        "office_id": it.prospective_office_id,
    }))
}
