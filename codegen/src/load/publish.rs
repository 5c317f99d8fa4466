//! The document for every other tool.
//!
//! The description says "this reference, or null" in the way that people read and write it:
//! `nullable: true` beside `allOf: [$ref]`. Taken literally, `OpenAPI` 3.0 lets null through only where every schema
//! that applies is nullable, so a strict validator refuses null there. The published document therefore refers to a
//! nullable copy of the component, as GitHub's own description does: `NullableUserSummary`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// Marks a nullable copy with the name of what it is a copy of.
pub const COPY: &str = "x-harvest-nullable-of";

const SCHEMAS: &str = "#/components/schemas/";

/// The published form of a bundled document. Pure.
pub(super) fn publish(document: &Value) -> Value {
    let mut copies = Vec::new();
    let mut out = rewrite(document, &mut copies);
    copies.sort();
    copies.dedup();
    let mut added = Vec::new();
    for name in &copies {
        let Some(Value::Object(original)) = out.pointer(&format!("/components/schemas/{name}"))
        else {
            continue;
        };
        let mut copy = original.clone();
        copy.insert("nullable".to_owned(), Value::Bool(true));
        copy.insert(COPY.to_owned(), Value::String(name.clone()));
        if let Some(Value::Array(values)) = copy.get_mut("enum") {
            // An enumeration lets null through only if it names it.
            values.push(Value::Null);
        }
        added.push((format!("Nullable{name}"), Value::Object(copy)));
    }
    if let Some(Value::Object(schemas)) = out.pointer_mut("/components/schemas") {
        schemas.extend(added);
        let mut sorted: Vec<_> = std::mem::take(schemas).into_iter().collect();
        sorted.sort_by(|(a, _), (b, _)| a.cmp(b));
        schemas.extend(sorted);
    }
    prune(&mut out);
    out
}

/// Takes out the schemas that only their copies were for.
fn prune(document: &mut Value) {
    let mut used = BTreeSet::new();
    let mut open = vec![document.get("paths").cloned().unwrap_or_default()];
    for kind in ["parameters", "headers", "responses", "requestBodies"] {
        open.extend(document.pointer(&format!("/components/{kind}")).cloned());
    }
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => {
                if let Some(name) = map
                    .get("$ref")
                    .and_then(Value::as_str)
                    .and_then(|r| r.strip_prefix(SCHEMAS))
                    && used.insert(name.to_owned())
                {
                    open.extend(
                        document
                            .pointer(&format!("/components/schemas/{name}"))
                            .cloned(),
                    );
                }
                open.extend(map.into_iter().map(|(_, value)| value));
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
        schemas.retain(|name, _| used.contains(name));
    }
}

fn rewrite(value: &Value, copies: &mut Vec<String>) -> Value {
    match value {
        Value::Object(map) => {
            let mut out = Map::new();
            for (key, value) in map {
                // Examples are data.
                let kept = matches!(key.as_str(), "example" | "examples");
                out.insert(
                    key.clone(),
                    if kept {
                        value.clone()
                    } else {
                        rewrite(value, copies)
                    },
                );
            }
            if map.get("nullable") == Some(&Value::Bool(true)) && !map.contains_key("type") {
                nullable(&mut out, copies);
            }
            Value::Object(out)
        }
        Value::Array(items) => items.iter().map(|item| rewrite(item, copies)).collect(),
        other => other.clone(),
    }
}

/// Says null in a way that a strict validator takes, in a schema without a type.
fn nullable(schema: &mut Map<String, Value>, copies: &mut Vec<String>) {
    // A schema of any type takes null anyway.
    schema.remove("nullable");
    let target = schema
        .get("allOf")
        .and_then(|all| all.pointer("/0/$ref"))
        .and_then(Value::as_str)
        .and_then(|r| r.strip_prefix(SCHEMAS))
        .map(str::to_owned);
    if let Some(name) = target {
        schema.insert(
            "allOf".to_owned(),
            json!([{ "$ref": format!("{SCHEMAS}Nullable{name}") }]),
        );
        copies.push(name);
    } else if let Some(Value::Array(members)) = schema.get_mut("oneOf") {
        // One member is enough, and it has to be one: null may match no second.
        if let Some(Value::Object(member)) = members.iter_mut().find(|m| m.get("type").is_some()) {
            member.insert("nullable".to_owned(), Value::Bool(true));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_beside_a_reference_becomes_a_nullable_copy() {
        let published = publish(
            &json!({"paths": {"/a": {"$ref": "#/components/schemas/A"}}, "components": {"schemas": {
                "A": {"type": "object", "properties": {
                    "b": {"description": "Why.", "nullable": true, "allOf": [{"$ref": "#/components/schemas/B"}]},
                    "c": {"nullable": true, "oneOf": [{"type": "string"}, {"type": "boolean"}]},
                    "d": {"nullable": true},
                    "e": {"type": "string", "nullable": true},
                }},
                "B": {"type": "string", "enum": ["x"], "example": {"nullable": true}},
            }}}),
        );
        assert_eq!(
            published.pointer("/components/schemas"),
            Some(&json!({
                "A": {"type": "object", "properties": {
                    "b": {"description": "Why.", "allOf": [{"$ref": "#/components/schemas/NullableB"}]},
                    "c": {"oneOf": [{"type": "string", "nullable": true}, {"type": "boolean"}]},
                    "d": {},
                    "e": {"type": "string", "nullable": true},
                }},
                "NullableB": {
                    "type": "string", "enum": ["x", null], "example": {"nullable": true},
                    "nullable": true, "x-harvest-nullable-of": "B",
                },
            }))
        );
    }
}
