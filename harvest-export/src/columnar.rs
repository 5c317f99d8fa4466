//! Parquet files of an export, made from the pages and never the other way round.
//!
//! A table has a file for each run, with what the run read: what was written before stays as it is, so that a table is a log
//! of changes. `_run` and `_row` say in which order, and a row that is `_deleted` has the id of a record that is gone.
//! Objects and lists are nested columns, by the description. `_extra` has the properties that it does not know, `_conflict`
//! what is not of the described kind, each in its place; both are counted. Null and absent are the same here, as Parquet has
//! it. Values of custom fields are JSON in their column, and have a table of their own besides.
//!
//! No Arrow: records are put into columns here, and the crate `parquet` writes them. That takes a seventh of what Arrow
//! takes to compile.

#[cfg(feature = "parquet")]
mod column;
#[cfg(feature = "parquet")]
mod commits;
#[cfg(feature = "parquet")]
mod delta;
#[cfg(feature = "parquet")]
mod extend;
#[cfg(feature = "parquet")]
mod file;
#[cfg(feature = "parquet")]
mod footer;
#[cfg(feature = "parquet")]
mod make;
#[cfg(feature = "parquet")]
mod numbers;
mod proof;
#[cfg(feature = "parquet")]
mod schema;
#[cfg(feature = "parquet")]
mod shred;
#[cfg(feature = "parquet")]
mod value;
#[cfg(feature = "parquet")]
mod values;
#[cfg(feature = "parquet")]
mod views;

use serde::{Deserialize, Serialize};

#[cfg(feature = "parquet")]
pub use self::extend::numbered;
#[cfg(feature = "parquet")]
pub use self::make::{delta, parquet};
pub(crate) use self::proof::prove;
use crate::hash::ContentHash;
use crate::state::{Progress, State, Window};

/// The folder of the tables.
pub(crate) const FOLDER: &str = "parquet";
/// The views of them, in it.
pub(crate) const VIEWS: &str = "parquet/views.sql";

/// The most bytes of a commit, of which the columns of its table take the most, and of the views.
pub(crate) const MOST_COMMIT: usize = 16 * 1024 * 1024;

/// The receipt of a file of a table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct TableReceipt {
    pub stream: String,
    pub table: String,
    pub run: u32,
    /// The path below the folder of the export.
    pub file: String,
    pub rows: u64,
    /// How many of them are tombstones.
    pub deleted: u64,
    pub bytes: u64,
    #[serde(flatten)]
    pub hash: ContentHash,
    pub drift: Vec<Place>,
}

/// The receipt of a commit to the Delta log of a table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CommitReceipt {
    pub table: String,
    /// Counted from 0.
    pub version: u32,
    /// The run whose file it adds.
    pub run: u32,
    /// The path below the folder of the export.
    pub file: String,
    pub bytes: u64,
    #[serde(flatten)]
    pub hash: ContentHash,
}

/// A place of records with something that is not described.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Place {
    pub path: String,
    pub what: String,
    pub records: u64,
}

/// The folder of a table.
pub(crate) fn folder(table: &str) -> String {
    format!("{FOLDER}/{table}")
}

/// The file of a table with what a run read.
pub(crate) fn file(table: &str, run: u32) -> String {
    format!("{FOLDER}/{table}/{run:06}.parquet")
}

/// The folder of the Delta log of a table.
pub(crate) fn log(table: &str) -> String {
    format!("{FOLDER}/{table}/_delta_log")
}

/// The commit of a version of a table.
pub(crate) fn commit(table: &str, version: u32) -> String {
    format!("{FOLDER}/{table}/_delta_log/{version:020}.json")
}

/// Whether a commit to the log of some table can have this name.
#[cfg(feature = "object-store")]
pub(crate) fn is_commit(name: &str) -> bool {
    let parts = || {
        let (table, version) = name
            .strip_prefix(FOLDER)?
            .strip_prefix('/')?
            .split_once("/_delta_log/")?;
        Some((table, version.strip_suffix(".json")?.parse().ok()?))
    };
    parts().is_some_and(|(table, version)| commit(table, version) == name)
}

/// Whether a file of a table can have this name.
#[cfg(any(feature = "parquet", feature = "object-store"))]
pub(crate) fn is_file(table: &str, name: &str) -> bool {
    let run = || {
        let name = name.strip_prefix(&folder(table))?.strip_prefix('/')?;
        name.strip_suffix(".parquet")?.parse().ok()
    };
    // It has one spelling.
    run().is_some_and(|run| file(table, run) == name)
}

/// Whether a file of some table can have this name.
#[cfg(feature = "object-store")]
pub(crate) fn is_of_any_table(name: &str) -> bool {
    let table = name.split('/').nth(1).unwrap_or_default();
    is_file(table, name)
}

/// What the file of a run has to have.
pub(crate) struct Due<'a> {
    /// The windows that were read to their ends, in the order of reading.
    pub windows: Vec<&'a Window>,
    pub records: u64,
    /// What the run looked for and did not find.
    pub gone: &'a [i64],
}

impl<'a> Due<'a> {
    /// What is due for a run of a stream. None: the run read nothing of it, or is not at its end.
    pub(crate) fn of(state: &'a State, stream: &str, run: u32) -> Option<Self> {
        let is_open = |window: &Window| window.progress == Progress::Open;
        let is_closed = |window: &Window| matches!(window.progress, Progress::Closed { .. });
        if state.windows_of(stream, run).any(|(_, it)| is_open(it)) {
            return None;
        }
        let windows = state.windows_of(stream, run).map(|(_, window)| window);
        let windows: Vec<_> = windows.filter(|it| is_closed(it)).collect();
        let receipts = windows.iter().flat_map(|window| &window.receipts);
        let records = receipts.map(|receipt| receipt.rows).sum();
        let gone = state.deleted.get(&(stream.to_owned(), run));
        let gone = gone.map_or(&[][..], |it| it.ids.as_slice());
        let due = Self {
            windows,
            records,
            gone,
        };
        let first = state.of_stream(stream).next().map(|(_, window)| window.run);
        // The first file of a table says what columns it has, and a list that was read as a whole may have become empty.
        let is_due = records > 0 || !gone.is_empty() || due.is_whole() || first == Some(run);
        (!due.windows.is_empty() && is_due).then_some(due)
    }

    /// Whether it is all that there was, so that what it lacks is gone.
    pub(crate) fn is_whole(&self) -> bool {
        self.windows.iter().any(|window| window.is_whole())
    }
}
