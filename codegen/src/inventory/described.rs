//! Inventory of a document, as plain JSON: nothing in it is skipped because a reader does not know it.

use std::collections::BTreeSet;

use harvest_openapi::{Document, extension};
use serde_json::Value;

use super::Inventory;
use crate::format::RANGES;
use crate::names;
use crate::role::{Form, Role};

impl Inventory {
    /// What a document describes: each method of each path is an operation, whatever it holds.
    pub fn of_document(document: &Value) -> Self {
        let mut inventory = Self::default();
        for (path, item) in entries(document.get("paths")) {
            for (method, operation) in entries(Some(item)) {
                let id = operation.get("operationId").and_then(Value::as_str);
                let id = id.map_or_else(
                    || format!("{} {path}", method.to_uppercase()),
                    str::to_owned,
                );
                let parameters = operation.get("parameters").and_then(Value::as_array);
                let parameters = parameters.into_iter().flatten().map(|raw| {
                    let parameter = resolve(document, raw);
                    let documented = parameter.get(extension::DOCUMENTED_NAME);
                    let name = documented.or(parameter.get("name")).and_then(Value::as_str);
                    names::field(name.unwrap_or_default())
                });
                inventory.operations.insert(id, parameters.collect());
            }
        }
        let schemas = entries(document.pointer("/components/schemas"));
        inventory.models = schemas.map(|(name, _)| name.clone()).collect();
        inventory
    }

    /// Only those models that operations lead to: the client has no others.
    pub(crate) fn used(mut self, document: &Value) -> Self {
        let mut used = BTreeSet::new();
        for (_, item) in entries(document.get("paths")) {
            for (_, operation) in entries(Some(item)) {
                let parameters = operation.get("parameters").and_then(Value::as_array);
                for parameter in parameters.into_iter().flatten() {
                    let parameter = resolve(document, parameter);
                    // The runtime has types of its own for ranges.
                    if parameter.get("style").and_then(Value::as_str) != Some(RANGES) {
                        follow(document, Some(parameter), &mut used);
                    }
                }
                follow(document, operation.get("requestBody"), &mut used);
                for (_, answer) in
                    entries(operation.get("responses")).filter(|(s, _)| s.starts_with('2'))
                {
                    follow(
                        document,
                        resolve(document, answer).get("content"),
                        &mut used,
                    );
                }
            }
        }
        self.models.retain(|name| used.contains(name));
        self
    }
}

fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    Document::new(document).resolve(value)
}

/// The schemas that a value leads to. What the runtime has a type of its own for leads no further.
fn follow(document: &Value, value: Option<&Value>, used: &mut BTreeSet<String>) {
    match value {
        Some(Value::Object(map)) => {
            if let Some(target) = map.get("$ref").and_then(Value::as_str) {
                let name = target.strip_prefix("#/components/schemas/");
                let target = document.pointer(target.trim_start_matches('#'));
                if name.is_none_or(|name| used.insert(name.to_owned()))
                    && target.is_none_or(|schema| {
                        schema.get(extension::RUNTIME_TYPE).is_none() || has_trait(schema)
                    })
                {
                    follow(document, target, used);
                }
                return;
            }
            for (key, inner) in map {
                if key != "example" && key != "examples" {
                    follow(document, Some(inner), used);
                }
            }
        }
        Some(Value::Array(items)) => {
            for item in items {
                follow(document, Some(item), used);
            }
        }
        _ => {}
    }
}

/// Whether a schema in a role is made into a type all the same.
fn has_trait(schema: &Value) -> bool {
    let role = schema.get(extension::RUNTIME_TYPE).and_then(Value::as_str);
    role.and_then(Role::named)
        .is_some_and(|role| matches!(role.form, Form::Trait(_)))
}

fn entries(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}
