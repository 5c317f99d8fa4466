//! Cells of a table, out of the JSON of a record.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

type Object<'a> = BTreeMap<String, &'a RawValue>;

/// The columns, each a path of names from the record.
pub(super) struct Columns(Option<Vec<String>>);

impl Columns {
    /// Without names, those of the first record.
    pub(super) fn new(names: Vec<String>) -> Self {
        Self((!names.is_empty()).then_some(names))
    }

    /// The names, for the line at the top.
    pub(super) fn names(&mut self, first: Option<&str>) -> &[String] {
        let of_record = || {
            let record: Object<'_> = first.and_then(|json| serde_json::from_str(json).ok())?;
            Some(record.into_keys().collect())
        };
        self.0
            .get_or_insert_with(|| of_record().unwrap_or_else(|| vec!["value".to_owned()]))
    }

    /// The cells of a record: texts as they are, null and what is not there as nothing, everything else as its JSON.
    pub(super) fn cells(&mut self, json: &str) -> Vec<String> {
        let names = self.names(Some(json));
        let record: Option<Object<'_>> = serde_json::from_str(json).ok();
        let Some(record) = record else {
            // No object: it is the first cell.
            return names
                .iter()
                .enumerate()
                .map(|(at, _)| if at == 0 { text(json) } else { String::new() })
                .collect();
        };
        names.iter().map(|name| cell(&record, name)).collect()
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
            columns.cells(record),
            [
                "12345678901234567890123",
                "x\ny",
                "1.50",
                "",
                "{\"b\": \"x\\ny\"}"
            ]
        );
        assert_eq!(columns.cells("7"), ["7", "", "", "", ""]);
        let mut columns = Columns::new(Vec::new());
        assert_eq!(columns.cells(r#"{"b": true, "a": []}"#), ["[]", "true"]);
    }
}
