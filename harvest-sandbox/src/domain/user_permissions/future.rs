//! Permissions of users on future jobs.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{FUTURE_JOB_PERMISSION, JOB_PERMISSION, JobPermission};
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

/// The units of the organization that a job belongs to.
pub(crate) struct JobUnits {
    pub(crate) office_ids: HashSet<i64>,
    pub(crate) department_ids: HashSet<i64>,
}

impl JobUnits {
    pub(crate) fn of(office_ids: &[i64], department_ids: &[i64]) -> Self {
        Self {
            office_ids: office_ids.iter().copied().collect(),
            department_ids: department_ids.iter().copied().collect(),
        }
    }
}

impl FutureJobPermission {
    /// Whether it gives a role on jobs that belong there.
    pub(crate) fn is_for(&self, units: &JobUnits) -> bool {
        let meets =
            |limit: Option<i64>, ids: &HashSet<i64>| limit.is_none_or(|id| ids.contains(&id));
        meets(self.office_id, &units.office_ids) && meets(self.department_id, &units.department_ids)
    }
}

/// A job was added: a user who was given a role on jobs like it in advance has it now.
pub(crate) fn take_effect(
    edit: &mut Edit<'_>,
    job_id: i64,
    office_ids: &[i64],
    department_ids: &[i64],
) -> Outcome<()> {
    let all = edit.states::<FutureJobPermission>(&FUTURE_JOB_PERMISSION, "true ORDER BY id", [])?;
    let units = JobUnits::of(office_ids, department_ids);
    for (_, it) in all {
        let permission = JobPermission {
            user_id: it.user_id,
            job_id,
            user_role_id: it.user_role_id,
        };
        if it.is_for(&units) && !permission.is_given(edit)? {
            edit.insert(&JOB_PERMISSION, &permission)?;
        }
    }
    Ok(())
}
