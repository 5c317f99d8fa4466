//! The custom fields of every documented example: each value is of the type that stands beside it.

use std::collections::BTreeMap;

use harvest_runtime::custom_field::{
    CustomFieldInput, CustomFieldValues, KeyedCustomFields, TypedValue,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::folder::text;

/// What was seen, by what it is.
type Counts = BTreeMap<String, usize>;

#[test]
fn the_values_of_custom_fields_are_of_their_types() {
    let Some(facts) = super::facts() else { return };
    let mut counts = Counts::new();
    for file in facts.all_examples() {
        // One example does not parse; another test reads its repaired copy.
        if let Ok(example) = serde_json::from_str(&text(&file)) {
            look_into(&example, &mut counts);
        }
    }
    println!("custom fields of documented examples: {counts:?}");
    for kind in [
        "Currency(..)",
        "CurrencyRange(..)",
        "Date(..)",
        "Empty",
        "MultiSelect(..)",
        "SingleSelect(..)",
        "Text(..)",
        "User(..)",
        "YesNo(..)",
        "values by name",
        "changes",
    ] {
        assert!(counts.contains_key(kind), "{kind} is in no example");
    }
}

fn look_into(example: &Value, counts: &mut Counts) {
    match example {
        Value::Array(items) => items.iter().for_each(|item| look_into(item, counts)),
        Value::Object(map) => {
            for (name, value) in map {
                match (name.as_str(), value) {
                    ("keyed_custom_fields", Value::Object(_)) => keyed(value, counts),
                    ("custom_fields", Value::Object(_)) => values(value, counts),
                    ("custom_fields", Value::Array(_)) => changes(value, counts),
                    _ => look_into(value, counts),
                }
            }
        }
        _ => {}
    }
}

fn keyed(value: &Value, counts: &mut Counts) {
    let fields: KeyedCustomFields = round_trip(value);
    for key in fields.keys() {
        let typed = fields.typed(key);
        assert!(!matches!(typed, TypedValue::Unknown(_)), "{key} of {value}");
        *counts.entry(format!("{typed:?}")).or_default() += 1;
    }
}

fn values(value: &Value, counts: &mut Counts) {
    let fields: CustomFieldValues = round_trip(value);
    for (key, field) in fields.iter() {
        let typed = field.typed();
        assert!(!matches!(typed, TypedValue::Unknown(_)), "{key} of {value}");
        *counts.entry("values by name".to_owned()).or_default() += 1;
    }
}

fn changes(value: &Value, counts: &mut Counts) {
    let changes: Vec<CustomFieldInput> = round_trip(value);
    *counts.entry("changes".to_owned()).or_default() += changes.len();
}

fn round_trip<T: DeserializeOwned + Serialize>(value: &Value) -> T {
    let read: T = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(&serde_json::to_value(&read).unwrap(), value);
    read
}
