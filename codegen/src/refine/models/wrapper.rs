//! Types around another.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, ItemStruct};

use super::{Direction, is_impl_of};
use crate::refine::{Error, items};

/// A type around another: a map, or a value of any shape.
pub(super) fn wrapper(
    mut item: ItemStruct,
    impls: Vec<syn::ItemImpl>,
    direction: Direction,
    docs: &TokenStream,
) -> Result<Vec<Item>, Error> {
    let name = item.ident.clone();
    item.attrs = Vec::new();
    let kept = impls
        .into_iter()
        .filter(|i| is_impl_of(i, &["Deref", "From"]));
    let field = direction
        .answer
        .then(|| quote!(harvest_runtime::any_field!(#name);));
    items(
        &name.to_string(),
        quote! {
            #docs
            #[derive(Clone, Default, PartialEq, serde::Deserialize, serde::Serialize)]
            #[serde(transparent)]
            #item
            #(#kept)*
            harvest_runtime::redacted_debug!(#name {});
            #field
        },
    )
}
