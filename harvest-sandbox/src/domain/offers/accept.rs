//! Acceptance of an offer, by a hire.

use super::{OFFER, Offer, find_current};
use crate::clock::stamp;
use crate::domain::events::Event;
use crate::refusal::Outcome;
use crate::store::Edit;

/// The candidate is hired: an offer that awaited an answer is accepted, and names the opening that was filled and the day
/// on which work starts, as far as there are any. Without an offer there is nothing to do.
pub(crate) fn accept(
    edit: &mut Edit<'_>,
    application_id: i64,
    starts_at: Option<String>,
    opening_id: Option<i64>,
) -> Outcome<()> {
    let Some(id) = find_current(edit, application_id)? else {
        return Ok(());
    };
    let mut offer: Offer = edit.get(&OFFER, id)?;
    if offer.status == "unresolved" {
        "accepted".clone_into(&mut offer.status);
        offer.resolved_at = Some(stamp(edit.now()));
    }
    offer.starts_at = starts_at.or(offer.starts_at);
    offer.opening_id = opening_id.or(offer.opening_id);
    offer.updated_at = stamp(edit.now());
    edit.save(&OFFER, id, &offer)?;
    Event::OfferUpdated(id).record(edit);
    Ok(())
}
