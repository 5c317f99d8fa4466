//! Audiences: whether a reader is shown notes and files that are for admins only.

use super::Actor;
use super::visibility::{ADMIN_ONLY, bound, manages_job_of};
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
    /// Whether they may read what has this visibility: `admin_only`, `private` or `public`. A user who sees a candidate at
    /// all is an admin, or recruiter or coordinator, and these may read what is private.
    pub(crate) fn may_read(self, visibility: &str) -> bool {
        self == Self::Admins || visibility != ADMIN_ONLY
    }
}

impl Actor {
    /// The audience that the user belongs to for a candidate.
    pub(crate) fn audience(&self, view: &View<'_>, candidate_id: i64) -> Outcome<Audience> {
        if self.site_admin {
            return Ok(Audience::Admins);
        }
        Ok(match view.value(&is_admin(), (self.id, candidate_id))? {
            Some(true) => Audience::Admins,
            _ => Audience::Others,
        })
    }
}

/// SQL that selects whether user `?1` is a job admin of a job of candidate `?2`.
pub(super) fn is_admin() -> String {
    bound(&format!("SELECT {}", manages_job_of("?2")))
}
