//! Tail of a ledger: what another value of this process wrote to it since.

use std::fs::File;
use std::io::{BufReader, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::{Event, FILE, Size, read, read_after};
use crate::error::ExportError;

/// The place in a ledger up to which it was read.
pub(crate) struct Tail {
    path: PathBuf,
    link: String,
    size: Size,
    /// Up to the end of a line.
    pub length: u64,
}

impl Tail {
    /// Behind these bytes, which the ledger of a folder begins with.
    pub(crate) fn behind(folder: &Path, bytes: &[u8]) -> Result<Self, ExportError> {
        let path = folder.join(FILE);
        let read = read(bytes, &path)?;
        Ok(Self {
            path,
            link: read.link,
            size: read.size,
            length: read.length,
        })
    }

    /// The events since. A line that is being written is none yet.
    pub(crate) fn read(&mut self) -> Result<Vec<Event>, ExportError> {
        let failed = |error| ExportError::file(&self.path, error);
        let mut file = match File::open(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            file => file.map_err(failed)?,
        };
        file.seek(SeekFrom::Start(self.length)).map_err(failed)?;
        let file = BufReader::new(file);
        let read = read_after(file, &self.path, self.link.clone(), self.size)?;
        self.link = read.link;
        self.size = read.size;
        self.length += read.length;
        Ok(read.events)
    }

    /// The bytes of the ledger up to here.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, ExportError> {
        let failed = |error| ExportError::file(&self.path, error);
        let file = File::open(&self.path).map_err(failed)?;
        let mut bytes = Vec::new();
        file.take(self.length)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
        Ok(bytes)
    }
}

/// The events of bytes that a ledger begins with.
pub(crate) fn events_of(bytes: &[u8]) -> Result<Vec<Event>, ExportError> {
    Ok(read(bytes, Path::new(FILE))?.events)
}

/// The whole lines of the ledger of a folder; none if there is no ledger.
pub(crate) fn whole(folder: &Path) -> Result<Vec<u8>, ExportError> {
    let path = folder.join(FILE);
    let mut bytes = match std::fs::read(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        bytes => bytes.map_err(|error| ExportError::file(&path, error))?,
    };
    let end = bytes.iter().rposition(|byte| *byte == b'\n');
    bytes.truncate(end.map_or(0, |at| at + 1));
    Ok(bytes)
}
