//! Errors of an export.

use std::io;
use std::path::{Path, PathBuf};

use harvest_runtime::Error;

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
        "line {line} of the ledger was altered, or a line before it is gone; begin a new export in another folder"
    )]
    Ledger {
        /// Counted from 1.
        line: usize,
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
