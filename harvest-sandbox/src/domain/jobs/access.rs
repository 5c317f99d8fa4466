//! Access to a job that was just made.

use crate::domain::user_permissions::{JOB_PERMISSION, JobPermission};
use crate::refusal::Outcome;
use crate::store::Edit;

/// A user who copies a job may do to the copy what they may do to the original.
pub(crate) fn grant(edit: &mut Edit<'_>, user_id: i64, template_id: i64, id: i64) -> Outcome<()> {
    let condition = "user_id = ?1 AND job_id = ?2 ORDER BY id";
    let own = edit.states::<JobPermission>(&JOB_PERMISSION, condition, (user_id, template_id))?;
    for (_, permission) in own {
        let permission = JobPermission {
            job_id: id,
            ..permission
        };
        edit.insert(&JOB_PERMISSION, &permission)?;
    }
    Ok(())
}
