//! SQLite database of an export: a table for each stream, made from the files and never the other way round.
//!
//! Each record is one row, as it was read last; one without an id that can be read has none here either. Plain properties are columns; objects and lists are JSON texts as they came,
//! and a view for each list has a row for each of its items. `_absent` names the columns that a record did not have, as
//! opposed to null; `_extra` has the properties that the description does not know, `_conflict` those that are not of the
//! described kind. Both are counted, by place, in `_drift`. Values of custom fields have a table of their own besides.

mod check;
mod name;
mod table;
mod unknown;
mod value;
mod values;
mod views;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Transaction, params};

pub use self::check::check_database;
use self::table::Table;
use self::values::Values;
use crate::catalog::Catalog;
use crate::drift::{CONFLICT, Drift, Places, UNKNOWN};
use crate::error::ExportError;
use crate::folder;
use crate::ledger::{self, Receipt};
use crate::object::Object;
use crate::private;
use crate::state::{Progress, State};
use crate::stream::streams;

/// The form of the database. Another one is built from the files again.
const FORMAT: &str = "3";
/// The usual name of the database of an export, in its folder.
pub const DATABASE: &str = "export.sqlite";

/// What a database was built of.
#[derive(Debug, Default)]
pub struct Built {
    /// The rows of each stream.
    pub rows: BTreeMap<String, u64>,
    /// What the description does not foresee.
    pub drift: Vec<Drift>,
}

/// Builds the database of an export, or adds to it what was read since.
///
/// # Errors
///
/// If the ledger was altered, or a file cannot be read or written; and if the path has another file.
pub fn database(folder: &Path, catalog: &Catalog, path: &Path) -> Result<Built, ExportError> {
    let state = State::of(ledger::events(folder)?);
    let mut connection = open(path, &catalog.hash)?;
    fill(&mut connection, &state, folder, catalog, path)
}

/// Puts what is not there yet into a database. Errors name `path`.
fn fill(
    connection: &mut Connection,
    state: &State,
    folder: &Path,
    catalog: &Catalog,
    path: &Path,
) -> Result<Built, ExportError> {
    let shapes = &catalog.shapes;
    let failed = |source| ExportError::Database {
        path: path.to_owned(),
        source,
    };
    let (all, _) = streams(catalog);
    let transaction = connection.transaction().map_err(failed)?;
    let mut built = Built::default();
    for stream in &all {
        let is_read = state.of_stream(&stream.name).next().is_some();
        if !is_read {
            continue;
        }
        let table = Table::new(&stream.name, stream.fields(shapes));
        let load = Load {
            transaction: &transaction,
            state,
            folder,
            table: &table,
            path,
        };
        load.stream(&stream.name)?;
        let count = format!("SELECT count(*) FROM {}", table.name());
        let rows = transaction.query_row(&count, [], |row| row.get(0));
        built
            .rows
            .insert(stream.name.clone(), rows.map_err(failed)?);
    }
    let until = state.runs.last().map_or("", |run| &run.until);
    transaction
        .execute(
            "INSERT OR REPLACE INTO _export VALUES ('until', ?)",
            [until],
        )
        .map_err(failed)?;
    built.drift = drift(&transaction).map_err(failed)?;
    transaction.commit().map_err(failed)?;
    Ok(built)
}

fn open(path: &Path, description: &str) -> Result<Connection, ExportError> {
    let failed = |source| ExportError::Database {
        path: path.to_owned(),
        source,
    };
    // One of ours that its owner showed to others is the owner's choice; an empty one is about to be filled.
    let is_ours = fs::symlink_metadata(path).is_ok_and(|it| it.is_file() && it.len() > 0);
    let made = if is_ours {
        Ok(())
    } else {
        private::open(path).map(drop)
    };
    made.map_err(|error| ExportError::file(path, error))?;
    let connection = Connection::open(path).map_err(failed)?;
    let is_empty = fs::metadata(path).is_ok_and(|it| it.len() == 0);
    if !is_empty {
        let value = |key: &str| {
            let found =
                connection.query_row("SELECT value FROM _export WHERE key = ?", [key], |row| {
                    row.get::<_, String>(0)
                });
            found.optional().map_err(failed)
        };
        let is_this = value("format")?.as_deref() == Some(FORMAT)
            && value("description")?.as_deref() == Some(description);
        if is_this {
            return Ok(connection);
        }
        // It is ours, of another description: the files have everything that it had.
        drop(connection);
        fs::remove_file(path).map_err(|error| ExportError::file(path, error))?;
        return open(path, description);
    }
    begin(&connection, description).map_err(failed)?;
    Ok(connection)
}

/// Makes an empty database one of an export.
fn begin(connection: &Connection, description: &str) -> rusqlite::Result<()> {
    // Records have some kilobytes, of which a small page holds one: it is written and looked up with the rest left empty.
    connection.execute_batch(
        "PRAGMA page_size = 16384;
         BEGIN;
         CREATE TABLE _export (key TEXT PRIMARY KEY, value TEXT NOT NULL);
         CREATE TABLE _applied (stream TEXT NOT NULL, step TEXT NOT NULL, PRIMARY KEY (stream, \
         step));
         CREATE TABLE _drift (stream TEXT NOT NULL, path TEXT NOT NULL, what TEXT NOT NULL, \
         records INTEGER NOT NULL,
                              PRIMARY KEY (stream, path, what));",
    )?;
    for (key, value) in [("format", FORMAT), ("description", description)] {
        connection.execute("INSERT INTO _export VALUES (?, ?)", [key, value])?;
    }
    connection.execute_batch("COMMIT")
}

/// What a stream has to go through, in the order of its runs.
enum Step<'a> {
    /// The pages of a window that was read to its end.
    Window(String, &'a [Receipt], bool),
    /// The records that a run found to be gone.
    Deleted(String, &'a [i64]),
}

impl Step<'_> {
    fn name(&self) -> &str {
        match self {
            Self::Window(name, ..) | Self::Deleted(name, _) => name,
        }
    }
}

/// The loading of a stream.
struct Load<'a> {
    transaction: &'a Transaction<'a>,
    state: &'a State,
    folder: &'a Path,
    table: &'a Table<'a>,
    path: &'a Path,
}

impl Load<'_> {
    fn failed(&self, source: rusqlite::Error) -> ExportError {
        ExportError::Database {
            path: self.path.to_owned(),
            source,
        }
    }

    /// Does what was not done yet.
    fn stream(&self, stream: &str) -> Result<(), ExportError> {
        let failed = |error| self.failed(error);
        self.transaction
            .execute_batch(&self.table.definition())
            .map_err(failed)?;
        let prepared = Values::prepare(self.transaction, self.table);
        let mut values = prepared.map_err(failed)?;
        let steps = self.steps(stream);
        // A list that was read as a whole replaces what was read of it before.
        let whole = |step: &Step<'_>| matches!(step, Step::Window(_, _, true));
        let begin = steps.iter().rposition(whole).unwrap_or(0);
        for step in steps.get(begin..).unwrap_or_default() {
            let sql = "SELECT count(*) FROM _applied WHERE stream = ? AND step = ?";
            let count: u64 = self
                .transaction
                .query_row(sql, [stream, step.name()], |row| row.get(0))
                .map_err(failed)?;
            if count > 0 {
                continue;
            }
            if whole(step) {
                for table in [self.table.name()].into_iter().chain(self.table.values()) {
                    let sql = format!("DELETE FROM {table}");
                    self.transaction.execute(&sql, []).map_err(failed)?;
                }
                for sql in [
                    "DELETE FROM _applied WHERE stream = ?",
                    "DELETE FROM _drift WHERE stream = ?",
                ] {
                    self.transaction.execute(sql, [stream]).map_err(failed)?;
                }
                if let Some(values) = &mut values {
                    values.forgotten();
                }
            }
            match step {
                Step::Window(_, receipts, _) => self.pages(stream, receipts, &mut values)?,
                Step::Deleted(_, ids) => {
                    let sql = format!("DELETE FROM {} WHERE id = ?", self.table.name());
                    let mut delete = self.transaction.prepare(&sql).map_err(failed)?;
                    for id in *ids {
                        delete.execute([id]).map_err(failed)?;
                        if let Some(values) = &mut values {
                            values.forget(*id).map_err(failed)?;
                        }
                    }
                }
            }
            self.transaction
                .execute("INSERT INTO _applied VALUES (?, ?)", [stream, step.name()])
                .map_err(failed)?;
        }
        Ok(())
    }

    fn steps(&self, stream: &str) -> Vec<Step<'_>> {
        let mut steps = Vec::new();
        for run in &self.state.runs {
            for (number, window) in self.state.windows_of(stream, run.number) {
                if matches!(window.progress, Progress::Closed { .. }) {
                    let name = format!("window {number}");
                    steps.push(Step::Window(name, &window.receipts, window.is_whole()));
                }
            }
            let key = (stream.to_owned(), run.number);
            if let Some(deleted) = self.state.deleted.get(&key) {
                steps.push(Step::Deleted(
                    format!("deleted {}", run.number),
                    &deleted.ids,
                ));
            }
        }
        steps
    }

    /// Puts in the records of pages.
    fn pages(
        &self,
        stream: &str,
        receipts: &[Receipt],
        values: &mut Option<Values<'_>>,
    ) -> Result<(), ExportError> {
        let failed = |error| self.failed(error);
        let insert = self.table.insertion();
        let mut insert = self.transaction.prepare(&insert).map_err(failed)?;
        let mut places = Places::known(self.drifted(stream).map_err(failed)?);
        for receipt in receipts {
            let mut lines = folder::lines(self.folder, receipt)?;
            while let Some(line) = lines.next()? {
                let record = serde_json::from_str::<Object<'_>>(line).ok();
                places.begin();
                let mut note = |path, what| places.count(path, what);
                let row = self.table.row(line, record.as_ref(), &mut note);
                let row = rusqlite::params_from_iter(row);
                insert.execute(row).map_err(failed)?;
                if let (Some(values), Some(record)) = (&mut *values, &record) {
                    values.replace(record).map_err(failed)?;
                }
            }
        }
        for (path, what, records) in places.all() {
            let sql = "INSERT INTO _drift VALUES (?1, ?2, ?3, ?4)
                       ON CONFLICT DO UPDATE SET records = records + ?4";
            let values = params![stream, path, what, records];
            self.transaction.execute(sql, values).map_err(failed)?;
        }
        Ok(())
    }

    /// The places of a stream that are counted.
    fn drifted(&self, stream: &str) -> rusqlite::Result<Vec<(String, &'static str)>> {
        let sql = "SELECT path, what FROM _drift WHERE stream = ?";
        let mut statement = self.transaction.prepare(sql)?;
        let places = statement.query_map([stream], |row| {
            let what: String = row.get(1)?;
            let what = if what == UNKNOWN { UNKNOWN } else { CONFLICT };
            Ok((row.get(0)?, what))
        })?;
        places.collect()
    }
}

fn drift(connection: &Connection) -> rusqlite::Result<Vec<Drift>> {
    let sql = "SELECT stream, path, what, records FROM _drift ORDER BY 1, 2, 3";
    let mut statement = connection.prepare(sql)?;
    let all = statement.query_map([], |row| {
        Ok(Drift {
            stream: row.get(0)?,
            path: row.get(1)?,
            what: row.get(2)?,
            records: row.get(3)?,
        })
    })?;
    all.collect()
}
