//! Conformance of answers to the schemas of the description.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use crate::support::Answer;

/// The name of the description of webhooks, beside those of versions.
const WEBHOOKS: &str = "webhooks";

/// Fails unless the body of a success fits the schema that the description has for it.
pub fn check(method: &str, path: &str, answer: &Answer) {
    if !(200..300).contains(&answer.status) || answer.text.is_empty() {
        return;
    }
    let path = path.split('?').next().unwrap_or_default();
    let version = version(path);
    let root = root(version);
    let Some(operation) = operation(root, method, path) else {
        return;
    };
    let status = answer.status.to_string();
    let schema = &operation["responses"][&status]["content"]["application/json"]["schema"];
    assert!(
        !schema.is_null(),
        "{method} {path} is not described to answer {status} with a body"
    );
    let body = answer.json();
    let faults: Vec<String> = validator(version, schema)
        .iter_errors(&body)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{method} {path}: {faults:#?}");
}

/// Fails unless the body of a webhook's delivery fits the schema that the description has for its event.
#[allow(dead_code, reason = "only the tests of webhooks use it")]
pub fn check_event(action: &str, body: &Value) {
    let event = &root(WEBHOOKS)["x-webhooks"][action]["post"];
    let schema = &event["requestBody"]["content"]["application/json"]["schema"];
    assert!(!schema.is_null(), "{action} is not described");
    let faults: Vec<String> = validator(WEBHOOKS, schema)
        .iter_errors(body)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{action}: {faults:#?}");
}

/// The version whose description a path belongs to. v1 and v2 have one.
fn version(path: &str) -> &'static str {
    if path.starts_with("/v3/") { "v3" } else { "v1" }
}

fn root(version: &'static str) -> &'static Value {
    static ROOTS: Mutex<BTreeMap<&str, &Value>> = Mutex::new(BTreeMap::new());
    let mut roots = ROOTS.lock().unwrap();
    roots.entry(version).or_insert_with(|| {
        let json = match version {
            WEBHOOKS => harvest_spec::WEBHOOKS.json,
            version => harvest_spec::document(version).unwrap().json,
        };
        Box::leak(Box::new(serde_json::from_str(json).unwrap()))
    })
}

/// Where several paths fit, the one with the fewest parameters.
fn operation<'a>(root: &'a Value, method: &str, path: &str) -> Option<&'a Value> {
    let fits = |template: &str| {
        let (mut ours, mut theirs) = (path.split('/'), template.split('/'));
        ours.by_ref()
            .zip(theirs.by_ref())
            .all(|(own, their)| their.starts_with('{') || own == their)
            && path.split('/').count() == template.split('/').count()
    };
    root["paths"]
        .as_object()?
        .iter()
        .filter(|(template, _)| fits(template))
        .filter_map(|(template, item)| Some((template, item.get(method.to_lowercase())?)))
        .min_by_key(|(template, _)| template.matches('{').count())
        .map(|(_, operation)| operation)
}

/// Made once for each schema: that takes longer than most requests.
fn validator(version: &'static str, schema: &Value) -> Arc<Validator> {
    type Made = BTreeMap<(&'static str, String), Arc<Validator>>;
    static MADE: Mutex<Made> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap();
    let validator = made.entry((version, schema.to_string()));
    let validator = validator.or_insert_with(|| Arc::new(make(version, schema)));
    Arc::clone(validator)
}

fn make(version: &'static str, schema: &Value) -> Validator {
    static COMPONENTS: Mutex<BTreeMap<&str, Value>> = Mutex::new(BTreeMap::new());
    let mut components = COMPONENTS.lock().unwrap();
    let components = components
        .entry(version)
        .or_insert_with(|| named(&root(version)["components"]["schemas"]));
    let schema = json!({"allOf": [converted(schema)], "components": {"schemas": components}});
    jsonschema::options()
        .with_draft(Draft::Draft4)
        .build(&schema)
        .unwrap()
}

/// Schemas by name.
fn named(schemas: &Value) -> Value {
    let schemas = schemas.as_object().unwrap().iter();
    let schemas = schemas.map(|(name, schema)| (name.clone(), converted(schema)));
    Value::Object(schemas.collect())
}

/// `nullable` is all that `OpenAPI` 3.0 has and JSON Schema lacks. What is described is all that is sent. Lists of values
/// are left out: the description says that answers may hold others.
fn converted(schema: &Value) -> Value {
    match schema {
        Value::Array(items) => items.iter().map(converted).collect(),
        Value::Object(keys) => {
            let mut kept = Map::new();
            for (key, value) in keys {
                let value = match key.as_str() {
                    "nullable" | "example" | "default" | "format" | "enum" => continue,
                    "properties" => {
                        kept.entry("additionalProperties").or_insert(false.into());
                        named(value)
                    }
                    _ => converted(value),
                };
                kept.insert(key.clone(), value);
            }
            if keys.get("nullable") == Some(&Value::Bool(true)) {
                json!({"anyOf": [kept, {"type": "null"}]})
            } else {
                kept.into()
            }
        }
        other => other.clone(),
    }
}

#[test]
fn what_is_not_described_is_found() {
    let operation = operation(root("v1"), "GET", "/v1/tags/candidate").unwrap();
    let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
    let validator = validator("v1", schema);
    assert!(validator.is_valid(&json!([{"id": 1, "name": null}])));
    for wrong in [
        json!([{"id": "1"}]),
        json!([{"name": "A"}]),
        json!([{"id": 1, "colour": "red"}]),
        json!({"id": 1}),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
}
