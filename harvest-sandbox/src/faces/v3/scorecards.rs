//! Scorecards of interviewers, as v3 shows them.

use super::list::{self, Meaning, Means};
use super::presentation::shown;
use crate::domain::job_stages::{JOB_INTERVIEW, ListedInterview};
use crate::domain::scorecards::{SCORECARD, Scorecard};
use crate::faces::{Handler, Resource};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&SCORECARD, document)],
    operations: &[(
        "list_scorecards",
        Handler::Read(|cx| list::list(cx, &SCORECARD, MEANINGS)),
    )],
};

const MEANINGS: &[Meaning] = &[
    (
        "interview_kit_ids",
        Means::Column(
            "(SELECT job_interview.state ->> '$.kit.id' FROM job_interview
             WHERE job_interview.id = scorecard.state ->> 'interview_id')",
        ),
    ),
    ("submitter_ids", Means::Column("submitted_by_id")),
    ("application_ids", Means::Column("application_id")),
    ("interviewer_ids", Means::Column("interviewer_id")),
    (
        "interviewed_at",
        Means::Column("state ->> 'interviewed_at'"),
    ),
    ("submitted_at", Means::Column("state ->> 'submitted_at'")),
    (
        "status",
        Means::Column("iif(state ->> 'submitted_at' IS NULL, 'draft', 'complete')"),
    ),
];

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Scorecard = row.state()?;
    let interview: Option<ListedInterview> = view.find(&JOB_INTERVIEW, it.interview_id)?;
    let rating = match it.overall_recommendation.as_str() {
        "definitely_not" => "strong_no",
        other => other,
    };
    let is_in = it.submitted_at.is_some();
    Document::of(&json!({
        "id": row.id,
        "created_at": it.created_at,
        "updated_at": it.updated_at,
        "interview_kit_id": interview.map(|listed| listed.interview.kit.id),
        "interviewer_id": it.interviewer_id,
        "interviewed_at": it.interviewed_at,
        "notes": null,
        "notes_with_tags": null,
        "submitter_id": it.submitted_by_id,
        "candidate_rating": rating,
        "private_notes": null,
        "private_notes_with_tags": null,
        "status": if is_in { "complete" } else { "draft" },
        "public_notes": null,
        "public_notes_with_tags": null,
        "application_id": it.application_id,
        "submitted_at": it.submitted_at,
    }))
}
