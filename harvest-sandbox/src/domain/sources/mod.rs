//! Sources: where candidates come from. They can only be read.

use crate::domain::access::Visibility;
use crate::domain::organization::Seed;
use crate::domain::{Resource, plain};
use crate::json::json;
use crate::refusal::Outcome;
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&SOURCE],
    seed,
};

pub(crate) static SOURCE: Kind = Kind {
    table: "source",
    first_id: 4_000_071_001,
    visibility: Visibility::EVERYONE,
};

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
