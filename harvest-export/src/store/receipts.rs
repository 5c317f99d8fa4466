//! Receipts of files: what a ledger says that each file of an export has to be, and which names are those of an export.

use std::collections::{BTreeMap, BTreeSet};

use crate::attachments;
use crate::columnar;
use crate::folder;
use crate::hash::ContentHash::{self, Sha256};
use crate::ledger::Event;
use crate::manifest;
use crate::sqlite::DATABASE;
use crate::state::State;

/// The files that are made of a ledger and its pages, and have no receipts.
pub(super) const SUMMARIES: [&str; 4] = [
    manifest::MANIFEST,
    manifest::DELETED,
    attachments::INDEX,
    DATABASE,
];

/// What a file has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expected {
    pub bytes: u64,
    pub hash: ContentHash,
}

/// Notes what an event says of files.
pub(super) fn note(files: &mut BTreeMap<String, Expected>, event: Event) {
    let (file, bytes, hash) = match event {
        Event::Page(it) => (it.file, it.bytes, it.hash),
        Event::File(it) => (it.file, it.bytes, Sha256(it.sha256)),
        Event::Table(it) => (it.file, it.bytes, it.hash),
        Event::Commit(it) => (it.file, it.bytes, it.hash),
        Event::Views { bytes, hash } => (columnar::VIEWS.to_owned(), bytes, hash),
        Event::Restart { stream, window } => {
            let first = folder::page(&stream, window, 0);
            let begin = first.trim_end_matches("00000.ndjson");
            files.retain(|name, _| !name.starts_with(begin));
            return;
        }
        Event::Columnar { .. } => {
            let begin = format!("{}/", columnar::FOLDER);
            files.retain(|name, _| !name.starts_with(&begin));
            return;
        }
        _ => return,
    };
    files.insert(file, Expected { bytes, hash });
}

/// The files that an export has receipts of, with their sizes.
pub(super) fn expected(state: &State) -> BTreeMap<String, u64> {
    let pages = state.windows.values().flat_map(|it| &it.receipts);
    let pages = pages.map(|it| (it.file.clone(), it.bytes));
    let files = state.files.values().map(|it| (it.file.clone(), it.bytes));
    let columnar = state.columnar.iter();
    let tables = columnar.clone().flat_map(|it| it.tables.values());
    let tables = tables.map(|it| (it.file.clone(), it.bytes));
    let commits = columnar.clone().flat_map(|it| it.commits.values());
    let commits = commits.map(|it| (it.file.clone(), it.bytes));
    let views = columnar.filter_map(|it| it.views.as_ref());
    let views = views.map(|(bytes, _)| (columnar::VIEWS.to_owned(), *bytes));
    let tables = tables.chain(commits).chain(views);
    pages.chain(files).chain(tables).collect()
}

/// Whether an export of these streams gives such a name to a file that has a receipt.
pub(super) fn is_ours(state: &State, name: &str) -> bool {
    let folder = name.split('/').next().unwrap_or_default();
    let streams: BTreeSet<_> = state.runs.iter().flat_map(|run| &run.streams).collect();
    let is_page = streams.iter().any(|it| *it == folder) && folder::is_page(folder, name);
    is_page || attachments::is_ours(name) || columnar::is_of_any_table(name)
}
