//! The stages of jobs, through which applications go.

mod seed;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::handler::Resource;
use crate::refusal::Outcome;
use crate::store::{Document, Kind, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    schema: include_str!("schema.sql"),
    kinds: &[&JOB_STAGE],
    operations: &[],
    seed: seed::seed,
};

pub(super) static JOB_STAGE: Kind = Kind {
    table: "job_stage",
    first_id: 4_023_300_051,
    shows: &[],
    document,
};

/// What is known about a stage.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct JobStage {
    pub(super) name: String,
    pub(super) created_at: String,
    pub(super) updated_at: String,
    pub(super) active: bool,
    pub(super) job_id: i64,
    /// Its place among the stages of the job, from 0.
    pub(super) priority: i64,
}

fn document(_: &View<'_>, row: &Row) -> Outcome<Document> {
    let stage: JobStage = row.state()?;
    Document::of(&json!({
        "id": row.id,
        "name": stage.name,
        "created_at": stage.created_at,
        "updated_at": stage.updated_at,
        "active": stage.active,
        "job_id": stage.job_id,
        "priority": stage.priority,
        "interviews": [],
    }))
}

/// The ids of the active stages of a job, first to last.
pub(super) fn of_job(view: &View<'_>, job_id: i64) -> Outcome<Vec<i64>> {
    view.column(
        "SELECT id FROM job_stage WHERE job_id = ?1 AND state ->> 'active' ORDER BY priority, id",
        [job_id],
    )
}
