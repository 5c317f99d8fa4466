//! The stages of jobs, through which applications go, as v1 shows and changes them.

mod interview;

use crate::domain::job_stages::{JOB_STAGE, JobStage};
use crate::domain::jobs::JOB;
use crate::faces::list::{CREATED_AND_UPDATED, List};
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Depth, Document, Embeds, Linked, Presentation, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&JOB_STAGE_PRESENTATION],
    operations: &[
        ("list_job_stages", Handler::Read(list)),
        ("get_job_stage", Handler::Read(get)),
        ("list_job_stages_for_job", Handler::Read(list_of_job)),
    ],
};

static JOB_STAGE_PRESENTATION: Presentation = Presentation {
    kind: &JOB_STAGE,
    show: document,
    embeds: &[Embeds {
        table: "user",
        ids: "SELECT DISTINCT job_stage_id FROM default_interviewer WHERE user_id = ?1",
        linked: Linked::ByShowing,
        depth: Depth::Fields,
    }],
    redact: None,
};

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

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&JOB_STAGE).filters(CREATED_AND_UPDATED))
}

fn get(cx: &Reading<'_>) -> Outcome {
    cx.one_in_path(&JOB_STAGE, "id")
}

fn list_of_job(cx: &Reading<'_>) -> Outcome {
    let job_id = cx.id_in_path(&JOB, "id")?;
    cx.list(
        List::of(&JOB_STAGE)
            .within("job_id = ?", job_id)
            .filters(CREATED_AND_UPDATED)
            .order("priority, id"),
    )
}
