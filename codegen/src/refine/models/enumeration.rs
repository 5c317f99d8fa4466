//! Enumerations.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, Item, ItemEnum};

use crate::markdown;
use crate::refine::{Error, docs, items};

/// An enumeration that knows what it does not know: unknown values are kept and sent back as they came.
pub(super) fn enumeration(
    item: &ItemEnum,
    values: &[String],
    docs: &TokenStream,
) -> Result<Vec<Item>, Error> {
    let name = &item.ident;
    let variants: Vec<&Ident> = item.variants.iter().map(|v| &v.ident).collect();
    if variants.len() != values.len() {
        return Err(Error::Missing(format!("variant for each value of {name}")));
    }
    let lines = values.iter().map(|v| docs::lines(&markdown::code(v)));
    items(
        &name.to_string(),
        quote! {
            #docs
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#lines #variants,)*
                /// A value that the description does not have.
                Unknown(harvest_runtime::UnknownValue),
            }
            harvest_runtime::open_enum!(#name { #(#variants = #values,)* });
        },
    )
}
