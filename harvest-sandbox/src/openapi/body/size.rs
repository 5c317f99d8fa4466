//! Bounds of a body, whatever its schema says: checked first, so that everything after it has little to go through.

use std::collections::HashSet;

use super::violation::dotted;
use crate::bounds::{LIST_ITEMS, OBJECT_FIELDS, TEXT_CHARACTERS};
use crate::http::refusal::worded;
use crate::json::{Map, Value};
use crate::refusal::{Invalid, Problems};

/// How much there can be where a schema says nothing.
#[derive(Debug)]
pub(super) struct Most {
    items: usize,
    characters: usize,
    /// The names of properties that have the content of a file.
    pub(super) files: HashSet<String>,
}

impl Most {
    /// Bounds that are no narrower than those of a schema: these are for its own check.
    pub(super) fn of(schema: &Value) -> Self {
        let mut most = Self {
            items: LIST_ITEMS,
            characters: TEXT_CHARACTERS,
            files: HashSet::new(),
        };
        most.widen(schema);
        most
    }

    fn widen(&mut self, schema: &Value) {
        match schema {
            Value::Object(map) => {
                let bound = |key| map.get(key).and_then(Value::as_u64);
                let bound = |key| bound(key).and_then(|it| usize::try_from(it).ok());
                self.items = self.items.max(bound("maxItems").unwrap_or_default());
                self.characters = self.characters.max(bound("maxLength").unwrap_or_default());
                if let Some(Value::Object(properties)) = map.get("properties") {
                    let properties = properties.iter();
                    let files = properties.filter(|(_, it)| it.as_object().is_some_and(is_file));
                    self.files.extend(files.map(|(name, _)| name.clone()));
                }
                map.values().for_each(|schema| self.widen(schema));
            }
            Value::Array(schemas) => schemas.iter().for_each(|schema| self.widen(schema)),
            _ => {}
        }
    }
}

/// Whether a schema is that of the content of a file.
pub(super) fn is_file(schema: &Map) -> bool {
    schema.get("format").is_some_and(|format| format == "byte")
}

/// Finds each list, object and text that is too long.
pub(super) fn oversized(body: &Value, most: &Most, problems: &mut Problems) {
    visit(body, most, &mut Vec::new(), problems);
}

fn visit(value: &Value, most: &Most, path: &mut Vec<String>, problems: &mut Problems) {
    if problems.are_enough() {
        return;
    }
    let is_long =
        |text: &str| text.len() > most.characters && text.chars().nth(most.characters).is_some();
    let is_file = |path: &[String]| path.last().is_some_and(|name| most.files.contains(name));
    match value {
        Value::Array(items) if items.len() > most.items => {
            problems.note(fault(path, &format!("have at most {} items", most.items)));
        }
        Value::Array(items) => {
            for (place, item) in items
                .iter()
                .enumerate()
                .filter(|(_, item)| can_be_long(item))
            {
                path.push(place.to_string());
                visit(item, most, path, problems);
                path.pop();
            }
        }
        Value::Object(fields) if fields.len() > OBJECT_FIELDS => {
            problems.note(fault(path, &format!("have at most {OBJECT_FIELDS} fields")));
        }
        Value::Object(fields) => {
            for (name, value) in fields.iter().filter(|(_, value)| can_be_long(value)) {
                path.push(name.clone());
                visit(value, most, path, problems);
                path.pop();
            }
        }
        Value::String(text) if is_long(text) && !is_file(path) => {
            let what = format!("be at most {} characters long", most.characters);
            problems.note(fault(path, &what));
        }
        _ => {}
    }
}

fn can_be_long(value: &Value) -> bool {
    value.is_array() || value.is_object() || value.is_string()
}

fn fault(path: &[String], what: &str) -> Invalid {
    if path.is_empty() {
        Invalid::whole(worded(format!("The body must {what}")))
    } else {
        Invalid::at(dotted(path), worded(format!("Must {what}")))
    }
}

#[cfg(test)]
mod tests {
    use crate::json::json;

    use super::*;

    fn found(body: &Value) -> Vec<(String, String)> {
        let mut problems = Problems::default();
        let most = Most {
            items: 3,
            characters: 5,
            files: HashSet::from(["file".to_owned()]),
        };
        oversized(body, &most, &mut problems);
        let errors = problems
            .check()
            .err()
            .map(|refusal| refusal.into_reply().errors());
        let errors = errors.unwrap_or_default().into_iter();
        errors
            .map(|it| (it.field.unwrap_or_default(), it.message))
            .collect()
    }

    #[test]
    fn at_every_depth() {
        let most = "Must have at most 3 items";
        assert_eq!(found(&json!({"a": [1, 2, 3], "b": {}})), []);
        assert_eq!(
            found(&json!({"a": [[1, 2, 3, 4]], "b": {"c": [1, 2, 3, 4]}})),
            [("a.0".into(), most.into()), ("b.c".into(), most.into())]
        );
        assert_eq!(
            found(&json!([1, 2, 3, 4])),
            [(String::new(), "The body must have at most 3 items".into())]
        );
        let fields = |count: usize| -> Value {
            let fields = (0..count).map(|number| (number.to_string(), Value::Null));
            Value::Object(fields.collect())
        };
        assert_eq!(found(&fields(OBJECT_FIELDS)), []);
        let most = format!("Must have at most {OBJECT_FIELDS} fields");
        assert_eq!(
            found(&json!({"a": fields(OBJECT_FIELDS + 1)})),
            [("a".into(), most)]
        );
        let most = "Must be at most 5 characters long";
        assert_eq!(
            found(&json!({"a": "ééééé", "b": ["éééééé"], "file": "123456"})),
            [("b.0".into(), most.into())]
        );
    }
}
