//! Drift: what records have and the description does not foresee, counted by place.

use std::collections::BTreeMap;

/// The most places of a stream that are counted individually: a service can invent a name for each record.
const MOST_PLACES: usize = 1_000;
/// The longest of them, in bytes.
const LONGEST_PLACE: usize = 200;
/// All others.
const OTHER_PLACES: &str = "…";

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

/// How many records have something in a place.
#[derive(Default)]
pub(crate) struct Places {
    counts: BTreeMap<(String, &'static str), Count>,
    /// The present record.
    record: u64,
}

#[derive(Default)]
struct Count {
    records: u64,
    /// The last record that was counted. One has a place once, however often it is in it.
    last: u64,
}

impl Places {
    /// Places that are counted elsewhere, and of which no record has any here.
    pub(crate) fn known(places: impl IntoIterator<Item = (String, &'static str)>) -> Self {
        let known = places.into_iter().map(|it| (it, Count::default()));
        Self {
            counts: known.collect(),
            record: 0,
        }
    }

    /// A record begins.
    pub(crate) fn begin(&mut self) {
        self.record += 1;
    }

    /// The present record has this.
    pub(crate) fn count(&mut self, path: String, what: &'static str) {
        let place = (path, what);
        let is_counted = place.0.len() <= LONGEST_PLACE
            && (self.counts.len() < MOST_PLACES || self.counts.contains_key(&place));
        let place = if is_counted {
            place
        } else {
            (OTHER_PLACES.to_owned(), what)
        };
        let count = self.counts.entry(place).or_default();
        if count.last != self.record {
            count.records += 1;
            count.last = self.record;
        }
    }

    /// Each place that records have, with what is in it and how many.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &'static str, u64)> {
        let all = self.counts.iter().filter(|(_, count)| count.records > 0);
        all.map(|((path, what), count)| (path.as_str(), *what, count.records))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_counted_and_not_places() {
        let mut places = Places::known([("b".to_owned(), UNKNOWN)]);
        for record in 0..3 {
            places.begin();
            for _ in 0..5 {
                places.count("a".to_owned(), UNKNOWN);
            }
            if record == 0 {
                places.count("a".to_owned(), CONFLICT);
            }
            for new in 0..2 * MOST_PLACES {
                places.count(format!("new_{record}_{new}"), UNKNOWN);
            }
        }
        let of = |name: &str| -> Vec<_> { places.all().filter(|it| it.0 == name).collect() };
        assert_eq!(of("a"), [("a", CONFLICT, 1), ("a", UNKNOWN, 3)]);
        assert_eq!(of("b"), []);
        assert_eq!(of(OTHER_PLACES), [(OTHER_PLACES, UNKNOWN, 3)]);
        assert!(places.all().all(|(_, _, records)| records <= 3));
    }
}
