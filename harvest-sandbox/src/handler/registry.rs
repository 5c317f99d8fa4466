//! Which operation is answered by what.

use std::collections::HashMap;
use std::ops::Range;

use super::Handler;
use crate::access::Denied;
use crate::control::Decision;
use crate::organization::Seed;
use crate::refusal::{Outcome, Refusal};
use crate::store::{Edit, Kind, Presentation};

/// The handlers of a resource by `operationId`.
pub(crate) type Operations = &'static [(&'static str, Handler)];

/// What is known about a version of the API, beyond its description.
pub(crate) struct Behaviour {
    /// Of the version, which is the first segment of its paths.
    pub(crate) name: &'static str,
    /// The column in which the tables of kinds keep how this version shows their records; none if it is made for each
    /// reader.
    pub(crate) stored_in: Option<&'static str>,
    /// The answers to a user who may not act, or may not do something.
    pub(crate) denied: fn(Denied) -> Refusal,
    /// In the order in which a new organization is filled: a resource comes after those it refers to.
    pub(crate) resources: &'static [&'static Resource],
    /// Invents the candidates with these numbers.
    pub(crate) candidates: Supply,
    /// Approves or rejects what approvals were asked for, and says whether any were.
    pub(crate) decide: Decide,
    /// By operation: how it differs from what the service does, as a sentence or two.
    pub(crate) differences: &'static [(&'static str, &'static str)],
}

/// Stands in for those who approve the flow with an id.
pub(crate) type Decide = fn(&mut Edit<'_>, i64, Decision) -> Outcome<bool>;

/// Adds the records of a kind that have these numbers. The same numbers give the same records.
pub(crate) type Supply = fn(&mut Seed<'_, '_>, Range<usize>) -> Outcome<()>;

/// A resource of the API: its records, what is done with them, and those that a new organization has.
pub(crate) struct Resource {
    pub(crate) kinds: &'static [&'static Kind],
    /// How its records are shown.
    pub(crate) presentations: &'static [&'static Presentation],
    pub(crate) operations: Operations,
    /// Adds the records that a new organization begins with.
    pub(crate) seed: fn(&mut Seed<'_, '_>) -> Outcome<()>,
}

/// Finds the handler of an operation.
#[derive(Default)]
pub(crate) struct Handlers(HashMap<&'static str, Handler>);

impl Handlers {
    pub(crate) fn of(resources: &[&Resource]) -> Self {
        let operations = resources.iter().flat_map(|resource| resource.operations);
        Self(operations.copied().collect())
    }

    pub(crate) fn get(&self, operation: &str) -> Option<Handler> {
        self.0.get(operation).copied()
    }
}
