//! Rejection reasons. They can only be read.

use super::plain;
use crate::access::Visibility;
use crate::handler::{Handler, Reading, Resource};
use crate::json::json;
use crate::list::List;
use crate::organization::Seed;
use crate::refusal::Outcome;
use crate::store::{Kind, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&REJECTION_REASON],
    presentations: &[&REJECTION_REASON_PRESENTATION],
    operations: &[("list_rejection_reasons", Handler::Read(list))],
    seed,
};

pub(super) static REJECTION_REASON: Kind = Kind {
    table: "rejection_reason",
    first_id: 51_840,
    visibility: Visibility::EVERYONE,
};

static REJECTION_REASON_PRESENTATION: Presentation = plain::presentation(&REJECTION_REASON);

/// Reasons that every organization has begin below this id, those of this one above.
const OWN: i64 = 51_843;

fn list(cx: &Reading<'_>) -> Outcome {
    let list = List::of(&REJECTION_REASON);
    if cx.call.query().last("include_defaults") == Some("true") {
        cx.list(list)
    } else {
        cx.list(list.within("id >= ?", OWN))
    }
}

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
