//! The ways to break the good description, one for each thing that the linter can find.

mod extensions;

use serde_json::{Value, json};

/// One way to break the good description, and what the linter says.
pub(super) struct Case {
    pub rule: &'static str,
    pub operation: Option<&'static str>,
    pub pointer: &'static str,
    pub changes: Vec<Change>,
}

/// A change to the good description.
pub(super) enum Change {
    Set(&'static str, Value),
    Remove(&'static str),
}
use Change::{Remove, Set};

const LIST: &str = "/paths/~1books/get";
const CREATE: &str = "/paths/~1books/post";

fn case(
    rule: &'static str,
    operation: impl Into<Option<&'static str>>,
    pointer: &'static str,
    changes: impl Into<Vec<Change>>,
) -> Case {
    Case {
        rule,
        operation: operation.into(),
        pointer,
        changes: changes.into(),
    }
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = document_cases();
    cases.extend(operation_cases());
    cases.extend(parameter_cases());
    cases.extend(body_cases());
    cases.extend(answer_cases());
    cases.extend(template_cases());
    cases.extend(schema_cases());
    cases.extend(type_cases());
    cases.extend(property_cases());
    cases.extend(role_cases());
    cases.extend(extensions::extension_cases());
    cases
}

fn document_cases() -> Vec<Case> {
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

fn operation_cases() -> Vec<Case> {
    vec![
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
                    json!({"type": "array", "description": "Books.", "items": {"$ref": "#/components/schemas/Book"}}),
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

fn parameter_cases() -> Vec<Case> {
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
                    "name": "shelf", "in": "path", "required": true, "description": "Which.", "example": "a",
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

fn body_cases() -> Vec<Case> {
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
                json!({"application/xml": {"schema": {"$ref": "#/components/schemas/BookCreate"}, "example": {}}}),
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
            "/components/examples/NewBook",
            [Set(
                "/components/examples/NewBook",
                json!({"summary": "Nothing."}),
            )],
        ),
    ]
}

fn answer_cases() -> Vec<Case> {
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
                json!({"application/json": {"schema": {"$ref": "#/components/schemas/Book"}, "example": {}}}),
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

fn template_cases() -> Vec<Case> {
    vec![case(
        "path",
        None,
        "/paths/~1authors~1{name}",
        [Set("/paths/~1authors~1{name}", json!({}))],
    )]
}

fn schema_cases() -> Vec<Case> {
    let book = "/components/schemas/Book";
    vec![
        case(
            "reference",
            None,
            "/paths/~1books/get/responses/401/$ref",
            [Set(
                "/paths/~1books/get/responses/401/$ref",
                json!("#/components/schemas/Refusal"),
            )],
        ),
        case(
            "reference",
            None,
            "/components/responses/Refused/$ref",
            [Set(
                "/components/responses/Refused",
                json!({"$ref": "#/components/responses/Other"}),
            )],
        ),
        case(
            "schema",
            None,
            "/components/schemas/Shelf/oneOf/1/type",
            [Set("/components/schemas/Shelf/oneOf/1/type", json!("text"))],
        ),
        case(
            "reference",
            None,
            "/components/schemas/Book/properties/id/$ref",
            [Set(
                "/components/schemas/Book/properties/id/$ref",
                json!("#/components/responses/Refused"),
            )],
        ),
        case(
            "schema-name",
            None,
            "/components/schemas/book",
            [Set(
                "/components/schemas/book",
                json!({"type": "string", "description": "No type."}),
            )],
        ),
        case(
            "schema-name",
            None,
            "/components/schemas/Vec",
            [Set(
                "/components/schemas/Vec",
                json!({"type": "string", "description": "Taken."}),
            )],
        ),
        case(
            "schema-name",
            None,
            "/components/schemas/2Books",
            [Set(
                "/components/schemas/2Books",
                json!({"type": "string", "description": "No name."}),
            )],
        ),
        case(
            "schema-name",
            None,
            "/components/schemas/BookForMat",
            [Set(
                "/components/schemas/BookForMat",
                json!({"type": "string", "description": "Twice."}),
            )],
        ),
        case(
            "schema",
            None,
            "/components/schemas/Shelf",
            [Set("/components/schemas/Shelf", json!("shelf"))],
        ),
        case(
            "schema",
            None,
            "/components/schemas/Book/properties/title",
            [Set("/components/schemas/Book/properties/title", json!([]))],
        ),
        case(
            "schema",
            None,
            book,
            [Remove("/components/schemas/Book/type")],
        ),
        case(
            "words",
            None,
            book,
            [Remove("/components/schemas/Book/description")],
        ),
        case(
            "required",
            None,
            "/components/schemas/Book/required",
            [Set("/components/schemas/Book/required/-", json!("weight"))],
        ),
        case(
            "keyword",
            None,
            "/components/schemas/Shelf/discriminator",
            [Set(
                "/components/schemas/Shelf/discriminator",
                json!({"propertyName": "kind"}),
            )],
        ),
        case(
            "keyword",
            None,
            "/components/schemas/Labels/additionalProperties",
            [Set(
                "/components/schemas/Labels/additionalProperties",
                json!(false),
            )],
        ),
        case(
            "keyword",
            None,
            "/components/schemas/Labels",
            [Set("/components/schemas/Labels/properties", json!({}))],
        ),
        case(
            "validation",
            None,
            "/components/schemas/Book/properties/title/maxLength",
            [Set(
                "/components/schemas/Book/properties/title/maxLength",
                json!(5),
            )],
        ),
        case(
            "validation",
            None,
            "/components/schemas/Labels/additionalProperties/minLength",
            [Set(
                "/components/schemas/Labels/additionalProperties/minLength",
                json!(1),
            )],
        ),
        case(
            "inline",
            None,
            "/components/schemas/Book/properties/title",
            [Set(
                "/components/schemas/Book/properties/title",
                json!({"type": "object", "nullable": true, "description": "Inline.", "properties": {}}),
            )],
        ),
        case(
            "inline",
            None,
            "/components/schemas/Labels/additionalProperties",
            [Set(
                "/components/schemas/Labels/additionalProperties/enum",
                json!(["a"]),
            )],
        ),
    ]
}

fn type_cases() -> Vec<Case> {
    let format = "/components/schemas/BookFormat";
    let values = |values: Value| {
        case(
            "enum",
            None,
            format,
            [Set("/components/schemas/BookFormat/enum", values)],
        )
    };
    let shelf = |members: Value| {
        case(
            "union",
            None,
            "/components/schemas/Shelf/oneOf",
            [Set("/components/schemas/Shelf/oneOf", members)],
        )
    };
    vec![
        case(
            "format",
            None,
            "/components/schemas/Book/properties/price/format",
            [Set(
                "/components/schemas/Book/properties/price/format",
                json!("decimal"),
            )],
        ),
        case(
            "format",
            None,
            "/components/schemas/Book/properties/price",
            [Remove("/components/schemas/Book/properties/price/type")],
        ),
        case(
            "format",
            None,
            "/components/schemas/Shelf/oneOf/0",
            [Remove("/components/schemas/Shelf/oneOf/0/format")],
        ),
        case(
            "id",
            None,
            "/components/schemas/BookId",
            [Set("/components/schemas/BookId/format", json!("int32"))],
        ),
        values(json!(["paperback", null])),
        values(json!(["paper back", "paperBack"])),
        values(json!(["unknown"])),
        values(json!(["+"])),
        values(json!([])),
        case(
            "enum",
            None,
            format,
            [Remove("/components/schemas/BookFormat/type")],
        ),
        case(
            "union",
            None,
            "/components/schemas/Book/properties/format/allOf",
            [Set(
                "/components/schemas/Book/properties/format/allOf/-",
                json!({"$ref": "#/components/schemas/Shelf"}),
            )],
        ),
        case(
            "union",
            None,
            "/components/schemas/Book/properties/format/allOf",
            [Set(
                "/components/schemas/Book/properties/format/allOf/0",
                json!({"type": "string"}),
            )],
        ),
        case(
            "union",
            None,
            "/components/schemas/Book/properties/format/allOf",
            [Set(
                "/components/schemas/Book/properties/format/type",
                json!("string"),
            )],
        ),
        shelf(json!([{"type": "string"}, {"type": "string", "format": "date"}])),
        shelf(json!([{"type": "integer", "format": "int64"}, {"type": "number"}])),
        shelf(json!([{"type": "string"}, {}])),
        shelf(json!([])),
        // Neither requires anything that the other does not.
        shelf(
            json!([{"$ref": "#/components/schemas/Refusal"}, {"$ref": "#/components/schemas/Labels"}]),
        ),
    ]
}

fn property_cases() -> Vec<Case> {
    vec![
        case(
            "nullable",
            None,
            "/components/schemas/Book/properties/title",
            [Remove("/components/schemas/Book/properties/title/nullable")],
        ),
        case(
            "nullable",
            None,
            "/components/schemas/Author/properties/mentor",
            [Set(
                "/components/schemas/Author/properties/mentor",
                json!({"$ref": "#/components/schemas/Author"}),
            )],
        ),
        case(
            "direction",
            None,
            "/components/schemas/Author/properties/name",
            [Set(
                "/components/schemas/BookCreate/properties/author",
                json!({"$ref": "#/components/schemas/Author"}),
            )],
        ),
        case(
            "words",
            None,
            "/components/schemas/Book/properties/title",
            [Remove(
                "/components/schemas/Book/properties/title/description",
            )],
        ),
        case(
            "id",
            None,
            "/components/schemas/Book/properties/author_id",
            [Set(
                "/components/schemas/Book/properties/author_id",
                json!({"type": "integer", "format": "int64", "nullable": true, "description": "Whose."}),
            )],
        ),
        case(
            "id",
            None,
            "/components/schemas/BookCreate/properties/author_ids",
            [Set(
                "/components/schemas/BookCreate/properties/author_ids",
                json!({"type": "array", "description": "Whose.", "items": {"type": "integer", "format": "int64"}}),
            )],
        ),
        case(
            "property",
            None,
            "/components/schemas/BookCreate/properties/authorId",
            [Set(
                "/components/schemas/BookCreate/properties/authorId",
                json!({"type": "string", "description": "Written otherwise."}),
            )],
        ),
        case(
            "property",
            None,
            "/components/schemas/BookCreate/properties/new",
            [Set(
                "/components/schemas/BookCreate/properties/new",
                json!({"type": "boolean", "description": "Taken."}),
            )],
        ),
        case(
            "property",
            None,
            "/components/schemas/BookCreate/properties/clear_subtitle",
            [Set(
                "/components/schemas/BookCreate/properties/clear_subtitle",
                json!({"type": "boolean", "description": "Taken."}),
            )],
        ),
        case(
            "property",
            None,
            "/components/schemas/Book/properties/nulls",
            [Set(
                "/components/schemas/Book/properties/nulls",
                json!({"type": "string", "nullable": true, "description": "Taken."}),
            )],
        ),
    ]
}

fn role_cases() -> Vec<Case> {
    let role = |pointer, changes: Vec<Change>| case("runtime-type", None, pointer, changes);
    vec![
        role(
            "/components/schemas/Note/x-harvest-runtime-type",
            vec![Set(
                "/components/schemas/Note/x-harvest-runtime-type",
                json!("custom-field"),
            )],
        ),
        role(
            "/components/schemas/Note/x-harvest-runtime-type",
            vec![Set(
                "/components/schemas/Note/x-harvest-runtime-type",
                json!(true),
            )],
        ),
        role(
            "/components/schemas/Book/properties/extra",
            vec![Set(
                "/components/schemas/Book/properties/extra",
                json!({"x-harvest-runtime-type": "custom-field-value", "nullable": true, "description": "Anything."}),
            )],
        ),
        role(
            "/components/schemas/NoteValue",
            vec![Set("/components/schemas/NoteValue/type", json!("string"))],
        ),
        role(
            "/components/schemas/Notes",
            vec![Set(
                "/components/schemas/Notes/additionalProperties",
                json!({"$ref": "#/components/schemas/NoteValue"}),
            )],
        ),
        role(
            "/components/schemas/Notes",
            vec![Remove("/components/schemas/Notes/additionalProperties")],
        ),
        role(
            "/components/schemas/Note/properties/colour",
            vec![Set(
                "/components/schemas/Note/properties/colour",
                json!({"type": "string", "nullable": true, "description": "Of the ink."}),
            )],
        ),
        role(
            "/components/schemas/Note",
            vec![
                Remove("/components/schemas/Note/type"),
                Remove("/components/schemas/Note/properties"),
            ],
        ),
        role(
            "/components/schemas/NoteKind",
            vec![Remove("/components/schemas/NoteKind/properties/value_type")],
        ),
    ]
}
