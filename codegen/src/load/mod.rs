//! Stage 1: reads a root file and every file it refers to, and joins them into one document.
//!
//! A reference takes one of two forms. `path/to/file.yaml` stands for the whole file. `path/to/schemas.yaml#/Name`
//! names a component: the file's name says of which kind, and the value ends up under `components/<kind>/<Name>`.
//! `#/Name` inside such a file means the file itself, and `#/components/<kind>/<Name>` in a document that is one file
//! already is left alone.

mod error;
mod loader;
mod location;
mod modern;
pub mod publish;
mod source;
mod yaml;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use crate::hash;
use source::Source;

pub use error::Error;
pub use location::{Position, SourceLocation};

/// A whole description as one document.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// The document: every reference in it is of the form `#/components/<kind>/<Name>`.
    pub document: Value,
    /// Where the parts came from: JSON pointers into `document` against places, wherever a new file begins.
    places: BTreeMap<String, SourceLocation>,
    /// Files that nothing refers to, and components that a file defines and nothing refers to.
    pub unused: Vec<SourceLocation>,
    sources: Arc<BTreeMap<String, Source>>,
    published: Value,
    json: String,
    hash: String,
}

impl Bundle {
    /// The place of the value that `pointer` leads to in the document, with its line and column.
    pub fn locate(&self, pointer: &str) -> SourceLocation {
        located(&self.sources, self.place(pointer))
    }

    /// The place of the value that `pointer` leads to in the document: the file, and where in it.
    pub fn place(&self, pointer: &str) -> SourceLocation {
        let mut prefix = pointer;
        loop {
            if let Some(place) = self.places.get(prefix) {
                return SourceLocation {
                    file: place.file.clone(),
                    position: None,
                    pointer: format!("{}{}", place.pointer, &pointer[prefix.len()..]),
                };
            }
            match prefix.rfind('/') {
                Some(at) => prefix = &prefix[..at],
                None => {
                    return SourceLocation {
                        file: String::new(),
                        position: None,
                        pointer: pointer.to_owned(),
                    };
                }
            }
        }
    }

    fn new(
        document: Value,
        places: BTreeMap<String, SourceLocation>,
        unused: Vec<SourceLocation>,
        sources: BTreeMap<String, Source>,
    ) -> Self {
        let published = publish::publish(&document);
        let json = text(&published);
        let hash = hash::sha256([json.as_str()]);
        Self {
            document,
            places,
            unused,
            sources: Arc::new(sources),
            published,
            json,
            hash,
        }
    }

    /// The document as it is published, for every other tool: indented, with a line feed at the end.
    ///
    /// It says the same, but for what a strict validator would otherwise misunderstand: where a reference may be
    /// null, it refers to a nullable copy of the component.
    pub fn to_json(&self) -> &str {
        &self.json
    }

    /// The published document, as [`Bundle::to_json`] writes it.
    pub fn published(&self) -> &Value {
        &self.published
    }

    /// The published document in `OpenAPI` 3.1, written the same way.
    pub fn to_json_3_1(&self) -> String {
        text(&modern::modern(&self.published))
    }

    /// The SHA-256 of [`Bundle::to_json`] in hexadecimal: the same wherever and however the sources were checked out.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Takes a document that is one file already, for tests and for descriptions that other tools wrote.
    pub fn from_document(document: Value) -> Self {
        Self::new(
            document,
            BTreeMap::from([(String::new(), whole("document"))]),
            Vec::new(),
            BTreeMap::new(),
        )
    }
}

/// A document as it is written: indented, with a line feed at the end.
fn text(document: &Value) -> String {
    // A `Value` has text keys and finite numbers, so it always serializes.
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

/// The place of a whole file.
fn whole(file: &str) -> SourceLocation {
    SourceLocation {
        file: file.to_owned(),
        position: None,
        pointer: String::new(),
    }
}

/// The place with its line and column, if its file was read.
fn located(sources: &BTreeMap<String, Source>, mut place: SourceLocation) -> SourceLocation {
    place.position = sources
        .get(&place.file)
        .map(|source| source.position(&place.pointer));
    place
}

/// Reads the description whose root is the file `root`. Places are named from the folder `base`, which it is in: the
/// repository's, so that they can be clicked.
///
/// # Errors
///
/// The first file that is missing, does not parse or refers to nothing, with the place of the mistake.
pub fn load(root: &Path, base: &Path) -> Result<Bundle, Error> {
    let read = loader::read(root, base)?;
    Ok(Bundle::new(
        read.document,
        read.places,
        read.unused,
        read.sources,
    ))
}

/// One step of a JSON pointer.
pub fn escape(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests;
