//! Names and texts that would break the generated crate, or become part of its manifest or its documentation.

use serde_json::{Value, json};

use super::{CREATE, Case, Change, LIST, Remove, Set, case};

pub(super) fn hostile_cases() -> Vec<Case> {
    let mut cases = tag_cases();
    cases.extend(type_cases());
    cases.extend(operation_cases());
    cases.extend(property_cases());
    cases.extend(parameter_cases());
    cases.extend(text_cases());
    cases.extend(server_cases());
    cases.extend(value_cases());
    cases
}

fn tag_cases() -> Vec<Case> {
    let named = |name: &'static str| {
        case(
            "tag",
            None,
            "/tags/0",
            [
                Set("/tags/0/name", json!(name)),
                Set("/paths/~1books/get/tags/0", json!(name)),
                Set("/paths/~1books/post/tags/0", json!(name)),
            ],
        )
    };
    let mut cases: Vec<_> = [
        "client",
        "harvest_runtime",
        "std",
        "serde",
        "indexmap",
        "shared_limiter",
        "sqlx",
        "rustls_ring",
        "rusqlite",
        "jiff",
        "native_tls",
        "guide",
        "blocking",
        "v1",
        "v23",
        "con",
        "aux",
        "lpt1",
    ]
    .map(named)
    .into();
    cases.push(case(
        "tag",
        None,
        "/tags/2",
        [Set(
            "/tags/-",
            json!({"name": "books", "description": "Once more."}),
        )],
    ));
    cases.push(case(
        "tag",
        None,
        "/tags/0",
        [Set("/tags/0/description", json!(" \n"))],
    ));
    cases
}

fn type_cases() -> Vec<Case> {
    let named = |pointer: &'static str| {
        let schema = json!({"type": "object", "description": "Taken.", "properties": {}});
        case("schema-name", None, pointer, [Set(pointer, schema)])
    };
    vec![
        named("/components/schemas/Into"),
        named("/components/schemas/From"),
        named("/components/schemas/TryFrom"),
        named("/components/schemas/Option"),
        named("/components/schemas/Self"),
        named("/components/schemas/Clone"),
        named("/components/schemas/Iterator"),
        named("/components/schemas/Send"),
        named("/components/schemas/NullableBook"),
        named("/components/schemas/NewBook"),
        named("/components/schemas/BookInList"),
        named("/components/schemas/BookOrNull"),
        named("/components/schemas/BookOpen"),
        named("/components/schemas/Bücher"),
    ]
}

fn operation_cases() -> Vec<Case> {
    let named = |id: &'static str| {
        case(
            "operation-id",
            id,
            "/paths/~1books/get/operationId",
            [Set("/paths/~1books/get/operationId", json!(id))],
        )
    };
    vec![
        named("phantom_data"),
        named("to_string"),
        named("into_iterator"),
        named("try_from"),
        named("from_env"),
        named("list_bücher"),
        // What `create_book` answers by status is a type of that name.
        case(
            "operation-id",
            "create_book_answer",
            "/paths/~1authors/post/operationId",
            [
                Set(
                    "/paths/~1books/post/responses/204/content",
                    json!({"application/json": {
                        "schema": {"$ref": "#/components/schemas/Refusal"}
                    }}),
                ),
                Set(
                    "/paths/~1authors/post/operationId",
                    json!("create_book_answer"),
                ),
            ],
        ),
        case(
            "documentation",
            "list_books",
            LIST,
            [Set(
                "/paths/~1books/get/externalDocs/url",
                json!("https://bookshop.example/a) [b](https://else.example"),
            )],
        ),
        case(
            "documentation",
            "list_books",
            LIST,
            [Set(
                "/paths/~1books/get/externalDocs/url",
                json!("https://bookshop.example/a b"),
            )],
        ),
        case(
            "permission",
            "list_books",
            LIST,
            [Set(
                "/paths/~1books/get/x-harvest-permission",
                json!("GET: `List`\n# Books"),
            )],
        ),
        case(
            "security",
            "list_books",
            LIST,
            [Set("/paths/~1books/get/security/-", json!({}))],
        ),
    ]
}

fn property_cases() -> Vec<Case> {
    let named = |pointer: &'static str| {
        let schema = json!({"type": "string", "description": "Odd."});
        case("property", None, pointer, [Set(pointer, schema)])
    };
    vec![
        named("/components/schemas/BookCreate/properties/"),
        named("/components/schemas/BookCreate/properties/@"),
        named("/components/schemas/BookCreate/properties/+"),
        named("/components/schemas/BookCreate/properties/名前"),
        named("/components/schemas/BookCreate/properties/é"),
        // A mark after a letter is no letter, so it gets lost.
        named("/components/schemas/BookCreate/properties/title\u{301}"),
        named("/components/schemas/BookCreate/properties/Title"),
        named("/components/schemas/BookCreate/properties/from_upload"),
        case(
            "property",
            None,
            "/components/schemas/BookCreate/properties/type_",
            [
                Set(
                    "/components/schemas/BookCreate/properties/type",
                    json!({"type": "string", "description": "A word of Rust."}),
                ),
                Set(
                    "/components/schemas/BookCreate/properties/type_",
                    json!({"type": "string", "description": "What it becomes."}),
                ),
            ],
        ),
        // Whichever comes first.
        case(
            "property",
            None,
            "/components/schemas/AuthorCreate/properties/clear_title",
            [Set(
                "/components/schemas/AuthorCreate/properties",
                json!({
                    "name": {"type": "string", "description": "In full."},
                    "clear_title": {"type": "boolean", "description": "Taken."},
                    "title": {"type": "string", "nullable": true, "description": "Before the \
                        name."},
                }),
            )],
        ),
        case(
            "nullable",
            None,
            "/components/schemas/BookFormat/nullable",
            [Set("/components/schemas/BookFormat/nullable", json!(true))],
        ),
        case(
            "nullable",
            None,
            "/components/schemas/Shelf/nullable",
            [Set("/components/schemas/Shelf/nullable", json!(true))],
        ),
        case(
            "id",
            None,
            "/components/schemas/ShelfId",
            [Set(
                "/components/schemas/ShelfId",
                json!({"type": "integer", "format": "int64", "description": "Called like an id."}),
            )],
        ),
        case(
            "id",
            None,
            "/components/schemas/BookCreate/properties/shelf_id",
            [
                Set(
                    "/components/schemas/ShelfNumber",
                    json!({"type": "integer", "format": "int64", "description": "A number."}),
                ),
                Set(
                    "/components/schemas/BookCreate/properties/shelf_id",
                    json!({"nullable": true,
                        "allOf": [{"$ref": "#/components/schemas/ShelfNumber"}]}),
                ),
            ],
        ),
        case(
            "recursion",
            None,
            "/components/schemas/AuthorCreate",
            [
                Set(
                    "/components/schemas/AuthorCreate/properties/mentor",
                    json!({"$ref": "#/components/schemas/AuthorCreate"}),
                ),
                Set(
                    "/components/schemas/AuthorCreate/required/-",
                    json!("mentor"),
                ),
            ],
        ),
        case(
            "recursion",
            None,
            "/components/schemas/Crate",
            [
                Set(
                    "/components/schemas/Crate",
                    json!({"type": "object", "description": "Holds a box.", "required": ["box"],
                        "properties": {
                        "box": {"$ref": "#/components/schemas/Boxes"},
                    }}),
                ),
                Set(
                    "/components/schemas/Boxes",
                    json!({"description": "A crate or a name.", "oneOf": [
                        {"$ref": "#/components/schemas/Crate"}, {"type": "string"},
                    ]}),
                ),
            ],
        ),
    ]
}

fn parameter_cases() -> Vec<Case> {
    const PAGE: &str = "/paths/~1books/get/parameters/1";
    const SCHEMA: &str = "/paths/~1books/get/parameters/1/schema";
    let named = |name: &'static str| {
        case(
            "parameter",
            "list_books",
            PAGE,
            [Set("/paths/~1books/get/parameters/1/name", json!(name))],
        )
    };
    let shaped = |schema: Value| case("parameter", "list_books", SCHEMA, [Set(SCHEMA, schema)]);
    vec![
        named("Page\nX-Other: 1"),
        named("with-options"),
        named("Seite_ü"),
        // Called as another is in Rust.
        case(
            "parameter",
            "list_books",
            "/paths/~1books/get/parameters/2",
            [Set(
                "/paths/~1books/get/parameters/1/name",
                json!("authorIds"),
            )],
        ),
        shaped(json!({"type": "integer", "format": "int32", "nullable": true})),
        shaped(json!({"type": "integer", "format": "int32", "minimum": 5, "maximum": 1})),
        shaped(json!({"type": "integer", "format": "int32", "minimum": 3_000_000_000_i64})),
        case(
            "parameter",
            "list_books",
            PAGE,
            [
                Set(
                    "/paths/~1books/get/parameters/1/name",
                    json!("Authorization"),
                ),
                Set("/paths/~1books/get/parameters/1/in", json!("header")),
            ],
        ),
        case(
            "id",
            "list_books",
            SCHEMA,
            [
                Set("/paths/~1books/get/parameters/1/name", json!("shelf_id")),
                Set(SCHEMA, json!({"type": "integer", "format": "int64"})),
            ],
        ),
        case(
            "id",
            "list_books",
            SCHEMA,
            [
                Set("/paths/~1books/get/parameters/1/name", json!("shelf_ids")),
                Set(
                    SCHEMA,
                    json!({"type": "array", "items": {"type": "integer", "format": "int64"}}),
                ),
            ],
        ),
        case(
            "acting-user",
            "create_book",
            "/components/parameters/ActingUser/schema",
            [Set(
                "/components/parameters/ActingUser/schema",
                json!({"type": "string"}),
            )],
        ),
        case(
            "acting-user",
            "create_book",
            CREATE,
            [Set(
                "/components/parameters/ActingUser/name",
                json!("X-Other-User"),
            )],
        ),
    ]
}

fn text_cases() -> Vec<Case> {
    let text = |pointer: &'static str, text: &'static str| {
        case("characters", None, pointer, [Set(pointer, json!(text))])
    };
    vec![
        text("/info/title", "Book\u{202e}pohs"),
        text("/info/description", "Null\u{0}"),
        text("/tags/0/description", "Carriage\rreturn"),
        text("/paths/~1books/get/summary", "Esc\u{1b}[2J"),
        text("/components/schemas/Book/description", "Isolate\u{2066}"),
        text("/components/schemas/BookFormat/x-note", "Mark\u{feff}"),
        case(
            "characters",
            None,
            "/components/schemas/BookCreate/properties/a\u{200f}b",
            [Set(
                "/components/schemas/BookCreate/properties/a\u{200f}b",
                json!({"type": "string", "description": "Named."}),
            )],
        ),
        case(
            "words",
            None,
            "/info/title",
            [Set("/info/title", json!("Bookshop\n[dependencies]"))],
        ),
        case("words", None, "/info/title", [Remove("/info/title")]),
    ]
}

fn server_cases() -> Vec<Case> {
    let server = |url: &'static str| {
        case(
            "server",
            None,
            "/servers/0/url",
            [Set("/servers/0/url", json!(url))],
        )
    };
    let mut cases: Vec<_> = [
        "https://user:pw@bookshop.example:8443/api?x=1#y",
        "https://user@bookshop.example",
        "https://bookshop.example/api?x=1",
        "https://bookshop.example/api#y",
        "https://bookshop.example/a/../b",
        "https://bookshop.example/a b",
        "https://bookshop.example\\@else.example",
        "https://bücher.example",
        "https://",
    ]
    .map(server)
    .into();
    cases.push(case(
        "security-scheme",
        None,
        "/components/securitySchemes",
        [Set(
            "/components/securitySchemes/other",
            json!({"type": "http", "scheme": "bearer"}),
        )],
    ));
    cases
}

fn value_cases() -> Vec<Case> {
    const FORMAT: &str = "/components/schemas/BookFormat";
    const TITLE: &str = "/components/schemas/BookCreate/properties/title/default";
    const PAGE: &str = "/paths/~1books/get/parameters/1/schema/default";
    const WORD: &str = "/components/schemas/BookCreate/properties/binding";
    let values = |values: Value| {
        case(
            "enum",
            None,
            FORMAT,
            [Set("/components/schemas/BookFormat/enum", values)],
        )
    };
    let default =
        |pointer: &'static str, changes: Vec<Change>| case("default", None, pointer, changes);
    vec![
        values(json!(["ü"])),
        values(json!(["e\u{301}", "e"])),
        values(json!(["A b", "a_b"])),
        values(json!(["2", "x2"])),
        values(json!(["Unknown"])),
        // No name of a variant, and only these two of all numbers.
        values(json!(["+1"])),
        values(json!(["a", "a"])),
        default(TITLE, vec![Set(TITLE, json!(5))]),
        default(TITLE, vec![Set(TITLE, json!(""))]),
        default(TITLE, vec![Set(TITLE, Value::Null)]),
        default(PAGE, vec![Set(PAGE, json!("five"))]),
        default(PAGE, vec![Set(PAGE, json!(0))]),
        default(PAGE, vec![Set(PAGE, json!(3_000_000_000_i64))]),
        default(
            "/components/schemas/BookCreate/properties/binding/default",
            vec![Set(
                WORD,
                json!({"allOf": [{"$ref": "#/components/schemas/BookFormat"}],
                    "default": "leather"}),
            )],
        ),
        // Not the default is wrong, but what it is held against.
        default(
            TITLE,
            vec![
                Set(TITLE, json!("a")),
                Set(
                    "/components/schemas/BookCreate/properties/title/pattern",
                    json!("["),
                ),
            ],
        ),
    ]
}
