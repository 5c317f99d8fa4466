//! Sources: where candidates come from. They can only be read.

use super::plain;
use crate::access::Visibility;
use crate::handler::{Handler, Reading, Resource};
use crate::json::json;
use crate::list::List;
use crate::organization::Seed;
use crate::refusal::Outcome;
use crate::store::{Kind, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&SOURCE],
    presentations: &[&SOURCE_PRESENTATION],
    operations: &[("list_sources", Handler::Read(list))],
    seed,
};

pub(super) static SOURCE: Kind = Kind {
    table: "source",
    first_id: 4_000_071_001,
    visibility: Visibility::EVERYONE,
};

static SOURCE_PRESENTATION: Presentation = plain::presentation(&SOURCE);

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&SOURCE))
}

fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let sources = [
        ("Company website", 10, "Company marketing"),
        ("Regional Water Conference", 11, "Attend events"),
        ("River Jobs", 12, "Third-party boards"),
        ("Field crew agency", 13, "Agencies"),
        ("Employee referral", 14, "Referrals"),
        ("Sourced by recruiter", 15, "Prospecting"),
        ("Radio programme", 16, "Other"),
    ];
    let states =
        sources.map(|(name, id, of)| json!({"name": name, "type": {"id": id, "name": of}}));
    plain::seed(seed, &SOURCE, states)
}
