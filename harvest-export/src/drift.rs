//! Drift: what records have and the description does not foresee, counted by place.

use std::collections::BTreeMap;

/// The most places of a stream that are counted individually: a service can invent a name for each record.
pub(crate) const MOST_PLACES: usize = 1_000;
/// The longest of them, in bytes.
const LONGEST_PLACE: usize = 200;
/// All others.
pub(crate) const OTHER_PLACES: &str = "…";

/// A place that the description does not know.
pub(crate) const UNKNOWN: &str = "unknown";
/// A place with something that is not of the described kind.
pub(crate) const CONFLICT: &str = "conflict";

/// Something in records that the description does not foresee.
#[derive(Debug, PartialEq, Eq)]
pub struct Drift {
    /// The stream.
    pub stream: String,
    /// The place in its records: `custom_fields.grade`.
    pub path: String,
    /// `unknown`, or `conflict`: it is not of the described kind.
    pub what: String,
    /// How many records have it.
    pub records: u64,
}

/// How often something was found in a place.
#[derive(Default)]
pub(crate) struct Places(BTreeMap<(String, &'static str), u64>);

impl Places {
    pub(crate) fn count(&mut self, path: String, what: &'static str) {
        let place = (path, what);
        let is_counted = place.0.len() <= LONGEST_PLACE
            && (self.0.len() < MOST_PLACES || self.0.contains_key(&place));
        let place = if is_counted {
            place
        } else {
            (OTHER_PLACES.to_owned(), what)
        };
        *self.0.entry(place).or_default() += 1;
    }

    /// Each place, with what is in it and how often.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &'static str, u64)> {
        let all = self.0.iter();
        all.map(|((path, what), count)| (path.as_str(), *what, *count))
    }
}
