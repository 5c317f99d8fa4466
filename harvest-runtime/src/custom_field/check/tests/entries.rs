//! Entries against the same definitions.

use super::*;
use crate::custom_field::CustomFieldEntry;

fn entry(value: Value) -> CustomFieldEntry {
    CustomFieldEntry::by_key("k").json(value)
}

#[test]
fn what_fits_is_sent() {
    for (value_type, sent) in [
        ("short_text", json!("a")),
        ("url", json!("https://example.com/a")),
        ("date", json!("2026-01-02")),
        ("yes_no", json!(false)),
        ("number", json!(7.5)),
        ("user", json!(4_711)),
        (
            "currency",
            json!({"amount": 52_000, "currency_code": "EUR"}),
        ),
        (
            "currency",
            json!({"amount": 5, "currency_code": "EUR", "frequency": "hourly"}),
        ),
        (
            "currency_range",
            json!({"min_amount": 1, "max_amount": 2, "currency_code": "EUR"}),
        ),
        ("number_range", json!({"min_value": 1, "max_value": 2})),
        ("single_select", json!(1)),
        ("multi_select", json!([1, 2])),
        ("rich_text", json!("<p>a</p>")),
        ("short_text", Value::Null),
    ] {
        let change = entry(sent.clone());
        let checked = change.checked(&definition(value_type));
        let checked = checked.unwrap_or_else(|error| panic!("{value_type} {sent}: {error}"));
        let expected = json!({"name_key": "k", "value": sent});
        assert_eq!(
            serde_json::to_value(checked).unwrap(),
            expected,
            "{value_type}"
        );
    }
}

#[test]
fn names_of_options_become_ids() {
    let select = entry(json!("Grey"))
        .checked(&definition("single_select"))
        .unwrap();
    assert_eq!(select.value, json!(5));
    let many = entry(json!(["Green", 2]))
        .checked(&definition("multi_select"))
        .unwrap();
    assert_eq!(many.value, json!([1, 2]));
}

#[test]
fn what_does_not_fit_is_refused() {
    for (value_type, value, says) in [
        ("short_text", json!(5), "not a text"),
        ("short_text", json!(" "), "null and blank"),
        ("date", json!("soon"), "not a day"),
        ("user", json!("Mira"), "id of a user"),
        (
            "currency",
            json!(5),
            "send an object with amount, currency_code",
        ),
        (
            "currency",
            json!({"amount": 5}),
            "send an object with amount, currency_code",
        ),
        (
            "currency",
            json!({"amount": 5, "currency_code": 7}),
            "ISO 4217",
        ),
        (
            "currency",
            json!({"amount": HUSH, "currency_code": "EUR"}),
            "not a number",
        ),
        (
            "currency_range",
            json!({"min_amount": 3, "max_amount": 2, "currency_code": "EUR"}),
            "above its max_value",
        ),
        (
            "number_range",
            json!({"min_value": 3}),
            "send an object with min_value, max_value",
        ),
        (
            "number_range",
            json!({"min_value": 3, "max_value": 2}),
            "above",
        ),
        ("single_select", json!("Mauve"), "can no longer be chosen"),
        ("single_select", json!(HUSH), "no option has this name"),
        ("multi_select", json!([]), "empty list"),
    ] {
        let error = entry(value.clone())
            .checked(&definition(value_type))
            .unwrap_err();
        let text = error.to_string();
        assert!(text.contains(says), "{value_type} {value}: {text}");
        assert!(!text.contains(HUSH), "{text}");
    }
    let required = Definition {
        required: true,
        ..definition("short_text")
    };
    let error = entry(Value::Null).checked(&required).unwrap_err();
    assert!(error.to_string().contains("required"), "{error}");
    let other = CustomFieldEntry::by_key("other").text("a");
    assert!(other.checked(&definition("short_text")).is_err());
}

#[test]
fn all_entries_of_a_request_are_checked_at_once() {
    let definitions: Definitions = [definition("single_select")].iter().collect();
    let checked = definitions.check([CustomFieldEntry::by_id(7).option_named("Green")]);
    assert_eq!(checked.unwrap()[0].value, json!(1));
    let error = definitions
        .check([CustomFieldEntry::by_key("other").clear()])
        .unwrap_err();
    assert!(error.to_string().contains("custom field other"), "{error}");
}
