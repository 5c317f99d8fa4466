//! What hiring does to an offer.

use super::{OFFER, Offer, find_current};
use crate::handler::Writing;
use crate::refusal::Outcome;

/// The candidate is hired: an offer that awaited an answer is accepted, and names the opening that was filled and the day
/// on which work starts, as far as there are any. Without an offer there is nothing to do.
pub(in crate::v1) fn accept(
    cx: &mut Writing<'_, '_>,
    application_id: i64,
    starts_at: Option<String>,
    opening_id: Option<i64>,
) -> Outcome<()> {
    let Some(id) = find_current(cx, application_id)? else {
        return Ok(());
    };
    let mut offer: Offer = cx.get(&OFFER, id)?;
    if offer.status == "unresolved" {
        "accepted".clone_into(&mut offer.status);
        offer.resolved_at = Some(cx.stamp());
    }
    offer.starts_at = starts_at.or(offer.starts_at);
    offer.opening_id = opening_id.or(offer.opening_id);
    offer.updated_at = cx.stamp();
    cx.save(&OFFER, id, &offer)
}
