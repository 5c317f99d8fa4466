//! The openings that offers would fill.

use super::{OFFER, Offer, find_current};
use crate::refusal::Outcome;
use crate::store::{Edit, View};

/// The opening that the current offer of an application would fill.
pub(in crate::v1) fn opening_of(view: &View<'_>, application_id: i64) -> Outcome<Option<i64>> {
    let offer: Option<Offer> = match find_current(view, application_id)? {
        Some(id) => view.find(&OFFER, id)?,
        None => None,
    };
    Ok(offer.and_then(|offer| offer.opening_id))
}

/// Whether an offer would fill it.
pub(in crate::v1) fn any_of_opening(view: &View<'_>, opening_id: i64) -> Outcome<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM offer WHERE opening_id = ?1)";
    Ok(view.value(sql, [opening_id])?.unwrap_or_default())
}

/// The opening is deleted: its offers have none.
pub(in crate::v1) fn forget_opening(edit: &mut Edit<'_>, opening_id: i64) -> Outcome<()> {
    let offers = edit.states(&OFFER, "opening_id = ?1", [opening_id])?;
    without_opening(edit, offers)
}

/// The application is transferred: its offers fill no opening of the job that it leaves.
pub(in crate::v1) fn leave_job(edit: &mut Edit<'_>, application_id: i64) -> Outcome<()> {
    let condition = "application_id = ?1 AND opening_id IS NOT NULL";
    let offers = edit.states(&OFFER, condition, [application_id])?;
    without_opening(edit, offers)
}

fn without_opening(edit: &mut Edit<'_>, offers: Vec<(i64, Offer)>) -> Outcome<()> {
    for (id, mut offer) in offers {
        offer.opening_id = None;
        edit.save(&OFFER, id, &offer)?;
    }
    Ok(())
}
