//! Rewrites the types that progenitor chose: our own for times and dates, short names where the prelude has them,
//! and `types::` before models in operations.

use std::collections::BTreeSet;

use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Path, Type, parse_quote};

use super::split::{BuilderPart, Shape, TypePart, argument};

pub(super) fn rewrite_type(part: &mut TypePart, names: &BTreeSet<String>) {
    let mut rewrite = Rewrite {
        names,
        prefix: false,
    };
    match &mut part.shape {
        Shape::Struct(item) => rewrite.visit_item_struct_mut(item),
        Shape::Enum(item) => rewrite.visit_item_enum_mut(item),
        Shape::Alias(item) => rewrite.visit_item_type_mut(item),
    }
    for item in &mut part.impls {
        rewrite.visit_item_impl_mut(item);
    }
}

pub(super) fn rewrite_builder(part: &mut BuilderPart, names: &BTreeSet<String>) {
    let mut rewrite = Rewrite {
        names,
        prefix: true,
    };
    for ty in part.fields.values_mut() {
        rewrite.visit_type_mut(ty);
    }
    rewrite.visit_type_mut(&mut part.success);
}

/// Makes the lists of a type that is answered ones that take null for an item.
pub(super) fn take_nulls(part: &mut TypePart) {
    match &mut part.shape {
        Shape::Struct(item) => Lists.visit_item_struct_mut(item),
        Shape::Enum(item) => Lists.visit_item_enum_mut(item),
        Shape::Alias(item) => Lists.visit_item_type_mut(item),
    }
    for item in &mut part.impls {
        Lists.visit_item_impl_mut(item);
    }
}

/// The same of an answer.
pub(super) fn take_nulls_in(ty: &Type) -> Type {
    let mut ty = ty.clone();
    Lists.visit_type_mut(&mut ty);
    ty
}

struct Lists;

impl VisitMut for Lists {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        visit_mut::visit_type_mut(self, ty);
        if let Some(item) = argument(ty, "Vec") {
            *ty = parse_quote!(harvest_runtime::List<#item>);
        }
    }
}

struct Rewrite<'a> {
    names: &'a BTreeSet<String>,
    /// Whether models are written with the module that they are in.
    prefix: bool,
}

impl VisitMut for Rewrite<'_> {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let Type::Path(path) = ty
            && let Some(own) = own(&path.path)
        {
            *ty = own;
            return;
        }
        visit_mut::visit_type_mut(self, ty);
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        if path.leading_colon.is_some() && PRELUDE.contains(&text(path).as_str()) {
            path.leading_colon = None;
            path.segments = path.segments.last().cloned().into_iter().collect();
        }
        if model(path).is_some_and(|name| self.names.contains(&name))
            && let Some(last) = path.segments.last().cloned()
        {
            *path = if self.prefix {
                parse_quote!(types::#last)
            } else {
                parse_quote!(#last)
            };
        }
    }
}

const PRELUDE: [&str; 7] = [
    "std::option::Option",
    "std::vec::Vec",
    "std::string::String",
    "std::boxed::Box",
    "std::result::Result",
    "std::convert::From",
    "std::convert::TryFrom",
];

/// Our own type instead of one that progenitor chose.
fn own(path: &Path) -> Option<Type> {
    match text(path).as_str() {
        "chrono::DateTime" => Some(parse_quote!(harvest_runtime::Timestamp)),
        "chrono::naive::NaiveDate" | "chrono::NaiveDate" => {
            Some(parse_quote!(harvest_runtime::Date))
        }
        _ => None,
    }
}

fn text(path: &Path) -> String {
    path.segments
        .iter()
        .map(|s| s.ident.to_string())
        .collect::<Vec<_>>()
        .join("::")
}

/// The name of the model that a path may be of. A longer path is of something else, whatever its last step is called.
pub(super) fn model(path: &Path) -> Option<String> {
    let is_model = path.leading_colon.is_none()
        && (path.segments.len() == 1 || text(path).starts_with("types::"));
    path.segments
        .last()
        .filter(|_| is_model)
        .map(|last| last.ident.to_string())
}

/// The models that a type refers to.
pub(super) fn uses(ty: &Type, names: &BTreeSet<String>) -> BTreeSet<String> {
    let mut uses = Uses {
        names,
        found: BTreeSet::new(),
    };
    uses.visit_type(ty);
    uses.found
}

struct Uses<'a> {
    names: &'a BTreeSet<String>,
    found: BTreeSet<String>,
}

impl<'ast> Visit<'ast> for Uses<'_> {
    fn visit_path(&mut self, path: &'ast Path) {
        if let Some(name) = model(path).filter(|name| self.names.contains(name)) {
            self.found.insert(name);
        }
        syn::visit::visit_path(self, path);
    }
}
