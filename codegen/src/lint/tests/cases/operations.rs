//! Ways to break an operation.

use serde_json::json;

use super::{CREATE, Case, Change, LIST, Remove, Set, case};

const LIST_DOCUMENTED: &str = "/paths/~1books/get/x-harvest-documented-permission";

/// Gives the permission of the list another name.
fn documented(name: &str) -> Change {
    Set(LIST_DOCUMENTED, json!(name))
}

pub(super) fn operation_cases() -> Vec<Case> {
    vec![
        case(
            "placeholder",
            None,
            "/paths/~1books/get/summary",
            [Set(
                "/paths/~1books/get/summary",
                json!("TODO: what it does, in one line."),
            )],
        ),
        case(
            "operation-id",
            "GET /books",
            "/paths/~1books/get/operationId",
            [Remove("/paths/~1books/get/operationId")],
        ),
        case(
            "operation-id",
            "listBooks",
            "/paths/~1books/get/operationId",
            [Set("/paths/~1books/get/operationId", json!("listBooks"))],
        ),
        case(
            "operation-id",
            "list",
            "/paths/~1books/get/operationId",
            [Set("/paths/~1books/get/operationId", json!("list"))],
        ),
        case(
            "operation-id",
            "with_books",
            "/paths/~1books/get/operationId",
            [Set("/paths/~1books/get/operationId", json!("with_books"))],
        ),
        case(
            "operation-id",
            "2_books",
            "/paths/~1books/get/operationId",
            [Set("/paths/~1books/get/operationId", json!("2_books"))],
        ),
        case(
            "operation-id",
            "list_books",
            "/paths/~1authors~1{id}/get/operationId",
            [Set(
                "/paths/~1authors~1{id}/get/operationId",
                json!("list_books"),
            )],
        ),
        case(
            "operation-id",
            "list_books_1",
            "/paths/~1authors~1{id}/get/operationId",
            [
                Set("/paths/~1books/get/operationId", json!("list_books1")),
                Set(
                    "/paths/~1authors~1{id}/get/operationId",
                    json!("list_books_1"),
                ),
            ],
        ),
        case(
            "method",
            "look_at_author",
            "/paths/~1authors~1{id}/head",
            [Set(
                "/paths/~1authors~1{id}/head",
                json!({"operationId": "look_at_author", "responses": {}}),
            )],
        ),
        case(
            "words",
            "list_books",
            LIST,
            [Remove("/paths/~1books/get/summary")],
        ),
        case(
            "words",
            "list_books",
            LIST,
            [Set("/paths/~1books/get/description", json!(" \n"))],
        ),
        case(
            "documentation",
            "list_books",
            LIST,
            [Remove("/paths/~1books/get/externalDocs")],
        ),
        case(
            "documentation",
            "list_books",
            LIST,
            [Set(
                "/paths/~1books/get/externalDocs/url",
                json!("bookshop.example"),
            )],
        ),
        case(
            "security",
            "list_books",
            LIST,
            [Remove("/paths/~1books/get/security")],
        ),
        case(
            "security",
            "list_books",
            LIST,
            [Set("/paths/~1books/get/security/0/token", json!([]))],
        ),
        case(
            "permission",
            "list_books",
            LIST,
            [Remove("/paths/~1books/get/x-harvest-permission")],
        ),
        // Two lines; the same as the permission; that of another operation.
        case(
            "permission",
            "list_books",
            LIST_DOCUMENTED,
            [documented("GET: List\nBooks")],
        ),
        case(
            "permission",
            "list_books",
            LIST_DOCUMENTED,
            [documented("GET: List Books")],
        ),
        case(
            "permission",
            "list_books",
            LIST_DOCUMENTED,
            [documented("POST: Add Book")],
        ),
        case(
            "pagination",
            "list_books",
            LIST,
            [Set(
                "/paths/~1books/get/x-harvest-pagination",
                json!("pages"),
            )],
        ),
        case(
            "pagination",
            "create_book",
            CREATE,
            [Set(
                "/paths/~1books/post/x-harvest-pagination",
                json!("cursor"),
            )],
        ),
        case(
            "pagination",
            "get_author",
            "/paths/~1authors~1{id}/get",
            [Set(
                "/paths/~1authors~1{id}/get/x-harvest-pagination",
                json!("offset"),
            )],
        ),
        // A component would become a type of its own, and no list of records.
        case(
            "pagination",
            "list_books",
            LIST,
            [
                Set(
                    "/components/schemas/BookList",
                    json!({"type": "array", "description": "Books.",
                        "items": {"$ref": "#/components/schemas/Book"}}),
                ),
                Set(
                    "/paths/~1books/get/responses/200/content/application~1json/schema",
                    json!({"$ref": "#/components/schemas/BookList"}),
                ),
            ],
        ),
        case(
            "deprecated",
            "create_book",
            CREATE,
            [Set(
                "/paths/~1books/post/x-harvest-replaced-by",
                json!("make_book"),
            )],
        ),
        case(
            "deprecated",
            "create_book",
            CREATE,
            [Remove("/paths/~1books/post/deprecated")],
        ),
        case(
            "extension",
            "list_books",
            "/paths/~1books/get/x-harvest-colour",
            [Set("/paths/~1books/get/x-harvest-colour", json!("red"))],
        ),
        case(
            "extension",
            "create_book",
            "/paths/~1books/post/x-harvest-idempotent",
            [Set(
                "/paths/~1books/post/x-harvest-idempotent",
                json!("yes"),
            )],
        ),
        case(
            "tag",
            "list_books",
            LIST,
            [Set("/paths/~1books/get/tags", json!(["books", "authors"]))],
        ),
        case(
            "tag",
            "list_books",
            LIST,
            [Set("/paths/~1books/get/tags", json!(["shelves"]))],
        ),
        case(
            "tag",
            "list_books",
            LIST,
            [
                Set(
                    "/tags/-",
                    json!({"name": "2nd_hand", "description": "Read before."}),
                ),
                Set("/paths/~1books/get/tags", json!(["2nd_hand"])),
            ],
        ),
        case(
            "tag",
            "list_books",
            LIST,
            [
                Set(
                    "/tags/-",
                    json!({"name": "type", "description": "A word of Rust."}),
                ),
                Set("/paths/~1books/get/tags", json!(["type"])),
            ],
        ),
    ]
}
