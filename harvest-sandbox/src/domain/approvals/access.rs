//! Users who can be asked for an approval.

use std::collections::HashMap;
use std::rc::Rc;

use crate::domain::jobs::{JOB, Job};
use crate::domain::user_permissions;
use crate::refusal::Outcome;
use crate::store::View;

/// Who of many has access to a job. Each is looked up once.
pub(crate) struct Access {
    pub(crate) job_id: i64,
    pub(crate) known: HashMap<i64, bool>,
}

impl Access {
    pub(crate) fn of(job_id: i64) -> Self {
        Self {
            job_id,
            known: HashMap::new(),
        }
    }

    /// See [`has_access`].
    pub(crate) fn has(&mut self, view: &View<'_>, user_id: i64) -> Outcome<bool> {
        if let Some(known) = self.known.get(&user_id) {
            return Ok(*known);
        }
        let has = has_access(view, user_id, self.job_id)?;
        self.known.insert(user_id, has);
        Ok(has)
    }
}

/// Whether a user is active and has access to a job: by a role on it or as a site admin, or as one of its hiring team.
pub(crate) fn has_access(view: &View<'_>, user_id: i64, job_id: i64) -> Outcome<bool> {
    if user_permissions::reaches(view, user_id, job_id)? {
        return Ok(true);
    }
    let job: Option<Rc<Job>> = view.shared(&JOB, job_id)?;
    let active = "SELECT 1 FROM user WHERE id = ?1 AND NOT disabled";
    Ok(job.is_some_and(|job| job.hiring_team.has(user_id))
        && view.value::<i64>(active, [user_id])?.is_some())
}
