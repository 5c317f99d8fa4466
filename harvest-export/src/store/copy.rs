//! Copy of an export in a store, to prove it or to plan a run: files of bounded size, in a folder of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::limits::CopyLimits;
use super::receipts::note;
use super::working::create_all;
use super::{MOST_BYTES, Store};
use crate::error::ExportError;
use crate::folder::Folder;
use crate::ledger::{self, Event, FILE};
use crate::state::State;

/// The longest name of an object that becomes one of a file.
const MOST_NAME: usize = 200;
/// The most folders that a file lies in.
const MOST_DEPTH: usize = 3;
/// The most objects without a receipt that are looked at: a proof lists no more.
const MOST_STRAYS: usize = 1_000;

impl Store {
    /// Copies the ledger into a folder. False: the store has none.
    ///
    /// # Errors
    ///
    /// If the store or a file fails.
    pub async fn copy_ledger(&self, folder: &Path) -> Result<bool, ExportError> {
        let folder = Folder::open(folder)?;
        let unfinished = unfinished(&folder, FILE)?;
        let is_there = self.get_file_up_to(FILE, &unfinished, MOST_BYTES).await?;
        if is_there {
            folder.adopt(&unfinished, FILE)?;
        } else {
            remove(&unfinished)?;
        }
        Ok(is_there)
    }

    /// Copies an export into an empty folder, as far as a proof needs it: what is there has its size, and an object that
    /// has no receipt, or another size than that says, is an empty file there. What the ledger and the store say is bounded
    /// before a file is read: by the limits, by what the ledger allows, and by the room on the disk.
    ///
    /// # Errors
    ///
    /// If there is no export, it is larger than that, or the store or a file fails.
    pub async fn copy(&self, folder: &Path, limits: &CopyLimits) -> Result<(), ExportError> {
        if !self.copy_ledger(folder).await? {
            return Err(self.problem("", "is no export: it has no ledger"));
        }
        let (events, link) = ledger::linked(folder)?;
        let lengths = self.lengths(&State::of(events), &link, limits)?;
        let is_taken = |name: &str| name == FILE || name == super::lease::NAME;
        let names = self.list().await?.into_iter();
        let names = names.filter(|(name, _)| !is_taken(name) && is_plain(name));
        let (same, others): (Vec<_>, Vec<_>) =
            names.partition(|(name, length)| lengths.allow(name, *length));
        let bytes = same.iter().fold(0, |all: u64, it| all.saturating_add(it.1));
        self.fits(bytes, limits.bytes, folder)?;
        let target = Folder::open(folder)?;
        let (known, strays): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|(name, _)| lengths.has(name));
        for (name, _) in known.iter().chain(strays.iter().take(MOST_STRAYS)) {
            target.write(name, &[])?;
        }
        for (name, size) in same {
            let (parent, _) = name.rsplit_once('/').unwrap_or_default();
            create_all(&target, parent)?;
            self.get_file(&name, &folder.join(&name), size).await?;
        }
        Ok(())
    }

    /// Fetches the pages and tables that a ledger names into the folder of an export, as far as they are not there.
    pub(super) async fn fetch(&self, path: &Path, events: Vec<Event>) -> Result<(), ExportError> {
        let mut needed = BTreeMap::new();
        for event in events {
            if !matches!(event, Event::File(_)) {
                note(&mut needed, event);
            }
        }
        let folder = Folder::open(path)?;
        for (name, expected) in needed {
            if matches!(expected.hash.is_of_file(&path.join(&name)), Ok(true)) {
                continue;
            }
            if let Some((parent, _)) = name.rsplit_once('/') {
                create_all(&folder, parent)?;
            }
            let unfinished = unfinished(&folder, &name)?;
            self.fits(expected.bytes, u64::MAX, path)?;
            self.get_file(&name, &unfinished, expected.bytes).await?;
            let is_same = expected.hash.is_of_file(&unfinished);
            if !is_same.map_err(|error| ExportError::file(&unfinished, error))? {
                let problem = "is not what was written; `harvest export verify` names all such \
                               objects; begin a new export below another prefix";
                return Err(self.problem(&name, problem));
            }
            folder.adopt(&unfinished, &name)?;
        }
        Ok(())
    }
}

/// The path at which a file is copied that gets its name when it is whole. Nothing is there.
fn unfinished(folder: &Folder, name: &str) -> Result<PathBuf, ExportError> {
    let (_, unfinished) = folder.begin(name)?;
    remove(&unfinished)?;
    Ok(unfinished)
}

fn remove(file: &Path) -> Result<(), ExportError> {
    fs::remove_file(file).map_err(|error| ExportError::file(file, error))
}

/// Whether the name of an object can be that of a file of an export, and leads nowhere else.
fn is_plain(name: &str) -> bool {
    let is_part = |part: &str| {
        let is_of_name =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        !part.is_empty() && !part.starts_with('.') && part.bytes().all(is_of_name)
    };
    name.len() <= MOST_NAME
        && name.matches('/').count() <= MOST_DEPTH
        && name.split('/').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_else() {
        for name in ["a", "a/000001-00001.ndjson", "parquet/a__b/000001.parquet"] {
            assert!(is_plain(name), "{name}");
        }
        for name in [
            "",
            "/a",
            "a/",
            "a//b",
            "../a",
            "a/../b",
            ".a",
            "a\\b",
            "ä",
            "a/b/c/d/e",
        ] {
            assert!(!is_plain(name), "{name}");
        }
    }
}
