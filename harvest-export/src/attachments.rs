//! Attachments: the files that records name by links, mirrored by the hash of their content.
//!
//! Which properties are links to files is in the description: texts of the class `document` whose name says that they are
//! URLs. A file is known by what the record says of it besides the link, which is another one each time.

mod mirror;
mod name;
mod proof;
mod servers;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use crate::catalog::{Field, Kind};
use crate::error::ExportError;
use crate::folder;
use crate::hash;
use crate::keys;
use crate::state::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[cfg(feature = "object-store")]
pub(crate) use self::proof::longest_index;
pub(crate) use self::proof::{index, prove};
pub use self::servers::{FileServers, NotFetched};

/// The folder of the files.
pub(crate) const FOLDER: &str = "files";
/// The list of the files that records have, with their names.
pub(crate) const INDEX: &str = "files.ndjson";
/// The class of files and the links to them.
pub(crate) const CLASS: &str = "document";
/// What a file is called that is not whole yet.
const UNFINISHED: &str = "unfinished";
/// How many digits of the hash name the folder of a file.
const SHARD: usize = 2;
/// How much of a hash is the key of a file.
const KEY: usize = 40;

/// The path of a file, by the hash of its content.
pub(crate) fn path(sha256: &str, ending: Option<&str>) -> String {
    let ending = ending.map(|it| format!(".{it}")).unwrap_or_default();
    let shard = sha256.get(..SHARD).unwrap_or_default();
    format!("{FOLDER}/{shard}/{sha256}{ending}")
}

/// Whether a path is that of a file with this content.
pub(crate) fn is_path(name: &str, sha256: &str) -> bool {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let is_hash = sha256.len() == 64 && sha256.bytes().all(is_digit);
    is_hash && path(sha256, name::ending(name).as_deref()) == name
}

/// Whether this program gives such a path to a file. Others belong to another program.
pub(crate) fn is_ours(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    let hash = last.split('.').next().unwrap_or_default();
    let is_part = Path::new(last).extension().is_some_and(|it| it == "part");
    let is_unfinished = last == UNFINISHED || last.starts_with('.') && is_part;
    is_path(name, hash) || (is_unfinished && name.matches('/').count() == 1)
}

/// The mirroring of attachments.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Attachments {
    /// The most bytes of a file.
    pub max_bytes: u64,
}

impl Default for Attachments {
    fn default() -> Self {
        Self {
            max_bytes: harvest_runtime::attachment::DEFAULT_MAX_BYTES,
        }
    }
}

/// A place in the records of a stream where a file is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    pub stream: String,
    /// The properties that lead to the object, or to a list of such.
    pub path: Vec<String>,
    /// The property with the link.
    pub url: String,
    /// The property with the name, if there is one.
    pub name: Option<String>,
}

/// The receipt of a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FileReceipt {
    pub stream: String,
    pub record: i64,
    pub key: String,
    /// The path below the folder of the export.
    pub file: String,
    pub bytes: u64,
    pub sha256: String,
}

/// A file that could not be had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Missing {
    pub stream: String,
    pub record: i64,
    pub key: String,
    pub reason: String,
    /// Whether the service has it no more, so that another run would not help.
    pub is_gone: bool,
}

/// A file that a record names.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub record: i64,
    pub key: String,
    pub url: String,
    /// Chosen by the sender of the file.
    pub name: Option<String>,
}

/// The places of a stream, by the shape of its records.
pub(crate) fn places(stream: &str, fields: &[Field]) -> Vec<Place> {
    let mut found = Vec::new();
    collect(stream, fields, &mut Vec::new(), &mut found);
    found
}

fn collect(stream: &str, fields: &[Field], path: &mut Vec<String>, found: &mut Vec<Place>) {
    let is_document = |field: &&Field| field.class == Some(CLASS) && field.kind == Kind::Text;
    let is_url = |field: &&Field| field.name == "url" || field.name.ends_with("_url");
    let documents = fields.iter().filter(is_document);
    let name = documents.clone().find(|it| !is_url(it));
    for link in documents.filter(is_url) {
        found.push(Place {
            stream: stream.to_owned(),
            path: path.clone(),
            url: link.name.to_owned(),
            name: name.map(|it| it.name.to_owned()),
        });
    }
    for field in fields {
        path.push(field.name.to_owned());
        collect(stream, &field.fields, path, found);
        path.pop();
    }
}

impl Place {
    /// The files that a record names here.
    pub(crate) fn files(&self, record: i64, json: &Value) -> Vec<Named> {
        let mut objects = vec![json];
        for step in &self.path {
            objects = objects
                .into_iter()
                .flat_map(|object| match object.get(step) {
                    Some(Value::Array(items)) => items.iter().collect(),
                    Some(inner) => vec![inner],
                    None => Vec::new(),
                })
                .collect();
        }
        let mut seen: HashMap<String, usize> = HashMap::new();
        let files = objects.into_iter().filter_map(|object| {
            let url = object.get(&self.url)?.as_str()?;
            let name = self.name.as_ref().and_then(|it| object.get(it)?.as_str());
            let mut key = self.key(record, object);
            let count = seen.entry(key.clone()).or_default();
            *count += 1;
            if *count > 1 {
                key = format!("{key}-{count}");
            }
            Some(Named {
                record,
                key,
                url: url.to_owned(),
                name: name.map(str::to_owned),
            })
        });
        files.collect()
    }

    /// What stays the same of a file while its link changes.
    fn key(&self, record: i64, object: &Value) -> String {
        let properties = object.as_object().into_iter().flatten();
        let properties: BTreeMap<_, _> = properties
            .filter(|(_, value)| !is_link(value))
            .map(|(name, value)| (name, value.to_string()))
            .collect();
        let text = format!(
            "{}\0{}\0{}\0{record}\0{properties:?}",
            self.stream,
            self.path.join("."),
            self.url
        );
        let mut hash = hash::of(text);
        hash.truncate(KEY);
        hash
    }
}

fn is_link(value: &Value) -> bool {
    let is_url = |text: &str| text.starts_with("https://") || text.starts_with("http://");
    value.as_str().is_some_and(is_url)
}

/// The files that the records of a stream name: those that are there after a run, each as it was read last.
pub(crate) fn named(
    state: &State,
    folder: &Path,
    stream: &str,
    places: &[Place],
    run: u32,
) -> Result<Vec<Named>, ExportError> {
    let live = keys::live(state, folder, stream, run)?;
    let mut latest: BTreeMap<i64, Vec<Named>> = BTreeMap::new();
    for (_, window) in state.of_stream(stream) {
        for receipt in window.receipts.iter().filter(|_| window.run <= run) {
            let mut lines = folder::lines(folder, receipt)?;
            while let Some(line) = lines.next()? {
                let Ok(json) = serde_json::from_str::<Value>(line) else {
                    continue;
                };
                let Some(id) = json["id"].as_i64().filter(|id| live.contains(id)) else {
                    continue;
                };
                let places = places.iter().filter(|it| it.stream == stream);
                let files = places.flat_map(|place| place.files(id, &json));
                latest.insert(id, files.collect());
            }
        }
    }
    Ok(latest.into_values().flatten().collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::catalog::Form;

    fn field(name: &'static str, class: Option<&'static str>, fields: Vec<Field>) -> Field {
        let kind = if fields.is_empty() {
            Kind::Text
        } else {
            Kind::List(Box::new(Kind::Json))
        };
        Field {
            name,
            kind,
            class,
            fields,
            form: Form::default(),
        }
    }

    #[test]
    fn files_are_known_by_what_stays() {
        let file = vec![
            field("label", Some(CLASS), Vec::new()),
            field("url", Some(CLASS), Vec::new()),
            field("kind", None, Vec::new()),
        ];
        let fields = [
            field("files", None, file),
            field("video_url", Some(CLASS), Vec::new()),
        ];
        let places = places("things", &fields);
        assert_eq!(places.len(), 2);
        let record = |signature: u32| {
            let url = format!("https://files.example/{signature}");
            json!({"id": 7, "video_url": null, "files": [
                {"label": "a.pdf", "url": url, "kind": "x"},
                {"label": "a.pdf", "url": url, "kind": "x"},
                {"label": "b.pdf", "url": null, "kind": "x"},
            ]})
        };
        let files = |signature: u32| -> Vec<_> {
            places
                .iter()
                .flat_map(|it| it.files(7, &record(signature)))
                .collect()
        };
        let (first, second) = (files(1), files(2));
        assert_eq!(first.len(), 2);
        let keys = |files: &[Named]| files.iter().map(|it| it.key.clone()).collect::<Vec<_>>();
        assert_eq!(keys(&first), keys(&second));
        let different: std::collections::BTreeSet<_> = keys(&first).into_iter().collect();
        assert_eq!(different.len(), 2);
        assert_ne!(first[0].url, second[0].url);
    }
}
