//! Versions: the embedded descriptions, and the faces that are served on records.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::faces::Face;
use crate::faces::{v1, v3};
use crate::openapi::document::Document;
use crate::refusal::StartError;

/// The face of a version, as far as it is known what its operations do.
pub(super) fn face(version: &str) -> Option<&'static Face> {
    match version {
        "v1" => Some(&v1::FACE),
        "v3" => Some(&v3::FACE),
        _ => None,
    }
}

/// The embedded documents of versions on which records can be served.
pub(super) fn served() -> impl Iterator<Item = &'static harvest_spec::Document> {
    let known = harvest_spec::DOCUMENTS.iter();
    known.filter(|document| face(document.version).is_some())
}

/// The faces of all other versions on which records can be served, with their descriptions.
pub(super) fn others(version: &str) -> Result<Vec<(&'static Face, Arc<Document>)>, StartError> {
    let others = served().filter(|document| document.version != version);
    let others = others.filter_map(|document| Some((face(document.version)?, document.version)));
    others
        .map(|(face, version)| Ok((face, parsed(version)?)))
        .collect()
}

/// Reads the descriptions of all versions on which records can be served, at the same time: they are what a start takes
/// longest for. What is wrong with one is found again by [`parsed`].
pub(super) fn read_all() {
    std::thread::scope(|scope| {
        for document in served() {
            scope.spawn(|| parsed(document.version).is_ok());
        }
    });
}

/// The description of a version. It is read once in a process, since tests start many sandboxes.
pub(super) fn parsed(version: &str) -> Result<Arc<Document>, StartError> {
    static READ: Mutex<BTreeMap<String, Arc<Document>>> = Mutex::new(BTreeMap::new());
    // Nothing panics while it is held.
    let read = || READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(document) = read().get(version) {
        return Ok(Arc::clone(document));
    }
    let document = Arc::new(Document::parse(embedded(version)?)?);
    read().insert(version.to_owned(), Arc::clone(&document));
    Ok(document)
}

pub(super) fn embedded(version: &str) -> Result<&'static str, StartError> {
    match harvest_spec::document(version) {
        Some(document) => Ok(document.json),
        None => Err(StartError::UnknownVersion {
            version: version.to_owned(),
            known: harvest_spec::DOCUMENTS
                .iter()
                .map(|document| document.version)
                .collect(),
        }),
    }
}
