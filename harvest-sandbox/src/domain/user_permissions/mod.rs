//! Permissions of users on jobs, present and future.

mod future;
mod seed;
mod write;

pub(crate) use future::{FutureJobPermission, take_effect};
pub(crate) use write::{FutureGrant, Grant, grant, grant_future, revoke};

use serde::{Deserialize, Serialize};

use crate::domain::Resource;
use crate::domain::access::{Owner, Scope, Visibility};
use crate::refusal::Outcome;
use crate::store::{Edit, Kind, View};

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&JOB_PERMISSION, &FUTURE_JOB_PERMISSION],
    seed: seed::seed,
};

pub(crate) static JOB_PERMISSION: Kind = Kind {
    table: "job_permission",
    first_id: 9_310_001,
    visibility: Visibility::of(&[Owner::Column(Scope::Job, "job_id")]),
};

pub(crate) static FUTURE_JOB_PERMISSION: Kind = Kind {
    table: "future_job_permission",
    first_id: 4_000_095_120,
    visibility: Visibility::EVERYONE,
};

/// Gives a user a role on one job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct JobPermission {
    pub(crate) user_id: i64,
    pub(crate) job_id: i64,
    pub(crate) user_role_id: i64,
}

impl JobPermission {
    /// Whether the user has this role on the job already.
    pub(crate) fn is_given(&self, view: &View<'_>) -> Outcome<bool> {
        let sql = "SELECT id FROM job_permission WHERE user_id = ?1 AND job_id = ?2 \
                   AND user_role_id = ?3";
        let known: Option<i64> = view.value(sql, (self.user_id, self.job_id, self.user_role_id))?;
        Ok(known.is_some())
    }
}

/// Whether a user may do something on a job: a site admin or with a role on it, and not disabled.
pub(crate) fn reaches(view: &View<'_>, user_id: i64, job_id: i64) -> Outcome<bool> {
    let sql = "SELECT site_admin OR EXISTS (SELECT 1 FROM job_permission
                                            WHERE user_id = ?1 AND job_id = ?2)
               FROM user WHERE id = ?1 AND NOT disabled";
    Ok(view.value(sql, (user_id, job_id))?.unwrap_or_default())
}

/// Whether a user has a permission on a job, or on jobs to come.
pub(crate) fn has_any(view: &View<'_>, user_id: i64) -> Outcome<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM job_permission WHERE user_id = ?1)
               OR EXISTS (SELECT 1 FROM future_job_permission WHERE user_id = ?1)";
    Ok(view.value(sql, [user_id])?.unwrap_or_default())
}

/// Takes away every permission of a user, who is basic from then on.
pub(crate) fn remove_all(edit: &mut Edit<'_>, user_id: i64) -> Outcome<()> {
    for kind in [&JOB_PERMISSION, &FUTURE_JOB_PERMISSION] {
        let sql = format!("SELECT id FROM {} WHERE user_id = ?1", kind.table);
        for id in edit.column(&sql, [user_id])? {
            edit.delete(kind, id)?;
        }
    }
    Ok(())
}
