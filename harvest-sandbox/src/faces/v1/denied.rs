//! The answers to a user who may not act, or may not do something.

use crate::refusal::{Denied, Refusal};

/// 404 for a user who is not there, as observed, and 403 for the others.
pub(super) fn denied(why: Denied) -> Refusal {
    match why {
        Denied::Unknown => Refusal::not_found(),
        Denied::Disabled => Refusal::forbidden("The user in On-Behalf-Of is disabled"),
        Denied::NotSiteAdmin => {
            Refusal::forbidden("The user in On-Behalf-Of has to be a site admin")
        }
        Denied::NotJobAdmin => Refusal::forbidden(
            "The user in On-Behalf-Of has to be a job admin of this job, or a site admin",
        ),
        Denied::NoSalaries => {
            Refusal::forbidden("The user in On-Behalf-Of needs the permission to see salaries")
        }
    }
}
