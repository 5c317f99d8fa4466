//! The files of one version, and what the files about the whole crate say of it.

use super::events::EventModule;
use super::{Error, Files, Header, Package, features, files, guide, listing};
use crate::{Version, inventory, markdown};

/// One version in files: the part of the crate that depends on no other version.
///
/// Versions are compiled on threads of their own, and a syntax tree does not leave its thread; this does.
#[derive(Clone, Debug)]
pub struct Module {
    pub(super) name: String,
    pub(super) files: Files,
    /// The title of the API, as one line of Markdown.
    pub(super) title: String,
    /// The first paragraph about the API.
    pub(super) about: String,
    pub(super) resources: Vec<Resource>,
    /// What it has instead of a client, if it describes deliveries.
    pub(super) events: Option<EventModule>,
    /// The hash of the description.
    pub(super) hash: String,
    /// The hash of the guide, if there is one.
    pub(super) guide_hash: Option<String>,
}

impl Module {
    /// The cargo feature with which it is compiled.
    pub(super) fn feature(&self) -> &str {
        let events = self.events.as_ref();
        events.map_or(&self.name, |events| &events.feature)
    }
}

/// A resource of a version.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    /// Its cargo feature.
    pub feature: String,
    /// Its description, as one line of Markdown.
    pub description: String,
    /// How many operations it has.
    pub operations: usize,
}

/// The files of one version of a crate.
///
/// # Errors
///
/// If a file would not be Rust, or something is in none.
pub fn module(package: &Package, version: &Version) -> Result<Module, Error> {
    let header = Header {
        command: &package.command,
        source: "description",
        version: Some(&version.name),
    };
    let mut files = Files::new();
    files::write(&mut files, version, &header)?;
    if version.events.is_none() {
        listing::write(&mut files, version, &header);
    }
    guide::write(&mut files, version, &package.command)?;
    inventory::check_files(&files, version).map_err(Error::Lost)?;
    let refined = &version.refined;
    let description = refined.api.description.trim();
    let resource = |tag: &crate::lower::Tag| {
        let operations = refined.operations.iter();
        Resource {
            feature: features::feature(&tag.name),
            description: markdown::line(&tag.description),
            operations: operations.filter(|o| o.facts.tag == tag.name).count(),
        }
    };
    Ok(Module {
        name: version.name.clone(),
        files,
        title: markdown::line(&refined.api.title),
        about: description
            .split("\n\n")
            .next()
            .unwrap_or_default()
            .to_owned(),
        // The tags of events are no features.
        resources: match version.events {
            Some(_) => Vec::new(),
            None => refined.tags.iter().map(resource).collect(),
        },
        events: version.events.as_ref().map(EventModule::of),
        hash: version.bundle.hash().to_owned(),
        guide_hash: version.guide.as_ref().map(|guide| guide.hash().to_owned()),
    })
}
