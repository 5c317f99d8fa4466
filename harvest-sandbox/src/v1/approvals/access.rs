//! Who can be asked for an approval.

use super::super::jobs::{JOB, Job};
use crate::refusal::Outcome;
use crate::store::View;

/// Whether a user is active and has access to a job: site admins to all, and others to those for which they have a role,
/// or on whose hiring team they are.
pub(super) fn has_access(view: &View<'_>, user_id: i64, job_id: i64) -> Outcome<bool> {
    let sql = "SELECT site_admin OR EXISTS (SELECT 1 FROM job_permission
                                            WHERE user_id = ?1 AND job_id = ?2)
               FROM user WHERE id = ?1 AND NOT disabled";
    match view.value(sql, (user_id, job_id))? {
        Some(false) => {
            let job: Option<Job> = view.find(&JOB, job_id)?;
            Ok(job.is_some_and(|job| job.hiring_team.has(user_id)))
        }
        known => Ok(known.unwrap_or_default()),
    }
}
