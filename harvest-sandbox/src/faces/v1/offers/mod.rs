//! Offers, in the versions that were made of them, as v1 shows and changes them.

mod document;
mod update;

use crate::domain::applications::APPLICATION;
use crate::domain::custom_fields::users_as_values;
use crate::domain::offers::{OFFER, current};
use crate::faces::list::{Comparison, Filter, List};
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::store::{Depth, Embeds, Linked, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&OFFER_PRESENTATION],
    operations: &[
        ("list_offers", Handler::Read(list)),
        ("get_offer", Handler::Read(get)),
        ("list_application_offers", Handler::Read(of_application)),
        ("get_current_offer", Handler::Read(get_current)),
        ("update_current_offer", Handler::Write(update::update)),
    ],
};

static OFFER_PRESENTATION: Presentation = Presentation {
    kind: &OFFER,
    show: document::document,
    embeds: &[
        Embeds {
            table: "application",
            ids: "SELECT id FROM offer WHERE application_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        Embeds {
            table: "job_opening",
            ids: "SELECT id FROM offer WHERE opening_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Deep,
        },
        Embeds {
            table: "custom_field",
            ids: "SELECT offer.id FROM offer JOIN custom_field ON custom_field.field_type = 'offer'
                  WHERE custom_field.id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        Embeds {
            table: "user",
            ids: users_as_values!("offer", "offer"),
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
    ],
    redact: Some(document::redact),
};

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
    let id = cx.id_in_path(&APPLICATION, "application_id")?;
    cx.list(List::of(&OFFER).within("application_id = ?", id))
}

fn get_current(cx: &Reading<'_>) -> Outcome {
    let application_id = cx.id_in_path(&APPLICATION, "id")?;
    cx.one(&OFFER, current(cx, application_id)?)
}
