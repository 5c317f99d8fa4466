//! Reasons for which openings are closed. They can only be read.

use crate::domain::access::Visibility;
use crate::domain::organization::Seed;
use crate::domain::{Resource, plain};
use crate::json::json;
use crate::refusal::Outcome;
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&CLOSE_REASON],
    seed,
};

pub(crate) static CLOSE_REASON: Kind = Kind {
    table: "close_reason",
    first_id: 71_502,
    visibility: Visibility::EVERYONE,
};

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
