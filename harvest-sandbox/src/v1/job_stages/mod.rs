//! The stages of jobs, through which applications go.

mod interview;
mod seed;

pub(super) use interview::{Interview, InterviewKit, InterviewQuestion};

use serde::{Deserialize, Serialize};

use super::jobs::JOB;
use crate::access::{Owner, Scope, Visibility};
use crate::clock::stamp;
use crate::handler::{Handler, Reading, Resource};
use crate::json::json;
use crate::list::{CREATED_AND_UPDATED, List};
use crate::refusal::Outcome;
use crate::store::{Depth, Document, Edit, Embeds, Kind, Presentation, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&JOB_STAGE],
    presentations: &[&JOB_STAGE_PRESENTATION],
    operations: &[
        ("list_job_stages", Handler::Read(list)),
        ("get_job_stage", Handler::Read(get)),
        ("list_job_stages_for_job", Handler::Read(list_of_job)),
    ],
    seed: seed::seed,
};

pub(super) static JOB_STAGE: Kind = Kind {
    table: "job_stage",
    first_id: 4_023_300_051,
    visibility: Visibility::of(&[Owner::Column(Scope::Job, "job_id")]),
};

static JOB_STAGE_PRESENTATION: Presentation = Presentation {
    kind: &JOB_STAGE,
    show: document,
    embeds: &[Embeds {
        table: "user",
        ids: "SELECT DISTINCT stage.id FROM job_stage AS stage,
                  json_each(stage.state, '$.interviews') AS interview,
                  json_each(interview.value, '$.interviewer_ids') AS user
              WHERE user.value = ?1",
        depth: Depth::Fields,
    }],
    redact: None,
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
    pub(super) interviews: Vec<Interview>,
}

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let stage: JobStage = row.state()?;
    let interviews = stage
        .interviews
        .iter()
        .map(|interview| interview.show(view))
        .collect::<Outcome<Vec<_>>>()?;
    Document::of(&json!({
        "id": row.id,
        "name": stage.name,
        "created_at": stage.created_at,
        "updated_at": stage.updated_at,
        "active": stage.active,
        "job_id": stage.job_id,
        "priority": stage.priority,
        "interviews": interviews,
    }))
}

/// The ids of the active stages of a job, first to last.
pub(super) fn of_job(view: &View<'_>, job_id: i64) -> Outcome<Vec<i64>> {
    view.column(
        "SELECT id FROM job_stage WHERE job_id = ?1 AND state ->> 'active' ORDER BY priority, id",
        [job_id],
    )
}

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&JOB_STAGE).filters(CREATED_AND_UPDATED))
}

fn get(cx: &Reading<'_>) -> Outcome {
    cx.one_in_path(&JOB_STAGE, "id")
}

fn list_of_job(cx: &Reading<'_>) -> Outcome {
    let job_id = cx.row_in_path(&JOB, "id")?.id;
    cx.list(
        List::of(&JOB_STAGE)
            .within("job_id = ?", job_id)
            .filters(CREATED_AND_UPDATED)
            .order("priority, id"),
    )
}

/// Gives a new job the active stages of another, with interviews of its own.
pub(super) fn copy(edit: &mut Edit<'_>, from_job_id: i64, to_job_id: i64) -> Outcome<()> {
    let now = stamp(edit.now());
    for id in of_job(edit, from_job_id)? {
        let mut stage: JobStage = edit.get(&JOB_STAGE, id)?;
        stage.job_id = to_job_id;
        stage.created_at.clone_from(&now);
        stage.updated_at.clone_from(&now);
        for interview in &mut stage.interviews {
            interview.number(edit)?;
        }
        edit.insert(&JOB_STAGE, &stage)?;
    }
    Ok(())
}
