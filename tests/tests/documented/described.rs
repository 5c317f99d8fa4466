//! The description, as it is published.

use std::path::Path;

use harvest_openapi::extension;
use serde_json::{Map, Value};

use crate::folder::json;

/// The published document of one version.
pub struct Described {
    document: Value,
}

/// One operation of it.
#[derive(Clone, Copy)]
pub struct Operation<'a> {
    described: &'a Described,
    node: &'a Value,
}

impl Described {
    pub fn new(document: Value) -> Self {
        Self { document }
    }

    /// What the workspace publishes now.
    pub fn published(version: &str) -> Value {
        // cargo runs a test in the folder of its package.
        json(&Path::new("../harvest-spec/dist").join(format!("{version}.json")))
    }

    /// A property of the document itself.
    pub fn field(&self, key: &str) -> &Value {
        &self.document[key]
    }

    /// The method and the path of every operation.
    pub fn operations(&self) -> impl Iterator<Item = (&str, &str)> {
        let operations = harvest_openapi::Document::new(&self.document).operations();
        operations.map(|operation| (operation.method, operation.path))
    }

    /// The operation with a method and a documented path.
    pub fn operation(&self, method: &str, path: &str) -> Option<Operation<'_>> {
        let path = unified(path);
        let paths = self.document["paths"].as_object()?;
        paths
            .iter()
            .filter(|(described, _)| unified(described) == path)
            .find_map(|(_, item)| item.get(method.to_lowercase()))
            .map(|node| Operation {
                described: self,
                node,
            })
    }

    /// A component of `components/schemas`.
    pub fn model(&self, name: &str) -> Option<&Value> {
        self.document["components"]["schemas"].get(name)
    }

    /// What a reference refers to, and anything else itself.
    pub fn resolve<'a>(&'a self, node: &'a Value) -> &'a Value {
        let followed = harvest_openapi::reference::follow(&self.document, node);
        if let Some(error) = followed.error {
            panic!("{error}");
        }
        followed.value
    }

    /// The schemas that a value may have: those that are combined with `allOf` and `oneOf`, and the schema itself.
    pub fn forms<'a>(&'a self, schema: &'a Value) -> Vec<&'a Value> {
        let schema = self.resolve(schema);
        let parts = ["allOf", "oneOf", "anyOf"]
            .iter()
            .filter_map(|key| schema.get(key)?.as_array())
            .flatten();
        let mut forms = vec![schema];
        forms.extend(parts.flat_map(|part| self.forms(part)));
        forms
    }

    /// The schemas at a path such as `applications[].job_id`. Empty if there is no such property.
    pub fn at<'a>(&'a self, schema: &'a Value, path: &str) -> Vec<&'a Value> {
        let mut found = vec![schema];
        for step in path.split('.') {
            let name = step.trim_end_matches("[]");
            found = self.step(&found, |form| form.get("properties")?.get(name));
            for _ in 0..step.matches("[]").count() {
                found = self.step(&found, |form| form.get("items"));
            }
        }
        found
    }

    fn step<'a>(
        &'a self,
        schemas: &[&'a Value],
        into: impl Fn(&'a Value) -> Option<&'a Value>,
    ) -> Vec<&'a Value> {
        schemas
            .iter()
            .flat_map(|schema| self.forms(schema))
            .filter_map(into)
            .collect()
    }

    /// The values that are described for any of the schemas or for their items. `None` if there are none.
    pub fn values<'a>(&'a self, schemas: &[&'a Value]) -> Option<Vec<&'a str>> {
        let listed: Vec<_> = schemas
            .iter()
            .flat_map(|schema| self.forms(schema))
            .flat_map(|form| {
                let items = form
                    .get("items")
                    .map_or_else(Vec::new, |items| self.forms(items));
                [form].into_iter().chain(items).collect::<Vec<_>>()
            })
            .filter_map(|form| {
                form.get("enum")
                    .or(form.get(extension::OPEN_ENUM))?
                    .as_array()
            })
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        (!listed.is_empty()).then_some(listed)
    }

    /// What is wrong with a value in the eyes of JSON Schema: places, and no values, to keep what is documented out of
    /// the log.
    pub fn faults(&self, schema: &Value, value: &Value) -> Vec<String> {
        let mut components = Map::new();
        self.reach(schema, &mut components);
        let schema = serde_json::json!({
            "allOf": [json_schema(schema)],
            "components": {"schemas": components},
        });
        let validator = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft4)
            .should_validate_formats(false)
            .build(&schema)
            .unwrap();
        validator
            .iter_errors(value)
            .map(|error| {
                format!(
                    "{} breaks `{}`",
                    error.instance_path(),
                    error.kind().keyword()
                )
            })
            .collect()
    }

    /// The components that a schema refers to, and those that these refer to, in JSON Schema.
    fn reach(&self, schema: &Value, into: &mut Map<String, Value>) {
        match schema {
            Value::Array(items) => items.iter().for_each(|item| self.reach(item, into)),
            Value::Object(keys) => {
                let reference = keys.get("$ref").and_then(Value::as_str);
                if let Some(name) =
                    reference.and_then(|of| of.strip_prefix("#/components/schemas/"))
                    && !into.contains_key(name)
                {
                    let component = self.resolve(schema);
                    into.insert(name.to_owned(), json_schema(component));
                    self.reach(component, into);
                }
                keys.values().for_each(|value| self.reach(value, into));
            }
            _ => {}
        }
    }
}

impl<'a> Operation<'a> {
    pub fn field(&self, key: &str) -> &'a Value {
        &self.node[key]
    }

    pub fn id(&self) -> &'a str {
        self.field("operationId").as_str().unwrap()
    }

    /// All parameters.
    pub fn parameters(&self) -> impl Iterator<Item = &'a Value> {
        harvest_openapi::Document::new(&self.described.document).parameters(self.node)
    }

    /// The parameter with this place and name, or documented name.
    pub fn parameter(&self, place: &str, name: &str) -> Option<&'a Value> {
        self.parameters()
            .filter(|parameter| parameter["in"] == place)
            .find(|parameter| {
                let documented = parameter.get(extension::DOCUMENTED_NAME);
                *documented.unwrap_or(&parameter["name"]) == name
            })
    }

    pub fn request(&self) -> Option<&'a Value> {
        let body = self.described.resolve(self.node.get("requestBody")?);
        body.pointer("/content/application~1json/schema")
    }

    /// The schema of the answers whose status begins so: `2`.
    pub fn answer(&self, status: &str) -> Option<&'a Value> {
        let responses = self.field("responses").as_object()?;
        responses
            .iter()
            .filter(|(of, _)| of.starts_with(status))
            .find_map(|(_, response)| {
                let response = self.described.resolve(response);
                response.pointer("/content/application~1json/schema")
            })
    }
}

/// The same in JSON Schema, which has `null` where `OpenAPI` 3.0 has `nullable`. References stay as they are.
fn json_schema(schema: &Value) -> Value {
    match schema {
        Value::Array(items) => items.iter().map(json_schema).collect(),
        Value::Object(keys) => {
            let mut converted: Map<String, Value> = keys
                .iter()
                .filter(|(key, _)| !matches!(key.as_str(), "nullable" | "example" | "description"))
                .map(|(key, value)| (key.clone(), json_schema(value)))
                .collect();
            // A property may be called `description`: what is kept under `properties` are names, not keywords.
            if let Some(properties) = keys.get("properties").and_then(Value::as_object) {
                let properties = properties
                    .iter()
                    .map(|(name, property)| (name.clone(), json_schema(property)))
                    .collect();
                converted.insert("properties".to_owned(), Value::Object(properties));
            }
            if keys.get("nullable") == Some(&Value::Bool(true))
                && let Some(type_) = converted.get_mut("type")
            {
                *type_ = serde_json::json!([type_, "null"]);
            }
            Value::Object(converted)
        }
        other => other.clone(),
    }
}

/// A path without the names of its parameters: these differ where one path is documented twice, and what counts is where
/// they stand.
pub fn unified(path: &str) -> String {
    path.trim_end_matches('/')
        .split('/')
        .map(|part| if part.starts_with('{') { "{}" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}
