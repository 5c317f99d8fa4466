//! Values of custom fields, as bodies of v1 send them.

use serde::Deserialize;

use crate::domain::custom_fields::Entry;
use crate::json::Value;

/// An entry of `custom_fields` in a body.
#[derive(Clone, Debug, Deserialize)]
pub(in crate::faces::v1) struct Input {
    id: Option<i64>,
    name_key: Option<String>,
    #[serde(default)]
    value: Value,
    unit: Option<String>,
    #[serde(default)]
    min_value: Value,
    #[serde(default)]
    max_value: Value,
    /// `"true"`, if anything.
    delete_value: Option<String>,
}

impl From<Input> for Entry {
    fn from(it: Input) -> Self {
        Self {
            id: it.id,
            name_key: it.name_key,
            value: it.value,
            unit: it.unit,
            min_value: it.min_value,
            max_value: it.max_value,
            clears: it.delete_value.is_some(),
        }
    }
}

/// The entries of a body, as the domain takes them.
pub(in crate::faces::v1) fn entries(inputs: Vec<Input>) -> Vec<Entry> {
    inputs.into_iter().map(Entry::from).collect()
}
