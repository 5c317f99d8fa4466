//! Mistakes in bodies that the service forgives although it is not documented: unknown properties, and digits in quotes where a number
//! belongs. The former are taken out, and the latter become numbers.

use super::shape::{Shape, Shapes};
use crate::http::overlooked::{Mistake, Overlooked};
use crate::json::Value;

/// The most digits of an integer of 64 bits.
const DIGITS: usize = 19;

/// Makes of a body what the service makes of it.
pub(super) fn forgive(schema: &Value, body: &mut Value, overlooked: &mut Overlooked) {
    let shapes = Shapes::of(schema);
    let mut walk = Walk {
        shapes,
        path: Vec::new(),
        overlooked,
    };
    walk.visit(&shapes.whole(), body);
}

struct Walk<'s, 'o> {
    shapes: Shapes<'s>,
    /// The names and places on the way to where it is.
    path: Vec<String>,
    overlooked: &'o mut Overlooked,
}

impl<'s> Walk<'s, '_> {
    fn visit(&mut self, shape: &Shape<'s>, value: &mut Value) {
        match value {
            Value::Object(map) => map.retain(|name, value| {
                self.path.push(name.clone());
                let known = shape.properties.get(name.as_str());
                let schemas = known.unwrap_or(&shape.others);
                let is_unknown = known.is_none() && shape.is_unknown();
                if is_unknown {
                    self.overlooked.note(Mistake::Property, &self.path);
                } else if !schemas.is_empty() {
                    self.enter(schemas, value);
                }
                self.path.pop();
                !is_unknown
            }),
            Value::Array(items) if !shape.items.is_empty() => {
                // Once, however many items there are.
                let of_items = self.shapes.merged(&shape.items);
                for (index, item) in items.iter_mut().enumerate() {
                    self.path.push(index.to_string());
                    self.replace_text(&shape.items, item);
                    self.visit(&of_items, item);
                    self.path.pop();
                }
            }
            _ => {}
        }
    }

    fn enter(&mut self, schemas: &[&'s Value], value: &mut Value) {
        if value.is_object() || value.is_array() {
            let shape = self.shapes.merged(schemas);
            self.visit(&shape, value);
        } else {
            self.replace_text(schemas, value);
        }
    }

    /// Makes a number of a text that stands for one.
    fn replace_text(&mut self, schemas: &[&'s Value], value: &mut Value) {
        if let Value::String(text) = value
            && let Some(number) = self.number(schemas, text)
        {
            *value = number;
            self.overlooked.note(Mistake::TextForNumber, &self.path);
        }
    }

    /// The number that a text stands for, where a number belongs and no text.
    fn number(&self, schemas: &[&'s Value], text: &str) -> Option<Value> {
        let types = self.shapes.types(schemas);
        if types.text || !types.integer {
            return None;
        }
        let (whole, fraction) = match text.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (text, None),
        };
        let are_digits = |part: &str| {
            (1..=DIGITS).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_digit())
        };
        let digits = whole.strip_prefix('-').unwrap_or(whole);
        if !are_digits(digits) {
            return None;
        }
        match fraction {
            None => text.parse::<i64>().ok().map(Value::from),
            Some(fraction) if types.number && are_digits(fraction) => {
                let number = serde_json::Number::from_f64(text.parse().ok()?)?;
                Some(Value::Number(number))
            }
            Some(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::notice::{OVERLOOKED, notice};
    use crate::http::overlooked::Tolerance;
    use crate::http::reply::Reply;
    use crate::json::json;

    /// What becomes of a body, and what is reported about it.
    #[track_caller]
    fn forgiven(schema: &Value, mut body: Value) -> (Value, String) {
        let mut overlooked = Overlooked::within(Tolerance::Lenient);
        forgive(schema, &mut body, &mut overlooked);
        let reply = overlooked.noted(Reply::not_found());
        (body, notice(&reply, &OVERLOOKED).unwrap_or_default())
    }

    #[test]
    fn unknown_properties_are_taken_out_at_any_depth() {
        let schema = json!({
            "properties": {"a": {"$ref": "#/$defs/A"},
                "list": {"type": "array", "items": {"$ref": "#/$defs/A"}},
                "free": {"type": "object"}},
            "$defs": {"A": {"type": ["object", "null"], "properties": {"x": {}},
                "additionalProperties": false}},
        });
        let (body, reported) = forgiven(
            &schema,
            json!({"b": 1, "a": {"y": {"x": 1}, "x": {"deep": 1}}, "list": [{"x": 1}, {"q": 1}, 7],
                "free": {"p": 1}}),
        );
        let left = json!({"a": {"x": {"deep": 1}}, "list": [{"x": 1}, {}, 7], "free": {"p": 1}});
        assert_eq!(body, left);
        assert_eq!(
            reported,
            "unknown property b, unknown property a.y, unknown property list.1.q"
        );
    }

    #[test]
    fn digits_become_numbers_where_no_text_is_meant() {
        let number = json!({"type": ["number", "null"]});
        let either = json!({"oneOf": [{"type": "integer"}, {"type": "string"}]});
        let id = json!({"anyOf": [{"allOf": [{"$ref": "#/$defs/Id"}]}, {"type": "null"}]});
        let schema = json!({
            "properties": {"id": id, "ids": {"items": {"$ref": "#/$defs/Id"}}, "number": number,
                "either": either,
                "text": {"type": "string"}, "any": {}, "flag": {"type": "boolean"}},
            "$defs": {"Id": {"type": "integer"}},
        });
        let (body, reported) = forgiven(
            &schema,
            json!({"id": "7", "ids": ["-1", 2, "x", "1.0", "01"], "number": "1.50", "either": "7",
                "text": "7",
                "any": "7", "flag": "1"}),
        );
        let left = json!({"id": 7, "ids": [-1, 2, "x", "1.0", 1], "number": 1.5, "either": "7",
            "text": "7",
            "any": "7", "flag": "1"});
        assert_eq!(body, left);
        let named = "text for a number";
        assert_eq!(
            reported,
            format!("{named} id, {named} ids.0, {named} ids.4, {named} number")
        );
        for odd in [
            "",
            "-",
            "+7",
            " 7",
            "7 ",
            "1e3",
            "9223372036854775808",
            "٣",
            ".5",
            "5.",
        ] {
            let body = json!({"id": odd, "number": odd});
            let (left, _) = forgiven(&schema, body.clone());
            assert_eq!(left, body, "{odd}");
        }
    }
}
