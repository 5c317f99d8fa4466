//! Custom fields: the description and the runtime's types agree, and nothing odd in them spoils a page.

use std::collections::BTreeMap;

use harvest_generated::v1::types::{CustomField, JobUpdate};
use harvest_runtime::chrono::NaiveDate;
use harvest_runtime::custom_field::{
    CustomFieldInput, Definition, Definitions, KeyedCustomFields, TypedValue, ValueType,
};
use serde_json::{Value, json};

use super::description::{V1, items, members};
use super::proxy::Proxy;
use super::strict::validator;

/// What each described example holds under a schema in this role.
fn in_role(role: &str) -> Vec<Value> {
    let mut found = Vec::new();
    for operation in V1.operations() {
        let answers = operation.answers.iter().flat_map(|answer| &answer.examples);
        for example in operation.requests.iter().chain(answers) {
            collect(role, example.schema, example.value, &mut found);
        }
    }
    found
}

fn collect(role: &str, schema: &'static Value, value: &Value, found: &mut Vec<Value>) {
    let schema = V1.member(schema, value);
    if schema["x-harvest-runtime-type"] == role && !value.is_null() {
        found.push(value.clone());
    }
    match value {
        Value::Array(values) => {
            for value in values {
                collect(role, &schema["items"], value, found);
            }
        }
        Value::Object(map) => {
            for (name, value) in map {
                let described = schema["properties"].get(name);
                let schema = described.unwrap_or(&schema["additionalProperties"]);
                collect(role, schema, value, found);
            }
        }
        _ => {}
    }
}

#[test]
fn the_values_of_described_examples_are_of_their_types() {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for value in in_role("keyed-custom-fields") {
        let fields: KeyedCustomFields = serde_json::from_value(value).unwrap();
        for key in fields.keys() {
            let typed = fields.typed(key);
            assert!(!matches!(typed, TypedValue::Unknown(_)), "{key}");
            *kinds.entry(format!("{typed:?}")).or_default() += 1;
        }
    }
    println!("custom fields of described examples: {kinds:?}");
    assert!(kinds.len() >= 8, "{kinds:?}");
}

#[test]
fn the_types_are_those_of_the_description() {
    let schemas = &V1.root["components"]["schemas"];
    let values = |name: &str| -> Vec<&str> {
        let names = [name.to_owned(), format!("{name}OrNull")];
        let schema = names.iter().find_map(|name| schemas.get(name));
        let schema = schema.unwrap_or_else(|| panic!("{name} is not described"));
        let values = schema.get("enum").unwrap_or(&schema["x-extensible-enum"]);
        items(values).filter_map(Value::as_str).collect()
    };
    assert_eq!(values("CustomFieldValueType"), ValueType::VALUES);
    for value in values("CustomFieldDefinitionType") {
        assert!(ValueType::VALUES.contains(&value), "{value}");
    }
}

#[test]
fn every_change_is_as_described() {
    let schema = json!({"$ref": "#/components/schemas/CustomFieldInput"});
    let validator = validator(&V1.root, &schema);
    let key = || CustomFieldInput::by_key("k");
    let day = NaiveDate::from_ymd_opt(2026, 1, 2).unwrap();
    for change in [
        key().text("a"),
        key().url("https://example.com"),
        key().number("5.10"),
        key().yes_no(true),
        key().date(day),
        key().option(1),
        key().option_named("M"),
        key().options([1, 2]),
        key().user(1),
        key().currency(5, "EUR"),
        key().currency_range(1, 2, "EUR"),
        key().number_range(1, 2),
        CustomFieldInput::by_id(1).delete(),
    ] {
        let json = serde_json::to_value(&change).unwrap();
        assert!(validator.is_valid(&json), "{json}");
        let described = &V1.root["components"]["schemas"]["CustomFieldInput"]["properties"];
        for (name, _) in members(&json) {
            assert!(described.get(name).is_some(), "{name}");
        }
    }
    let described = in_role("custom-field-input");
    assert!(described.len() > 5, "{}", described.len());
    for json in described {
        let change: CustomFieldInput = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(serde_json::to_value(&change).unwrap(), json);
    }
}

#[test]
fn changes_are_checked_against_the_definitions_of_the_service() {
    let listed = json!([
        {"id": 1, "name_key": "budget", "field_type": "job", "value_type": "currency",
            "required": true},
        {"id": 2, "name_key": "team", "field_type": "job", "value_type": "single_select",
         "custom_field_options": [{"id": 11, "name": "Bridge", "priority": 0,
             "external_id": null}]},
    ]);
    let fields: Vec<CustomField> = serde_json::from_value(listed.clone()).unwrap();
    for (field, json) in fields.iter().zip(items(&listed)) {
        assert_eq!(
            harvest_runtime::custom_field::FieldDefinition::definition(field).into_owned(),
            Definition::from_json(json)
        );
    }
    let definitions: Definitions = fields.iter().collect();
    let changes = definitions
        .check([
            CustomFieldInput::by_key("budget").currency("81500.50", "USD"),
            CustomFieldInput::for_field(&fields[1]).option_named("Bridge"),
        ])
        .unwrap();
    let update = JobUpdate::default().custom_fields(changes);
    assert_eq!(
        serde_json::to_value(&update).unwrap(),
        json!({"custom_fields": [
            {"name_key": "budget", "value": "81500.50", "unit": "USD"},
            {"name_key": "team", "value": 11},
        ]})
    );
    let refused = CustomFieldInput::by_id(1).delete().checked(&fields[0]);
    assert_eq!(
        refused.unwrap_err().to_string(),
        "custom field budget: a value is required and cannot be removed; set another one"
    );
}

#[tokio::test]
async fn a_page_with_odd_custom_fields_is_a_page() {
    let odd = [
        json!(null),
        json!([]),
        json!("none"),
        json!(5),
        json!({}),
        json!({"a": null, "b": null}),
        json!({"a": "text", "b": 5, "c": 5.0, "d": "5", "e": true, "f": ["x", 1, null]}),
        json!({"a": {"value": {"value": 5.0}}, "b": {"value": {"min_value": "1"}},
            "c": {"value": [{}]}}),
        json!({"a": {"name": "A", "type": "currency", "value": "$123,000"}}),
        json!({"a": {"name": "A", "type": "number", "value": {"odd": 1}}}),
        json!({"a": {"name": 5, "type": 6, "value": [[]]}}),
        json!({"a": {"name": null, "type": "brand_new", "value": -0.1}}),
        json!({"a": [], "b": "text", "c": 5, "d": false}),
    ];
    let page: Value = odd
        .iter()
        .enumerate()
        .map(|(index, odd)| {
            json!({"id": index + 1, "custom_fields": odd, "keyed_custom_fields": odd})
        })
        .collect();
    let proxy = Proxy::alone(200, page.to_string()).await;
    let candidates = proxy.client().list_candidates().send().await.unwrap();
    assert_eq!(serde_json::to_value(candidates.value()).unwrap(), page);
    let mut tried = 0;
    for candidate in candidates.value() {
        let Some(fields) = &candidate.keyed_custom_fields else {
            continue;
        };
        for key in fields.keys() {
            let printed = format!("{:?} {fields:?}", fields.typed(key));
            assert!(
                !printed.contains("text") && !printed.contains("123"),
                "{printed}"
            );
            tried += 1;
        }
    }
    assert_eq!(tried, 19);
    let mut records = proxy.client().list_candidates().items();
    let mut count = 0;
    while let Some(candidate) = records.next().await {
        candidate.unwrap();
        count += 1;
    }
    assert_eq!(count, odd.len());
}
