//! `diff`: what it notices between two descriptions, what it calls breaking, and how it gets the old one.

mod common;

use common::{Sandbox, text};
use serde_json::{Value, json};
use xtask::diff::{self, Subject};
use xtask::workspace::Workspace;

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
                    {"name": "order", "in": "query", "description": "Which way.", "schema": {"$ref": "#/components/schemas/Order"}},
                    {"name": "after", "in": "query", "schema": {"type": "string", "format": "date-time", "default": "now"}},
                ],
                "responses": {
                    "200": {
                        "description": "A page.",
                        "headers": {"Link": {"schema": {"type": "string"}}},
                        "content": {"application/json": {
                            "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
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
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "integer", "format": "int64"}}],
                "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ThingUpdate"}}}},
                "responses": {
                    "200": {"description": "It.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                    "204": {"description": "Nothing to say."},
                },
            }},
        },
        "components": {
            "securitySchemes": {"Key": {"type": "http", "scheme": "basic", "description": "A key."}},
            "parameters": {"Page": {"name": "page", "in": "query", "schema": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 500}}},
            "responses": {"Failed": {"description": "No.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}},
            "schemas": {
                "Thing": {"type": "object", "description": "A thing.", "required": ["id", "state"], "properties": {
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
                "Maker": {"type": "object", "required": ["place"], "properties": {"place": {"$ref": "#/components/schemas/Place"}}},
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

#[test]
fn operations() {
    both_ways(
        UPDATE,
        None,
        &["! operation update_thing: removed: PATCH /v1/things/{id}"],
        &["operation update_thing: added: PATCH /v1/things/{id}"],
    );
    both_ways(
        &format!("{UPDATE}/operationId"),
        json!("edit_thing"),
        &[
            "operation edit_thing: added: PATCH /v1/things/{id}, until now `update_thing`",
            "! operation update_thing: removed: PATCH /v1/things/{id}",
        ],
        &[
            "! operation edit_thing: removed: PATCH /v1/things/{id}",
            "operation update_thing: added: PATCH /v1/things/{id}, until now `edit_thing`",
        ],
    );
    both_ways(
        &format!("{LIST}/deprecated"),
        json!(true),
        &["operation list_things: is deprecated"],
        &["operation list_things: is no longer deprecated"],
    );
    both_ways(
        &format!("{LIST}/tags"),
        json!(["stuff"]),
        &["operation list_things: the tag is `stuff` now, was `things`"],
        &["operation list_things: the tag is `things` now, was `stuff`"],
    );
    both_ways(
        &format!("{LIST}/security"),
        json!([{"Other": []}]),
        &["! operation list_things: takes other credentials now"],
        &["! operation list_things: takes other credentials now"],
    );
    both_ways(
        &format!("{LIST}/x-harvest-permission"),
        json!("GET: All"),
        &[
            "! operation list_things: the operation: x-harvest-permission is `GET: All` now, was `GET: List Things`",
        ],
        &[
            "! operation list_things: the operation: x-harvest-permission is `GET: List Things` now, was `GET: All`",
        ],
    );
    both_ways(
        &format!("{LIST}/x-harvest-pagination"),
        json!("next-only"),
        &[
            "! operation list_things: the operation: x-harvest-pagination is `next-only` now, was `offset`",
        ],
        &[
            "operation list_things: the operation: x-harvest-pagination is `offset` now, was `next-only`",
        ],
    );
    both_ways(
        &format!("{LIST}/x-harvest-pagination"),
        json!("none"),
        &["operation list_things: the operation: x-harvest-pagination is `none` now, was `offset`"],
        &[
            "! operation list_things: the operation: x-harvest-pagination is `offset` now, was `none`",
        ],
    );
}

#[test]
fn a_deprecated_operation_names_what_replaces_it() {
    let mut new = base();
    set(&mut new, &format!("{LIST}/deprecated"), json!(true));
    set(
        &mut new,
        &format!("{LIST}/x-harvest-replaced-by"),
        json!("find_things"),
    );
    assert_eq!(
        lines(&base(), &new),
        ["operation list_things: is deprecated, replaced by `find_things`"]
    );
}

#[test]
fn methods_and_paths() {
    let mut new = base();
    let operation = take(&mut new, LIST);
    set(&mut new, "/paths/~1v1~1things/post", operation);
    assert_eq!(
        lines(&base(), &new),
        ["! operation list_things: is POST /v1/things now, was GET /v1/things"]
    );

    let mut new = base();
    let item = take(&mut new, "/paths/~1v1~1things~1{id}");
    set(&mut new, "/paths/~1v2~1things~1{id}", item);
    assert_eq!(
        lines(&base(), &new),
        ["! operation update_thing: is PATCH /v2/things/{id} now, was PATCH /v1/things/{id}"]
    );

    // The name of a placeholder is not on the wire.
    let mut new = base();
    let mut item = take(&mut new, "/paths/~1v1~1things~1{id}");
    set(&mut item, "/patch/parameters/0/name", json!("thing_id"));
    set(&mut new, "/paths/~1v1~1things~1{thing_id}", item);
    assert_eq!(
        lines(&base(), &new),
        ["operation update_thing: path parameter `thing_id`: name is `thing_id` now, was `id`"]
    );
}

#[test]
fn parameters() {
    both_ways(
        &format!("{LIST}/parameters/-"),
        json!({"name": "email", "in": "query", "schema": {"type": "string"}}),
        &["operation list_things: query parameter `email` added: `string`, optional"],
        &["! operation list_things: query parameter `email` removed"],
    );
    both_ways(
        &format!("{LIST}/parameters/-"),
        json!({"name": "On-Behalf-Of", "in": "header", "required": true, "schema": {"type": "string"}}),
        &["! operation list_things: header parameter `On-Behalf-Of` added: `string`, required"],
        &["! operation list_things: header parameter `On-Behalf-Of` removed"],
    );
    both_ways(
        &format!("{LIST}/parameters/1/required"),
        json!(true),
        &["! operation list_things: query parameter `order` is required now"],
        &["operation list_things: query parameter `order` is optional now"],
    );
    both_ways(
        &format!("{LIST}/parameters/1/schema"),
        json!({"type": "string"}),
        &["! operation list_things: query parameter `order` is `string` now, was `Order`"],
        &["! operation list_things: query parameter `order` is `Order` now, was `string`"],
    );
    both_ways(
        &format!("{LIST}/parameters/1/explode"),
        json!(false),
        &[
            "! operation list_things: query parameter `order`: explode is `false` now, was not there",
        ],
        &["! operation list_things: query parameter `order`: explode is gone, was `false`"],
    );
    // Where the parameter is written down does not matter.
    let mut new = base();
    let page = take(&mut new, "/components/parameters/Page");
    set(&mut new, &format!("{LIST}/parameters/0"), page);
    assert_eq!(lines(&base(), &new), Vec::<String>::new());
}

#[test]
fn bounds_of_parameters() {
    let page = "/components/parameters/Page/schema";
    both_ways(
        &format!("{page}/maximum"),
        json!(100),
        &["! operation list_things: query parameter `page`: maximum is `100` now, was `500`"],
        &["operation list_things: query parameter `page`: maximum is `500` now, was `100`"],
    );
    both_ways(
        &format!("{page}/minimum"),
        json!(0),
        &["operation list_things: query parameter `page`: minimum is `0` now, was `1`"],
        &["! operation list_things: query parameter `page`: minimum is `1` now, was `0`"],
    );
    both_ways(
        &format!("{page}/minimum"),
        None,
        &["operation list_things: query parameter `page`: minimum is gone, was `1`"],
        &["! operation list_things: query parameter `page`: minimum is `1` now, was not there"],
    );
    both_ways(
        &format!("{page}/format"),
        json!("int64"),
        &[
            "! operation list_things: query parameter `page` is `integer` (int64) now, was `integer` (int32)",
        ],
        &[
            "! operation list_things: query parameter `page` is `integer` (int32) now, was `integer` (int64)",
        ],
    );
    let after = format!("{LIST}/parameters/2/schema");
    both_ways(
        &format!("{after}/default"),
        json!("then"),
        &["! operation list_things: query parameter `after`: default is `then` now, was `now`"],
        &["! operation list_things: query parameter `after`: default is `now` now, was `then`"],
    );
    both_ways(
        &format!("{after}/default"),
        None,
        &["operation list_things: query parameter `after`: default is gone, was `now`"],
        &["operation list_things: query parameter `after`: default is `now` now, was not there"],
    );
}

#[test]
fn request_bodies() {
    both_ways(
        &format!("{UPDATE}/requestBody"),
        None,
        &["! operation update_thing: the request body removed, was `ThingUpdate`"],
        &["! operation update_thing: the request body added: `ThingUpdate`, required"],
    );
    both_ways(
        &format!("{UPDATE}/requestBody/required"),
        json!(false),
        &["operation update_thing: the request body is optional now"],
        &["! operation update_thing: the request body is required now"],
    );
    both_ways(
        &format!("{UPDATE}/requestBody/content/application~1json/schema/$ref"),
        json!("#/components/schemas/Place"),
        &["! operation update_thing: the request body is `Place` now, was `ThingUpdate`"],
        &["! operation update_thing: the request body is `ThingUpdate` now, was `Place`"],
    );
    both_ways(
        &format!("{UPDATE}/requestBody/content"),
        json!({"text/plain": {"schema": {"$ref": "#/components/schemas/ThingUpdate"}}}),
        &[
            "! operation update_thing: the request body is `ThingUpdate` as text/plain now, was `ThingUpdate`",
        ],
        &[
            "! operation update_thing: the request body is `ThingUpdate` now, was `ThingUpdate` as text/plain",
        ],
    );
}

#[test]
fn answers() {
    let thing = json!({"description": "It.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}});
    both_ways(
        &format!("{UPDATE}/responses/201"),
        thing,
        &["operation update_thing: success 201 added: `Thing`"],
        &["operation update_thing: success 201 removed"],
    );
    // No success of this operation was without a body until now.
    both_ways(
        &format!("{LIST}/responses/204"),
        json!({"description": "Nothing."}),
        &["! operation list_things: success 204 added: nothing"],
        &["operation list_things: success 204 removed"],
    );
    both_ways(
        &format!("{UPDATE}/responses/200/content/application~1json/schema/$ref"),
        json!("#/components/schemas/Maker"),
        &["! operation update_thing: the body of success 200 is `Maker` now, was `Thing`"],
        &["! operation update_thing: the body of success 200 is `Thing` now, was `Maker`"],
    );
    both_ways(
        &format!("{LIST}/responses/200/content/application~1json/schema/items"),
        json!({"nullable": true, "allOf": [{"$ref": "#/components/schemas/Thing"}]}),
        &[
            "! operation list_things: the body of success 200 is an array of (`Thing` or null) now, was an array of `Thing`",
        ],
        &[
            "! operation list_things: the body of success 200 is an array of `Thing` now, was an array of (`Thing` or null)",
        ],
    );
    both_ways(
        &format!("{LIST}/responses/200/headers"),
        json!({}),
        &["! operation list_things: success 200 no longer has the header `Link`"],
        &["operation list_things: success 200 has a new header `Link`"],
    );
    both_ways(
        &format!("{LIST}/responses/401"),
        None,
        &["operation list_things: error 401 removed"],
        &["operation list_things: error 401 added: `Problem`"],
    );
    both_ways(
        "/components/responses/Failed/content",
        None,
        &["! operation list_things: the body of error 401 is nothing now, was `Problem`"],
        &["! operation list_things: the body of error 401 is `Problem` now, was nothing"],
    );
}

#[test]
fn models() {
    both_ways(
        &format!("{SCHEMAS}/Gadget"),
        json!({"type": "object"}),
        &["schema Gadget: added"],
        &["schema Gadget: removed"],
    );
    both_ways(
        &format!("{SCHEMAS}/State"),
        json!({"type": "integer", "format": "int32"}),
        &["! schema State: the model is `integer` (int32) now, was `string`"],
        &["! schema State: the model is `string` now, was `integer` (int32)"],
    );
}

#[test]
fn fields() {
    let field = json!({"type": "string"});
    both_ways(
        &format!("{SCHEMAS}/Thing/properties/size"),
        field.clone(),
        &["schema Thing: field `size` added: `string`, optional"],
        &["! schema Thing: field `size` removed, was `string`"],
    );
    both_ways(
        &format!("{SCHEMAS}/ThingUpdate/properties/size"),
        field.clone(),
        &["schema ThingUpdate: field `size` added: `string`, optional"],
        &["! schema ThingUpdate: field `size` removed, was `string`"],
    );
    for (model, mark) in [("Thing", ""), ("ThingUpdate", "! "), ("Place", "! ")] {
        let mut new = base();
        set(
            &mut new,
            &format!("{SCHEMAS}/{model}/properties/size"),
            field.clone(),
        );
        set(
            &mut new,
            &format!("{SCHEMAS}/{model}/required/-"),
            json!("size"),
        );
        assert_eq!(
            lines(&base(), &new),
            [format!(
                "{mark}schema {model}: field `size` added: `string`, required"
            )]
        );
    }
    both_ways(
        &format!("{SCHEMAS}/Thing/properties/id/type"),
        json!("number"),
        &["! schema Thing: field `id` is `number` (int64) now, was `integer` (int64)"],
        &["! schema Thing: field `id` is `integer` (int64) now, was `number` (int64)"],
    );
    both_ways(
        &format!("{SCHEMAS}/Thing/properties/notes/items/type"),
        json!("boolean"),
        &["! schema Thing: field `notes` is an array of `boolean` now, was an array of `string`"],
        &["! schema Thing: field `notes` is an array of `string` now, was an array of `boolean`"],
    );
    both_ways(
        &format!("{SCHEMAS}/Thing/properties/name/deprecated"),
        json!(true),
        &["schema Thing: field `name` is deprecated"],
        &["schema Thing: field `name` is no longer deprecated"],
    );
    both_ways(
        &format!("{SCHEMAS}/Thing/properties/id/x-harvest-id"),
        json!(true),
        &["schema Thing: field `id`: x-harvest-id is `true` now, was not there"],
        &["schema Thing: field `id`: x-harvest-id is gone, was `true`"],
    );
}

#[test]
fn required_and_optional_depend_on_the_direction() {
    // Received: it may be missing now. Sent: it may be left out now.
    both_ways(
        &format!("{SCHEMAS}/Thing/required"),
        json!(["id"]),
        &["! schema Thing: field `state` is optional now"],
        &["schema Thing: field `state` is required now"],
    );
    both_ways(
        &format!("{SCHEMAS}/ThingUpdate/required"),
        json!([]),
        &["schema ThingUpdate: field `name` is optional now"],
        &["! schema ThingUpdate: field `name` is required now"],
    );
    // Sent and received.
    both_ways(
        &format!("{SCHEMAS}/Place/required"),
        json!([]),
        &["! schema Place: field `street` is optional now"],
        &["! schema Place: field `street` is required now"],
    );
}

#[test]
fn null_depends_on_the_direction() {
    both_ways(
        &format!("{SCHEMAS}/Thing/properties/name/nullable"),
        None,
        &["schema Thing: field `name` may no longer be null"],
        &["! schema Thing: field `name` may be null now"],
    );
    both_ways(
        &format!("{SCHEMAS}/ThingUpdate/properties/weight/nullable"),
        json!(false),
        &["! schema ThingUpdate: field `weight` may no longer be null"],
        &["schema ThingUpdate: field `weight` may be null now"],
    );
    // A reference that may be null is the same reference.
    both_ways(
        &format!("{SCHEMAS}/Thing/properties/maker"),
        json!({"$ref": "#/components/schemas/Maker"}),
        &["schema Thing: field `maker` may no longer be null"],
        &["! schema Thing: field `maker` may be null now"],
    );
}

#[test]
fn enumerations() {
    both_ways(
        &format!("{SCHEMAS}/State/enum"),
        json!(["used", "new", "lost"]),
        &["schema State: the model has a new value `lost`"],
        &["schema State: the model no longer has the value `lost`"],
    );
    both_ways(
        &format!("{SCHEMAS}/Color/enum"),
        json!(["red", "green"]),
        &[
            "schema Color: the model has a new value `green`",
            "! schema Color: the model no longer has the value `blue`",
        ],
        &[
            "schema Color: the model has a new value `blue`",
            "! schema Color: the model no longer has the value `green`",
        ],
    );
    // A parameter is sent, too.
    both_ways(
        &format!("{SCHEMAS}/Order/enum"),
        json!(["up"]),
        &["! schema Order: the model no longer has the value `down`"],
        &["schema Order: the model has a new value `down`"],
    );
    both_ways(
        &format!("{SCHEMAS}/Color/enum"),
        None,
        &["schema Color: the model is no longer an enumeration"],
        &["! schema Color: the model is an enumeration now"],
    );
    both_ways(
        &format!("{SCHEMAS}/State/enum"),
        None,
        &["schema State: the model is no longer an enumeration"],
        &["schema State: the model is an enumeration now"],
    );
}

#[test]
fn bounds_of_fields() {
    let name = format!("{SCHEMAS}/ThingUpdate/properties/name");
    both_ways(
        &format!("{name}/minLength"),
        json!(3),
        &["! schema ThingUpdate: field `name`: minLength is `3` now, was `2`"],
        &["schema ThingUpdate: field `name`: minLength is `2` now, was `3`"],
    );
    both_ways(
        &format!("{name}/maxLength"),
        json!(5),
        &["! schema ThingUpdate: field `name`: maxLength is `5` now, was `9`"],
        &["schema ThingUpdate: field `name`: maxLength is `9` now, was `5`"],
    );
    both_ways(
        &format!("{name}/maxLength"),
        None,
        &["schema ThingUpdate: field `name`: maxLength is gone, was `9`"],
        &["! schema ThingUpdate: field `name`: maxLength is `9` now, was not there"],
    );
    both_ways(
        &format!("{name}/pattern"),
        json!("^b"),
        &["! schema ThingUpdate: field `name`: pattern is `^b` now, was `^a`"],
        &["! schema ThingUpdate: field `name`: pattern is `^a` now, was `^b`"],
    );
    both_ways(
        &format!("{name}/pattern"),
        None,
        &["schema ThingUpdate: field `name`: pattern is gone, was `^a`"],
        &["! schema ThingUpdate: field `name`: pattern is `^a` now, was not there"],
    );
    // What is received was sent already, whatever its bounds.
    both_ways(
        &format!("{SCHEMAS}/Thing/properties/name/maxLength"),
        json!(9),
        &["schema Thing: field `name`: maxLength is `9` now, was not there"],
        &["schema Thing: field `name`: maxLength is gone, was `9`"],
    );
}

#[test]
fn the_api_as_a_whole() {
    both_ways(
        "/servers/0/url",
        json!("https://other.example.com"),
        &["! the API: is at `https://other.example.com` now, was at `https://things.example.com`"],
        &["! the API: is at `https://things.example.com` now, was at `https://other.example.com`"],
    );
    both_ways(
        "/components/securitySchemes/Key/scheme",
        json!("bearer"),
        &["! the API: security scheme `Key` changed"],
        &["! the API: security scheme `Key` changed"],
    );
}

#[test]
fn what_no_rule_knows_is_not_passed_over() {
    both_ways(
        &format!("{LIST}/callbacks"),
        json!({"done": {}}),
        &["! operation list_things: differs at `/callbacks`, in a way that no rule judges"],
        &["! operation list_things: differs at `/callbacks`, in a way that no rule judges"],
    );
    // A field that has the name of a keyword is a field.
    let mut old = base();
    let summary = format!("{SCHEMAS}/Thing/properties/summary");
    set(&mut old, &summary, json!({"type": "string"}));
    let mut new = old.clone();
    set(&mut new, &format!("{summary}/not"), json!({}));
    assert_eq!(
        lines(&old, &new),
        ["! schema Thing: differs at `/properties/summary/not`, in a way that no rule judges"]
    );
    both_ways(
        &format!("{SCHEMAS}/Thing/properties/description"),
        json!({"type": "string"}),
        &["schema Thing: field `description` added: `string`, optional"],
        &["! schema Thing: field `description` removed, was `string`"],
    );
}

#[test]
fn the_case_of_headers_is_not_on_the_wire() {
    let header = |name: &str| json!({"name": name, "in": "header", "schema": {"type": "string"}});
    let (mut old, mut new) = (base(), base());
    set(
        &mut old,
        &format!("{UPDATE}/parameters/-"),
        header("On-Behalf-Of"),
    );
    set(
        &mut new,
        &format!("{UPDATE}/parameters/-"),
        header("on-behalf-of"),
    );
    assert_eq!(
        lines(&old, &new),
        [
            "operation update_thing: header parameter `on-behalf-of`: name is `on-behalf-of` now, was `On-Behalf-Of`"
        ]
    );
    let mut new = base();
    set(
        &mut new,
        &format!("{LIST}/responses/200/headers"),
        json!({"link": {"schema": {"type": "string"}}}),
    );
    assert_eq!(
        lines(&base(), &new),
        ["operation list_things: success 200 spells the header `link` so, not `Link`"]
    );
}

#[test]
fn order_is_no_change() {
    let mut new = base();
    let page = take(&mut new, &format!("{LIST}/parameters/0"));
    set(&mut new, &format!("{LIST}/parameters/-"), page);
    set(
        &mut new,
        &format!("{SCHEMAS}/State/enum"),
        json!(["used", "new"]),
    );
    set(
        &mut new,
        &format!("{SCHEMAS}/Thing/required"),
        json!(["state", "id"]),
    );
    let comparison = diff::compare(&base(), &new);
    assert_eq!((comparison.changes, comparison.reworded), (vec![], 3));
}

#[test]
fn words_are_counted_and_not_listed() {
    let mut new = base();
    set(
        &mut new,
        &format!("{LIST}/summary"),
        json!("List all things"),
    );
    set(
        &mut new,
        &format!("{LIST}/parameters/1/description"),
        json!("Up or down."),
    );
    set(
        &mut new,
        &format!("{LIST}/responses/200/content/application~1json/example"),
        json!([]),
    );
    set(
        &mut new,
        &format!("{SCHEMAS}/Thing/properties/name/description"),
        json!("What it is called."),
    );
    set(&mut new, "/info/title", json!("Stuff"));
    let comparison = diff::compare(&base(), &new);
    assert_eq!(comparison.changes, []);
    assert_eq!(comparison.reworded, 3);
    assert_eq!(
        diff::report(&comparison),
        "3 operations or schemas differ in nothing but words, examples or order\n0 changes, 0 breaking\n"
    );
    // With a change beside them, the words go unmentioned.
    set(&mut new, &format!("{LIST}/deprecated"), json!(true));
    assert_eq!(diff::compare(&base(), &new).reworded, 2);
}

#[test]
fn the_report_groups_and_marks() {
    let mut new = base();
    take(&mut new, &format!("{LIST}/parameters/1"));
    set(&mut new, &format!("{LIST}/deprecated"), json!(true));
    set(&mut new, &format!("{SCHEMAS}/State/enum/-"), json!("lost"));
    assert_eq!(
        diff::report(&diff::compare(&base(), &new)),
        "\
operation list_things
            is deprecated
  BREAKING  query parameter `order` removed
schema State
            the model has a new value `lost`
3 changes, 1 breaking
"
    );
    assert_eq!(
        diff::report(&diff::compare(&base(), &base())),
        "nothing changed\n"
    );
}

#[test]
fn against_nothing_everything_is_new() {
    let changes = diff::changes(&Value::Null, &base());
    assert!(
        changes
            .iter()
            .all(|c| !c.breaking && c.what.starts_with("added")),
        "{changes:?}"
    );
    let operations = changes
        .iter()
        .filter(|c| matches!(c.subject, Subject::Operation(_)))
        .count();
    assert_eq!((operations, changes.len()), (2, 10));
    let gone = diff::changes(&base(), &Value::Null);
    assert_eq!(gone.iter().filter(|c| c.breaking).count(), 2);
}

/// Publishing says null in another way, in hundreds of places. The old document is always a published one.
#[test]
fn publishing_our_own_description_changes_nothing() {
    for version in Workspace::here().versions().unwrap() {
        let bundle = harvest_codegen::load::load(&version.root).unwrap();
        let published: Value = serde_json::from_str(bundle.to_json()).unwrap();
        assert_ne!(bundle.document, published);
        let nothing = diff::Comparison::default();
        assert_eq!(
            diff::compare(&published, &bundle.document),
            nothing,
            "{}",
            version.name
        );
        assert_eq!(
            diff::compare(&bundle.document, &published),
            nothing,
            "{}",
            version.name
        );
    }
}

/// A workspace whose description is committed, and published, as `HEAD`.
fn committed() -> Sandbox {
    let sandbox = Sandbox::generated();
    sandbox.git(&["init", "--quiet"]);
    sandbox.git(&["add", "--all"]);
    sandbox.git(&["commit", "--quiet", "--message", "Start"]);
    sandbox
}

const MODELS: &str = "harvest-spec/v1/resources/things/schemas.yaml";

#[test]
fn since_a_revision() {
    let sandbox = committed();
    let output = sandbox.xtask(&["diff", "HEAD", "--fail-on-breaking"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert_eq!(text(&output), "v1 since HEAD\nnothing changed\n");

    // The working tree counts, not what was made of it last.
    sandbox.edit(
        MODELS,
        "    name: {type: string, nullable: true,",
        "    name: {type: string, nullable: true, deprecated: true,",
    );
    sandbox.edit(MODELS, "required: [name]\n  properties:\n    name: {type: string, description: What it is called., minLength: 1}", "properties:\n    name: {type: string, description: What it is called., minLength: 2}");
    let expected = "\
v1 since HEAD
schema Thing
            field `name` is deprecated
schema ThingCreate
  BREAKING  field `name`: minLength is `2` now, was `1`
            field `name` is optional now
3 changes, 1 breaking
";
    let output = sandbox.xtask(&["diff", "HEAD", "--version", "v1"]);
    assert_eq!(text(&output), expected);
    assert_eq!(output.status.code(), Some(0));
    let output = sandbox.xtask(&["diff", "HEAD", "--fail-on-breaking"]);
    assert_eq!(text(&output), expected);
    assert_eq!(output.status.code(), Some(1));

    // Committed without regen: the published document is what counts, and has not changed.
    sandbox.git(&["commit", "--quiet", "--all", "--message", "Change"]);
    assert_eq!(
        text(&sandbox.xtask(&["diff", "HEAD~1"])),
        expected.replace("HEAD", "HEAD~1")
    );
    assert!(sandbox.xtask(&["regen"]).status.success());
    sandbox.git(&["commit", "--quiet", "--all", "--message", "Regenerate"]);
    assert_eq!(
        text(&sandbox.xtask(&["diff", "HEAD"])),
        "v1 since HEAD\nnothing changed\n"
    );
}

#[test]
fn a_workspace_inside_of_a_repository() {
    let outer = tempfile::tempdir().unwrap();
    let sandbox = committed();
    let inner = outer.path().join("inner");
    std::fs::create_dir(&inner).unwrap();
    let run = |folder: &std::path::Path, arguments: &[&str]| {
        let output = std::process::Command::new("git")
            .arg("-C")
            .arg(folder)
            .args([
                "-c",
                "user.name=Test",
                "-c",
                "user.email=test@example.com",
                "-c",
                "commit.gpgSign=false",
            ])
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", text(&output));
    };
    for path in sandbox.files() {
        let relative = path.strip_prefix(sandbox.root()).unwrap();
        if relative.starts_with(".git") {
            continue;
        }
        let to = inner.join(relative);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(&path, to).unwrap();
    }
    run(outer.path(), &["init", "--quiet"]);
    run(outer.path(), &["add", "--all"]);
    run(outer.path(), &["commit", "--quiet", "--message", "Start"]);
    let compared = diff::since(&Workspace::new(&inner), "HEAD", None).unwrap();
    assert_eq!(compared.len(), 1);
    assert_eq!(compared[0].remark, None);
    assert_eq!(compared[0].comparison, diff::Comparison::default());
}

#[test]
fn a_new_version_is_all_new_and_a_version_that_is_gone_is_all_gone() {
    let sandbox = committed();
    std::fs::rename(
        sandbox.root().join("harvest-spec/v1"),
        sandbox.root().join("harvest-spec/v9"),
    )
    .unwrap();
    let output = sandbox.xtask(&["diff", "HEAD"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let said = text(&output);
    let (v1, v9) = said.split_once("v9 since HEAD\n").unwrap();
    assert!(
        v1.starts_with("v1 since HEAD\nthis version was in HEAD, and is gone\n"),
        "{said}"
    );
    assert!(
        v1.contains("operation create_thing\n  BREAKING  removed: POST /v1/things\n"),
        "{said}"
    );
    assert!(
        v9.starts_with("HEAD does not have this version: all of it is new\n"),
        "{said}"
    );
    assert!(
        v9.contains("operation create_thing\n            added: POST /v1/things\n"),
        "{said}"
    );
    assert!(v9.ends_with("schema Maker\n            added\nschema Thing\n            added\nschema ThingCreate\n            added\nschema ThingId\n            added\n6 changes, 0 breaking\n"), "{said}");
}

/// Runs diff, which has to fail, and returns what it says.
#[track_caller]
fn refused(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let output = sandbox.xtask(arguments);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    text(&output)
}

#[test]
fn what_is_not_there_is_said() {
    let sandbox = committed();
    let said = refused(&sandbox, &["diff", "nowhere"]);
    assert!(
        said.starts_with("`nowhere` is no revision of this repository ("),
        "{said}"
    );
    let said = refused(&sandbox, &["diff", "HEAD", "--version", "v7"]);
    assert_eq!(said, "there is no version `v7`; there is v1\n");

    sandbox.remove("harvest-spec/dist/v1.json");
    sandbox.git(&["commit", "--quiet", "--all", "--message", "Unpublish"]);
    let said = refused(&sandbox, &["diff", "HEAD"]);
    assert!(
        said.starts_with("HEAD has harvest-spec/v1, but no harvest-spec/dist/v1.json"),
        "{said}"
    );

    sandbox.write("harvest-spec/dist/v1.json", "{");
    sandbox.git(&["add", "--all"]);
    sandbox.git(&["commit", "--quiet", "--message", "Break"]);
    let said = refused(&sandbox, &["diff", "HEAD"]);
    assert!(
        said.starts_with("HEAD:harvest-spec/dist/v1.json is no JSON"),
        "{said}"
    );

    sandbox.edit(MODELS, "ThingCreate:", "ThingMake:");
    let said = refused(&sandbox, &["diff", "HEAD~2"]);
    assert!(
        said.contains("resources/things/create_thing.yaml#/requestBody"),
        "{said}"
    );
}

#[test]
fn a_folder_without_a_repository_is_said() {
    let said = refused(&Sandbox::described(), &["diff", "HEAD"]);
    assert!(
        said.starts_with("`HEAD` is no revision of this repository ("),
        "{said}"
    );
}
