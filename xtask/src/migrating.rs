//! The migration from one version to another: the page about it, the table for programs, and a line on each operation of
//! the older one.
//!
//! All come from `harvest-spec/migration.yaml`, and whatever that names has to be described.

mod page;

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where the page is, in the workspace.
pub const PAGE: &str = "docs/migrating.md";
/// Where it comes from.
pub const SOURCE: &str = "harvest-spec/migration.yaml";

/// Why nothing can be said about a migration.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be read.
    #[error("{SOURCE}: {0}")]
    Read(std::io::Error),
    /// The file does not parse.
    #[error("{SOURCE}: {0}")]
    Parse(serde_yaml_ng::Error),
    /// A version that it is about is not there.
    #[error(
        "{SOURCE}: there is no version `{0}`; name a folder of harvest-spec that has an \
         openapi.yaml"
    )]
    Version(String),
    /// Something that it names is not described.
    #[error("{SOURCE}: {place}: {version} has no {what}; name one that it has, or describe it")]
    Missing {
        /// The key under which it is named.
        place: String,
        /// The version that should have it.
        version: String,
        /// What is not there.
        what: String,
    },
}

/// The file.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Migration {
    /// The version to move from.
    pub from: String,
    /// The version to move to.
    pub to: String,
    /// Parameters that many operations have.
    pub parameters: BTreeMap<String, Fate>,
    /// Operations of the older version.
    pub operations: BTreeMap<String, OperationPair>,
    /// Objects of the older version.
    pub models: BTreeMap<String, ModelPair>,
    /// Enumerations of the older version.
    pub enumerations: BTreeMap<String, EnumerationPair>,
}

/// An operation, and those that take its place.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct OperationPair {
    /// What to call in its place; nothing if nothing does.
    pub to: Vec<String>,
    /// The kind of source that the pair is known by.
    pub basis: String,
    /// A remark for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Parameters that are not the same.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, Fate>,
}

/// A model, and those that take its place.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ModelPair {
    /// The models of the newer version.
    pub to: Vec<String>,
    /// Properties that are not the same.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub properties: BTreeMap<String, Fate>,
}

/// An enumeration, and those that take its place.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct EnumerationPair {
    /// The enumerations of the newer version.
    pub to: Vec<String>,
    /// Values that are not the same.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, Fate>,
}

/// The fate of a parameter, a property or a value: one of the first four, with a note or without.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Fate {
    /// The new name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renamed: Option<String>,
    /// Where it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<Vec<String>>,
    /// Why it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dropped: Option<String>,
    /// The new type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// A remark for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A migration, with both descriptions that it is about.
pub struct Described<'a> {
    migration: &'a Migration,
    from: Version<'a>,
    to: Version<'a>,
}

struct Version<'a> {
    name: &'a str,
    document: &'a Value,
    /// The operations by id: the tag, the method and the path.
    operations: BTreeMap<&'a str, (&'a str, String)>,
}

/// Reads the file of a workspace; nothing if there is none.
///
/// # Errors
///
/// If it cannot be read, or does not parse.
pub fn read(workspace: &Path) -> Result<Option<Migration>, Error> {
    match std::fs::read_to_string(workspace.join(SOURCE)) {
        Ok(text) => serde_yaml_ng::from_str(&text)
            .map(Some)
            .map_err(Error::Parse),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::Read(error)),
    }
}

impl Migration {
    /// The migration with its versions, by name.
    ///
    /// # Errors
    ///
    /// If a version, or anything that is named, is not there.
    pub fn with<'a>(
        &'a self,
        documents: &BTreeMap<String, &'a Value>,
    ) -> Result<Described<'a>, Error> {
        let version = |name: &'a str| {
            let document = documents.get(name);
            document
                .map(|document| Version::new(name, document))
                .ok_or_else(|| Error::Version(name.to_owned()))
        };
        let described = Described {
            migration: self,
            from: version(&self.from)?,
            to: version(&self.to)?,
        };
        described.check()?;
        Ok(described)
    }
}

impl<'a> Version<'a> {
    fn new(name: &'a str, document: &'a Value) -> Self {
        let mut operations = BTreeMap::new();
        for operation in harvest_openapi::Document::new(document).operations() {
            let id = operation.value["operationId"].as_str().unwrap_or_default();
            let tag = operation.value["tags"][0].as_str().unwrap_or_default();
            let request = format!("{} {}", operation.method.to_uppercase(), operation.path);
            operations.insert(id, (tag, request));
        }
        Self {
            name,
            document,
            operations,
        }
    }

    fn schema(&self, name: &str) -> Option<&'a Value> {
        self.document["components"]["schemas"].get(name)
    }

    /// Whether there is a property `Model.property`, or an operation of that name.
    fn has(&self, target: &str) -> bool {
        match target.split_once('.') {
            Some((model, property)) => self
                .schema(model)
                .is_some_and(|model| model["properties"].get(property).is_some()),
            None => self.operations.contains_key(target) || self.schema(target).is_some(),
        }
    }
}

impl Described<'_> {
    /// The file for programs that embed it, and its content: what the source says, as JSON. Its name has a dot, since a name
    /// without one is that of a version.
    pub fn table(&self) -> (String, String) {
        let path = format!("harvest-spec/dist/{}.migration.json", self.from.name);
        let mut text = serde_json::to_string(self.migration).unwrap_or_default();
        text.push('\n');
        (path, text)
    }

    fn check(&self) -> Result<(), Error> {
        let missing = |place: &str, version: &Version<'_>, what: String| Error::Missing {
            place: place.to_owned(),
            version: version.name.to_owned(),
            what,
        };
        let Migration {
            operations,
            models,
            enumerations,
            ..
        } = self.migration;
        for (id, pair) in operations {
            for (version, named) in self.both(id, &pair.to) {
                if !version.operations.contains_key(named) {
                    return Err(missing(id, version, format!("operation `{named}`")));
                }
            }
        }
        let pairs = models.iter().map(|(name, pair)| (name, &pair.to));
        let pairs = pairs.chain(enumerations.iter().map(|(name, pair)| (name, &pair.to)));
        for (name, to) in pairs {
            for (version, named) in self.both(name, to) {
                if version.schema(named).is_none() {
                    return Err(missing(name, version, format!("schema `{named}`")));
                }
            }
        }
        for (place, fate) in self.fates() {
            for target in fate.moved.iter().flatten() {
                if !self.to.has(target) {
                    return Err(missing(place, &self.to, format!("`{target}`")));
                }
            }
        }
        for (name, pair) in models {
            let model = self.from.schema(name).unwrap_or(&Value::Null);
            for property in pair.properties.keys() {
                if model["properties"].get(property).is_none() {
                    return Err(missing(name, &self.from, format!("property `{property}`")));
                }
            }
        }
        Ok(())
    }

    /// A name of the older version and what takes its place, each with the version that should have it.
    fn both<'b>(
        &'b self,
        old: &'b str,
        new: &'b [String],
    ) -> impl Iterator<Item = (&'b Version<'b>, &'b str)> {
        let new = new.iter().map(|name| (&self.to, name.as_str()));
        std::iter::once((&self.from, old)).chain(new)
    }

    /// What becomes of each parameter and property, with the operation or the model that has it.
    fn fates(&self) -> impl Iterator<Item = (&str, &Fate)> {
        let operations = self.migration.operations.iter().flat_map(|(id, pair)| {
            let fates = pair.parameters.values();
            fates.map(move |fate| (id.as_str(), fate))
        });
        let models = self.migration.models.iter().flat_map(|(name, pair)| {
            let fates = pair.properties.values();
            fates.map(move |fate| (name.as_str(), fate))
        });
        operations.chain(models)
    }

    /// What to call in place of each operation, as a paragraph by its id.
    pub fn successors(&self) -> BTreeMap<String, String> {
        let operations = self.migration.operations.iter();
        operations
            .map(|(id, pair)| {
                let calls: Vec<_> = pair.to.iter().map(|to| self.call(to)).collect();
                let version = self.to.name;
                let mut words = if calls.is_empty() {
                    format!("In {version} nothing takes its place.")
                } else {
                    format!("In {version}: {}.", calls.join(", "))
                };
                if let Some(note) = &pair.note {
                    words.push('\n');
                    words += note.trim();
                }
                (id.clone(), words)
            })
            .collect()
    }

    /// An operation of the newer version, with its request.
    fn call(&self, id: &str) -> String {
        let request = self.to.operations.get(id);
        let request = request.map_or("", |(_, request)| request);
        format!("`{id}` (`{request}`)")
    }
}

/// Adds what to call in another version to the descriptions of operations.
pub fn annotate(document: &mut Value, successors: &BTreeMap<String, String>) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    let items = paths.into_iter().flat_map(|paths| paths.values_mut());
    for operation in items
        .filter_map(Value::as_object_mut)
        .flat_map(|item| item.values_mut())
    {
        let id = operation["operationId"].as_str().unwrap_or_default();
        if let Some(words) = successors.get(id)
            && let Some(Value::String(description)) = operation.get_mut("description")
        {
            let text = description.trim_end();
            *description = format!("{text}\n\n{words}");
        }
    }
}
