//! Inventory of code: progenitor's tree, and the files of a crate.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToPascalCase;

use super::{Error, Inventory, Stage};
use crate::Version;

/// Compares progenitor's tree with what it was given: a builder for each operation, with a field for each parameter, and a
/// type for each schema.
pub(crate) fn check_tree(tree: &syn::File, before: &Inventory) -> Result<(), Error> {
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
    after.check_against(before, Stage::Generate)
}

/// Compares the files of a version with the code that was put into them.
pub(crate) fn check_files(
    files: &BTreeMap<String, String>,
    version: &Version,
) -> Result<(), Error> {
    let before = Inventory::of_refined(&version.refined);
    let folder = format!("src/{}/", version.name);
    let types = format!("{folder}types/");
    let mut after = Inventory::default();
    let sources = files.iter().filter(|(path, _)| path.starts_with(&folder));
    for (path, text) in sources {
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
    after.check_against(&before, Stage::Emit)
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
