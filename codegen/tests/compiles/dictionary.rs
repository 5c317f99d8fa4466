//! One description in which every odd word is the name of everything that the linter lets it be.

use harvest_codegen::{lint, load};
use serde_json::{Map, Value, json};

/// Something that is called by a word: where it stands, with what else it needs.
struct Entity {
    parts: Vec<(String, Value)>,
}

/// Whether a pointer leads to one of the places, or into it.
fn is_at(places: &[String], pointer: &str) -> bool {
    places.iter().any(|at| {
        let rest = pointer.strip_prefix(at.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// How many names stand in one model or operation.
const TOGETHER: usize = 40;

/// The description, and how many names are in it.
///
/// # Panics
///
/// If there are findings that are about no name.
pub fn document(words: &[&str]) -> (Value, usize) {
    let mut entities = entities(words);
    loop {
        let (document, places) = assembled(&entities);
        let findings = lint::lint(&load::Bundle::from_document(document.clone()));
        if findings.is_empty() {
            return (document, entities.len());
        }
        let before = entities.len();
        let mut places = places.iter();
        entities.retain(|_| {
            let places = places.next().expect("each has places");
            !findings.iter().any(|f| is_at(places, &f.place.pointer))
        });
        assert!(entities.len() < before, "{}", lint::report(&findings));
    }
}

fn step(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn property(schema: Value, is_answer: bool) -> Value {
    let mut schema = schema;
    schema["description"] = "A text.".into();
    schema["nullable"] = is_answer.into();
    schema
}

fn entities(words: &[&str]) -> Vec<Entity> {
    let mut entities = Vec::new();
    let schemas = "/components/schemas";
    for (number, word) in words.iter().enumerate() {
        let mut add = |parts: Vec<(String, Value)>| entities.push(Entity { parts });
        let name = step(word);
        let group = number / TOGETHER;
        // A model, which another leads to.
        let pascal = capitalized(word);
        for (variant, name) in [(*word).to_owned(), pascal].iter().enumerate() {
            let model = json!({"type": "object", "description": "A text.", "properties": {
                "x": {"type": "string", "nullable": true, "description": "A text."},
            }});
            let reference =
                json!({"nullable": true, "allOf": [{"$ref": format!("#{schemas}/{name}")}]});
            add(vec![
                (format!("{schemas}/{}", step(name)), model),
                (
                    format!("{schemas}/Models{variant}{group}/properties/p{number}"),
                    reference,
                ),
            ]);
        }
        let values = json!({"type": "string", "description": "A text.", "enum": [word]});
        let reference =
            json!({"nullable": true, "allOf": [{"$ref": format!("#{schemas}/Enum{number}")}]});
        add(vec![
            (format!("{schemas}/Enum{number}"), values),
            (
                format!("{schemas}/Enums{group}/properties/e{number}"),
                reference,
            ),
        ]);
        let text = json!({"type": "string"});
        add(vec![(
            format!("{schemas}/Answer{group}/properties/{name}"),
            property(text.clone(), true),
        )]);
        add(vec![(
            format!("{schemas}/Request{group}/properties/{name}"),
            property(text, number.is_multiple_of(2)),
        )]);
        for (variant, id) in [
            (*word).to_owned(),
            format!("get_{word}"),
            format!("{word}_it"),
        ]
        .iter()
        .enumerate()
        {
            let path = format!("/paths/~1operation{variant}_{number}");
            add(vec![(
                path,
                json!({"get": operation(id, "things", "Models00")}),
            )]);
        }
        let path = format!("/paths/~1tag_{number}");
        add(vec![
            (
                format!("/tags/{number}"),
                json!({"name": word, "description": "A text."}),
            ),
            (
                path,
                json!({"get": operation(&format!("of_tag{number}"), word, "Models00")}),
            ),
        ]);
        for place in ["query", "header"] {
            let path = format!("/paths/~1{place}{group}/get/parameters/{number}");
            let parameter = json!({"name": word, "in": place, "description": "A text.",
                "example": "a",
                "schema": {"type": "string"}, "required": number % 3 == 0});
            add(vec![(path, parameter)]);
        }
    }
    entities
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

fn operation(id: &str, tag: &str, answer: &str) -> Value {
    let mut operation = json!({
        "operationId": id, "tags": [tag], "summary": "Does it", "description": "A text.",
        "externalDocs": {"url": "https://things.example/docs"}, "security": [{"Key": []}],
        "x-harvest-permission": "p", "x-harvest-pagination": "none", "parameters": [],
        "responses": {"200": {"description": "Yes.", "content": {"application/json": {
            "schema": {"$ref": format!("#/components/schemas/{answer}")}, "example": {},
        }}}},
    });
    for status in ["401", "403", "404", "422", "429", "500"] {
        operation["responses"][status] = json!({"description": "No."});
    }
    operation
}

/// The document that holds the entities, and what leads to them; and where each of them is.
fn assembled(entities: &[Entity]) -> (Value, Vec<Vec<String>>) {
    let mut document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Words", "version": "1", "description": "A text."},
        "servers": [{"url": "https://things.example"}],
        "tags": [{"name": "things", "description": "A text."}],
        "paths": {"/things": {"get": operation("get_things", "things", "Models00")}},
        "components": {"securitySchemes": {"Key": {"type": "http", "scheme": "bearer"}},
            "schemas": {
            "Models00": model(),
        }},
    });
    let places = entities
        .iter()
        .map(|entity| {
            let parts = entity.parts.iter();
            parts
                .map(|(at, value)| put(&mut document, at, value.clone()))
                .collect()
        })
        .collect();
    // Each model that collects names has an operation, and each operation that does is complete.
    let schemas = document["components"]["schemas"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    for (name, schema) in &schemas {
        let collects = ["Models", "Enums", "Answer", "Request"].iter().any(|kind| {
            name.strip_prefix(kind)
                .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()) && !rest.is_empty())
        });
        if !collects || name == "Models00" || schema["x"].is_string() {
            continue;
        }
        let id = format!("use_{}", name.to_lowercase());
        let item = if name.starts_with("Request") {
            let mut operation = operation(&id, "things", "Models00");
            operation["requestBody"] = json!({"required": true, "content": {"application/json": {
                "schema": {"$ref": format!("#/components/schemas/{name}")}, "example": {},
            }}});
            json!({"post": operation})
        } else {
            json!({"get": operation(&id, "things", name)})
        };
        document["paths"][format!("/uses/{name}")] = item;
    }
    (document, places)
}

fn model() -> Value {
    json!({"type": "object", "description": "A text.", "properties": {}})
}

/// Puts a value where the pointer leads, in things that come into being with it, or at the end of the list that it leads
/// into. Returns where it is.
fn put(document: &mut Value, pointer: &str, value: Value) -> String {
    let steps: Vec<&str> = pointer.split('/').skip(1).collect();
    if let ["tags", _] = steps[..] {
        let tags = document["tags"].as_array_mut().expect("tags");
        tags.push(value);
        return format!("/tags/{}", tags.len() - 1);
    }
    if let ["paths", path, "get", "parameters", _] = steps[..] {
        let list = format!("/paths/{path}/get/parameters");
        let path = path.replace("~1", "/");
        let id = format!("take_{}", &path[1..]);
        let paths = document["paths"].as_object_mut().expect("paths");
        let item = paths
            .entry(path)
            .or_insert_with(|| json!({"get": operation(&id, "things", "Models00")}));
        let parameters = item["get"]["parameters"]
            .as_array_mut()
            .expect("parameters");
        parameters.push(value);
        return format!("{list}/{}", parameters.len() - 1);
    }
    let mut place = document;
    for (at, step) in steps.iter().enumerate() {
        let step = step.replace("~1", "/").replace("~0", "~");
        let map = place.as_object_mut().expect("an object");
        let is_model = steps[..at] == ["components", "schemas"] && at + 1 < steps.len();
        place = map.entry(step).or_insert_with(|| {
            if is_model {
                model()
            } else {
                Value::Object(Map::new())
            }
        });
    }
    *place = value;
    pointer.to_owned()
}
