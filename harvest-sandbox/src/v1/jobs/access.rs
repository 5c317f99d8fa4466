//! Who may do what on a job that was just made.

use super::super::user_permissions::{
    FUTURE_JOB_PERMISSION, FutureJobPermission, JOB_PERMISSION, JobPermission,
};
use super::Job;
use crate::refusal::Outcome;
use crate::store::Edit;

/// Whoever copies a job may do to the copy what they may do to the original, and permissions on jobs to come are given
/// on it.
pub(super) fn grant(
    edit: &mut Edit<'_>,
    user_id: i64,
    template_id: i64,
    id: i64,
    job: &Job,
) -> Outcome<()> {
    let mut granted = Vec::new();
    let condition = "user_id = ?1 AND job_id = ?2 ORDER BY id";
    let own = edit.states::<JobPermission>(&JOB_PERMISSION, condition, (user_id, template_id))?;
    granted.extend(own.into_iter().map(|(_, it)| (it.user_id, it.user_role_id)));
    let future =
        edit.states::<FutureJobPermission>(&FUTURE_JOB_PERMISSION, "true ORDER BY id", [])?;
    let future = future.into_iter().map(|(_, it)| it).filter(|it| {
        it.office_id.is_none_or(|id| job.office_ids.contains(&id))
            && it
                .department_id
                .is_none_or(|id| job.department_ids.contains(&id))
    });
    for it in future {
        let one = (it.user_id, it.user_role_id);
        if !granted.contains(&one) {
            granted.push(one);
        }
    }
    for (user_id, user_role_id) in granted {
        let permission = JobPermission {
            user_id,
            job_id: id,
            user_role_id,
        };
        edit.insert(&JOB_PERMISSION, &permission)?;
    }
    Ok(())
}
