//! Inventories of each stage, and the errors where something is lost.

use std::collections::BTreeSet;

use serde_json::Value;

use super::code::{check_files, check_tree};
use super::{Error, Inventory, Stage};
use crate::{Error as Failure, Version, compile_bundle, generate, load, lower, refine};

fn document() -> Value {
    serde_yaml_ng::from_str(include_str!("../lint/tests/good.yaml")).expect("YAML")
}

fn version() -> Version {
    let bundle = load::Bundle::from_document(document());
    compile_bundle("one", bundle).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn each_stage_has_all_that_there_was() {
    let document = document();
    let before = Inventory::of_document(&document);
    assert_eq!(before.operations(), 4);
    assert!(before.operations["list_books"].contains("author_ids"));
    assert!(
        before.operations["get_author"].contains("author"),
        "as it is documented"
    );
    assert!(before.models.contains("Refusal"));
    let refined = Inventory::of_refined(&version().refined);
    assert_eq!(
        before.clone().used(&document).operations,
        refined.operations
    );
    // The model of error answers is no part of the client.
    assert!(!before.used(&document).models.contains("Refusal"));
}

fn lost(result: Result<(), Error>) -> Vec<String> {
    result.expect_err("an error").lost
}

#[test]
fn what_is_lost_is_named() {
    let document = document();
    let before = Inventory::of_document(&document);
    let mut after = before.clone();
    after.operations.remove("create_book");
    after
        .operations
        .get_mut("list_books")
        .expect("there")
        .remove("page");
    after
        .operations
        .get_mut("get_author")
        .expect("there")
        .insert("colour".to_owned());
    after
        .operations
        .insert("find_book".to_owned(), BTreeSet::new());
    after.models.remove("Shelf");
    after.models.insert("ShelfVariant".to_owned());
    let lost = lost(after.check_against(&before, Stage::Lower));
    let end = "; a lint rule should have caught this: please report it";
    assert_eq!(
        lost,
        [
            format!("the stage `lower` lost the operation create_book{end}"),
            format!("the stage `lower` made up the parameter colour of get_author{end}"),
            format!("the stage `lower` lost the parameter page of list_books{end}"),
            format!("the stage `lower` made up the operation find_book{end}"),
            format!("the stage `lower` lost the model Shelf{end}"),
        ]
    );
}

#[test]
fn an_operation_that_openapi_does_not_see_is_missed() {
    // The linter refuses all of these; here, nothing was linted.
    for (path, item) in [
        ("/books", serde_json::json!({"delete": null})),
        (
            "rooms",
            serde_json::json!({"get": {"operationId": "list_rooms"}}),
        ),
        (
            "x-rooms",
            serde_json::json!({"get": {"operationId": "list_rooms"}}),
        ),
    ] {
        let mut document = document();
        document["paths"][path] = item;
        let lowered = lower::lower(&document).unwrap_or_else(|error| panic!("{error}"));
        let before = Inventory::of_document(&document);
        let text = Inventory::of_facts(&lowered.facts)
            .check_against(&before, Stage::Lower)
            .expect_err("an error")
            .to_string();
        let name = if path == "/books" {
            "DELETE /books"
        } else {
            "list_rooms"
        };
        assert!(
            text.contains(&format!("lost the operation {name}")),
            "{text}"
        );
    }
}

#[test]
fn a_generator_that_leaves_something_out_is_found_out() {
    let lowered = lower::lower(&document()).unwrap_or_else(|error| panic!("{error}"));
    let before = Inventory::of_lowered(&lowered.document);
    let mut tree = generate::generate(&lowered.document).unwrap_or_else(|error| panic!("{error}"));
    check_tree(&tree, &before).unwrap_or_else(|error| panic!("{error}"));
    for item in &mut tree.items {
        if let syn::Item::Mod(module) = item
            && let Some((_, items)) = &mut module.content
        {
            items.retain(|item| match item {
                syn::Item::Struct(item) => item.ident != "ListBooks" && item.ident != "Book",
                _ => true,
            });
        }
    }
    let lost = lost(check_tree(&tree, &before));
    assert_eq!(lost.len(), 2, "{lost:?}");
    assert!(
        lost[0].contains("`generate` lost the operation list_books"),
        "{lost:?}"
    );
    assert!(
        lost[1].contains("`generate` lost the model Book;"),
        "{lost:?}"
    );
}

#[test]
fn a_pass_that_leaves_something_out_is_found_out() {
    let document = document();
    let lowered = lower::lower(&document).unwrap_or_else(|error| panic!("{error}"));
    let before = Inventory::of_facts(&lowered.facts).used(&document);
    let tree = generate::generate(&lowered.document).unwrap_or_else(|error| panic!("{error}"));
    let mut refined = refine::refine(tree, lowered.facts).unwrap_or_else(|error| panic!("{error}"));
    refined.models.retain(|model| model.name != "Author");
    refined.operations[0].methods.clear();
    let lost = lost(Inventory::of_refined(&refined).check_against(&before, Stage::Refine));
    assert_eq!(lost.len(), 2, "{lost:?}");
    assert!(
        lost[1].contains("`refine` lost the model Author"),
        "{lost:?}"
    );
}

#[test]
fn a_file_that_leaves_something_out_is_found_out() {
    let version = version();
    let package = crate::emit::Package {
        name: "bookshop".to_owned(),
        description: String::new(),
        command: String::new(),
        documentation: String::new(),
        readme: String::new(),
        dev_dependencies: Vec::new(),
    };
    let versions = [version];
    let mut tree = crate::emit::tree(&package, &versions).unwrap_or_else(|error| panic!("{error}"));
    let [version] = &versions;
    check_files(&tree.files, version).unwrap_or_else(|error| panic!("{error}"));
    tree.files.remove("src/one/authors.rs");
    let lost = lost(check_files(&tree.files, version));
    assert_eq!(lost.len(), 2, "{lost:?}");
    assert!(
        lost[0].contains("`emit` lost the operation create_author"),
        "{lost:?}"
    );
}

#[test]
fn an_error_says_which_stage() {
    let error = Error {
        lost: vec!["a".to_owned(), "b".to_owned()],
    };
    assert_eq!(Failure::Lost(error).to_string(), "a\nb");
}
