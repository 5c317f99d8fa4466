//! Applications, as v3 sends them.

use std::rc::Rc;

use crate::domain::applications::{Application, current_stage};
use crate::domain::job_stages::{JOB_STAGE, JobStage};
use crate::domain::referrers::{self, REFERRER};
use crate::faces::v3::custom_values;
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

pub(super) fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Application = row.state()?;
    let stage: Option<JobStage> = match it.stage_id {
        Some(id) => view.find(&JOB_STAGE, id)?,
        None => None,
    };
    let referrer = it.credited_to_id.map_or_else(
        || Ok(Rc::new(None)),
        |user_id| view.memo(&REFERRER, user_id, || referrers::of_user(view, user_id)),
    )?;
    let prospective = if it.prospect { &it.job_ids[..] } else { &[] };
    Document::of(&json!({
        "id": row.id,
        "created_at": it.applied_at,
        "updated_at": it.last_activity_at,
        "agency_note_id": null,
        "candidate_id": it.candidate_id,
        "coordinator_id": it.coordinator_id,
        "job_id": it.job_id(),
        "job_post_id": it.job_post_id,
        "recruiter_id": it.recruiter_id,
        "referrer_id": *referrer,
        "source_id": it.source_id,
        "stage_id": current_stage(view, row.id)?,
        "stage_name": stage.map(|stage| stage.name),
        "status": status(&it.status),
        "needs_decision": null,
        "prospect": it.prospect,
        "rejected_at": it.rejected_at,
        "last_activity_at": it.last_activity_at,
        "location_address": it.location,
        "answers": it.answers,
        "prospective_job_ids": prospective,
        "custom_fields": custom_values::shown(view, "application", &it.custom_fields)?,
        "job_interview_stage_id": it.stage_id,
        "rejection_reason_id": it.rejection_reason_id,
    }))
}

/// The word of v3 for a status.
fn status(known: &str) -> &str {
    match known {
        "active" => "in_process",
        other => other,
    }
}
