//! Small documents, lowered: what progenitor sees, and what is kept aside for it.

use serde_json::{Value, json};

use super::*;

/// A document with these paths and schemas.
fn document(yaml: &str) -> Value {
    let part: Value = serde_yaml_ng::from_str(yaml).expect("YAML");
    let mut document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Bookshop", "version": "1", "description": "Made up."},
        "servers": [{"url": "https://bookshop.example/"}],
        "paths": {},
        "components": {"securitySchemes": {"key": {"type": "http", "scheme": "basic"}}},
    });
    for (key, value) in part.as_object().expect("an object") {
        match key.as_str() {
            "schemas" | "parameters" | "responses" | "requestBodies" | "securitySchemes" => {
                document["components"][key] = value.clone();
            }
            _ => document[key] = value.clone(),
        }
    }
    document
}

fn lowered(yaml: &str) -> Lowered {
    lower(&document(yaml)).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(yaml: &str) -> String {
    lower(&document(yaml)).expect_err("an error").to_string()
}

/// What became of it: the paths and schemas that progenitor sees, and the facts about operations and models.
macro_rules! golden {
    ($name:literal, $yaml:expr) => {{
        let lowered = lowered($yaml);
        let document = serde_json::to_value(&lowered.document).expect("JSON");
        let shown = json!({
            "paths": document["paths"],
            "schemas": document["components"]["schemas"],
        });
        let text = format!(
            "{}\n=== lowered\n\n{}\n=== facts\n\n{:#?}\n\n{:#?}",
            $yaml.trim_start(),
            serde_yaml_ng::to_string(&shown).expect("YAML"),
            lowered.facts.operations,
            lowered.facts.models,
        );
        // cargo runs a test in the folder of its package. A relative path would be joined to one that was compiled in.
        let folder = std::env::current_dir().expect("a folder").join("src/lower/snapshots");
        insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false,
            omit_expression => true }, {
            insta::assert_snapshot!($name, text);
        });
    }};
}

#[test]
fn successes_of_one_type() {
    golden!(
        "one_type",
        r##"
paths:
  /books:
    post:
      operationId: create_book
      responses:
        "200": {description: a,
          content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}}}
        "201": {description: b,
          content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}}}
schemas:
  Book: {type: object, description: A book.}
"##
    );
}

#[test]
fn a_success_that_may_hold_nothing() {
    golden!(
        "optional",
        r##"
paths:
  /books:
    post:
      operationId: create_book
      responses:
        "204": {description: b}
        "200": {description: a,
          content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}}}
    delete:
      operationId: delete_books
      responses:
        "204": {description: b}
        "202": {description: a}
schemas:
  Book: {type: object, description: A book.}
"##
    );
}

#[test]
fn successes_that_differ_by_status() {
    golden!(
        "by_status",
        r##"
paths:
  /books:
    post:
      operationId: create_book
      responses:
        "202": {$ref: "#/components/responses/Later"}
        "201": {description: a,
          content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}}}
        "204": {description: c}
responses:
  Later: {description: b, content: {application/json: {schema: {$ref: "#/components/schemas/Job"}}}}
schemas:
  Book: {type: object, description: A book.}
  Job: {type: object, description: A job.}
"##
    );
}

#[test]
fn errors_are_facts_and_nothing_else() {
    golden!(
        "errors",
        r##"
paths:
  /books:
    get:
      operationId: list_books
      responses:
        "500": {$ref: "#/components/responses/Broken"}
        "200":
          description: a
          content: {application/json: {schema: {type: array,
            items: {$ref: "#/components/schemas/Book"}}}}
        "404": {description: c}
        "429": {$ref: "#/components/responses/Broken"}
responses:
  Broken: {description: b, content: {text/plain: {schema: {type: string}}}}
schemas:
  Book: {type: object, description: A book.}
"##
    );
}

#[test]
fn lists_in_the_query() {
    golden!(
        "lists",
        r##"
paths:
  /books:
    get:
      operationId: list_books
      parameters:
        - {name: few, in: query, explode: false,
            schema: {type: array, maxItems: 50, items: {type: integer, format: int64}}}
        - {name: many, in: query, explode: false, schema: {type: array, items: {type: string}}}
        - {name: again, in: query,
            schema: {type: array, minItems: 1, uniqueItems: true,
              items: {type: string, maxLength: 5}}}
        - {name: named, in: query, required: true, explode: false,
            schema: {$ref: "#/components/schemas/Names"}}
      responses: {"204": {description: a}}
schemas:
  Names: {type: array, maxItems: 3, items: {type: string}, description: Names.}
"##
    );
}

#[test]
fn bounds_are_kept_aside_and_checks_are_gone() {
    golden!(
        "bounds",
        r##"
paths:
  /books:
    get:
      operationId: list_books
      parameters:
        - name: per_page
          in: query
          description: How many.
          example: 5
          schema: {type: integer, format: int32, minimum: 1, maximum: 500, default: 100}
        - {name: page, in: query, schema: {type: integer, format: int64, minimum: 1}}
        - {name: last, in: query, schema: {type: integer, format: int64, maximum: 9}}
        - {name: shelf, in: query, schema: {$ref: "#/components/schemas/ShelfNumber"}}
        - {name: free, in: query, schema: {type: integer, format: int64}}
        - {name: title, in: query,
            schema: {type: string, minLength: 1, maxLength: 9, pattern: a, default: b, format: uri}}
        - {name: price, in: query, schema: {type: number, minimum: 0, maximum: 1.5}}
      responses: {"204": {description: a}}
schemas:
  ShelfNumber: {type: integer, format: int64, minimum: 0, maximum: 99, x-harvest-id: true,
    description: A shelf.}
  BookCreate:
    type: object
    description: A book to add.
    minProperties: 1
    required: [title]
    properties:
      title: {type: string, minLength: 1, default: none, example: Sample,
        externalDocs: {url: "https://bookshop.example"}}
      pages: {type: integer, format: int32, minimum: 1, multipleOf: 2}
      weight: {type: number, format: float, maximum: 5}
      used: {type: boolean, default: false, deprecated: true, description: Use the other one.}
      tags: {type: array, minItems: 1, maxItems: 2, items: {type: string, maxLength: 9}}
      more: {type: object, additionalProperties: {type: string, minLength: 1}}
"##
    );
}

#[test]
fn missing_and_null_are_facts_of_the_property() {
    golden!(
        "nullable",
        r##"
schemas:
  Book:
    type: object
    description: A book.
    required: [id, owner, shelf, title]
    properties:
      id: {$ref: "#/components/schemas/BookId"}
      owner: {nullable: true, allOf: [{$ref: "#/components/schemas/Person"}]}
      reader: {nullable: true, description: Who has it.,
        allOf: [{$ref: "#/components/schemas/Person"}]}
      shelf: {type: string, nullable: true}
      title: {type: string}
      place: {type: string, nullable: true}
      note: {type: string}
      maybe: {$ref: "#/components/schemas/Maybe"}
      lines: {type: array, items: {type: string, nullable: true}}
      readers: {type: array,
        items: {nullable: true, allOf: [{$ref: "#/components/schemas/Person"}]}}
  BookId: {type: integer, format: int64, x-harvest-id: true, description: The id of a book.}
  Person: {type: object, description: Someone.}
  Maybe: {type: string, nullable: true, description: A text or nothing.}
"##
    );
}

#[test]
fn a_documented_name_takes_its_place_again() {
    golden!(
        "names",
        r##"
paths:
  /fields/{id}:
    get:
      operationId: list_fields
      parameters:
        - {name: id, in: path, required: true, x-harvest-documented-name: field_type,
            schema: {type: string}}
      responses: {"204": {description: a}}
    delete:
      operationId: delete_field
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer, format: int64}}
      responses: {"204": {description: a}}
  /fields/{id}/ids/{id2}:
    get:
      operationId: list_ids
      parameters:
        - {name: id2, in: path, required: true, schema: {type: string}}
        - {$ref: "#/components/parameters/Id"}
      responses: {"204": {description: a}}
parameters:
  Id: {name: id, in: path, required: true, x-harvest-documented-name: field, schema: {type: string}}
"##
    );
}

#[test]
fn enumerations_ids_and_formats() {
    golden!(
        "values",
        r##"
schemas:
  Colour: {type: string, enum: [red, light blue], description: A colour.}
  BookId: {type: integer, format: int64, x-harvest-id: true, description: The id of a book.}
  Values:
    type: object
    description: All there is.
    properties:
      at: {type: string, format: date-time}
      day: {type: string, format: date}
      mail: {type: string, format: email}
      link: {type: string, format: uri}
      bytes: {type: string, format: byte}
      small: {type: integer, format: int32}
      large: {type: integer, format: int64}
      number: {type: number}
      float: {type: number, format: float}
      yes: {type: boolean, enum: [true]}
      colour: {$ref: "#/components/schemas/Colour"}
      any: {description: Whatever.}
  Labels: {type: object, additionalProperties: {type: string}, description: Labels.}
  Anything: {description: Whatever.}
"##
    );
}

#[test]
fn the_acting_user_and_other_facts_of_an_operation() {
    golden!(
        "facts",
        r##"
paths:
  /books/{id}:
    patch:
      operationId: update_book
      tags: [books]
      summary: Change a book
      description: Changes what is sent.
      externalDocs: {url: "https://bookshop.example/docs#change"}
      deprecated: true
      x-harvest-permission: "PATCH: Change Book"
      x-harvest-pagination: none
      x-harvest-replaced-by: get_book
      x-harvest-idempotent: true
      parameters:
        - name: X-Clerk
          in: header
          required: true
          x-harvest-acting-user: true
          description: Who does it.
          schema: {type: integer, format: int64}
        - {name: id, in: path, required: true, schema: {type: integer, format: int64}}
      requestBody: {$ref: "#/components/requestBodies/Change"}
      responses: {"204": {description: a}}
    get:
      operationId: get_book
      tags: [books]
      x-harvest-pagination: cursor
      parameters:
        - {name: X-Clerk, in: header, x-harvest-acting-user: true,
            schema: {type: integer, format: int64}}
        - {name: id, in: path, required: true, schema: {type: integer, format: int64}}
      responses: {"204": {description: a}}
requestBodies:
  Change:
    required: true
    description: What to change.
    content:
      application/json:
        schema: {$ref: "#/components/schemas/BookUpdate"}
        example: {title: Sample}
schemas:
  BookUpdate: {type: object, description: A change., properties: {title: {type: string}}}
"##
    );
}

#[test]
fn an_object_without_properties_is_an_empty_body() {
    golden!(
        "empty_body",
        r##"
paths:
  /books/sort:
    post:
      operationId: sort_books
      requestBody: {required: true,
        content: {application/json: {schema: {$ref: "#/components/schemas/Nothing"}}}}
      responses: {"204": {description: a}}
    put:
      operationId: label_books
      requestBody: {required: true,
        content: {application/json: {schema: {$ref: "#/components/schemas/Labels"}}}}
      responses: {"204": {description: a}}
schemas:
  Nothing: {type: object, description: Nothing to say.}
  Labels: {type: object, additionalProperties: {type: string}, description: Labels.}
"##
    );
}

#[test]
fn unions() {
    golden!(
        "unions",
        r##"
schemas:
  Shelf:
    description: A shelf.
    oneOf:
      - {type: integer, format: int64, minimum: 0}
      - {type: string, format: email, maxLength: 9}
      - {$ref: "#/components/schemas/Place"}
      - {type: array, maxItems: 2, items: {type: string, minLength: 1}}
  Place: {type: object, description: A place.,
    properties: {shelf: {nullable: true, allOf: [{$ref: "#/components/schemas/Shelf"}]}}}
  Inline:
    type: object
    description: One inside.
    properties:
      value: {nullable: true, description: This or that.,
        oneOf: [{type: string, minLength: 1}, {type: boolean}]}
"##
    );
}

#[test]
fn the_api_and_its_resources_are_facts() {
    let facts = lowered(
        "tags: [{name: books, description: Books.}, {name: authors}]\nsecuritySchemes:\n  odd: \
         {type: apiKey, in: header, name: X}\n  token: {type: http, scheme: Bearer}\n",
    )
    .facts;
    assert_eq!(facts.api.title, "Bookshop");
    assert_eq!(facts.api.description, "Made up.");
    assert_eq!(
        facts.api.base_url, "https://bookshop.example",
        "without the line at the end"
    );
    assert_eq!(facts.api.scheme, Scheme::Bearer);
    let tags: Vec<_> = facts
        .tags
        .iter()
        .map(|t| (t.name.as_str(), t.description.as_str()))
        .collect();
    assert_eq!(tags, [("books", "Books."), ("authors", "")]);
    assert_eq!(lowered("{}").facts.api.scheme, Scheme::Basic);
}

#[test]
fn nothing_but_paths_and_schemas_is_left_for_progenitor() {
    let lowered = lowered(
        "parameters: {A: {name: a, in: query, schema: {type: string}}}\nresponses: {B: \
         {description: b}}\nrequestBodies: {C: {content: {}}}\nschemas: {D: {type: string, \
         description: d}}\n",
    );
    let components = lowered.document.components.expect("components");
    assert!(components.parameters.is_empty());
    assert!(components.responses.is_empty());
    assert!(components.request_bodies.is_empty());
    assert!(components.security_schemes.is_empty());
    assert_eq!(components.schemas.len(), 1);
}

#[test]
fn whether_an_operation_can_be_repeated_follows_from_its_method() {
    for (method, idempotent) in [
        ("get", true),
        ("put", true),
        ("delete", true),
        ("post", false),
        ("patch", false),
    ] {
        let operation = |extra: &str| {
            let text = format!(
                "paths: {{/a: {{{method}: {{operationId: a_b{extra}, responses: {{'204': \
                 {{description: a}}}}}}}}}}"
            );
            lowered(&text).facts.operations.remove(0)
        };
        assert_eq!(operation("").idempotent, idempotent, "{method}");
        assert_eq!(operation("").method.to_string(), method.to_uppercase());
        let other = operation(&format!(", x-harvest-idempotent: {}", !idempotent));
        assert_eq!(other.idempotent, !idempotent, "{method}");
    }
}

#[test]
fn how_lists_are_paged() {
    for (text, pagination) in [
        ("offset", Pagination::Offset),
        ("next-only", Pagination::NextOnly),
        ("cursor", Pagination::Cursor),
        ("none", Pagination::None),
        ("something", Pagination::None),
    ] {
        let operation = lowered(&format!(
            "paths: {{/a: {{get: {{operationId: a_b, x-harvest-pagination: {text}, responses: \
             {{'204': {{description: a}}}}}}}}}}"
        ))
        .facts
        .operations
        .remove(0);
        assert_eq!(operation.pagination, pagination, "{text}");
    }
}

/// An operation with these lines, in the style of one line of YAML.
fn operation(inner: &str) -> String {
    format!(
        "paths: {{/a: {{post: {{operationId: do_it, {inner}}}}}}}\nschemas: {{A: {{type: object}}, \
         B: {{type: object}}}}"
    )
}

const OK: &str = "responses: {'204': {description: a}}";

#[test]
fn what_has_no_form_in_rust_is_refused_by_operation() {
    let hint = "; run the linter, which says how to fix it";
    for (inner, message) in [
        ("responses: {}", "no success is described"),
        (
            "responses: {'404': {description: a}}",
            "no success is described",
        ),
        (
            "responses: {default: {description: a}}",
            "a `default` answer",
        ),
        (
            "responses: {'2XX': {description: a}}",
            "the range of statuses 2XX",
        ),
        (
            "responses: {'200': {$ref: '#/components/responses/A'}}",
            "the answer #/components/responses/A does not exist",
        ),
        (
            "responses: {'200': {description: a, content: {text/csv: {schema: {type: string}}}}}",
            "the answer 200 is not JSON with a schema, and nothing else",
        ),
        (
            "responses: {'200': {description: a, content: {application/json: {}}}}",
            "the answer 200 is not JSON with a schema, and nothing else",
        ),
        (
            "responses: {'200': {description: a, content: {application/json: {schema: {$ref: \
             '#/components/schemas/A'}}}}, '201': {description: a, content: {application/json: \
             {schema: {type: array, items: {$ref: '#/components/schemas/A'}}}}}}",
            "the answers differ, and that of 201 is no component",
        ),
        (
            &format!(
                "{OK}, requestBody: {{content: {{text/plain: {{schema: {{type: string}}}}}}}}"
            ),
            "the request body is not JSON with a schema, and nothing else",
        ),
        (
            &format!(
                "{OK}, requestBody: {{content: {{application/json: {{schema: {{type: string}}}}}}}}"
            ),
            "the request body is no component",
        ),
        (
            &format!("{OK}, requestBody: {{$ref: '#/components/requestBodies/A'}}"),
            "the request body #/components/requestBodies/A does not exist",
        ),
        (
            &format!("{OK}, parameters: [{{$ref: '#/components/parameters/A'}}]"),
            "the parameter #/components/parameters/A does not exist",
        ),
        (
            &format!("{OK}, parameters: [{{name: a, in: cookie, schema: {{type: string}}}}]"),
            "the parameter a is a cookie",
        ),
        (
            &format!(
                "{OK}, parameters: [{{name: a, in: query, style: deepObject, schema: {{type: \
                 string}}}}]"
            ),
            "the parameter a has a style other than form and pipeDelimited",
        ),
        (
            &format!("{OK}, parameters: [{{name: a, in: query, content: {{}}}}]"),
            "the parameter a has no schema",
        ),
    ] {
        assert_eq!(
            refused(&operation(inner)),
            format!("do_it: {message}{hint}")
        );
    }
    assert_eq!(
        refused(&format!("paths: {{/a: {{put: {{{OK}}}}}}}")),
        format!("PUT /a: no operationId{hint}")
    );
}

#[test]
fn templates_that_become_one_are_refused() {
    let get = |id: &str, extra: &str| {
        format!(
            "{{get: {{operationId: {id}, {OK}, parameters: [{{name: {extra}, in: path, required: \
             true, schema: {{type: string}}, x-harvest-documented-name: name}}]}}}}"
        )
    };
    let text = format!(
        "paths:\n  /a/{{id}}: {}\n  /a/{{no}}: {}\n",
        get("get_one", "id"),
        get("get_other", "no")
    );
    assert_eq!(
        refused(&text),
        "get_other: another operation is GET /a/{name}, too; run the linter, which says how to fix \
         it"
    );
}

#[test]
fn what_the_document_lacks_as_a_whole_is_told() {
    let hint = "; run the linter, which says how to fix it";
    assert_eq!(refused("servers: []"), format!("no server is named{hint}"));
    assert_eq!(
        refused("securitySchemes: {key: {type: apiKey, in: header, name: X}}"),
        format!(
            "no security scheme of type http (basic or bearer) or oauth2 (with client credentials) \
             is described{hint}"
        )
    );
    assert_eq!(
        refused("paths: {/a: {$ref: '#/components/schemas/A'}}"),
        format!("the path /a is a reference{hint}")
    );
    let error = lower(&json!({"openapi": "3.0.3"}))
        .expect_err("an error")
        .to_string();
    assert!(
        error.starts_with("not an OpenAPI 3.0 document: missing field `info`"),
        "{error}"
    );
}
