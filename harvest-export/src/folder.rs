//! The folder of an export: its lock, and files that are there as a whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use fs4::FileExt;

use crate::error::ExportError;

const LOCK: &str = "lock";

/// A folder that this process alone writes to.
pub(crate) struct Folder {
    path: PathBuf,
    /// Ends with the process, however that ends.
    _lock: File,
}

impl Folder {
    pub(crate) fn open(path: &Path) -> Result<Self, ExportError> {
        create(path).map_err(|error| ExportError::file(path, error))?;
        let lock = path.join(LOCK);
        let failed = |error| ExportError::file(&lock, error);
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&lock)
            .map_err(failed)?;
        if FileExt::try_lock(&file).is_err() {
            return Err(ExportError::Locked {
                path: path.to_owned(),
            });
        }
        Ok(Self {
            path: path.to_owned(),
            _lock: file,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file, so that it is there as a whole and survives a crash, or is not there.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), ExportError> {
        let path = self.path.join(name);
        let failed = |error| ExportError::file(&path, error);
        let folder = path.parent().unwrap_or(&self.path);
        create(folder).map_err(failed)?;
        let mut unfinished = path.clone().into_os_string();
        unfinished.push(".tmp");
        let mut file = File::create(&unfinished).map_err(failed)?;
        file.write_all(bytes).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        fs::rename(&unfinished, &path).map_err(failed)?;
        sync(folder).map_err(failed)
    }

    /// Removes the files of a stream that have no receipt: a process that ended left them.
    pub(crate) fn remove_others(
        &self,
        stream: &str,
        known: &BTreeSet<&str>,
    ) -> Result<(), ExportError> {
        for name in files(&self.path, stream)? {
            if !known.contains(name.as_str()) {
                let path = self.path.join(name);
                fs::remove_file(&path).map_err(|error| ExportError::file(&path, error))?;
            }
        }
        Ok(())
    }
}

/// The files of a stream, as receipts name them.
pub(crate) fn files(folder: &Path, stream: &str) -> Result<Vec<String>, ExportError> {
    let path = folder.join(stream);
    let failed = |error| ExportError::file(&path, error);
    let entries = match fs::read_dir(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let names = entries.map(|entry| {
        let name = entry?.file_name().to_string_lossy().into_owned();
        Ok(format!("{stream}/{name}"))
    });
    names.collect::<std::io::Result<_>>().map_err(failed)
}

/// A folder that only its owner can read: candidates are in it.
#[cfg(unix)]
fn create(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(not(unix))]
fn create(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}

/// Makes the names in a folder survive a crash.
#[cfg(unix)]
fn sync(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync(_: &Path) -> std::io::Result<()> {
    Ok(())
}
