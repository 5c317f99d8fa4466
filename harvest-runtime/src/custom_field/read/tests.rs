//! Every type of a field against every shape of a value.

use serde_json::json;

use super::*;

/// As JSON that lives as long as what is read from it.
fn kept(value: &Value) -> &'static Json {
    Box::leak(Box::new(Json::from(value.clone())))
}

fn may(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2014, 5, day).expect("a day")
}

fn amount(value: impl Into<Amount<'static>>) -> Amount<'static> {
    value.into()
}

fn money(value: impl Into<Amount<'static>>, currency: Option<&'static str>) -> Money<'static> {
    Money {
        amount: value.into(),
        currency,
    }
}

fn range(min: Option<i64>, max: Option<i64>, currency: Option<&'static str>) -> Range<'static> {
    Range {
        min: min.map(amount),
        max: max.map(amount),
        currency,
    }
}

/// What each type takes: the types, a value, what it is.
fn fitting() -> Vec<(Vec<ValueType>, Value, TypedValue<'static>)> {
    use ValueType as T;
    vec![
        (
            vec![T::ShortText, T::LongText],
            json!("Laptop"),
            TypedValue::Text("Laptop"),
        ),
        (
            vec![T::ShortText, T::LongText],
            json!("2014-05-01"),
            TypedValue::Text("2014-05-01"),
        ),
        (
            vec![T::ShortText, T::LongText],
            json!(""),
            TypedValue::Text(""),
        ),
        (
            vec![T::Url],
            json!("https://example.com/a"),
            TypedValue::Url("https://example.com/a"),
        ),
        (
            vec![T::Url],
            json!("example.com"),
            TypedValue::Url("example.com"),
        ),
        (
            vec![T::SingleSelect],
            json!("2018"),
            TypedValue::SingleSelect("2018"),
        ),
        (
            vec![T::MultiSelect],
            json!(["a", "b"]),
            TypedValue::MultiSelect(vec!["a", "b"]),
        ),
        (
            vec![T::MultiSelect],
            json!([]),
            TypedValue::MultiSelect(vec![]),
        ),
        (vec![T::Date], json!("2014-05-01"), TypedValue::Date(may(1))),
        (
            vec![T::Date],
            json!("2014-05-02T00:00:00Z"),
            TypedValue::Date(may(2)),
        ),
        (
            vec![T::YesNo, T::Boolean],
            json!(true),
            TypedValue::YesNo(true),
        ),
        (
            vec![T::YesNo, T::Boolean],
            json!(false),
            TypedValue::YesNo(false),
        ),
        (vec![T::Number], json!(5), TypedValue::Number(amount(5))),
        (vec![T::Number], json!(5.0), TypedValue::Number(amount(5.0))),
        (
            vec![T::Number],
            json!("5.10"),
            TypedValue::Number(amount("5.10")),
        ),
        (
            vec![T::Currency],
            json!({"value": 42000, "currency": "EUR"}),
            TypedValue::Currency(money(42_000, Some("EUR"))),
        ),
        (
            vec![T::Currency],
            json!({"value": "42000.10", "currency": null, "later": 1}),
            TypedValue::Currency(money("42000.10", None)),
        ),
        (
            vec![T::Currency],
            json!({"amount": 0.5, "currency_code": "EUR"}),
            TypedValue::Currency(money(0.5, Some("EUR"))),
        ),
        (
            vec![T::Currency],
            json!("$123,000"),
            TypedValue::Currency(money("$123,000", None)),
        ),
        (
            vec![T::Currency],
            json!(123_000),
            TypedValue::Currency(money(123_000, None)),
        ),
        (
            vec![T::CurrencyRange],
            json!({"min_value": 70000, "max_value": 90000, "unit": "USD"}),
            TypedValue::CurrencyRange(range(Some(70_000), Some(90_000), Some("USD"))),
        ),
        (
            vec![T::CurrencyRange],
            json!({"min_amount": 1, "max_amount": 2, "currency_code": "USD"}),
            TypedValue::CurrencyRange(range(Some(1), Some(2), Some("USD"))),
        ),
        (
            vec![T::CurrencyRange],
            json!({"min_value": null, "max_value": 2}),
            TypedValue::CurrencyRange(range(None, Some(2), None)),
        ),
        (
            vec![T::NumberRange],
            json!({"min_value": 1, "max_value": 2}),
            TypedValue::NumberRange(range(Some(1), Some(2), None)),
        ),
        (
            vec![T::NumberRange],
            json!({"min_value": 1, "unit": null}),
            TypedValue::NumberRange(range(Some(1), None, None)),
        ),
        (
            vec![T::User],
            json!({"name": "Mira Whitcombe", "email": "mira@example.com",
                "user_id": 4_000_000_000_i64}),
            TypedValue::User(User {
                id: Some(4_000_000_000),
                name: Some("Mira Whitcombe"),
                email: Some("mira@example.com"),
            }),
        ),
        (
            vec![T::User],
            json!({"name": null, "user_id": null}),
            TypedValue::User(User {
                id: None,
                name: None,
                email: None,
            }),
        ),
    ]
}

/// Every type that is known.
fn types() -> impl Iterator<Item = ValueType> {
    ValueType::VALUES.iter().copied().map(ValueType::from_wire)
}

#[test]
fn each_type_reads_what_it_takes() {
    let mut seen = Vec::new();
    for (types, value, typed) in fitting() {
        for value_type in types {
            assert_eq!(
                by_type(&value_type, kept(&value)),
                typed,
                "{value_type} {value}"
            );
            seen.push(value_type);
        }
    }
    assert!(
        types().all(|value_type| seen.contains(&value_type)),
        "a type was not tried"
    );
}

#[test]
fn null_is_empty_in_each_type() {
    for value_type in types().chain([ValueType::default()]) {
        assert_eq!(
            by_type(&value_type, kept(&json!(null))),
            TypedValue::Empty,
            "{value_type}"
        );
    }
}

#[test]
fn what_does_not_fit_the_type_is_unknown_and_at_hand() {
    let odd = [
        json!("neither day nor number"),
        json!("2014-02-30"),
        json!(5),
        json!(true),
        json!(["a", 5]),
        json!([]),
        json!({}),
        json!({"value": [], "currency": "EUR"}),
        json!({"value": 5, "currency": 5}),
        json!({"value": null, "currency": "EUR"}),
        json!({"min_value": true}),
        json!({"min_value": 1, "unit": 5}),
        json!({"name": "Mira Whitcombe"}),
    ];
    let fits = |value_type: &ValueType, value: &Value| match value_type {
        ValueType::ShortText | ValueType::LongText | ValueType::Url | ValueType::SingleSelect => {
            value.is_string()
        }
        ValueType::Number => value.is_number(),
        ValueType::Currency => value.is_number() || value.is_string(),
        ValueType::YesNo | ValueType::Boolean => value.is_boolean(),
        ValueType::MultiSelect => *value == json!([]),
        _ => false,
    };
    let mut unknown = 0;
    for value_type in types() {
        for value in &odd {
            let typed = by_type(&value_type, kept(value));
            let is_unknown = typed == TypedValue::Unknown(value);
            assert_eq!(
                is_unknown,
                !fits(&value_type, value),
                "{value_type} {value}"
            );
            unknown += usize::from(is_unknown);
        }
    }
    assert!(unknown > 100, "{unknown}");
}

#[test]
fn a_type_that_is_not_known_goes_by_the_shape() {
    for value_type in [ValueType::default(), ValueType::from("rich_text")] {
        for (_, value, _) in fitting() {
            assert_eq!(
                by_type(&value_type, kept(&value)),
                by_shape(kept(&value)),
                "{value}"
            );
        }
    }
}

#[test]
fn shapes() {
    for (value, typed) in [
        (json!(null), TypedValue::Empty),
        (json!(true), TypedValue::YesNo(true)),
        (json!(5), TypedValue::Number(amount(5))),
        (json!(5.0), TypedValue::Number(amount(5.0))),
        (json!("Laptop"), TypedValue::Text("Laptop")),
        (json!("123"), TypedValue::Text("123")),
        (json!("$123,000"), TypedValue::Text("$123,000")),
        (json!("2014-05-01"), TypedValue::Date(may(1))),
        (json!("2014-5-1"), TypedValue::Text("2014-5-1")),
        (
            json!("2014-05-01T00:00:00Z"),
            TypedValue::Text("2014-05-01T00:00:00Z"),
        ),
        (json!("2014-02-30"), TypedValue::Text("2014-02-30")),
        (
            json!("http://example.com"),
            TypedValue::Url("http://example.com"),
        ),
        (json!("example.com"), TypedValue::Text("example.com")),
        (json!(["a", "b"]), TypedValue::MultiSelect(vec!["a", "b"])),
        (
            json!({"value": 1, "currency": "EUR"}),
            TypedValue::Currency(money(1, Some("EUR"))),
        ),
        (
            json!({"min_value": 1, "max_value": 2, "unit": "EUR"}),
            TypedValue::CurrencyRange(range(Some(1), Some(2), Some("EUR"))),
        ),
        (
            json!({"min_value": 1, "max_value": 2, "unit": null}),
            TypedValue::NumberRange(range(Some(1), Some(2), None)),
        ),
        (
            json!({"user_id": 7}),
            TypedValue::User(User {
                id: Some(7),
                name: None,
                email: None,
            }),
        ),
    ] {
        assert_eq!(by_shape(kept(&value)), typed, "{value}");
    }
    for value in [
        json!([1]),
        json!(["a", null]),
        json!({}),
        json!({"value": 1}),
        json!({"currency": "EUR"}),
        json!({"value": {}, "currency": "EUR"}),
        json!({"min_value": []}),
        json!({"name": "Mira Whitcombe"}),
    ] {
        assert_eq!(
            by_shape(kept(&value)),
            TypedValue::Unknown(&value),
            "{value}"
        );
    }
}

#[test]
fn only_texts_that_are_texts_in_the_end_have_one() {
    for (value_type, value, text) in [
        ("short_text", json!("a"), Some("a")),
        ("url", json!("a"), Some("a")),
        ("single_select", json!("a"), Some("a")),
        ("currency", json!("a"), None),
        ("date", json!("2014-05-01"), None),
        ("short_text", json!(5), None),
    ] {
        assert_eq!(
            by_type(&value_type.into(), kept(&value)).text(),
            text,
            "{value_type}"
        );
    }
}

#[test]
fn nothing_of_a_value_is_printed() {
    let marked = |value: &Value| {
        let text = value.to_string();
        serde_json::from_str::<Value>(&text.replace("Mira Whitcombe", "Hush")).expect("JSON")
    };
    let mut values: Vec<_> = fitting()
        .into_iter()
        .map(|(_, value, _)| marked(&value))
        .collect();
    values.extend([
        json!("Hush"),
        json!({"odd": "Hush"}),
        json!(["Hush"]),
        json!(1_357_924_680),
    ]);
    for value in &values {
        for value_type in types() {
            for typed in [by_type(&value_type, kept(value)), by_shape(kept(value))] {
                let printed = match &typed {
                    TypedValue::Currency(money) => format!("{typed:?} {money:?}"),
                    TypedValue::CurrencyRange(range) | TypedValue::NumberRange(range) => {
                        format!("{typed:?} {range:?}")
                    }
                    TypedValue::User(user) => format!("{typed:?} {user:?}"),
                    _ => format!("{typed:?}"),
                };
                let quiet = printed.replace(|c: char| "(.){ }".contains(c), "");
                assert!(quiet.chars().all(char::is_alphabetic), "{printed}");
                assert!(!printed.contains("Hush"), "{printed}");
            }
        }
    }
}
