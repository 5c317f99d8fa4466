//! The published document in `OpenAPI` 3.1, whose schemas are JSON Schema 2020-12.
//!
//! | 3.0 | 3.1 |
//! | --- | --- |
//! | `nullable: true` beside a type | a second type, `null` |
//! | `nullable: true` beside `oneOf` | a member of type `null` |
//! | `exclusiveMinimum: true` beside `minimum` | `exclusiveMinimum` with the bound; the same for the maximum |
//! | `example` of a schema | `examples`, a list |
//! | `x-webhooks` beside empty paths | `webhooks` |
//! | `format: byte` | `contentEncoding: base64` |

use serde_json::{Map, Value, json};

const VERSION: &str = "3.1.0";

/// A published document in `OpenAPI` 3.1. Pure.
pub(super) fn modern(published: &Value) -> Value {
    let mut out = parts(published);
    if let Some(Value::Object(schemas)) = out.pointer_mut("/components/schemas") {
        for value in schemas.values_mut() {
            *value = schema(value);
        }
    }
    if let Some(root) = out.as_object_mut()
        && let Some(events) = root.get(harvest_openapi::EVENTS)
    {
        let events = events.clone();
        let keys = root.clone().into_iter().filter(|(key, _)| key != "paths");
        *root = keys
            .map(|(key, value)| match key.as_str() {
                harvest_openapi::EVENTS => ("webhooks".to_owned(), events.clone()),
                _ => (key, value),
            })
            .collect();
    }
    if let Some(version) = out.get_mut("openapi") {
        *version = VERSION.into();
    }
    out
}

/// A part of the document that is no schema: those in it are converted.
fn parts(value: &Value) -> Value {
    match value {
        Value::Object(entries) => entries
            .iter()
            .map(|(key, value)| {
                let value = match key.as_str() {
                    "schema" => schema(value),
                    // Examples are data, and the components have names that mean nothing here.
                    "example" | "examples" | "schemas" => value.clone(),
                    _ => parts(value),
                };
                (key.clone(), value)
            })
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => items.iter().map(parts).collect(),
        other => other.clone(),
    }
}

fn schema(value: &Value) -> Value {
    let Some(entries) = value.as_object() else {
        return value.clone();
    };
    let is_nullable = entries.get("nullable") == Some(&Value::Bool(true));
    let mut out = Map::new();
    for (key, value) in entries {
        match (key.as_str(), value) {
            ("nullable", _) => {}
            ("type", Value::String(kind)) if is_nullable => {
                out.insert(key.clone(), json!([kind, "null"]));
            }
            ("example", _) => {
                out.insert("examples".to_owned(), json!([value]));
            }
            ("format", Value::String(format)) if format == "byte" => {
                out.insert("contentEncoding".to_owned(), "base64".into());
            }
            ("properties", Value::Object(properties)) => {
                let properties = properties.iter();
                let properties: Map<_, _> = properties
                    .map(|(name, property)| (name.clone(), schema(property)))
                    .collect();
                out.insert(key.clone(), properties.into());
            }
            ("items" | "additionalProperties", _) => {
                out.insert(key.clone(), schema(value));
            }
            ("oneOf", Value::Array(members)) => {
                let mut members: Vec<_> = members.iter().map(schema).collect();
                if is_nullable && !entries.contains_key("type") {
                    members.push(json!({"type": "null"}));
                }
                out.insert(key.clone(), members.into());
            }
            ("allOf" | "anyOf", Value::Array(members)) => {
                out.insert(key.clone(), members.iter().map(schema).collect());
            }
            _ => {
                out.insert(key.clone(), value.clone());
            }
        }
    }
    for (bound, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        if let Some(Value::Bool(excludes)) = out.get(exclusive) {
            let excludes = *excludes;
            out.shift_remove(exclusive);
            if excludes && let Some(value) = out.shift_remove(bound) {
                out.insert(exclusive.to_owned(), value);
            }
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(schema: &Value) -> Value {
        let document = json!({"openapi": "3.0.3", "components": {"schemas": {"A": schema}}});
        let modern = modern(&document);
        assert_eq!(modern["openapi"], VERSION);
        modern["components"]["schemas"]["A"].clone()
    }

    #[test]
    fn schemas_are_those_of_json_schema() {
        for (old, new) in [
            (
                json!({"type": "string", "nullable": true, "enum": ["a", null]}),
                json!({"type": ["string", "null"], "enum": ["a", null]}),
            ),
            (
                json!({"oneOf": [{"type": "string", "nullable": true}, {"type": "boolean"}]}),
                json!({"oneOf": [{"type": ["string", "null"]}, {"type": "boolean"}]}),
            ),
            (
                json!({"nullable": true, "oneOf": [{"$ref": "#/components/schemas/B"}]}),
                json!({"oneOf": [{"$ref": "#/components/schemas/B"}, {"type": "null"}]}),
            ),
            (json!({"nullable": true}), json!({})),
            (
                json!({"type": "integer", "minimum": 0, "exclusiveMinimum": true, "maximum": 9,
                    "exclusiveMaximum": false}),
                json!({"type": "integer", "exclusiveMinimum": 0, "maximum": 9}),
            ),
            (
                json!({"type": "string", "format": "byte", "example": "YQ=="}),
                json!({"type": "string", "contentEncoding": "base64", "examples": ["YQ=="]}),
            ),
            // Names of properties mean nothing, and closed objects stay so.
            (
                json!({"type": "object", "additionalProperties": false, "properties": {
                    "example": {"type": "array", "items": {"type": "number", "nullable": true}},
                    "nullable": {"allOf": [{"$ref": "#/components/schemas/B"}]},
                }}),
                json!({"type": "object", "additionalProperties": false, "properties": {
                    "example": {"type": "array", "items": {"type": ["number", "null"]}},
                    "nullable": {"allOf": [{"$ref": "#/components/schemas/B"}]},
                }}),
            ),
        ] {
            assert_eq!(converted(&old), new, "{old}");
        }
    }

    #[test]
    fn what_is_beside_schemas_stays() {
        let body = json!({"content": {"application/json": {
            "schema": {"type": "string", "nullable": true},
            "example": {"nullable": true, "schema": {"nullable": true}},
        }}});
        let document = json!({"paths": {"/a": {"post": {
            "parameters": [{"name": "b", "schema": {"type": "integer"}, "example": 1}],
            "requestBody": body,
        }}}});
        let modern = modern(&document);
        let content = &modern["paths"]["/a"]["post"]["requestBody"]["content"]["application/json"];
        assert_eq!(content["schema"], json!({"type": ["string", "null"]}));
        assert_eq!(
            content["example"],
            body["content"]["application/json"]["example"]
        );
        assert_eq!(modern["paths"]["/a"]["post"]["parameters"][0]["example"], 1);
    }
}
