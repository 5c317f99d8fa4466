//! Entries by the same rules: each is taken apart into what the rules look at, and put together again.

use serde_json::{Map, Value};

use super::{Checked, Rules, check};
use crate::custom_field::{
    CustomFieldEntry, CustomFieldInput, Definition, FieldDefinition, InvalidCustomField, ValueType,
};

/// The parts of an amount and of ranges in an entry.
const AMOUNT: [&str; 2] = ["amount", "currency_code"];
const AMOUNTS: [&str; 3] = ["min_amount", "max_amount", "currency_code"];
const NUMBERS: [&str; 2] = ["min_value", "max_value"];

/// The entry as it is to be sent, with names of options as ids.
fn check_entry(mut entry: CustomFieldEntry, definition: &Definition) -> Checked<CustomFieldEntry> {
    let rules = Rules { definition };
    let input = parts(&entry, &rules)?;
    let is_whole = input.min_value.is_none() && input.unit.is_none();
    let checked = check(input, definition)?;
    // Of several parts, none is changed by the rules.
    if let Some(value) = checked.value.filter(|_| is_whole) {
        entry.value = value;
    }
    Ok(entry)
}

fn parts(entry: &CustomFieldEntry, rules: &Rules<'_>) -> Checked<CustomFieldInput> {
    let mut input = CustomFieldInput {
        id: entry.custom_field_id,
        name_key: entry.name_key.clone(),
        ..CustomFieldInput::default()
    };
    if entry.value.is_null() {
        input.delete_value = Some("true".to_owned());
        return Ok(input);
    }
    let object = entry.value.as_object();
    match rules.definition.value_type {
        ValueType::Currency => {
            let parts = amounts(object, &AMOUNT, rules)?;
            input.value = parts.get(AMOUNT[0]).cloned();
            input.unit = text(parts, AMOUNT[1]);
        }
        ValueType::CurrencyRange => {
            let parts = amounts(object, &AMOUNTS, rules)?;
            input.min_value = parts.get(AMOUNTS[0]).cloned();
            input.max_value = parts.get(AMOUNTS[1]).cloned();
            input.unit = text(parts, AMOUNTS[2]);
        }
        ValueType::NumberRange => {
            let parts = amounts(object, &NUMBERS, rules)?;
            input.min_value = parts.get(NUMBERS[0]).cloned();
            input.max_value = parts.get(NUMBERS[1]).cloned();
        }
        _ => input.value = Some(entry.value.clone()),
    }
    Ok(input)
}

/// The value as an object that has all of these. It may have more: an offer's amount says why, and how often it is paid.
fn amounts<'v>(
    object: Option<&'v Map<String, Value>>,
    names: &[&str],
    rules: &Rules<'_>,
) -> Checked<&'v Map<String, Value>> {
    let object = object.filter(|object| names.iter().all(|name| object.contains_key(*name)));
    let value_type = &rules.definition.value_type;
    match object {
        Some(object) => Ok(object),
        None => rules.fail(
            format!(
                "the value of a field of the type {value_type} has parts, and not all are there"
            ),
            format!("send an object with {}", names.join(", ")),
        ),
    }
}

fn text(parts: &Map<String, Value>, name: &str) -> Option<String> {
    let text = parts.get(name)?;
    // What is no text is no code of a currency either.
    Some(text.as_str().unwrap_or_default().to_owned())
}

impl CustomFieldEntry {
    /// The same, if the field takes it: see [`CustomFieldInput::checked`](CustomFieldInput::checked).
    ///
    /// ```
    /// use harvest_runtime::custom_field::{CustomFieldEntry, Definition};
    /// use serde_json::json;
    ///
    /// let definition = Definition::from_json(&json!({
    ///     "name_key": "seasons", "value_type": "multi_select",
    ///     "custom_field_options": [{"id": 11, "name": "Spring"}, {"id": 12, "name": "Autumn"}],
    /// }));
    /// let seasons = CustomFieldEntry::by_key("seasons");
    /// let checked = seasons.clone().options_named(["Autumn"]).checked(&definition)?;
    /// assert_eq!(serde_json::to_value(&checked)?, json!({"name_key": "seasons", "value": [12]}));
    /// assert!(seasons.options_named(["Winter"]).checked(&definition).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// What the service would refuse, or ignore, and what would be right. Never the value.
    pub fn checked(self, definition: &impl FieldDefinition) -> Result<Self, InvalidCustomField> {
        check_entry(self, &definition.definition())
    }
}
