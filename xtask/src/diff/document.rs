//! A document in the form that is compared: one way to say each thing.

use std::collections::{BTreeMap, BTreeSet};

use harvest_openapi::extension;
use harvest_openapi::reference::SCHEMAS;
use serde_json::{Map, Value, json};

/// Keys whose value is an object with names for keys, where none of the keywords means anything.
const NAMED: [&str; 5] = [
    "properties",
    "headers",
    "content",
    "responses",
    "securitySchemes",
];

/// Keywords for readers. Examples are among them: they show, and promise nothing.
const WORDS: [&str; 6] = [
    "description",
    "summary",
    "title",
    "externalDocs",
    "example",
    "examples",
];

/// Lists whose order says nothing.
const UNORDERED: [&str; 8] = [
    "allOf",
    "anyOf",
    "enum",
    "oneOf",
    "parameters",
    "required",
    "security",
    "tags",
];

/// How deep references may lead to other references. Only a circle goes deeper.
const DEEPEST: usize = 16;

/// An operation.
pub(super) struct Operation {
    pub method: String,
    pub path: String,
    /// Its description, with nothing but models left as references.
    pub value: Value,
}

impl Operation {
    /// Its request line.
    pub fn request(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// The ids that it had before, as far as it says so.
    pub fn former_names(&self) -> impl Iterator<Item = &str> {
        let names = self
            .value
            .get(extension::FORMERLY)
            .and_then(Value::as_array);
        names.into_iter().flatten().filter_map(Value::as_str)
    }
}

/// Where a model is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Direction {
    pub sent: bool,
    pub received: bool,
}

impl Direction {
    pub const SENT: Self = Self {
        sent: true,
        received: false,
    };
    pub const RECEIVED: Self = Self {
        sent: false,
        received: true,
    };
}

/// A document, taken apart.
pub(super) struct Document {
    /// What is said about the API as a whole; null if the document is empty.
    pub api: Value,
    pub operations: BTreeMap<String, Operation>,
    pub schemas: BTreeMap<String, Value>,
    sent: BTreeSet<String>,
    received: BTreeSet<String>,
}

impl Document {
    pub fn read(root: &Value) -> Self {
        let reader = Reader { root };
        let mut operations = BTreeMap::new();
        let document = harvest_openapi::Document::new(root);
        let described = document.operations().map(|it| (it.path.to_owned(), it));
        // The source of a delivery is a path, which publishing makes the name of an event.
        let deliveries = document.deliveries();
        let delivered = deliveries.map(|it| (format!("/{}", it.path), it));
        for (path, operation) in described.chain(delivered) {
            let method = operation.method.to_uppercase();
            let id = match operation.value.get("operationId").and_then(Value::as_str) {
                Some(id) => id.to_owned(),
                None => format!("{method} {path}"),
            };
            let value = reader.normal(operation.value, false, 0);
            operations.insert(
                id,
                Operation {
                    method,
                    path,
                    value,
                },
            );
        }
        let mut schemas = BTreeMap::new();
        for (name, schema) in entries(root.pointer("/components/schemas")) {
            if let Some(name) = original_name(schema) {
                // Publishing leaves out a model that is only used as a copy; the copy says what it was.
                schemas
                    .entry(name.to_owned())
                    .or_insert_with(|| reader.normal(&original(schema), false, 0));
            } else {
                schemas.insert(name.clone(), reader.normal(schema, false, 0));
            }
        }
        let mut document = Self {
            api: reader.api(),
            operations,
            schemas,
            sent: BTreeSet::new(),
            received: BTreeSet::new(),
        };
        let (mut sent, mut received) = (BTreeSet::new(), BTreeSet::new());
        for operation in document.operations.values() {
            for key in ["parameters", "requestBody"] {
                document.follow(operation.value.get(key).unwrap_or(&Value::Null), &mut sent);
            }
            document.follow(
                operation.value.get("responses").unwrap_or(&Value::Null),
                &mut received,
            );
        }
        (document.sent, document.received) = (sent, received);
        document
    }

    /// Where the model of this name is used, directly or inside of others.
    pub fn direction(&self, name: &str) -> Direction {
        Direction {
            sent: self.sent.contains(name),
            received: self.received.contains(name),
        }
    }

    fn follow(&self, value: &Value, seen: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                if let Some(name) = reference(value)
                    && seen.insert(name.to_owned())
                {
                    self.follow(self.schemas.get(name).unwrap_or(&Value::Null), seen);
                }
                map.values().for_each(|inner| self.follow(inner, seen));
            }
            Value::Array(items) => items.iter().for_each(|inner| self.follow(inner, seen)),
            _ => {}
        }
    }
}

/// The name of the model that a schema refers to.
pub(super) fn reference(schema: &Value) -> Option<&str> {
    harvest_openapi::reference::schema_name(schema)
}

/// The name of the model that a copy was made of.
fn original_name(schema: &Value) -> Option<&str> {
    let mark = |mark| schema.get(mark).and_then(Value::as_str);
    let mut marks = [
        extension::OPEN_OF,
        extension::NULLABLE_OF,
        extension::ITEM_OF,
    ]
    .into_iter();
    marks.find_map(mark)
}

/// The model that a copy was made of.
fn original(copy: &Value) -> Value {
    let mut copy = copy.clone();
    if let Value::Object(map) = &mut copy {
        map.remove(extension::NULLABLE_OF);
        map.remove(extension::OPEN_OF);
        map.remove("nullable");
        if let Some(Value::Array(values)) = map.get_mut("enum") {
            values.retain(|value| !value.is_null());
        }
    }
    copy
}

struct Reader<'a> {
    root: &'a Value,
}

impl Reader<'_> {
    /// What is said about the API as a whole. The words of it are kept, so that a change of them is noticed.
    fn api(&self) -> Value {
        if self.root.as_object().is_none_or(Map::is_empty) {
            return Value::Null;
        }
        let part = |pointer: &str| self.root.pointer(pointer).cloned().unwrap_or_default();
        json!({
            "servers": part("/servers"),
            "securitySchemes": part("/components/securitySchemes"),
            "description": [part("/info"), part("/tags"), part("/externalDocs")],
        })
    }

    /// A value with references to anything but models followed, and null allowed in one way only: by
    /// `nullable: true` on the schema itself.
    fn normal(&self, value: &Value, named: bool, depth: usize) -> Value {
        match value {
            Value::Object(map) => {
                if let (false, Some(target)) = (named, map.get("$ref").and_then(Value::as_str)) {
                    return self.target(value, target, depth);
                }
                let mut out = Map::new();
                for (key, inner) in map {
                    let data = !named
                        && [
                            "example",
                            "examples",
                            "default",
                            extension::DEFAULT,
                            "enum",
                            extension::OPEN_ENUM,
                        ]
                        .contains(&key.as_str());
                    let inner = if data {
                        inner.clone()
                    } else {
                        self.normal(inner, !named && NAMED.contains(&key.as_str()), depth)
                    };
                    // A published document says some defaults so.
                    let is_default = !named && key == extension::DEFAULT;
                    let key = if is_default { "default" } else { key };
                    out.insert(key.to_owned(), inner);
                }
                if !named {
                    settle(&mut out);
                }
                Value::Object(out)
            }
            Value::Array(items) => items
                .iter()
                .map(|item| self.normal(item, false, depth))
                .collect(),
            other => other.clone(),
        }
    }

    fn target(&self, value: &Value, target: &str, depth: usize) -> Value {
        let found = self.root.pointer(target.trim_start_matches('#'));
        if target.starts_with(SCHEMAS) {
            let original = found.and_then(|schema| Some((schema, original_name(schema)?)));
            let Some((copy, name)) = original else {
                return value.clone();
            };
            let reference = json!({ "$ref": format!("{SCHEMAS}{name}") });
            return match copy.get(extension::NULLABLE_OF) {
                Some(_) => json!({ "nullable": true, "allOf": [reference] }),
                None => reference,
            };
        }
        match found {
            Some(found) if depth < DEEPEST => self.normal(found, false, depth + 1),
            _ => value.clone(),
        }
    }
}

/// Brings one object, whose parts are in their form already, into its form.
fn settle(map: &mut Map<String, Value>) {
    for key in ["nullable", "deprecated", "required"] {
        if map.get(key) == Some(&Value::Bool(false)) {
            map.remove(key);
        }
    }
    // Enumerations of answers were closed in earlier documents, and meant to be open.
    if let Some(values) = map.remove(extension::OPEN_ENUM) {
        map.insert("enum".to_owned(), values);
        // Their values are repeated in words.
        if let Some(Value::String(words)) = map.get_mut("description")
            && let Some(end) = words.rfind("\n\nKnown values: ")
        {
            words.truncate(end);
        }
    }
    // A nullable copy that is referred to: the null belongs to who refers.
    let inner = match map
        .get("allOf")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
    {
        Some([only]) if only.get("nullable") == Some(&Value::Bool(true)) => {
            only.get("allOf").cloned()
        }
        _ => None,
    };
    if let Some(inner) = inner {
        map.insert("allOf".to_owned(), inner);
        map.insert("nullable".to_owned(), Value::Bool(true));
    }
    let mut null = false;
    for key in ["oneOf", "anyOf"] {
        for member in map
            .get_mut(key)
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            null |= member
                .as_object_mut()
                .and_then(|m| m.remove("nullable"))
                .is_some();
        }
    }
    if null {
        map.insert("nullable".to_owned(), Value::Bool(true));
    }
    if map.get("nullable") == Some(&Value::Bool(true)) {
        if let Some(Value::Array(values)) = map.get_mut("enum") {
            values.retain(|v| !v.is_null());
        }
        // A schema without any of these takes null anyway.
        let typed = [
            "type",
            "allOf",
            "oneOf",
            "anyOf",
            "enum",
            "properties",
            "items",
        ];
        if !typed.iter().any(|key| map.contains_key(*key)) {
            map.remove("nullable");
        }
    }
}

/// A value without what is only words, and with lists in one order where the order says nothing.
pub(super) fn shape(value: &Value) -> Value {
    shape_of(value, false)
}

fn shape_of(value: &Value, named: bool) -> Value {
    match value {
        Value::Object(map) => {
            // In the order of keys, so that equal values are equal as text, by which lists are sorted.
            let mut out = BTreeMap::new();
            for (key, inner) in map {
                if !named && WORDS.contains(&key.as_str()) {
                    continue;
                }
                let mut inner = shape_of(inner, !named && NAMED.contains(&key.as_str()));
                if !named
                    && UNORDERED.contains(&key.as_str())
                    && let Value::Array(items) = &mut inner
                {
                    items.sort_by_cached_key(Value::to_string);
                }
                out.insert(key.clone(), inner);
            }
            // `allOf` around one reference is there to give it words.
            let all = out
                .get("allOf")
                .and_then(Value::as_array)
                .map(Vec::as_slice);
            if let (false, 1, Some([only])) = (named, out.len(), all)
                && reference(only).is_some()
            {
                return only.clone();
            }
            Value::Object(out.into_iter().collect())
        }
        Value::Array(items) => items.iter().map(|item| shape_of(item, false)).collect(),
        other => other.clone(),
    }
}

/// A pointer to the first place at which two values differ.
pub(super) fn difference(old: &Value, new: &Value) -> Option<String> {
    if old == new {
        return None;
    }
    let step = |key: &str, inner: Option<String>| inner.map(|rest| format!("/{key}{rest}"));
    let deeper = match (old, new) {
        (Value::Object(a), Value::Object(b)) => super::union(a.keys(), b.keys())
            .into_iter()
            .find_map(|key| match (a.get(key), b.get(key)) {
                (Some(a), Some(b)) => step(key, difference(a, b)),
                _ => step(key, Some(String::new())),
            }),
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => a
            .iter()
            .zip(b)
            .enumerate()
            .find_map(|(index, (a, b))| step(&index.to_string(), difference(a, b))),
        _ => None,
    };
    Some(deeper.unwrap_or_default())
}

/// The entries of an object; none of anything else.
pub(super) fn entries(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}
