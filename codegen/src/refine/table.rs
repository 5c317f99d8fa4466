//! The facts of the operations as constants, and all of them in one table.

use heck::ToShoutySnakeCase;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::Item;

use super::{Error, OperationCode, docs, formerly, items};
use crate::lower::{Method, Pagination};

pub(super) fn table(operations: &[OperationCode]) -> Result<Vec<Item>, Error> {
    let names: Vec<_> = operations
        .iter()
        .map(|o| format_ident!("{}", o.facts.id.to_shouty_snake_case()))
        .collect();
    let constants = operations.iter().zip(&names).map(|(operation, name)| {
        let facts = &operation.facts;
        let docs = docs::lines(&docs::headline(&facts.summary));
        let (id, path, tag) = (&facts.id, &facts.path, &facts.tag);
        let (permission, documentation) = (&facts.permission, &facts.documentation);
        let (idempotent, deprecated) = (facts.idempotent, facts.deprecated);
        let method = match facts.method {
            Method::Get => quote!(Get),
            Method::Post => quote!(Post),
            Method::Put => quote!(Put),
            Method::Patch => quote!(Patch),
            Method::Delete => quote!(Delete),
        };
        let pagination = match facts.pagination {
            Pagination::None => quote!(None),
            Pagination::Offset => quote!(Offset),
            Pagination::NextOnly => quote!(NextOnly),
            Pagination::Cursor => quote!(Cursor),
        };
        let acting_user = match facts
            .parameters
            .iter()
            .find(|p| p.acting_user)
            .map(|p| p.required)
        {
            Some(true) => quote!(Required),
            Some(false) => quote!(Optional),
            None => quote!(None),
        };
        let replaced_by = if let Some(other) = &facts.replaced_by {
            quote!(Some(#other))
        } else {
            quote!(None)
        };
        let statuses = facts.statuses.iter().map(|s| Literal::u16_unsuffixed(*s));
        quote! {
            #docs
            pub const #name: Operation = Operation {
                id: #id,
                method: Method::#method,
                path: #path,
                tag: #tag,
                permission: #permission,
                pagination: Pagination::#pagination,
                idempotent: #idempotent,
                acting_user: ActingUser::#acting_user,
                deprecated: #deprecated,
                replaced_by: #replaced_by,
                statuses: &[#(#statuses),*],
                documentation: #documentation,
            };
        }
    });
    let former = operations
        .iter()
        .zip(&names)
        .map(|(operation, name)| formerly::constants(&operation.facts, name))
        .collect::<Result<TokenStream, _>>()?;
    items(
        "the table of operations",
        quote! {
            use harvest_runtime::{ActingUser, Method, Operation, Pagination};
            /// Every operation of this version, whether its feature is on or off.
            pub static OPERATIONS: &[Operation] = &[#(#names),*];
            #(#constants)*
            #former
        },
    )
}
