//! Giving permissions, and taking them away.

use super::{FUTURE_JOB_PERMISSION, FutureJobPermission, JOB_PERMISSION, JobPermission};
use crate::domain::access::{Actor, ClientId};
use crate::domain::departments::DEPARTMENT;
use crate::domain::jobs::{JOB, Job};
use crate::domain::offices::OFFICE;
use crate::domain::user_roles::USER_ROLE;
use crate::domain::users::{USER, User};
use crate::refusal::{Outcome, Problems, Rule, UserRule};
use crate::store::{Edit, Kind, View};

/// A role on a job, to give to a user.
pub(crate) struct Grant {
    pub(crate) user_id: i64,
    pub(crate) job_id: ClientId,
    pub(crate) user_role_id: i64,
}

/// A role on future jobs, to give to a user. Offices and departments are named by our ids or by the organization's own.
pub(crate) struct FutureGrant {
    pub(crate) user_id: i64,
    pub(crate) office_id: Option<i64>,
    pub(crate) external_office_id: Option<String>,
    pub(crate) department_id: Option<i64>,
    pub(crate) external_department_id: Option<String>,
    pub(crate) user_role_id: i64,
}

/// Gives a user a role on a job, and says under which id that is kept; not at all for a site admin, who needs none. A user
/// has a role on a job once.
pub(crate) fn grant(edit: &mut Edit<'_>, actor: &Actor, grant: &Grant) -> Outcome<Option<i64>> {
    actor.require_site_admin()?;
    let mut problems = Problems::default();
    let user: Option<User> = user(edit, grant.user_id, &mut problems)?;
    let job = grant.job_id.find::<Job>(edit, actor, &JOB)?;
    match &job {
        None => problems.unknown("job_id", "A job"),
        Some((_, job)) if job.confidential => {
            problems.add("job_id", Rule::User(UserRule::ConfidentialJob));
        }
        Some(_) => {}
    }
    check_role(edit, grant.user_role_id, &mut problems)?;
    let permission = JobPermission {
        user_id: grant.user_id,
        job_id: job.map(|(id, _)| id).unwrap_or_default(),
        user_role_id: grant.user_role_id,
    };
    if permission.is_given(edit)? {
        problems.taken("user_role_id");
    }
    problems.check()?;
    if user.is_some_and(|user| user.site_admin) {
        return Ok(None);
    }
    edit.insert(&JOB_PERMISSION, &permission).map(Some)
}

/// The same for jobs that are yet to come.
pub(crate) fn grant_future(
    edit: &mut Edit<'_>,
    actor: &Actor,
    grant: &FutureGrant,
) -> Outcome<Option<i64>> {
    actor.require_site_admin()?;
    let mut problems = Problems::default();
    let user: Option<User> = user(edit, grant.user_id, &mut problems)?;
    let fields = ["office_id", "external_office_id"];
    let named = (grant.office_id, grant.external_office_id.as_deref());
    let office_id = unit(edit, &OFFICE, "An office", fields, named, &mut problems)?;
    let fields = ["department_id", "external_department_id"];
    let named = (grant.department_id, grant.external_department_id.as_deref());
    let department_id = unit(
        edit,
        &DEPARTMENT,
        "A department",
        fields,
        named,
        &mut problems,
    )?;
    check_role(edit, grant.user_role_id, &mut problems)?;
    problems.check()?;
    if user.is_some_and(|user| user.site_admin) {
        return Ok(None);
    }
    let permission = FutureJobPermission {
        user_id: grant.user_id,
        office_id,
        department_id,
        user_role_id: grant.user_role_id,
    };
    edit.insert(&FUTURE_JOB_PERMISSION, &permission).map(Some)
}

/// Takes a permission away, be it on a job or on future ones.
pub(crate) fn revoke(
    edit: &mut Edit<'_>,
    actor: &Actor,
    kind: &'static Kind,
    id: i64,
) -> Outcome<()> {
    actor.require_site_admin()?;
    edit.delete(kind, id)
}

fn user(view: &View<'_>, id: i64, problems: &mut Problems) -> Outcome<Option<User>> {
    let user = view.find(&USER, id)?;
    if user.is_none() {
        problems.unknown("user_id", "A user");
    }
    Ok(user)
}

fn check_role(view: &View<'_>, id: i64, problems: &mut Problems) -> Outcome<()> {
    if !view.exists(&USER_ROLE, id)? {
        problems.unknown("user_role_id", "A user role");
    }
    Ok(())
}

fn unit(
    view: &View<'_>,
    kind: &Kind,
    what: &'static str,
    [field, external_field]: [&str; 2],
    named: (Option<i64>, Option<&str>),
    problems: &mut Problems,
) -> Outcome<Option<i64>> {
    match named {
        (None, None) => Ok(None),
        (Some(_), Some(_)) => {
            problems.both(field, external_field);
            Ok(None)
        }
        (Some(id), None) => {
            if !view.exists(kind, id)? {
                problems.unknown(field, what);
            }
            Ok(Some(id))
        }
        (None, Some(external_id)) => {
            let sql = format!("SELECT id FROM {} WHERE external_id = ?1", kind.table);
            let id = view.value(&sql, [external_id])?;
            if id.is_none() {
                problems.unknown(external_field, what);
            }
            Ok(id)
        }
    }
}
