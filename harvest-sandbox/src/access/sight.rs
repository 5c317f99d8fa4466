//! Which records a user may see.
//!
//! A candidate is seen by those who [manage](Actor::manages_candidate) it. A job is seen by everyone, unless it is
//! confidential: then by those who have a role on it. An application is seen by who sees both its candidate and its jobs,
//! and what belongs to an application by who sees that.
//!
//! Lists need this as SQL, since a page is cut from what is seen and not from all. Of an organization with a million
//! candidates a site admin sees all but few, so those are selected; what others see are few, so these are.

use super::Actor;
use crate::refusal::{Outcome, Refusal};
use crate::store::View;

/// By what it is decided who may see a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Candidate,
    Application,
    Job,
}

impl Scope {
    fn table(self) -> &'static str {
        match self {
            Self::Candidate => "candidate",
            Self::Application => "application",
            Self::Job => "job",
        }
    }
}

/// The records of a table that a user may see. In the SQL, `?` is the id of the user.
#[derive(Debug)]
pub(crate) enum Sight {
    /// All but those of which this selects the ids.
    AllBut(String),
    /// None but those of which this selects the ids.
    Only(String),
}

/// Who reads what is written about a candidate, or attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Site admins, job admins of a job of the candidate, and those who read in nobody's name.
    Admins,
    /// Those who look after the candidate without being one of these.
    Others,
}

impl Audience {
    /// Whether they may read what has this visibility: `admin_only`, `private` or `public`. Whoever sees a candidate at
    /// all is an admin or looks after them, and these may read what is private.
    pub(crate) fn may_read(self, visibility: &str) -> bool {
        self == Self::Admins || visibility != "admin_only"
    }
}

/// The jobs that a user manages by a role.
const MANAGED_JOBS: &str = "SELECT job_id FROM job_permission
    JOIN user_role ON user_role.id = job_permission.user_role_id
    WHERE job_permission.user_id = ? AND user_role.type = 'job_admin'";

/// The jobs that a user must not know of.
const HIDDEN_JOBS: &str = "SELECT id FROM job WHERE confidential
    AND id NOT IN (SELECT job_id FROM job_permission WHERE user_id = ?)";

/// The candidates that are a user's own, whoever else may see them.
fn own_candidates() -> String {
    format!(
        "SELECT id FROM candidate WHERE recruiter_id = ?
         UNION SELECT id FROM candidate WHERE coordinator_id = ?
         UNION SELECT candidate_id FROM application WHERE id IN
             (SELECT application_id FROM application_job WHERE job_id IN ({MANAGED_JOBS}))"
    )
}

/// The applications on jobs that a user must not know of.
fn on_hidden_jobs() -> String {
    format!("SELECT application_id FROM application_job WHERE job_id IN ({HIDDEN_JOBS})")
}

impl Actor {
    /// The records of a table that the user may see. `column` has the id of what they belong to.
    pub(crate) fn sight(&self, scope: Scope, table: &str, column: &str) -> Sight {
        let own = own_candidates();
        let (hidden, ids) = match scope {
            Scope::Job => (true, HIDDEN_JOBS.to_owned()),
            Scope::Candidate if self.site_admin => (true, hidden_candidates(&own)),
            Scope::Candidate => (false, own),
            Scope::Application => {
                let of = |candidates: &str| {
                    format!("SELECT id FROM application WHERE candidate_id IN ({candidates})")
                };
                let on_hidden_jobs = on_hidden_jobs();
                if self.site_admin {
                    let ids = of(&hidden_candidates(&own));
                    (true, format!("{ids} UNION {on_hidden_jobs}"))
                } else {
                    (false, format!("{} EXCEPT {on_hidden_jobs}", of(&own)))
                }
            }
        };
        let ids = if table == scope.table() {
            ids
        } else {
            format!("SELECT id FROM {table} WHERE {column} IN ({ids})")
        };
        if hidden {
            Sight::AllBut(ids)
        } else {
            Sight::Only(ids)
        }
    }

    /// Whether the user may see a candidate, an application or a job, of which there is one with this id.
    pub(crate) fn sees(&self, view: &View<'_>, scope: Scope, id: i64) -> Outcome<bool> {
        match scope {
            Scope::Candidate => self.manages_candidate(view, id),
            Scope::Application => {
                let sql = "SELECT candidate_id FROM application WHERE id = ?1";
                let Some(candidate_id) = view.value(sql, [id])? else {
                    return Ok(false);
                };
                Ok(self.manages_candidate(view, candidate_id)?
                    && !self.hidden_applications(view, candidate_id)?.contains(&id))
            }
            Scope::Job => {
                let hidden = HIDDEN_JOBS.replace('?', "?1");
                let sql = format!("SELECT ?2 NOT IN ({hidden})");
                Ok(view.value(&sql, (self.id, id))?.unwrap_or_default())
            }
        }
    }

    /// The applications of a candidate of which the user must not know, for the jobs that they are on.
    pub(crate) fn hidden_applications(
        &self,
        view: &View<'_>,
        candidate_id: i64,
    ) -> Outcome<Vec<i64>> {
        let hidden = HIDDEN_JOBS.replace('?', "?1");
        let sql = format!(
            "SELECT application_id FROM application_job
             JOIN application ON application.id = application_job.application_id
             WHERE application.candidate_id = ?2 AND job_id IN ({hidden})"
        );
        view.column(&sql, (self.id, candidate_id))
    }

    /// As whom the user reads what is kept of a candidate.
    pub(crate) fn audience(&self, view: &View<'_>, candidate_id: i64) -> Outcome<Audience> {
        let managed = MANAGED_JOBS.replace('?', "?1");
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM application
                 JOIN application_job ON application_job.application_id = application.id
                 WHERE candidate_id = ?2 AND job_id IN ({managed}))"
        );
        let is_admin = self.site_admin || view.value(&sql, (self.id, candidate_id))? == Some(true);
        Ok(if is_admin {
            Audience::Admins
        } else {
            Audience::Others
        })
    }

    /// 403 for who may not see it: see [`sees`](Self::sees).
    pub(crate) fn require_sight(&self, view: &View<'_>, scope: Scope, id: i64) -> Outcome<()> {
        if self.sees(view, scope, id)? {
            return Ok(());
        }
        Err(Refusal::forbidden(match scope {
            Scope::Candidate => "The user in On-Behalf-Of may not see this candidate",
            Scope::Application => "The user in On-Behalf-Of may not see this application",
            Scope::Job => "The user in On-Behalf-Of may not see this job",
        }))
    }
}

/// The candidates that a site admin must not see, of whom these are their own. The index of those that are private has
/// few of all.
fn hidden_candidates(own: &str) -> String {
    format!("SELECT id FROM candidate WHERE is_private AND id NOT IN ({own})")
}
