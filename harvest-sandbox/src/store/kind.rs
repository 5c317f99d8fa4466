//! A kind of record, as its resource declares it.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::View;
use crate::refusal::{Outcome, broken};

/// A kind of record.
///
/// Its table is made by the `schema.sql` of its resource and has at least `id INTEGER PRIMARY KEY`, `state TEXT NOT NULL`
/// and `document TEXT`.
pub(crate) struct Kind {
    /// The table, which is also the kind's name in [`Shows`].
    pub(crate) table: &'static str,
    /// The id of the first record. Kinds begin far apart, so that an id of one is not found among another by accident.
    pub(crate) first_id: i64,
    /// Whose records are shown inside of records of this kind.
    pub(crate) shows: &'static [Shows],
    /// Makes the JSON that is sent of a record.
    pub(crate) document: fn(&View<'_>, &Row) -> Outcome<Document>,
}

/// "A record of this kind shows records of that kind."
pub(crate) struct Shows {
    /// The table of the kind that is shown.
    pub(crate) table: &'static str,
    /// SQL that selects the ids of the records that show record `?1` of that kind.
    pub(crate) ids: &'static str,
}

/// A record, as it is kept.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) id: i64,
    /// JSON.
    state: String,
}

impl Row {
    pub(crate) fn new(id: i64, state: String) -> Self {
        Self { id, state }
    }

    pub(super) fn text(&self) -> &str {
        &self.state
    }

    /// What is known about the record.
    pub(crate) fn state<T: DeserializeOwned>(&self) -> Outcome<T> {
        // The words of serde_json repeat the offending value, which may be someone's name.
        serde_json::from_str(&self.state)
            .map_err(|error| broken(format!("record {}: column {}", self.id, error.column())))
    }
}

/// The JSON of a record, as it is sent. Others can put it into theirs without parsing it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Document(Box<RawValue>);

impl Document {
    /// From something with its fields in the order in which the service sends them.
    pub(crate) fn of(value: &impl Serialize) -> Outcome<Self> {
        serde_json::value::to_raw_value(value)
            .map(Self)
            .map_err(|error| broken(format!("a document: {error}")))
    }

    /// From text that is known to be JSON.
    pub(super) fn from_text(text: String) -> Outcome<Self> {
        RawValue::from_string(text)
            .map(Self)
            .map_err(|error| broken(format!("a document: column {}", error.column())))
    }

    pub(crate) fn text(&self) -> &str {
        self.0.get()
    }

    /// As a type of the reader's own, for the few that have to change it.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Outcome<T> {
        serde_json::from_str(self.text())
            .map_err(|error| broken(format!("a document: column {}", error.column())))
    }

    /// The same with another `id`.
    pub(crate) fn with_id(&self, id: i64) -> Outcome<Self> {
        let mut fields: Map<String, Value> = self.read()?;
        fields.insert("id".to_owned(), id.into());
        Self::of(&fields)
    }
}
