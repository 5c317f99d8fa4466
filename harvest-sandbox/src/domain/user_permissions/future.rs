//! Permissions of users on future jobs.

use serde::{Deserialize, Serialize};

use super::{FUTURE_JOB_PERMISSION, JOB_PERMISSION, JobPermission};
use crate::json::json;
use crate::refusal::Outcome;
use crate::store::Edit;

/// Gives a user a role on each job that is added later to an office and a department; none stands for all of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct FutureJobPermission {
    pub(crate) user_id: i64,
    pub(crate) office_id: Option<i64>,
    pub(crate) department_id: Option<i64>,
    pub(crate) user_role_id: i64,
}

/// A job was added: a user who was given a role on jobs like it in advance has it now.
pub(crate) fn take_effect(
    edit: &mut Edit<'_>,
    job_id: i64,
    office_ids: &[i64],
    department_ids: &[i64],
) -> Outcome<()> {
    // Of those that say the same, one. Those for other units are not looked at, however many there are.
    let sql = "SELECT min(id) FROM future_job_permission
               WHERE (office_id IS NULL OR office_id IN (SELECT value FROM json_each(?1)))
                 AND (department_id IS NULL OR department_id IN (SELECT value FROM json_each(?2)))
               GROUP BY user_id, state ->> 'user_role_id' ORDER BY 1";
    let units = (
        json!(office_ids).to_string(),
        json!(department_ids).to_string(),
    );
    for id in edit.column(sql, units)? {
        let it: FutureJobPermission = edit.get(&FUTURE_JOB_PERMISSION, id)?;
        let permission = JobPermission {
            user_id: it.user_id,
            job_id,
            user_role_id: it.user_role_id,
        };
        if !permission.is_given(edit)? {
            edit.insert(&JOB_PERMISSION, &permission)?;
        }
    }
    Ok(())
}
