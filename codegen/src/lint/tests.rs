//! A good description, and the ways to break it.

mod cases;
mod fuzz;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use syn::visit::Visit;

use super::*;
use cases::{Base, Change, cases};

/// A description without findings.
fn good() -> Value {
    serde_yaml_ng::from_str(include_str!("tests/good.yaml")).expect("YAML")
}

/// Another one, of an API with other conventions: tokens with scopes, cursors, jobs.
fn tokens() -> Value {
    serde_yaml_ng::from_str(include_str!("tests/tokens.yaml")).expect("YAML")
}

/// A third one, of deliveries.
fn deliveries() -> Value {
    serde_yaml_ng::from_str(include_str!("tests/deliveries.yaml")).expect("YAML")
}

fn findings(document: Value) -> Vec<Finding> {
    lint(&Bundle::from_document(document))
}

#[test]
fn the_good_description_has_no_findings() {
    for document in [good(), tokens(), deliveries()] {
        let findings = findings(document);
        assert!(findings.is_empty(), "{}", report(&findings));
    }
}

/// No code is generated from it, which could not leave the body out.
#[test]
fn a_version_without_a_client_may_have_optional_bodies() {
    let mut document = tokens();
    let required = "/paths/~1loans~1bulk/post/requestBody/required";
    set(&mut document, required, json!(false));
    let findings = findings(document);
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

#[test]
fn every_break_is_found_and_explained() {
    let mut problems = Vec::new();
    for case in cases() {
        let mut document = match case.base {
            Base::Good => good(),
            Base::Tokens => tokens(),
            Base::Deliveries => deliveries(),
        };
        for change in &case.changes {
            match change {
                Change::Set(pointer, value) => set(&mut document, pointer, value.clone()),
                Change::Remove(pointer) => remove(&mut document, pointer),
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
        if let syn::Member::Named(name) = &field.member
            && name == "rule"
            && let syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(rule),
                ..
            }) = &field.expr
        {
            *self.0.entry(rule.value()).or_default() += 1;
        }
    }
}

/// The files of the rules, those in folders of their own among them.
fn sources(folder: &str) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .filter(|path| path.file_stem().is_some_and(|name| name != "tests"))
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path.to_string_lossy())
            } else {
                vec![path]
            }
        })
        .collect()
}

#[test]
fn every_rule_has_a_case_for_each_of_its_findings() {
    let mut rules = Rules::default();
    // cargo runs a test in the folder of its package.
    for path in sources("src/lint") {
        let text = std::fs::read_to_string(&path).expect("a file");
        rules.visit_file(&syn::parse_file(&text).expect("Rust"));
    }
    assert!(
        rules.0.len() > 25,
        "the scan sees too little: {:?}",
        rules.0
    );
    // These take files: see the tests below.
    for rule in ["unused", "file-name"] {
        assert_eq!(rules.0.remove(rule), Some(1));
    }
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
        std::fs::write(folder.join(name), text).expect("a file is written");
    };
    write("openapi.yaml", "paths: {$ref: 'schemas.yaml#/Used'}\n");
    write(
        "schemas.yaml",
        "Used: {type: string}\nForgotten: {type: string}\n",
    );
    let bundle = crate::load::load(&folder.join("openapi.yaml"), &folder);
    std::fs::remove_dir_all(&folder).expect("the folder is removed");
    let findings = lint(&bundle.expect("a bundle"));
    let unused: Vec<_> = findings.iter().filter(|f| f.rule == "unused").collect();
    assert_eq!(unused.len(), 1);
    assert_eq!(unused[0].place.to_string(), "schemas.yaml:2:1");
    assert!(!unused[0].fix.is_empty() && unused[0].operation.is_none());
    // What is there is found where it was written.
    assert!(
        findings
            .iter()
            .any(|f| f.rule == "words" && f.place.to_string() == "schemas.yaml:1:1"),
        "{}",
        report(&findings)
    );
}

#[test]
fn an_operation_is_in_a_file_called_after_it() {
    let misplaced = |file: &str| {
        let folder = std::env::temp_dir().join(format!(
            "harvest-lint-{}-{}",
            std::process::id(),
            file.replace('/', "-")
        ));
        let path = folder.join(file);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
        let root = format!("paths: {{/books: {{get: {{$ref: {file}}}}}}}\n");
        std::fs::write(folder.join("openapi.yaml"), root).expect("a file is written");
        std::fs::write(&path, "tags: [books]\noperationId: list_books\n")
            .expect("a file is written");
        let bundle = crate::load::load(&folder.join("openapi.yaml"), &folder);
        std::fs::remove_dir_all(&folder).expect("the folder is removed");
        let findings = lint(&bundle.expect("a bundle"));
        findings.into_iter().find(|f| f.rule == "file-name")
    };
    assert_eq!(misplaced("resources/books/list_books.yaml"), None);
    for file in [
        "resources/books/list_book.yaml",
        "resources/shelves/list_books.yaml",
        "list_books.yaml",
    ] {
        let finding = misplaced(file).expect("a finding");
        assert_eq!(finding.place.to_string(), format!("{file}:1:1"));
        assert!(finding.fix.contains("books/list_books.yaml"), "{finding}");
    }
}

#[test]
fn the_report_reads_well() {
    let mut document = good();
    remove(&mut document, "/paths/~1books/get/summary");
    let one = findings(document.clone());
    assert_eq!(
        report(&one),
        "document#/paths/~1books/get: list_books: no summary [words]\n    add a summary in your \
         own words, in one line\n1 finding"
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

#[test]
fn an_object_is_a_map_of_entries() {
    // What the rules look at of values that are of another type: nothing.
    assert_eq!(view::entries(Some(&json!([1]))).count(), 0);
    assert_eq!(view::entries(None).count(), 0);
    assert!(view::items(Some(&json!({"a": 1}))).is_empty());
    assert_eq!(view::text(&Map::new(), "a"), "");
}
