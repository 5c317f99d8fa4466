//! The document for every other tool.
//!
//! Some things are said in ways that people read and write well and other tools do not. The published document says them,
//! mostly by copies of components, in forms that the generators of `docs/clients.md` and strict validators take:
//!
//! - "This reference, or null" is `nullable: true` beside `allOf: [$ref]`. Taken literally, `OpenAPI` 3.0 lets null
//!   through only where every schema that applies is nullable. So there is a nullable copy, `UserSummaryOrNull`. It is not
//!   called `NullableUserSummary`, since openapi-generator makes a Go type of that name from `UserSummary`.
//! - An enumeration of an answer is open, and `enum` is not. So it is a text with its values in `x-extensible-enum` and in
//!   the description. Where the enumeration is also sent, the answers refer to a copy, `NoteVisibilityOpen`.
//! - A default of a parameter beside one that stands alone: generators of Go and Python send defaults, and the service then
//!   refuses the request. So it is said in the description, and in `x-harvest-default`.
//! - A union of a record and an array of the same records: openapi-generator's typescript-fetch imports the record's type
//!   twice for it, which does not compile. So the items of the array have a name of their own, `NoteInList`.

use std::collections::BTreeSet;

use harvest_openapi::{EVENTS, extension};
use serde_json::{Map, Value, json};

/// The end of the name of a nullable copy.
pub const OR_NULL: &str = "OrNull";
/// The end of the name of an open copy.
pub const OPEN: &str = "Open";
/// The end of the name of the items of an array, in a union with one such item.
pub const IN_LIST: &str = "InList";

const SCHEMAS: &str = "#/components/schemas/";

/// The published form of a bundled document. Pure.
pub(super) fn publish(document: &Value) -> Value {
    let mut publication = Publication::of(document);
    let mut out = Map::new();
    for (key, value) in document.as_object().into_iter().flatten() {
        let value = match key.as_str() {
            // How the source is checked is nothing to those who use the result.
            extension::CONVENTIONS => continue,
            "paths" if delivers(document) => {
                out.insert(key.clone(), json!({}));
                out.insert(EVENTS.to_owned(), events(&publication.paths(value)));
                continue;
            }
            "paths" => publication.paths(value),
            "components" => publication.components(value),
            _ => value.clone(),
        };
        out.insert(key.clone(), value);
    }
    let mut out = Value::Object(out);
    publication.add_copies(&mut out);
    prune(&mut out);
    out
}

/// Whether the operations of a document are deliveries.
fn delivers(document: &Value) -> bool {
    let conventions = document.get(extension::CONVENTIONS);
    conventions.is_some_and(|conventions| conventions.get("deliveries").is_some())
}

/// Deliveries by the names of their events, where the source has paths: they have none of their own.
fn events(paths: &Value) -> Value {
    let entries = paths.as_object().into_iter().flatten();
    let entries =
        entries.map(|(path, item)| (path.trim_start_matches('/').to_owned(), item.clone()));
    Value::Object(entries.collect())
}

/// The state of a publication.
struct Publication<'a> {
    document: &'a Value,
    /// The part of an operation that holds what is decoded.
    received: &'static str,
    /// The schemas that answers lead to, and those that requests lead to.
    answered: BTreeSet<&'a str>,
    sent: BTreeSet<&'a str>,
    /// The schemas that were referred to as nullable, by their published names.
    nullable: BTreeSet<String>,
    /// The schemas that stand in a union both alone and as the items of an array, by their published names.
    listed: BTreeSet<String>,
    /// The parameters of operations that have one which stands alone, by their references.
    beside_alone: BTreeSet<&'a str>,
}

impl<'a> Publication<'a> {
    fn of(document: &'a Value) -> Self {
        let operations = || {
            let items = document.get("paths").and_then(Value::as_object);
            let items = items.into_iter().flat_map(Map::values);
            items.filter_map(Value::as_object).flat_map(Map::values)
        };
        let parts = |keys: &[&str]| -> Vec<&'a Value> {
            let parts = operations().flat_map(|it| keys.iter().filter_map(|key| it.get(*key)));
            parts.collect()
        };
        let beside_alone = operations().filter(|it| has_alone(document, it));
        let beside_alone = beside_alone.flat_map(parameters);
        let beside_alone = beside_alone.filter_map(|it| it.get("$ref").and_then(Value::as_str));
        // What a service delivers is read by the receiver, as an answer is by a client.
        let (received, sent) = if delivers(document) {
            ("requestBody", "responses")
        } else {
            ("responses", "requestBody")
        };
        Self {
            document,
            answered: reached(document, parts(&[received])),
            sent: reached(document, parts(&["parameters", sent])),
            received,
            nullable: BTreeSet::new(),
            listed: BTreeSet::new(),
            beside_alone: beside_alone.collect(),
        }
    }

    fn paths(&mut self, paths: &Value) -> Value {
        map(paths, |_, item| {
            map(item, |_, operation| {
                let is_beside = has_alone(self.document, operation);
                map(operation, |key, value| {
                    let mut value = self.rewrite(value, key == self.received);
                    if key == "parameters" && is_beside {
                        let parameters = value.as_array_mut().into_iter().flatten();
                        parameters.for_each(say_default_in_words);
                    }
                    value
                })
            })
        })
    }

    fn components(&mut self, components: &Value) -> Value {
        map(components, |kind, components| match kind {
            "schemas" => map(components, |name, schema| {
                let answered = self.answered.contains(name);
                let schema = self.rewrite(schema, answered);
                if answered && !self.sent.contains(name) {
                    opened(&schema).unwrap_or(schema)
                } else {
                    schema
                }
            }),
            "parameters" => map(components, |name, parameter| {
                let mut parameter = self.rewrite(parameter, false);
                let reference = format!("#/components/parameters/{name}");
                if self.beside_alone.contains(reference.as_str()) {
                    say_default_in_words(&mut parameter);
                }
                parameter
            }),
            "responses" | "headers" => self.rewrite(components, true),
            _ => self.rewrite(components, false),
        })
    }

    /// Rewrites the references in a value, which is part of an answer or is not.
    fn rewrite(&mut self, value: &Value, answer: bool) -> Value {
        match value {
            Value::Object(entries) => {
                let mut out = Map::new();
                for (key, value) in entries {
                    let value = match key.as_str() {
                        // Examples are data.
                        "example" | "examples" => value.clone(),
                        "$ref" if answer => self.open_reference(value),
                        _ => self.rewrite(value, answer),
                    };
                    out.insert(key.clone(), value);
                }
                if out.get("nullable") == Some(&Value::Bool(true)) && !out.contains_key("type") {
                    self.nullable(&mut out);
                }
                if let Some(Value::Array(members)) = out.get_mut("oneOf") {
                    self.rename_items(members);
                }
                Value::Object(out)
            }
            Value::Array(items) => items
                .iter()
                .map(|item| self.rewrite(item, answer))
                .collect(),
            other => other.clone(),
        }
    }

    /// A reference in an answer, which leads to the open copy of an enumeration that is also sent.
    fn open_reference(&self, reference: &Value) -> Value {
        let name = reference.as_str().and_then(|r| r.strip_prefix(SCHEMAS));
        match name.filter(|name| self.sent.contains(name) && self.is_enumeration(name)) {
            Some(name) => format!("{SCHEMAS}{name}{OPEN}").into(),
            None => reference.clone(),
        }
    }

    fn is_enumeration(&self, name: &str) -> bool {
        let schema = self
            .document
            .pointer(&format!("/components/schemas/{name}"));
        schema.is_some_and(|schema| schema.get("enum").is_some())
    }

    /// Says null in a way that a strict validator takes, in a schema without a type.
    fn nullable(&mut self, schema: &mut Map<String, Value>) {
        let target = schema
            .get("allOf")
            .and_then(|all| all.pointer("/0/$ref"))
            .and_then(Value::as_str)
            .and_then(|r| r.strip_prefix(SCHEMAS))
            .map(str::to_owned);
        if let Some(name) = target {
            schema.remove("nullable");
            let reference = format!("{SCHEMAS}{name}{OR_NULL}");
            schema.insert("allOf".to_owned(), json!([{ "$ref": reference }]));
            self.nullable.insert(name);
        } else if let Some(Value::Array(members)) = schema.get_mut("oneOf") {
            // One member is enough, and it has to be one: null may match no second. On the union itself, which has no type,
            // validators refuse it.
            let mut members = members.iter_mut().filter_map(Value::as_object_mut);
            if let Some(member) = members.find(|member| member.contains_key("type")) {
                member.insert("nullable".to_owned(), Value::Bool(true));
            }
            schema.remove("nullable");
        } else {
            // A schema of any type takes null anyway.
            schema.remove("nullable");
        }
    }

    /// Gives the items of an array a name of their own where the same schema is a member of the union, too.
    fn rename_items(&mut self, members: &mut [Value]) {
        let references = members.iter().filter_map(|member| member.get("$ref"));
        let alone: Vec<Value> = references.cloned().collect();
        for items in members.iter_mut().filter_map(|it| it.get_mut("items")) {
            let reference = items.get("$ref").filter(|it| alone.contains(it));
            let name = reference
                .and_then(Value::as_str)
                .and_then(|r| r.strip_prefix(SCHEMAS))
                .map(str::to_owned);
            if let Some(name) = name {
                *items = json!({ "$ref": format!("{SCHEMAS}{name}{IN_LIST}") });
                self.listed.insert(name);
            }
        }
    }

    /// Adds open copies of the enumerations that are answered and sent, the nullable copies, and the items of unions.
    fn add_copies(&self, document: &mut Value) {
        let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") else {
            return;
        };
        let both = self.answered.intersection(&self.sent);
        for name in both {
            if let Some(mut copy) = schemas.get(*name).and_then(opened) {
                copy[extension::OPEN_OF] = json!(name);
                schemas.insert(format!("{name}{OPEN}"), copy);
            }
        }
        for name in &self.nullable {
            let Some(Value::Object(original)) = schemas.get(name) else {
                continue;
            };
            let mut copy = original.clone();
            copy.insert("nullable".to_owned(), Value::Bool(true));
            copy.insert(extension::NULLABLE_OF.to_owned(), json!(name));
            if let Some(Value::Array(values)) = copy.get_mut("enum") {
                // An enumeration lets null through only if it names it.
                values.push(Value::Null);
            }
            schemas.insert(format!("{name}{OR_NULL}"), Value::Object(copy));
        }
        for name in &self.listed {
            let copy = json!({ "allOf": [{ "$ref": format!("{SCHEMAS}{name}") }],
                extension::ITEM_OF: name });
            schemas.insert(format!("{name}{IN_LIST}"), copy);
        }
        let mut sorted: Vec<_> = std::mem::take(schemas).into_iter().collect();
        sorted.sort_by(|(a, _), (b, _)| a.cmp(b));
        schemas.extend(sorted);
    }
}

/// The parameters of an operation, as they stand.
fn parameters(operation: &Value) -> impl Iterator<Item = &Value> {
    let parameters = operation.get("parameters").and_then(Value::as_array);
    parameters.into_iter().flatten()
}

/// Whether an operation has a parameter that no other may stand beside.
fn has_alone(document: &Value, operation: &Value) -> bool {
    parameters(operation).any(|parameter| {
        let reference = parameter.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|it| document.pointer(it.trim_start_matches('#')));
        target.unwrap_or(parameter).get(extension::ALONE) == Some(&Value::Bool(true))
    })
}

/// Says the default of a query parameter where no tool takes it for a value to send.
fn say_default_in_words(parameter: &mut Value) {
    if parameter.get("in").and_then(Value::as_str) != Some("query") {
        return;
    }
    let Some(Value::Object(schema)) = parameter.get_mut("schema") else {
        return;
    };
    let Some(default) = schema.remove("default") else {
        return;
    };
    let words = format!("Default: `{default}`.");
    schema.insert(extension::DEFAULT.to_owned(), default);
    let description = parameter.get("description").and_then(Value::as_str);
    let description = match description.unwrap_or_default().trim_end() {
        "" => words,
        text => format!("{text} {words}"),
    };
    parameter["description"] = description.into();
}

/// The open form of an enumeration.
fn opened(schema: &Value) -> Option<Value> {
    let values = schema.get("enum")?.as_array()?;
    let known = values.iter().filter_map(Value::as_str);
    let known: Vec<_> = known.map(|value| format!("`{value}`")).collect();
    let known = format!("Known values: {}. There can be others.", known.join(", "));
    let mut out = Map::new();
    for (key, value) in schema.as_object()? {
        match key.as_str() {
            "enum" => out.insert(extension::OPEN_ENUM.to_owned(), value.clone()),
            "description" => {
                let words = value.as_str().unwrap_or_default().trim_end();
                out.insert(key.clone(), format!("{words}\n\n{known}").into())
            }
            _ => out.insert(key.clone(), value.clone()),
        };
    }
    Some(Value::Object(out))
}

/// The schemas that these parts of a document lead to.
fn reached<'a>(document: &'a Value, mut open: Vec<&'a Value>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    while let Some(value) = open.pop() {
        match value {
            Value::Object(entries) => {
                if let Some(reference) = entries.get("$ref").and_then(Value::as_str)
                    && seen.insert(reference)
                {
                    open.extend(document.pointer(reference.trim_start_matches('#')));
                }
                let data = |key: &str| key == "example" || key == "examples";
                open.extend(entries.iter().filter(|(key, _)| !data(key)).map(|it| it.1));
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    let names = seen.into_iter().filter_map(|it| it.strip_prefix(SCHEMAS));
    names.collect()
}

/// Takes out the schemas that only their copies were for.
fn prune(document: &mut Value) {
    let roots = ["paths", EVENTS].into_iter();
    let mut roots: Vec<_> = roots.filter_map(|key| document.get(key)).collect();
    for kind in ["parameters", "headers", "responses", "requestBodies"] {
        roots.extend(document.pointer(&format!("/components/{kind}")));
    }
    let used: BTreeSet<String> = reached(document, roots)
        .into_iter()
        .map(str::to_owned)
        .collect();
    if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
        schemas.retain(|name, _| used.contains(name));
    }
}

/// An object with each value replaced, and anything else as it is.
fn map(value: &Value, mut replace: impl FnMut(&str, &Value) -> Value) -> Value {
    let Value::Object(entries) = value else {
        return value.clone();
    };
    let entries = entries.iter();
    Value::Object(
        entries
            .map(|(key, value)| (key.clone(), replace(key, value)))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(schemas: &Value, answer: &str, request: &str) -> Value {
        let body = |name: &str| json!({"schema": {"$ref": format!("{SCHEMAS}{name}")}});
        let document = json!({
            "paths": {"/a": {"post": {"requestBody": body(request),
                "responses": {"200": body(answer)}}}},
            "components": {"schemas": schemas},
        });
        publish(&document)["components"]["schemas"].clone()
    }

    #[test]
    fn defaults_beside_what_stands_alone_are_words() {
        let cursor = json!({"name": "cursor", "in": "query", "x-harvest-alone": true,
            "schema": {"type": "string"}});
        let size = json!({
            "name": "size", "in": "query", "description": "How many.\n",
            "schema": {"type": "integer", "default": 100},
        });
        let own =
            json!({"name": "own", "in": "query", "schema": {"type": "boolean", "default": true}});
        let (by_cursor, by_size) = (
            "#/components/parameters/Cursor",
            "#/components/parameters/Size",
        );
        let document = json!({
            "paths": {
                "/a": {"get": {"parameters": [{"$ref": by_cursor}, {"$ref": by_size}, own]}},
                "/b": {"get": {"parameters": [own]}},
            },
            "components": {"parameters": {"Cursor": cursor, "Size": size}},
        });
        let published = publish(&document);
        let size = &published["components"]["parameters"]["Size"];
        assert_eq!(size["description"], "How many. Default: `100`.");
        assert_eq!(
            size["schema"],
            json!({"type": "integer", "x-harvest-default": 100})
        );
        let beside = &published["paths"]["/a"]["get"]["parameters"][2];
        assert_eq!(beside["description"], "Default: `true`.");
        assert_eq!(
            beside["schema"],
            json!({"type": "boolean", "x-harvest-default": true})
        );
        assert_eq!(published["paths"]["/b"], document["paths"]["/b"]);
    }

    #[test]
    fn null_beside_a_reference_becomes_a_nullable_copy() {
        let schemas = json!({
            "A": {"type": "object", "properties": {
                "b": {"description": "Why.", "nullable": true,
                    "allOf": [{"$ref": "#/components/schemas/B"}]},
                "c": {"nullable": true, "oneOf": [{"type": "string"}, {"type": "boolean"}]},
                "d": {"nullable": true},
                "e": {"type": "string", "nullable": true},
            }},
            "B": {"type": "string", "enum": ["x"], "example": {"nullable": true}},
        });
        let expected = json!({
            "A": {"type": "object", "properties": {
                "b": {"description": "Why.", "allOf": [{"$ref": "#/components/schemas/BOrNull"}]},
                "c": {"oneOf": [{"type": "string", "nullable": true}, {"type": "boolean"}]},
                "d": {},
                "e": {"type": "string", "nullable": true},
            }},
            "BOrNull": {
                "type": "string", "enum": ["x", null], "example": {"nullable": true},
                "nullable": true, "x-harvest-nullable-of": "B",
            },
        });
        let none = json!({"type": "object"});
        let mut with_none = schemas.clone();
        with_none["N"] = none;
        let mut published = published(&with_none, "N", "A");
        published.as_object_mut().unwrap().remove("N");
        assert_eq!(published, expected);
    }

    #[test]
    fn a_record_or_an_array_of_such_records_names_the_items_apart() {
        let schemas = json!({
            "N": {"type": "object"},
            "A": {"oneOf": [
                {"$ref": "#/components/schemas/B"},
                {"type": "array", "items": {"$ref": "#/components/schemas/B"}},
                {"type": "array", "items": {"$ref": "#/components/schemas/C"}},
            ]},
            "B": {"type": "object"},
            "C": {"type": "object"},
        });
        let expected = json!({
            "A": {"oneOf": [
                {"$ref": "#/components/schemas/B"},
                {"type": "array", "items": {"$ref": "#/components/schemas/BInList"}},
                {"type": "array", "items": {"$ref": "#/components/schemas/C"}},
            ]},
            "B": {"type": "object"},
            "BInList": {"allOf": [{"$ref": "#/components/schemas/B"}], "x-harvest-item-of": "B"},
            "C": {"type": "object"},
            "N": {"type": "object"},
        });
        assert_eq!(published(&schemas, "A", "N"), expected);
    }

    #[test]
    fn enumerations_of_answers_are_open_and_those_of_requests_are_not() {
        let schemas = json!({
            "Answer": {"type": "object", "properties": {
                "both": {"$ref": "#/components/schemas/Both"},
                "only": {"nullable": true, "allOf": [{"$ref": "#/components/schemas/Only"}]},
                "maybe": {"nullable": true, "allOf": [{"$ref": "#/components/schemas/Both"}]},
            }},
            "Request": {"type": "object",
                "properties": {"both": {"$ref": "#/components/schemas/Both"}}},
            "Both": {"type": "string", "description": "Which.", "enum": ["x", "y"]},
            "Only": {"type": "string", "description": "What.", "enum": ["z"]},
        });
        let both = "Which.\n\nKnown values: `x`, `y`. There can be others.";
        let expected = json!({
            "Answer": {"type": "object", "properties": {
                "both": {"$ref": "#/components/schemas/BothOpen"},
                "only": {"allOf": [{"$ref": "#/components/schemas/OnlyOrNull"}]},
                "maybe": {"allOf": [{"$ref": "#/components/schemas/BothOpenOrNull"}]},
            }},
            "Both": {"type": "string", "description": "Which.", "enum": ["x", "y"]},
            "BothOpen": {
                "type": "string", "description": both, "x-extensible-enum": ["x", "y"],
                "x-harvest-open-of": "Both",
            },
            "BothOpenOrNull": {
                "type": "string", "description": both, "x-extensible-enum": ["x", "y"],
                "x-harvest-open-of": "Both",
                "nullable": true, "x-harvest-nullable-of": "BothOpen",
            },
            "OnlyOrNull": {
                "type": "string", "description": "What.\n\nKnown values: `z`. There can be others.",
                "x-extensible-enum": ["z"], "nullable": true, "x-harvest-nullable-of": "Only",
            },
            "Request": {"type": "object",
                "properties": {"both": {"$ref": "#/components/schemas/Both"}}},
        });
        assert_eq!(published(&schemas, "Answer", "Request"), expected);
    }
}
