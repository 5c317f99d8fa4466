//! Reasons for which openings are closed. They can only be read.

use super::plain;
use crate::access::Visibility;
use crate::handler::{Handler, Reading, Resource};
use crate::json::json;
use crate::list::List;
use crate::organization::Seed;
use crate::refusal::Outcome;
use crate::store::{Kind, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&CLOSE_REASON],
    presentations: &[&CLOSE_REASON_PRESENTATION],
    operations: &[("list_close_reasons", Handler::Read(list))],
    seed,
};

pub(super) static CLOSE_REASON: Kind = Kind {
    table: "close_reason",
    first_id: 71_502,
    visibility: Visibility::EVERYONE,
};

static CLOSE_REASON_PRESENTATION: Presentation = plain::presentation(&CLOSE_REASON);

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&CLOSE_REASON))
}

fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let reasons = [
        "Hired for a new position",
        "Hired as a replacement",
        "Budget withdrawn",
        "Merged with another opening",
    ];
    plain::seed(
        seed,
        &CLOSE_REASON,
        reasons.map(|name| json!({"name": name})),
    )
}
