//! The public API of the generated client in few words, read from its sources with `syn`.
//!
//! ```text
//! Client::get_user(&self, id: impl Into<types::UserId>) -> GetUser
//! GetUser
//!     employee_id(mut self, value: &str) -> Self
//!     send(self) -> Response<User>
//! ```

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::{
    Attribute, Fields, FnArg, Ident, ImplItem, ImplItemFn, Item, ItemEnum, ItemImpl, ItemStruct,
    Meta, ReturnType, Type, Visibility,
};

use crate::filled;

/// One digest a file of operations or models: its name and the text.
pub fn digests(sources: &Path) -> Vec<(String, String)> {
    let mut names: Vec<_> = [sources.to_owned(), sources.join("types")]
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        // Two say again what the others say, all operations and all modules; the guide has no code.
        .filter(|name| !["operations", "types", "guide"].contains(&name.as_str()))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .map(|name| {
            let mut digest = String::new();
            for (folder, title) in [
                (sources.to_owned(), "requests"),
                (sources.join("types"), "models"),
            ] {
                let path = folder.join(format!("{name}.rs"));
                if let Ok(source) = fs::read_to_string(&path) {
                    let file = syn::parse_file(&source)
                        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                    let _ = writeln!(digest, "-- {title} --\n\n{}", file_digest(&file.items));
                }
            }
            (name, digest)
        })
        .collect()
}

/// Everything public, each type with what belongs to it.
fn file_digest(items: &[Item]) -> String {
    let mut text = String::new();
    for item in items {
        match item {
            Item::Struct(item) if public(&item.vis) => text.push_str(&struct_digest(items, item)),
            Item::Enum(item) if public(&item.vis) => text.push_str(&enum_digest(items, item)),
            Item::Impl(item) if item.trait_.is_none() && is(item, "Client") => {
                for method in methods(item) {
                    let _ = writeln!(
                        text,
                        "Client::{}{}",
                        signature(method),
                        promises(&method.attrs)
                    );
                }
                text.push('\n');
            }
            Item::Trait(item) if public(&item.vis) => {
                let _ = writeln!(text, "trait {}", item.ident);
                for type_ in implementors(items, &item.ident) {
                    let _ = writeln!(text, "    for {type_}");
                }
            }
            Item::Type(item) if public(&item.vis) => {
                let _ = writeln!(text, "type {} = {}\n", item.ident, short(&*item.ty));
            }
            // Macros and other impls are read with their type.
            Item::Impl(_) | Item::Macro(_) | Item::Use(_) => {}
            other => panic!(
                "the digest does not show this kind of item: {}",
                short(other)
            ),
        }
    }
    text
}

fn struct_digest(items: &[Item], item: &ItemStruct) -> String {
    let name = item.ident.to_string();
    let mut text = format!("struct {name}");
    if let Fields::Unnamed(fields) = &item.fields {
        let types: Vec<_> = fields
            .unnamed
            .iter()
            .map(|field| short(&field.ty))
            .collect();
        let _ = write!(text, "({})", types.join(", "));
    }
    let _ = writeln!(text, "{}", promises(&item.attrs));

    let keys = keys(items, &name);
    // The methods of the client are shown together, where they stand.
    let methods = if name == "Client" {
        Vec::new()
    } else {
        inherent(items, &name)
    };
    let (setters, methods): (Vec<_>, Vec<_>) = methods.into_iter().partition(|method| {
        let mut fields = item.fields.iter().filter_map(|field| field.ident.as_ref());
        fields.any(|field| sets(method, field) || clears(method, field))
    });
    for field in item.fields.iter().filter(|field| public(&field.vis)) {
        let Some(ident) = &field.ident else { continue };
        let _ = write!(
            text,
            "    {ident}: {}{}",
            short(&field.ty),
            promises(&field.attrs)
        );
        match keys.iter().find(|(_, field)| ident == field) {
            Some((key, _)) if *key == format!("\"{ident}\"") => {}
            Some((key, _)) => {
                let _ = write!(text, " = {key}");
            }
            None => text.push_str(" not in the JSON"),
        }
        if let Some(setter) = setters.iter().find(|setter| sets(setter, ident)) {
            let _ = write!(text, ", set by {}", arguments(setter));
        }
        if setters.iter().any(|setter| clears(setter, ident)) {
            text.push_str(", can be cleared");
        }
        text.push('\n');
    }
    for method in methods {
        let _ = writeln!(text, "    {}", signature(method));
    }
    text.push_str(&traits(items, &name));
    // Requests and ids are many, and short.
    if matches!(&item.fields, Fields::Named(fields)
        if fields.named.iter().any(|field| public(&field.vis)))
    {
        text.push('\n');
    }
    text
}

/// A setter is called like its field.
fn sets(method: &ImplItemFn, field: &Ident) -> bool {
    method.sig.ident == *field
}

/// `clear_notes` sets `notes` to null.
fn clears(method: &ImplItemFn, field: &Ident) -> bool {
    method.sig.ident == format!("clear_{field}")
}

fn enum_digest(items: &[Item], item: &ItemEnum) -> String {
    let name = item.ident.to_string();
    let shapes = shapes(items, &name);
    let variants = item.variants.iter().map(|variant| {
        let mut text = variant.ident.to_string();
        let types: Vec<_> = variant
            .fields
            .iter()
            .map(|field| short(&field.ty))
            .collect();
        if !types.is_empty() {
            let _ = write!(text, "({})", types.join(", "));
        }
        if let Some((_, shape)) = shapes.iter().find(|(of, _)| variant.ident == of) {
            let _ = write!(text, " = {shape}");
        }
        text
    });
    let mut text = format!("enum {name}{}\n", promises(&item.attrs));
    for line in filled(variants) {
        let _ = writeln!(text, "    {line}");
    }
    text + &traits(items, &name) + "\n"
}

/// What a macro of the runtime says about a type: `"email" => email`, `Basic = "basic"`.
fn entries(items: &[Item], macros: &[&str], name: &str) -> Vec<Vec<TokenTree>> {
    let bodies = items.iter().filter_map(|item| {
        let Item::Macro(item) = item else { return None };
        let is = item.mac.path.segments.last()?.ident.to_string();
        let mut tokens = item.mac.tokens.clone().into_iter();
        let first = tokens.next()?.to_string();
        match tokens.last()? {
            TokenTree::Group(body) if first == name && macros.contains(&is.as_str()) => {
                Some(body.stream())
            }
            _ => None,
        }
    });
    let mut entries = Vec::new();
    for body in bodies {
        let mut entry = Vec::new();
        for token in body {
            if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',') {
                entries.push(std::mem::take(&mut entry));
            } else {
                entry.push(token);
            }
        }
        if !entry.is_empty() {
            entries.push(entry);
        }
    }
    entries
}

/// The key in the JSON of each field.
fn keys(items: &[Item], name: &str) -> Vec<(String, String)> {
    // "email" => email: nullable(1)
    let entries = entries(items, &["model"], name);
    let entries = entries.iter().filter(|entry| entry.len() > 3);
    entries
        .map(|entry| (entry[0].to_string(), entry[3].to_string()))
        .collect()
}

/// What in the JSON becomes each variant.
fn shapes(items: &[Item], name: &str) -> Vec<(String, String)> {
    // Basic = "basic", or Department = Object("id")
    let entries = entries(items, &["open_enum", "union"], name);
    let entries = entries.iter().filter(|entry| entry.len() > 2);
    entries
        .map(|entry| {
            let shape = entry[2..].iter().map(ToString::to_string);
            (entry[0].to_string(), shape.collect())
        })
        .collect()
}

/// The public methods of a type.
fn inherent<'a>(items: &'a [Item], name: &str) -> Vec<&'a ImplItemFn> {
    let impls = items.iter().filter_map(|item| match item {
        // That calls which block are the same is for other tests to see.
        Item::Impl(item) if short(&*item.self_ty).contains("Blocking") => None,
        Item::Impl(item) if item.trait_.is_none() && is(item, name) => Some(item),
        _ => None,
    });
    impls.flat_map(methods).collect()
}

/// Whether an impl is one of the type `name`, whatever its parameters.
fn is(item: &ItemImpl, name: &str) -> bool {
    matches!(&*item.self_ty, Type::Path(path)
        if path.path.segments.last().is_some_and(|last| last.ident == name))
}

fn methods(item: &ItemImpl) -> impl Iterator<Item = &ImplItemFn> {
    item.items.iter().filter_map(|item| match item {
        ImplItem::Fn(method) if public(&method.vis) => Some(method),
        _ => None,
    })
}

/// The types that a trait is implemented for.
fn implementors<'a>(items: &'a [Item], name: &'a Ident) -> impl Iterator<Item = String> + 'a {
    items.iter().filter_map(move |item| match item {
        Item::Impl(item) if item.trait_.as_ref()?.0.is_ident(name) => Some(short(&*item.self_ty)),
        _ => None,
    })
}

/// The traits that are implemented for a type by hand, rather than derived or by a macro.
fn traits(items: &[Item], name: &str) -> String {
    let traits = items.iter().filter_map(|item| match item {
        Item::Impl(item) if is(item, name) => Some(short(&item.trait_.as_ref()?.0)),
        _ => None,
    });
    let traits: Vec<_> = traits.collect();
    if traits.is_empty() {
        String::new()
    } else {
        format!("    impl {}\n", traits.join(", "))
    }
}

/// `async send(self) -> Result<Response<User>, Error>`
fn signature(method: &ImplItemFn) -> String {
    let asyncness = if method.sig.asyncness.is_some() {
        "async "
    } else {
        ""
    };
    let inputs: Vec<_> = method
        .sig
        .inputs
        .iter()
        .map(|input| match input {
            // That a method changes its own copy is its own business.
            FnArg::Receiver(receiver) => short(receiver).replace("mut self", "self"),
            FnArg::Typed(input) => format!("{}: {}", short(&*input.pat), short(&*input.ty)),
        })
        .collect();
    let output = match &method.sig.output {
        ReturnType::Default => String::new(),
        ReturnType::Type(_, type_) => format!(" -> {}", short(&**type_)),
    };
    let bounds = match &method.sig.generics.where_clause {
        None => String::new(),
        Some(bounds) => format!(" where {}", short(&bounds.predicates)),
    };
    format!(
        "{asyncness}{}({}){output}{bounds}",
        method.sig.ident,
        inputs.join(", ")
    )
}

/// The types of the arguments but `self`.
fn arguments(method: &ImplItemFn) -> String {
    let types = method.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(input) => Some(short(&*input.ty)),
        FnArg::Receiver(_) => None,
    });
    types.collect::<Vec<_>>().join(", ")
}

/// What the attributes promise: derived traits, `non_exhaustive`, `deprecated`.
fn promises(attributes: &[Attribute]) -> String {
    let mut promises = Vec::new();
    for attribute in attributes {
        match &attribute.meta {
            Meta::List(list) if list.path.is_ident("derive") => promises.push(short(&list.tokens)),
            meta if meta.path().is_ident("non_exhaustive")
                || meta.path().is_ident("deprecated") =>
            {
                promises.push(short(meta.path()));
            }
            _ => {}
        }
    }
    if promises.is_empty() {
        String::new()
    } else {
        format!(" [{}]", promises.join(", "))
    }
}

fn public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Rust as it is written, without the modules that everything comes from.
fn short(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for module in [
        ":: std :: ops ::",
        ":: indexmap ::",
        ":: serde_json ::",
        "serde_json ::",
        "harvest_runtime ::",
        "types ::",
        "super :: client ::",
    ] {
        text = text.replace(&format!("{module} "), "");
    }
    for (spaced, tight) in [
        (" :: ", "::"),
        (" < ", "<"),
        (" > ", ">"),
        (" >", ">"),
        ("< ", "<"),
        ("& ", "&"),
        (" ,", ","),
        (" :", ":"),
        (",>", ">"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
    ] {
        text = text.replace(spaced, tight);
    }
    text
}
