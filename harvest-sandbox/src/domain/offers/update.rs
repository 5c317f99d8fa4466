//! Changing the version of an offer that counts now.

use super::{OFFER, Offer, add, current, make};
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::custom_fields::{self, CustomField, Entry};
use crate::domain::events::Event;
use crate::domain::patch::Change;
use crate::refusal::{Outcome, Problems, Refusal, Rule, State, Why};
use crate::store::Edit;

/// What is to change.
#[derive(Default)]
pub(crate) struct Update {
    /// A day.
    pub(crate) starts_on: Change<String>,
    /// A day.
    pub(crate) sent_on: Change<String>,
    /// A time, as times are kept.
    pub(crate) created_at: Option<String>,
    pub(crate) resolved_at: Change<String>,
    pub(crate) custom_fields: Vec<Entry>,
}

/// Changes the current offer of an application. Problems are at `custom_fields`.
pub(crate) fn update_current(
    edit: &mut Edit<'_>,
    actor: &Actor,
    application: ClientId,
    command: Update,
) -> Outcome<i64> {
    let found = application.find::<Application>(edit, actor, &APPLICATION)?;
    let (application_id, application) = found.ok_or(Refusal::NotFound)?;
    check_application(edit, actor, &application)?;
    let id = current(edit, application_id)?;
    change(edit, id, &application, command)
}

/// Changes an offer, or makes another version of it. Problems are at `custom_fields`.
pub(crate) fn update(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    command: Update,
) -> Outcome<i64> {
    let found = id.find::<Offer>(edit, actor, &OFFER)?;
    let (id, offer) = found.ok_or(Refusal::NotFound)?;
    let application: Application = edit.get(&APPLICATION, offer.application_id)?;
    check_application(edit, actor, &application)?;
    if offer.status == "deprecated" {
        return Err(Refusal::whole(Rule::SupersededOffer));
    }
    change(edit, id, &application, command)
}

/// Makes the first offer to a candidate, or changes the current one. Problems are at `application_id` and `custom_fields`.
pub(crate) fn create(
    edit: &mut Edit<'_>,
    actor: &Actor,
    application: ClientId,
    command: Update,
) -> Outcome<i64> {
    let found = application.find::<Application>(edit, actor, &APPLICATION)?;
    let Some((application_id, application)) = found else {
        let why = Why::Unknown("An application");
        return Err(Refusal::field("application_id", why));
    };
    check_application(edit, actor, &application)?;
    if application.prospect {
        return Err(Refusal::field("application_id", State::Prospect));
    }
    make(edit, application_id)?;
    let id = current(edit, application_id)?;
    change(edit, id, &application, command)
}

/// Those may change an offer who may manage its job.
fn check_application(edit: &Edit<'_>, actor: &Actor, application: &Application) -> Outcome<()> {
    match application.job_id() {
        Some(job_id) => actor.require_job(edit, job_id),
        None => Ok(()),
    }
}

/// Changes an offer, and gives the id of the version that counts from now on. Values of custom fields that are said to do
/// so make another version.
fn change(
    edit: &mut Edit<'_>,
    id: i64,
    application: &Application,
    command: Update,
) -> Outcome<i64> {
    if application.status == "hired" {
        return Err(Refusal::whole(Rule::HiredOffer));
    }
    let mut offer: Offer = edit.get(&OFFER, id)?;
    let mut problems = Problems::default();
    let mut values = offer.custom_fields.clone();
    let entries = &command.custom_fields;
    custom_fields::apply(edit, "offer", entries, &mut values, "", &mut problems)?;
    problems.check()?;
    let is_sent = command.sent_on.value().is_some();
    let created_at = command.created_at;
    command.starts_on.apply(&mut offer.starts_at);
    command.sent_on.apply(&mut offer.sent_at);
    command.resolved_at.apply(&mut offer.resolved_at);
    let before = std::mem::replace(&mut offer.custom_fields, values);
    let counts = |field: &CustomField| field.trigger_new_version;
    if custom_fields::changed(edit, &before, &offer.custom_fields, counts)? {
        offer.sent_at.take_if(|_| !is_sent);
        return supersede(edit, id, offer, created_at);
    }
    if let Some(at) = created_at {
        offer.created_at = at;
    }
    offer.updated_at = stamp(edit.now());
    edit.save(&OFFER, id, &offer)?;
    Event::OfferUpdated(id).record(edit);
    Ok(id)
}

/// Makes another version of what the offer is now, which is not sent yet; the one before it is deprecated.
fn supersede(
    edit: &mut Edit<'_>,
    id: i64,
    offer: Offer,
    created_at: Option<String>,
) -> Outcome<i64> {
    let now = stamp(edit.now());
    let mut before: Offer = edit.get(&OFFER, id)?;
    "deprecated".clone_into(&mut before.status);
    before.updated_at.clone_from(&now);
    edit.save(&OFFER, id, &before)?;
    Event::OfferUpdated(id).record(edit);
    let next = Offer {
        version: before.version + 1,
        created_at: created_at.unwrap_or_else(|| now.clone()),
        updated_at: now,
        resolved_at: None,
        status: "unresolved".to_owned(),
        ..offer
    };
    add(edit, &next, Some(id))
}
