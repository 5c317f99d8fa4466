//! The jobs and the openings that offers are about.

use super::{OFFER, Offer, find_current};
use crate::domain::approvals;
use crate::domain::events::Event;
use crate::refusal::Outcome;
use crate::store::{Edit, View};

/// The opening that the current offer of an application would fill.
pub(crate) fn opening_of(view: &View<'_>, application_id: i64) -> Outcome<Option<i64>> {
    let offer: Option<Offer> = match find_current(view, application_id)? {
        Some(id) => view.find(&OFFER, id)?,
        None => None,
    };
    Ok(offer.and_then(|offer| offer.opening_id))
}

/// Whether an offer would fill it.
pub(crate) fn any_of_opening(view: &View<'_>, opening_id: i64) -> Outcome<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM offer WHERE opening_id = ?1)";
    Ok(view.value(sql, [opening_id])?.unwrap_or_default())
}

/// The opening is deleted: its offers have none.
pub(crate) fn forget_opening(edit: &mut Edit<'_>, opening_id: i64) -> Outcome<()> {
    let offers = edit.states(&OFFER, "opening_id = ?1", [opening_id])?;
    without_opening(edit, offers)
}

/// The application is transferred to another job: its offers fill no opening of the one that it leaves, and need the
/// approvals of the other.
pub(crate) fn change_job(edit: &mut Edit<'_>, application_id: i64, job_id: i64) -> Outcome<()> {
    let offers: Vec<(i64, Offer)> = edit.states(&OFFER, "application_id = ?1", [application_id])?;
    for (id, offer) in &offers {
        approvals::forget_offer(edit, *id)?;
        if offer.status == "unresolved" {
            approvals::add_offer(edit, *id, None, job_id)?;
            Event::OfferUpdated(*id).record(edit);
        }
    }
    without_opening(edit, offers)
}

fn without_opening(edit: &mut Edit<'_>, offers: Vec<(i64, Offer)>) -> Outcome<()> {
    for (id, mut offer) in offers {
        if offer.opening_id.take().is_none() {
            continue;
        }
        edit.save(&OFFER, id, &offer)?;
    }
    Ok(())
}
