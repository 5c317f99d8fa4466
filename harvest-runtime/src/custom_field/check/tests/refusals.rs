//! Values that a definition refuses.

use serde_json::json;

use super::{HUSH, definition, input};

#[test]
fn what_does_not_fit_is_explained_and_not_shown() {
    const CHOICES: &str = "choose among 1 (Green), 2 (Blue), 5 (Grey)";
    for (value_type, sent, problem, remedy) in [
        (
            "short_text",
            json!({"value": "a"}),
            "the change names no field",
            "name it by id or name_key",
        ),
        (
            "short_text",
            json!({"id": 8, "value": HUSH}),
            "the change is of another field",
            "",
        ),
        (
            "short_text",
            json!({"name_key": "l", "value": HUSH}),
            "the change is of another field",
            "",
        ),
        (
            "short_text",
            json!({"id": 7}),
            "it has no value",
            "set one, or delete the present one",
        ),
        (
            "short_text",
            json!({"id": 7, "value": " "}),
            "null and blank change nothing",
            "delete the value to remove it",
        ),
        (
            "single_select",
            json!({"id": 7, "value": ""}),
            "null and blank change nothing",
            "",
        ),
        (
            "short_text",
            json!({"id": 7, "value": [HUSH]}),
            "its value is not a text",
            "send a text",
        ),
        (
            "short_text",
            json!({"id": 7, "value": HUSH, "unit": "EUR"}),
            "a field of the type short_text has no unit",
            "leave the unit out",
        ),
        (
            "short_text",
            json!({"id": 7, "min_value": HUSH}),
            "a field of the type short_text has no min_value and max_value",
            "send its value",
        ),
        (
            "number",
            json!({"id": 7, "value": 5, "max_value": HUSH}),
            "a field of the type number has no min_value and max_value",
            "",
        ),
        (
            "url",
            json!({"id": 7, "value": HUSH}),
            "its value is not a URL",
            "send a text such as https://example.com",
        ),
        (
            "date",
            json!({"id": 7, "value": HUSH}),
            "its value is not a day",
            "send a text such as 2026-01-02",
        ),
        (
            "date",
            json!({"id": 7, "value": "2026-02-30"}),
            "its value is not a day",
            "",
        ),
        (
            "date",
            json!({"id": 7, "value": "2026-01-02T00:00:00Z"}),
            "its value is not a day",
            "",
        ),
        (
            "yes_no",
            json!({"id": 7, "value": HUSH}),
            "its value is not yes or no",
            "send true or false",
        ),
        (
            "yes_no",
            json!({"id": 7, "value": 1}),
            "its value is not yes or no",
            "",
        ),
        (
            "number",
            json!({"id": 7, "value": HUSH}),
            "its value is not a number",
            "send a number, or a text such as 70000.50",
        ),
        (
            "number",
            json!({"id": 7, "value": "NaN"}),
            "its value is not a number",
            "",
        ),
        (
            "user",
            json!({"id": 7, "value": HUSH}),
            "its value is not the id of a user",
            "send the id as a number",
        ),
        (
            "single_select",
            json!({"id": 7, "value": HUSH}),
            "no option has this name",
            CHOICES,
        ),
        (
            "single_select",
            json!({"id": 7, "value": 1_357_924_680}),
            "its value is none of the field's options",
            CHOICES,
        ),
        (
            "single_select",
            json!({"id": 7, "value": true}),
            "its value is none of the field's options",
            CHOICES,
        ),
        (
            "single_select",
            json!({"id": 7, "value": 3}),
            "its option 3 can no longer be chosen",
            CHOICES,
        ),
        (
            "single_select",
            json!({"id": 7, "value": "Mauve"}),
            "its option 3 can no longer be chosen",
            CHOICES,
        ),
        (
            "multi_select",
            json!({"id": 7, "value": 1}),
            "its value is not a list of options",
            "send an array of the ids of options",
        ),
        (
            "multi_select",
            json!({"id": 7, "value": []}),
            "an empty list changes nothing",
            "delete the value to remove it",
        ),
        (
            "multi_select",
            json!({"id": 7, "value": [1, HUSH]}),
            "no option has this name",
            CHOICES,
        ),
        (
            "currency",
            json!({"id": 7, "value": 5}),
            "it has no currency",
            "send its ISO 4217 code as unit, such as USD",
        ),
        (
            "currency",
            json!({"id": 7, "value": 5, "unit": "eur"}),
            "its unit is not an ISO 4217 code",
            "send three capital letters, such as USD",
        ),
        (
            "currency",
            json!({"id": 7, "value": 5, "unit": HUSH}),
            "its unit is not an ISO 4217 code",
            "",
        ),
        (
            "currency",
            json!({"id": 7, "value": HUSH, "unit": "EUR"}),
            "its value is not a number",
            "",
        ),
        (
            "currency_range",
            json!({"id": 7, "value": HUSH}),
            "a range has no value",
            "send min_value and max_value",
        ),
        (
            "currency_range",
            json!({"id": 7, "min_value": 1, "max_value": 2}),
            "it has no currency",
            "",
        ),
        (
            "currency_range",
            json!({"id": 7, "min_value": 2, "max_value": "1.9", "unit": "EUR"}),
            "its min_value is above its max_value",
            "send the lower end as min_value",
        ),
        (
            "number_range",
            json!({"id": 7, "min_value": 1}),
            "its min_value or max_value is missing, or not a number",
            "send both, as numbers or texts such as 70000.50",
        ),
        (
            "number_range",
            json!({"id": 7, "min_value": HUSH, "max_value": 2}),
            "its min_value or max_value is missing, or not a number",
            "",
        ),
        (
            "number_range",
            json!({"id": 7, "min_value": 1, "max_value": 2, "unit": "EUR"}),
            "a field of the type number_range has no unit",
            "",
        ),
        (
            "short_text",
            json!({"id": 7, "delete_value": HUSH}),
            "delete_value is not the text `true`",
            "send that to remove the value, or leave it out",
        ),
        (
            "short_text",
            json!({"id": 7, "delete_value": "true", "value": HUSH}),
            "the value is both set and removed",
            "either set a value or delete it",
        ),
    ] {
        let error = input(sent.clone()).checked(&definition(value_type));
        let error = error
            .err()
            .unwrap_or_else(|| panic!("{value_type} {sent} is let through"));
        assert_eq!(error.field(), "k");
        let text = error.to_string();
        assert!(
            text.starts_with(&format!("custom field k: {problem}; ")),
            "{sent}: {text}"
        );
        assert!(text.ends_with(remedy), "{sent}: {text}");
        for text in [
            text,
            format!("{error:?}"),
            format!("{:?}", crate::Error::from(error)),
        ] {
            assert!(
                !text.contains("Hush") && !text.contains("1357924680"),
                "{text}"
            );
        }
    }
}
