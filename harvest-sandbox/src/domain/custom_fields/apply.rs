//! Setting and removing values of records.

use super::{CustomField, Field, Fields, ValueType, Values};
use crate::clock;
use crate::domain::unique::unique;
use crate::domain::users::USER;
use crate::json::{Value, json};
use crate::refusal::{Outcome, Problems, Rule, ValueForm};
use crate::store::View;

/// A value to set or to remove.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    /// Of the field.
    pub(crate) id: Option<i64>,
    /// Of the field, if there is no id.
    pub(crate) name_key: Option<String>,
    /// Blank where the field has a range.
    pub(crate) value: Value,
    /// The code of a currency.
    pub(crate) unit: Option<String>,
    pub(crate) min_value: Value,
    pub(crate) max_value: Value,
    /// Whether the value is to be removed.
    pub(crate) clears: bool,
}

/// Sets and removes values one by one. `at` is the path of the record, with a dot at its end if it is not empty: problems
/// are at `custom_fields.0` there, and so on.
pub(crate) fn apply(
    view: &View<'_>,
    field_type: &str,
    entries: &[Entry],
    values: &mut Values,
    at: &str,
    problems: &mut Problems,
) -> Outcome<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let fields = Fields::of_type(view, field_type)?;
    for (place, entry) in entries.iter().enumerate() {
        let at = format!("{at}custom_fields.{place}");
        let Some(field) = fields.named_by(entry.id, entry.name_key.as_deref()) else {
            problems.add(&at, Rule::NoField(field_type.to_owned()));
            continue;
        };
        if entry.clears {
            if field.required {
                problems.add(&at, Rule::RequiredField);
            } else {
                values.remove(&field.id);
            }
            continue;
        }
        match field.accept(view, entry)? {
            // Null, blank and an empty list change nothing.
            Ok(None) => {}
            Ok(Some(value)) => {
                values.insert(field.id, value);
            }
            Err(form) => problems.add(&at, Rule::Value(form)),
        }
    }
    Ok(())
}

impl CustomField {
    /// Whether an entry has no value for this field.
    pub(crate) fn is_blank(&self, entry: &Entry) -> bool {
        if self.value_type.is_range() {
            entry.min_value.is_null() && entry.max_value.is_null()
        } else {
            entry.value.is_null() || entry.value == "" || entry.value == json!([])
        }
    }

    fn accept_range(&self, entry: &Entry) -> Result<Value, ValueForm> {
        let (Some(min), Some(max)) = (number(&entry.min_value), number(&entry.max_value)) else {
            return Err(ValueForm::Range);
        };
        if min.as_f64() > max.as_f64() {
            return Err(ValueForm::Order);
        }
        if self.value_type == ValueType::NumberRange {
            return Ok(json!({"min_value": min, "max_value": max}));
        }
        let unit = currency(entry.unit.as_deref());
        let unit = unit.ok_or(ValueForm::Unit)?;
        Ok(json!({"min_value": min, "max_value": max, "unit": unit}))
    }
}

impl Field {
    /// The value to keep, if there is one, or what is wrong with it.
    fn accept(&self, view: &View<'_>, entry: &Entry) -> Outcome<Result<Option<Value>, ValueForm>> {
        if self.is_blank(entry) {
            return Ok(Ok(None));
        }
        let value = &entry.value;
        let by_id = |id| self.option(id).filter(|option| option.active);
        let option = |value: &Value| match value {
            Value::Number(id) => id.as_i64().and_then(by_id),
            Value::String(text) => {
                let by_name = self.option_named(text);
                by_name.or_else(|| by_id(text.parse().ok()?))
            }
            _ => None,
        };
        let accepted = match self.value_type {
            ValueType::ShortText | ValueType::LongText => match value {
                Value::String(_) => Ok(value.clone()),
                _ => Err(ValueForm::Text),
            },
            ValueType::Url => match value.as_str().filter(|text| is_url(text)) {
                Some(_) => Ok(value.clone()),
                None => Err(ValueForm::Url),
            },
            ValueType::Date => match value.as_str().and_then(clock::parse_day) {
                Some(day) => Ok(day.into()),
                None => Err(ValueForm::Date),
            },
            ValueType::YesNo => match value {
                Value::Bool(_) => Ok(value.clone()),
                Value::String(text) if text == "true" || text == "false" => {
                    Ok((text == "true").into())
                }
                _ => Err(ValueForm::Boolean),
            },
            ValueType::Number => number(value).ok_or(ValueForm::Number),
            ValueType::SingleSelect => match option(value) {
                Some(option) => Ok(option.id.into()),
                None => Err(ValueForm::Option),
            },
            ValueType::MultiSelect => {
                let chosen = value.as_array().map(|all| {
                    let ids = all.iter().map(|one| option(one).map(|option| option.id));
                    ids.collect::<Option<Vec<_>>>()
                });
                match chosen.flatten() {
                    Some(ids) => Ok(json!(unique(ids))),
                    None => Err(ValueForm::Options),
                }
            }
            ValueType::User => match number(value).and_then(|id| id.as_i64()) {
                Some(id) if view.exists(&USER, id)? => Ok(id.into()),
                _ => Err(ValueForm::User),
            },
            ValueType::Currency => match (number(value), currency(entry.unit.as_deref())) {
                (Some(value), Some(unit)) => Ok(json!({"value": value, "unit": unit})),
                (None, _) => Err(ValueForm::Number),
                (_, None) => Err(ValueForm::Unit),
            },
            ValueType::CurrencyRange | ValueType::NumberRange => self.accept_range(entry),
        };
        Ok(accepted.map(Some))
    }
}

/// A number, or the text of one.
fn number(value: &Value) -> Option<Value> {
    match value {
        Value::Number(_) => Some(value.clone()),
        Value::String(text) => match serde_json::from_str(text.trim()) {
            Ok(Value::Number(number)) => Some(number.into()),
            _ => None,
        },
        _ => None,
    }
}

/// An address of the web, as far as one can tell without going there.
fn is_url(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.starts_with('/') && !rest.is_empty() && !rest.contains(char::is_whitespace)
    })
}

/// A code of the form of ISO 4217. The codes of the standard change, and are not checked.
fn currency(unit: Option<&str>) -> Option<&str> {
    unit.filter(|unit| unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase()))
}
