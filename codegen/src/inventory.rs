//! Inventory of a stage: its operations, their parameters, and models. Each stage is held against the one before, so
//! that nothing is lost without a word, whatever the linter does not foresee.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use heck::ToPascalCase;
use openapiv3::{OpenAPI, ReferenceOr};
use serde_json::Value;

use crate::emit::Tree;
use crate::lower::{Facts, Method, OperationFacts};
use crate::refine::Refined;
use crate::role::Role;
use crate::{Version, names};

/// Everything that a stage has, as each stage can name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inventory {
    /// The operations by their ids, with the names of their parameters as names of Rust.
    operations: BTreeMap<String, BTreeSet<String>>,
    /// The models by their names.
    models: BTreeSet<String>,
}

/// A stage does not have what the stage before had.
#[derive(Debug, thiserror::Error)]
#[error("{}", .lost.join("\n"))]
pub struct Error {
    /// A line for each thing that differs.
    lost: Vec<String>,
}

/// A stage, as messages name it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stage {
    Lower,
    Generate,
    Refine,
    Emit,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Lower => "lower",
            Self::Generate => "generate",
            Self::Refine => "refine",
            Self::Emit => "emit",
        })
    }
}

impl Inventory {
    /// What a document describes: each method of each path is an operation, whatever it holds.
    pub(crate) fn of_document(document: &Value) -> Self {
        let mut inventory = Self::default();
        for (path, item) in entries(document.get("paths")) {
            for (method, operation) in entries(Some(item)) {
                let id = operation.get("operationId").and_then(Value::as_str);
                let id = id.map_or_else(
                    || format!("{} {path}", method.to_uppercase()),
                    str::to_owned,
                );
                let parameters = operation.get("parameters").and_then(Value::as_array);
                let parameters = parameters.into_iter().flatten().map(|raw| {
                    let parameter = resolve(document, raw);
                    let documented = parameter.get("x-harvest-documented-name");
                    let name = documented.or(parameter.get("name")).and_then(Value::as_str);
                    names::field(name.unwrap_or_default())
                });
                inventory.operations.insert(id, parameters.collect());
            }
        }
        let schemas = entries(document.pointer("/components/schemas"));
        inventory.models = schemas.map(|(name, _)| name.clone()).collect();
        inventory
    }

    /// What progenitor is given.
    pub(crate) fn of_lowered(document: &OpenAPI) -> Self {
        let mut inventory = Self::default();
        for item in document
            .paths
            .paths
            .values()
            .filter_map(ReferenceOr::as_item)
        {
            let mut item = item.clone();
            for operation in Method::ALL.iter().filter_map(|m| m.slot(&mut item).take()) {
                let parameters = operation.parameters.iter().filter_map(ReferenceOr::as_item);
                let parameters = parameters.map(|p| names::field(&p.parameter_data_ref().name));
                let id = operation.operation_id.clone().unwrap_or_default();
                inventory.operations.insert(id, parameters.collect());
            }
        }
        let schemas = document.components.iter().flat_map(|c| c.schemas.keys());
        inventory.models = schemas.cloned().collect();
        inventory
    }

    /// What is kept beside that.
    pub(crate) fn of_facts(facts: &Facts) -> Self {
        Self {
            operations: facts.operations.iter().map(of_operation).collect(),
            models: facts.models.keys().cloned().collect(),
        }
    }

    /// The code of the operations and of the models.
    pub(crate) fn of_refined(refined: &Refined) -> Self {
        Self {
            operations: refined
                .operations
                .iter()
                .filter(|operation| {
                    let id = &operation.facts.id;
                    operation
                        .methods
                        .iter()
                        .any(|method| method.sig.ident == id)
                })
                .map(|operation| of_operation(&operation.facts))
                .collect(),
            models: refined.models.iter().map(|m| m.name.clone()).collect(),
        }
    }

    /// Only those models that operations lead to: the client has no others.
    pub(crate) fn used(mut self, document: &Value) -> Self {
        let mut used = BTreeSet::new();
        for (_, item) in entries(document.get("paths")) {
            for (_, operation) in entries(Some(item)) {
                for key in ["parameters", "requestBody"] {
                    follow(document, operation.get(key), &mut used);
                }
                for (_, answer) in
                    entries(operation.get("responses")).filter(|(s, _)| s.starts_with('2'))
                {
                    follow(
                        document,
                        resolve(document, answer).get("content"),
                        &mut used,
                    );
                }
            }
        }
        self.models.retain(|name| used.contains(name));
        self
    }

    /// Holds what a stage has against what there was before. It may have made more models of its own.
    ///
    /// # Errors
    ///
    /// If anything is missing, or operations and parameters came from nowhere.
    pub(crate) fn held_against(&self, before: &Self, stage: Stage) -> Result<(), Error> {
        let mut lost = Vec::new();
        let mut note = |what: String, is_lost: bool| {
            let verb = if is_lost { "lost" } else { "made up" };
            lost.push(format!(
                "the stage `{stage}` {verb} {what}; a lint rule should have caught this: please report it"
            ));
        };
        for (id, parameters) in &before.operations {
            let Some(after) = self.operations.get(id) else {
                note(format!("the operation {id}"), true);
                continue;
            };
            for name in parameters.difference(after) {
                note(format!("the parameter {name} of {id}"), true);
            }
            for name in after.difference(parameters) {
                note(format!("the parameter {name} of {id}"), false);
            }
        }
        for id in self
            .operations
            .keys()
            .filter(|id| !before.operations.contains_key(*id))
        {
            note(format!("the operation {id}"), false);
        }
        for name in before.models.difference(&self.models) {
            note(format!("the model {name}"), true);
        }
        if lost.is_empty() {
            Ok(())
        } else {
            Err(Error { lost })
        }
    }

    /// How many operations there are.
    pub fn operations(&self) -> usize {
        self.operations.len()
    }
}

fn of_operation(facts: &OperationFacts) -> (String, BTreeSet<String>) {
    let parameters = facts.parameters.iter().map(|p| names::field(&p.name));
    (facts.id.clone(), parameters.collect())
}

/// Holds progenitor's tree against what it was given: a builder for each operation, with a field for each parameter, and a
/// type for each schema.
pub(crate) fn hold_tree(tree: &syn::File, before: &Inventory) -> Result<(), Error> {
    let mut after = Inventory::default();
    let mut builders: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for item in &tree.items {
        let syn::Item::Mod(module) = item else {
            continue;
        };
        let items = module.content.iter().flat_map(|(_, items)| items);
        for item in items {
            match item {
                syn::Item::Struct(item) if module.ident == "builder" => {
                    let fields = item.fields.iter().filter_map(|field| field.ident.as_ref());
                    let fields = fields.map(ToString::to_string).collect();
                    builders.insert(item.ident.to_string(), fields);
                }
                syn::Item::Struct(syn::ItemStruct { ident, .. })
                | syn::Item::Enum(syn::ItemEnum { ident, .. })
                | syn::Item::Type(syn::ItemType { ident, .. })
                    if module.ident == "types" =>
                {
                    after.models.insert(ident.to_string());
                }
                _ => {}
            }
        }
    }
    for (id, parameters) in &before.operations {
        if let Some(fields) = builders.remove(&id.to_pascal_case()) {
            // It has others of its own.
            let known = parameters.intersection(&fields).cloned().collect();
            after.operations.insert(id.clone(), known);
        }
    }
    for builder in builders.into_keys() {
        after.operations.insert(builder, BTreeSet::new());
    }
    after.held_against(before, Stage::Generate)
}

/// Holds the files of a crate against the code that was put into them.
pub(crate) fn hold_files(tree: &Tree, versions: &[Version]) -> Result<(), Error> {
    for version in versions {
        let before = Inventory::of_refined(&version.refined);
        let folder = format!("src/{}/", version.name);
        let types = format!("{folder}types/");
        let mut after = Inventory::default();
        for (path, text) in tree
            .files
            .iter()
            .filter(|(path, _)| path.starts_with(&folder))
        {
            for line in text.lines() {
                if path.starts_with(&types) {
                    after.models.extend(model(line));
                } else if let Some(id) = method(line)
                    && let Some(parameters) = before.operations.get(id)
                {
                    after.operations.insert(id.to_owned(), parameters.clone());
                }
            }
        }
        after.held_against(&before, Stage::Emit)?;
    }
    Ok(())
}

/// The name of the model that a line of a source file defines.
fn model(line: &str) -> Option<String> {
    let rest = line.strip_prefix("pub ")?;
    let rest = ["struct ", "enum ", "type "]
        .iter()
        .find_map(|kind| rest.strip_prefix(kind))?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
    Some(rest[..end.unwrap_or(rest.len())].to_owned())
}

/// The name of the method of the client that begins in a line of a source file.
fn method(line: &str) -> Option<&str> {
    let (name, _) = line.strip_prefix("    pub fn ")?.split_once('(')?;
    Some(name.split('<').next().unwrap_or(name))
}

fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let target = value.get("$ref").and_then(Value::as_str);
    target
        .and_then(|target| document.pointer(target.trim_start_matches('#')))
        .unwrap_or(value)
}

/// The schemas that a value leads to. What the runtime has a type of its own for leads no further.
fn follow(document: &Value, value: Option<&Value>, used: &mut BTreeSet<String>) {
    match value {
        Some(Value::Object(map)) => {
            if let Some(target) = map.get("$ref").and_then(Value::as_str) {
                let name = target.strip_prefix("#/components/schemas/");
                let target = document.pointer(target.trim_start_matches('#'));
                if name.is_none_or(|name| used.insert(name.to_owned()))
                    && target.is_none_or(|schema| {
                        schema.get(Role::EXTENSION).is_none() || has_trait(schema)
                    })
                {
                    follow(document, target, used);
                }
                return;
            }
            for (key, inner) in map {
                if key != "example" && key != "examples" {
                    follow(document, Some(inner), used);
                }
            }
        }
        Some(Value::Array(items)) => {
            for item in items {
                follow(document, Some(item), used);
            }
        }
        _ => {}
    }
}

/// Whether a schema in a role is made into a type all the same.
fn has_trait(schema: &Value) -> bool {
    let role = schema.get(Role::EXTENSION).and_then(Value::as_str);
    role.and_then(Role::named)
        .is_some_and(|role| matches!(role.form, crate::role::Form::Trait(_)))
}

fn entries(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Error as Failure, compile_bundle, generate, load, lower, refine};

    fn document() -> Value {
        serde_yaml_ng::from_str(include_str!("lint/tests/good.yaml")).expect("YAML")
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
        let lost = lost(after.held_against(&before, Stage::Lower));
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
                .held_against(&before, Stage::Lower)
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
        let mut tree =
            generate::generate(&lowered.document).unwrap_or_else(|error| panic!("{error}"));
        hold_tree(&tree, &before).unwrap_or_else(|error| panic!("{error}"));
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
        let lost = lost(hold_tree(&tree, &before));
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
        let mut refined =
            refine::refine(tree, lowered.facts).unwrap_or_else(|error| panic!("{error}"));
        refined.models.retain(|model| model.name != "Author");
        refined.operations[0].methods.clear();
        let lost = lost(Inventory::of_refined(&refined).held_against(&before, Stage::Refine));
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
        let mut tree =
            crate::emit::tree(&package, &versions).unwrap_or_else(|error| panic!("{error}"));
        hold_files(&tree, &versions).unwrap_or_else(|error| panic!("{error}"));
        tree.files.remove("src/one/authors.rs");
        let lost = lost(hold_files(&tree, &versions));
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
}
