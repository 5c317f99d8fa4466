//! Source texts: items as a person would lay them out.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::quote;
use syn::Item;

use super::{Header, imports};

/// A source file: the header, the documentation, and the code, if any, as `prettyplease` prints it. With `taken`, the names
/// of models, it imports what it needs of the runtime.
pub(super) fn source(
    header: &Header<'_>,
    docs: &str,
    items: Vec<Item>,
    taken: Option<&BTreeSet<String>>,
) -> String {
    let mut out = header.line("//", "");
    out.push('\n');
    for line in docs.trim().lines() {
        out.push_str(format!("//! {line}").trim_end());
        out.push('\n');
    }
    if !items.is_empty() {
        out.push('\n');
        let mut items = items;
        if let Some(taken) = taken {
            imports::shorten(&mut items, taken);
        }
        out.push_str(&print(items));
    }
    out
}

/// Parses the few items that a file has of its own. Those of operations and models are put beside them as they are: to
/// print and to parse them again would take longer than to make them.
pub(super) fn items(tokens: TokenStream) -> syn::Result<Vec<Item>> {
    Ok(syn::parse2::<syn::File>(tokens)?.items)
}

/// A call of one of our macros, `path!(Name { entry, … });`, with each entry on a line of its own: `prettyplease` would
/// fill lines, and a new entry would then change all lines after it.
fn listed(item: &syn::ItemMacro) -> String {
    let mut out = String::new();
    for attr in &item.attrs {
        let _ = writeln!(out, "{}", spaced(&quote!(#attr)));
    }
    let path = &item.mac.path;
    let _ = write!(out, "{}!(", quote!(#path).to_string().replace(' ', ""));
    for token in item.mac.tokens.clone() {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let mut entries = vec![TokenStream::new()];
                for token in group.stream() {
                    match (&token, entries.last_mut()) {
                        (TokenTree::Punct(p), _) if p.as_char() == ',' => {
                            entries.push(TokenStream::new());
                        }
                        (_, Some(entry)) => entry.extend([token]),
                        (_, None) => {}
                    }
                }
                out.push_str(" {");
                let entries: Vec<_> = entries.into_iter().filter(|e| !e.is_empty()).collect();
                for entry in &entries {
                    let _ = write!(out, "\n    {},", spaced(entry));
                }
                out.push_str(if entries.is_empty() { "}" } else { "\n}" });
            }
            other => out.push_str(&other.to_string()),
        }
    }
    out.push_str(");\n");
    out
}

/// Tokens as a person would space them, as far as our macros need it. Literals stay as they are.
fn spaced(tokens: &TokenStream) -> String {
    let mut out = String::new();
    // Whether the next token stands right beside the last one.
    let mut is_glued = true;
    let mut is_after_name = false;
    for token in tokens.clone() {
        let (text, is_beside) = match &token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                let is_call = group.delimiter() == Delimiter::Parenthesis && is_after_name;
                (format!("{open}{}{close}", spaced(&group.stream())), is_call)
            }
            TokenTree::Punct(punct) => (
                punct.to_string(),
                matches!(punct.as_char(), ',' | ':' | ';'),
            ),
            TokenTree::Ident(_) | TokenTree::Literal(_) => (token.to_string(), false),
        };
        if !is_glued && !is_beside {
            out.push(' ');
        }
        out.push_str(&text);
        is_glued = matches!(&token, TokenTree::Punct(p)
            if p.spacing() == Spacing::Joint || p.as_char() == '#');
        is_after_name = matches!(token, TokenTree::Ident(_));
    }
    out
}

fn blank() -> syn::File {
    syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: Vec::new(),
    }
}

/// As `prettyplease` does, with an empty line between items.
fn print(items: Vec<Item>) -> String {
    let mut parts = Vec::new();
    let mut uses = String::new();
    for item in items {
        let is_use = matches!(item, Item::Use(_) | Item::Mod(_));
        let text = match item {
            Item::Macro(item) => listed(&item),
            item => prettyplease::unparse(&syn::File {
                items: vec![item],
                ..blank()
            }),
        };
        if is_use {
            uses.push_str(&text);
            continue;
        }
        if !uses.is_empty() {
            parts.push(std::mem::take(&mut uses));
        }
        parts.push(text);
    }
    if !uses.is_empty() {
        parts.push(uses);
    }
    blank_lines_between_members(&parts.join("\n"))
}

/// An empty line between the members of an impl, which `prettyplease` leaves out.
fn blank_lines_between_members(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut previous = "";
    for line in text.lines() {
        if previous == "    }" && line.starts_with("    ") {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        previous = line;
    }
    out
}
