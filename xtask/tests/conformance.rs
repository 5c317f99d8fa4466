//! Configuration and report of schemathesis. Running it takes minutes and a network; CI does.

use std::cell::RefCell;
use std::collections::BTreeSet;

use reqwest::StatusCode;
use serde_json::{Value, json};
use xtask::conformance::access::Access;
use xtask::conformance::ids::{Known, known};
use xtask::conformance::tried::tried;
use xtask::conformance::unanswered::{Example, unanswered};
use xtask::conformance::{Counts, config};

fn document() -> Value {
    let id = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let answer =
        |schema: Value| json!({"200": {"content": {"application/json": {"schema": schema}}}});
    let acting = json!({"name": "X-Clerk", "in": "header", "x-harvest-acting-user": true,
        "schema": id("ClerkId")});
    json!({
        "paths": {
            "/books": {
                "get": {
                    "operationId": "list_books",
                    "parameters": [{"name": "shelf", "in": "query",
                        "schema": {"type": "string", "enum": ["top"]}}],
                    "responses": answer(json!({"type": "array", "items": id("Book")})),
                },
                "post": {
                    "operationId": "create_book",
                    "parameters": [{"$ref": "#/components/parameters/Acting"}],
                    "requestBody": {"content": {"application/json": {"schema": {"properties": {
                        "author_id": id("AuthorId"),
                        "parts": {"type": "array",
                            "items": {"allOf": [{"properties": {"shelf_id": id("ShelfId")}}]}},
                        "clerk_ids": {"type": "array", "items": id("ClerkId")},
                    }}}}},
                },
            },
            "/authors/{id}": {"get": {
                "operationId": "get_author",
                "parameters": [{"name": "id", "in": "path", "schema": id("AuthorId")}],
                "responses": answer(json!({"properties": {
                    "clerk": {"allOf": [id("NullableClerkId")]}
                }})),
            }},
            "/authors/{id}/books/{number}": {"get": {
                "operationId": "get_part",
                "parameters": [
                    {"name": "id", "in": "path", "schema": id("AuthorId")},
                    {"name": "number", "in": "path", "schema": {"type": "integer"}},
                ],
                "responses": answer(id("Book")),
            }},
        },
        "components": {
            "securitySchemes": {"Token": {"type": "http", "scheme": "bearer"}},
            "parameters": {"Acting": acting},
            "schemas": {
                "AuthorId": {"type": "integer", "x-harvest-id": true},
                "ClerkId": {"type": "integer", "x-harvest-id": true},
                "NullableClerkId": {
                    "type": "integer", "nullable": true, "x-harvest-id": true,
                    "x-harvest-nullable-of": "ClerkId",
                },
                "ShelfId": {"type": "integer", "x-harvest-id": true},
                "Book": {"properties": {"id": {"type": "integer"}, "author_id": id("AuthorId")}},
            },
        },
    })
}

fn ids(of: &[(&str, &[i64])]) -> Known {
    let ids = |ids: &[i64]| ids.iter().copied().collect();
    of.iter()
        .map(|(name, of)| ((*name).to_owned(), ids(of)))
        .collect()
}

#[test]
fn ids_are_found_by_their_schemas_and_lead_to_others() {
    let asked = RefCell::new(Vec::new());
    let found = known(&document(), |path| {
        asked.borrow_mut().push(path.to_owned());
        Ok(match path {
            "/books" => Some(json!([{"id": 1, "author_id": 7}, {"id": 2, "author_id": 8}])),
            "/authors/7" => Some(json!({"clerk": 70})),
            "/authors/8" => None,
            other => panic!("{other} is not to be asked for"),
        })
    });
    assert_eq!(
        found.unwrap(),
        ids(&[("AuthorId", &[7, 8]), ("ClerkId", &[70])])
    );
    let once: BTreeSet<_> = asked.borrow().iter().cloned().collect();
    assert_eq!(once.len(), asked.borrow().len(), "{asked:?}");
}

#[test]
fn schemathesis_is_written_where_which_ids_belong() {
    let access = Access {
        scheme: "Token".to_owned(),
        bearer: true,
        secret: "k".to_owned(),
        user: 70,
    };
    let known = ids(&[("AuthorId", &[7, 8]), ("ClerkId", &[70, 71])]);
    let written = config::write(&document(), &access, &known, &BTreeSet::new());
    let (common, written) = written.split_once("[auth.openapi]").unwrap();
    assert!(common.contains("status_code_conformance.enabled = true"));
    let expected = r#"
Token = { bearer = "k" }

[dictionaries.acting-user]
values = [70]

[dictionaries.AuthorId]
values = [7, 8]

[dictionaries.ClerkId]
values = [71]

[[operations]]
include-operation-id = "list_books"
checks.negative_data_rejection.enabled = false

[[operations]]
include-operation-id = "create_book"
parameters."body.author_id" = { dictionary = "AuthorId", probability = 0.9 }
parameters."body.clerk_ids[*]" = { dictionary = "ClerkId", probability = 0.9 }
parameters."header.X-Clerk" = { dictionary = "acting-user", probability = 0.9 }

[[operations]]
include-operation-id = "get_author"
parameters."path.id" = { dictionary = "AuthorId", probability = 0.9 }

[[operations]]
include-operation-id = "get_part"
parameters."path.id" = { dictionary = "AuthorId", probability = 0.9 }
"#;
    assert_eq!(written, expected);
}

#[test]
fn operations_that_are_left_out_are_turned_off_and_get_no_ids() {
    let access = Access {
        scheme: "Token".to_owned(),
        bearer: true,
        secret: "k".to_owned(),
        user: 70,
    };
    let left_out = BTreeSet::from(["get_author".to_owned()]);
    let known = ids(&[("AuthorId", &[7])]);
    let written = config::write(&document(), &access, &known, &left_out);
    let off = "[[operations]]\ninclude-operation-id = \"get_author\"\nenabled = false\n";
    assert!(written.contains(off), "{written}");
    assert_eq!(written.matches("\"get_author\"").count(), 1, "{written}");
    assert!(written.contains("\"get_part\""), "{written}");
}

#[test]
fn operations_are_asked_by_their_examples_whether_they_are_answered() {
    let mut document = document();
    let clerk = json!({"name": "X-Clerk", "in": "header", "x-harvest-acting-user": true});
    document["components"]["parameters"]["Acting"] = clerk;
    let paths = document["paths"].as_object_mut().unwrap();
    paths["/books"]["post"]["requestBody"]["content"]["application/json"]["examples"] =
        json!({"one": {"value": {"author_id": 7}}});
    let number = &mut paths["/authors/{id}/books/{number}"]["get"]["parameters"];
    number[1]["example"] = json!(12);
    number.as_array_mut().unwrap().push(json!(
        {"name": "shelf", "in": "query", "required": true,
            "schema": {"type": "string", "enum": ["top"]}}
    ));
    let mut asked = Vec::new();
    let found = unanswered(&document, |example| {
        let Example {
            method,
            path,
            acting_user,
            body,
        } = example;
        let body = body.map(ToString::to_string);
        asked.push(format!("{method} {path} {acting_user:?} {body:?}"));
        Ok(match *method {
            "post" => StatusCode::NOT_IMPLEMENTED,
            _ if path.ends_with("/12?shelf=top") => StatusCode::NOT_IMPLEMENTED,
            _ => StatusCode::NOT_FOUND,
        })
    });
    let found: Vec<_> = found.unwrap().into_iter().collect();
    assert_eq!(found, ["create_book", "get_part"]);
    asked.sort();
    let expected = [
        "get /authors/1 None None",
        "get /authors/1/books/12?shelf=top None None",
        "get /books None None",
        r#"post /books Some("X-Clerk") Some("{\"author_id\":7}")"#,
    ];
    assert_eq!(asked, expected);
}

#[test]
fn requests_are_not_made_up_of_parameters_that_stand_alone() {
    let mut document = document();
    document["components"]["parameters"]["Next"] =
        json!({"name": "next", "in": "query", "x-harvest-alone": true});
    let list = &mut document["paths"]["/books"]["get"]["parameters"];
    let before = list.clone();
    let list = list.as_array_mut().unwrap();
    list.insert(0, json!({"$ref": "#/components/parameters/Next"}));
    let tried = tried(&document);
    assert_eq!(tried["paths"]["/books"]["get"]["parameters"], before);
    assert_eq!(tried["components"], document["components"]);
}

#[test]
fn nobody_is_written_of_the_acting_user_alone() {
    let access = Access {
        scheme: "Key".to_owned(),
        bearer: false,
        secret: "k".to_owned(),
        user: 70,
    };
    let written = config::write(
        &document(),
        &access,
        &ids(&[("ClerkId", &[70])]),
        &BTreeSet::new(),
    );
    assert!(written.contains(r#"Key = { username = "k", password = "" }"#));
    assert!(!written.contains("ClerkId"), "{written}");
}

#[test]
fn failures_errors_and_operations_that_were_left_out_are_findings() {
    let report = |tested: u64, failures: u64, errors: u64, accepted: u64| {
        Counts::read(&json!({
            "operations": {"total": 4, "selected": 3, "tested": tested},
            "test_cases": {"generated": 10, "with_failures": failures, "errored": errors},
            "valid_rates": {"GET /a": {"fuzzing": {"accepted": accepted}},
                "GET /b": {"fuzzing": {"accepted": 0}}},
            "running_time": 1.5,
        }))
        .unwrap()
    };
    let mut counts = report(3, 0, 0, 4);
    assert_eq!((counts.findings, counts.reached.len()), (0, 1));
    assert_eq!(report(3, 2, 0, 0).findings, 2);
    assert_eq!(report(3, 0, 1, 0).findings, 1);
    assert_eq!(report(2, 0, 0, 0).findings, 1);
    counts.add(report(2, 1, 0, 1));
    assert_eq!(
        counts.to_string(),
        "3 of 4 operations, 1 of them with a success, 20 requests, 2 findings, 2 s"
    );
    assert!(Counts::read(&json!({})).is_err());
}
