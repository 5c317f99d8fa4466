//! `OpenAPI` 3.0 schemas, read as strictly as their specification allows.
//!
//! `nullable` counts only beside `type`, an enumeration that may be null has to list null, and nothing beside `$ref`
//! counts. The people who write the description may be looser; the published document may not, because other tools read
//! it this way.

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

/// What `OpenAPI` adds to JSON Schema, or leaves to documentation.
const DROPPED: &[&str] = &[
    "nullable",
    "description",
    "example",
    "default",
    "deprecated",
    "title",
];

/// A validator of the schema, which may refer to the components of the document.
pub fn validator(root: &Value, schema: &Value) -> Validator {
    let mut json = convert(schema);
    // Nothing counts beside a reference, so it moves inside.
    json = json!({ "allOf": [json] });
    json["components"] = json!({ "schemas": convert_all(&root["components"]["schemas"]) });
    jsonschema::options()
        .with_draft(Draft::Draft4)
        .should_validate_formats(true)
        .with_format("date-time", is_time)
        .with_format("date", is_time)
        .build(&json)
        .unwrap_or_else(|error| panic!("not a schema: {error}"))
}

/// A moment or a day: the service mixes them.
fn is_time(text: &str) -> bool {
    serde_json::from_value::<harvest_runtime::Timestamp>(text.into())
        .is_ok_and(|time| time.to_utc().is_some())
}

fn convert_all(schemas: &Value) -> Value {
    let schemas = schemas.as_object().into_iter().flatten();
    schemas
        .map(|(name, schema)| (name.clone(), convert(schema)))
        .collect::<Map<_, _>>()
        .into()
}

fn convert(schema: &Value) -> Value {
    if let Some(reference) = schema.get("$ref") {
        return json!({ "$ref": reference });
    }
    let Some(schema) = schema.as_object() else {
        return schema.clone();
    };
    let mut json = Map::new();
    for (key, value) in schema {
        let value = match key.as_str() {
            key if DROPPED.contains(&key) || key.starts_with("x-") => continue,
            "properties" => convert_all(value),
            "items" | "not" | "additionalProperties" => convert(value),
            "allOf" | "anyOf" | "oneOf" => value
                .as_array()
                .into_iter()
                .flatten()
                .map(convert)
                .collect(),
            "type" if schema.get("nullable") == Some(&Value::Bool(true)) => json!([value, "null"]),
            _ => value.clone(),
        };
        json.insert(key.clone(), value);
    }
    json.into()
}

#[test]
fn it_is_strict() {
    let root = json!({ "components": { "schemas": {
        "Name": { "type": "string" },
        "NullableName": { "type": "string", "nullable": true },
        "NullableKind": { "type": "string", "nullable": true, "enum": ["a"] },
    } } });
    let reference =
        |name: &str| json!({ "$ref": format!("#/components/schemas/{name}"), "nullable": true });
    let is_valid = |schema: Value, value: Value| validator(&root, &schema).is_valid(&value);
    assert!(is_valid(reference("Name"), json!("x")));
    assert!(!is_valid(reference("Name"), json!(null)));
    assert!(!is_valid(reference("Name"), json!(1)));
    assert!(is_valid(reference("NullableName"), json!(null)));
    assert!(!is_valid(reference("NullableKind"), json!(null)));
    let all_of = json!({ "nullable": true, "allOf": [reference("Name")] });
    assert!(!is_valid(all_of, json!(null)));
    let time = json!({ "type": "string", "format": "date-time" });
    assert!(is_valid(time.clone(), json!("2026-02-11T09:14:05Z")));
    assert!(!is_valid(time, json!("soon")));
}
