//! `diff`: what it notices between two descriptions, what it calls breaking, and how it gets the old one.

#[path = "../common/mod.rs"]
mod common;

mod command;
mod document;
mod models;
mod operations;
mod report;
mod rust;
mod surface;

use serde_json::{Value, json};
use xtask::diff;

/// Two operations, with a model that is sent, one that is received, and one that is both.
fn base() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": "https://things.example.com"}],
        "tags": [{"name": "things", "description": "What there is."}],
        "paths": {
            "/v1/things": {"get": {
                "operationId": "list_things",
                "tags": ["things"],
                "summary": "List things",
                "description": "All of them.",
                "security": [{"Key": []}],
                "x-harvest-permission": "GET: List Things",
                "x-harvest-pagination": "offset",
                "parameters": [
                    {"$ref": "#/components/parameters/Page"},
                    {"name": "order", "in": "query", "description": "Which way.",
                        "schema": {"$ref": "#/components/schemas/Order"}},
                    {"name": "after", "in": "query",
                        "schema": {"type": "string", "format": "date-time", "default": "now"}},
                ],
                "responses": {
                    "200": {
                        "description": "A page.",
                        "headers": {"Link": {"schema": {"type": "string"}}},
                        "content": {"application/json": {
                            "schema": {"type": "array",
                                "items": {"$ref": "#/components/schemas/Thing"}},
                            "example": [{"id": 1}],
                        }},
                    },
                    "401": {"$ref": "#/components/responses/Failed"},
                },
            }},
            "/v1/things/{id}": {"patch": {
                "operationId": "update_thing",
                "tags": ["things"],
                "x-harvest-pagination": "none",
                "parameters": [{"name": "id", "in": "path", "required": true,
                    "schema": {"type": "integer", "format": "int64"}}],
                "requestBody": {"required": true,
                    "content": {"application/json": {
                            "schema": {"$ref": "#/components/schemas/ThingUpdate"}}}},
                "responses": {
                    "200": {"description": "It.",
                        "content": {"application/json": {
                            "schema": {"$ref": "#/components/schemas/Thing"}}}},
                    "204": {"description": "Nothing to say."},
                },
            }},
        },
        "components": {
            "securitySchemes": {"Key": {"type": "http", "scheme": "basic", "description": "A \
                key."}},
            "parameters": {"Page": {"name": "page", "in": "query",
                "schema": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 500}}},
            "responses": {"Failed": {"description": "No.",
                "content": {"application/json": {
                            "schema": {"$ref": "#/components/schemas/Problem"}}}}},
            "schemas": {
                "Thing": {"type": "object", "description": "A thing.", "required": ["id", "state"],
                    "properties": {
                    "id": {"type": "integer", "format": "int64"},
                    "state": {"$ref": "#/components/schemas/State"},
                    "name": {"type": "string", "nullable": true, "description": "Its name."},
                    "maker": {"nullable": true, "allOf": [{"$ref": "#/components/schemas/Maker"}]},
                    "notes": {"type": "array", "items": {"type": "string"}},
                }},
                "ThingUpdate": {"type": "object", "required": ["name"], "properties": {
                    "name": {"type": "string", "minLength": 2, "maxLength": 9, "pattern": "^a"},
                    "color": {"$ref": "#/components/schemas/Color"},
                    "weight": {"type": "number", "nullable": true},
                    "place": {"$ref": "#/components/schemas/Place"},
                }},
                "Maker": {"type": "object", "required": ["place"],
                    "properties": {"place": {"$ref": "#/components/schemas/Place"}}},
                "Place": {"type": "object", "required": ["street"], "properties": {
                    "street": {"type": "string"}, "town": {"type": "string"},
                }},
                "State": {"type": "string", "enum": ["new", "used"]},
                "Color": {"type": "string", "enum": ["red", "blue"]},
                "Order": {"type": "string", "enum": ["up", "down"]},
                "Problem": {"type": "object", "properties": {"message": {"type": "string"}}},
            },
        },
    })
}

const LIST: &str = "/paths/~1v1~1things/get";
const UPDATE: &str = "/paths/~1v1~1things~1{id}/patch";
const SCHEMAS: &str = "/components/schemas";

fn set(document: &mut Value, pointer: &str, value: Value) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/");
    match document
        .pointer_mut(parent)
        .unwrap_or_else(|| panic!("no {parent}"))
    {
        Value::Object(map) => {
            map.insert(key, value);
        }
        Value::Array(items) if key == "-" => items.push(value),
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        other => panic!("{pointer} is in {other}"),
    }
}

fn take(document: &mut Value, pointer: &str) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/");
    match document
        .pointer_mut(parent)
        .unwrap_or_else(|| panic!("no {parent}"))
    {
        Value::Object(map) => map.remove(&key),
        Value::Array(items) => Some(items.remove(key.parse().unwrap())),
        _ => None,
    }
    .unwrap_or_else(|| panic!("no {pointer}"))
}

/// The changes, a line each. `!` marks those that are breaking.
fn lines(old: &Value, new: &Value) -> Vec<String> {
    diff::changes(old, new)
        .iter()
        .map(|c| {
            format!(
                "{}{}: {}",
                if c.breaking { "! " } else { "" },
                c.subject,
                c.what
            )
        })
        .collect()
}

/// Replaces the value at `pointer`, or removes it, and checks what is said about it; then undoes it, and checks what
/// is said about that.
#[track_caller]
fn both_ways(pointer: &str, value: impl Into<Option<Value>>, forth: &[&str], back: &[&str]) {
    let old = base();
    let mut new = base();
    match value.into() {
        Some(value) => set(&mut new, pointer, value),
        None => {
            take(&mut new, pointer);
        }
    }
    assert_eq!(lines(&old, &new), forth, "{pointer}");
    assert_eq!(lines(&new, &old), back, "{pointer}, undone");
}
