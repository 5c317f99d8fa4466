//! Cells of a table, out of the JSON of a record.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::failure::{Exit, Failure};

/// The most columns that a service can choose, by the names in its first record: each record has a cell for each of them.
const MOST_NAMES: usize = 1_000;

type Object<'a> = BTreeMap<String, &'a RawValue>;

/// The columns, each a path of names from the record.
pub(super) struct Columns(Option<Vec<String>>);

impl Columns {
    /// Without names, those of the first record.
    pub(super) fn new(names: Vec<String>) -> Self {
        Self((!names.is_empty()).then_some(names))
    }

    /// The names, for the line at the top.
    pub(super) fn names(&mut self) -> &[String] {
        self.0.get_or_insert_with(|| vec!["value".to_owned()])
    }

    /// The cells of a record: texts as they are, null and what is not there as nothing, everything else as its JSON.
    pub(super) fn cells(&mut self, json: &str) -> Result<Vec<String>, Failure> {
        let record: Option<Object<'_>> = serde_json::from_str(json).ok();
        if let (None, Some(first)) = (&self.0, &record) {
            if first.len() > MOST_NAMES {
                let message = format!(
                    "the first record has {} properties, and no more than {MOST_NAMES} become \
                     columns; choose some with --columns, or use --output json",
                    first.len()
                );
                return Err(Failure::new(Exit::Failed, message));
            }
            self.0 = Some(first.keys().cloned().collect());
        }
        let names = self.names();
        let Some(record) = record else {
            // No object: it is the first cell.
            let others = names.iter().skip(1).map(|_| String::new());
            return Ok(std::iter::once(text(json)).chain(others).collect());
        };
        Ok(names.iter().map(|name| cell(&record, name)).collect())
    }
}

fn cell(record: &Object<'_>, path: &str) -> String {
    // A name can have dots of its own.
    if let Some(value) = record.get(path) {
        return text(value.get());
    }
    let inside = path.split_once('.').and_then(|(name, rest)| {
        let inner: Object<'_> = serde_json::from_str(record.get(name)?.get()).ok()?;
        Some(cell(&inner, rest))
    });
    inside.unwrap_or_default()
}

fn text(json: &str) -> String {
    if json == "null" {
        return String::new();
    }
    let is_text = json.starts_with('"');
    let decoded = is_text.then(|| serde_json::from_str(json).ok()).flatten();
    decoded.unwrap_or_else(|| json.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_records() {
        let names = ["id", "a.b", "c.d", "none", "a"].map(str::to_owned);
        let mut columns = Columns::new(names.to_vec());
        let record =
            r#"{"id": 12345678901234567890123, "a": {"b": "x\ny"}, "c.d": 1.50, "none": null}"#;
        assert_eq!(
            columns.cells(record).expect("cells"),
            [
                "12345678901234567890123",
                "x\ny",
                "1.50",
                "",
                "{\"b\": \"x\\ny\"}"
            ]
        );
        assert_eq!(columns.cells("7").expect("cells"), ["7", "", "", "", ""]);
        let mut columns = Columns::new(Vec::new());
        let cells = columns.cells(r#"{"b": true, "a": []}"#).expect("cells");
        assert_eq!(cells, ["[]", "true"]);
    }

    #[test]
    fn a_service_chooses_no_more_columns_than_a_record_should_have() {
        for (count, is_taken) in [(0, true), (MOST_NAMES, true), (MOST_NAMES + 1, false)] {
            let members: Vec<_> = (0..count).map(|at| format!("\"a{at}\":0")).collect();
            let record = format!("{{{}}}", members.join(","));
            assert_eq!(Columns::new(Vec::new()).cells(&record).is_ok(), is_taken);
            // Who chooses columns may choose any of them.
            let mut chosen = Columns::new(vec!["a0".to_owned()]);
            assert!(chosen.cells(&record).is_ok());
        }
    }
}
