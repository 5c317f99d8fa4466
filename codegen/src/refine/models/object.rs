//! Objects: structs that `model!` reads and writes.

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, ItemStruct};

use super::property::{FieldEncoding, properties, words};
use super::selector::Group;
use super::{Direction, file, request};
use crate::lower::{Field, File};
use crate::refine::{Error, docs, items};

pub(super) fn object(
    item: &ItemStruct,
    fields: &IndexMap<String, Field>,
    file: Option<&File>,
    groups: &[Group],
    direction: Direction,
    docs: &TokenStream,
) -> Result<Vec<Item>, Error> {
    let name = &item.ident;
    let properties = properties(item, fields, direction)?;
    let definitions = properties.iter().map(|p| {
        let (ident, ty) = (&p.ident, p.ty());
        let words = docs::lines(&words(p));
        let deprecated = p.field.deprecated.then(|| quote!(#[deprecated]));
        quote!(#words #deprecated pub #ident: #ty,)
    });
    let hidden = direction
        .answer
        .then(|| quote!(received: harvest_runtime::model::Received,));
    let received = direction.answer.then(|| quote!(; received));
    let entries = properties
        .iter()
        .enumerate()
        .map(|(place, property)| property.entry(place, direction.answer));
    let shown = properties
        .iter()
        .find(|p| {
            p.wire == "id"
                && (matches!(p.slot, FieldEncoding::Plain) || p.is_optional_id(direction))
        })
        .map(|p| &p.ident);
    let setters = if direction.request && !direction.answer && !properties.is_empty() {
        request::setters(name, &properties, groups, direction.edit)
    } else if direction.request && direction.answer {
        request::constructor(name, &properties)
    } else {
        TokenStream::new()
    };
    let file = file
        .map(|file| file::file(name, file, &properties))
        .transpose()?;
    // A deprecated property is still read and written.
    let allow = properties
        .iter()
        .any(|p| p.field.deprecated)
        .then(|| quote!(#[allow(deprecated)]));
    items(
        &name.to_string(),
        quote! {
            #docs
            #allow
            #[derive(Clone, Default, PartialEq)]
            #[non_exhaustive]
            pub struct #name { #(#definitions)* #hidden }
            harvest_runtime::model!(#name [#shown #received] { #(#entries)* });
            #setters
            #file
        },
    )
}
