//! Unions.

use heck::ToSnakeCase;
use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, ItemEnum, Type};

use super::{Direction, is_impl_of};
use crate::lower::{Model, ModelKind};
use crate::refine::split::argument;
use crate::refine::{Error, docs, items, paths};

/// One of several shapes. In answers, a shape that the description does not have is kept as it came.
pub(super) fn union(
    mut item: ItemEnum,
    impls: Vec<syn::ItemImpl>,
    direction: Direction,
    models: &IndexMap<String, Model>,
    docs: &TokenStream,
) -> Result<Vec<Item>, Error> {
    let name = item.ident.clone();
    item.attrs = Vec::new();
    let mut shapes = Vec::new();
    for variant in &mut item.variants {
        let ty = variant.fields.iter().next().map(|field| &field.ty);
        let (required, shape) = ty.and_then(|ty| shape(ty, models)).ok_or_else(|| {
            Error::Unsupported(format!(
                "{name}::{} has no shape of its own in JSON",
                variant.ident
            ))
        })?;
        let ident = &variant.ident;
        shapes.push((required, quote!(#ident = #shape,)));
        let words = format!(
            "As {}.",
            ident.to_string().to_snake_case().replace('_', " ")
        );
        let words = docs::lines(&words);
        variant.attrs =
            syn::parse::Parser::parse2(syn::Attribute::parse_outer, words).unwrap_or_default();
    }
    // A member that requires more goes first: another one that requires part of it would fit as well.
    shapes.sort_by_key(|(required, _)| std::cmp::Reverse(*required));
    let shapes = shapes.into_iter().map(|(_, entry)| entry);
    let first = item
        .variants
        .first()
        .map(|v| v.ident.clone())
        .ok_or_else(|| Error::Missing(format!("variant of {name}")))?;
    let (default, other) = if direction.answer {
        item.variants.push(syn::parse_quote!(
            /// Something that the description does not have, as it came.
            Other(harvest_runtime::Json)
        ));
        (None, quote!(_ = Other,))
    } else {
        let default = quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::#first(Default::default())
                }
            }
        };
        (Some(default), TokenStream::new())
    };
    let kept = impls.into_iter().filter(|i| is_impl_of(i, &["From"]));
    // progenitor gives every variant a conversion but the texts, which have a fallible one.
    let text = item
        .variants
        .iter()
        .find(|v| v.fields.iter().any(|f| is_string(&f.ty)))
        .map(|v| {
            let ident = &v.ident;
            quote! {
                impl From<&str> for #name {
                    fn from(value: &str) -> Self {
                        Self::#ident(value.to_owned())
                    }
                }
                impl From<String> for #name {
                    fn from(value: String) -> Self {
                        Self::#ident(value)
                    }
                }
            }
        });
    items(
        &name.to_string(),
        quote! {
            #docs
            #[derive(Clone, PartialEq)]
            #[non_exhaustive]
            #item
            harvest_runtime::union!(#name { #(#shapes)* #other });
            #default
            #(#kept)*
            #text
        },
    )
}

/// How a type looks in JSON, and how many properties it requires.
fn shape(ty: &Type, models: &IndexMap<String, Model>) -> Option<(usize, TokenStream)> {
    if argument(ty, "Vec")
        .or_else(|| argument(ty, "List"))
        .is_some()
    {
        return Some((0, quote!(Array)));
    }
    let Type::Path(path) = ty else {
        return None;
    };
    // A model may be called like a type of the runtime.
    if let Some(model) = paths::model(&path.path).and_then(|name| models.get(&name)) {
        return Some(match &model.kind {
            ModelKind::Id => (0, quote!(Number)),
            ModelKind::Enum(_) | ModelKind::TextId => (0, quote!(String)),
            ModelKind::Object(fields) => {
                let required: Vec<_> = fields
                    .iter()
                    .filter(|(_, f)| f.required)
                    .map(|(n, _)| n)
                    .collect();
                (required.len(), quote!(Object(#(#required)*)))
            }
            ModelKind::Other | ModelKind::Selector(_) => (0, quote!(Object())),
        });
    }
    match path.path.segments.last()?.ident.to_string().as_str() {
        "String" | "Timestamp" | "Date" => Some((0, quote!(String))),
        "bool" => Some((0, quote!(Boolean))),
        "i32" | "i64" | "u32" | "u64" | "f32" | "f64" => Some((0, quote!(Number))),
        _ => None,
    }
}

fn is_string(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("String"))
}
