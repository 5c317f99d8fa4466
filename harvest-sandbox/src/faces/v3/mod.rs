//! Harvest v3: what each operation does.

mod candidate_tags;
#[cfg(test)]
mod tests;

use std::time::Duration;

use crate::faces::{Face, Resource};
use crate::http::limit::Rule;
use crate::refusal::{Denied, Refusal};

pub(crate) static FACE: Face = Face {
    name: "v3",
    stored_in: None,
    denied,
    // As it was observed of a custom integration. What partners may send is not known.
    limit: Rule {
        requests: 150,
        window: Duration::from_secs(30),
        aligned: true,
    },
    resources: RESOURCES,
    differences: &[],
};

static RESOURCES: &[&Resource] = &[&candidate_tags::RESOURCE];

fn denied(_: Denied) -> Refusal {
    Refusal::forbidden("The subject of the token may not do this")
}
