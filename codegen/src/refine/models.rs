//! Models: ids, open enumerations, objects and unions, each in its final form.

mod enumeration;
mod file;
mod object;
mod property;
mod request;
mod runtime;
mod selector;
mod union;
mod wrapper;

use std::collections::{BTreeMap, BTreeSet};

use heck::ToPascalCase;
use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Fields, Item, ItemStruct, Type};

use self::selector::Selectors;
use super::split::{Shape, TypePart};
use super::{Error, ModelCode, OperationCode, docs, items, paths};
use crate::lower::{Method, Model, ModelKind};
use crate::markdown;
use crate::role::Form;

/// Where a model goes.
#[derive(Clone, Copy, Default)]
struct Direction {
    request: bool,
    answer: bool,
    /// Whether it is sent to change a record that exists.
    edit: bool,
}

pub(super) fn refine(
    parts: Vec<TypePart>,
    models: &IndexMap<String, Model>,
    operations: &[OperationCode],
) -> Result<Vec<ModelCode>, Error> {
    let names: BTreeSet<String> = parts.iter().map(|p| p.name.clone()).collect();
    let mut uses: BTreeMap<String, BTreeSet<String>> = parts
        .iter()
        .map(|p| {
            // A type of the runtime refers to nothing that is made from the description.
            let own = runtime_type(models, &p.name).is_some();
            let uses = if own {
                BTreeSet::new()
            } else {
                part_uses(p, &names)
            };
            (p.name.clone(), uses)
        })
        .collect();
    let selectors = Selectors::of(&parts, models);
    for (name, uses) in &mut uses {
        uses.extend(selectors.asked_for_by(name));
    }
    let directions = directions(&uses, operations);
    parts
        .into_iter()
        .filter_map(|part| {
            // What no operation leads to (the model of error answers, say) is no part of the client.
            let direction = *directions.get(&part.name)?;
            let mut part = part;
            if direction.answer {
                paths::take_nulls(&mut part);
            }
            let name = part.name.clone();
            let uses = uses[&name].clone();
            let is_id = matches!(
                models.get(&name).map(|m| &m.kind),
                Some(ModelKind::Id | ModelKind::TextId)
            );
            Some(
                model(part, models, &selectors, direction).map(|items| ModelCode {
                    name,
                    items,
                    uses,
                    is_id,
                }),
            )
        })
        .collect()
}

fn runtime_type(models: &IndexMap<String, Model>, name: &str) -> Option<&'static str> {
    match models.get(name)?.role?.form {
        Form::Type(path) => Some(path),
        Form::Trait(_) => None,
    }
}

fn part_uses(part: &TypePart, names: &BTreeSet<String>) -> BTreeSet<String> {
    let fields: Vec<&Type> = match &part.shape {
        Shape::Struct(item) => item.fields.iter().map(|f| &f.ty).collect(),
        Shape::Enum(item) => item
            .variants
            .iter()
            .flat_map(|v| &v.fields)
            .map(|f| &f.ty)
            .collect(),
        Shape::Alias(item) => vec![&*item.ty],
    };
    let mut uses: BTreeSet<String> = fields
        .into_iter()
        .flat_map(|ty| paths::uses(ty, names))
        .collect();
    uses.remove(&part.name);
    uses
}

fn directions(
    uses: &BTreeMap<String, BTreeSet<String>>,
    operations: &[OperationCode],
) -> BTreeMap<String, Direction> {
    let mut out: BTreeMap<String, Direction> = BTreeMap::new();
    let mut mark = |from: &str, way: fn(&mut Direction) -> &mut bool| {
        let mut open = vec![from.to_owned()];
        while let Some(name) = open.pop() {
            let known = way(out.entry(name.clone()).or_default());
            if !std::mem::replace(known, true) {
                open.extend(uses.get(&name).into_iter().flatten().cloned());
            }
        }
    };
    for operation in operations {
        for name in &operation.uses {
            if !operation.answers.contains(name) {
                mark(name, |direction| &mut direction.request);
            }
        }
        for name in &operation.answers {
            mark(name, |direction| &mut direction.answer);
        }
        if let Some(body) = &operation.facts.body {
            let name = body.schema.to_pascal_case();
            mark(&name, |direction| &mut direction.request);
            if matches!(operation.facts.method, Method::Put | Method::Patch) {
                mark(&name, |direction| &mut direction.edit);
            }
        }
    }
    out
}

fn model(
    part: TypePart,
    models: &IndexMap<String, Model>,
    selectors: &Selectors,
    direction: Direction,
) -> Result<Vec<Item>, Error> {
    let name = format_ident!("{}", part.name);
    let known = models.get(&part.name);
    let description = known
        .map(|m| markdown::prose(&m.description))
        .unwrap_or_default();
    let docs = docs::lines(if description.is_empty() {
        "One of several shapes."
    } else {
        &description
    });
    if let Some(path) = runtime_type(models, &part.name) {
        return runtime::alias(&name, path, &docs);
    }
    let mut items = define(part, models, selectors, direction, &docs)?;
    if let Some(Form::Trait(path)) = known.and_then(|m| m.role).map(|role| role.form) {
        items.extend(runtime::implementation(&name, path)?);
    }
    Ok(items)
}

/// A model as it is made from its schema.
fn define(
    part: TypePart,
    models: &IndexMap<String, Model>,
    selectors: &Selectors,
    direction: Direction,
    docs: &TokenStream,
) -> Result<Vec<Item>, Error> {
    let name = format_ident!("{}", part.name);
    let known = models.get(&part.name);
    match (part.shape, known.map(|m| &m.kind)) {
        (Shape::Struct(_), Some(ModelKind::Id)) => items(
            &part.name,
            quote! {
                #docs
                #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
                pub struct #name(pub i64);
                harvest_runtime::id!(#name);
            },
        ),
        (Shape::Struct(_), Some(ModelKind::TextId)) => items(
            &part.name,
            quote! {
                #docs
                #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
                pub struct #name(pub String);
                harvest_runtime::text_id!(#name);
            },
        ),
        (Shape::Enum(item), Some(ModelKind::Enum(values))) => {
            enumeration::enumeration(&item, values, docs)
        }
        (Shape::Struct(item), Some(ModelKind::Object(fields)))
            if matches!(item.fields, Fields::Named(_)) =>
        {
            object::object(
                &item,
                fields,
                known.and_then(|m| m.file.as_ref()),
                selectors.groups(&part.name),
                direction,
                docs,
            )
        }
        (Shape::Struct(item), Some(ModelKind::Selector(fields))) => {
            selector::selector(&item, fields, models, docs)
        }
        // An object without properties: progenitor makes it a map.
        (Shape::Struct(item), Some(ModelKind::Object(fields))) if fields.is_empty() => {
            let empty: ItemStruct = syn::parse_quote!(pub struct #name {});
            let _ = item;
            object::object(&empty, fields, None, &[], direction, docs)
        }
        (Shape::Struct(item), _) => wrapper::wrapper(item, part.impls, direction, docs),
        (Shape::Enum(item), _) => union::union(item, part.impls, direction, models, docs),
        (Shape::Alias(mut item), _) => {
            item.attrs.clear();
            items(&part.name, quote!(#docs #item))
        }
    }
}

fn is_impl_of(item: &syn::ItemImpl, traits: &[&str]) -> bool {
    item.trait_
        .as_ref()
        .and_then(|(path, _)| path.segments.last())
        .is_some_and(|s| traits.iter().any(|t| s.ident == t))
}
