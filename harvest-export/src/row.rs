//! A record as it came, with its id and its time of change.

use harvest_runtime::{Identity, Json};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

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

impl Row {
    /// The record in one line: the bytes that came, with line breaks between tokens as spaces. Within texts JSON has
    /// none.
    pub(crate) fn line(&self, redaction: Option<&Redaction<'_>>) -> Vec<u8> {
        let mut line = match redaction {
            Some(redaction) => redaction.apply(self.json.text()).into_bytes(),
            None => self.json.text().as_bytes().to_vec(),
        };
        for byte in &mut line {
            if matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
        line.push(b'\n');
        line
    }

    /// The record as it came.
    pub(crate) fn text(&self) -> &str {
        self.json.text()
    }

    fn of(json: Json) -> Self {
        let key: Key = serde_json::from_str(json.text()).unwrap_or_default();
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
    let key: Key = serde_json::from_str(value.get()).unwrap_or_default();
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
