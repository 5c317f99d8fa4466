//! The proof of mirrored files, and their list.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use super::{FileReceipt, mirror, name, named};
use crate::error::ExportError;
use crate::hash::of_file;
use crate::state::State;
use crate::verify::Report;

/// Whether each file is what its receipt says, and each that a record names is there. What the service has no more is listed.
pub(crate) fn prove(state: &State, path: &Path, report: &mut Report) -> Result<(), ExportError> {
    let mut strays: BTreeSet<_> = mirror::all(path)?.into_iter().collect();
    let mut seen = BTreeSet::new();
    for receipt in state.files.values() {
        strays.remove(&receipt.file);
        if seen.insert(&receipt.file) {
            report.files += 1;
            report.file_bytes += receipt.bytes;
            if let Err(problem) = check(path, receipt) {
                report.problem(format!("{}: {problem}", receipt.file));
            }
        }
    }
    for stray in strays {
        report.problem(format!(
            "{stray} has no receipt; export again to have it removed"
        ));
    }
    let Some(mirrored) = &state.attachments else {
        return Ok(());
    };
    if !mirrored.is_done {
        report.problem(format!("the run {} did not mirror all files", mirrored.run));
        return Ok(());
    }
    for stream in mirrored.streams() {
        for file in named(state, path, stream, &mirrored.places, mirrored.run)? {
            let (record, missing) = (file.record, state.missing.get(&file.key));
            match missing {
                _ if state.files.contains_key(&file.key) => {}
                Some(missing) if missing.is_gone => report.gone_files += 1,
                Some(missing) => {
                    report.problem(format!("{stream}: a file of {record}: {}", missing.reason));
                }
                None => report.problem(format!("{stream}: a file of {record} is missing")),
            }
        }
    }
    Ok(())
}

fn check(path: &Path, receipt: &FileReceipt) -> Result<(), String> {
    let path = path.join(&receipt.file);
    let about = std::fs::symlink_metadata(&path);
    // What is no file, or longer than the receipt says, is not read: it could have no end.
    if about.is_ok_and(|it| !it.is_file() || it.len() != receipt.bytes) {
        return Err("is not what was fetched".to_owned());
    }
    let read = of_file(&path);
    let found = read.map_err(|error| format!("cannot be read: {error}"))?;
    if found == (receipt.sha256.clone(), receipt.bytes) {
        Ok(())
    } else {
        Err("is not what was fetched".to_owned())
    }
}

/// A line for each file that a record has, with a name that is safe. None: no files are mirrored.
pub(crate) fn index(state: &State, path: &Path) -> Result<Option<String>, ExportError> {
    let Some(mirrored) = state.attachments.as_ref().filter(|it| it.is_done) else {
        return Ok(None);
    };
    let mut text = String::new();
    for stream in mirrored.streams() {
        for file in named(state, path, stream, &mirrored.places, mirrored.run)? {
            let Some(receipt) = state.files.get(&file.key) else {
                continue;
            };
            let line = serde_json::json!({
                "stream": stream,
                "record": file.record,
                "name": file.name.as_deref().map(name::safe),
                "file": receipt.file,
                "bytes": receipt.bytes,
                "sha256": receipt.sha256,
            });
            let _ = writeln!(text, "{line}");
        }
    }
    Ok(Some(text))
}

/// The most bytes of the list: a line for each receipt, with a name that is safe.
#[cfg(feature = "object-store")]
pub(crate) fn longest_index(state: &State) -> u64 {
    // The names of the properties, the hash, and numbers; each byte of a name may be one that JSON escapes.
    const REST: usize = 256;
    let line = |it: &FileReceipt| it.stream.len() + it.file.len() + 2 * name::LONGEST + REST;
    state.files.values().map(|it| line(it) as u64).sum()
}
