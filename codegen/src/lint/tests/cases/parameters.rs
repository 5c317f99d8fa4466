//! Ways to break a parameter.

use serde_json::json;

use super::{CREATE, Case, Change, LIST, Remove, Set, case};

/// A range: its schema, and whether it is required and joined.
fn range(properties: &serde_json::Value, more: &serde_json::Value) -> Change {
    let mut parameter = json!({
        "name": "added_at", "in": "query", "description": "When.", "example": {"gt": "2026-01-01"},
        "style": "pipeDelimited", "explode": false,
        "schema": {"type": "object", "additionalProperties": false, "properties": properties},
    });
    for (key, value) in more.as_object().into_iter().flatten() {
        parameter[key] = value.clone();
    }
    Set("/paths/~1books/get/parameters/1", parameter)
}

fn range_cases() -> Vec<Case> {
    let page = "/paths/~1books/get/parameters/1";
    let day = json!({"type": "string", "format": "date", "description": "A day."});
    let days = json!({"gte": day, "gt": day, "lte": day, "lt": day});
    let of = |properties: &serde_json::Value, more: serde_json::Value| {
        case("range", "list_books", page, [range(properties, &more)])
    };
    let mut mixed = days.clone();
    mixed["lt"]["format"] = json!("date-time");
    let mut odd = days.clone();
    odd["eq"] = day.clone();
    vec![
        of(&days, json!({"explode": true})),
        of(&json!({"gte": day, "lt": day}), json!({})),
        of(&mixed, json!({})),
        of(&odd, json!({})),
        of(&json!({}), json!({})),
    ]
}

pub(super) fn parameter_cases() -> Vec<Case> {
    let mut cases = other_cases();
    cases.extend(range_cases());
    cases
}

fn other_cases() -> Vec<Case> {
    let page = "/paths/~1books/get/parameters/1";
    let authors = "/paths/~1books/get/parameters/2";
    let parameter = |changes: Vec<Change>| case("parameter", "list_books", page, changes);
    vec![
        case(
            "parameter",
            "list_books",
            "/paths/~1books/get/parameters/3",
            [Set("/paths/~1books/get/parameters/3/name", json!("page"))],
        ),
        parameter(vec![Remove("/paths/~1books/get/parameters/1/description")]),
        parameter(vec![Remove("/paths/~1books/get/parameters/1/example")]),
        parameter(vec![Remove("/paths/~1books/get/parameters/1/schema")]),
        parameter(vec![Set(
            "/paths/~1books/get/parameters/1/deprecated",
            json!(true),
        )]),
        parameter(vec![Set(
            "/paths/~1books/get/parameters/1/in",
            json!("cookie"),
        )]),
        parameter(vec![Set(
            "/paths/~1books/get/parameters/1/style",
            json!("deepObject"),
        )]),
        parameter(vec![Set(
            "/paths/~1books/get/parameters/1/schema",
            json!({"type": "object"}),
        )]),
        parameter(vec![Set(
            "/paths/~1books/get/parameters/1/name",
            json!("2nd"),
        )]),
        parameter(vec![Set(
            "/paths/~1books/get/parameters/1/name",
            json!("items"),
        )]),
        case(
            "parameter",
            "get_author",
            "/paths/~1authors~1{id}/get/parameters/1",
            [Set(
                "/paths/~1authors~1{id}/get/parameters/1/x-harvest-documented-name",
                json!("2nd"),
            )],
        ),
        case(
            "parameter",
            "get_author",
            "/paths/~1authors~1{id}/get/parameters/1",
            [Remove("/paths/~1authors~1{id}/get/parameters/1/required")],
        ),
        case(
            "parameter",
            "list_books",
            authors,
            [Set("/paths/~1books/get/parameters/2/in", json!("header"))],
        ),
        case(
            "parameter",
            "list_books",
            page,
            [
                Set(
                    "/components/schemas/PageNumber",
                    json!({"type": "integer", "format": "int32", "description": "A page."}),
                ),
                Set(
                    "/paths/~1books/get/parameters/1/schema",
                    json!({"$ref": "#/components/schemas/PageNumber"}),
                ),
            ],
        ),
        case(
            "extension",
            "list_books",
            "/paths/~1books/get/parameters/1/x-harvest-id",
            [Set(
                "/paths/~1books/get/parameters/1/x-harvest-id",
                json!(true),
            )],
        ),
        case(
            "extension",
            "list_books",
            page,
            [Set(
                "/paths/~1books/get/parameters/1/x-harvest-documented-name",
                json!("p"),
            )],
        ),
        case(
            "alone",
            "list_books",
            "/paths/~1books/get/parameters/1/x-harvest-alone",
            [Set(
                "/paths/~1books/get/parameters/1/x-harvest-alone",
                json!(false),
            )],
        ),
        case(
            "acting-user",
            "list_books",
            page,
            [Set(
                "/paths/~1books/get/parameters/1/x-harvest-acting-user",
                json!(true),
            )],
        ),
        case(
            "acting-user",
            "list_books",
            LIST,
            [Remove("/paths/~1books/get/parameters/0")],
        ),
        case(
            "acting-user",
            "create_book",
            CREATE,
            [Set(
                "/paths/~1books/post/parameters/0/$ref",
                json!("#/components/parameters/ActingUserOptional"),
            )],
        ),
        case(
            "path",
            "get_author",
            "/paths/~1authors~1{id}/get",
            [Remove("/paths/~1authors~1{id}/get/parameters/1")],
        ),
        case(
            "path",
            "list_books",
            LIST,
            [Set(
                "/paths/~1books/get/parameters/1",
                json!({
                    "name": "shelf", "in": "path", "required": true, "description": "Which.",
                    "example": "a",
                    "schema": {"type": "string"},
                }),
            )],
        ),
        case(
            "inline",
            "list_books",
            page,
            [Set(
                "/paths/~1books/get/parameters/1/schema",
                json!({"type": "string", "enum": ["first", "last"]}),
            )],
        ),
    ]
}
