//! Harvest v3, as far as it proves that a second face stands on the same records: candidate tags.
//!
//! It is compiled into tests alone, since the tokens of v3 are not there yet: its requests carry the sandbox's key as a
//! bearer token.

mod candidate_tags;
mod tests;

use crate::faces::{Face, Resource, Unnamed};
use crate::refusal::{Denied, Refusal};

static FACE: Face = Face {
    name: "v3",
    stored_in: None,
    denied,
    unnamed: Unnamed::ServiceUser,
    resources: RESOURCES,
    differences: &[],
};

static RESOURCES: &[&Resource] = &[&candidate_tags::RESOURCE];

fn denied(_: Denied) -> Refusal {
    Refusal::forbidden("The subject of the token may not do this")
}
