//! How JSON is read as the value of a field, by the field's type or by the shape of the JSON.
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
use serde_json::{Map, Value};

use super::typed::{Money, Range, TypedValue, User};
use super::{Amount, ValueType};
use crate::Date;

const AMOUNT: &[&str] = &["value", "amount"];
const MIN: &[&str] = &["min_value", "min_amount"];
const MAX: &[&str] = &["max_value", "max_amount"];
const CURRENCY: &[&str] = &["currency", "unit", "currency_code"];

/// By the declared type. Where that is not known, by the shape.
pub(super) fn by_type<'a>(value_type: &ValueType, value: &'a Value) -> TypedValue<'a> {
    if value.is_null() {
        return TypedValue::Empty;
    }
    let typed = match value_type {
        ValueType::ShortText | ValueType::LongText => value.as_str().map(TypedValue::Text),
        ValueType::Url => value.as_str().map(TypedValue::Url),
        ValueType::SingleSelect => value.as_str().map(TypedValue::SingleSelect),
        ValueType::Date => value.as_str().and_then(date).map(TypedValue::Date),
        ValueType::YesNo | ValueType::Boolean => value.as_bool().map(TypedValue::YesNo),
        ValueType::MultiSelect => texts(value).map(TypedValue::MultiSelect),
        ValueType::Number => Amount::of(value)
            .filter(Amount::is_number)
            .map(TypedValue::Number),
        ValueType::Currency => money(value).map(TypedValue::Currency),
        ValueType::CurrencyRange => range(value).map(TypedValue::CurrencyRange),
        ValueType::NumberRange => range(value).map(TypedValue::NumberRange),
        ValueType::User => user(value).map(TypedValue::User),
        ValueType::Unknown(_) => return by_shape(value),
    };
    typed.unwrap_or(TypedValue::Unknown(value))
}

/// By the shape alone. A text is one, unless it looks like a day or a URL.
pub(super) fn by_shape(value: &Value) -> TypedValue<'_> {
    let typed = match value {
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
                range(value).map(|range| match range.currency {
                    Some(_) => TypedValue::CurrencyRange(range),
                    None => TypedValue::NumberRange(range),
                })
            } else if has(parts, AMOUNT) && has(parts, CURRENCY) {
                money(value).map(TypedValue::Currency)
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

fn money(value: &Value) -> Option<Money<'_>> {
    let (amount, currency) = match value {
        Value::Object(parts) => (part(parts, AMOUNT)?, currency(parts)?),
        amount => (amount, None),
    };
    Some(Money {
        amount: Amount::of(amount)?,
        currency,
    })
}

fn range(value: &Value) -> Option<Range<'_>> {
    let parts = value.as_object()?;
    if !has(parts, MIN) && !has(parts, MAX) {
        return None;
    }
    Some(Range {
        min: end(parts, MIN)?,
        max: end(parts, MAX)?,
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
fn end<'a>(parts: &'a Map<String, Value>, names: &[&str]) -> Option<Option<Amount<'a>>> {
    match part(parts, names) {
        None | Some(Value::Null) => Some(None),
        Some(value) => Amount::of(value).map(Some),
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
