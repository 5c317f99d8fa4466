//! The difference between what a client read and what the sandbox holds.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

/// A list that was compared.
#[derive(Debug, Default)]
pub(super) struct Compared {
    pub(super) path: String,
    pub(super) held: usize,
    /// Held records that were read.
    pub(super) read: usize,
    /// Records that were read again.
    pub(super) repeated: usize,
    /// Records that were read and are not held.
    pub(super) unknown: usize,
    /// Scalars, empty lists and empty objects of the records that were read, as they are held.
    pub(super) values: usize,
    /// Those of them that the client hands on unaltered.
    pub(super) kept: usize,
    /// Nulls that the client leaves out.
    pub(super) nulls: usize,
    /// Places of other values that it leaves out, with how often.
    pub(super) dropped: BTreeMap<String, usize>,
    /// Places of values that it alters, with how often.
    pub(super) altered: BTreeMap<String, usize>,
}

impl Compared {
    /// Compares records by their ids, or by all of their values where they have none. Links to the sandbox itself are left
    /// out: they differ by the name by which it was asked, and by time.
    pub(super) fn of(path: &str, held: &[Value], read: &[Value], url: &str) -> Self {
        let mut compared = Self {
            path: path.to_owned(),
            held: held.len(),
            ..Self::default()
        };
        let mut there: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
        for record in held {
            there.entry(key(record)).or_default().push(record);
        }
        let known: BTreeSet<_> = there.keys().cloned().collect();
        // Records without ids that a client alters are identified by their order.
        let in_order = held.len() == read.len();
        for (index, record) in read.iter().enumerate() {
            let key = key(record);
            let found = there.get_mut(&key).and_then(Vec::pop);
            let by_order = in_order && !known.contains(&key);
            let found = found.or_else(|| {
                held.get(index)
                    .filter(|it| by_order && it.get("id").is_none())
            });
            match found {
                Some(original) => {
                    compared.read += 1;
                    compared.values_of(original, record, url);
                }
                None if known.contains(&key) => compared.repeated += 1,
                None => compared.unknown += 1,
            }
        }
        compared
    }

    /// Whether all records were read, each once, and no other.
    pub(super) fn is_whole(&self) -> bool {
        self.read == self.held && self.repeated == 0 && self.unknown == 0
    }

    fn values_of(&mut self, original: &Value, record: &Value, url: &str) {
        let mut places = Vec::new();
        leaves(
            original,
            &mut String::new(),
            &mut String::new(),
            &mut places,
        );
        for (pointer, place, value) in places {
            if value.as_str().is_some_and(|it| it.starts_with(url)) {
                continue;
            }
            self.values += 1;
            match record.pointer(&pointer) {
                Some(read) if read == value => self.kept += 1,
                Some(_) => *self.altered.entry(place).or_default() += 1,
                None if value.is_null() => self.nulls += 1,
                None => *self.dropped.entry(place).or_default() += 1,
            }
        }
    }
}

impl fmt::Display for Compared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} of {}", self.path, self.read, self.held)?;
        for (count, what) in [(self.repeated, "repeated"), (self.unknown, "unknown")] {
            if count > 0 {
                write!(f, ", {count} {what}")?;
            }
        }
        Ok(())
    }
}

/// What a record is known by.
fn key(record: &Value) -> String {
    let id = record.get("id").filter(|id| !id.is_null());
    id.unwrap_or(record).to_string()
}

/// Each value in which there are no others: its pointer, its place without positions in lists, and itself.
fn leaves<'a>(
    value: &'a Value,
    pointer: &mut String,
    place: &mut String,
    found: &mut Vec<(String, String, &'a Value)>,
) {
    let (pointer_length, place_length) = (pointer.len(), place.len());
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                pointer.extend(["/", &name]);
                place.extend([if place.is_empty() { "" } else { "." }, &name]);
                leaves(member, pointer, place, found);
                pointer.truncate(pointer_length);
                place.truncate(place_length);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                pointer.extend(["/", &index.to_string()]);
                leaves(item, pointer, place, found);
                pointer.truncate(pointer_length);
            }
        }
        _ => found.push((pointer.clone(), place.clone(), value)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const URL: &str = "http://127.0.0.1:1";

    fn compared(held: &Value, read: &Value) -> Compared {
        let records = |value: &Value| value.as_array().cloned().unwrap_or_default();
        Compared::of("/v1/rooms", &records(held), &records(read), URL)
    }

    #[test]
    fn records_are_told_by_their_ids_whatever_their_order() {
        let held = json!([{"id": 1}, {"id": 2}, {"id": 3}]);
        let same = compared(&held, &json!([{"id": 3}, {"id": 1}, {"id": 2}]));
        assert!(same.is_whole());
        let differs = compared(&held, &json!([{"id": 1}, {"id": 1}, {"id": 4}]));
        assert_eq!(
            differs.to_string(),
            "/v1/rooms: 1 of 3, 1 repeated, 1 unknown"
        );
        assert!(!differs.is_whole());
        assert!(!compared(&held, &json!([{"id": 1}, {"id": 2}])).is_whole());
        assert!(!compared(&json!([{"id": 1}]), &json!([{"id": 1}, {"id": 1}])).is_whole());
    }

    #[test]
    fn values_are_kept_altered_or_left_out() {
        let held = json!([{
            "id": 1, "at": "2026-11-30T09:00:00.000Z", "none": null, "list": [{"a": 1}, {"a": 2}],
            "empty": [],
            "url": "http://127.0.0.1:1/files/1",
        }]);
        let read =
            json!([{"id": 1, "at": "2026-11-30T09:00:00Z", "list": [{"a": 1}, {}], "empty": []}]);
        let compared = compared(&held, &read);
        assert_eq!((compared.values, compared.kept, compared.nulls), (6, 3, 1));
        assert_eq!(compared.altered, BTreeMap::from([("at".to_owned(), 1)]));
        assert_eq!(compared.dropped, BTreeMap::from([("list.a".to_owned(), 1)]));
    }

    #[test]
    fn records_without_ids_are_told_by_their_values_or_their_order() {
        let held = json!([{"a": 1}, {"a": 2}, {"a": 2}]);
        assert!(compared(&held, &json!([{"a": 2}, {"a": 1}, {"a": 2}])).is_whole());
        let altered = compared(&held, &json!([{"a": 1}, {"a": 2}, {"a": "2"}]));
        assert!(altered.is_whole());
        assert_eq!(altered.altered, BTreeMap::from([("a".to_owned(), 1)]));
        assert!(!compared(&held, &json!([{"a": 2}, {"a": 2}])).is_whole());
        assert!(!compared(&held, &json!([{"a": 1}, {"a": 1}, {"a": 2}])).is_whole());
    }
}
