//! The ids of records that there are. A request for a record that isn't there is answered 404, whatever else is in it;
//! made-up ids would try little more than that.

use std::collections::{BTreeMap, BTreeSet};

use harvest_openapi::{Document, extension};
use serde_json::Value;

use super::Error;

/// Ids by the name of their schema.
pub type Known = BTreeMap<String, BTreeSet<i64>>;

/// How often ids that were found are used to find others.
const ROUNDS: usize = 3;
/// How many records of a kind are asked for.
const RECORDS: usize = 5;

/// The ids in what the readable operations answer. `get` asks for a path.
///
/// # Errors
///
/// Those of `get`.
pub fn known(
    document: &Value,
    mut get: impl FnMut(&str) -> Result<Option<Value>, Error>,
) -> Result<Known, Error> {
    let mut known = Known::new();
    let mut asked = BTreeSet::new();
    for _ in 0..ROUNDS {
        for (template, item) in document["paths"].as_object().into_iter().flatten() {
            let Some(schema) = item.pointer("/get/responses/200/content/application~1json/schema")
            else {
                continue;
            };
            for path in paths(document, template, &item["get"], &known) {
                if asked.insert(path.clone())
                    && let Some(answer) = get(&path)?
                {
                    collect(document, schema, &answer, &mut known);
                }
            }
        }
    }
    Ok(known)
}

/// The template with ids that are known. With several ids in it, those of different records rarely belong together.
fn paths(document: &Value, template: &str, operation: &Value, known: &Known) -> Vec<String> {
    let mut ids = parameters(document, operation).filter(|parameter| parameter["in"] == "path");
    let Some(id) = ids.next() else {
        return vec![template.to_owned()];
    };
    let Some(known) = id_schema(document, &id["schema"]).and_then(|name| known.get(name)) else {
        return Vec::new();
    };
    if ids.next().is_some() {
        return Vec::new();
    }
    let place = format!("{{{}}}", id["name"].as_str().unwrap_or_default());
    let fill = |id: &i64| template.replace(&place, &id.to_string());
    known.iter().take(RECORDS).map(fill).collect()
}

/// Walks an answer and its schema side by side.
fn collect(document: &Value, schema: &Value, answer: &Value, known: &mut Known) {
    if let (Some(name), Some(id)) = (id_schema(document, schema), answer.as_i64()) {
        known.entry(name.to_owned()).or_default().insert(id);
        return;
    }
    let schema = resolve(document, schema);
    for key in ["allOf", "oneOf", "anyOf"] {
        for member in schema[key].as_array().into_iter().flatten() {
            collect(document, member, answer, known);
        }
    }
    for item in answer.as_array().into_iter().flatten() {
        collect(document, &schema["items"], item, known);
    }
    for (name, value) in answer.as_object().into_iter().flatten() {
        collect(document, &schema["properties"][name], value, known);
    }
}

/// The parameters of an operation, with references followed.
pub(super) fn parameters<'a>(
    document: &'a Value,
    operation: &'a Value,
) -> impl Iterator<Item = &'a Value> {
    Document::new(document).parameters(operation)
}

/// The name of the kind of id that a schema is, if it is one. One that may be null is named after the one that may not.
pub(super) fn id_schema<'a>(document: &'a Value, schema: &'a Value) -> Option<&'a str> {
    let inside = schema["allOf"].as_array().filter(|all| all.len() == 1);
    if let Some(all) = inside {
        return id_schema(document, &all[0]);
    }
    let (_, name) = schema["$ref"].as_str()?.rsplit_once('/')?;
    let schema = resolve(document, schema);
    let not_null = schema[extension::NULLABLE_OF].as_str();
    (schema[extension::ID] == true).then(|| not_null.unwrap_or(name))
}

/// What a reference leads to.
pub(super) fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    Document::new(document).resolve(value)
}
