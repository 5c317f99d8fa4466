//! Faces, and which operation is answered by what.

use std::collections::HashMap;

use super::Handler;
#[cfg(any(feature = "dev-center", test))]
use super::trials::Trials;
use crate::http::limit::Rule;
use crate::http::refusal::Words;
use crate::http::reply::Reply;
use crate::openapi::document::Operation;
use crate::refusal::{Denied, Refusal};
use crate::store::{Presentation, StoredText};

/// The handlers of a resource by `operationId`.
pub(crate) type Operations = &'static [(&'static str, Handler)];

/// A version of the API, as far as its description does not say what it is. Several can be served on one organization.
pub(crate) struct Face {
    /// Of the version.
    pub(crate) name: &'static str,
    /// Where the text of its records is stored.
    pub(crate) stored_in: StoredText,
    /// The answers to a user who may not act, or may not do something.
    pub(crate) denied: fn(Denied) -> Refusal,
    /// Its own words for what is wrong with a request, where those that everyone has will not do: mostly because they
    /// name a property of this version.
    pub(crate) words: Words,
    /// Whether the service was seen to take more than its description has.
    pub(crate) lenient: bool,
    /// How many requests a client may send.
    pub(crate) limit: Rule,
    /// The answer of an operation that no resource handles.
    pub(crate) unhandled: Unhandled,
    /// Puts a reply into the form that this version has for it: refusals, mostly.
    pub(crate) form: fn(&Operation, Reply) -> Reply,
    pub(crate) resources: &'static [&'static Resource],
    /// By operation: how it differs from what the service does, as a sentence or two.
    pub(crate) differences: &'static [(&'static str, &'static str)],
    /// What the API reference fills in for its operations.
    #[cfg(any(feature = "dev-center", test))]
    pub(crate) trials: &'static Trials,
}

impl Face {
    /// A refusal in the words of this version.
    pub(crate) fn worded(&self, refusal: Refusal) -> Refusal {
        match refusal {
            Refusal::Denied(why) => (self.denied)(why),
            refusal => refusal.in_words(self.words),
        }
    }
}

/// The answer of an operation without a handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unhandled {
    FromExample,
    /// 501: an example would look like a record.
    Refused,
}

/// A resource of the API: how its records are shown, and what is done with them.
pub(crate) struct Resource {
    pub(crate) presentations: &'static [&'static Presentation],
    pub(crate) operations: Operations,
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
