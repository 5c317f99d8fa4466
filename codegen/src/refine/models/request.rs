//! Request models: `new` with what is required, and a method for each other property.

use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use super::property::{FieldEncoding, Property};
use super::selector::Group;
use crate::markdown;
use crate::refine::docs;
use crate::refine::split::argument;

/// `new` with the required properties of a model that is both sent and answered.
pub(super) fn constructor(name: &Ident, properties: &[Property<'_>]) -> TokenStream {
    let new = new(properties, &[], true);
    let switches: Vec<_> = switches(properties).collect();
    if new.is_empty() && switches.is_empty() {
        return new;
    }
    quote!(impl #name { #new #(#switches)* })
}

/// `has_more` fields than the properties there are in models that are answered.
fn new(properties: &[Property<'_>], groups: &[Group], has_more: bool) -> TokenStream {
    let required: Vec<_> = properties
        .iter()
        .filter(|p| is_required(p) && !is_switch(p, properties))
        .collect();
    if required.is_empty() && groups.is_empty() {
        return TokenStream::new();
    }
    let selectors = groups.iter().map(Group::argument);
    let arguments = required.iter().map(|p| {
        let (ident, ty) = (&p.ident, p.ty());
        if let Some(item) = argument(&ty, "Vec") {
            quote!(#ident: impl IntoIterator<Item = impl Into<#item>>)
        } else {
            quote!(#ident: impl Into<#ty>)
        }
    });
    let values = required.iter().map(|p| {
        let ident = &p.ident;
        let value = converted(&p.ty(), &quote!(#ident));
        quote!(#ident: #value,)
    });
    let allow = required
        .iter()
        .any(|p| p.field.deprecated)
        .then(|| quote!(#[allow(deprecated)]));
    let rest =
        (has_more || required.len() < properties.len()).then(|| quote!(..Default::default()));
    let arguments = selectors.chain(arguments);
    let body = if groups.is_empty() {
        quote!(Self { #(#values)* #rest })
    } else {
        let selected = groups.iter().map(|group| group.statement(properties));
        quote! {
            let mut new = Self { #(#values)* #rest };
            #(#selected)*
            new
        }
    };
    quote! {
        /// With what is required.
        #allow
        pub fn new(#(#arguments),*) -> Self {
            #body
        }
    }
}

fn is_required(property: &Property<'_>) -> bool {
    matches!(property.slot, FieldEncoding::Plain | FieldEncoding::Null)
}

/// One of several booleans that are required. As arguments in a row they could not be distinguished, so each has a method,
/// and is false without it.
fn is_switch(property: &Property<'_>, properties: &[Property<'_>]) -> bool {
    let is_bool = |p: &&Property<'_>| {
        let ty = &p.inner;
        matches!(p.slot, FieldEncoding::Plain)
            && matches!(ty, syn::Type::Path(path) if path.path.is_ident("bool"))
    };
    is_bool(&property) && properties.iter().filter(is_bool).count() > 1
}

/// A value as its field holds it.
fn converted(ty: &syn::Type, value: &TokenStream) -> TokenStream {
    if argument(ty, "Vec").is_some() {
        quote!(harvest_runtime::__private::list::<#ty, _>(#value))
    } else {
        quote!(#value.into())
    }
}

/// `new`, and a method for each optional property of a request model.
///
/// What a selector sets in `new` has no method, which could set another property of its group. `edits` is whether the
/// model changes a record that exists: its lists can be cleared, by a method, because `[]` has no type that converts.
pub(super) fn setters(
    name: &Ident,
    properties: &[Property<'_>],
    groups: &[Group],
    edits: bool,
) -> TokenStream {
    let new = new(properties, groups, false);
    let free = properties
        .iter()
        .filter(|p| !groups.iter().any(|group| group.has(&p.wire)));
    let methods = free.map(|p| {
        let (ident, inner) = (&p.ident, &p.inner);
        let words = docs::lines(&if p.field.description.is_empty() {
            format!("Sets {}.", markdown::code(&p.wire))
        } else {
            markdown::prose(&p.field.description)
        });
        let deprecated = p
            .field
            .deprecated
            .then(|| quote!(#[deprecated] #[allow(deprecated)]));
        let (parameter, value) = match argument(inner, "Vec") {
            Some(item) => (
                quote!(values: impl IntoIterator<Item = impl Into<#item>>),
                converted(inner, &quote!(values)),
            ),
            None => (quote!(value: impl Into<#inner>), quote!(value.into())),
        };
        let set = |value: TokenStream| {
            quote! {
                #words
                #deprecated
                #[must_use]
                pub fn #ident(mut self, #parameter) -> Self {
                    self.#ident = #value;
                    self
                }
            }
        };
        let clear = |words: String, value: TokenStream| {
            let clear = format_ident!("clear_{}", ident.to_string().to_snake_case());
            let note = docs::lines(&words);
            quote! {
                #note
                #deprecated
                #[must_use]
                pub fn #clear(mut self) -> Self {
                    self.#ident = #value;
                    self
                }
            }
        };
        match p.slot {
            FieldEncoding::Optional if edits && p.field.clears => {
                let set = set(quote!(Some(#value)));
                let words = format!("Sends an empty list as {}.", markdown::code(&p.wire));
                let clear = clear(words, quote!(Some(Vec::new())));
                quote!(#set #clear)
            }
            FieldEncoding::Optional => set(quote!(Some(#value))),
            FieldEncoding::Patch => {
                let set = set(quote!(harvest_runtime::Patch::Set(#value)));
                let words = format!("Clears {}: sends null.", markdown::code(&p.wire));
                let clear = clear(words, quote!(harvest_runtime::Patch::Clear));
                quote!(#set #clear)
            }
            _ => TokenStream::new(),
        }
    });
    let switches = switches(properties);
    quote!(impl #name { #new #(#switches)* #(#methods)* })
}

/// A method for each boolean that is no argument of `new`.
fn switches(properties: &[Property<'_>]) -> impl Iterator<Item = TokenStream> {
    let switches = properties.iter().filter(|p| is_switch(p, properties));
    switches.map(|p| {
        let ident = &p.ident;
        let words = docs::lines(&format!(
            "{}\n\nFalse if it is not set.",
            markdown::prose(&p.field.description)
        ));
        quote! {
            #words
            #[must_use]
            pub fn #ident(mut self, value: bool) -> Self {
                self.#ident = value;
                self
            }
        }
    })
}
