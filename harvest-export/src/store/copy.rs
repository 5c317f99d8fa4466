//! Copy of an export in a store, to prove it or to plan a run: files of bounded size, in a folder of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::receipts::{SUMMARIES, expected, note};
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

impl Store {
    /// Copies the ledger into a folder. False: the store has none.
    ///
    /// # Errors
    ///
    /// If the store or a file fails.
    pub async fn copy_ledger(&self, folder: &Path) -> Result<bool, ExportError> {
        let Some(found) = self.get(FILE, MOST_BYTES).await? else {
            return Ok(false);
        };
        Folder::open(folder)?.write(FILE, &found.bytes)?;
        Ok(true)
    }

    /// Copies an export into an empty folder, as far as a proof needs it: what is there has its size, and an object that
    /// has no receipt, or another size than that says, is an empty file there.
    ///
    /// # Errors
    ///
    /// If there is no export, or the store or a file fails.
    pub async fn copy(&self, folder: &Path) -> Result<(), ExportError> {
        if !self.copy_ledger(folder).await? {
            return Err(self.problem("", "is no export: it has no ledger"));
        }
        let state = State::of(ledger::events(folder)?);
        let expected = expected(&state);
        let target = Folder::open(folder)?;
        for (name, size) in self.list().await? {
            let is_same = expected.get(&name) == Some(&size) || SUMMARIES.contains(&name.as_str());
            let is_taken = name == FILE || name == super::lease::NAME;
            if is_taken || !is_plain(&name) {
                continue;
            }
            if !is_same {
                target.write(&name, &[])?;
                continue;
            }
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
            let (_, unfinished) = folder.begin(&name)?;
            let failed = |error| ExportError::file(&unfinished, error);
            fs::remove_file(&unfinished).map_err(failed)?;
            self.get_file(&name, &unfinished, expected.bytes).await?;
            if !expected.hash.is_of_file(&unfinished).map_err(failed)? {
                let problem = "is not what was written; `harvest export verify` names all such \
                               objects; begin a new export below another prefix";
                return Err(self.problem(&name, problem));
            }
            folder.adopt(&unfinished, &name)?;
        }
        Ok(())
    }
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
