//! Audiences: whether a reader is shown notes and files that are for admins only.

use super::Actor;
use crate::refusal::Outcome;
use crate::store::View;

/// The readers of what is written about a candidate, or attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Site admins, job admins of a job of the candidate, and requests without an acting user.
    Admins,
    /// The candidate's recruiter and coordinator, unless they are one of these.
    Others,
}

impl Audience {
    /// Whether they may read what has this visibility: `admin_only`, `private` or `public`. Whoever sees a candidate at
    /// all is an admin, or recruiter or coordinator, and these may read what is private.
    pub(crate) fn may_read(self, visibility: &str) -> bool {
        self == Self::Admins || visibility != "admin_only"
    }
}

impl Actor {
    /// The audience that the user belongs to for a candidate.
    pub(crate) fn audience(&self, view: &View<'_>, candidate_id: i64) -> Outcome<Audience> {
        let sql = "SELECT EXISTS (SELECT 1 FROM application
                 JOIN application_job ON application_job.application_id = application.id
                 JOIN job_permission ON job_permission.job_id = application_job.job_id
                 JOIN user_role ON user_role.id = job_permission.user_role_id
                 WHERE candidate_id = ?2 AND job_permission.user_id = ?1
                 AND user_role.type = 'job_admin')";
        let is_admin = self.site_admin || view.value(sql, (self.id, candidate_id))? == Some(true);
        Ok(if is_admin {
            Audience::Admins
        } else {
            Audience::Others
        })
    }
}
