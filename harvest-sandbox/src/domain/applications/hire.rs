//! Hiring.

use crate::domain::{approvals, offers};
use crate::refusal::{Outcome, Refusal};
use crate::store::View;

/// Recruiting for the job, making offers on it and the offer itself have to be approved, as far as there is anyone to do so.
pub(crate) fn require_approvals(view: &View<'_>, job_id: i64, application_id: i64) -> Outcome<()> {
    if !approvals::is_job_approved(view, job_id)? {
        return Err(Refusal::whole("The job lacks approvals"));
    }
    match offers::find_current(view, application_id)? {
        Some(offer_id) if !approvals::is_offer_approved(view, offer_id)? => {
            Err(Refusal::whole("The offer lacks approvals"))
        }
        _ => Ok(()),
    }
}
