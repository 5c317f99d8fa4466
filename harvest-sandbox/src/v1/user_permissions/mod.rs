//! What users may do on jobs.

mod seed;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::handler::Resource;
use crate::refusal::Outcome;
use crate::store::{Document, Kind, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    schema: include_str!("schema.sql"),
    kinds: &[&JOB_PERMISSION],
    operations: &[],
    seed: seed::seed,
};

pub(super) static JOB_PERMISSION: Kind = Kind {
    table: "job_permission",
    first_id: 9_310_001,
    shows: &[],
    document,
};

/// Gives a user a role on one job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct JobPermission {
    pub(super) user_id: i64,
    pub(super) job_id: i64,
    pub(super) user_role_id: i64,
}

fn document(_: &View<'_>, row: &Row) -> Outcome<Document> {
    let permission: JobPermission = row.state()?;
    Document::of(&json!({
        "id": row.id,
        "job_id": permission.job_id,
        "user_role_id": permission.user_role_id,
    }))
}
