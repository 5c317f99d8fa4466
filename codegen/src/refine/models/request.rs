//! How request models are made: `new` with what is required, and a method for each other property.

use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use super::object::{Property, Slot};
use crate::markdown;
use crate::refine::docs;

/// `new` with the required properties of a model that is both sent and answered.
pub(super) fn constructor(name: &Ident, properties: &[Property<'_>]) -> TokenStream {
    let new = new(properties, true);
    if new.is_empty() {
        return new;
    }
    quote!(impl #name { #new })
}

/// `has_more` fields than the properties there are in models that are answered.
fn new(properties: &[Property<'_>], has_more: bool) -> TokenStream {
    let required: Vec<_> = properties
        .iter()
        .filter(|p| matches!(p.slot, Slot::Plain | Slot::Null))
        .collect();
    if required.is_empty() {
        return TokenStream::new();
    }
    let idents: Vec<_> = required.iter().map(|p| &p.ident).collect();
    let types = required.iter().map(|p| p.ty());
    let allow = required
        .iter()
        .any(|p| p.field.deprecated)
        .then(|| quote!(#[allow(deprecated)]));
    let rest =
        (has_more || required.len() < properties.len()).then(|| quote!(..Default::default()));
    quote! {
        /// With what is required.
        #allow
        pub fn new(#(#idents: impl Into<#types>),*) -> Self {
            Self { #(#idents: #idents.into(),)* #rest }
        }
    }
}

/// `new`, and a method for each optional property of a request model.
pub(super) fn setters(name: &Ident, properties: &[Property<'_>]) -> TokenStream {
    let new = new(properties, false);
    let methods = properties.iter().map(|p| {
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
        let set = |value: TokenStream| {
            quote! {
                #words
                #deprecated
                #[must_use]
                pub fn #ident(mut self, value: impl Into<#inner>) -> Self {
                    self.#ident = #value;
                    self
                }
            }
        };
        match p.slot {
            Slot::Optional => set(quote!(Some(value.into()))),
            Slot::Patch => {
                let set = set(quote!(harvest_runtime::Patch::Set(value.into())));
                let clear = format_ident!("clear_{}", ident.to_string().to_snake_case());
                let note = docs::lines(&format!("Clears {}: sends null.", markdown::code(&p.wire)));
                quote! {
                    #set
                    #note
                    #deprecated
                    #[must_use]
                    pub fn #clear(mut self) -> Self {
                        self.#ident = harvest_runtime::Patch::Clear;
                        self
                    }
                }
            }
            _ => TokenStream::new(),
        }
    });
    quote!(impl #name { #new #(#methods)* })
}
