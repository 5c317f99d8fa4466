//! The guide of a version as a module of documentation, a chapter a module.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Item, parse_quote};

use super::source::{items, source};
use super::{Error, Files, Header};
use crate::Version;
use crate::guide::{Guide, Page, Piece};

/// The feature that it is compiled with: its snippets use whatever they need.
const FEATURE: &str = "full";

pub(super) fn write(files: &mut Files, version: &Version, command: &str) -> Result<(), Error> {
    let Some(guide) = &version.guide else {
        return Ok(());
    };
    let header = Header {
        command,
        source: "guide",
        version: Some(&version.name),
    };
    let folder = format!("src/{}/guide", version.name);
    let path = format!("{folder}.rs");
    let modules = items(modules(guide)).map_err(|error| Error::Syntax {
        path: path.clone(),
        error,
    })?;
    let index = source(&header, &markdown(&guide.index, "self"), modules, None);
    files.insert(path, index);
    for (number, chapter) in guide.chapters.iter().enumerate() {
        let mut docs = markdown(&chapter.page, "super");
        docs.push_str("\n\n---\n\n[Guide](super)");
        if let Some(next) = guide.chapters.get(number + 1) {
            let _ = write!(docs, " · next: [{}](super::{})", next.page.title, next.name);
        }
        files.insert(
            format!("{folder}/{}.rs", chapter.name),
            source(&header, &docs, Vec::new(), None),
        );
    }
    Ok(())
}

/// The page as rustdoc reads it: links to chapters are paths, from the module in which chapters are.
fn markdown(page: &Page, chapters: &str) -> String {
    page.pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Link { chapter, fragment } => format!("{chapters}::{chapter}{fragment}"),
        })
        .collect()
}

fn modules(guide: &Guide) -> TokenStream {
    let names = guide
        .chapters
        .iter()
        .map(|chapter| format_ident!("{}", chapter.name));
    quote!(#(pub mod #names;)*)
}

/// The module of the guide, in the root of the version.
pub(super) fn module(version: &Version) -> Option<TokenStream> {
    version.guide.as_ref().map(|_| {
        quote! {
            #[cfg(feature = #FEATURE)]
            #[cfg_attr(docsrs, doc(cfg(feature = #FEATURE)))]
            pub mod guide;
        }
    })
}

/// What the documentation of a version's module says about it.
pub(super) fn pointer(version: &Version) -> &'static str {
    match version.guide {
        Some(_) => "\n\nNew here? Begin with the [`guide`].",
        None => "",
    }
}

/// The sentence that leads there. What stands in a quotation is generated as it is written, line breaks included.
const LINK: &str = " How to use it: the [guide](super::guide).";

/// The items, of which the public types lead to the guide.
pub(super) fn linked(version: &Version, items: &[Item]) -> Vec<Item> {
    let mut items = items.to_vec();
    if version.guide.is_some() {
        for item in &mut items {
            if let Item::Struct(item) = item {
                let docs = item.attrs.iter().take_while(|a| a.path().is_ident("doc"));
                let end = docs.count();
                item.attrs.splice(
                    end..end,
                    [
                        parse_quote!(#[doc = ""]),
                        parse_quote!(#[cfg_attr(feature = #FEATURE, doc = #LINK)]),
                    ],
                );
            }
        }
    }
    items
}
