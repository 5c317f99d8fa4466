//! Values of custom fields, as v3 shows them and as bodies send them.

use std::rc::Rc;

use serde::Deserialize;

use crate::domain::custom_fields::{Entries, Entry, Field, Fields, ValueType, Values};
use crate::domain::users::{USER, User};
use crate::http::refusal::Outcome;
use crate::json::{Map, Value, json};
use crate::store::View;

/// An entry of `custom_fields` in a body.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Input {
    custom_field_id: Option<i64>,
    name_key: Option<String>,
    /// Null clears. Amounts and ranges are objects.
    #[serde(default)]
    value: Value,
}

/// The entries of a body, as the domain takes them.
pub(super) fn entries(inputs: Vec<Input>) -> Vec<Entry> {
    inputs.into_iter().map(Entry::from).collect()
}

/// The entries of a body that has all of them, as some resources are documented; without any, values stay.
pub(super) fn all(inputs: Option<Vec<Input>>) -> Entries {
    let inputs = inputs.map(|inputs| Entries::All(entries(inputs)));
    inputs.unwrap_or_default()
}

impl From<Input> for Entry {
    fn from(it: Input) -> Self {
        let mut entry = Self {
            id: it.custom_field_id,
            name_key: it.name_key,
            clears: it.value.is_null(),
            ..Self::default()
        };
        let Some(parts) = it.value.as_object() else {
            entry.value = it.value;
            return entry;
        };
        let part = |names: [&str; 2]| {
            let known = names.iter().find_map(|name| parts.get(*name));
            known.cloned().unwrap_or_default()
        };
        entry.value = part(["amount", "value"]);
        entry.min_value = part(["min_amount", "min_value"]);
        entry.max_value = part(["max_amount", "max_value"]);
        let unit = part(["currency_code", "unit"]);
        entry.unit = unit.as_str().map(str::to_owned);
        entry
    }
}

/// The active fields of a type of record by their keys, with the values that a record has.
pub(super) fn shown(view: &View<'_>, field_type: &str, values: &Values) -> Outcome<Map> {
    let mut shown = Map::new();
    for field in Fields::of_type(view, field_type)?.active() {
        let value = match values.get(&field.id) {
            Some(value) => value_of(view, field, value)?,
            None => Value::Null,
        };
        let entry = json!({"name": field.name, "type": field.value_type, "value": value});
        shown.insert(field.name_key.clone(), entry);
    }
    Ok(shown)
}

/// Options are shown by their names, amounts with the keys by which they are written.
fn value_of(view: &View<'_>, field: &Field, value: &Value) -> Outcome<Value> {
    let option = |value: &Value| {
        let option = value.as_i64().and_then(|id| field.option(id));
        option.map(|option| option.name.as_str())
    };
    Ok(match field.value_type {
        _ if value.is_null() => Value::Null,
        ValueType::SingleSelect => option(value).into(),
        ValueType::MultiSelect => {
            let chosen = value.as_array().into_iter().flatten();
            chosen.filter_map(option).collect()
        }
        ValueType::User => {
            let id = value.as_i64().unwrap_or_default();
            let user: Option<Rc<User>> = view.shared(&USER, id)?;
            json!(user.map(|user| json!({
                "name": user.name(),
                "email": user.primary_email(),
                "user_id": id,
            })))
        }
        ValueType::Currency => {
            json!({"amount": value["value"], "currency_code": value["unit"]})
        }
        ValueType::CurrencyRange => json!({
            "min_amount": value["min_value"],
            "max_amount": value["max_value"],
            "currency_code": value["unit"],
        }),
        _ => value.clone(),
    })
}
