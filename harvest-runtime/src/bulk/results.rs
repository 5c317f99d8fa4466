//! The files of results: which row each entry is about.
//!
//! Their form is not documented. Taken are a list, an object with one list, and an object a line; an entry is an id, or an
//! object with `index` (the place of the row, from 0), `id`, and, if it failed, `message` or `error`, and `errors` as
//! answers have them. An entry without an index is matched by the id that its row named; what is left is known by the counts
//! alone, and gets no id that may be another row's.

use std::borrow::Cow;

use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

use super::Counts;
use super::outcome::{RowFailure, RowOutcome};
use super::split::Part;
use crate::error_answer;
use crate::json::repair;

/// What became of each row of a part.
pub(super) fn read(
    part: &Part,
    counts: Counts,
    succeeded: Option<&[u8]>,
    failed: Option<&[u8]>,
) -> Vec<RowOutcome> {
    let done = place(part, succeeded, |entry| RowOutcome::Done { id: entry.id });
    let refused = place(part, failed, |entry| RowOutcome::Failed(entry.failure));
    let (mut rows, is_sound) = merged(done.rows, refused.rows, counts);
    if !is_sound {
        return rows;
    }
    let count = |reported: Option<u64>, entries: usize| {
        reported
            .and_then(|reported| usize::try_from(reported).ok())
            .unwrap_or(entries)
    };
    let succeeded = count(counts.succeeded, done.count);
    let failed = count(counts.failed, refused.count);
    let unknown = rows
        .iter()
        .filter(|row| **row == RowOutcome::Unknown)
        .count();
    if succeeded.checked_add(failed) != Some(rows.len()) || unknown == 0 {
        return rows;
    }
    let placed_done = rows
        .iter()
        .filter(|row| matches!(row, RowOutcome::Done { .. }))
        .count();
    let all_left = |left: Left, of: fn(Entry) -> RowOutcome, bare: RowOutcome| {
        // One row and one entry are of each other; of several, the pairs are unknown.
        match left.only() {
            Some(entry) if unknown == 1 => of(entry),
            _ => bare,
        }
    };
    let rest = if placed_done == succeeded {
        let bare = RowOutcome::Failed(RowFailure::default());
        all_left(
            refused.left,
            |entry| RowOutcome::Failed(entry.failure),
            bare,
        )
    } else if rows.len() - unknown - placed_done == failed {
        let bare = RowOutcome::Done { id: None };
        all_left(done.left, |entry| RowOutcome::Done { id: entry.id }, bare)
    } else {
        return rows;
    };
    for row in rows.iter_mut().filter(|row| **row == RowOutcome::Unknown) {
        *row = rest.clone();
    }
    rows
}

/// One entry of a file.
struct Entry {
    index: Option<usize>,
    id: Option<i64>,
    failure: RowFailure,
}

/// Entries that name no row. There may be many times as many as rows, so that none but the first is kept.
#[derive(Default)]
struct Left {
    first: Option<Entry>,
    is_several: bool,
}

impl Left {
    fn push(&mut self, entry: Entry) {
        self.is_several = self.first.is_some();
        self.first.get_or_insert(entry);
    }

    /// The entry, if it is the only one.
    fn only(self) -> Option<Entry> {
        self.first.filter(|_| !self.is_several)
    }
}

/// What was found in a file.
struct Placed {
    /// What it says of each row that it names.
    rows: Vec<Option<RowOutcome>>,
    /// How many rows it is about: of those that it names, each counts once.
    count: usize,
    /// The entries that name no row.
    left: Left,
}

/// Gives entries to the rows that they name, up to one more than rows. Of several that name the same, the first counts.
fn place(part: &Part, file: Option<&[u8]>, of: fn(Entry) -> RowOutcome) -> Placed {
    let mut placed = Placed {
        rows: vec![None; part.ids.len()],
        count: 0,
        left: Left::default(),
    };
    let by_id = rows_by_id(part);
    for_each_entry(file.unwrap_or_default(), part.ids.len() + 1, |entry| {
        let by_id = || by_id.get(&entry.id?).copied().flatten();
        let row = entry.index.or_else(by_id);
        match row.and_then(|row| placed.rows.get_mut(row)) {
            Some(Some(_)) => {}
            Some(row) => {
                placed.count += 1;
                *row = Some(of(entry));
            }
            None => {
                placed.count += 1;
                placed.left.push(entry);
            }
        }
    });
    placed
}

/// What both files say of each row, and whether they contradict neither each other nor the counts. A row of which they do is
/// not known.
fn merged(
    done: Vec<Option<RowOutcome>>,
    failed: Vec<Option<RowOutcome>>,
    counts: Counts,
) -> (Vec<RowOutcome>, bool) {
    let is_counted = |rows: &[Option<RowOutcome>], reported: Option<u64>| {
        let named = rows.iter().flatten().count() as u64;
        reported.is_none_or(|reported| named <= reported)
    };
    let done_counted = is_counted(&done, counts.succeeded);
    let failed_counted = is_counted(&failed, counts.failed);
    let mut is_sound = true;
    let rows = done.into_iter().zip(failed).map(|row| match row {
        (Some(done), None) if done_counted => done,
        (None, Some(failed)) if failed_counted => failed,
        (None, None) => RowOutcome::Unknown,
        _ => {
            is_sound = false;
            RowOutcome::Unknown
        }
    });
    let rows = rows.collect();
    (rows, is_sound)
}

/// The row that names an id. Nothing for an id that several name.
fn rows_by_id(part: &Part) -> std::collections::HashMap<i64, Option<usize>> {
    let mut rows = std::collections::HashMap::new();
    for (row, id) in part.ids.iter().enumerate() {
        if let Some(id) = id {
            let of = rows.entry(*id).or_insert(Some(row));
            if *of != Some(row) {
                *of = None;
            }
        }
    }
    rows
}

/// Reads so many entries of a file, one by one: lines of two bytes are entries of eighty, and nothing counts lines before
/// they are read.
fn for_each_entry(file: &[u8], most: usize, each: impl FnMut(Entry)) {
    let whole = repair::body(file);
    if let Ok(list) = serde_json::from_str::<Vec<&RawValue>>(&whole) {
        return list
            .iter()
            .filter_map(|entry| parse(entry.get()))
            .take(most)
            .for_each(each);
    }
    if let Ok(Value::Object(mut object)) = serde_json::from_str::<Value>(&whole) {
        // An entry of its own has lists, too: those of its errors.
        let is_entry = ["index", "id", "errors", "message"]
            .iter()
            .any(|name| object.contains_key(*name));
        let mut lists = object.values_mut().filter_map(Value::as_array_mut);
        return match (is_entry, lists.next(), lists.next()) {
            (false, Some(list), None) => list.iter().filter_map(entry).take(most).for_each(each),
            _ => entry(&Value::Object(object)).into_iter().for_each(each),
        };
    }
    drop(whole);
    lines(file)
        .filter_map(|line| parse(line.trim()))
        .take(most)
        .for_each(each);
}

/// Lines, each repaired by itself: a text without an end takes no other line with it.
fn lines(file: &[u8]) -> impl Iterator<Item = Cow<'_, str>> {
    file.split(|byte| *byte == b'\n').map(repair::body)
}

/// Whether a file has results in one of the forms that are taken, or is empty.
pub(super) fn is_of_results(file: &[u8]) -> bool {
    let is_json = |text: &str| serde_json::from_str::<IgnoredAny>(text).is_ok();
    file.trim_ascii().is_empty()
        || is_json(&repair::body(file))
        || lines(file).any(|line| is_json(line.trim()))
}

fn parse(text: &str) -> Option<Entry> {
    entry(&serde_json::from_str(text).ok()?)
}

fn entry(value: &Value) -> Option<Entry> {
    let (index, id) = match value {
        Value::Number(id) => (None, id.as_i64()),
        Value::Object(entry) => (
            entry.get("index").and_then(Value::as_u64),
            entry.get("id").and_then(Value::as_i64),
        ),
        _ => return None,
    };
    let errors = value
        .get("errors")
        // Nothing of a file is printed.
        .map(error_answer::field_errors);
    Some(Entry {
        index: index.and_then(|index| usize::try_from(index).ok()),
        id,
        failure: RowFailure {
            message: error_answer::message(value),
            fields: errors.unwrap_or_default(),
        },
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn part(ids: &[Option<i64>]) -> Part {
        Part {
            body: bytes::Bytes::new(),
            rows: 0..ids.len(),
            ids: ids.to_vec(),
        }
    }

    fn counts(succeeded: u64, failed: u64) -> Counts {
        Counts {
            succeeded: Some(succeeded),
            failed: Some(failed),
        }
    }

    fn done(id: i64) -> RowOutcome {
        RowOutcome::Done { id: Some(id) }
    }

    fn message(row: &RowOutcome) -> Option<&str> {
        match row {
            RowOutcome::Failed(failure) => failure.message(),
            _ => None,
        }
    }

    #[test]
    fn rows_by_their_index_in_any_form_of_file() {
        let list = json!([{"index": 2, "id": 7}, {"index": 0, "id": 9}]).to_string();
        let wrapped =
            json!({"results": [{"index": 2, "id": 7}, {"index": 0, "id": 9}]}).to_string();
        let lines = "{\"index\":2,\"id\":7}\r\n{\"index\":0,\"id\":9}\n\n";
        let failed = json!([{
            "index": 1, "message": "Invalid", "errors": [{"field": "name", "message": "is taken"}],
        }]);
        let failed = failed.to_string();
        for file in [&*list, &*wrapped, lines] {
            let (succeeded, failed) = (Some(file.as_bytes()), Some(failed.as_bytes()));
            let rows = read(&part(&[None; 3]), Counts::default(), succeeded, failed);
            assert_eq!((&rows[0], &rows[2]), (&done(9), &done(7)), "{file}");
            let RowOutcome::Failed(failure) = &rows[1] else {
                panic!("{rows:?}");
            };
            assert_eq!(failure.message(), Some("Invalid"));
            assert_eq!(failure.fields()[0].field(), Some("name"));
        }
    }

    #[test]
    fn rows_by_the_id_that_they_name() {
        let part = part(&[Some(4), Some(5), Some(6)]);
        let failed = json!([{"id": 5, "error": "is closed"}]).to_string();
        let rows = read(
            &part,
            Counts::default(),
            Some(b"[6, 4]"),
            Some(failed.as_bytes()),
        );
        assert_eq!((&rows[0], &rows[2]), (&done(4), &done(6)));
        assert_eq!(message(&rows[1]), Some("is closed"));
    }

    #[test]
    fn what_the_counts_alone_tell() {
        let unnamed = part(&[None; 3]);
        let unknown = RowOutcome::Unknown;
        // All went well, and whose ids these are is not said.
        let rows = read(&unnamed, counts(3, 0), Some(b"[7, 8, 9]"), None);
        assert_eq!(rows, [const { RowOutcome::Done { id: None } }; 3]);
        let rows = read(&unnamed, counts(0, 3), None, Some(b"name,error\nx,y"));
        assert!(rows.iter().all(|row| matches!(row, RowOutcome::Failed(_))));
        let rows = read(&unnamed, counts(2, 1), None, None);
        assert_eq!(rows, [unknown.clone(), unknown.clone(), unknown.clone()]);
        // A job that stopped half way.
        let rows = read(&unnamed, counts(1, 0), None, None);
        assert_eq!(rows[0], unknown);
        // One row and one entry.
        let one = part(&[None]);
        assert_eq!(read(&one, Counts::default(), Some(b"[7]"), None), [done(7)]);
        let failed = br#"{"message":"Invalid"}"#;
        let rows = read(&one, counts(0, 1), None, Some(failed));
        assert_eq!(message(&rows[0]), Some("Invalid"));
    }

    #[test]
    fn of_entries_that_name_no_row_the_first_is_kept_alone() {
        let part = part(&[Some(4)]);
        let file = "1\n".repeat(100_000);
        let of = |_| RowOutcome::Done { id: None };
        let placed = place(&part, Some(file.as_bytes()), of);
        // One more than there are rows is enough to see that it is no file of these.
        assert_eq!((placed.count, placed.left.is_several), (2, true));
        assert!(placed.left.only().is_none());
        let placed = place(&part, Some(b"1"), of);
        assert_eq!(placed.count, 1);
        assert_eq!(placed.left.only().and_then(|entry| entry.id), Some(1));
    }

    #[test]
    fn what_contradicts_itself_is_not_known() {
        let part = part(&[None; 3]);
        let all = |from: usize| {
            let entries = (from..3).map(|index| json!({"index": index, "id": index}));
            serde_json::Value::from(entries.collect::<Vec<_>>()).to_string()
        };
        let known = |succeeded: &str, failed: &str, counts| {
            let (succeeded, failed) = (succeeded.as_bytes(), failed.as_bytes());
            let rows = read(&part, counts, Some(succeeded), Some(failed));
            let known = rows.iter().map(|row| *row != RowOutcome::Unknown);
            known.collect::<Vec<_>>()
        };
        let none = Counts::default();
        // Both files name a row.
        assert_eq!(known(&all(0), &all(0), none), [false; 3]);
        assert_eq!(known(&all(0), &all(0), counts(0, 3)), [false; 3]);
        assert_eq!(known(&all(0), &all(2), none), [true, true, false]);
        // A file names more than the job counts.
        assert_eq!(known(&all(0), "[]", counts(0, 3)), [false; 3]);
        assert_eq!(known("[]", &all(1), counts(2, 1)), [false; 3]);
        // A file names a row again and again.
        let same = json!([{"index": 0}, {"index": 0}, {"index": 0}]).to_string();
        assert_eq!(known(&same, "[]", none), [true, false, false]);
        assert_eq!(known(&all(0), "[]", counts(3, 0)), [true; 3]);
    }

    #[test]
    fn nonsense_places_nothing() {
        let part = part(&[Some(4), Some(4)]);
        for file in [
            "",
            "null",
            "<html>",
            "[[]]",
            r#"[{"index":9}]"#,
            r#"[{"index":-1}]"#,
            "[4]",
        ] {
            let rows = read(&part, Counts::default(), Some(file.as_bytes()), None);
            assert!(rows.iter().all(|row| *row == RowOutcome::Unknown), "{file}");
        }
    }
}
