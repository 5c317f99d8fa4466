//! Making an offer.

use super::{OFFER, Offer, find_current};
use crate::clock::stamp;
use crate::domain::approvals;
use crate::domain::events::Event;
use crate::refusal::Outcome;
use crate::store::Edit;

/// The first version of an offer to someone who came as far as the last stage of a job, unless there is an offer. People
/// make it in the browser there; the API has no way to, and without one no user who was added by it could accept.
pub(crate) fn make(edit: &mut Edit<'_>, application_id: i64) -> Outcome<()> {
    if find_current(edit, application_id)?.is_some() {
        return Ok(());
    }
    let now = stamp(edit.now());
    let offer = Offer {
        version: 1,
        application_id,
        created_at: now.clone(),
        updated_at: now,
        status: "unresolved".to_owned(),
        ..Offer::default()
    };
    add(edit, &offer, None)?;
    Ok(())
}

/// Adds a version of an offer, after the one with this id if it isn't the first, with the approvals that it needs.
pub(super) fn add(edit: &mut Edit<'_>, offer: &Offer, before: Option<i64>) -> Outcome<i64> {
    let id = edit.insert(&OFFER, offer)?;
    if let Some(job_id) = Offer::job_of(edit, id)? {
        approvals::add_offer(edit, id, before, job_id)?;
    }
    Event::OfferCreated(id).record(edit);
    Ok(id)
}
