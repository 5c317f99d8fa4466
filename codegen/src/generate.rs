//! Stage 4: progenitor. The lowered document in, the part of progenitor's Rust that the passes read out, as a `syn`
//! tree.

use std::panic::{AssertUnwindSafe, catch_unwind};

use openapiv3::OpenAPI;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use progenitor_impl::{GenerationSettings, Generator, InterfaceStyle, TagStyle};

/// Why progenitor gave no code.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// progenitor said no.
    #[error(
        "progenitor refuses the lowered document: {0}; a lint rule should have caught this: please \
         report it"
    )]
    Refused(String),
    /// progenitor panicked. The house rules are there so that this does not happen.
    #[error(
        "progenitor gave up on the lowered document: {0}; a lint rule should have caught this: \
         please report it"
    )]
    Panicked(String),
    /// progenitor wrote something that is no Rust.
    #[error("progenitor wrote code that does not parse: {0}")]
    Parse(#[from] syn::Error),
}

/// Generates code in progenitor's builder style, all tags in one client, and parses its types and request builders.
///
/// The rest is left out before parsing, which would take longer than all passes: the client, the builders of types, and
/// the bodies of the functions of request builders.
///
/// # Errors
///
/// Whatever progenitor refuses, its panics among it.
pub fn generate(document: &OpenAPI) -> Result<syn::File, Error> {
    Ok(syn::parse2(declarations(tokens(document)?))?)
}

/// The same before parsing: what unmodified progenitor emits, for comparison.
///
/// # Errors
///
/// See [`generate`].
pub fn tokens(document: &OpenAPI) -> Result<TokenStream, Error> {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        // Keeps the order of what was received.
        .with_map_type("::indexmap::IndexMap");
    let run = || Generator::new(&settings).generate_tokens(document);
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(tokens)) => Ok(tokens),
        Ok(Err(error)) => Err(Error::Refused(error.to_string())),
        Err(panic) => Err(Error::Panicked(message(panic.as_ref()))),
    }
}

/// The modules `types` and `builder` of progenitor's code: the first without the modules in it, the second without what
/// functions do.
fn declarations(tokens: TokenStream) -> TokenStream {
    let nothing = TokenStream::new;
    map_items(tokens, |keyword, name, content| match (keyword, name) {
        ("mod", "types") => map_items(content, |keyword, _, content| match keyword {
            "mod" => nothing(),
            _ => content,
        }),
        ("mod", "builder") => map_items(content, |keyword, _, content| match keyword {
            "impl" => map_items(content, |_, _, _| nothing()),
            _ => content,
        }),
        _ => nothing(),
    })
}

/// Replaces the content of each item in braces. The function gets the keyword of the item, the last name before the
/// brace, and the content.
fn map_items(
    tokens: TokenStream,
    mut content: impl FnMut(&str, &str, TokenStream) -> TokenStream,
) -> TokenStream {
    const KEYWORDS: [&str; 7] = ["enum", "fn", "impl", "mod", "struct", "trait", "union"];
    let mut keyword = "";
    let mut name = String::new();
    let map = |token| match token {
        TokenTree::Ident(ident) => {
            name = ident.to_string();
            if keyword.is_empty() {
                keyword = KEYWORDS.into_iter().find(|it| *it == name).unwrap_or("");
            }
            TokenTree::Ident(ident)
        }
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            let content = content(std::mem::take(&mut keyword), &name, group.stream());
            TokenTree::Group(Group::new(Delimiter::Brace, content))
        }
        TokenTree::Punct(punct) if punct.as_char() == ';' => {
            keyword = "";
            TokenTree::Punct(punct)
        }
        other => other,
    };
    tokens.into_iter().map(map).collect()
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()))
        .unwrap_or_else(|| "a panic without a message".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(operation: &serde_json::Value) -> OpenAPI {
        serde_json::from_value(serde_json::json!({
            "openapi": "3.0.3",
            "info": {"title": "t", "version": "1"},
            "paths": {"/things": {"get": operation}},
        }))
        .expect("a document")
    }

    #[test]
    fn a_panic_of_progenitor_is_an_error() {
        // A JSON answer without a schema is a `todo!()` in progenitor.
        let document = document(&serde_json::json!({
            "operationId": "list_things",
            "responses": {"200": {"description": "", "content": {"application/json": {}}}},
        }));
        assert!(matches!(generate(&document), Err(Error::Panicked(_))));
    }

    #[test]
    fn a_refusal_of_progenitor_is_an_error() {
        let document = document(&serde_json::json!({"responses": {}}));
        assert!(matches!(generate(&document), Err(Error::Refused(_))));
    }
}
