//! The check of a database against the files that it was made of.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::name::quoted;
use super::table::Table;
use super::{FORMAT, begin, fill};
use crate::catalog::Catalog;
use crate::error::ExportError;
use crate::keys;
use crate::ledger;
use crate::state::State;
use crate::stream::streams;

/// What to do about it.
const AGAIN: &str = "export again to have it built, or remove it first";

/// What does not hold of a database: it is damaged, or does not have the records of the files.
///
/// It is built from the files once more, beside, and compared value by value, if one of the catalogs is that of
/// the export and of the description that the database was made by. Otherwise records are counted.
///
/// # Errors
///
/// If the ledger was altered, or a file cannot be read.
pub fn check_database(
    folder: &Path,
    path: &Path,
    catalogs: &[Catalog],
) -> Result<Vec<String>, ExportError> {
    let state = State::of(ledger::events(folder)?);
    let version = state.origin.as_ref().map(|it| it.version.as_str());
    let catalog = catalogs.iter().find(|it| Some(it.version) == version);
    let mut problems = Vec::new();
    let opened = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY);
    let outcome = opened.map_err(Into::into).and_then(|found| {
        let check = Check {
            state: &state,
            folder,
            path,
            found: &found,
        };
        check.run(catalog, &mut problems)
    });
    match outcome {
        Err(Stopped::Database(error)) => problems.push(format!("{}: {error}", path.display())),
        Err(Stopped::Export(error)) => return Err(error),
        Ok(()) => {}
    }
    Ok(problems)
}

/// Why a check goes no further.
enum Stopped {
    /// The database cannot be read.
    Database(rusqlite::Error),
    /// The files cannot.
    Export(ExportError),
}

impl From<rusqlite::Error> for Stopped {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<ExportError> for Stopped {
    fn from(error: ExportError) -> Self {
        Self::Export(error)
    }
}

struct Check<'a> {
    state: &'a State,
    folder: &'a Path,
    path: &'a Path,
    found: &'a Connection,
}

impl Check<'_> {
    fn run(&self, catalog: Option<&Catalog>, problems: &mut Vec<String>) -> Result<(), Stopped> {
        let place = self.path.display();
        let check = "PRAGMA integrity_check(1)";
        let damage: String = self.found.query_row(check, [], |row| row.get(0))?;
        if damage != "ok" {
            problems.push(format!("{place}: {damage}"));
        }
        if self.about("format")?.as_deref() != Some(FORMAT) {
            problems.push(format!("{place} has another form; {AGAIN}"));
            return Ok(());
        }
        let until = self.state.runs.last().map(|run| run.until.as_str());
        if self.about("until")?.as_deref() != until {
            problems.push(format!("{place} is not of the last run; {AGAIN}"));
        }
        let description = self.about("description")?;
        match catalog.filter(|it| description.as_ref() == Some(&it.hash)) {
            Some(catalog) => self.compare(catalog, problems),
            None => self.count(problems),
        }
    }

    fn about(&self, key: &str) -> rusqlite::Result<Option<String>> {
        let sql = "SELECT value FROM _export WHERE key = ?";
        self.found
            .query_row(sql, [key], |row| row.get(0))
            .optional()
    }

    /// Builds the database again, in a file that ends with the connection, and compares each table.
    fn compare(&self, catalog: &Catalog, problems: &mut Vec<String>) -> Result<(), Stopped> {
        let mut expected = Connection::open("")?;
        begin(&expected, &catalog.hash)?;
        fill(&mut expected, self.state, self.folder, catalog, self.path)?;
        let shapes = &catalog.shapes;
        for stream in streams(catalog).0 {
            if self.state.of_stream(&stream.name).next().is_none() {
                continue;
            }
            let table = Table::new(&stream.name, stream.fields(shapes));
            let mut is_same = self.has(&stream.name)?;
            for sql in table.readings() {
                is_same = is_same && is_same_by(&expected, self.found, &sql)?;
            }
            if !is_same {
                let name = &stream.name;
                problems.push(format!(
                    "{name}: the database does not have what the files have; {AGAIN}"
                ));
            }
        }
        Ok(())
    }

    /// Counts the records of each table.
    fn count(&self, problems: &mut Vec<String>) -> Result<(), Stopped> {
        let last = self.state.runs.last().map_or(0, |run| run.number);
        let windows = self.state.windows.keys();
        let streams: BTreeSet<_> = windows.map(|(name, _)| name.as_str()).collect();
        for stream in streams {
            let expected = keys::live(self.state, self.folder, stream, last)?.len() as u64;
            let sql = format!("SELECT count(id) FROM {}", quoted(stream));
            let found: Option<u64> = if self.has_ids(stream)? {
                Some(self.found.query_row(&sql, [], |row| row.get(0))?)
            } else {
                self.has(stream)?.then_some(0)
            };
            if found != Some(expected) {
                let found = found.unwrap_or(0);
                problems.push(format!(
                    "{stream}: the database has {found} records of {expected}; {AGAIN}"
                ));
            }
        }
        Ok(())
    }

    /// Whether there is a table of this name, which is no view.
    fn has(&self, name: &str) -> rusqlite::Result<bool> {
        let sql = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?";
        let count: u64 = self.found.query_row(sql, [name], |row| row.get(0))?;
        Ok(count > 0)
    }

    fn has_ids(&self, name: &str) -> rusqlite::Result<bool> {
        let sql = "SELECT count(*) FROM pragma_table_info(?) WHERE name = 'id'";
        let count: u64 = self.found.query_row(sql, [name], |row| row.get(0))?;
        Ok(count > 0 && self.has(name)?)
    }
}

/// Whether two databases answer a query alike, row by row.
fn is_same_by(one: &Connection, other: &Connection, sql: &str) -> rusqlite::Result<bool> {
    let (mut one, mut other) = (one.prepare(sql)?, other.prepare(sql)?);
    let width = one.column_count();
    let (mut one, mut other) = (one.query([])?, other.query([])?);
    loop {
        let (row, same) = match (one.next()?, other.next()?) {
            (None, None) => return Ok(true),
            (Some(row), Some(same)) => (row, same),
            _ => return Ok(false),
        };
        for at in 0..width {
            if row.get_ref(at)? != same.get_ref(at)? {
                return Ok(false);
            }
        }
    }
}
