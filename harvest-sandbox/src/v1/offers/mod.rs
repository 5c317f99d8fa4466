//! Offers, in the versions that were made of them. The API has no way to make a first one; see `make.rs`.

mod accept;
mod document;
mod make;
mod opening;
mod seed;
mod update;

pub(super) use accept::accept;
pub(super) use make::make;
use opening::job_of;
pub(super) use opening::{any_of_opening, change_job, forget_opening, named, opening_of};

use serde::{Deserialize, Serialize};

use super::applications::APPLICATION;
use super::approvals;
use super::custom_fields::Values;
use crate::access::{Owner, Scope, Visibility};
use crate::handler::{Handler, Reading, Resource};
use crate::list::{Comparison, Filter, List};
use crate::refusal::{Outcome, Refusal};
use crate::store::{Depth, Edit, Embeds, Kind, Presentation, View};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&OFFER],
    presentations: &[&OFFER_PRESENTATION],
    operations: &[
        ("list_offers", Handler::Read(list)),
        ("get_offer", Handler::Read(get)),
        ("list_application_offers", Handler::Read(of_application)),
        ("get_current_offer", Handler::Read(get_current)),
        ("update_current_offer", Handler::Write(update::update)),
    ],
    seed: seed::seed,
};

pub(super) static OFFER: Kind = Kind {
    table: "offer",
    first_id: 40_213_060,
    visibility: Visibility::of(&[Owner::Column(Scope::Application, "application_id")]),
};

static OFFER_PRESENTATION: Presentation = Presentation {
    kind: &OFFER,
    show: document::document,
    embeds: &[
        Embeds {
            table: "application",
            ids: "SELECT id FROM offer WHERE application_id = ?1",
            depth: Depth::Fields,
        },
        Embeds {
            table: "job_opening",
            ids: "SELECT id FROM offer WHERE opening_id = ?1",
            depth: Depth::Deep,
        },
        Embeds {
            table: "custom_field",
            ids: "SELECT offer.id FROM offer JOIN custom_field ON custom_field.field_type = 'offer'
                  WHERE custom_field.id = ?1",
            depth: Depth::Fields,
        },
    ],
    redact: Some(document::redact),
};

/// What is known about a version of an offer. Candidate and job are those of its application.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Offer {
    /// From 1.
    version: i64,
    application_id: i64,
    /// The opening that it would fill.
    opening_id: Option<i64>,
    created_at: String,
    updated_at: String,
    /// A day.
    sent_at: Option<String>,
    resolved_at: Option<String>,
    /// A day.
    starts_at: Option<String>,
    /// `unresolved`, `accepted`, `rejected` or `deprecated`.
    status: String,
    custom_fields: Values,
}

/// All but `created_before` include what they name, unlike those of other lists.
const FILTERS: &[Filter] = &[
    Filter::time("created_before", "created_at", Comparison::Before),
    Filter::time("created_after", "created_at", Comparison::Since),
    Filter::time("updated_before", "updated_at", Comparison::Until),
    Filter::time("updated_after", "updated_at", Comparison::Since),
    Filter::time("resolved_before", "resolved_at", Comparison::Until),
    Filter::time("resolved_after", "resolved_at", Comparison::Since),
    Filter::day("sent_before", "sent_at", Comparison::Until),
    Filter::day("sent_after", "sent_at", Comparison::Since),
    Filter::day("starts_before", "starts_at", Comparison::Until),
    Filter::day("starts_after", "starts_at", Comparison::Since),
    Filter::text("status", "status"),
];

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&OFFER).filters(FILTERS))
}

fn get(cx: &Reading<'_>) -> Outcome {
    cx.one_in_path(&OFFER, "id")
}

fn of_application(cx: &Reading<'_>) -> Outcome {
    let id = cx.row_in_path(&APPLICATION, "application_id")?.id;
    cx.list(List::of(&OFFER).within("application_id = ?", id))
}

fn get_current(cx: &Reading<'_>) -> Outcome {
    let application_id = cx.row_in_path(&APPLICATION, "id")?.id;
    cx.one(&OFFER, current(cx, application_id)?)
}

/// The version of an application's offer that counts now, or 404.
fn current(view: &View<'_>, application_id: i64) -> Outcome<i64> {
    find_current(view, application_id)?.ok_or_else(Refusal::not_found)
}

/// The same, if there is an offer.
pub(super) fn find_current(view: &View<'_>, application_id: i64) -> Outcome<Option<i64>> {
    view.value(
        "SELECT id FROM offer WHERE application_id = ?1 AND status <> 'deprecated'
         ORDER BY state ->> 'version' DESC LIMIT 1",
        [application_id],
    )
}

/// Whether it was sent to the candidate.
pub(super) fn is_sent(view: &View<'_>, id: i64) -> Outcome<bool> {
    let offer: Offer = view.get(&OFFER, id)?;
    Ok(offer.sent_at.is_some())
}

/// Removes the version of an application's offer that counts now, if there is one.
pub(super) fn remove_current(edit: &mut Edit<'_>, application_id: i64) -> Outcome<()> {
    match find_current(edit, application_id)? {
        Some(id) => edit.delete(&OFFER, id),
        None => Ok(()),
    }
}

/// Removes the offers of an application.
pub(super) fn remove(edit: &mut Edit<'_>, application_id: i64) -> Outcome<()> {
    let sql = "SELECT id FROM offer WHERE application_id = ?1";
    for id in edit.column::<i64>(sql, [application_id])? {
        approvals::forget_offer(edit, id)?;
        edit.delete(&OFFER, id)?;
    }
    Ok(())
}
