//! Schemas that the runtime has code of its own for.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, Item, Path};

use crate::refine::{Error, items};

/// The runtime's type under the name of the schema.
pub(super) fn alias(name: &Ident, path: &str, docs: &TokenStream) -> Result<Vec<Item>, Error> {
    let path = inside(path)?;
    items(&name.to_string(), quote!(#docs pub type #name = #path;))
}

/// The runtime's trait for the type that was made from the schema.
pub(super) fn implementation(name: &Ident, path: &str) -> Result<Vec<Item>, Error> {
    let path = inside(path)?;
    items(&name.to_string(), quote!(impl #path for #name {}))
}

fn inside(path: &str) -> Result<Path, Error> {
    syn::parse_str(&format!("harvest_runtime::{path}")).map_err(|error| Error::Parse {
        what: path.to_owned(),
        error,
    })
}
