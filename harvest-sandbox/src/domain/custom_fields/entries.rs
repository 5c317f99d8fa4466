//! Values of a record to set, with or without the others.

use super::{Entry, Fields, Values, apply};
use crate::refusal::{Outcome, Problems, Rule};
use crate::store::View;

/// What becomes of the values of a record.
#[derive(Clone, Debug)]
pub(crate) enum Entries {
    /// These are set or removed; the others stay.
    Some(Vec<Entry>),
    /// These are all that the record is to have.
    All(Vec<Entry>),
}

impl Default for Entries {
    fn default() -> Self {
        Self::Some(Vec::new())
    }
}

impl From<Vec<Entry>> for Entries {
    fn from(entries: Vec<Entry>) -> Self {
        Self::Some(entries)
    }
}

impl Entries {
    /// Changes values as they say: see [`apply`]. Values of fields that are not active stay in any case, since no entry can
    /// name their field.
    pub(crate) fn apply(
        &self,
        view: &View<'_>,
        field_type: &str,
        values: &mut Values,
        problems: &mut Problems,
    ) -> Outcome<()> {
        let entries = match self {
            Self::Some(entries) => return apply(view, field_type, entries, values, "", problems),
            Self::All(entries) => entries,
        };
        let mut before = std::mem::take(values);
        apply(view, field_type, entries, values, "", problems)?;
        for field in Fields::of_type(view, field_type)?.active() {
            let had_value = before.remove(&field.id).is_some();
            if field.required && had_value && !values.contains_key(&field.id) {
                problems.add("custom_fields", Rule::RequiredField);
            }
        }
        values.extend(before);
        Ok(())
    }
}
