//! The names that an operation had before: they go on working, and say what it is called now.

use heck::{ToPascalCase, ToShoutySnakeCase};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, ImplItemFn, parse_quote};

use super::acting::BuilderParams;
use super::{Error, docs};
use crate::lower::{OperationFacts, Success};

/// An operation that may have had other names.
pub(super) struct Renamed<'a> {
    pub facts: &'a OperationFacts,
    pub method: &'a ImplItemFn,
    pub arguments: &'a [Ident],
    pub builder: &'a Ident,
}

impl Renamed<'_> {
    /// A method of the client for each former name, and the types that went by it.
    pub fn aliases(&self, params: BuilderParams) -> Result<(Vec<ImplItemFn>, TokenStream), Error> {
        let Self {
            facts,
            method,
            arguments,
            builder,
        } = self;
        let id = &method.sig.ident;
        let (used, declared, _) = params.generics();
        let deprecated = deprecated(facts);
        let mut methods = Vec::new();
        let mut types = TokenStream::new();
        for former in &facts.formerly {
            let mut signature = method.sig.clone();
            signature.ident = super::name(former)?;
            let words = docs::lines(&format!("[`Client::{id}`], as it was called before."));
            // The operation may be deprecated itself.
            methods.push(parse_quote! {
                #words
                #deprecated
                #[allow(deprecated)]
                pub #signature {
                    self.#id(#(#arguments),*)
                }
            });
            let old = super::name(&former.to_pascal_case())?;
            let words = docs::lines(&format!("[`{builder}`], as it was called before."));
            types.extend(quote! {
                #words
                #deprecated
                #[allow(deprecated)]
                pub type #old #declared = #builder #used;
            });
            if matches!(facts.success, Success::ByStatus(_)) {
                let (old, answer) = (
                    format_ident!("{old}Answer"),
                    format_ident!("{builder}Answer"),
                );
                let words = docs::lines(&format!("[`{answer}`], as it was called before."));
                types.extend(quote!(#words #deprecated pub type #old = #answer;));
            }
        }
        Ok((methods, types))
    }
}

/// The constants that an operation had before, each the same as `constant`.
pub(super) fn constants(facts: &OperationFacts, constant: &Ident) -> Result<TokenStream, Error> {
    let deprecated = deprecated(facts);
    let mut out = TokenStream::new();
    for former in &facts.formerly {
        let old = super::name(&former.to_shouty_snake_case())?;
        let words = docs::lines(&format!("[`{constant}`], as it was called before."));
        out.extend(quote!(#words #deprecated pub const #old: Operation = #constant;));
    }
    Ok(out)
}

fn deprecated(facts: &OperationFacts) -> TokenStream {
    let note = format!("renamed to `{}`", facts.id);
    quote!(#[deprecated(note = #note)])
}
