//! A record as it came, with its id and its time of change.

use harvest_runtime::{Identity, Json};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::object::Object;
use crate::privacy::Redaction;

/// A record of a page.
pub(crate) struct Row {
    json: Json,
    pub id: Option<i64>,
    pub updated_at: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Key {
    id: Value,
    updated_at: Value,
}

impl Key {
    /// Of a record that is an object. Where a property comes twice, the last one counts, as it does in the database.
    fn of(json: &str) -> Self {
        if !json.starts_with('{') {
            // Of a list, the first item would be taken for the id.
            return Self::default();
        }
        serde_json::from_str(json).unwrap_or_else(|_| {
            let object: Object<'_> = serde_json::from_str(json).unwrap_or_default();
            let last = |name: &str| {
                let value = object.get(name).map(serde_json::from_str);
                value.and_then(Result::ok).unwrap_or_default()
            };
            Self {
                id: last("id"),
                updated_at: last("updated_at"),
            }
        })
    }
}

impl Row {
    /// Writes the record in one line: the bytes that came, with line breaks between tokens as spaces. Within texts JSON
    /// has none.
    pub(crate) fn write_line(&self, redaction: Option<&Redaction<'_>>, to: &mut Vec<u8>) {
        let begin = to.len();
        match redaction {
            Some(redaction) => to.extend_from_slice(redaction.apply(self.text()).as_bytes()),
            None => to.extend_from_slice(self.text().as_bytes()),
        }
        for byte in to.iter_mut().skip(begin) {
            if matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
        to.push(b'\n');
    }

    /// The record as it came.
    pub(crate) fn text(&self) -> &str {
        self.json.text()
    }

    fn of(json: Json) -> Self {
        let key = Key::of(json.text());
        Self {
            id: key.id.as_i64(),
            updated_at: key.updated_at.as_str().map(str::to_owned),
            json,
        }
    }
}

/// The id of a line of a file.
pub(crate) fn id(line: &str) -> serde_json::Result<Option<i64>> {
    let value: &serde_json::value::RawValue = serde_json::from_str(line)?;
    let key = Key::of(value.get());
    Ok(key.id.as_i64())
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Json::deserialize(deserializer).map(Self::of)
    }
}

impl Identity for Row {
    fn identity(&self) -> Option<i64> {
        self.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_any_record() {
        for (json, expected, changed) in [
            (r#"{"id":1,"updated_at":"a"}"#, Some(1), Some("a")),
            (
                r#"{"id":1,"id":2,"updated_at":"a","updated_at":"b"}"#,
                Some(2),
                Some("b"),
            ),
            (r#"{"updated_at":"a","id":1,"id":"x"}"#, None, Some("a")),
            (r#"{"\ud800":5,"id":3}"#, Some(3), None),
            (r#"{"id":1e400,"updated_at":"a"}"#, None, Some("a")),
            (r#"{"id":9223372036854775808}"#, None, None),
            (r#"{"id":[[[{}]]],"updated_at":7}"#, None, None),
            ("7", None, None),
            ("[1]", None, None),
            ("null", None, None),
        ] {
            let row: Row = serde_json::from_str(json).expect("JSON");
            assert_eq!(
                (row.id, row.updated_at.as_deref()),
                (expected, changed),
                "{json}"
            );
            let mut line = Vec::new();
            row.write_line(None, &mut line);
            let line = String::from_utf8(line).expect("text");
            assert_eq!(id(line.trim_end()).expect("JSON"), expected, "{json}");
        }
    }
}
