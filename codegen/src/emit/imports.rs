//! Imports instead of full paths: each file names the runtime's items by one word, after a `use` at its top.
//!
//! A name that the file or a model of the version has already is left with its full path. What only conditional items need
//! is imported under their condition; in a file with several conditions it is imported without one, and may be unused.

use std::collections::{BTreeMap, BTreeSet};

use quote::{ToTokens, format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Ident, Item, ItemUse, Path, UseTree, parse_quote};

/// The crate whose items are imported.
const RUNTIME: &str = "harvest_runtime";

/// Shortens the paths in the items of one file. `taken` are the names that other files of the version may bring into it.
pub(super) fn shorten(items: &mut Vec<Item>, taken: &BTreeSet<String>) {
    let mut own: BTreeSet<String> = items.iter().filter_map(declared).collect();
    own.extend(taken.iter().cloned());
    let mut imported = Imported::default();
    items.retain(|item| match item {
        Item::Use(item) => !imported.take(item),
        _ => true,
    });
    for item in items.iter_mut() {
        if matches!(item, Item::Use(_) | Item::Mod(_)) {
            continue;
        }
        let mut shorten = Shorten {
            own: &own,
            names: BTreeSet::new(),
        };
        shorten.visit_item_mut(item);
        let condition = condition(item);
        for name in shorten.names {
            imported.add(name, condition.clone());
        }
    }
    let place = items.iter().position(is_of_version).unwrap_or(0);
    items.splice(place..place, imported.items());
}

/// Whether an item is no import of the standard library: the runtime's come before it.
fn is_of_version(item: &Item) -> bool {
    match item {
        Item::Use(item) => !matches!(&item.tree, UseTree::Path(path) if path.ident == "std"),
        _ => true,
    }
}

/// The name that an item declares.
fn declared(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Struct(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Const(item) => &item.ident,
        Item::Static(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Mod(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

/// The condition under which an item is compiled, as it is written in `cfg(…)`; empty if it always is.
fn condition(item: &Item) -> String {
    let attrs: &[Attribute] = match item {
        Item::Struct(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        _ => &[],
    };
    attrs
        .iter()
        .find(|attr| attr.path().is_ident("cfg"))
        .and_then(|attr| attr.meta.require_list().ok())
        .map_or_else(String::new, |list| list.tokens.to_string())
}

/// The names to import, each with the conditions of the items that need it.
#[derive(Default)]
struct Imported(BTreeMap<String, BTreeSet<String>>);

impl Imported {
    fn add(&mut self, name: String, condition: String) {
        self.0.entry(name).or_default().insert(condition);
    }

    /// Takes over an unconditional import that a pass wrote, and returns whether it did.
    fn take(&mut self, item: &ItemUse) -> bool {
        let UseTree::Path(path) = &item.tree else {
            return false;
        };
        let UseTree::Group(group) = &*path.tree else {
            return false;
        };
        let names = group.items.iter().map(|tree| match tree {
            UseTree::Name(name) => Some(name.ident.to_string()),
            _ => None,
        });
        match names.collect::<Option<Vec<_>>>() {
            Some(names) if path.ident == RUNTIME && item.attrs.is_empty() => {
                for name in names {
                    self.add(name, String::new());
                }
                true
            }
            _ => false,
        }
    }

    /// The imports: those that are always needed, then those that are needed conditionally.
    fn items(&self) -> Vec<Item> {
        let conditions: BTreeSet<&String> = self.0.values().flatten().collect();
        let is_one = conditions.iter().filter(|c| !c.is_empty()).count() == 1;
        let mut groups: BTreeMap<Group<'_>, Vec<Ident>> = BTreeMap::new();
        for (name, conditions) in &self.0 {
            // The empty condition is the first.
            let group = match conditions.first() {
                Some(first) if first.is_empty() => Group::Always,
                Some(only) if is_one => Group::Under(only),
                _ => Group::Unsure,
            };
            groups
                .entry(group)
                .or_default()
                .push(format_ident!("{name}"));
        }
        groups
            .into_iter()
            .map(|(group, names)| group.item(&names))
            .collect()
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Group<'a> {
    Always,
    Unsure,
    Under(&'a str),
}

impl Group<'_> {
    fn item(&self, names: &[Ident]) -> Item {
        let runtime = format_ident!("{RUNTIME}");
        let names = match names {
            [one] => one.to_token_stream(),
            many => quote!({ #(#many),* }),
        };
        match self {
            Self::Always => parse_quote!(use #runtime::#names;),
            Self::Unsure => parse_quote!(#[allow(unused_imports)] use #runtime::#names;),
            Self::Under(condition) => {
                // It was printed from tokens.
                let condition: proc_macro2::TokenStream = condition.parse().unwrap_or_default();
                parse_quote!(#[cfg(#condition)] use #runtime::#names;)
            }
        }
    }
}

/// Strikes the crate's name off the paths of an item, and collects the first names that are left.
struct Shorten<'a> {
    own: &'a BTreeSet<String>,
    names: BTreeSet<String>,
}

impl VisitMut for Shorten<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let mut segments = path.segments.iter();
        let is_runtime = segments.next().is_some_and(|first| first.ident == RUNTIME);
        let Some(name) = segments.next().map(|second| second.ident.to_string()) else {
            return;
        };
        if is_runtime && path.leading_colon.is_none() && !self.own.contains(&name) {
            path.segments = path.segments.iter().skip(1).cloned().collect();
            self.names.insert(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shortened(code: &str, taken: &[&str]) -> String {
        let mut file: syn::File = syn::parse_str(code).unwrap();
        let taken = taken.iter().map(|name| (*name).to_owned()).collect();
        shorten(&mut file.items, &taken);
        prettyplease::unparse(&file)
    }

    #[track_caller]
    fn becomes(code: &str, taken: &[&str], expected: &str) {
        let expected = prettyplease::unparse(&syn::parse_str(expected).unwrap());
        assert_eq!(shortened(code, taken), expected);
    }

    #[test]
    fn types_functions_and_macros_are_imported_by_their_first_name() {
        becomes(
            "use std::marker::PhantomData;
             use super::types;
             struct A { b: Option<harvest_runtime::List<harvest_runtime::Date>> }
             impl A { fn c(&self) { harvest_runtime::decode::json(self.b) } }
             harvest_runtime::model!(A {});",
            &[],
            "use std::marker::PhantomData;
             use harvest_runtime::{Date, List, decode, model};
             use super::types;
             struct A { b: Option<List<Date>> }
             impl A { fn c(&self) { decode::json(self.b) } }
             model!(A {});",
        );
    }

    #[test]
    fn a_name_that_is_taken_keeps_its_path() {
        let full = "struct List { b: harvest_runtime::List, c: harvest_runtime::Date }";
        becomes(full, &["Date"], full);
        becomes(
            "struct A { c: harvest_runtime::Date }",
            &["A"],
            "use harvest_runtime::Date; struct A { c: Date }",
        );
    }

    #[test]
    fn an_import_has_the_condition_of_what_needs_it() {
        becomes(
            "use harvest_runtime::{Api};
             #[cfg(feature = \"x\")] struct A(harvest_runtime::Json, harvest_runtime::Date);
             #[cfg(feature = \"y\")] struct B(harvest_runtime::Json, harvest_runtime::List);
             struct C(harvest_runtime::Date, harvest_runtime::Api);",
            &[],
            "use harvest_runtime::{Api, Date};
             #[allow(unused_imports)] use harvest_runtime::{Json, List};
             #[cfg(feature = \"x\")] struct A(Json, Date);
             #[cfg(feature = \"y\")] struct B(Json, List);
             struct C(Date, Api);",
        );
        becomes(
            "#[cfg(feature = \"x\")] struct A(harvest_runtime::Json, harvest_runtime::Date);
             struct C(harvest_runtime::Date);",
            &[],
            "use harvest_runtime::Date;
             #[cfg(feature = \"x\")] use harvest_runtime::Json;
             #[cfg(feature = \"x\")] struct A(Json, Date);
             struct C(Date);",
        );
    }

    #[test]
    fn paths_of_other_crates_and_conditional_imports_are_left_alone() {
        let code = "#[allow(unused_imports)] use harvest_runtime::{Json};
             struct A(other::harvest_runtime::Json, ::harvest_runtime::Json);
             mod b { struct C(harvest_runtime::Json); }";
        becomes(code, &[], code);
    }
}
