//! Examples of bodies, walked along with their schemas.

use harvest_openapi::{Document, reference};

use crate::json::{Map, Value};
use crate::refusal::Outcome;

/// Properties that are taken out of examples. What an organization has for custom fields, an example cannot know, and no
/// address of an example is on this computer.
const LEFT_OUT: [&str; 2] = ["custom_fields", "callback_url"];

/// The schemas that a description refers to.
pub(super) struct Schemas<'a> {
    root: &'a Value,
}

/// Finds an id for a schema.
pub(super) type Find<'f> = dyn FnMut(&Value) -> Outcome<Value> + 'f;

impl<'a> Schemas<'a> {
    /// Those of a document, of which the components are there at least.
    pub(super) fn new(root: &'a Value) -> Self {
        Self { root }
    }

    /// What a reference leads to in the end.
    pub(super) fn resolved<'v>(&'v self, value: &'v Value) -> &'v Value {
        Document::new(self.root).resolve(value)
    }

    /// The first that is known of the names by which a schema is referred to.
    pub(super) fn type_of<T>(
        &self,
        schema: &Value,
        known: impl Copy + Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let mut schema = schema;
        for _ in 0..reference::MAX_HOPS {
            if let Some(reference) = schema[reference::REF].as_str() {
                let (_, name) = reference.rsplit_once('/')?;
                // Copies that can be null are of the same type.
                let copy = name
                    .strip_prefix("Nullable")
                    .or(name.strip_suffix("OrNull"));
                if let Some(found) = known(name).or_else(|| copy.and_then(known)) {
                    return Some(found);
                }
                schema = self.root.pointer(reference.strip_prefix('#')?)?;
            } else if let [only] = &schema["allOf"].as_array()?[..] {
                schema = only;
            } else {
                return None;
            }
        }
        None
    }

    /// Replaces each id in an example by one that is found for its schema. `schemas` are those that may describe it.
    pub(super) fn walk(
        &self,
        example: &mut Value,
        schemas: &[&Value],
        find: &mut Find<'_>,
    ) -> Outcome<()> {
        match example {
            Value::Object(fields) => {
                fields.retain(|name, _| !LEFT_OUT.contains(&name.as_str()));
                for (name, field) in fields.iter_mut() {
                    let mut within = Vec::new();
                    self.parts(schemas, &mut within, &|schema| {
                        schema["properties"].get(name.as_str())
                    });
                    self.walk(field, &within, find)?;
                }
            }
            Value::Array(items) => {
                let mut within = Vec::new();
                self.parts(schemas, &mut within, &|schema| schema.get("items"));
                for item in items.iter_mut() {
                    self.walk(item, &within, find)?;
                }
                // Several ids of one type are one record now.
                let mut seen = Vec::new();
                items.retain(|item| {
                    let is_new = item.is_object() || !seen.contains(item);
                    seen.push(item.clone());
                    is_new
                });
            }
            Value::Number(_) => {
                for schema in schemas {
                    let found = find(schema)?;
                    if !found.is_null() {
                        *example = found;
                        break;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A part of each schema, and of those that it consists of.
    fn parts<'v>(
        &'v self,
        schemas: &[&'v Value],
        found: &mut Vec<&'v Value>,
        part: &dyn Fn(&'v Value) -> Option<&'v Value>,
    ) {
        for schema in schemas {
            let schema = self.resolved(schema);
            found.extend(part(schema));
            for variants in ["allOf", "oneOf", "anyOf"] {
                let variants: Vec<&Value> =
                    schema[variants].as_array().into_iter().flatten().collect();
                self.parts(&variants, found, part);
            }
        }
    }
}

/// Puts a value where a JSON Pointer leads; null takes out what is there.
pub(super) fn put(example: &mut Value, pointer: &str, value: Value) {
    let Some((parent, name)) = pointer.rsplit_once('/') else {
        *example = value;
        return;
    };
    let mut place = example;
    for step in parent.split('/').skip(1) {
        place = match place {
            Value::Array(items) => {
                match step.parse().ok().and_then(|at: usize| items.get_mut(at)) {
                    Some(item) => item,
                    None => return,
                }
            }
            Value::Object(fields) => fields
                .entry(step.to_owned())
                .or_insert_with(|| Value::Object(Map::new())),
            _ => return,
        };
    }
    match place {
        Value::Array(items) => {
            if let Some(item) = name.parse().ok().and_then(|at: usize| items.get_mut(at)) {
                *item = value;
            }
        }
        Value::Object(fields) if value.is_null() => {
            fields.shift_remove(name);
        }
        Value::Object(fields) => {
            fields.insert(name.to_owned(), value);
        }
        _ => {}
    }
}
