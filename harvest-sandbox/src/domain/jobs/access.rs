//! Access to a job that was just made.

use std::collections::HashSet;

use super::Job;
use crate::domain::unique::unique;
use crate::domain::user_permissions::{
    FUTURE_JOB_PERMISSION, FutureJobPermission, JOB_PERMISSION, JobPermission, JobUnits,
};
use crate::refusal::Outcome;
use crate::store::Edit;

/// A user who copies a job may do to the copy what they may do to the original, and permissions on jobs to come are given
/// on it.
pub(crate) fn grant(
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
    let units = JobUnits::of(&job.office_ids, &job.department_ids);
    let future = future.into_iter().map(|(_, it)| it);
    let future = future.filter(|it| it.is_for(&units));
    let future = future.map(|it| (it.user_id, it.user_role_id));
    // Own roles can be there twice, those in advance are given once.
    let own: HashSet<_> = granted.iter().copied().collect();
    let future = unique(future).into_iter().filter(|it| !own.contains(it));
    for (user_id, user_role_id) in granted.into_iter().chain(future) {
        let permission = JobPermission {
            user_id,
            job_id: id,
            user_role_id,
        };
        edit.insert(&JOB_PERMISSION, &permission)?;
    }
    Ok(())
}
