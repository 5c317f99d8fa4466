//! Stages of jobs and the interviews in them, as v3 shows them.

use super::list::{self, Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::job_stages::{JOB_INTERVIEW, JOB_STAGE, JobStage, ListedInterview};
use crate::faces::{Handler, Resource};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Document, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&JOB_STAGE, stage), &shown(&JOB_INTERVIEW, interview)],
    operations: &[
        (
            "list_job_stages",
            Handler::Read(|cx| list::list(cx, &JOB_STAGE, MEANINGS)),
        ),
        (
            "list_job_interviews",
            Handler::Read(|cx| list::list(cx, &JOB_INTERVIEW, OF_INTERVIEWS)),
        ),
    ],
};

const MEANINGS: &[Meaning] = &[
    ("job_ids", Means::Column("job_id")),
    ("active", Means::Column("state ->> 'active'")),
];

const OF_INTERVIEWS: &[Meaning] = &[
    ("job_ids", Means::Column("job_id")),
    ("job_interview_stage_ids", Means::Column("job_stage_id")),
    // Interviews go with their stage.
    (
        "active",
        Means::Column(
            "(SELECT state ->> 'active' FROM job_stage WHERE job_stage.id = job_stage_id)",
        ),
    ),
    (
        "scheduling_type",
        Means::Column("iif(state ->> 'schedulable', 'needs_scheduling', 'take_home_test')"),
    ),
];

fn stage(_: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: JobStage = row.state()?;
    Document::of(&json!({
        "id": row.id,
        "created_at": it.created_at,
        "updated_at": it.updated_at,
        "job_id": it.job_id,
        "sort_order": it.priority,
        "name": it.name,
        "active": it.active,
    }))
}

fn interview(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: ListedInterview = row.state()?;
    let stage: Option<JobStage> = view.find(&JOB_STAGE, it.job_stage_id)?;
    let shown = json!({
        "job_interview_stage_id": it.job_stage_id,
        "job_id": it.job_id,
        "sort_order": it.place,
        "scheduling_type":
            if it.interview.schedulable { "needs_scheduling" } else { "take_home_test" },
        "duration": it.interview.estimated_minutes,
        "summary": null,
        "instructions": null,
        "name": it.interview.name,
        "active": stage.is_some_and(|stage| stage.active),
        "require_scorecard": it.interview.schedulable,
    });
    dated(view, &JOB_INTERVIEW, row, shown)
}
