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
        let (usual, is_safe) = match facts.method {
            Method::Get => (quote!(GET), true),
            Method::Post => (quote!(POST), false),
            Method::Put => (quote!(PUT), true),
            Method::Patch => (quote!(PATCH), false),
            Method::Delete => (quote!(DELETE), true),
        };
        let pagination = match facts.pagination {
            Pagination::None => quote!(),
            Pagination::Offset => quote!(pagination: Pagination::Offset,),
            Pagination::NextOnly => quote!(pagination: Pagination::NextOnly,),
            Pagination::Cursor => quote!(pagination: Pagination::Cursor,),
        };
        let idempotent = (facts.idempotent != is_safe).then(|| {
            let idempotent = facts.idempotent;
            quote!(idempotent: #idempotent,)
        });
        let deprecated = facts.deprecated.then(|| quote!(deprecated: true,));
        let acting_user = match facts
            .parameters
            .iter()
            .find(|p| p.acting_user)
            .map(|p| p.required)
        {
            Some(true) => quote!(acting_user: ActingUser::Required,),
            Some(false) => quote!(acting_user: ActingUser::Optional,),
            None => quote!(),
        };
        let replaced_by = facts
            .replaced_by
            .as_ref()
            .map(|other| quote!(replaced_by: Some(#other),));
        let statuses = (facts.statuses != [200]).then(|| {
            let statuses = facts.statuses.iter().map(|s| Literal::u16_unsuffixed(*s));
            quote!(statuses: &[#(#statuses),*],)
        });
        quote! {
            #docs
            pub const #name: Operation = Operation {
                id: #id,
                path: #path,
                tag: #tag,
                permission: #permission,
                #pagination
                #idempotent
                #acting_user
                #deprecated
                #replaced_by
                #statuses
                documentation: #documentation,
                ..Operation::#usual
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
            #[allow(unused_imports)]
            use harvest_runtime::{ActingUser, Operation, Pagination};
            /// Every operation of this version, whether its feature is on or off.
            pub static OPERATIONS: &[Operation] = &[#(#names),*];
            #(#constants)*
            #former
        },
    )
}
