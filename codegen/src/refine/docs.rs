//! Descriptions as documentation.

use proc_macro2::TokenStream;
use quote::quote;

use crate::markdown;

/// `///` lines, one a line of the text. An empty text gives none.
pub(super) fn lines(text: &str) -> TokenStream {
    let text = text.trim();
    if text.is_empty() {
        return TokenStream::new();
    }
    let lines = text.lines().map(|line| {
        let line = line.trim_end();
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}

/// A name by which the search of the documentation finds an item, if rustdoc takes it for one.
pub(super) fn alias(name: &str) -> TokenStream {
    let is_plain =
        !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '"' || c == '\'');
    if is_plain {
        quote!(#[doc(alias = #name)])
    } else {
        TokenStream::new()
    }
}

/// A summary as the first paragraph, which ends with a stop.
pub(super) fn headline(summary: &str) -> String {
    let summary = markdown::line(summary);
    markdown::prose(&format!("{}.", summary.trim_end_matches('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_a_doc_comment() {
        let file = |tokens| {
            let file: syn::File = syn::parse2(tokens).expect("parses");
            prettyplease::unparse(&file)
        };
        let docs = lines("One.\n\nTwo.");
        assert_eq!(
            file(quote!(#docs struct A;)),
            "/// One.\n///\n/// Two.\nstruct A;\n"
        );
        let none = lines("  ");
        assert_eq!(file(quote!(#none struct A;)), "struct A;\n");
    }
}
