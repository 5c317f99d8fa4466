//! Values of custom fields, for people.

use super::names::user;
use crate::domain::custom_fields::{CustomField, Fields, ValueType, Values};
use crate::http::refusal::Outcome;
use crate::json::Value;
use crate::store::View;

/// A field with its value.
pub(super) struct Shown {
    pub(super) name: String,
    pub(super) value: String,
}

/// The values of a record, in the order of the fields. Those that are empty, or of fields that are gone, are left out.
pub(super) fn of(view: &View<'_>, field_type: &str, values: &Values) -> Outcome<Vec<Shown>> {
    let fields = Fields::of_type(view, field_type)?;
    let mut shown = Vec::new();
    for field in fields.all() {
        let Some(value) = values.get(&field.id) else {
            continue;
        };
        let value = text(view, &field.definition, value)?;
        if !value.is_empty() {
            shown.push(Shown {
                name: field.definition.name.clone(),
                value,
            });
        }
    }
    Ok(shown)
}

fn text(view: &View<'_>, field: &CustomField, value: &Value) -> Outcome<String> {
    Ok(match (value, field.value_type) {
        (Value::Null, _) => String::new(),
        (Value::Bool(yes), _) => if *yes { "Yes" } else { "No" }.to_owned(),
        (Value::Array(items), _) => {
            let items = items.iter().map(|it| text(view, field, it));
            items.collect::<Outcome<Vec<_>>>()?.join(", ")
        }
        (Value::Object(parts), _) => {
            let parts = parts.iter().filter(|(_, part)| !part.is_null());
            let parts =
                parts.map(|(name, part)| format!("{}: {}", name.replace('_', " "), plain(part)));
            parts.collect::<Vec<_>>().join(", ")
        }
        (_, ValueType::User) => {
            let id = value.as_i64();
            user(view, id)?.unwrap_or_else(|| plain(value))
        }
        (_, of) if of.has_options() => {
            let option = field
                .options
                .iter()
                .find(|it| Some(it.id) == value.as_i64());
            option.map_or_else(|| plain(value), |it| it.name.clone())
        }
        _ => plain(value),
    })
}

/// Texts without quotes, and numbers.
fn plain(value: &Value) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    }
}
