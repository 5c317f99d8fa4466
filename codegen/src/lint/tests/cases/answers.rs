//! Ways to break an answer.

use serde_json::json;

use super::{Case, Remove, Set, case};

pub(super) fn answer_cases() -> Vec<Case> {
    let answer = "/paths/~1books/get/responses/200";
    let refused = || json!({"$ref": "#/components/responses/Refused"});
    vec![
        case(
            "status",
            "list_books",
            "/components/responses/Refused",
            [Set("/paths/~1books/get/responses/default", refused())],
        ),
        case(
            "status",
            "list_books",
            "/components/responses/Refused",
            [Set("/paths/~1books/get/responses/4XX", refused())],
        ),
        case(
            "status",
            "list_books",
            "/components/responses/Refused",
            [Set("/paths/~1books/get/responses/302", refused())],
        ),
        case(
            "status",
            "create_book",
            "/paths/~1books/post/responses/204",
            [Set(
                "/paths/~1books/post/responses/204/content",
                json!({"application/json": {"schema": {"$ref": "#/components/schemas/Book"},
                    "example": {}}}),
            )],
        ),
        case(
            "status",
            "list_books",
            "/paths/~1books/get/responses",
            [Remove("/paths/~1books/get/responses/200")],
        ),
        // Answers that differ become variants, which are called as the component is.
        case(
            "status",
            "list_books",
            "/paths/~1books/get/responses",
            [
                Set("/paths/~1books/get/x-harvest-pagination", json!("none")),
                Set(
                    "/paths/~1books/get/responses/201",
                    json!({"description": "One.", "content": {"application/json": {
                        "schema": {"$ref": "#/components/schemas/Book"}, "example": {},
                    }}}),
                ),
            ],
        ),
        case(
            "words",
            "list_books",
            answer,
            [Remove("/paths/~1books/get/responses/200/description")],
        ),
        case(
            "errors",
            "list_books",
            "/paths/~1books/get/responses",
            [Remove("/paths/~1books/get/responses/429")],
        ),
        case(
            "errors",
            "get_author",
            "/paths/~1authors~1{id}/get/responses",
            [Remove("/paths/~1authors~1{id}/get/responses/404")],
        ),
        case(
            "errors",
            "create_book",
            "/paths/~1books/post/responses",
            [Remove("/paths/~1books/post/responses/422")],
        ),
        case(
            "errors",
            "list_books",
            "/paths/~1books/get/responses",
            [Remove("/paths/~1books/get/responses/422")],
        ),
        case(
            "example",
            "list_books",
            answer,
            [Remove(
                "/paths/~1books/get/responses/200/content/application~1json/example",
            )],
        ),
        case(
            "inline",
            "list_books",
            "/paths/~1books/get/responses/200/content/application~1json/schema",
            [Set(
                "/paths/~1books/get/responses/200/content/application~1json/schema/items",
                json!({"type": "string"}),
            )],
        ),
    ]
}

pub(super) fn template_cases() -> Vec<Case> {
    vec![case(
        "path",
        None,
        "/paths/~1authors~1{name}",
        [Set("/paths/~1authors~1{name}", json!({}))],
    )]
}
