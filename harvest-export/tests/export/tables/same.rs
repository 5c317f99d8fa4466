//! Comparison of a row with the record that it was made of.

use std::collections::BTreeMap;

use harvest_generated::runtime::chrono::{DateTime, NaiveDate, TimeDelta};
use parquet::record::{Field, Row};
use serde_json::Value;

/// The columns of a row by their names.
pub(super) fn named(row: &Row) -> BTreeMap<String, Field> {
    let columns = row.get_column_iter();
    columns
        .map(|(name, field)| (name.clone(), field.clone()))
        .collect()
}

pub(super) fn json(field: Option<&Field>) -> Value {
    match field {
        Some(Field::Str(text)) => serde_json::from_str(text).expect("JSON"),
        _ => Value::Null,
    }
}

/// Whether a column has what a record has. `unknown` and `conflict` have what the column does not.
fn same(value: &Value, field: &Field, unknown: &Value, conflict: &Value) -> Result<(), String> {
    let differs = || Err(format!("{value} is {field:?}"));
    let is_same = match (value, field) {
        (Value::Null, Field::Null) => true,
        (_, Field::Null) => value == conflict,
        (Value::String(text), Field::Str(found)) => {
            text == found || serde_json::from_str::<Value>(found).is_ok_and(|it| it == *value)
        }
        (_, Field::Str(found)) => serde_json::from_str::<Value>(found).is_ok_and(|it| it == *value),
        (Value::Bool(value), Field::Bool(found)) => value == found,
        (Value::Number(number), Field::Long(found)) => number.as_i64() == Some(*found),
        (Value::Number(number), Field::Double(found)) => number.as_f64() == Some(*found),
        (Value::String(text), Field::TimestampMicros(found)) => {
            let moment = DateTime::parse_from_rfc3339(text);
            moment.is_ok_and(|it| it.timestamp_micros() == *found)
        }
        (Value::String(text), Field::Date(found)) => {
            let date = NaiveDate::default() + TimeDelta::days(i64::from(*found));
            *text == date.to_string()
        }
        (Value::Array(items), Field::ListInternal(list)) => {
            let found = list.elements();
            if items.len() != found.len() {
                return differs();
            }
            for (at, (item, found)) in items.iter().zip(found).enumerate() {
                same(item, found, &unknown[at], &conflict[at])?;
            }
            true
        }
        (Value::Object(_), Field::Group(group)) => {
            return of_object(value, &named(group), unknown, conflict);
        }
        _ => false,
    };
    if is_same { Ok(()) } else { differs() }
}

/// Whether columns have what an object has.
pub(super) fn of_object(
    value: &Value,
    columns: &BTreeMap<String, Field>,
    unknown: &Value,
    conflict: &Value,
) -> Result<(), String> {
    let object = value.as_object().ok_or("no object")?;
    for (name, column) in columns.iter().filter(|(name, _)| !name.starts_with('_')) {
        let value = object.get(name).unwrap_or(&Value::Null);
        same(value, column, &unknown[name], &conflict[name])
            .map_err(|problem| format!("{name}: {problem}"))?;
    }
    for (name, value) in object
        .iter()
        .filter(|(name, _)| !columns.contains_key(*name))
    {
        if unknown[name] != *value {
            return Err(format!("{name} is lost"));
        }
    }
    Ok(())
}
