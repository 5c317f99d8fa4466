//! The records of a list.

use crate::json::Value;

/// An example list, made as long as a test needs it.
///
/// The records of the example come first, as they are. After them they come again and again, each copy with an integer
/// `id` of its own, counting on from the highest in the example. Copies are made when they are asked for, so a long list
/// costs nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DataSet<'a> {
    example: &'a [Value],
    len: usize,
    /// How many records were put before those.
    grown: usize,
    highest_id: i64,
}

impl<'a> DataSet<'a> {
    /// At least `len` records, never fewer than the example has; none if it has none.
    pub(crate) fn new(example: &'a [Value], len: usize) -> Self {
        Self {
            example,
            len: if example.is_empty() {
                0
            } else {
                len.max(example.len())
            },
            grown: 0,
            highest_id: example.iter().filter_map(id).max().unwrap_or_default(),
        }
    }

    /// The same with so many records at the front, the latest first, with ids that count on from the end of the list.
    pub(crate) fn grown_by(mut self, records: usize) -> Self {
        // Behind the longest list that can be counted there is no place for more.
        let room = usize::MAX - self.len;
        self.grown = if self.len == 0 { 0 } else { records.min(room) };
        self
    }

    pub(crate) fn len(self) -> usize {
        self.len + self.grown
    }

    /// How many records were put at the front.
    pub(crate) fn grown(self) -> usize {
        self.grown
    }

    /// The record at a place counted from 0.
    pub(crate) fn record(self, index: usize) -> Option<Value> {
        let Some(index) = index.checked_sub(self.grown) else {
            return self.copy(self.len() - 1 - index);
        };
        if index >= self.len {
            return None;
        }
        if let Some(record) = self.example.get(index) {
            return Some(record.clone());
        }
        self.copy(index)
    }

    /// What stands at a place behind the example.
    fn copy(self, index: usize) -> Option<Value> {
        let place = index.checked_rem(self.example.len())?;
        let mut copy = self.example[place].clone();
        if id(&copy).is_some() {
            copy["id"] = self.fresh_id(index).into();
        }
        Some(copy)
    }

    /// The ids of the example, in order.
    pub(crate) fn example_ids(self) -> impl Iterator<Item = i64> + 'a {
        self.example.iter().filter_map(id)
    }

    /// Whether one of the records has this id.
    pub(crate) fn has(self, id: i64) -> bool {
        let copy = id
            .checked_sub(self.highest_id)
            .and_then(|nth| usize::try_from(nth).ok())
            .filter(|nth| *nth > 0)
            .and_then(|nth| self.example.len().checked_add(nth - 1))
            .and_then(|index| self.record(index));
        copy.as_ref().and_then(self::id) == Some(id) || self.example_ids().any(|known| known == id)
    }

    fn fresh_id(self, index: usize) -> i64 {
        let nth = i64::try_from(index - self.example.len()).unwrap_or(i64::MAX);
        self.highest_id.saturating_add(nth).saturating_add(1)
    }
}

fn id(record: &Value) -> Option<i64> {
    record.get("id")?.as_i64()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::json;

    #[test]
    fn copies_have_ids_of_their_own() {
        let example = [json!({"id": 5, "n": "a"}), json!({"id": 3, "n": "b"})];
        let set = DataSet::new(&example, 5);
        let all: Vec<_> = (0..9).map_while(|i| set.record(i)).collect();
        assert_eq!(
            all,
            [
                json!({"id": 5, "n": "a"}),
                json!({"id": 3, "n": "b"}),
                json!({"id": 6, "n": "a"}),
                json!({"id": 7, "n": "b"}),
                json!({"id": 8, "n": "a"}),
            ]
        );
        for id in [3, 5, 6, 7, 8] {
            assert!(set.has(id), "{id}");
        }
        for id in [0, -1, 4, 9, i64::MAX, i64::MIN] {
            assert!(!set.has(id), "{id}");
        }
    }

    #[test]
    fn lists_without_ids_and_without_records() {
        let texts = [json!("a"), json!({"id": "x"})];
        let set = DataSet::new(&texts, 3);
        assert_eq!(set.record(2), Some(json!("a")));
        assert!(!set.has(1));
        assert_eq!(DataSet::new(&[], 10).len(), 0);
        assert_eq!(DataSet::new(&[], 10).record(0), None);
        assert_eq!(DataSet::new(&texts, 0).len(), 2);
        assert!(!DataSet::new(&[], 10).has(1));
    }

    #[test]
    fn new_records_come_first() {
        let example = [json!({"id": 5}), json!({"id": 3})];
        let ids = |grown: usize| -> Vec<i64> {
            let set = DataSet::new(&example, 3).grown_by(grown);
            assert_eq!(set.len(), 3 + grown);
            (0..9).map_while(|i| id(&set.record(i)?)).collect()
        };
        assert_eq!(ids(0), [5, 3, 6]);
        assert_eq!(ids(1), [7, 5, 3, 6]);
        assert_eq!(ids(3), [9, 8, 7, 5, 3, 6]);
        assert_eq!(DataSet::new(&[], 3).grown_by(3).len(), 0);
    }

    #[test]
    fn length_has_no_price() {
        let example = [json!({"id": 1})];
        let set = DataSet::new(&example, usize::MAX);
        assert!(set.record(usize::MAX - 1).is_some());
        assert_eq!(set.grown_by(2).len(), usize::MAX);
        assert!(set.has(1_000_000));
    }
}
