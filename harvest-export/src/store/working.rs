//! Working folder of a store: an export, and the name of who writes from there.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::receipts::SUMMARIES;
use crate::error::ExportError;
use crate::folder::Folder;
use crate::sqlite::DATABASE;

/// The folder of the export, in the working folder.
pub(super) const EXPORT: &str = "export";
/// The file that has the name of the writer, in the working folder.
const WRITER: &str = "writer";

/// Removes the files that are made of a ledger and its pages: they have what was not put.
pub(super) fn remove_derived(folder: &Path) -> Result<(), ExportError> {
    let of_database = ["-journal", "-wal", "-shm"].map(|it| format!("{DATABASE}{it}"));
    for name in SUMMARIES.map(str::to_owned).into_iter().chain(of_database) {
        let path = folder.join(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(ExportError::file(&path, error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Makes folders within a folder, one in the other.
pub(super) fn create_all(folder: &Folder, path: &str) -> Result<(), ExportError> {
    let ends = path.match_indices('/').map(|(at, _)| at);
    for end in ends.chain([path.len()]) {
        folder.create(path.get(..end).unwrap_or(path))?;
    }
    Ok(())
}

/// The name of who writes from a working folder, which is the same after a crash.
pub(super) fn writer(work: &Folder) -> Result<String, ExportError> {
    let path = work.path().join(WRITER);
    let failed = |error| ExportError::file(&path, error);
    match fs::read_to_string(&path) {
        Ok(name) if is_name(&name) => return Ok(name),
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    // It distinguishes writers, and is no secret: the seeds of a hash map do.
    let random = || {
        use std::hash::{BuildHasher, RandomState};
        RandomState::new().hash_one(std::process::id())
    };
    let name = format!("{:016x}{:016x}", random(), random());
    work.write(WRITER, name.as_bytes())?;
    Ok(name)
}

fn is_name(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
