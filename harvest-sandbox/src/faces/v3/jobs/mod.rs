//! Jobs, and who hires for them, as v3 shows and changes them.

mod team;
mod write;

use super::custom_values;
use super::list::{self, Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::access::{Actor, Scope};
use crate::domain::jobs::{JOB, JOB_HIRING_MANAGER, JOB_OWNER, Job};
use crate::faces::{Handler, Resource};
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::store::{Document, Presentation, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[
        &Presentation {
            redact: Some(redact),
            ..shown(&JOB, document)
        },
        &shown(&JOB_HIRING_MANAGER, team::hiring_manager),
        &shown(&JOB_OWNER, team::owner),
    ],
    operations: &[
        (
            "list_jobs",
            Handler::Read(|cx| list::list(cx, &JOB, MEANINGS)),
        ),
        ("create_job", Handler::Write(write::create)),
        ("update_job", Handler::Write(write::update)),
        (
            "list_job_hiring_managers",
            Handler::Read(|cx| list::list(cx, &JOB_HIRING_MANAGER, team::MEANINGS)),
        ),
        (
            "create_job_hiring_manager",
            Handler::Write(team::add_hiring_manager),
        ),
        (
            "delete_job_hiring_manager",
            Handler::Write(team::remove_hiring_manager),
        ),
        (
            "list_job_owners",
            Handler::Read(|cx| list::list(cx, &JOB_OWNER, team::MEANINGS)),
        ),
        ("create_job_owner", Handler::Write(team::add_owner)),
        ("delete_job_owner", Handler::Write(team::remove_owner)),
    ],
};

pub(super) const MEANINGS: &[Meaning] = &[
    ("opened_at", Means::Column("state ->> 'opened_at'")),
    ("closed_at", Means::Column("state ->> 'closed_at'")),
    ("requisition_id", Means::Column("requisition_id")),
    ("status", Means::Column("status")),
    ("confidential", Means::Column("confidential")),
    (
        "department_id",
        Means::Where(
            "EXISTS (SELECT 1 FROM json_each(job.state, '$.department_ids') AS unit
             WHERE unit.value = ?)",
        ),
    ),
    (
        "office_id",
        Means::Where(
            "EXISTS (SELECT 1 FROM json_each(job.state, '$.office_ids') AS unit
             WHERE unit.value = ?)",
        ),
    ),
    (
        "custom_field_option_id",
        Means::Where(
            "EXISTS (SELECT 1 FROM json_tree(job.state, '$.custom_fields') AS kept
             JOIN custom_field_option AS choice ON choice.id = kept.value WHERE choice.id = ?)",
        ),
    ),
];

fn document(view: &View<'_>, row: &Row) -> Outcome<Document> {
    let it: Job = row.state()?;
    let shown = json!({
        "name": it.name,
        "requisition_id": it.requisition_id,
        "notes": it.notes,
        "confidential": it.confidential,
        "status": it.status,
        "opened_at": it.opened_at,
        "closed_at": it.closed_at,
        "is_template": it.is_template,
        "copied_from_id": it.copied_from_id,
        "department_id": it.department_ids.first(),
        "office_ids": it.office_ids,
        "custom_fields": custom_values::shown(view, "job", &it.custom_fields)?,
    });
    dated(view, &JOB, row, shown)
}

/// Which job it is a copy of is only said of those that the user may see.
fn redact(view: &View<'_>, user: &Actor, id: i64, document: Document) -> Outcome<Document> {
    let copied_from = "SELECT state ->> 'copied_from_id' AS id FROM job WHERE job.id = ?2";
    let originals = user.hidden(view, Scope::Job, copied_from, id)?;
    document.without(&originals, |job, _| job["copied_from_id"] = Value::Null)
}
