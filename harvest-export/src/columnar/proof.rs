//! Proof of the Parquet files: each is what its receipt says, and none is missing.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

use super::{Due, FOLDER, MOST_COMMIT, TableReceipt, VIEWS, folder, log};
use crate::error::ExportError;
use crate::folder::{files, no_link};
use crate::hash::ContentHash;
use crate::lines::Lines;
use crate::state::{Columnar, State};
use crate::verify::Report;
use serde::Deserialize;

/// What to do about it.
const AGAIN: &str = "export again with --format parquet";

/// Holds the files against the ledger, if Parquet files were asked for once.
pub(crate) fn prove(state: &State, path: &Path, report: &mut Report) -> Result<(), ExportError> {
    let Some(columnar) = &state.columnar else {
        return Ok(());
    };
    let place = path.join(FOLDER);
    no_link(&place).map_err(|error| ExportError::file(&place, error))?;
    let windows = state.windows.keys();
    let streams: BTreeSet<_> = windows.map(|(stream, _)| stream.as_str()).collect();
    for stream in streams {
        for run in &state.runs {
            if let Some(due) = Due::of(state, stream, run.number) {
                is_made(columnar, stream, run.number, &due, report);
            }
        }
    }
    for receipt in columnar.tables.values() {
        report.tables += 1;
        report.table_rows += receipt.rows;
        if !is_same(path, receipt) {
            report.problem(format!(
                "{} is not what was written; remove it, and {AGAIN}",
                receipt.file
            ));
        }
    }
    commits(columnar, path, report);
    let receipt = columnar.views.as_ref();
    if !receipt.is_some_and(|(bytes, hash)| is_written(&path.join(VIEWS), *bytes, hash)) {
        report.problem(format!("{VIEWS} is not what was written; {AGAIN}"));
    }
    strays(columnar, path, report)
}

/// Whether a run has a file with all that it read.
fn is_made(columnar: &Columnar, stream: &str, run: u32, due: &Due<'_>, report: &mut Report) {
    match columnar.tables.get(&(stream.to_owned(), run)) {
        None => report.problem(format!(
            "{stream}: no Parquet file has what the run {run} read; {AGAIN}"
        )),
        Some(receipt) => {
            let has_records = receipt.rows.checked_sub(receipt.deleted) == Some(due.records);
            let has_tombstones = receipt.deleted >= due.gone.len() as u64;
            if !(has_records && has_tombstones) {
                report.problem(format!(
                    "{}: has other records than the run {run} read",
                    receipt.file
                ));
            }
        }
    }
}

/// Whether each file of a table that has a log is in it, once, and each commit is what was written.
fn commits(columnar: &Columnar, path: &Path, report: &mut Report) {
    let tables: BTreeSet<_> = columnar.tables.keys().map(|(table, _)| table).collect();
    for table in tables.into_iter().filter(|_| columnar.has_logs) {
        let committed = columnar.commits_of(table).map(|it| it.run);
        let files = columnar.tables_of(table).map(|it| it.run);
        if !committed.eq(files) {
            report.problem(format!(
                "{} has other commits than its table has files; {AGAIN}",
                log(table)
            ));
        }
    }
    for receipt in columnar.commits.values() {
        report.commits += 1;
        let commit = path.join(&receipt.file);
        let key = (receipt.table.clone(), receipt.run);
        let is_same = is_written(&commit, receipt.bytes, &receipt.hash)
            && columnar
                .tables
                .get(&key)
                .is_some_and(|it| adds(&commit, it));
        if !is_same {
            report.problem(format!(
                "{} is not what was written; remove it, and {AGAIN}",
                receipt.file
            ));
        }
    }
}

/// Whether a commit adds a file with the length that it has.
fn adds(commit: &Path, receipt: &TableReceipt) -> bool {
    let Ok(file) = File::open(commit) else {
        return false;
    };
    let mut lines = Lines::new(BufReader::new(file), MOST_COMMIT);
    let name = receipt.file.rsplit('/').next().unwrap_or_default();
    while let Ok(Some(line)) = lines.next() {
        let add = serde_json::from_slice::<Action>(line);
        let add = add.ok().and_then(|action| action.add);
        if add.is_some_and(|it| it.path == name && it.size == receipt.bytes) {
            return true;
        }
    }
    false
}

/// What is looked at of an action of a commit. The rest of it is passed over.
#[derive(Deserialize)]
struct Action {
    add: Option<Add>,
}

#[derive(Deserialize)]
struct Add {
    path: String,
    size: u64,
}

/// Whether a file has the bytes that were written, and the rows that its receipt says.
fn is_same(path: &Path, receipt: &TableReceipt) -> bool {
    let path = path.join(&receipt.file);
    is_written(&path, receipt.bytes, &receipt.hash) && has_rows(&path, receipt.rows)
}

/// Whether a file has the bytes that were written.
fn is_written(path: &Path, bytes: u64, hash: &ContentHash) -> bool {
    let is_file =
        fs::symlink_metadata(path).is_ok_and(|about| about.is_file() && about.len() == bytes);
    is_file && hash.is_of_file(path).unwrap_or(false)
}

#[cfg(feature = "parquet")]
fn has_rows(path: &Path, rows: u64) -> bool {
    super::file::rows(path).is_some_and(|found| found == rows)
}

/// Without a reader of Parquet, the hash has to do.
#[cfg(not(feature = "parquet"))]
fn has_rows(_: &Path, _: u64) -> bool {
    true
}

/// Files without a receipt.
fn strays(columnar: &Columnar, path: &Path, report: &mut Report) -> Result<(), ExportError> {
    let known = columnar.tables.values().map(|it| it.file.as_str());
    let commits = columnar.commits.values().map(|it| it.file.as_str());
    let known: BTreeSet<_> = known.chain(commits).chain([VIEWS]).collect();
    for entry in files(path, FOLDER)? {
        let about = fs::symlink_metadata(path.join(&entry));
        let table = entry.strip_prefix(FOLDER).unwrap_or(&entry);
        let found = if about.is_ok_and(|it| it.is_dir()) {
            let table = table.trim_start_matches('/');
            let log = log(table);
            let mut found = files(path, &folder(table))?;
            if fs::symlink_metadata(path.join(&log)).is_ok_and(|it| it.is_dir()) {
                found.retain(|name| *name != log);
                found.extend(files(path, &log)?);
            }
            found
        } else {
            vec![entry]
        };
        for name in found {
            if !known.contains(name.as_str()) {
                report.problem(format!("{name} has no receipt; {AGAIN}"));
            }
        }
    }
    Ok(())
}
