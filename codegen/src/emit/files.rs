//! The source files of a version.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::{Attribute, ImplItem, Item, parse_quote};

use super::features::{self, Features, SHARED};
use super::{Error, Files, Header, events, guide, imports};
use crate::Version;
use crate::lower::Tag;
use crate::markdown;
use crate::refine::ModelCode;
use crate::refine::acting::needs_acting_user;

pub(super) fn write(
    files: &mut Files,
    version: &Version,
    header: &Header<'_>,
) -> Result<(), Error> {
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
    let mut put = |path: String, docs: &str, items: syn::Result<Vec<Item>>| {
        // The root is a list of modules, which imports would only push down.
        let taken = (path != root_file).then_some(&taken);
        let content = items.map(|items| source(header, docs, items, taken));
        let content = content.map_err(|error| Error::Syntax {
            path: path.clone(),
            error,
        })?;
        files.insert(path, content);
        Ok(())
    };
    if let Some(events) = &version.events {
        put(root_file.clone(), &root_docs(version), events::root())?;
        put(
            format!("{folder}/event.rs"),
            "The events, and how they are delivered.",
            Ok(events.items.clone()),
        )?;
    } else {
        put(root_file.clone(), &root_docs(version), root(version, &used))?;
        put(
            format!("{folder}/client.rs"),
            "The client.",
            Ok(guide::linked(version, &version.refined.client.items)),
        )?;
        put(
            format!("{folder}/operations.rs"),
            "What is known about every operation.",
            Ok(version.refined.table.clone()),
        )?;
    }
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
    let TypeFiles { index, homes } = types(version, &features);
    put(
        format!("{folder}/types.rs"),
        if version.events.is_some() {
            "The models of deliveries."
        } else {
            "The models: what is sent and what comes back."
        },
        index,
    )?;
    for (home, items) in homes {
        let about = version
            .refined
            .tags
            .iter()
            .find(|t| t.name == home)
            .map_or_else(
                || "Models that several resources use.".to_owned(),
                |t| format!("Models of the resource `{}`.", t.name),
            );
        put(format!("{folder}/types/{home}.rs"), &about, Ok(items))?;
    }
    Ok(())
}

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

fn root_docs(version: &Version) -> String {
    format!(
        "{}\n\n{}{}",
        markdown::prose(&format!("{}.", markdown::line(&version.refined.api.title))),
        markdown::prose(version.refined.api.description.trim()),
        guide::pointer(version)
    )
}

fn root(version: &Version, tags: &[&Tag]) -> syn::Result<Vec<Item>> {
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
    items(quote! {
        pub mod client;
        #guide
        pub mod operations;
        #(#modules)*
        pub mod types;
        #(#names)*
    })
}

/// The operations of a resource.
fn resource(version: &Version, tag: &Tag) -> syn::Result<Vec<Item>> {
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
    let types = operations
        .iter()
        .any(|o| !o.uses.is_empty())
        .then(|| quote!(, types));
    let client = if operations.iter().any(|o| needs_acting_user(&o.facts)) {
        quote!(client::{Client, HasActingUser})
    } else {
        quote!(client::Client)
    };
    let mut out = items(quote! {
        use std::marker::PhantomData;
        use super::{#client, operations #types};
    })?;
    out.push(Item::Impl(methods));
    out.extend(operations.iter().flat_map(|o| o.items.iter().cloned()));
    Ok(out)
}

/// A model in the file that it is at home in.
struct PlacedModel<'a> {
    model: &'a ModelCode,
    /// The resources that need it.
    users: &'a BTreeSet<String>,
}

/// The items of the files of models.
struct TypeFiles {
    /// Those of the file that names the others.
    index: syn::Result<Vec<Item>>,
    /// The models by home.
    homes: BTreeMap<String, Vec<Item>>,
}

fn types(version: &Version, features: &Features) -> TypeFiles {
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
    let mut homes = BTreeMap::new();
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
        // Every model is in scope, because which of them this file needs depends on the features.
        let mut items = vec![parse_quote!(
            #[allow(unused_imports)]
            use super::*;
        )];
        for PlacedModel { model, users } in models {
            let gate = (*users != all).then(|| self::gate(users)).flatten();
            items.extend(model.items.iter().map(|item| gated(item, gate.as_ref())));
        }
        homes.insert(home, items);
    }
    TypeFiles {
        index: items(index),
        homes,
    }
}

/// The item, compiled only under the condition, which stands after the documentation.
fn gated(item: &Item, gate: Option<&Attribute>) -> Item {
    let mut item = item.clone();
    let Some(gate) = gate else {
        return item;
    };
    let attrs = match &mut item {
        Item::Struct(i) => &mut i.attrs,
        Item::Enum(i) => &mut i.attrs,
        Item::Impl(i) => &mut i.attrs,
        Item::Type(i) => &mut i.attrs,
        Item::Macro(i) => &mut i.attrs,
        // No pass makes others; without a condition they are compiled always.
        _ => return parse_quote!(#gate #item),
    };
    let docs = attrs.iter().take_while(|a| a.path().is_ident("doc"));
    let end = docs.count();
    attrs.insert(end, gate.clone());
    item
}

/// The condition under which at least one of the resources is there; none without resources.
fn gate(tags: &BTreeSet<String>) -> Option<Attribute> {
    let features: Vec<String> = tags.iter().map(|t| features::feature(t)).collect();
    match &features[..] {
        [] => None,
        [one] => Some(parse_quote!(#[cfg(feature = #one)])),
        many => Some(parse_quote!(#[cfg(any(#(feature = #many),*))])),
    }
}
