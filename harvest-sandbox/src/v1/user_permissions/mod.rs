//! What users may do on jobs: on those that are there, and on those that are yet to come.

mod future;
mod seed;
mod write;

pub(super) use future::{FutureJobPermission, Place, take_effect};

use serde::{Deserialize, Serialize};

use super::users::USER;
use crate::access::{Owner, Scope, Visibility};
use crate::handler::{Handler, Reading, Resource};
use crate::json::json;
use crate::list::List;
use crate::refusal::Outcome;
use crate::store::{Depth, Document, Edit, Embeds, Kind, Presentation, Row, View};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&JOB_PERMISSION, &FUTURE_JOB_PERMISSION],
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
    seed: seed::seed,
};

pub(super) static JOB_PERMISSION: Kind = Kind {
    table: "job_permission",
    first_id: 9_310_001,
    visibility: Visibility::of(&[Owner::Column(Scope::Job, "job_id")]),
};

static JOB_PERMISSION_PRESENTATION: Presentation = Presentation {
    kind: &JOB_PERMISSION,
    show: document,
    embeds: &[],
    redact: None,
};

pub(super) static FUTURE_JOB_PERMISSION: Kind = Kind {
    table: "future_job_permission",
    first_id: 4_000_095_120,
    visibility: Visibility::EVERYONE,
};

static FUTURE_JOB_PERMISSION_PRESENTATION: Presentation = Presentation {
    kind: &FUTURE_JOB_PERMISSION,
    show: future::document,
    embeds: &[
        Embeds {
            table: "office",
            ids: "SELECT id FROM future_job_permission WHERE state ->> 'office_id' = ?1",
            depth: Depth::Deep,
        },
        Embeds {
            table: "department",
            ids: "SELECT id FROM future_job_permission WHERE state ->> 'department_id' = ?1",
            depth: Depth::Deep,
        },
    ],
    redact: None,
};

/// Gives a user a role on one job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct JobPermission {
    pub(super) user_id: i64,
    pub(super) job_id: i64,
    pub(super) user_role_id: i64,
}

impl JobPermission {
    /// Whether the user has this role on the job already.
    fn is_given(&self, view: &View<'_>) -> Outcome<bool> {
        let sql = "SELECT id FROM job_permission WHERE user_id = ?1 AND job_id = ?2 AND user_role_id = ?3";
        let known: Option<i64> = view.value(sql, (self.user_id, self.job_id, self.user_role_id))?;
        Ok(known.is_some())
    }
}

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
    let id = cx.row_in_path(&USER, "id")?.id;
    cx.list(List::of(kind).within(
        "user_id = ? AND NOT (SELECT site_admin FROM user WHERE user.id = user_id)",
        id,
    ))
}

/// Whether a user may do something on a job: a site admin or with a role on it, and not disabled.
pub(super) fn reaches(view: &View<'_>, user_id: i64, job_id: i64) -> Outcome<bool> {
    let sql = "SELECT site_admin OR EXISTS (SELECT 1 FROM job_permission
                                            WHERE user_id = ?1 AND job_id = ?2)
               FROM user WHERE id = ?1 AND NOT disabled";
    Ok(view.value(sql, (user_id, job_id))?.unwrap_or_default())
}

/// Whether a user has a permission on a job, or on jobs to come.
pub(super) fn has_any(view: &View<'_>, user_id: i64) -> Outcome<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM job_permission WHERE user_id = ?1)
               OR EXISTS (SELECT 1 FROM future_job_permission WHERE user_id = ?1)";
    Ok(view.value(sql, [user_id])?.unwrap_or_default())
}

/// Takes away every permission of a user, who is basic from then on.
pub(super) fn remove_all(edit: &mut Edit<'_>, user_id: i64) -> Outcome<()> {
    for kind in [&JOB_PERMISSION, &FUTURE_JOB_PERMISSION] {
        let sql = format!("SELECT id FROM {} WHERE user_id = ?1", kind.table);
        for id in edit.column(&sql, [user_id])? {
            edit.delete(kind, id)?;
        }
    }
    Ok(())
}
