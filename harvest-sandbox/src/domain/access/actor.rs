//! Permissions of the user in whose name a request acts.

use crate::refusal::{Denied, Outcome, Refusal};
use crate::store::{Actor, View};

/// Whether user `?1`, a site admin if `?3`, manages job `?2`. That the job is confidential is looked up in the index: it is
/// generated from the record, which can be long.
const MANAGES: &str = "SELECT (?3 AND EXISTS (SELECT 1 FROM job WHERE id = ?2)
        AND NOT EXISTS (SELECT 1 FROM job INDEXED BY job_confidential
                        WHERE confidential AND confidential = 1 AND id = ?2))
    OR EXISTS (SELECT 1 FROM job_permission
               JOIN user_role ON user_role.id = job_permission.user_role_id
               WHERE user_id = ?1 AND job_id = ?2 AND user_role.type = 'job_admin')";

impl Actor {
    /// Refuses everyone but site admins.
    pub(crate) fn require_site_admin(&self) -> Outcome<()> {
        if self.site_admin {
            Ok(())
        } else {
            Err(Refusal::Denied(Denied::NotSiteAdmin))
        }
    }

    /// Refuses those who may not manage a job: see [`manages`](Self::manages).
    pub(crate) fn require_job(&self, view: &View<'_>, job_id: i64) -> Outcome<()> {
        if self.manages(view, job_id)? {
            Ok(())
        } else {
            Err(Refusal::Denied(Denied::NotJobAdmin))
        }
    }

    /// Whether the user may do to a job, and to those who apply for it, what an admin may: a job admin of it may, and a
    /// site admin unless the job is confidential.
    pub(crate) fn manages(&self, view: &View<'_>, job_id: i64) -> Outcome<bool> {
        view.answered("manages", job_id, Some(self.id), || {
            let parameters = (self.id, job_id, self.site_admin);
            Ok(view.value(MANAGES, parameters)?.unwrap_or_default())
        })
    }
}
