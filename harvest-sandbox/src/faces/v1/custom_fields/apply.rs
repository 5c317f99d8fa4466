//! Changing values as a request says.

use serde::Deserialize;

use crate::clock;
use crate::domain::custom_fields::{CustomField, Field, Fields, ValueType, Values};
use crate::domain::unique::unique;
use crate::domain::users::USER;
use crate::http::refusal::Outcome;
use crate::json::{Value, json};
use crate::refusal::Problems;
use crate::store::View;

/// An entry of `custom_fields` in a body.
#[derive(Clone, Debug, Deserialize)]
pub(in crate::faces::v1) struct Input {
    pub(super) id: Option<i64>,
    pub(super) name_key: Option<String>,
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

/// Sets and removes values one by one. `at` is the place in the body, with a dot at its end if it is not empty: what is
/// wrong is told as a problem of `custom_fields.0` there, and so on.
pub(in crate::faces::v1) fn apply(
    view: &View<'_>,
    field_type: &str,
    inputs: &[Input],
    values: &mut Values,
    at: &str,
    problems: &mut Problems,
) -> Outcome<()> {
    if inputs.is_empty() {
        return Ok(());
    }
    let fields = Fields::of_type(view, field_type)?;
    for (place, input) in inputs.iter().enumerate() {
        let at = format!("{at}custom_fields.{place}");
        let Some(field) = fields.named_by(input.id, input.name_key.as_deref()) else {
            problems.add(
                &at,
                format!("There is no such {} field", field_type.replace('_', " ")),
            );
            continue;
        };
        if input.delete_value.is_some() {
            if field.required {
                problems.add(&at, "A required field can't be cleared");
            } else {
                values.remove(&field.id);
            }
            continue;
        }
        match field.accept(view, input)? {
            // Null, blank and an empty list change nothing.
            Ok(None) => {}
            Ok(Some(value)) => {
                values.insert(field.id, value);
            }
            Err(message) => problems.add(&at, message),
        }
    }
    Ok(())
}

impl CustomField {
    /// Whether an entry has no value for this field.
    pub(super) fn is_blank(&self, input: &Input) -> bool {
        if self.value_type.is_range() {
            input.min_value.is_null() && input.max_value.is_null()
        } else {
            input.value.is_null() || input.value == "" || input.value == json!([])
        }
    }

    fn accept_range(&self, input: &Input) -> Result<Value, &'static str> {
        let (Some(min), Some(max)) = (number(&input.min_value), number(&input.max_value)) else {
            return Err("Needs both min_value and max_value, as numbers");
        };
        if min.as_f64() > max.as_f64() {
            return Err("min_value must not be greater than max_value");
        }
        if self.value_type == ValueType::NumberRange {
            return Ok(json!({"min_value": min, "max_value": max}));
        }
        let unit = currency(input.unit.as_deref());
        let unit = unit.ok_or("Needs a unit: a currency code such as EUR")?;
        Ok(json!({"min_value": min, "max_value": max, "unit": unit}))
    }
}

impl Field {
    /// The value to keep, if there is one, or what is wrong with it.
    fn accept(
        &self,
        view: &View<'_>,
        input: &Input,
    ) -> Outcome<Result<Option<Value>, &'static str>> {
        if self.is_blank(input) {
            return Ok(Ok(None));
        }
        let value = &input.value;
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
                _ => Err("Must be a text"),
            },
            ValueType::Url => match value.as_str().filter(|text| is_url(text)) {
                Some(_) => Ok(value.clone()),
                None => Err("Must be a URL that begins with http:// or https://"),
            },
            ValueType::Date => match value.as_str().and_then(clock::parse_day) {
                Some(day) => Ok(day.into()),
                None => Err("Must be an ISO 8601 date"),
            },
            ValueType::YesNo => match value {
                Value::Bool(_) => Ok(value.clone()),
                Value::String(text) if text == "true" || text == "false" => {
                    Ok((text == "true").into())
                }
                _ => Err("Must be true or false"),
            },
            ValueType::Number => number(value).ok_or("Must be a number"),
            ValueType::SingleSelect => match option(value) {
                Some(option) => Ok(option.id.into()),
                None => Err("Must be the id or the name of an option of this field"),
            },
            ValueType::MultiSelect => {
                let chosen = value.as_array().map(|all| {
                    let ids = all.iter().map(|one| option(one).map(|option| option.id));
                    ids.collect::<Option<Vec<_>>>()
                });
                match chosen.flatten() {
                    Some(ids) => Ok(json!(unique(ids))),
                    None => Err("Must be a list of ids of options of this field"),
                }
            }
            ValueType::User => match number(value).and_then(|id| id.as_i64()) {
                Some(id) if view.exists(&USER, id)? => Ok(id.into()),
                _ => Err("Must be the id of a user"),
            },
            ValueType::Currency => match (number(value), currency(input.unit.as_deref())) {
                (Some(value), Some(unit)) => Ok(json!({"value": value, "unit": unit})),
                (None, _) => Err("Must be a number"),
                (_, None) => Err("Needs a unit: a currency code such as EUR"),
            },
            ValueType::CurrencyRange | ValueType::NumberRange => self.accept_range(input),
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

/// A code of the form of ISO 4217. Which codes there are changes, and is nobody's business here.
fn currency(unit: Option<&str>) -> Option<&str> {
    unit.filter(|unit| unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase()))
}
