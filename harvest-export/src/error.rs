//! Errors of an export.

use std::io;
use std::path::{Path, PathBuf};

use harvest_runtime::Error;

use crate::catalog::CatalogError;

/// Why an export stopped. What was written before is kept, and the next run goes on behind it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The service refused or failed.
    #[error("{stream}: {source}")]
    Service {
        /// The stream.
        stream: String,
        /// What happened.
        source: Error,
    },
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Its path.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The ledger could not be continued.
    #[error("the ledger cannot be written: {0}")]
    Append(#[from] io::Error),
    /// A line of the ledger is not what was written.
    #[error(
        "line {line} of the ledger was altered, or a line before it is gone; begin a new export in \
         another folder"
    )]
    Ledger {
        /// Counted from 1.
        line: usize,
    },
    /// The ledger has more than is read: it may come from anywhere, and takes more memory than it has text.
    #[error(
        "line {line} of the ledger {problem}, which is more than is read or written; if an export \
         wrote it, begin a new one in another folder or below another prefix, and otherwise find \
         out what did"
    )]
    LedgerSize {
        /// Counted from 1.
        line: usize,
        /// What is too much: `has more than 67108864 bytes`.
        problem: String,
    },
    /// There is no ledger.
    #[error("{} is no export: it has no ledger", path.display())]
    NoExport {
        /// The folder.
        path: PathBuf,
    },
    /// The folder has a file that an export would write to, and that is of something else.
    #[error("{} is no export's; choose an empty folder, or move it away", path.display())]
    Occupied {
        /// The path of the file or folder.
        path: PathBuf,
    },
    /// The log of a table has what this program did not write.
    #[error(
        "{} was written by another program; an export adds to its tables alone: remove it if \
         nothing needs it, or export to another folder",
        path.display()
    )]
    Foreign {
        /// The path of the commit.
        path: PathBuf,
    },
    /// Another process exports to the folder.
    #[error("another export writes to {}; wait for it to end", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// The folder has an export of something else.
    #[error("the folder has an export of {found}; choose another one for {wanted}")]
    OtherExport {
        /// What it has.
        found: String,
        /// What was asked for.
        wanted: String,
    },
    /// There is no such stream.
    #[error("there is no stream {name}; known: {known}")]
    UnknownStream {
        /// The name that was asked for.
        name: String,
        /// All names.
        known: String,
    },
    /// The description cannot be read.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    /// A stream is left out for what it says about people, and was asked for.
    #[error("{name} is left out unless its answers are asked for: add --with demographic")]
    LeftOut {
        /// The stream.
        name: String,
    },
    /// Files were asked for, and are left out.
    #[error(
        "attachments are personal data of the class document, which is left out; add --with \
         document, or leave it out of --without"
    )]
    #[non_exhaustive]
    DocumentsLeftOut {},
    /// There is no such class of personal data.
    #[error("there is no class {name} of personal data; known: {known}")]
    UnknownClass {
        /// The name that was asked for.
        name: String,
        /// All classes.
        known: String,
    },
    /// The key of pseudonyms could be guessed.
    #[error("a key of pseudonyms has at least {least} bytes; make one with `openssl rand -hex 32`")]
    ShortKey {
        /// How many it has to have.
        least: usize,
    },
    /// Too many records are gone to believe it.
    #[error(
        "{missing} of {live} {stream} are not listed any more, which a lost permission looks like, \
         too; if they were deleted, allow it by --allow-mass-delete"
    )]
    MassDeletion {
        /// The stream.
        stream: String,
        /// How many are gone.
        missing: usize,
        /// How many there were.
        live: usize,
    },
    /// The database could not be written.
    #[error("{}: {source}", path.display())]
    Database {
        /// Its path.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// The address of an object store cannot be used. It is not repeated: it may have a credential in it.
    #[error("the address of the store {reason}")]
    StoreAddress {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// An object store refused or failed.
    #[error("{place}: {problem}")]
    Store {
        /// The address of the object.
        place: String,
        /// What happened, and what to do.
        problem: String,
    },
    /// An object store asked for a longer pause than is waited for.
    #[error(
        "{place}: the store asked for a pause (HTTP {status}) that is not waited for; it takes \
         requests again at {until}; run the same command then"
    )]
    Paused {
        /// The address of the object.
        place: String,
        /// The status of its answer.
        status: u16,
        /// When the pause ends, for people: `2026-03-02T10:00:00Z at the earliest`.
        until: String,
    },
    /// Another process exports to the store.
    #[error(
        "another export writes to {place}; wait for it until {until}, or, if it is known to have \
         ended, add --take-over"
    )]
    Leased {
        /// The address.
        place: String,
        /// The moment at which it is taken to have ended, if it is not heard of before.
        until: String,
    },
    /// The list is not what was asked for.
    #[error("{stream}: {problem}")]
    Unsound {
        /// The stream.
        stream: String,
        /// What is wrong with its pages.
        problem: &'static str,
    },
}

impl ExportError {
    pub(crate) fn file(path: &Path, source: io::Error) -> Self {
        Self::File {
            path: path.to_owned(),
            source,
        }
    }
}
