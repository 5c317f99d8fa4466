//! The source files of a version.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, ImplItem, Item, parse_quote};

use super::features::{self, Features, SHARED};
use super::source::{items, source};
use super::{Error, Files, Header, events, guide};
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
