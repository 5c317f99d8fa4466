//! Text that clients write stays text: what looks like the sandbox's own notation for a link is read back as it was
//! written, from every text property of every operation that writes.
//!
//! The outcome of each property is in `texts.txt`; `UPDATE_GOLDEN=1` writes it, as it does `shown.txt`.

use harvest_openapi::Document;
use serde_json::{Map, Value, json};

use super::fixture::Fixture;
use super::operations::{Operation, described};
use super::places::Places;
use super::writes::{Write, writes};
use super::{Walk, shown};
use crate::support::Answer;

/// The types of custom fields that take texts. Those of users take none.
const FIELD_TYPES: [&str; 6] = [
    "candidate",
    "application",
    "rejection_question",
    "job",
    "offer",
    "opening",
];

/// Properties that a body needs beside a list: the operation, the list, and the rest.
const BESIDE: [(&str, &str, &str); 2] = [
    (
        "create_custom_field",
        "/custom_field_options",
        r#"{"value_type": "single_select"}"#,
    ),
    ("create_job", "/opening_ids", r#"{"number_of_openings": 1}"#),
];

/// A text with the notation for a link of the first layout, and the present one.
fn mark(file: usize) -> String {
    format!("harvest-file:{file}/x [\t{file},\"x\"\t]")
}

/// A text property of a request body.
struct Property {
    /// Its place: `/phone_numbers/0/value`.
    pointer: String,
    /// The least that a body with it has.
    frame: Value,
}

/// Request bodies, as the description has them.
struct Bodies {
    root: Value,
    /// A user who may do everything.
    user: i64,
    /// A custom field for short texts, by its type.
    fields: Map<String, Value>,
}

impl Bodies {
    fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        Document::new(&self.root).resolve(schema)
    }

    /// The text properties of the body that an operation takes.
    fn properties(&self, operation: &Operation) -> Vec<Property> {
        let described = &self.root["paths"][&operation.path][operation.method.to_lowercase()];
        let body = self.resolve(&described["requestBody"]);
        let schema = &body["content"]["application/json"]["schema"];
        let mut all = self.texts(schema);
        all.sort_by(|a, b| a.pointer.cmp(&b.pointer));
        all.dedup_by(|a, b| a.pointer == b.pointer);
        all
    }

    /// The text properties in a value of a schema.
    fn texts(&self, schema: &Value) -> Vec<Property> {
        let schema = self.resolve(schema);
        let mut all = Vec::new();
        for one in ["allOf", "oneOf", "anyOf"] {
            for part in schema[one].as_array().into_iter().flatten() {
                all.extend(self.texts(part));
            }
        }
        // Without a type, it is whatever a custom field takes, unless its parts have types.
        let of_parts = ["allOf", "oneOf", "anyOf", "properties"];
        let has_parts = of_parts.iter().any(|key| schema.get(key).is_some());
        let is_text = schema["type"]
            .as_str()
            .map_or(!has_parts, |it| it == "string");
        if is_text && !schema.is_null() {
            all.push(Property {
                pointer: String::new(),
                frame: Value::Null,
            });
        }
        for (name, part) in schema["properties"].as_object().into_iter().flatten() {
            for text in self.texts(part) {
                let mut frame = self.required(schema);
                frame[name] = text.frame;
                let pointer = format!("/{name}{}", text.pointer);
                all.push(Property { pointer, frame });
            }
        }
        if let Some(items) = schema.get("items") {
            all.extend(self.texts(items).into_iter().map(|text| Property {
                pointer: format!("/0{}", text.pointer),
                frame: json!([text.frame]),
            }));
        }
        all
    }

    /// The required properties of an object of a schema.
    fn required(&self, schema: &Value) -> Value {
        let required = schema["required"].as_array().into_iter().flatten();
        let required = required.filter_map(Value::as_str);
        let filled = required.map(|name| {
            let value = match name {
                "user_id" => self.user.into(),
                _ => self.filler(&schema["properties"][name]),
            };
            (name.to_owned(), value)
        });
        Value::Object(filled.collect())
    }

    fn filler(&self, schema: &Value) -> Value {
        let schema = self.resolve(schema);
        if let Some(first) = schema["enum"].get(0).or_else(|| schema.get("example")) {
            return first.clone();
        }
        match (schema["type"].as_str(), schema["format"].as_str()) {
            (Some("string"), Some("date-time")) => json!("2026-03-02T09:00:00.000Z"),
            (Some("string"), Some("date")) => json!("2026-03-02"),
            (Some("string"), _) => json!("Text"),
            (Some("integer"), _) => json!(1),
            (Some("array"), _) => json!([self.filler(&schema["items"])]),
            (Some("object"), _) => self.required(schema),
            _ => Value::Null,
        }
    }

    /// A body that has a text in this place, and otherwise what the operation is known to take.
    fn with(&self, write: &Write, property: &Property, text: &str) -> Value {
        let mut body = property.frame.clone();
        merge(&mut body, &write.body);
        for (operation, list, beside) in BESIDE {
            if write.operation == operation && property.pointer.starts_with(list) {
                merge(&mut body, &serde_json::from_str(beside).unwrap());
            }
        }
        let (parent, name) = property.pointer.rsplit_once('/').unwrap();
        // What the description says in words alone.
        if let Some(Value::Object(parent)) = body.pointer_mut(parent) {
            let of = &property.pointer;
            if of.contains("custom_fields/0/") && name != "name_key" {
                let field = self.fields[field_type(write.operation, of)].clone();
                parent.entry("id").or_insert(field);
            }
            if parent.contains_key("filename") && name != "url" {
                parent.entry("content").or_insert(json!("QQ=="));
                parent.entry("content_type").or_insert(json!("text/plain"));
            }
            if parent.contains_key("filename") && name == "url" {
                parent.remove("content");
            }
        }
        *body.pointer_mut(&property.pointer).unwrap() = text.into();
        body
    }
}

/// The type of the custom fields that an operation writes there.
fn field_type(operation: &str, pointer: &str) -> &'static str {
    let of = |part: &str| pointer.contains(part) || operation.contains(part);
    let known = [
        ("rejection_details", "rejection_question"),
        ("/application", "application"),
        ("update_application", "application"),
        ("opening", "opening"),
        ("job", "job"),
        ("offer", "offer"),
    ];
    let found = known.iter().find(|(part, _)| of(part));
    found.map_or("candidate", |(_, field_type)| field_type)
}

/// Puts what another value has over one, object by object.
fn merge(below: &mut Value, above: &Value) {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            for (name, value) in above {
                merge(below.entry(name).or_insert(Value::Null), value);
            }
        }
        (Value::Array(below), Value::Array(above)) if above.iter().all(Value::is_object) => {
            for (place, value) in above.iter().enumerate() {
                if place == below.len() {
                    below.push(Value::Null);
                }
                merge(&mut below[place], value);
            }
        }
        (below, above) => *below = above.clone(),
    }
}

/// Whether a text is in one of the strings of an answer, as it was written.
fn shows(answer: &Value, text: &str) -> bool {
    match answer {
        Value::String(own) => own.contains(text),
        Value::Array(items) => items.iter().any(|item| shows(item, text)),
        Value::Object(fields) => fields.values().any(|field| shows(field, text)),
        _ => false,
    }
}

impl Walk {
    /// Whether a read shows a text. No read has a link to this file.
    async fn find(&self, places: &Places, text: &str, file: usize) -> bool {
        let mut found = false;
        for read in &self.reads {
            let answer = self.organization.get(&read.url(places)).await;
            has_no_link(&answer, &read.id, file);
            found |= answer.status == 200 && shows(&answer.json(), text);
        }
        found
    }

    /// Custom fields for texts, of each type.
    async fn text_fields(&self) -> Map<String, Value> {
        let mut fields = Map::new();
        for field_type in FIELD_TYPES {
            let field =
                json!({"name": "Remark", "field_type": field_type, "value_type": "short_text"});
            let path = "/v1/custom_fields";
            let made = self.organization.write("POST", path, field, 201).await;
            let id = made.pointer("/0/id").or(made.get("id")).unwrap();
            fields.insert(field_type.to_owned(), id.clone());
        }
        fields
    }
}

fn has_no_link(answer: &Answer, operation: &str, file: usize) {
    let link = format!("/_files/{file}/");
    assert!(
        !answer.text.contains(&link),
        "{operation} shows a link to a file that no record has"
    );
}

#[tokio::test]
async fn what_looks_like_a_link_of_ours_is_a_text_wherever_it_is_written() {
    let walk = Walk::start("walk-texts").await;
    let fields = walk.text_fields().await;
    walk.organization.sandbox.snapshot(super::START).unwrap();
    let fixture = Fixture::of(&walk.organization).await;
    let bodies = Bodies {
        root: serde_json::from_str(harvest_spec::document("v1").unwrap().json).unwrap(),
        user: walk.organization.sandbox.user_id(),
        fields,
    };
    let writes = writes(&fixture);
    let rejected = fixture.find("/v1/applications", |it| it["status"] == "rejected");
    let mut lines = String::new();
    let (mut file, mut shown) = (7_799_000, 0);
    for operation in described().iter().filter(|it| !it.reads()) {
        let write = writes.iter().find(|it| it.operation == operation.id);
        let write = write.unwrap();
        for property in bodies.properties(operation) {
            let mut at = write.at.clone();
            if property.pointer.starts_with("/rejection_details") {
                at.application(&fixture, rejected);
            }
            let url = operation.url(&at) + write.query;
            file += 1;
            let text = mark(file);
            let body = bodies.with(write, &property, &text);
            let method = operation.method.as_str();
            let answer = walk.organization.send(method, &url, body).await;
            let place = format!("{} {}", operation.id, property.pointer);
            assert!(answer.status < 500, "{place}: {}", answer.text);
            has_no_link(&answer, &place, file);
            let accepted = answer.status < 300;
            let mut found = accepted && shows(&answer.json(), &text);
            if accepted {
                // Of a new candidate, everything is read.
                if operation.path == "/v1/candidates" || operation.path == "/v1/prospects" {
                    at.set("candidates", &answer.json()["id"]);
                }
                found |= walk.find(&at, &text, file).await;
                walk.rewind();
            }
            let outcome = match (accepted, found) {
                (true, true) => "shown",
                (true, false) => "not shown",
                (false, _) => "refused",
            };
            shown += usize::from(found);
            lines.extend([&place, ": ", outcome, "\n"]);
        }
    }
    assert!(shown > 100, "only {shown} properties show what was written");
    shown::compare("texts.txt", &lines);
}
