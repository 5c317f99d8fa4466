//! Permissions of users on jobs, as v1 shows and changes them.

mod future;
mod write;

use crate::domain::user_permissions::{FUTURE_JOB_PERMISSION, JOB_PERMISSION, JobPermission};
use crate::domain::users::USER;
use crate::faces::list::List;
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::json::json;
use crate::store::{Depth, Document, Embeds, Kind, Linked, Presentation, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[
        &JOB_PERMISSION_PRESENTATION,
        &FUTURE_JOB_PERMISSION_PRESENTATION,
    ],
    operations: &[
        (
            "list_job_permissions",
            Handler::Read(|cx| list(cx, &JOB_PERMISSION)),
        ),
        ("add_job_permission", Handler::Write(write::add)),
        ("remove_job_permission", Handler::Write(write::remove)),
        (
            "list_future_job_permissions",
            Handler::Read(|cx| list(cx, &FUTURE_JOB_PERMISSION)),
        ),
        (
            "add_future_job_permission",
            Handler::Write(write::add_future),
        ),
        (
            "remove_future_job_permission",
            Handler::Write(write::remove_future),
        ),
    ],
};

static JOB_PERMISSION_PRESENTATION: Presentation = Presentation {
    kind: &JOB_PERMISSION,
    show: document,
    embeds: &[],
    redact: None,
};

static FUTURE_JOB_PERMISSION_PRESENTATION: Presentation = Presentation {
    kind: &FUTURE_JOB_PERMISSION,
    show: future::document,
    embeds: &[
        Embeds {
            table: "office",
            ids: "SELECT id FROM future_job_permission WHERE state ->> 'office_id' = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Deep,
        },
        Embeds {
            table: "department",
            ids: "SELECT id FROM future_job_permission WHERE state ->> 'department_id' = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Deep,
        },
    ],
    redact: None,
};

fn document(_: &View<'_>, row: &Row) -> Outcome<Document> {
    let permission: JobPermission = row.state()?;
    Document::of(&json!({
        "id": row.id,
        "job_id": permission.job_id,
        "user_role_id": permission.user_role_id,
    }))
}

/// Those of one user. Site admins have none that count, and basic users have none at all.
fn list(cx: &Reading<'_>, kind: &'static Kind) -> Outcome {
    let id = cx.id_in_path(&USER, "id")?;
    cx.list(List::of(kind).within(
        "user_id = ? AND NOT (SELECT site_admin FROM user WHERE user.id = user_id)",
        id,
    ))
}
