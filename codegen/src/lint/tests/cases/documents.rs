//! Ways to break what is said about the document as a whole.

use serde_json::json;

use super::{Case, Remove, Set, case};

pub(super) fn document_cases() -> Vec<Case> {
    vec![
        case(
            "version",
            None,
            "/openapi",
            [Set("/openapi", json!("3.1.0"))],
        ),
        case("version", None, "/openapi", [Remove("/openapi")]),
        case("openapi", None, "", [Set("/info", json!([]))]),
        case(
            "security-scheme",
            None,
            "/components/securitySchemes",
            [Remove("/components/securitySchemes")],
        ),
        case(
            "security-scheme",
            None,
            "/components/securitySchemes/key",
            [Set(
                "/components/securitySchemes/key",
                json!({"type": "apiKey", "in": "header", "name": "X-Key"}),
            )],
        ),
        case(
            "server",
            None,
            "/servers",
            [Set("/servers/0/url", json!("http://bookshop.example"))],
        ),
        case(
            "server",
            None,
            "/servers",
            [Set("/servers/0/url", json!("https://{shop}.example"))],
        ),
        case("server", None, "/servers", [Remove("/servers")]),
        case(
            "reference",
            None,
            "/components/schemas/Book/properties/id/$ref",
            [Set(
                "/components/schemas/Book/properties/id/$ref",
                json!("#/components/schemas/BockId"),
            )],
        ),
        case(
            "reference",
            None,
            "/paths/~1books/post/responses/404/$ref",
            [Set(
                "/paths/~1books/post/responses/404/$ref",
                json!("#/components/responses/Lost"),
            )],
        ),
        case(
            "reference",
            None,
            "/components/schemas/Round/$ref",
            [Set(
                "/components/schemas/Round",
                json!({"$ref": "#/components/schemas/Round"}),
            )],
        ),
        case(
            "path-item",
            None,
            "/paths/~1books/parameters",
            [Set(
                "/paths/~1books/parameters",
                json!([{"$ref": "#/components/parameters/ActingUser"}]),
            )],
        ),
        case(
            "path-item",
            None,
            "/paths/~1shelves/$ref",
            [Set(
                "/paths/~1shelves",
                json!({"$ref": "#/components/schemas/Book"}),
            )],
        ),
        case(
            "tag",
            None,
            "/tags/2",
            [Set(
                "/tags/-",
                json!({"name": "readers", "description": "Who reads."}),
            )],
        ),
        case("tag", None, "/tags/0", [Remove("/tags/0/description")]),
        case(
            "tag",
            None,
            "/tags/1",
            [
                Set("/tags/1/name", json!("types")),
                Set("/paths/~1authors~1{id}/get/tags/0", json!("types")),
            ],
        ),
    ]
}
