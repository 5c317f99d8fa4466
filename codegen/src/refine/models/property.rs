//! Properties of objects, each with its field.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::{Ident, ItemStruct, Type};

use super::Direction;
use crate::lower::Field;
use crate::markdown;
use crate::refine::Error;
use crate::refine::split::argument;

/// How a property is read and written.
pub(super) enum FieldEncoding {
    /// Always there, in an answer as far as is known: missing or null becomes the default.
    Plain,
    /// There or not.
    Optional,
    /// There, null, or missing.
    Nullable,
    /// Leave, clear or set.
    Patch,
    /// Always sent, null included.
    Null,
}

/// A property of an object, and its field.
pub(super) struct Property<'a> {
    pub wire: String,
    pub ident: Ident,
    pub inner: Type,
    pub slot: FieldEncoding,
    pub field: &'a Field,
}

impl Property<'_> {
    pub fn ty(&self) -> Type {
        let inner = &self.inner;
        match self.slot {
            FieldEncoding::Plain => inner.clone(),
            FieldEncoding::Optional | FieldEncoding::Nullable | FieldEncoding::Null => {
                syn::parse_quote!(Option<#inner>)
            }
            FieldEncoding::Patch => syn::parse_quote!(harvest_runtime::Patch<#inner>),
        }
    }

    /// Whether an answer may leave out this id, which is one of the kinds of ids. A plain text could say anything.
    pub(super) fn is_optional_id(&self, direction: Direction) -> bool {
        let is_text = match &self.inner {
            Type::Path(path) => path
                .path
                .segments
                .last()
                .is_some_and(|name| name.ident == "String"),
            _ => false,
        };
        direction.answer
            && matches!(self.slot, FieldEncoding::Optional | FieldEncoding::Nullable)
            && !is_text
    }

    pub(super) fn entry(&self, place: usize, is_answer: bool) -> TokenStream {
        let place = Literal::usize_unsuffixed(place);
        let (wire, ident) = (&self.wire, &self.ident);
        let kind = match (&self.slot, is_answer) {
            (FieldEncoding::Plain, true) => "required",
            (FieldEncoding::Plain, false) => "plain",
            (FieldEncoding::Optional, _) => "optional",
            (FieldEncoding::Nullable, _) => "nullable",
            (FieldEncoding::Patch, _) => "patch",
            (FieldEncoding::Null, _) => "null",
        };
        // The runtime does not know how to read such types itself.
        let kind = if is_answer && is_foreign(&self.inner) {
            format_ident!("any_{kind}")
        } else {
            format_ident!("{kind}")
        };
        quote!(#place #wire => #ident: #kind,)
    }
}

/// Whether a type is neither the runtime's nor made from the description, nor one of the plain ones.
fn is_foreign(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path.path.segments.iter().any(|segment| {
            segment.ident == "serde_json" || segment.ident == "indexmap" || {
                match &segment.arguments {
                    syn::PathArguments::AngleBracketed(arguments) => {
                        arguments.args.iter().any(|argument| match argument {
                            syn::GenericArgument::Type(ty) => is_foreign(ty),
                            _ => false,
                        })
                    }
                    _ => false,
                }
            }
        }),
        _ => true,
    }
}

pub(super) fn words(property: &Property<'_>) -> String {
    let mut text = markdown::prose(&property.field.description);
    if text.is_empty() {
        text = markdown::code(&property.wire);
    }
    text
}

/// The properties of an object, with the fields that progenitor made of them.
pub(super) fn properties<'a>(
    item: &ItemStruct,
    fields: &'a IndexMap<String, Field>,
    direction: Direction,
) -> Result<Vec<Property<'a>>, Error> {
    let name = &item.ident;
    let mut found: BTreeMap<String, (&Ident, &Type)> = BTreeMap::new();
    for field in &item.fields {
        if let Some(ident) = &field.ident {
            found.insert(
                rename(&field.attrs).unwrap_or_else(|| ident.to_string()),
                (ident, &field.ty),
            );
        }
    }
    let mut out = Vec::new();
    for (wire, field) in fields {
        let (ident, ty) = found
            .remove(wire)
            .ok_or_else(|| Error::Missing(format!("field for {name}.{wire}")))?;
        let mut inner = argument(ty, "Option").unwrap_or(ty).clone();
        // What is optional and holds itself is an option in a box in an option: the inner one has nothing to say.
        if let Some(boxed) = argument(&inner, "Box").and_then(|b| argument(b, "Option")) {
            inner = syn::parse_quote!(Box<#boxed>);
        }
        let slot = match (field.required, field.nullable, direction.answer) {
            (true, false, _) => FieldEncoding::Plain,
            (_, _, true) => FieldEncoding::Nullable,
            (true, true, false) => FieldEncoding::Null,
            (false, true, false) => FieldEncoding::Patch,
            (false, false, false) => FieldEncoding::Optional,
        };
        out.push(Property {
            wire: wire.clone(),
            ident: ident.clone(),
            inner,
            slot,
            field,
        });
    }
    Ok(out)
}

/// The name in serde's attribute of a field.
fn rename(attrs: &[syn::Attribute]) -> Option<String> {
    let mut name = None;
    for attr in attrs.iter().filter(|a| a.path().is_ident("serde")) {
        // Other keys of the attribute are of no interest, and are skipped by reading their value if there is one.
        let _ = attr.parse_nested_meta(|meta| {
            if let Ok(value) = meta.value() {
                let literal: syn::Lit = value.parse()?;
                if let (true, syn::Lit::Str(text)) = (meta.path.is_ident("rename"), literal) {
                    name = Some(text.value());
                }
            }
            Ok(())
        });
    }
    name
}
