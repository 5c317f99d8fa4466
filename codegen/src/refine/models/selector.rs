//! Selectors: enums of the properties of which exactly one is sent.
//!
//! The larger models that have such a group of properties among others ask for the selector in `new`.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase as _;
use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::{Ident, Item, ItemStruct, Type};

use super::Direction;
use super::property::{self, FieldEncoding, Property};
use crate::lower::{Field, Model, ModelKind};
use crate::refine::split::{Shape, TypePart};
use crate::refine::{Error, docs, items, paths};
use crate::{markdown, names};

/// An enum with a variant for each property, in their order.
///
/// It converts from the type of each property; where several have one type, the first of them takes it. Where one type
/// of ids is taken, a plain number is an id.
pub(super) fn selector(
    item: &ItemStruct,
    fields: &IndexMap<String, Field>,
    models: &IndexMap<String, Model>,
    docs: &TokenStream,
) -> Result<Vec<Item>, Error> {
    let name = &item.ident;
    let properties = property::properties(item, fields, Direction::default())?;
    let mut variants = TokenStream::new();
    let mut entries = TokenStream::new();
    let mut conversions = TokenStream::new();
    let mut taken = BTreeSet::new();
    for property in &properties {
        let (variant, ty, wire) = (variant(&property.wire), &property.inner, &property.wire);
        let words = docs::lines(&property::words(property));
        variants.extend(quote!(#words #variant(#ty),));
        entries.extend(quote!(#wire => #variant,));
        if taken.insert(ty.to_token_stream().to_string()) {
            let into = Conversion {
                name,
                property,
                variant: &variant,
            };
            conversions.extend(into.from(ty, &quote!(value)));
            if is(ty, "String") {
                conversions.extend(into.from(&syn::parse_quote!(&str), &quote!(value.to_owned())));
            }
        }
    }
    let ids: Vec<_> = properties
        .iter()
        .filter(|p| is_id(&p.inner, models))
        .collect();
    if let Some(id) = ids.first()
        && ids.iter().all(|other| other.inner == id.inner)
        && !taken.contains("i64")
    {
        let variant = variant(&id.wire);
        let into = Conversion {
            name,
            property: id,
            variant: &variant,
        };
        conversions.extend(into.from(&syn::parse_quote!(i64), &quote!(value.into())));
    }
    items(
        &name.to_string(),
        quote! {
            #docs
            #[derive(Clone, PartialEq)]
            #[non_exhaustive]
            pub enum #name { #variants }
            harvest_runtime::selector!(#name { #entries });
            #conversions
        },
    )
}

/// The variant of a property.
pub(super) fn variant(wire: &str) -> Ident {
    format_ident!("{}", names::variant(wire))
}

/// The groups of larger models that are like a selector, by the name of the model.
pub(super) struct Selectors(BTreeMap<String, Vec<Group>>);

impl Selectors {
    pub(super) fn of(parts: &[TypePart], models: &IndexMap<String, Model>) -> Self {
        let mut selectors = Vec::new();
        let mut others = Vec::new();
        for part in parts {
            let (Some(model), Shape::Struct(item)) = (models.get(&part.name), &part.shape) else {
                continue;
            };
            match &model.kind {
                ModelKind::Selector(fields) => selectors.push((&part.name, types(item, fields))),
                ModelKind::Object(fields) if !model.groups.is_empty() => {
                    others.push((&part.name, &model.groups, types(item, fields)));
                }
                _ => {}
            }
        }
        let like = |names: &Vec<String>, types: &IndexMap<String, Type>| {
            let group: Vec<_> = names
                .iter()
                .filter_map(|name| types.get_key_value(name))
                .collect();
            let (selector, _) = selectors
                .iter()
                .find(|(_, own)| own.iter().eq(group.iter().copied()))?;
            Some(Group {
                selector: (*selector).clone(),
                names: names.clone(),
            })
        };
        let found = others.into_iter().map(|(model, groups, types)| {
            let groups = groups.iter().filter_map(|names| like(names, &types));
            (model.clone(), groups.collect())
        });
        Self(found.collect())
    }

    pub(super) fn groups(&self, model: &str) -> &[Group] {
        self.0.get(model).map_or(&[], Vec::as_slice)
    }

    /// The selectors that `new` of a larger model asks for.
    pub(super) fn asked_for_by(&self, model: &str) -> impl Iterator<Item = String> {
        self.groups(model)
            .iter()
            .map(|group| group.selector.clone())
    }
}

/// The types of the properties, in their order.
fn types(item: &ItemStruct, fields: &IndexMap<String, Field>) -> IndexMap<String, Type> {
    let properties = property::properties(item, fields, Direction::default());
    let properties = properties.unwrap_or_default().into_iter();
    properties.map(|p| (p.wire, p.inner)).collect()
}

/// A group of properties of a larger model, which a selector sets.
pub(super) struct Group {
    selector: String,
    names: Vec<String>,
}

impl Group {
    pub(super) fn has(&self, property: &str) -> bool {
        self.names.iter().any(|name| name == property)
    }

    /// The argument of `new`, called like the selector.
    pub(super) fn argument(&self) -> TokenStream {
        let (name, selector) = (self.name(), format_ident!("{}", self.selector));
        quote!(#name: impl Into<#selector>)
    }

    /// The statement that sets the property which is selected.
    pub(super) fn statement(&self, properties: &[Property<'_>]) -> TokenStream {
        let (name, selector) = (self.name(), format_ident!("{}", self.selector));
        let arms = properties.iter().filter(|p| self.has(&p.wire)).map(|p| {
            let (variant, ident) = (variant(&p.wire), &p.ident);
            let value = if let FieldEncoding::Patch = p.slot {
                quote!(harvest_runtime::Patch::Set(value))
            } else {
                quote!(Some(value))
            };
            quote!(#selector::#variant(value) => new.#ident = #value,)
        });
        quote!(match Into::<#selector>::into(#name) { #(#arms)* })
    }

    fn name(&self) -> Ident {
        format_ident!("{}", self.selector.to_snake_case())
    }
}

struct Conversion<'a> {
    name: &'a Ident,
    property: &'a Property<'a>,
    variant: &'a Ident,
}

impl Conversion<'_> {
    fn from(&self, ty: &Type, value: &TokenStream) -> TokenStream {
        let Self {
            name,
            property,
            variant,
        } = self;
        let words = docs::lines(&format!("Selects by {}.", markdown::code(&property.wire)));
        quote! {
            #words
            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant(#value)
                }
            }
        }
    }
}

fn is(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident(name))
}

fn is_id(ty: &Type, models: &IndexMap<String, Model>) -> bool {
    let Type::Path(path) = ty else {
        return false;
    };
    paths::model(&path.path)
        .and_then(|name| models.get(&name))
        .is_some_and(|model| matches!(model.kind, ModelKind::Id))
}
