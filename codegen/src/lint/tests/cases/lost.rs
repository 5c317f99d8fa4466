//! Ways to write something down that would be lost without a word.

use serde_json::{Value, json};

use super::{Case, Change, LIST, Remove, Set, case};

pub(super) fn lost_cases() -> Vec<Case> {
    let mut cases = null_cases();
    cases.extend(path_cases());
    cases.extend(key_cases());
    cases.extend(shape_cases());
    cases
}

fn null_cases() -> Vec<Case> {
    let null = |pointer: &'static str| case("null", None, pointer, [Set(pointer, Value::Null)]);
    vec![
        // An operation file that was emptied, before the loader refused it.
        null("/paths/~1books/post"),
        null("/paths/~1books/post/requestBody"),
        null("/paths/~1books/get/parameters/1"),
        null("/paths/~1books/get/description"),
        null("/components/schemas/Book/properties/title"),
        null("/components/responses/Refused"),
        null("/components/schemas/BookCreate/properties/title/maxLength"),
    ]
}

fn path_cases() -> Vec<Case> {
    // An operation of its own, so that nothing else is wrong.
    let path = |pointer: &'static str| {
        case(
            "path",
            None,
            pointer,
            [Set(pointer, json!({"get": {"operationId": "get_it"}}))],
        )
    };
    vec![
        path("/paths/rooms"),
        path("/paths/x-rooms"),
        path("/paths/"),
        path("/paths/~1rooms~1"),
        path("/paths/~1~1"),
        path("/paths/~1rooms~1~1doors"),
        path("/paths/~1rooms~1..~1doors"),
        path("/paths/~1."),
        path("/paths/~1rooms~1{id"),
        path("/paths/~1rooms~1id}"),
        path("/paths/~1rooms~1{{id}}"),
        path("/paths/~1rooms~1{a~1b}"),
        path("/paths/~1rooms~1{}"),
        path("/paths/~1rooms~1{id}~1doors~1{id}"),
        path("/paths/~1rooms~1{r oom}"),
        path("/paths/~1rooms?all=1"),
        path("/paths/~1rooms#top"),
        path("/paths/~1rooms~1a b"),
        path("/paths/~1rooms~1%2e%2e"),
        path("/paths/~1rooms\\doors"),
        path("/paths/~1rooms~1ü"),
        path("/paths/~1rooms\"~1`"),
        case(
            "path-item",
            None,
            "/paths/~1rooms",
            [Set("/paths/~1rooms", json!({}))],
        ),
    ]
}

fn key_cases() -> Vec<Case> {
    let key =
        |pointer: &'static str, value: Value| case("key", None, pointer, [Set(pointer, value)]);
    vec![
        key("/path", json!({"/rooms": {}})),
        key("/info/titel", json!("Bookshop")),
        key("/servers/0/variables", json!({})),
        key("/tags/0/parent", json!("shop")),
        key("/components/schema", json!({})),
        key("/paths/~1books/get/parameter", json!([])),
        key("/paths/~1books/get/requestbody", json!({})),
        key("/paths/~1books/get/callbacks", json!({})),
        key("/paths/~1books/get/parameters/1/allowReserved", json!(true)),
        key("/components/parameters/ActingUser/pattern", json!("x")),
        key("/paths/~1books/post/requestBody/x-harvest-id", json!(true)),
        key("/components/responses/Refused/links", json!({})),
        key(
            "/components/responses/Refused/content/application~1json/encoding",
            json!({}),
        ),
        key("/components/examples/BookDraft/externalValue", json!("x")),
        case(
            "key",
            None,
            "/components/responses/Refused/headers/X-Left/style",
            [Set(
                "/components/responses/Refused/headers",
                json!({"X-Left": {"style": "simple", "schema": {"type": "string"}}}),
            )],
        ),
    ]
}

fn shape_cases() -> Vec<Case> {
    let shape = |pointer: &'static str, value: Value| {
        let changes: Vec<Change> = vec![Set(pointer, value)];
        case("shape", None, pointer, changes)
    };
    vec![
        shape("/paths/~1books/post", json!([])),
        shape("/paths/~1books/post", json!({})),
        shape("/paths/~1books/post", json!("later")),
        shape("/paths/~1books/get/parameters", json!({"page": {}})),
        shape("/paths/~1books/get/parameters/1", json!("page")),
        shape("/paths/~1books/get/responses", json!([])),
        shape("/paths/~1books/get/responses/200", json!("The books.")),
        shape("/paths/~1books/post/requestBody", json!([])),
        shape("/components/responses/Refused/content", json!([])),
        shape("/components/responses/Refused/headers", json!("X")),
        shape("/components/examples/BookDraft", json!("Another")),
        shape("/servers", json!({})),
        shape("/tags", json!({})),
        shape("/info", json!([])),
        shape("/components", json!([])),
        case(
            "errors",
            "list_books",
            "/paths/~1books/get/responses",
            [Remove("/paths/~1books/get/responses/404")],
        ),
        case(
            "words",
            "list_books",
            LIST,
            [Set("/paths/~1books/get/summary", json!("List\nbooks"))],
        ),
    ]
}
