//! Commits of the files of a table to its Delta log: each once, in the order of the runs.
//!
//! A run begins when the one before has ended, so that the place of a file among those of its table is the version of its
//! commit for good. The receipt follows the commit, like that of any file; a process that ends between the two finds what it
//! wrote, and does not write it again.

use std::fs;
use std::io::ErrorKind;

use super::delta::Log;
use super::schema::Schema;
use super::{CommitReceipt, commit as name, log as folder_of};
use crate::error::ExportError;
use crate::folder::Folder;
use crate::hash::ContentHash;
use crate::journal::Journal;
use crate::ledger::Event;
use crate::state::{Columnar, State};

/// Commits the files of a table that are not in its log yet.
pub(super) fn commit(
    journal: &mut Journal,
    table: &str,
    schema: &Schema,
) -> Result<(), ExportError> {
    let Some(columnar) = &journal.state.columnar else {
        return Ok(());
    };
    let origin = journal.state.origin.as_ref();
    let origin = origin.map_or_else(String::new, ToString::to_string);
    let log = Log {
        table,
        export: &format!("{origin} {}", columnar.form),
        columns: &schema.types,
    };
    let runs: Vec<_> = columnar.tables_of(table).map(|it| it.run).collect();
    if !runs.is_empty() {
        journal.folder.create(&folder_of(table))?;
    }
    for (version, run) in (0..).zip(runs) {
        let Some((commit, text)) = made(&journal.state, &log, version, run) else {
            continue;
        };
        let columnar = journal.state.columnar.as_ref();
        let known = columnar.and_then(|it| it.commits.get(&(table.to_owned(), version)));
        if put(&journal.folder, &commit, &text, known)? {
            journal.record(Event::Commit(commit))?;
        }
    }
    Ok(())
}

/// Removes the commits of all logs, the last ones first: what is left is a table as it was.
pub(super) fn remove(folder: &Folder, columnar: &Columnar) -> Result<(), ExportError> {
    for receipt in columnar.commits.values().rev() {
        let path = folder.path().join(&receipt.file);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(ExportError::file(&path, error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The commit of the file of a run, and its text.
fn made(state: &State, log: &Log<'_>, version: u32, run: u32) -> Option<(CommitReceipt, String)> {
    let columnar = state.columnar.as_ref()?;
    let receipt = columnar.tables.get(&(log.table.to_owned(), run))?;
    let of_run = state.runs.iter().find(|it| it.number == run);
    let text = log.commit(version, receipt, of_run.map_or("", |it| it.until.as_str()));
    let commit = CommitReceipt {
        table: log.table.to_owned(),
        version,
        run,
        file: name(log.table, version),
        bytes: text.len() as u64,
        hash: ContentHash::of(text.as_bytes()),
    };
    Some((commit, text))
}

/// Writes a commit, if it is not there. True: it has no receipt yet.
fn put(
    folder: &Folder,
    commit: &CommitReceipt,
    text: &str,
    known: Option<&CommitReceipt>,
) -> Result<bool, ExportError> {
    let path = folder.path().join(&commit.file);
    let about = fs::symlink_metadata(&path);
    let is_known = known.is_some_and(|it| it.hash == commit.hash);
    let is_file = about.as_ref().is_ok_and(fs::Metadata::is_file);
    if is_known && about.is_ok_and(|it| it.is_file() && it.len() == commit.bytes) {
        return Ok(false);
    }
    if folder.write_new(&commit.file, text.as_bytes())? {
        return Ok(!is_known);
    }
    let foreign = || ExportError::Foreign { path: path.clone() };
    if !is_file {
        return Err(foreign());
    }
    let is = |hash: &ContentHash| {
        let is = hash.is_of_file(&path);
        is.map_err(|error| ExportError::file(&path, error))
    };
    if is(&commit.hash)? {
        return Ok(!is_known);
    }
    if let Some(known) = known
        && is(&known.hash)?
    {
        // The file that it adds was gone, and is another one now.
        folder.write(&commit.file, text.as_bytes())?;
        return Ok(true);
    }
    Err(foreign())
}
