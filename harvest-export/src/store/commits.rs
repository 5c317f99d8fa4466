//! Commits to the logs of tables: each is put where there is none, so that one of another program is not lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::receipts::Expected;
use super::{Put, Store};
use crate::columnar::MOST_COMMIT;
use crate::error::ExportError;
use crate::hash::ContentHash;
use crate::ledger::Event;
use bytes::Bytes;
use object_store::PutMode;

/// The hashes of all commits that the ledger has had, by their names: also of those that others have taken the place of.
#[derive(Default)]
pub(super) struct Commits(BTreeMap<String, BTreeSet<ContentHash>>);

impl Commits {
    pub(super) fn of(events: &[Event]) -> Self {
        let mut commits = Self::default();
        for event in events {
            commits.note(event);
        }
        commits
    }

    pub(super) fn note(&mut self, event: &Event) {
        if let Event::Commit(receipt) = event {
            let hashes = self.0.entry(receipt.file.clone()).or_default();
            hashes.insert(receipt.hash.clone());
        }
    }

    /// Whether the export has ever written a commit of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn has_written(&self, name: &str, bytes: &[u8]) -> bool {
        let hashes = self.0.get(name);
        hashes.is_some_and(|it| it.iter().any(|hash| hash.is_of(bytes)))
    }
}

impl Store {
    /// Puts a commit where there is none, or one that this export wrote before. False: the file is something else than
    /// expected, and was not put.
    pub(super) async fn put_commit(
        &self,
        name: &str,
        path: &Path,
        expected: &Expected,
        commits: &Commits,
    ) -> Result<bool, ExportError> {
        let about = fs::symlink_metadata(path);
        if !about.is_ok_and(|it| it.is_file() && it.len() == expected.bytes) {
            return Ok(false);
        }
        let bytes = fs::read(path).map_err(|error| ExportError::file(path, error))?;
        if !expected.hash.is_of(&bytes) {
            return Ok(false);
        }
        let bytes = Bytes::from(bytes);
        if let Put::Done(_) = self.put(name, bytes.clone(), PutMode::Create).await? {
            return Ok(true);
        }
        if let Some(found) = self.get(name, MOST_COMMIT as u64).await? {
            if found.bytes == bytes {
                return Ok(true);
            }
            if commits.has_written(name, &found.bytes) {
                let mode = PutMode::Update(found.version);
                if let Put::Done(_) = self.put(name, bytes, mode).await? {
                    return Ok(true);
                }
            }
        }
        Err(self.problem(
            name,
            "was written by another program; an export adds to its tables alone: remove it if \
             nothing needs it, or export below another prefix",
        ))
    }
}
