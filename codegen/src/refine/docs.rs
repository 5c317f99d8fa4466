//! Descriptions as documentation.

use proc_macro2::TokenStream;
use quote::quote;

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

/// A description as rustdoc reads it: what looks like a link or a tag there is put between backticks or escaped.
pub(super) fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut code = false;
    for c in text.chars() {
        match c {
            '`' => {
                code = !code;
                out.push(c);
            }
            // `[0]` and `<b>` in running text would be an intra-doc link and an HTML tag.
            '[' | ']' | '<' | '>' if !code => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
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

    #[test]
    fn brackets_are_no_links() {
        assert_eq!(
            prose("list[0] and <b> but `[x]`"),
            "list\\[0\\] and \\<b\\> but `[x]`"
        );
    }
}
