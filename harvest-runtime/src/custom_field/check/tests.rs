//! Every type of a field against what it is sent.

use serde_json::json;

use super::*;
use crate::custom_field::Definitions;

mod entries;
mod refusals;

/// Looks like nothing that an error could say by itself.
const HUSH: &str = "Hush Hush";

fn definition(value_type: &str) -> Definition {
    Definition::from_json(&json!({
        "id": 7,
        "name_key": "k",
        "field_type": "job",
        "value_type": value_type,
        "custom_field_options": [
            {"id": 1, "name": "Green"},
            {"id": 2, "name": "Blue", "active": true},
            {"id": 3, "name": "Mauve", "active": false},
            {"id": 4, "name": "Grey", "active": false},
            {"id": 5, "name": "Grey"},
        ],
    }))
}

fn input(json: Value) -> CustomFieldInput {
    serde_json::from_value(json).expect("an input")
}

#[test]
fn what_fits_is_sent() {
    for (value_type, sent) in [
        ("short_text", json!({"name_key": "k", "value": "a"})),
        ("long_text", json!({"id": 7, "value": "a"})),
        ("long_text", json!({"id": 7, "name_key": "k", "value": "a"})),
        ("url", json!({"id": 7, "value": "https://example.com/a"})),
        ("date", json!({"id": 7, "value": "2026-01-02"})),
        ("yes_no", json!({"id": 7, "value": false})),
        ("boolean", json!({"id": 7, "value": true})),
        ("number", json!({"id": 7, "value": 5})),
        ("number", json!({"id": 7, "value": -0.5})),
        ("number", json!({"id": 7, "value": "5.10"})),
        ("user", json!({"id": 7, "value": 4_000_000_000_i64})),
        ("single_select", json!({"id": 7, "value": 2})),
        ("multi_select", json!({"id": 7, "value": [1, 2]})),
        ("currency", json!({"id": 7, "value": 5, "unit": "EUR"})),
        ("currency", json!({"id": 7, "value": "5.10", "unit": "EUR"})),
        (
            "currency_range",
            json!({"id": 7, "unit": "EUR", "min_value": 1, "max_value": "2.5"}),
        ),
        (
            "currency_range",
            json!({"id": 7, "unit": "EUR", "min_value": 2, "max_value": 2}),
        ),
        (
            "number_range",
            json!({"id": 7, "min_value": -2, "max_value": -1}),
        ),
        ("short_text", json!({"id": 7, "delete_value": "true"})),
        // Of a type that is not known, nothing is known.
        (
            "later_type",
            json!({"id": 7, "value": {"a": 1}, "unit": "?"}),
        ),
        ("later_type", json!({"id": 7, "min_value": 1})),
    ] {
        let checked = input(sent.clone()).checked(&definition(value_type));
        let checked = checked.unwrap_or_else(|error| panic!("{value_type} {sent}: {error}"));
        assert_eq!(serde_json::to_value(checked).expect("JSON"), sent);
    }
}

#[test]
fn names_of_options_become_ids() {
    for (value_type, value, sent) in [
        ("single_select", json!("Blue"), json!(2)),
        // The other one of that name can no longer be chosen.
        ("single_select", json!("Grey"), json!(5)),
        ("multi_select", json!(["Blue", 1]), json!([2, 1])),
    ] {
        let checked = input(json!({"id": 7, "value": value})).checked(&definition(value_type));
        assert_eq!(checked.expect("fits").value, Some(sent));
    }
    let names = definition("multi_select").option_ids(["Green", "Blue"]);
    assert_eq!(names, Ok(vec![1, 2]));
}

#[test]
fn options_that_are_not_known_are_not_checked() {
    let mut definition = definition("single_select");
    definition.options = None;
    for value in [json!(9), json!("Red")] {
        let checked = input(json!({"id": 7, "value": value})).checked(&definition);
        assert_eq!(checked.expect("fits").value, Some(value));
    }
    assert!(
        input(json!({"id": 7, "value": true}))
            .checked(&definition)
            .is_err()
    );
    let definition = definition
        .with_options([json!({"id": 9, "name": "Red"}), json!({"name": "no id"})])
        .expect("options");
    let checked = input(json!({"id": 7, "value": "Red"})).checked(&definition);
    assert_eq!(checked.expect("fits").value, Some(json!(9)));
}

#[test]
fn a_null_from_a_program_is_no_value() {
    let error = CustomFieldInput::by_id(7)
        .json(Value::Null)
        .checked(&definition("number"));
    let text = error.expect_err("refused").to_string();
    assert!(text.contains("null and blank change nothing"), "{text}");
}

#[test]
fn required_deleted_and_foreign_fields() {
    let required = Definition {
        required: true,
        ..definition("number")
    };
    let text = |outcome: Result<CustomFieldInput, InvalidCustomField>| {
        outcome.expect_err("refused").to_string()
    };
    assert_eq!(
        text(
            CustomFieldInput::for_field(&required)
                .delete()
                .checked(&required)
        ),
        "custom field k: a value is required and cannot be removed; set another one"
    );
    assert!(
        CustomFieldInput::for_field(&required)
            .number(5)
            .checked(&required)
            .is_ok()
    );

    let deleted = Definition {
        active: false,
        ..definition("number")
    };
    assert_eq!(
        text(CustomFieldInput::by_id(7).number(5).checked(&deleted)),
        "custom field k: the field was deleted; leave the change out"
    );

    let definition = definition("number");
    assert_eq!(definition.on("job"), Ok(&definition));
    assert_eq!(
        definition.on("candidate").expect_err("refused").to_string(),
        "custom field k: it is a field of the type job, not candidate; look the definition up \
         among those of the type candidate"
    );
    assert!(Definition::default().on("candidate").is_ok());
}

#[test]
fn many_options_are_not_all_listed() {
    let options = (1..=12).map(|id| json!({"id": id}));
    let definition = definition("single_select")
        .with_options(options)
        .expect("options");
    let error = CustomFieldInput::by_id(7)
        .option(13)
        .checked(&definition)
        .expect_err("refused");
    assert!(
        error
            .to_string()
            .ends_with("choose among 1, 2, 3, 4, 5, 7 more"),
        "{error}"
    );
    let definition = definition
        .with_options(Vec::<Value>::new())
        .expect("options");
    let error = CustomFieldInput::by_id(7)
        .option(13)
        .checked(&definition)
        .expect_err("refused");
    assert!(
        error
            .to_string()
            .ends_with("add options to the field first"),
        "{error}"
    );
}

#[test]
fn a_definition_of_anything_is_read() {
    for json in [
        json!(null),
        json!([]),
        json!({}),
        json!({"id": "7", "name_key": 5, "value_type": {}, "required": "true",
            "custom_field_options": {}}),
        json!({"custom_field_options": [null, 5, {"id": null}]}),
    ] {
        let definition = Definition::from_json(&json);
        assert!(definition.active && !definition.required, "{json}");
        assert!(
            CustomFieldInput::by_id(7)
                .text("a")
                .checked(&definition)
                .is_ok(),
            "{json}"
        );
    }
    let error = CustomFieldInput::by_id(7)
        .json(" ")
        .checked(&Definition::default())
        .expect_err("refused");
    assert_eq!(error.field(), "without a name");
    assert_eq!(
        format!("{:?}", definition("url")),
        "Definition { id: Some(7), .. }"
    );
    // It is written as it is read.
    let json = serde_json::to_value(definition("url")).expect("JSON");
    assert_eq!(Definition::from_json(&json), definition("url"));
}

#[test]
fn all_changes_of_a_request_at_once() {
    let definitions: Definitions = [
        definition("single_select"),
        Definition::from_json(&json!({"id": 8, "name_key": "bio", "value_type": "long_text"})),
    ]
    .iter()
    .collect();
    let checked = definitions.check([
        CustomFieldInput::by_key("bio").text("a"),
        CustomFieldInput::by_id(7).option_named("Blue"),
    ]);
    let checked = serde_json::to_value(checked.expect("fit")).expect("JSON");
    assert_eq!(
        checked,
        json!([{"name_key": "bio", "value": "a"}, {"id": 7, "value": 2}])
    );
    for (input, field) in [
        (CustomFieldInput::by_key("bioo").text(HUSH), "bioo"),
        (CustomFieldInput::by_id(9).text(HUSH), "9"),
        (CustomFieldInput::default(), "without a name"),
    ] {
        assert_eq!(
            definitions.check([input]).expect_err("refused").to_string(),
            format!(
                "custom field {field}: no field of the type job is defined with this id or key; \
                 name it by the id or the name_key of its definition"
            )
        );
    }
    assert_eq!(
        definitions.iter().count(),
        (&definitions).into_iter().count()
    );
}
