//! Rejection reasons. They can only be read.

use crate::domain::access::Visibility;
use crate::domain::organization::Seed;
use crate::domain::{Resource, plain};
use crate::json::json;
use crate::refusal::Outcome;
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&REJECTION_REASON],
    seed,
};

pub(crate) static REJECTION_REASON: Kind = Kind {
    table: "rejection_reason",
    first_id: 51_840,
    visibility: Visibility::EVERYONE,
};

fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let reasons = [
        ("Lacking skills", 1, "We rejected them"),
        ("Hired someone else", 1, "We rejected them"),
        ("Took another job", 3, "They rejected us"),
        ("No field experience", 1, "We rejected them"),
        ("Salary expectations", 3, "They rejected us"),
        ("Project postponed", 2, "None specified"),
    ];
    let states =
        reasons.map(|(name, id, of)| json!({"name": name, "type": {"id": id, "name": of}}));
    plain::seed(seed, &REJECTION_REASON, states)
}
