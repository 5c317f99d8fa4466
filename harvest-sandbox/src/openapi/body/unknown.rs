//! Properties of a body that is not documented.
//!
//! JSON Schema has no good word for this: `additionalProperties: false` doesn't see what the other members of an `allOf`
//! allow, and inside a `oneOf` it turns a typing error into "matches none of them". So schema and body are walked side by
//! side here, and a property is unknown if nothing that may apply to its object mentions it.

use super::shape::{Shape, Shapes};
use super::violation::dotted;
use crate::http::refusal::worded;
use crate::json::Value;
use crate::refusal::{Invalid, Problems};

/// Finds each unknown property.
pub(super) fn unknown_fields(schema: &Value, body: &Value, problems: &mut Problems) {
    let shapes = Shapes::of(schema);
    shapes.visit(&shapes.whole(), body, &mut Vec::new(), problems);
}

impl<'s> Shapes<'s> {
    fn visit(
        self,
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
                    } else if shape.is_unknown() {
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
        self,
        schemas: &[&'s Value],
        value: &Value,
        path: &mut Vec<String>,
        problems: &mut Problems,
    ) {
        if value.is_object() || value.is_array() {
            self.visit(&self.merged(schemas), value, path, problems);
        }
    }
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
            "$defs": {"A": {"type": ["object", "null"],
                "properties": {"x": {}, "a": {"$ref": "#/$defs/A"}}}},
        });
        unknown(
            &schema,
            &json!({"a": {"x": {"deep": 1}, "y": 1, "a": {"z": 1}}, "b": 1,
                "list": [{"x": 1}, {"q": 1}, 7],
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
        let all = json!({"allOf": [{"properties": {"a": {}}}, {"required": ["b"]}],
            "properties": {"b": {}}});
        unknown(&all, &json!({"a": 1, "b": 1, "c": 1}), &["c"]);
        let nullable = json!({"anyOf": [{"allOf": [{"properties": {"a": {}}}]}, {"type": "null"}]});
        unknown(&nullable, &json!({"a": 1, "c": 1}), &["c"]);
        let either = json!({"oneOf": [{"type": "string"}, {"properties": {"a": {}}},
            {"properties": {"b": {}}}]});
        unknown(&either, &json!({"a": 1, "b": 1, "c": 1}), &["c"]);
        let free = json!({"oneOf": [{"properties": {"a": {}}}, {"type": "object"}]});
        unknown(&free, &json!({"c": 1}), &[]);
    }
}
