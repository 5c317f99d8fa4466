//! Offers, in the versions that were made of them. The API has no way to make a first one; see `make.rs`.

mod accept;
mod make;
mod opening;
mod seed;
mod update;

pub(crate) use crate::domain::records::offer::{OFFER, Offer};
pub(crate) use accept::accept;
use make::add;
pub(crate) use make::make;
pub(crate) use opening::{any_of_opening, change_job, forget_opening, opening_of};
pub(crate) use update::{Update, create, update, update_current};

use crate::domain::events::Event;
use crate::domain::{Resource, approvals};
use crate::refusal::{Outcome, Refusal};
use crate::store::{Edit, View};

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&OFFER],
    seed: seed::seed,
};

/// The version of an application's offer that counts now, or 404.
pub(crate) fn current(view: &View<'_>, application_id: i64) -> Outcome<i64> {
    find_current(view, application_id)?.ok_or_else(Refusal::not_found)
}

/// The same, if there is an offer.
pub(crate) fn find_current(view: &View<'_>, application_id: i64) -> Outcome<Option<i64>> {
    view.value(
        "SELECT id FROM offer WHERE application_id = ?1 AND status <> 'deprecated'
         ORDER BY state ->> 'version' DESC LIMIT 1",
        [application_id],
    )
}

/// Whether it was sent to the candidate.
pub(crate) fn is_sent(view: &View<'_>, id: i64) -> Outcome<bool> {
    let offer: Offer = view.get(&OFFER, id)?;
    Ok(offer.sent_at.is_some())
}

/// Removes the version of an application's offer that counts now, if there is one.
pub(crate) fn remove_current(edit: &mut Edit<'_>, application_id: i64) -> Outcome<()> {
    match find_current(edit, application_id)? {
        Some(id) => edit.delete(&OFFER, id),
        None => Ok(()),
    }
}

/// Removes the offers of an application that is removed itself.
pub(crate) fn remove(edit: &mut Edit<'_>, application_id: i64) -> Outcome<()> {
    remove_all(edit, application_id).map(drop)
}

/// Deletes the offers of an application that stays.
pub(crate) fn erase(edit: &mut Edit<'_>, application_id: i64) -> Outcome<()> {
    for (id, offer) in remove_all(edit, application_id)? {
        Event::OfferDeleted(id, Box::new(offer)).record(edit);
    }
    Ok(())
}

fn remove_all(edit: &mut Edit<'_>, application_id: i64) -> Outcome<Vec<(i64, Offer)>> {
    let condition = "application_id = ?1 ORDER BY id";
    let offers = edit.states(&OFFER, condition, [application_id])?;
    for (id, _) in &offers {
        approvals::forget_offer(edit, *id)?;
        edit.delete(&OFFER, *id)?;
    }
    Ok(offers)
}
