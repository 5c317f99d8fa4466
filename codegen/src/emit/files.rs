//! The source files of a version.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::{ImplItem, Item};

use super::features::{self, Features, SHARED};
use super::{Error, Header, Tree, guide, imports};
use crate::Version;
use crate::lower::Tag;
use crate::markdown;
use crate::refine::ModelCode;
use crate::refine::acting::needs_acting_user;

pub(super) fn write(tree: &mut Tree, version: &Version, header: &Header<'_>) -> Result<(), Error> {
    let features = features::features(version);
    let used: Vec<&Tag> = version
        .refined
        .tags
        .iter()
        .filter(|t| {
            version
                .refined
                .operations
                .iter()
                .any(|o| o.facts.tag == t.name)
        })
        .collect();
    let folder = format!("src/{}", version.name);
    let models = version.refined.models.iter().map(|m| m.name.clone());
    let taken: BTreeSet<String> = models.collect();
    let root_file = format!("{folder}.rs");
    let mut put = |path: String, docs: &str, tokens: TokenStream| {
        // The root is a list of modules, which imports would only push down.
        let taken = (path != root_file).then_some(&taken);
        let content = source(header, docs, tokens, taken).map_err(|error| Error::Syntax {
            path: path.clone(),
            error,
        })?;
        tree.files.insert(path, content);
        Ok(())
    };
    put(root_file.clone(), &root_docs(version), root(version, &used))?;
    let items = guide::linked(version, &version.refined.client.items);
    put(
        format!("{folder}/client.rs"),
        "The client.",
        quote!(#(#items)*),
    )?;
    let items = &version.refined.table;
    put(
        format!("{folder}/operations.rs"),
        "What is known about every operation.",
        quote!(#(#items)*),
    )?;
    for tag in &used {
        put(
            format!("{folder}/{}.rs", tag.name),
            &format!(
                "{}\n\nNeeds the feature `{}`.",
                markdown::prose(&tag.description),
                features::feature(&tag.name)
            ),
            resource(version, tag),
        )?;
    }
    let (index, home_modules) = types(version, &features);
    put(
        format!("{folder}/types.rs"),
        "The models: what is sent and what comes back.",
        index,
    )?;
    for (home, items) in home_modules {
        let about = version
            .refined
            .tags
            .iter()
            .find(|t| t.name == home)
            .map_or_else(
                || "Models that several resources use.".to_owned(),
                |t| format!("Models of the resource `{}`.", t.name),
            );
        put(format!("{folder}/types/{home}.rs"), &about, items)?;
    }
    Ok(())
}

/// A source file: the header, the documentation, and the code, if any, as `prettyplease` prints it. With `taken`, the names
/// of models, it imports what it needs of the runtime.
pub(super) fn source(
    header: &Header<'_>,
    docs: &str,
    tokens: TokenStream,
    taken: Option<&BTreeSet<String>>,
) -> Result<String, syn::Error> {
    let mut out = header.line("//", "");
    out.push('\n');
    for line in docs.trim().lines() {
        out.push_str(format!("//! {line}").trim_end());
        out.push('\n');
    }
    if !tokens.is_empty() {
        out.push('\n');
        let mut file = syn::parse2(tokens)?;
        if let Some(taken) = taken {
            imports::shorten(&mut file, taken);
        }
        out.push_str(&print(&file));
    }
    Ok(out)
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
        is_glued = matches!(&token, TokenTree::Punct(p) if p.spacing() == Spacing::Joint || p.as_char() == '#');
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
fn print(file: &syn::File) -> String {
    let mut parts = Vec::new();
    let mut uses = String::new();
    for item in &file.items {
        let text = match item {
            Item::Macro(item) => listed(item),
            _ => prettyplease::unparse(&syn::File {
                items: vec![item.clone()],
                ..blank()
            }),
        };
        match item {
            Item::Use(_) | Item::Mod(_) => uses.push_str(&text),
            _ => {
                if !uses.is_empty() {
                    parts.push(std::mem::take(&mut uses));
                }
                parts.push(text);
            }
        }
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

fn root_docs(version: &Version) -> String {
    format!(
        "{}\n\n{}{}",
        markdown::prose(&format!("{}.", markdown::line(&version.refined.api.title))),
        markdown::prose(version.refined.api.description.trim()),
        guide::pointer(version)
    )
}

fn root(version: &Version, tags: &[&Tag]) -> TokenStream {
    let modules = tags.iter().map(|tag| {
        let name = format_ident!("{}", tag.name);
        let feature = features::feature(&tag.name);
        quote! {
            #[cfg(feature = #feature)]
            #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
            pub mod #name;
        }
    });
    let names = &version.refined.client.names;
    let guide = guide::module(version);
    quote! {
        pub mod client;
        #guide
        pub mod operations;
        #(#modules)*
        pub mod types;
        #(#names)*
    }
}

/// The operations of a resource.
fn resource(version: &Version, tag: &Tag) -> TokenStream {
    let operations: Vec<_> = version
        .refined
        .operations
        .iter()
        .filter(|o| o.facts.tag == tag.name)
        .collect();
    let mut methods = version.refined.client.methods.clone();
    methods.items.extend(
        operations
            .iter()
            .flat_map(|o| o.methods.iter().cloned().map(ImplItem::Fn)),
    );
    let items = operations.iter().flat_map(|o| &o.items);
    let types = operations
        .iter()
        .any(|o| !o.uses.is_empty())
        .then(|| quote!(, types));
    let client = if operations.iter().any(|o| needs_acting_user(&o.facts)) {
        quote!(client::{Client, HasActingUser})
    } else {
        quote!(client::Client)
    };
    quote! {
        use std::marker::PhantomData;
        use super::{#client, operations #types};
        #methods
        #(#items)*
    }
}

/// A model in the file that it is at home in.
struct PlacedModel<'a> {
    model: &'a ModelCode,
    /// The resources that need it.
    users: &'a BTreeSet<String>,
}

/// The index of the models, and the models by home.
fn types(version: &Version, features: &Features) -> (TokenStream, BTreeMap<String, TokenStream>) {
    let mut home_modules: BTreeMap<String, Vec<PlacedModel<'_>>> = BTreeMap::new();
    let no_resources = BTreeSet::new();
    for model in &version.refined.models {
        let home = features
            .home_modules
            .get(&model.name)
            .map_or(SHARED, String::as_str);
        // An id costs nothing to compile, and belongs into signatures and tables of programs that call other resources.
        let users = match features.users.get(&model.name) {
            Some(users) if !model.is_id => users,
            _ => &no_resources,
        };
        home_modules
            .entry(home.to_owned())
            .or_default()
            .push(PlacedModel { model, users });
    }
    let mut index = TokenStream::new();
    let mut files = BTreeMap::new();
    for (home, models) in home_modules {
        // One that is always there keeps the file there, and the others behind conditions of their own.
        let all: BTreeSet<String> = if models.iter().any(|resident| resident.users.is_empty()) {
            BTreeSet::new()
        } else {
            let users = models.iter().flat_map(|resident| resident.users);
            users.cloned().collect()
        };
        let module = format_ident!("{home}");
        let gate = gate(&all);
        index.extend(quote! {
            #gate
            mod #module;
            #gate
            pub use #module::*;
        });
        let items = models.iter().flat_map(|PlacedModel { model, users }| {
            let gate = (**users != all).then(|| self::gate(users));
            model
                .items
                .iter()
                .map(move |item| gated(item, gate.clone()))
        });
        // Every model is in scope, because which of them this file needs depends on the features.
        files.insert(
            home,
            quote!(#[allow(unused_imports)] use super::*; #(#items)*),
        );
    }
    (index, files)
}

/// The item, compiled only under the condition, which stands after the documentation.
fn gated(item: &Item, gate: Option<TokenStream>) -> TokenStream {
    let mut item = item.clone();
    let attrs = match &mut item {
        Item::Struct(i) => &mut i.attrs,
        Item::Enum(i) => &mut i.attrs,
        Item::Impl(i) => &mut i.attrs,
        Item::Type(i) => &mut i.attrs,
        Item::Macro(i) => &mut i.attrs,
        _ => return quote!(#gate #item),
    };
    if let Some(gate) = gate {
        let gate =
            syn::parse::Parser::parse2(syn::Attribute::parse_outer, gate).unwrap_or_default();
        let docs = attrs
            .iter()
            .take_while(|a| a.path().is_ident("doc"))
            .count();
        attrs.splice(docs..docs, gate);
    }
    quote!(#item)
}

/// The condition under which at least one of the resources is there.
fn gate(tags: &BTreeSet<String>) -> TokenStream {
    let features: Vec<String> = tags.iter().map(|t| features::feature(t)).collect();
    match &features[..] {
        [] => TokenStream::new(),
        [one] => quote!(#[cfg(feature = #one)]),
        many => quote!(#[cfg(any(#(feature = #many),*))]),
    }
}
