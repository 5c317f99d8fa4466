//! The description in few words: operations, and the models that they use.
//!
//! ```text
//! add_user_email_address
//!     POST /v1/users/{id}/email_addresses
//!     permission POST: Add E-mail Address To User, acting user required
//!     path id: UserId required
//!     body UserEmailAddressCreate required
//!     200 UserEmailAddress
//!     204
//!
//! UserEmailAddress
//!     id: UserId required
//!     email: string?
//! ```
//!
//! A `?` stands for "or null", and an id is an `int64` if nothing else is said. A model is shown with the first resource that uses it, in the order of the root's tags.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::filled;

/// One digest a resource: its name and the text.
pub fn digests(document: &Value) -> Vec<(String, String)> {
    let mut digest = Digest {
        document,
        shown: BTreeSet::new(),
    };
    let tags = document["tags"].as_array().unwrap();
    tags.iter()
        .map(|tag| {
            let tag = tag["name"].as_str().unwrap();
            (tag.to_owned(), digest.resource(tag))
        })
        .collect()
}

struct Digest<'a> {
    document: &'a Value,
    /// The models that an earlier resource has shown.
    shown: BTreeSet<&'a str>,
}

impl<'a> Digest<'a> {
    fn resource(&mut self, tag: &str) -> String {
        let mut text = String::new();
        let mut models = Vec::new();
        for (path, item) in object(&self.document["paths"]) {
            for (method, operation) in object(item) {
                if operation["tags"] == serde_json::json!([tag]) {
                    text.push_str(&self.operation(method, path, operation));
                    for part in ["parameters", "requestBody", "responses"] {
                        self.reach(&operation[part], &mut models);
                    }
                }
            }
        }
        let (ids, models): (Vec<_>, Vec<_>) = models
            .into_iter()
            .partition(|(_, schema)| schema.get("x-harvest-id").is_some());
        for (name, schema) in models {
            text.push_str(&self.model(name, schema));
        }
        if !ids.is_empty() {
            text.push_str("Ids\n");
        }
        let ids = ids
            .iter()
            .map(|(name, schema)| match word(schema, "format") {
                "int64" => (*name).to_owned(),
                _ => format!("{name}: {}", self.bare_type(schema)),
            });
        for line in filled(ids) {
            let _ = writeln!(text, "    {line}");
        }
        text
    }

    fn operation(&self, method: &str, path: &str, operation: &'a Value) -> String {
        let mut text = format!(
            "{}\n    {} {path}\n    {}\n",
            word(operation, "operationId"),
            method.to_uppercase(),
            self.access(operation),
        );
        if let Some(documented) = operation.get("x-harvest-documented-permission") {
            let _ = writeln!(text, "    permission documented as {documented}");
        }
        if word(operation, "x-harvest-pagination") != "none" {
            let _ = writeln!(
                text,
                "    paged {}",
                word(operation, "x-harvest-pagination")
            );
        }
        if operation["deprecated"] == true {
            let by = word(operation, "x-harvest-replaced-by");
            let _ = writeln!(text, "    deprecated, replaced by {by}");
        }
        if let Some(idempotent) = operation.get("x-harvest-idempotent") {
            let _ = writeln!(text, "    idempotent {idempotent}");
        }
        if let Some(ready) = operation.get("x-harvest-ready") {
            let (by, id) = (word(ready, "operation"), word(ready, "id"));
            let _ = writeln!(text, "    ready when {by} finds its {id}");
        }
        for parameter in array(&operation["parameters"]) {
            let parameter = self.resolve(parameter);
            if parameter["x-harvest-acting-user"] == true {
                continue;
            }
            let required = required(parameter["required"] == true);
            let schema = &parameter["schema"];
            let _ = write!(
                text,
                "    {} {}",
                word(parameter, "in"),
                word(parameter, "name")
            );
            if let Some(name) = parameter.get("x-harvest-documented-name") {
                let _ = write!(text, " (documented as {})", name.as_str().unwrap());
            }
            let separator = match parameter.get("explode") {
                _ if parameter["x-harvest-split"] == true => {
                    " separated by commas, in several requests"
                }
                Some(Value::Bool(false)) => " separated by commas",
                _ => "",
            };
            let _ = writeln!(
                text,
                ": {}{separator}{required}{}",
                self.type_of(schema),
                keywords(schema)
            );
        }
        if let Some(body) = operation.get("requestBody") {
            let body = self.resolve(body);
            let type_ = self.content(body).unwrap_or_default();
            let _ = writeln!(
                text,
                "    body {type_}{}",
                required(body["required"] == true)
            );
        }
        let mut errors = Vec::new();
        for (status, response) in object(&operation["responses"]) {
            let type_ = self.content(self.resolve(response)).unwrap_or_default();
            if status.starts_with('2') {
                let _ = writeln!(text, "    {}", format!("{status} {type_}").trim_end());
            } else if type_ == "ApiError" {
                errors.push(status.clone());
            } else {
                errors.push(format!("{status} {type_}"));
            }
        }
        let _ = writeln!(text, "    errors {}\n", errors.join(", "));
        text
    }

    /// What a call needs: the permission of a key and an acting user, or the scope of a token.
    fn access(&self, operation: &'a Value) -> String {
        if let Some(permission) = operation.get("x-harvest-permission") {
            return format!(
                "permission {}, acting user {}",
                permission.as_str().unwrap(),
                self.acting_user(operation)
            );
        }
        let schemes = operation
            .get("security")
            .unwrap_or(&self.document["security"]);
        let schemes = array(schemes).flat_map(object).map(|(scheme, scopes)| {
            let scopes = array(scopes).filter_map(Value::as_str);
            let words = std::iter::once(scheme.as_str()).chain(scopes);
            words.collect::<Vec<_>>().join(" ")
        });
        let mut text = schemes.collect::<Vec<_>>().join(" or ");
        if text.is_empty() {
            text.push_str("no authentication");
        }
        for (key, mark) in [
            ("x-harvest-site-admin", ", site admin"),
            ("x-harvest-internal", ", internal"),
            ("x-harvest-partner-only", ", partners only"),
        ] {
            if operation[key] == true {
                text.push_str(mark);
            }
        }
        text
    }

    /// Whether the operation is made in the name of a user.
    fn acting_user(&self, operation: &'a Value) -> &'static str {
        let mut parameters =
            array(&operation["parameters"]).map(|parameter| self.resolve(parameter));
        match parameters.find(|parameter| parameter["x-harvest-acting-user"] == true) {
            Some(parameter) if parameter["required"] == true => "required",
            Some(_) => "optional",
            None => "never",
        }
    }

    /// The type of the JSON of a body.
    fn content(&self, body: &'a Value) -> Option<String> {
        let content = body.get("content")?;
        let types = object(content).map(|(media, of)| {
            let type_ = self.type_of(&of["schema"]);
            match media.as_str() {
                "application/json" => type_,
                media => format!("{type_} as {media}"),
            }
        });
        Some(types.collect::<Vec<_>>().join(" or "))
    }

    fn model(&self, name: &str, schema: &'a Value) -> String {
        let mut text = name.to_owned();
        if word(schema, "type") != "object"
            || !schema.get("properties").is_some_and(Value::is_object)
        {
            let type_ = match enumeration(schema) {
                Some(_) => format!(
                    "one of{}",
                    if keywords(schema).is_empty() { "" } else { "," }
                ),
                None => self.bare_type(schema),
            };
            let _ = write!(text, ": {type_}{}", keywords(schema));
        }
        text.push('\n');
        let needed = array(&schema["required"]).collect::<Vec<_>>();
        if let Some(properties) = schema.get("properties") {
            for (name, property) in object(properties) {
                let _ = writeln!(
                    text,
                    "    {name}: {}{}{}",
                    self.type_of(property),
                    required(needed.iter().any(|needed| *needed == name)),
                    keywords(property),
                );
            }
        }
        for line in values(schema) {
            let _ = writeln!(text, "    {line}");
        }
        text.push('\n');
        text
    }

    /// `[User]`, `JobId?`, `date-time`, `string or integer`.
    fn type_of(&self, schema: &'a Value) -> String {
        let mut type_ = self.bare_type(schema);
        if schema["nullable"] == true {
            type_.push('?');
        }
        type_
    }

    fn bare_type(&self, schema: &'a Value) -> String {
        if let Some(reference) = schema.get("$ref") {
            let name = reference.as_str().unwrap().rsplit('/').next().unwrap();
            let target = self.resolve(schema);
            let name = original(name, target);
            return match target.get("x-harvest-nullable-of") {
                Some(_) => format!("{name}?"),
                None => name.to_owned(),
            };
        }
        for (key, joint) in [("allOf", " and "), ("oneOf", " or "), ("anyOf", " or/and ")] {
            if let Some(parts) = schema.get(key) {
                let parts = array(parts).map(|part| self.type_of(part));
                return parts.collect::<Vec<_>>().join(joint);
            }
        }
        match word(schema, "type") {
            "array" => format!("[{}]", self.type_of(&schema["items"])),
            "object" => match schema.get("additionalProperties") {
                Some(values) if values.is_object() => format!("map of {}", self.type_of(values)),
                _ => "object".to_owned(),
            },
            "" => "anything".to_owned(),
            type_ => match word(schema, "format") {
                "" => type_.to_owned(),
                format => format.to_owned(),
            },
        }
    }

    /// Adds each model that the node refers to, and no resource has shown, before those that it refers to.
    fn reach(&mut self, node: &'a Value, models: &mut Vec<(&'a str, &'a Value)>) {
        match node {
            Value::Array(items) => items.iter().for_each(|item| self.reach(item, models)),
            Value::Object(keys) => {
                if let Some(reference) = keys.get("$ref").and_then(Value::as_str) {
                    let target = self.resolve(node);
                    if let Some(name) = reference.strip_prefix("#/components/schemas/") {
                        let name = original(name, target);
                        if !self.shown.insert(name) {
                            return;
                        }
                        models.push((name, target));
                    }
                    self.reach(target, models);
                }
                // What an example contains is no schema, even if it looks like one.
                let keys = keys.iter().filter(|(key, _)| !key.starts_with("example"));
                keys.for_each(|(_, value)| self.reach(value, models));
            }
            _ => {}
        }
    }

    fn resolve(&self, node: &'a Value) -> &'a Value {
        match node.get("$ref").and_then(Value::as_str) {
            Some(reference) => reference
                .strip_prefix('#')
                .and_then(|pointer| self.document.pointer(pointer))
                .unwrap_or_else(|| panic!("{reference} leads nowhere")),
            None => node,
        }
    }
}

/// The keywords that bound a value, and its default: ` minimum 1 default 100`.
fn keywords(schema: &Value) -> String {
    let silent = [
        "$ref",
        "type",
        "format",
        "items",
        "properties",
        "required",
        "enum",
        "nullable",
        "allOf",
        "oneOf",
        "anyOf",
        "additionalProperties",
        "description",
        "example",
        "title",
        "x-extensible-enum",
        "x-harvest-nullable-of",
        "x-harvest-open-of",
        "x-harvest-item-of",
    ];
    let mut text = String::new();
    let keys = schema.as_object().into_iter().flatten();
    for (key, value) in keys.filter(|(key, _)| !silent.contains(&key.as_str())) {
        let _ = match value {
            Value::Bool(true) => write!(text, " {key}"),
            value => write!(text, " {key} {value}"),
        };
    }
    if let Some(items) = schema.get("items") {
        let of_items = keywords(items);
        if !of_items.is_empty() {
            let _ = write!(text, ", each{of_items}");
        }
    }
    text
}

/// The values of an enumeration.
fn values(schema: &Value) -> Vec<String> {
    let values = enumeration(schema).into_iter().flat_map(array);
    let values = values.filter(|value| !value.is_null());
    filled(values.map(|value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    }))
}

/// The values of an enumeration, open or not.
fn enumeration(schema: &Value) -> Option<&Value> {
    schema.get("enum").or(schema.get("x-extensible-enum"))
}

/// The name of the component that a component is or is a copy of.
fn original<'v>(name: &'v str, component: &'v Value) -> &'v str {
    let marks = [
        "x-harvest-open-of",
        "x-harvest-nullable-of",
        "x-harvest-item-of",
    ];
    let mut of = marks
        .iter()
        .filter_map(|mark| component.get(*mark)?.as_str());
    of.next().unwrap_or(name)
}

fn required(yes: bool) -> &'static str {
    if yes { " required" } else { "" }
}

fn word<'v>(node: &'v Value, key: &str) -> &'v str {
    node[key].as_str().unwrap_or_default()
}

fn array(node: &Value) -> impl Iterator<Item = &Value> {
    node.as_array().into_iter().flatten()
}

fn object(node: &Value) -> impl Iterator<Item = (&String, &Value)> {
    node.as_object().into_iter().flat_map(Map::iter)
}
