//! A good description, and the ways to break it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Map, Value, json};
use syn::visit::Visit;

use super::*;

/// A description without findings.
pub(crate) fn good() -> Value {
    serde_yaml_ng::from_str(include_str!("tests/good.yaml")).expect("YAML")
}

fn findings(document: Value) -> Vec<Finding> {
    lint(&Bundle::from_document(document))
}

#[test]
fn the_good_description_has_no_findings() {
    let findings = findings(good());
    assert!(findings.is_empty(), "{}", report(&findings));
}

/// Puts a value where the pointer leads; the last step may be new, or `-` for a new item.
fn set(document: &mut Value, pointer: &str, value: Value) {
    let (parent, step) = pointer.rsplit_once('/').expect("a step");
    let step = step.replace("~1", "/").replace("~0", "~");
    match document.pointer_mut(parent) {
        Some(Value::Object(map)) => {
            map.insert(step, value);
        }
        Some(Value::Array(items)) if step == "-" => items.push(value),
        Some(Value::Array(items)) => items[step.parse::<usize>().expect("an index")] = value,
        _ => panic!("{parent} leads nowhere"),
    }
}

fn remove(document: &mut Value, pointer: &str) {
    let (parent, step) = pointer.rsplit_once('/').expect("a step");
    let step = step.replace("~1", "/").replace("~0", "~");
    let removed = match document.pointer_mut(parent) {
        Some(Value::Object(map)) => map.shift_remove(&step).is_some(),
        Some(Value::Array(items)) => {
            items.remove(step.parse::<usize>().expect("an index"));
            true
        }
        _ => false,
    };
    assert!(removed, "{pointer} leads nowhere");
}

/// One way to break the good description, and what the linter says.
struct Case {
    rule: &'static str,
    operation: Option<&'static str>,
    pointer: &'static str,
    changes: Vec<Change>,
}

enum Change {
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

fn cases() -> Vec<Case> {
    let mut cases = document_cases();
    cases.extend(operation_cases());
    cases.extend(parameter_cases());
    cases.extend(body_cases());
    cases.extend(answer_cases());
    cases.extend(template_cases());
    cases.extend(schema_cases());
    cases.extend(type_cases());
    cases.extend(property_cases());
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
            [Set("/paths/~1books/get/responses/401/$ref", json!("#/components/schemas/Refusal"))],
        ),
        case(
            "reference",
            None,
            "/components/responses/Refused/$ref",
            [Set("/components/responses/Refused", json!({"$ref": "#/components/responses/Other"}))],
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
            [Set("/components/schemas/Book/properties/id/$ref", json!("#/components/responses/Refused"))],
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
        shelf(json!([{"$ref": "#/components/schemas/Refusal"}, {"$ref": "#/components/schemas/Labels"}])),
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

#[test]
fn every_break_is_found_and_explained() {
    let mut problems = Vec::new();
    for case in cases() {
        let mut document = good();
        for change in &case.changes {
            match change {
                Set(pointer, value) => set(&mut document, pointer, value.clone()),
                Remove(pointer) => remove(&mut document, pointer),
            }
        }
        let findings = findings(document);
        let found = findings.iter().any(|f| {
            f.rule == case.rule
                && f.operation.as_deref() == case.operation
                && f.place.file == "document"
                && f.place.pointer == case.pointer
        });
        if !found {
            problems.push(format!(
                "{} {:?} {}: {}",
                case.rule,
                case.operation,
                case.pointer,
                report(&findings)
            ));
        }
        for finding in &findings {
            if finding.message.trim().is_empty() || finding.fix.trim().is_empty() {
                problems.push(format!("{finding} says too little"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

/// The calls of `add` in the rules, by rule.
#[derive(Default)]
struct Rules(BTreeMap<String, usize>);

impl<'ast> Visit<'ast> for Rules {
    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if call.method == "add" {
            match call.args.iter().nth(1) {
                Some(syn::Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(rule),
                    ..
                })) => *self.0.entry(rule.value()).or_default() += 1,
                _ => panic!("a rule's name is not written out where it is used"),
            }
        }
        syn::visit::visit_expr_method_call(self, call);
    }

    fn visit_field_value(&mut self, field: &'ast syn::FieldValue) {
        if let (
            syn::Member::Named(name),
            syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(rule),
                ..
            }),
        ) = (&field.member, &field.expr)
        {
            if name == "rule" {
                *self.0.entry(rule.value()).or_default() += 1;
            }
        }
    }
}

#[test]
fn every_rule_has_a_case_for_each_of_its_findings() {
    let mut rules = Rules::default();
    for entry in
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lint")).expect("a folder")
    {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|e| e != "rs") || path.ends_with("tests.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a file");
        rules.visit_file(&syn::parse_file(&text).expect("Rust"));
    }
    assert!(
        rules.0.len() > 25,
        "the scan sees too little: {:?}",
        rules.0
    );
    // It takes files to have a component that nothing refers to: see the test below.
    assert_eq!(rules.0.remove("unused"), Some(1));
    let mut tested: BTreeMap<String, usize> = BTreeMap::new();
    for case in cases() {
        *tested.entry(case.rule.to_owned()).or_default() += 1;
    }
    let known: BTreeSet<_> = rules.0.keys().collect();
    assert_eq!(
        known,
        tested.keys().collect(),
        "rules in the source against rules in the cases"
    );
    for (rule, places) in rules.0 {
        let cases = tested[&rule];
        assert!(
            cases >= places,
            "{rule} is reported in {places} places, and has {cases} cases"
        );
    }
}

#[test]
fn a_component_that_nothing_refers_to_is_found() {
    let folder = std::env::temp_dir().join(format!("harvest-lint-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder is made");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).expect("a file is written")
    };
    write("openapi.yaml", "paths: {$ref: 'schemas.yaml#/Used'}\n");
    write(
        "schemas.yaml",
        "Used: {type: string}\nForgotten: {type: string}\n",
    );
    let bundle = crate::load::load(&folder.join("openapi.yaml"));
    std::fs::remove_dir_all(&folder).expect("the folder is removed");
    let findings = lint(&bundle.expect("a bundle"));
    let unused: Vec<_> = findings.iter().filter(|f| f.rule == "unused").collect();
    assert_eq!(unused.len(), 1);
    assert_eq!(unused[0].place.to_string(), "schemas.yaml#/Forgotten");
    assert!(!unused[0].fix.is_empty() && unused[0].operation.is_none());
    // What is there is found where it was written.
    assert!(
        findings
            .iter()
            .any(|f| f.rule == "words" && f.place.to_string() == "schemas.yaml#/Used"),
        "{}",
        report(&findings)
    );
}

#[test]
fn the_report_reads_well() {
    let mut document = good();
    remove(&mut document, "/paths/~1books/get/summary");
    let one = findings(document.clone());
    assert_eq!(
        report(&one),
        "document#/paths/~1books/get: list_books: no summary [words]\n    add a summary in your own words\n1 finding"
    );
    remove(&mut document, "/openapi");
    let several = report(&findings(document));
    assert!(
        several.starts_with("document#/: not an OpenAPI 3.0 document: "),
        "{several}"
    );
    assert!(several.ends_with("3 findings"), "{several}");
    assert_eq!(report(&[]), "0 findings");
}

#[test]
fn findings_are_in_order_and_told_once() {
    let mut document = good();
    // One response that several operations refer to.
    remove(
        &mut document,
        "/components/responses/Refused/content/application~1json/example",
    );
    remove(&mut document, "/tags/1/description");
    let all = findings(document);
    let mut sorted = all.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(all, sorted);
    assert!(all.len() > 3);
}

/// Runs a document through all stages. What has no findings has to compile. Of the rest, nothing is asked but that
/// nothing of ours panics (progenitor's panics are errors); every eighth is enough, since progenitor takes its time.
fn through_all_stages(document: &Value, what: &str, problems: &mut Vec<String>) {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    let findings = findings(document.clone());
    let lowered = crate::lower::lower(document);
    if !findings.is_empty() && !RUNS.fetch_add(1, Ordering::Relaxed).is_multiple_of(8) {
        return;
    }
    let compiled = lowered.map_err(crate::Error::from).and_then(|lowered| {
        let tree = crate::generate::generate(&lowered.document)?;
        Ok(crate::refine::refine(tree, lowered.facts)?)
    });
    match compiled {
        Err(error) if findings.is_empty() => {
            problems.push(format!("{what}: no findings, and yet: {error}"));
        }
        _ => {}
    }
}

#[test]
fn the_good_description_compiles() {
    let mut problems = Vec::new();
    through_all_stages(&good(), "the good description", &mut problems);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn garbage_is_no_reason_to_panic() {
    for document in [
        json!(null),
        json!(true),
        json!(0),
        json!(""),
        json!([]),
        json!({}),
        json!([[[{}]]]),
        json!({"openapi": 3}),
        json!({"openapi": "3.0.3"}),
        json!({"openapi": "3.0.3", "paths": []}),
        json!({"paths": {"": {"get": {}}}}),
        json!({"paths": {"{": {"get": {"parameters": [{"in": "path"}, null, {"$ref": "#"}]}}}}),
        json!({"paths": {"/a": null, "/b": [], "/c": {"get": null, "post": [], "put": 1}}}),
        json!({"components": {"schemas": {"A": {"$ref": "#/components/schemas/A"}}}}),
        json!({"components": {"schemas": {"A": {"oneOf": [{"$ref": "#/components/schemas/A"}]}}}}),
        json!({"components": {"schemas": {"": {}, "/": {"properties": {"/": 1, "": []}}}}}),
        json!({"components": {"schemas": [], "securitySchemes": ["basic"]}, "servers": {}, "tags": "none"}),
    ] {
        assert!(!findings(document.clone()).is_empty(), "{document}");
        assert!(crate::lower::lower(&document).is_err(), "{document}");
        crate::load::Bundle::from_document(document).to_json();
    }
}

/// The pointers to all values of a document, in order.
fn pointers(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                pointers(inner, &format!("{at}/{}", crate::load::escape(key)), out);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                pointers(inner, &format!("{at}/{index}"), out);
            }
        }
        _ => {}
    }
}

#[test]
fn whatever_stands_in_a_place_nothing_panics() {
    let good = good();
    let mut all = Vec::new();
    pointers(&good, "", &mut all);
    assert!(all.len() > 300);
    let mut problems = Vec::new();
    for pointer in all {
        for value in [
            json!(null),
            json!(""),
            json!([]),
            json!({}),
            json!(0),
            json!(true),
            json!("2a b"),
            json!({"$ref": "#/components/parameters/ActingUser"}),
            json!({"$ref": "#/components/schemas/Labels"}),
            json!({"type": "array", "items": {"$ref": "#/components/schemas/Shelf"}}),
        ] {
            let mut document = good.clone();
            let what = format!("{value} at {pointer}");
            *document.pointer_mut(&pointer).expect("a place") = value;
            through_all_stages(&document, &what, &mut problems);
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn whatever_is_missing_nothing_panics() {
    let good = good();
    let mut all = Vec::new();
    pointers(&good, "", &mut all);
    let mut problems = Vec::new();
    for pointer in all.iter().filter(|p| !p.is_empty()) {
        let mut document = good.clone();
        remove(&mut document, pointer);
        through_all_stages(&document, &format!("without {pointer}"), &mut problems);
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn whatever_a_thing_is_called_nothing_panics() {
    let names = [
        "", "2a", "type", "self", "Self", "a-b", "a/b", "ü", "²", "名前", "x y", "default", "new",
        "send", "_", "r#x",
    ];
    let good = good();
    let mut all = Vec::new();
    pointers(&good, "", &mut all);
    let mut problems = Vec::new();
    for name in names {
        // Values that are names.
        for pointer in all.iter().filter(|p| {
            [
                "/operationId",
                "/name",
                "/enum/0",
                "get/tags/0",
                "/x-harvest-documented-name",
                "/required/0",
            ]
            .iter()
            .any(|end| p.ends_with(end))
        }) {
            let mut document = good.clone();
            *document.pointer_mut(pointer).expect("a place") = json!(name);
            if pointer.starts_with("/tags/0/") || pointer.ends_with("/tags/0") {
                // Declared and used, so that nothing but the name itself can be wrong.
                set(&mut document, "/tags/0/name", json!(name));
                set(&mut document, "/paths/~1books/get/tags", json!([name]));
                set(&mut document, "/paths/~1books/post/tags", json!([name]));
            }
            through_all_stages(&document, &format!("{name:?} at {pointer}"), &mut problems);
        }
        // Keys that are names.
        for holder in [
            "/components/schemas",
            "/components/schemas/Book/properties",
            "/components/schemas/BookCreate/properties",
        ] {
            let mut document = good.clone();
            let entry = json!({"type": "string", "nullable": true, "description": "Named."});
            let Some(Value::Object(map)) = document.pointer_mut(holder) else {
                panic!("{holder}");
            };
            map.insert(name.to_owned(), entry);
            if holder == "/components/schemas" {
                let used = json!({"$ref": format!("#/components/schemas/{name}")});
                set(
                    &mut document,
                    "/components/schemas/BookCreate/properties/used",
                    used,
                );
            }
            through_all_stages(&document, &format!("{name:?} in {holder}"), &mut problems);
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn an_object_is_a_map_of_entries() {
    // What the rules look at of values that are of another type: nothing.
    assert_eq!(view::entries(Some(&json!([1]))).count(), 0);
    assert_eq!(view::entries(None).count(), 0);
    assert!(view::items(Some(&json!({"a": 1}))).is_empty());
    assert_eq!(view::text(&Map::new(), "a"), "");
}
