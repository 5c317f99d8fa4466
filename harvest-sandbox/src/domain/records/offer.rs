//! Offers, in the versions that were made of them.

use serde::{Deserialize, Serialize};

use super::application::{APPLICATION, Application};
use super::custom_field::Values;
use crate::domain::access::{Actor, ClientId, Owner, Scope, Visibility};
use crate::refusal::Outcome;
use crate::store::{Kind, View};

pub(crate) static OFFER: Kind = Kind {
    table: "offer",
    first_id: 40_213_060,
    visibility: Visibility::of(&[Owner::Column(Scope::Application, "application_id")]),
};

/// What is known about a version of an offer. Candidate and job are those of its application.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Offer {
    /// From 1.
    pub(crate) version: i64,
    pub(crate) application_id: i64,
    /// The opening that it would fill.
    pub(crate) opening_id: Option<i64>,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
    /// A day.
    pub(crate) sent_at: Option<String>,
    pub(crate) resolved_at: Option<String>,
    /// A day.
    pub(crate) starts_at: Option<String>,
    /// `unresolved`, `accepted`, `rejected` or `deprecated`.
    pub(crate) status: String,
    pub(crate) custom_fields: Values,
}

impl Offer {
    /// The offer on a job that a body names, if the user may see it.
    pub(crate) fn named(
        view: &View<'_>,
        user: &Actor,
        id: ClientId,
        job_id: i64,
    ) -> Outcome<Option<i64>> {
        match id.find::<Self>(view, user, &OFFER)? {
            Some((id, _)) if Self::job_of(view, id)? == Some(job_id) => Ok(Some(id)),
            _ => Ok(None),
        }
    }

    /// The job that is offered, if there is such an offer.
    pub(crate) fn job_of(view: &View<'_>, id: i64) -> Outcome<Option<i64>> {
        let offer: Option<Self> = view.find(&OFFER, id)?;
        let application: Option<Application> = match offer {
            Some(offer) => view.find(&APPLICATION, offer.application_id)?,
            None => None,
        };
        Ok(application.and_then(|application| application.job_id()))
    }
}
