//! Reading of a value from JSON, by the type of the field or by the shape of the JSON.
//!
//! | type | JSON |
//! | --- | --- |
//! | `short_text`, `long_text`, `url`, `single_select` | a text |
//! | `date` | a text `2026-01-02` |
//! | `yes_no`, `boolean` | true or false |
//! | `multi_select` | an array of texts |
//! | `number` | a number, or a text with one |
//! | `currency` | an object of amount and currency, an amount alone, or a text such as `$123,000` |
//! | `currency_range`, `number_range` | an object of two ends |
//! | `user` | an object with the user's id |
//!
//! Versions of the service call the parts of amounts and ranges by different names, and never by the same for different
//! things; all are known here.

use chrono::NaiveDate;
use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::typed::{Money, Range, TypedValue, User};
use super::{Amount, ValueType};
use crate::{Date, Json};

const AMOUNT: &[&str] = &["value", "amount"];
const MIN: &[&str] = &["min_value", "min_amount"];
const MAX: &[&str] = &["max_value", "max_amount"];
const CURRENCY: &[&str] = &["currency", "unit", "currency_code"];

/// By the declared type. Where that is not known, by the shape.
pub(super) fn by_type<'a>(value_type: &ValueType, json: &'a Json) -> TypedValue<'a> {
    let value = json.value();
    if json.is_null() {
        return TypedValue::Empty;
    }
    let typed = match value_type {
        ValueType::ShortText | ValueType::LongText => value.as_str().map(TypedValue::Text),
        ValueType::Url => value.as_str().map(TypedValue::Url),
        ValueType::SingleSelect => value.as_str().map(TypedValue::SingleSelect),
        ValueType::Date => value.as_str().and_then(date).map(TypedValue::Date),
        ValueType::YesNo | ValueType::Boolean => value.as_bool().map(TypedValue::YesNo),
        ValueType::MultiSelect => texts(value).map(TypedValue::MultiSelect),
        ValueType::Number => amount(json)
            .filter(Amount::is_number)
            .map(TypedValue::Number),
        ValueType::Currency => money(json).map(TypedValue::Currency),
        ValueType::CurrencyRange => range(json).map(TypedValue::CurrencyRange),
        ValueType::NumberRange => range(json).map(TypedValue::NumberRange),
        ValueType::User => user(value).map(TypedValue::User),
        ValueType::Unknown(_) => return by_shape(json),
    };
    typed.unwrap_or(TypedValue::Unknown(value))
}

/// By the shape alone. A text is one, unless it looks like a day or a URL.
pub(super) fn by_shape(json: &Json) -> TypedValue<'_> {
    let value = json.value();
    let typed = match value {
        // Also beyond the range of what `value` holds as a number.
        _ if is_number(json.text()) => Some(TypedValue::Number(Amount::written(json.text()))),
        Value::Null => Some(TypedValue::Empty),
        Value::Bool(value) => Some(TypedValue::YesNo(*value)),
        Value::Number(number) => Some(TypedValue::Number(number.clone().into())),
        Value::String(text) => Some(if let Some(day) = day(text) {
            TypedValue::Date(day)
        } else if ["https://", "http://"].iter().any(|s| text.starts_with(s)) {
            TypedValue::Url(text)
        } else {
            TypedValue::Text(text)
        }),
        Value::Array(_) => texts(value).map(TypedValue::MultiSelect),
        Value::Object(parts) => {
            if has(parts, MIN) || has(parts, MAX) {
                range(json).map(|range| match range.currency {
                    Some(_) => TypedValue::CurrencyRange(range),
                    None => TypedValue::NumberRange(range),
                })
            } else if has(parts, AMOUNT) && has(parts, CURRENCY) {
                money(json).map(TypedValue::Currency)
            } else {
                user(value).map(TypedValue::User)
            }
        }
    };
    typed.unwrap_or(TypedValue::Unknown(value))
}

/// A day in the form that the service writes, and no other: a guess should not go further.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let date = (text.len() == 10).then(|| date(text))?;
    date.filter(|date| date.to_string() == text)
}

fn date(text: &str) -> Option<NaiveDate> {
    text.parse::<Date>().ok()?.to_naive_date()
}

fn texts(value: &Value) -> Option<Vec<&str>> {
    value.as_array()?.iter().map(Value::as_str).collect()
}

fn money(json: &Json) -> Option<Money<'_>> {
    let (amount, currency) = match json.value() {
        Value::Object(parts) => (amount_part(json, parts, AMOUNT)?, currency(parts)?),
        _ => (amount(json)?, None),
    };
    Some(Money { amount, currency })
}

fn range(json: &Json) -> Option<Range<'_>> {
    let parts = json.value().as_object()?;
    if !has(parts, MIN) && !has(parts, MAX) {
        return None;
    }
    Some(Range {
        min: end(json, parts, MIN)?,
        max: end(json, parts, MAX)?,
        currency: currency(parts)?,
    })
}

fn user(value: &Value) -> Option<User<'_>> {
    let parts = value.as_object()?;
    let text = |name: &str| parts.get(name).and_then(Value::as_str);
    parts.get("user_id").map(|id| User {
        id: id.as_i64(),
        name: text("name"),
        email: text("email"),
    })
}

/// One end of a range. `None` if it is no number; no end at all is one that is missing or null.
#[allow(clippy::option_option)]
fn end<'a>(
    json: &'a Json,
    parts: &'a Map<String, Value>,
    names: &[&str],
) -> Option<Option<Amount<'a>>> {
    match part(parts, names) {
        None | Some(Value::Null) => Some(None),
        Some(_) => amount_part(json, parts, names).map(Some),
    }
}

fn amount(json: &Json) -> Option<Amount<'_>> {
    if is_number(json.text()) {
        return Some(Amount::written(json.text()));
    }
    Amount::of(json.value())
}

/// The amount under one of the names: a number with all its digits, which `parts` need not have.
fn amount_part<'a>(
    json: &'a Json,
    parts: &'a Map<String, Value>,
    names: &[&str],
) -> Option<Amount<'a>> {
    let name = names.iter().find(|name| parts.contains_key(**name))?;
    match member(json.text(), name) {
        Some(number) if is_number(number) => Some(Amount::written(number)),
        _ => Amount::of(parts.get(*name)?),
    }
}

fn is_number(json: &str) -> bool {
    json.starts_with(|first: char| first == '-' || first.is_ascii_digit())
}

/// The JSON text of the last member of an object that has this name.
fn member<'a>(object: &'a str, name: &str) -> Option<&'a str> {
    let member = serde_json::Deserializer::from_str(object).deserialize_map(Member(name));
    member.ok()?.map(RawValue::get)
}

struct Member<'n>(&'n str);

impl<'de> Visitor<'de> for Member<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some((name, value)) = map.next_entry::<std::borrow::Cow<'de, str>, _>()? {
            if name == self.0 {
                found = Some(value);
            }
        }
        Ok(found)
    }
}

/// The currency. `None` if it is no text; no currency at all is one that is missing or null.
#[allow(clippy::option_option)]
fn currency(parts: &Map<String, Value>) -> Option<Option<&str>> {
    match part(parts, CURRENCY) {
        None | Some(Value::Null) => Some(None),
        Some(value) => value.as_str().map(Some),
    }
}

fn part<'a>(parts: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| parts.get(*name))
}

fn has(parts: &Map<String, Value>, names: &[&str]) -> bool {
    part(parts, names).is_some()
}

#[cfg(test)]
mod tests;
