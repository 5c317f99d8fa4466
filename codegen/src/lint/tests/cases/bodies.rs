//! Ways to break a body.

use serde_json::json;

use super::{Case, Remove, Set, case};

pub(super) fn body_cases() -> Vec<Case> {
    let body = "/paths/~1books/post/requestBody";
    vec![
        case(
            "request-body",
            "list_books",
            "/paths/~1books/get/requestBody",
            [Set(
                "/paths/~1books/get/requestBody",
                json!({"required": true, "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/BookCreate"}, "example": {},
                }}}),
            )],
        ),
        case(
            "request-body",
            "create_book",
            body,
            [Remove("/paths/~1books/post/requestBody/required")],
        ),
        case(
            "request-body",
            "create_book",
            body,
            [Set(
                "/paths/~1books/post/requestBody/required",
                json!(false),
            )],
        ),
        // Without a client a body may be optional, but it has to be said.
        case(
            "request-body",
            "bulk_create_loans",
            "/paths/~1loans~1bulk/post/requestBody",
            [Remove("/paths/~1loans~1bulk/post/requestBody/required")],
        )
        .with_tokens(),
        case(
            "media-type",
            "create_book",
            body,
            [Set(
                "/paths/~1books/post/requestBody/content/text~1plain",
                json!({"schema": {"type": "string"}, "example": "x"}),
            )],
        ),
        case(
            "media-type",
            "create_book",
            body,
            [Remove("/paths/~1books/post/requestBody/content")],
        ),
        case(
            "media-type",
            "create_book",
            body,
            [Set(
                "/paths/~1books/post/requestBody/content",
                json!({"application/xml": {"schema": {"$ref": "#/components/schemas/BookCreate"},
                    "example": {}}}),
            )],
        ),
        case(
            "media-type",
            "create_book",
            body,
            [Remove(
                "/paths/~1books/post/requestBody/content/application~1json/schema",
            )],
        ),
        case(
            "inline",
            "create_book",
            "/paths/~1books/post/requestBody/content/application~1json/schema",
            [Set(
                "/paths/~1books/post/requestBody/content/application~1json/schema",
                json!({"type": "object"}),
            )],
        ),
        // An answer may be an array of components; what is sent has to have a name.
        case(
            "inline",
            "create_book",
            "/paths/~1books/post/requestBody/content/application~1json/schema",
            [Set(
                "/paths/~1books/post/requestBody/content/application~1json/schema",
                json!({"type": "array", "items": {"$ref": "#/components/schemas/BookCreate"}}),
            )],
        ),
        case(
            "example",
            "create_book",
            body,
            [Remove(
                "/paths/~1books/post/requestBody/content/application~1json/examples",
            )],
        ),
        case(
            "example",
            "create_book",
            body,
            [Set(
                "/paths/~1books/post/requestBody/content/application~1json/examples/small",
                json!({"title": "Sample"}),
            )],
        ),
        case(
            "example",
            "create_book",
            "/components/examples/BookDraft",
            [Set(
                "/components/examples/BookDraft",
                json!({"summary": "Nothing."}),
            )],
        ),
    ]
}
