//! Stage 5: passes over progenitor's tree, with the facts that the lowered document could not hold.
//!
//! | pass | what it does |
//! | --- | --- |
//! | `split` | takes the tree apart: one entry a type, one a builder |
//! | `paths` | rewrites types: our times and dates, the prelude's names, and which models a type uses |
//! | `models` | gives each type its final form: ids, open enumerations, objects, unions |
//! | `operations` | gives each operation its final form: a method of the client and a request builder |
//! | `formerly` | the names that an operation had before, as deprecated aliases |
//! | `selected` | bodies that only select a record, by the selector |
//! | `parameters` | arguments of that method, and methods of that builder |
//! | `ready` | methods of that builder that wait for what was created |
//! | `find` | methods of the client that find one record in a list that takes ids |
//! | `sends` | how that builder is sent, as a future and blocking |
//! | `acting` | the types that keep a request from being sent without the acting user that it needs |
//! | `table` | the facts of the operations as constants |
//! | `client` | the client type |
//! | `events` | the events of a document of deliveries, instead of operations |
//!
//! What progenitor decided stays: the names of types, fields and builders, the types of fields and parameters, and
//! what an operation returns. How it is sent is rewritten, because that is where progenitor-client, its headers and
//! its errors would come in.

pub(crate) mod acting;
mod answer;
mod client;
mod docs;
mod events;
mod find;
mod formerly;
mod models;
mod operations;
mod parameters;
mod paths;
mod ready;
mod selected;
mod sends;
mod split;
mod table;

use std::collections::BTreeSet;

pub use events::Events;

use syn::Item;

use crate::lower::{Api, Facts, Model, OperationFacts, Tag};

/// The code of a version, not yet in files.
#[derive(Debug)]
pub struct Refined {
    /// The API as a whole.
    pub api: Api,
    /// The resources.
    pub tags: Vec<Tag>,
    /// The client type.
    pub client: ClientCode,
    /// The table of operations.
    pub table: Vec<Item>,
    /// The operations, in the order of the description.
    pub operations: Vec<OperationCode>,
    /// The models, in the order of names.
    pub models: Vec<ModelCode>,
}

/// The code of the client type.
#[derive(Debug)]
pub struct ClientCode {
    /// The type, for a module `client`.
    pub items: Vec<Item>,
    /// The names under which users find it, for the module around that.
    pub names: Vec<Item>,
    /// Where the methods of operations go: an impl without any, for modules beside `client`.
    pub methods: syn::ItemImpl,
}

/// The code of one operation.
#[derive(Debug)]
pub struct OperationCode {
    /// What is known about it.
    pub facts: OperationFacts,
    /// Its method of the client, and those by the names that it had before.
    pub methods: Vec<syn::ImplItemFn>,
    /// Its request builder, and what else it needs.
    pub items: Vec<Item>,
    /// The models that it refers to.
    pub uses: BTreeSet<String>,
    /// Those of them that its answers are made of.
    pub answers: BTreeSet<String>,
}

/// The code of one model.
#[derive(Debug)]
pub struct ModelCode {
    /// The name of the type.
    pub name: String,
    /// The type and its impls.
    pub items: Vec<Item>,
    /// The models that it refers to.
    pub uses: BTreeSet<String>,
    /// Whether it is an id.
    pub is_id: bool,
}

/// Why progenitor's tree could not be refined. Each is a sign that progenitor changed, or of a mistake in a pass.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something that progenitor always writes is not there.
    #[error("progenitor's output has no {0}; is it the pinned version?")]
    Missing(String),
    /// A pass built something that is no Rust.
    #[error("{what} came out as code that does not parse: {error}")]
    Parse {
        /// What was built.
        what: String,
        /// What is wrong with it.
        error: syn::Error,
    },
    /// A description that has no form in Rust.
    #[error("{0}")]
    Unsupported(String),
}

/// Refines progenitor's tree.
///
/// # Errors
///
/// See [`Error`]: none of them depends on a description without lint findings.
pub fn refine(tree: syn::File, facts: Facts) -> Result<Refined, Error> {
    let mut parts = split::split(tree)?;
    let names: BTreeSet<String> = parts.types.iter().map(|t| t.name.clone()).collect();
    for part in &mut parts.types {
        paths::rewrite_type(part, &names);
    }
    for builder in parts.builders.values_mut() {
        paths::rewrite_builder(builder, &names);
    }
    let selected = selected::selected(&parts.types, &facts.models);
    let mut operations = facts
        .operations
        .into_iter()
        .map(|operation| operations::refine(operation, &parts.builders, &names, &selected))
        .collect::<Result<Vec<_>, _>>()?;
    find::add(&mut operations, &parts.builders, &parts.types)?;
    let fetches = facts.models.values().any(Model::is_fetched);
    let models = models::refine(parts.types, &facts.models, &operations)?;
    Ok(Refined {
        client: client::client(
            &facts.api,
            acting::acting_user(&operations)?.as_ref(),
            fetches,
        )?,
        table: table::table(&operations)?,
        api: facts.api,
        tags: facts.tags,
        operations,
        models,
    })
}

/// A name of the description as a name in Rust.
fn name(text: &str) -> Result<syn::Ident, Error> {
    syn::parse_str(text).map_err(|_| {
        Error::Unsupported(format!("`{text}` cannot be a name in Rust; run the linter"))
    })
}

/// Parses what a pass built.
fn items(what: &str, tokens: proc_macro2::TokenStream) -> Result<Vec<Item>, Error> {
    syn::parse2::<syn::File>(tokens)
        .map(|file| file.items)
        .map_err(|error| Error::Parse {
            what: what.to_owned(),
            error,
        })
}

#[cfg(test)]
mod tests;
