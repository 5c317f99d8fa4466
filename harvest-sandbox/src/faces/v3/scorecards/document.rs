//! Scorecards, as they are sent.

use crate::domain::job_stages::{JOB_INTERVIEW, ListedInterview};
use crate::domain::scorecards::Scorecard;
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

/// The worst recommendation, as the domain and as v3 calls it.
pub(super) const WORST: [&str; 2] = ["definitely_not", "strong_no"];

pub(super) fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Scorecard = row.state()?;
    let interview: Option<ListedInterview> = view.find(&JOB_INTERVIEW, it.interview_id)?;
    let rating = it.overall_recommendation.as_deref();
    let rating = rating.map(|rating| if rating == WORST[0] { WORST[1] } else { rating });
    let is_in = it.submitted_at.is_some();
    Document::of(&json!({
        "id": row.id,
        "created_at": it.created_at,
        "updated_at": it.updated_at,
        "interview_kit_id": interview.map(|listed| listed.interview.kit.id),
        "interviewer_id": it.interviewer_id,
        "interviewed_at": it.interviewed_at,
        "notes": it.notes,
        "notes_with_tags": it.notes,
        "submitter_id": it.submitted_by_id,
        "candidate_rating": rating,
        "private_notes": it.private_notes,
        "private_notes_with_tags": it.private_notes,
        "status": if is_in { "complete" } else { "draft" },
        "public_notes": it.public_notes,
        "public_notes_with_tags": it.public_notes,
        "application_id": it.application_id,
        "submitted_at": it.submitted_at,
    }))
}
