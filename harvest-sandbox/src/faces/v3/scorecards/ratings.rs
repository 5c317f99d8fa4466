//! Ratings of attributes, one by one.

use serde::Deserialize;

use super::super::presentation::dated;
use crate::domain::access::ClientId;
use crate::domain::scorecards::{self, ListedRating, SCORECARD_RATING};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

pub(super) fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: ListedRating = row.state()?;
    let shown = json!({
        "scorecard_id": it.scorecard_id,
        "candidate_attribute_rating": it.rating,
        "job_candidate_attribute_id": it.job_candidate_attribute_id,
        "note": it.note,
        "value": it.rating,
    });
    dated(view, &SCORECARD_RATING, row, shown)
}

#[derive(Deserialize)]
struct Create {
    scorecard_id: ClientId,
    job_candidate_attribute_id: i64,
    #[serde(flatten)]
    fields: Fields,
}

#[derive(Deserialize)]
struct Fields {
    candidate_attribute_rating: Option<String>,
    note: Option<String>,
}

pub(super) fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let body: Create = cx.call.body()?;
    let (actor, scorecard) = (cx.user.clone(), body.scorecard_id);
    let attribute = body.job_candidate_attribute_id;
    let said = (body.fields.candidate_attribute_rating, body.fields.note);
    let id = scorecards::add_rating(cx, &actor, scorecard, attribute, said)?;
    cx.created(&SCORECARD_RATING, id)
}

pub(super) fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&SCORECARD_RATING, "id")?;
    let body: Fields = cx.call.body()?;
    let actor = cx.user.clone();
    let said = (body.candidate_attribute_rating, body.note);
    scorecards::change_rating(cx, &actor, id, said)?;
    cx.changed(&SCORECARD_RATING, id)
}
