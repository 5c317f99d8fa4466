//! Properties of a body that nobody documented.
//!
//! JSON Schema has no good word for this: `additionalProperties: false` doesn't see what the other members of an `allOf`
//! allow, and inside a `oneOf` it turns a typing error into "matches none of them". So schema and body are walked side by
//! side here, and a property is unknown if nothing that may apply to its object mentions it.

use std::collections::HashMap;

use super::schema::definition_name;
use super::violation::dotted;
use crate::http::refusal::worded;
use crate::json::Value;
use crate::refusal::{Invalid, Problems};

/// Finds each unknown property.
pub(super) fn unknown_fields(schema: &Value, body: &Value, problems: &mut Problems) {
    let walk = Walk { root: schema };
    walk.visit(&walk.merged(&[schema]), body, &mut Vec::new(), problems);
}

struct Walk<'s> {
    root: &'s Value,
}

/// What one or several schemas say about the parts of a value.
#[derive(Default)]
struct Shape<'s> {
    /// Whether it can be the shape of an object at all.
    is_object: bool,
    /// Whether properties are listed.
    lists: bool,
    /// Whether any property may be there.
    open: bool,
    properties: HashMap<&'s str, Vec<&'s Value>>,
    /// The schemas of properties that are not listed.
    others: Vec<&'s Value>,
    items: Vec<&'s Value>,
}

impl<'s> Walk<'s> {
    fn visit(
        &self,
        shape: &Shape<'s>,
        value: &Value,
        path: &mut Vec<String>,
        problems: &mut Problems,
    ) {
        match value {
            Value::Object(map) => {
                for (name, value) in map {
                    if problems.are_enough() {
                        return;
                    }
                    path.push(name.clone());
                    if let Some(known) = shape.properties.get(name.as_str()) {
                        self.enter(known, value, path, problems);
                    } else if !shape.others.is_empty() {
                        self.enter(&shape.others, value, path, problems);
                    } else if shape.lists && !shape.open {
                        let field = dotted(path);
                        let words = worded(format!("Unknown field: {field}"));
                        problems.note(Invalid::at(&field, words));
                    }
                    path.pop();
                }
            }
            Value::Array(items) if !shape.items.is_empty() => {
                let shape = self.merged(&shape.items);
                for (index, item) in items.iter().enumerate() {
                    path.push(index.to_string());
                    self.visit(&shape, item, path, problems);
                    path.pop();
                }
            }
            _ => {}
        }
    }

    /// Visits a property with what these schemas say of it.
    fn enter(
        &self,
        schemas: &[&'s Value],
        value: &Value,
        path: &mut Vec<String>,
        problems: &mut Problems,
    ) {
        if value.is_object() || value.is_array() {
            self.visit(&self.merged(schemas), value, path, problems);
        }
    }

    fn merged(&self, schemas: &[&'s Value]) -> Shape<'s> {
        let mut merged = Shape::default();
        for schema in schemas {
            merged.add(self.shape(schema));
        }
        merged
    }

    // Ends, since `schema.rs` refuses schemas that refer to themselves without going into a part.
    fn shape(&self, schema: &'s Value) -> Shape<'s> {
        if let Some(name) = definition_name(schema) {
            return self.root["$defs"]
                .get(name)
                .map(|schema| self.shape(schema))
                .unwrap_or_default();
        }
        let mut shape = Shape {
            is_object: match schema.get("type") {
                None => true,
                Some(Value::Array(types)) => types.iter().any(|kind| kind == "object"),
                Some(kind) => kind == "object",
            },
            items: schema.get("items").into_iter().collect(),
            ..Shape::default()
        };
        if let Some(Value::Object(properties)) = schema.get("properties") {
            shape.lists = true;
            for (name, schema) in properties {
                shape.properties.insert(name, vec![schema]);
            }
        }
        match schema.get("additionalProperties") {
            None => {}
            Some(Value::Bool(open)) => {
                shape.lists = true;
                shape.open = *open;
            }
            Some(schema) => {
                shape.lists = true;
                shape.others.push(schema);
            }
        }
        for member in members(schema, "allOf") {
            let member = self.shape(member);
            let is_object = shape.is_object && member.is_object;
            shape.add(member);
            shape.is_object = is_object;
        }
        for key in ["oneOf", "anyOf"] {
            for variant in members(schema, key) {
                let mut variant = self.shape(variant);
                // An alternative that takes any object takes any property.
                variant.open |= variant.is_object && !variant.lists;
                shape.add(variant);
            }
        }
        shape
    }
}

impl<'s> Shape<'s> {
    fn add(&mut self, other: Shape<'s>) {
        self.is_object |= other.is_object;
        self.lists |= other.lists;
        self.open |= other.open;
        for (name, schemas) in other.properties {
            self.properties.entry(name).or_default().extend(schemas);
        }
        self.others.extend(other.others);
        self.items.extend(other.items);
    }
}

fn members<'s>(schema: &'s Value, key: &str) -> impl Iterator<Item = &'s Value> {
    schema
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::reply::FieldError;
    use crate::json::json;

    fn errors_of(schema: &Value, body: &Value) -> Vec<FieldError> {
        let mut problems = Problems::default();
        unknown_fields(schema, body, &mut problems);
        let refused = problems.check().err();
        refused.map_or_else(Vec::new, |refusal| refusal.into_reply().errors())
    }

    #[track_caller]
    fn unknown(schema: &Value, body: &Value, fields: &[&str]) {
        let found: Vec<_> = errors_of(schema, body)
            .into_iter()
            .filter_map(|error| error.field)
            .collect();
        assert_eq!(found, fields);
    }

    #[test]
    fn plain_and_nested_objects() {
        let schema = json!({
            "properties": {
                "a": {"$ref": "#/$defs/A"},
                "list": {"type": "array", "items": {"$ref": "#/$defs/A"}},
                "free": {"type": "object"},
                "any": {},
            },
            "$defs": {"A": {"type": ["object", "null"], "properties": {"x": {}, "a": {"$ref": "#/$defs/A"}}}},
        });
        unknown(
            &schema,
            &json!({"a": {"x": {"deep": 1}, "y": 1, "a": {"z": 1}}, "b": 1, "list": [{"x": 1}, {"q": 1}, 7],
                "free": {"p": 1}, "any": {"p": 1}}),
            &["a.y", "a.a.z", "b", "list.1.q"],
        );
        unknown(&schema, &json!({"a": null}), &[]);
        unknown(&schema, &json!([{"b": 1}]), &[]);
        assert_eq!(
            errors_of(&schema, &json!({"b": 1})),
            [FieldError::new("b", "Unknown field: b")]
        );
    }

    #[test]
    fn maps() {
        let schema = json!({"additionalProperties": {"properties": {"x": {}}}});
        unknown(&schema, &json!({"any": {"x": 1, "y": 2}}), &["any.y"]);
        unknown(
            &json!({"properties": {"x": {}}, "additionalProperties": true}),
            &json!({"y": 1}),
            &[],
        );
        unknown(
            &json!({"additionalProperties": false}),
            &json!({"y": 1}),
            &["y"],
        );
    }

    #[test]
    fn combinations_are_seen_together() {
        let all = json!({"allOf": [{"properties": {"a": {}}}, {"required": ["b"]}], "properties": {"b": {}}});
        unknown(&all, &json!({"a": 1, "b": 1, "c": 1}), &["c"]);
        let nullable = json!({"anyOf": [{"allOf": [{"properties": {"a": {}}}]}, {"type": "null"}]});
        unknown(&nullable, &json!({"a": 1, "c": 1}), &["c"]);
        let either = json!({"oneOf": [{"type": "string"}, {"properties": {"a": {}}}, {"properties": {"b": {}}}]});
        unknown(&either, &json!({"a": 1, "b": 1, "c": 1}), &["c"]);
        let free = json!({"oneOf": [{"properties": {"a": {}}}, {"type": "object"}]});
        unknown(&free, &json!({"c": 1}), &[]);
    }
}
