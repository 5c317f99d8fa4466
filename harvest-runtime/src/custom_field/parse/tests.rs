//! Texts for each type of field, there and back.

use serde_json::{Value, json};

use super::*;
use crate::custom_field::{CustomFieldValue, Range, TypedValue};

fn definition(value_type: &str) -> Definition {
    Definition::from_json(&json!({
        "id": 7,
        "name_key": "k",
        "value_type": value_type,
        "custom_field_options": [
            {"id": 1, "name": "Green"},
            {"id": 2, "name": "Paris, France"},
            {"id": 3, "name": "Mauve", "active": false},
            {"id": 4, "name": "3"},
            {"id": 5, "name": "Grün"},
            {"id": 6, "name": "red"},
            {"id": 8, "name": "Red"},
        ],
    }))
}

fn by_email(email: &str) -> Option<i64> {
    (email == "mira@example.com").then_some(11)
}

fn parse(value_type: &str, text: &str) -> Result<Value, InvalidCustomField> {
    let input = definition(value_type).parse_with(text, by_email)?;
    let mut json = serde_json::to_value(input).unwrap();
    assert_eq!(json["name_key"].take(), "k");
    json.as_object_mut().unwrap().remove("name_key");
    Ok(json)
}

#[test]
fn each_type_has_its_texts() {
    for (value_type, texts, json) in [
        ("short_text", &["a"][..], json!({"value": "a"})),
        ("long_text", &[" a\nb "], json!({"value": " a\nb "})),
        (
            "url",
            &["https://example.com/a", " https://example.com/a "],
            json!({"value": "https://example.com/a"}),
        ),
        ("number", &["52000", " 52000 "], json!({"value": 52000})),
        ("number", &["-0.50"], json!({"value": "-0.50"})),
        (
            "number",
            &["12345678901234567.89"],
            json!({"value": "12345678901234567.89"}),
        ),
        (
            "currency",
            &["52000 EUR", "EUR 52000", "eur52000", "52000Eur"],
            json!({"value": 52000, "unit": "EUR"}),
        ),
        (
            "number_range",
            &["1 - 2.5", "1-2.5", "1..2.5", "1 to 2.5", "1 – 2.5"],
            json!({"min_value": 1, "max_value": 2.5}),
        ),
        (
            "number_range",
            &["-3--2", "-3 - -2", "-3 to -2"],
            json!({"min_value": -3, "max_value": -2}),
        ),
        (
            "currency_range",
            &[
                "5 - 7 EUR",
                "5 EUR - 7 EUR",
                "EUR 5-7",
                "EUR 5 to eur 7",
                "5EUR..7",
            ],
            json!({"min_value": 5, "max_value": 7, "unit": "EUR"}),
        ),
        (
            "yes_no",
            &["yes", "Yes", "TRUE", "y", "1"],
            json!({"value": true}),
        ),
        (
            "boolean",
            &["no", "false", "N", "0", " no "],
            json!({"value": false}),
        ),
        (
            "date",
            &[
                "2026-01-02",
                "2026/01/02",
                "2 Jan 2026",
                "02 January 2026",
                "2-jan-2026",
                "Jan 2, 2026",
                "January 2 2026",
                "2026-01-02T23:00:00-05:00",
                "2. Jan 2026",
            ],
            json!({"value": "2026-01-02"}),
        ),
        (
            "single_select",
            &["Green", "green", " GREEN ", "1"],
            json!({"value": 1}),
        ),
        (
            "single_select",
            &["Paris, France", "paris, france"],
            json!({"value": 2}),
        ),
        ("single_select", &["GRÜN"], json!({"value": 5})),
        // A name goes before an id.
        ("single_select", &["3"], json!({"value": 4})),
        ("single_select", &["red"], json!({"value": 6})),
        (
            "multi_select",
            &[
                "Green; Paris, France",
                "green|2",
                "1;;2;1",
                "Green\nParis, France\r\n",
            ],
            json!({"value": [1, 2]}),
        ),
        ("multi_select", &["Paris, France"], json!({"value": [2]})),
        (
            "multi_select",
            &["Green, Red", "Green,8"],
            json!({"value": [1, 8]}),
        ),
        ("user", &["11", "mira@example.com"], json!({"value": 11})),
    ] {
        for text in texts {
            assert_eq!(
                parse(value_type, text).unwrap(),
                json,
                "{value_type}: {text}"
            );
        }
    }
}

#[test]
fn what_does_not_fit_says_what_would_and_not_what_it_was() {
    let choices = "choose among 1 (Green), 2 (Paris, France), 4 (3), 5 (Grün), 6 (red), 1 more";
    for (value_type, texts, error) in [
        (
            "url",
            &["Hush"][..],
            "its value is not a URL; send a text such as https://example.com",
        ),
        (
            "number",
            &[
                "Hush", "1,000", "1.", ".5", "1e5", "--1", "1 2", "5 EUR", "+5", "٣", "NaN",
            ],
            "it is not a number; write digits with a point, such as 70000.50, and nothing between \
             thousands",
        ),
        (
            "currency",
            &["52000"],
            "it has no currency; write its ISO 4217 code beside the amount, as in 52000.50 EUR",
        ),
        (
            "currency",
            &[
                "Hush",
                "$5",
                "5 EURO",
                "5 EUR USD",
                "EUR",
                "5,000 EUR",
                "EUR 5 EUR",
            ],
            "it is not an amount of money; write it as 52000.50 EUR, digits with a point and the \
             ISO 4217 code of the currency",
        ),
        (
            "number_range",
            &["Hush", "1", "1 -", "- 2 3", "1 - 2 - 3", "1 - 2 EUR", "1 2"],
            "it is not a range of numbers; write both ends, the lower one first, as in 1 - 2.5",
        ),
        (
            "number_range",
            &["9 - 1"],
            "its min_value is above its max_value; send the lower end as min_value",
        ),
        (
            "currency_range",
            &["1 - 2"],
            "it has no currency; write its ISO 4217 code after the range, as in 50000 - 70000 EUR",
        ),
        (
            "currency_range",
            &["1 EUR - 2 USD", "5 EUR", "Hush"],
            "it is not a range of money; write both ends, the lower one first, and one currency, \
             as in 50000 - 70000 EUR",
        ),
        (
            "yes_no",
            &["Hush", "2", "yesno"],
            "it is not yes or no; write yes, no, true or false",
        ),
        (
            "date",
            &[
                "Hush",
                "02/01/2026",
                "1.2.2026",
                "2 Jan 26",
                "2026-02-30",
                "2026",
                "99999-01-01",
                "26-01-02",
            ],
            "it is not a day that can be read in one way only; write it as 2026-01-02 or 2 Jan \
             2026",
        ),
        (
            "single_select",
            &["Hush", "9", "Green; Red"],
            &format!("no option has this name or id; {choices}"),
        ),
        (
            "single_select",
            &["RED"],
            &format!("several options have this name in another case; {choices}"),
        ),
        (
            "single_select",
            &["Mauve"],
            &format!("its option 3 can no longer be chosen; {choices}"),
        ),
        (
            "multi_select",
            &["Green; Hush; Red"],
            &format!("choice 2: no option has this name or id; {choices}"),
        ),
        (
            "multi_select",
            &[" ;; ", "|"],
            &format!("it names no option; {choices}"),
        ),
        (
            "user",
            &["Hush"],
            "it is not a user; write the id or the e-mail address of a user",
        ),
        (
            "user",
            &["hush@example.com"],
            "no user with this e-mail address is known; write the id of a user, or give \
             Definition::parse_with all users",
        ),
        (
            "later_type",
            &["Hush"],
            "this version does not know its type; set it by Setter::json",
        ),
        (
            "date",
            &["", "  \n"],
            "a blank text changes nothing; delete the value to remove it",
        ),
        (
            "short_text",
            &[" "],
            "a blank text changes nothing; delete the value to remove it",
        ),
    ] {
        for text in texts {
            let found = parse(value_type, text).unwrap_err();
            assert_eq!(
                found.to_string(),
                format!("custom field k: {error}"),
                "{value_type}: {text}"
            );
        }
    }
}

#[test]
fn a_select_field_needs_its_options() {
    for value_type in ["single_select", "multi_select"] {
        let json = json!({"id": 7, "value_type": value_type});
        let definition = Definition::from_json(&json);
        let error = definition.parse("Green").unwrap_err().to_string();
        assert!(
            error.contains("custom field 7: its options are not known"),
            "{error}"
        );
    }
    let gone = Definition::from_json(&json!({"id": 7, "value_type": "number", "active": false}));
    assert!(
        gone.parse("5")
            .unwrap_err()
            .to_string()
            .contains("was deleted")
    );
}

/// A change as the service shows it when it is made.
fn shown(definition: &Definition, change: &Value) -> CustomFieldValue {
    let name = |id: &Value| {
        let options = definition.options.iter().flatten();
        let mut found = options.filter(|option| id.as_i64() == Some(option.id));
        found.next().and_then(|option| option.name.clone()).unwrap()
    };
    let value = &change["value"];
    CustomFieldValue::from(match &definition.value_type {
        ValueType::Currency => json!({"amount": value, "unit": change["unit"]}),
        ValueType::CurrencyRange | ValueType::NumberRange => json!({
            "min_value": change["min_value"], "max_value": change["max_value"],
            "unit": change["unit"],
        }),
        ValueType::SingleSelect => name(value).into(),
        ValueType::MultiSelect => value.as_array().unwrap().iter().map(name).collect(),
        ValueType::User => json!({"user_id": value}),
        _ => value.clone(),
    })
}

/// As a person would write it into a table.
fn written(value: &TypedValue<'_>) -> String {
    let range = |range: &Range<'_>| {
        let end = |amount: &Option<super::super::Amount<'_>>| amount.as_ref().unwrap().to_string();
        format!(
            "{} - {} {}",
            end(&range.min),
            end(&range.max),
            range.currency.unwrap_or_default()
        )
    };
    match value {
        TypedValue::Text(text) | TypedValue::SingleSelect(text) | TypedValue::Url(text) => {
            (*text).to_owned()
        }
        TypedValue::Number(number) => number.to_string(),
        TypedValue::Date(day) => day.to_string(),
        TypedValue::YesNo(yes) => yes.to_string(),
        TypedValue::MultiSelect(names) => names.join("; "),
        TypedValue::Currency(money) => format!("{} {}", money.amount, money.currency.unwrap()),
        TypedValue::CurrencyRange(both) | TypedValue::NumberRange(both) => range(both),
        TypedValue::User(user) => user.id.unwrap().to_string(),
        TypedValue::Empty | TypedValue::Unknown(_) => panic!("{value:?}"),
    }
}

#[test]
fn what_a_record_shows_is_read_again_as_what_was_sent() {
    for (value_type, text) in [
        ("short_text", "a, b; c"),
        ("long_text", "one\ntwo"),
        ("url", "https://example.com/?a=b"),
        ("number", "12345678901234567.89"),
        ("number", "-4"),
        ("currency", "81500.10 EUR"),
        ("number_range", "-1.5 - 2"),
        ("currency_range", "1 - 99999999999999999999 JPY"),
        ("yes_no", "no"),
        ("date", "2026-12-31"),
        ("single_select", "Paris, France"),
        ("multi_select", "Paris, France; 3; Grün"),
        ("user", "4000000000"),
    ] {
        let definition = definition(value_type);
        let change = definition.parse(text).unwrap();
        let record = shown(&definition, &serde_json::to_value(&change).unwrap());
        let again = written(&record.typed_by(&definition));
        assert_eq!(
            definition.parse(&again).unwrap(),
            change,
            "{value_type}: {text} {again}"
        );
    }
}

/// Texts made of pieces that mean something somewhere: none panics, and no error repeats one.
#[test]
fn any_text_is_a_value_or_an_error() {
    const PIECES: [&str; 32] = [
        "-",
        "–",
        ".",
        "..",
        "5",
        "0",
        "٣",
        "52000",
        "EUR",
        "eu",
        "to",
        "t",
        " ",
        "\u{a0}",
        "\n",
        ";",
        "|",
        ",",
        "Green",
        "grün",
        "İ",
        "ß",
        "Jan",
        "2026",
        "-01-02",
        "T10:00:00Z",
        "@",
        "yes",
        "https://",
        "\u{0}",
        "𝟓",
        "99999999999999999999",
    ];
    let mut state = 1_u64;
    let mut below = |bound: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % bound
    };
    let definitions = [
        "short_text",
        "url",
        "number",
        "currency",
        "number_range",
        "currency_range",
        "yes_no",
        "date",
        "single_select",
        "multi_select",
        "user",
        "later_type",
    ]
    .map(definition);
    let mut fits = 0;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..=below(6) {
            text.push_str(PIECES[below(PIECES.len())]);
        }
        let marked = format!("{text}Whitcombe{text}");
        for definition in &definitions {
            let accepted = definition.parse_with(&text, by_email);
            fits += usize::from(accepted.is_ok());
            if let Err(error) = definition.parse_with(&marked, by_email) {
                assert!(!error.to_string().contains("Whitcombe"), "{error}");
            }
        }
    }
    assert!(fits > 20_000, "{fits}");
}

#[test]
fn work_grows_no_faster_than_the_text() {
    let many = "Green;".repeat(200_000);
    assert_eq!(parse("multi_select", &many).unwrap(), json!({"value": [1]}));
    let digits = "5".repeat(1_000_000);
    for value_type in [
        "number",
        "currency",
        "number_range",
        "date",
        "single_select",
        "user",
    ] {
        let _ = parse(value_type, &digits);
        let _ = parse(value_type, &"- ".repeat(500_000));
    }
}
