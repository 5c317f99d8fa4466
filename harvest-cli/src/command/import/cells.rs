//! Cells of a table as values of a request.

use harvest_export::catalog::Kind;
use harvest_generated::runtime::custom_field::{Definition, ValueType};
use serde_json::{Value, json};

/// What stands between several values of a cell.
const BETWEEN: char = ';';

/// The values of a cell.
pub(super) fn several(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(BETWEEN)
        .map(str::trim)
        .filter(|it| !it.is_empty())
}

/// A cell as a value of a property. The error never has the cell in it.
pub(super) fn value(cell: &str, kind: &Kind) -> Result<Value, String> {
    let cell = cell.trim();
    match kind {
        Kind::Boolean => match cell.to_lowercase().as_str() {
            "yes" | "true" | "y" | "1" => Ok(json!(true)),
            "no" | "false" | "n" | "0" => Ok(json!(false)),
            _ => Err("it is not yes or no".to_owned()),
        },
        Kind::Integer => {
            let number: Result<i64, _> = cell.parse();
            number
                .map(Value::from)
                .map_err(|_| "it is not a whole number".to_owned())
        }
        Kind::Number => {
            let number: Result<serde_json::Number, _> = serde_json::from_str(cell);
            number
                .map(Value::from)
                .map_err(|_| "it is not a number".to_owned())
        }
        Kind::Choice(known) => {
            let found = known
                .iter()
                .find(|it| it.to_lowercase() == cell.to_lowercase());
            found
                .map(|it| json!(it))
                .ok_or_else(|| match known.as_slice() {
                    few if few.len() <= 12 => format!("it is none of {}", few.join(", ")),
                    _ => "it is none of the values that are described".to_owned(),
                })
        }
        _ => Ok(json!(cell)),
    }
}

/// A cell as an id.
pub(super) fn id(cell: &str) -> Result<i64, String> {
    let id = cell.trim().parse();
    id.map_err(|_| "it is not an id".to_owned())
}

/// The form of an entry of a list of custom fields.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Units and bounds stand beside the value.
    Beside,
    /// They are within the value.
    Within,
}

/// A cell as an entry of a list of custom fields.
pub(super) fn entry(cell: &str, definition: &Definition, form: Form) -> Result<Value, String> {
    let parsed = definition.parse(cell).map_err(|error| error.to_string())?;
    if form == Form::Beside {
        return serde_json::to_value(parsed).map_err(|error| error.to_string());
    }
    let number = |value: Option<Value>| match value {
        // Entries take numbers only.
        Some(Value::String(text)) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        value => value.unwrap_or_default(),
    };
    let (value, unit) = (parsed.value, parsed.unit);
    let (min, max) = (parsed.min_value, parsed.max_value);
    let value = match definition.value_type {
        ValueType::Currency => json!({"amount": number(value), "currency_code": unit}),
        ValueType::CurrencyRange => json!({
            "min_amount": number(min), "max_amount": number(max), "currency_code": unit,
        }),
        ValueType::NumberRange => json!({"min_value": number(min), "max_value": number(max)}),
        ValueType::Number => number(value),
        _ => value.unwrap_or_default(),
    };
    Ok(match &definition.name_key {
        Some(key) => json!({"name_key": key, "value": value}),
        None => json!({"custom_field_id": definition.id, "value": value}),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_become_values() {
        assert_eq!(value("Yes", &Kind::Boolean), Ok(json!(true)));
        assert_eq!(value(" 7 ", &Kind::Integer), Ok(json!(7)));
        let zones = Kind::Choice(vec!["lisbon".to_owned()]);
        assert_eq!(value("Lisbon", &zones), Ok(json!("lisbon")));
        for (cell, kind) in [
            ("maybe", Kind::Boolean),
            ("7.5", Kind::Integer),
            ("Mars", zones),
        ] {
            let problem = value(cell, &kind).expect_err("it is none");
            assert!(!problem.contains(cell), "{problem}");
        }
        assert_eq!(several("a; b;;").collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn custom_fields_become_entries() {
        let of = |value_type: &str| {
            Definition::from_json(&json!({"id": 5, "name_key": "k", "value_type": value_type}))
        };
        for (kind, cell, expected) in [
            (
                "currency",
                "52000 EUR",
                json!({"amount": 52000, "currency_code": "EUR"}),
            ),
            (
                "currency_range",
                "5 - 7 EUR",
                json!({"min_amount": 5, "max_amount": 7, "currency_code": "EUR"}),
            ),
            (
                "number_range",
                "1 - 2",
                json!({"min_value": 1, "max_value": 2}),
            ),
            ("number", "7", json!(7)),
            ("yes_no", "no", json!(false)),
            ("date", "2 Jan 2026", json!("2026-01-02")),
        ] {
            let made = entry(cell, &of(kind), Form::Within).expect("an entry");
            assert_eq!(made, json!({"name_key": "k", "value": expected}), "{kind}");
        }
        assert!(entry("soon", &of("date"), Form::Within).is_err());
        let made = entry("52000 EUR", &of("currency"), Form::Beside).expect("an entry");
        assert_eq!(
            made,
            json!({"name_key": "k", "value": 52000, "unit": "EUR"})
        );
    }
}
