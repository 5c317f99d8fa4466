//! Limits of a copy: how long the files of an export can be, by its ledger. Both may come from anywhere.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;

use super::Store;
use super::receipts::expected;
use crate::attachments;
use crate::columnar::{self, MOST_COMMIT};
use crate::error::ExportError;
use crate::folder;
use crate::manifest;
use crate::sqlite::DATABASE;
use crate::state::State;

/// The bytes of a database: so many times those of the pages, and what its tables take without a record.
const DATABASE_OF_PAGES: u64 = 16;
const EMPTY_DATABASE: u64 = 64 * 1024 * 1024;

/// What a copy of an export takes at the most.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct CopyLimits {
    /// The bytes of a page: those of an answer, by the limit of the client that reads it.
    pub page_bytes: u64,
    /// The bytes of all files. What the disk has no room for is not copied in any case.
    pub bytes: u64,
}

impl Default for CopyLimits {
    fn default() -> Self {
        Self {
            page_bytes: 64 * 1024 * 1024,
            bytes: 64 * 1024 * 1024 * 1024,
        }
    }
}

/// How long each file of an export is.
pub(super) struct Lengths(BTreeMap<String, RangeInclusive<u64>>);

impl Lengths {
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Whether a file has the length that its receipt says, or one that what is made of the ledger can have.
    pub(super) fn allow(&self, name: &str, length: u64) -> bool {
        self.0.get(name).is_some_and(|it| it.contains(&length))
    }
}

impl Store {
    /// The lengths of files by the ledger, whose last line has this hash.
    ///
    /// # Errors
    ///
    /// If a receipt says more than an export writes.
    pub(super) fn lengths(
        &self,
        state: &State,
        link: &str,
        limits: &CopyLimits,
    ) -> Result<Lengths, ExportError> {
        let mut lengths = BTreeMap::new();
        let mut pages = 0_u64;
        for (name, length) in expected(state) {
            let stream = name.split('/').next().unwrap_or_default();
            let most = if folder::is_page(stream, &name) {
                pages = pages.saturating_add(length);
                Some((limits.page_bytes, "unless --max-response-size is raised"))
            } else if name == columnar::VIEWS || columnar::is_commit(&name) {
                Some((MOST_COMMIT as u64, "so another program wrote it"))
            } else {
                None
            };
            if let Some((most, why)) = most.filter(|(most, _)| length > *most) {
                let problem = format!(
                    "has {length} bytes by its receipt, and an export has {most} at the most \
                     there, {why}; nothing of the files was read"
                );
                return Err(self.problem(&name, &problem));
            }
            lengths.insert(name, length..=length);
        }
        let texts = [
            (manifest::MANIFEST, manifest::manifest(state, link)),
            (manifest::DELETED, manifest::deleted(state)),
        ];
        for (name, text) in texts {
            let length = text.map(|text| text.len() as u64);
            lengths.extend(length.map(|it| (name.to_owned(), it..=it)));
        }
        let index = attachments::longest_index(state);
        lengths.insert(attachments::INDEX.to_owned(), 0..=index);
        let database = pages.saturating_mul(DATABASE_OF_PAGES);
        let database = database.saturating_add(EMPTY_DATABASE);
        lengths.insert(DATABASE.to_owned(), 0..=database);
        Ok(Lengths(lengths))
    }

    /// Makes sure that a copy is no longer than is allowed, and that there is room for it.
    pub(super) fn fits(&self, bytes: u64, most: u64, folder: &Path) -> Result<(), ExportError> {
        if bytes > most {
            let problem = format!(
                "{bytes} bytes are to be copied, and {most} are allowed: raise --max-copy-size"
            );
            return Err(self.problem("", &problem));
        }
        // Where that is not known, the disk says so.
        let room = fs4::available_space(folder).unwrap_or(u64::MAX);
        if bytes > room {
            let problem = format!(
                "{bytes} bytes are to be copied, and the disk of {} has room for {room}: free \
                 some, or name another folder by TMPDIR (or --work)",
                folder.display()
            );
            return Err(self.problem("", &problem));
        }
        Ok(())
    }
}
