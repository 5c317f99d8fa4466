//! A compiled version as one file of Rust, which a test can include.

use harvest_codegen::Version;
use quote::quote;

/// The modules of a version in one file, as `prettyplease` prints them.
pub fn flatten(version: &Version) -> String {
    let refined = &version.refined;
    let (client, names, table) = (&refined.client.items, &refined.client.names, &refined.table);
    let models = refined.models.iter().flat_map(|m| &m.items);
    let mut methods = refined.client.methods.clone();
    methods.items.extend(
        refined
            .operations
            .iter()
            .flat_map(|o| o.methods.iter().cloned().map(syn::ImplItem::Fn)),
    );
    let items = refined.operations.iter().flat_map(|o| &o.items);
    let file = syn::parse2(quote! {
        pub mod client { #(#client)* }
        #(#names)*
        pub mod operations { #(#table)* }
        pub mod types { #(#models)* }
        pub mod requests {
            use std::marker::PhantomData;
            use super::{client::*, operations, types};
            #methods
            #(#items)*
        }
        pub use requests::*;
    })
    .expect("items are Rust, and so is a file of items");
    format!(
        "// Written by `UPDATE_GOLDEN=1 cargo test -p harvest-tests --test golden`; read what \
         changed before committing.\n\n{}",
        prettyplease::unparse(&file)
    )
}
