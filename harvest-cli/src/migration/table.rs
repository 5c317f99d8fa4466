//! The embedded table of a migration.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::failure::{Exit, Failure};

/// The table.
#[derive(Deserialize)]
pub(super) struct Table {
    /// Parameters that many operations have.
    pub parameters: BTreeMap<String, Fate>,
    pub operations: BTreeMap<String, Pair>,
    pub models: BTreeMap<String, Model>,
    pub enumerations: BTreeMap<String, Enumeration>,
}

/// An operation, and those that take its place.
#[derive(Deserialize)]
pub(super) struct Pair {
    pub to: Vec<String>,
    pub basis: String,
    pub note: Option<String>,
    /// Parameters that are not the same.
    #[serde(default)]
    pub parameters: BTreeMap<String, Fate>,
}

/// A model of the older version.
#[derive(Deserialize)]
pub(super) struct Model {
    /// Properties that are not the same.
    #[serde(default)]
    pub properties: BTreeMap<String, Fate>,
}

/// An enumeration of the older version.
#[derive(Deserialize)]
pub(super) struct Enumeration {
    /// Values that are not the same.
    #[serde(default)]
    pub values: BTreeMap<String, Fate>,
}

/// What becomes of a parameter, a property or a value.
#[derive(Deserialize)]
pub(super) struct Fate {
    renamed: Option<String>,
    pub moved: Option<Vec<String>>,
    dropped: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    note: Option<String>,
}

impl Table {
    pub(super) fn read(json: &str) -> Result<Self, Failure> {
        serde_json::from_str(json).map_err(|error| {
            let message = format!(
                "the embedded migration cannot be read: {error}; build the program again from one \
                 checkout"
            );
            Failure::new(Exit::Failed, message)
        })
    }
}

impl Fate {
    /// In words, with names in backquotes.
    pub(super) fn words(&self) -> String {
        let code = |name: &String| format!("`{name}`");
        let moved = self.moved.as_ref();
        let moved = moved.map(|to| to.iter().map(code).collect::<Vec<_>>().join(", "));
        let dropped = self.dropped.as_ref().map(|text| format!("dropped. {text}"));
        let kind = self.kind.as_ref().map(|text| format!("the type {text}"));
        let parts = [
            self.renamed.as_ref().map(code),
            moved,
            dropped,
            kind,
            self.note.clone(),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        let text = parts.join(". ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
