//! A compiled version as one file of Rust, which a test can include.

use harvest_codegen::Version;
use quote::quote;

/// The modules of a version in one file, as `prettyplease` prints them.
pub fn flatten(version: &Version) -> String {
    let refined = &version.refined;
    let (client, table) = (&refined.client, &refined.table);
    let models = refined.models.iter().flat_map(|m| &m.items);
    let methods = refined.operations.iter().map(|o| &o.method);
    let items = refined.operations.iter().flat_map(|o| &o.items);
    let file = syn::parse2(quote! {
        pub mod client { #(#client)* }
        pub use client::Client;
        pub mod operations { #(#table)* }
        pub mod types { #(#models)* }
        impl Client { #(#methods)* }
        #(#items)*
    })
    .expect("items are Rust, and so is a file of items");
    format!(
        "// Written by `UPDATE_GOLDEN=1 cargo test -p harvest-tests --test golden`; read what changed before committing.\n\n{}",
        prettyplease::unparse(&file)
    )
}
