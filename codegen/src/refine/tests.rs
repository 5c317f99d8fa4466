//! Errors of the passes on a tree that they do not expect.

use std::fmt::Write as _;

use super::*;
use crate::{generate, lower};

fn lowered(yaml: &str) -> lower::Lowered {
    let document: serde_json::Value = serde_yaml_ng::from_str(yaml).expect("YAML");
    lower::lower(&document).unwrap_or_else(|error| panic!("{error}"))
}

const HEAD: &str = r#"
openapi: 3.0.3
info: {title: Bookshop, version: "1"}
servers: [{url: "https://bookshop.example"}]
"#;

fn document(paths: &str, schemas: &str) -> String {
    format!(
        "{HEAD}paths:\n{paths}\ncomponents:\n  securitySchemes: {{key: {{type: http, scheme: \
         basic}}}}\n  schemas:\n{schemas}\n"
    )
}

fn get(id: &str, schema: &str) -> String {
    format!(
        "  /a:\n    get:\n      operationId: {id}\n      responses:\n        '200':\n          \
         description: a\n          content: {{application/json: {{schema: {{$ref: \
         '#/components/schemas/{schema}'}}}}}}\n"
    )
}

fn refined(yaml: &str) -> Result<Refined, Error> {
    let lowered = lowered(yaml);
    let tree = generate::generate(&lowered.document).unwrap_or_else(|error| panic!("{error}"));
    refine(tree, lowered.facts)
}

/// A schema of an object with so many properties that may be null.
fn wide(count: usize) -> String {
    let mut text =
        "    Wide:\n      type: object\n      description: a\n      properties:\n".to_owned();
    for number in 0..count {
        let _ = writeln!(
            text,
            "        p{number}: {{type: string, nullable: true, description: a}}"
        );
    }
    text
}

#[test]
fn another_generator_is_found_out() {
    let lowered = lowered(&document(
        &get("get_it", "A"),
        "    A: {type: object, description: a}",
    ));
    let missing = |code: &str| {
        let tree = syn::parse_str(code).expect("Rust");
        refine(tree, lowered.facts.clone())
            .expect_err("an error")
            .to_string()
    };
    assert_eq!(
        missing(""),
        "progenitor's output has no builder GetIt; is it the pinned version?"
    );
    assert_eq!(
        missing("mod builder { struct GetIt {} }"),
        "progenitor's output has no GetIt::send; is it the pinned version?"
    );
    assert_eq!(
        missing("mod builder { struct GetIt {} impl GetIt { fn send(self) -> u8 { 0 } } }"),
        "progenitor's output has no result of GetIt::send; is it the pinned version?"
    );
}

#[test]
fn any_number_of_properties_may_be_null() {
    let refined = refined(&document(&get("get_it", "Wide"), &wide(400))).expect("code");
    let items = &refined.models[0].items;
    let text = quote::quote!(#(#items)*).to_string();
    assert_eq!(text.matches(": nullable").count(), 400);
}

#[test]
fn what_no_operation_leads_to_is_left_out() {
    let schemas = "    A: {type: object, description: a, properties: {b: {$ref: \
                   '#/components/schemas/B'}}}\n    B: {type: object, description: b}\n    C: \
                   {type: object, description: c}";
    let refined = refined(&document(&get("get_it", "A"), schemas)).expect("code");
    let names: Vec<_> = refined.models.iter().map(|m| m.name.as_str()).collect();
    assert_eq!(names, ["A", "B"]);
    assert_eq!(refined.operations[0].uses, BTreeSet::from(["A".to_owned()]));
    assert_eq!(refined.models[0].uses, BTreeSet::from(["B".to_owned()]));
}

#[test]
fn a_type_of_the_runtime_leads_to_no_model() {
    let schemas = "    A: {type: object, description: a, properties: {b: {$ref: \
                   '#/components/schemas/B'}}}\n    B: {type: object, description: b, \
                   x-harvest-runtime-type: keyed-custom-field, properties: {type: {$ref: \
                   '#/components/schemas/C'}}}\n    C: {type: string, enum: [c], description: c}";
    let refined = refined(&document(&get("get_it", "A"), schemas)).expect("code");
    let names: Vec<_> = refined.models.iter().map(|m| m.name.as_str()).collect();
    assert_eq!(names, ["A", "B"]);
    assert!(refined.models[1].uses.is_empty());
    let item = &refined.models[1].items[0];
    assert_eq!(
        quote::quote!(#item).to_string(),
        "# [doc = \" b\"] pub type B = harvest_runtime :: custom_field :: KeyedCustomField ;"
    );
}

#[test]
fn what_cannot_be_a_name_is_an_error() {
    assert!(name("get_it").is_ok());
    for text in ["", "2a", "a b", "type", "a-b", "²"] {
        assert_eq!(
            name(text).expect_err("an error").to_string(),
            format!("`{text}` cannot be a name in Rust; run the linter")
        );
    }
}
