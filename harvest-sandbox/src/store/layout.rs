//! The layout of a database that is there, compared with those that this sandbox knows.

use std::collections::BTreeSet;
use std::fmt;

use rusqlite::{Connection, Error, ErrorCode};
use rusqlite_migration::{M, Migrations};

use super::Schema;
use super::failure::words;
use super::schema::layout;

/// The columns of all tables of a database, apart from those that SQLite makes for itself.
const COLUMNS: &str =
    "SELECT format('%s.%s', t.name, c.name) FROM sqlite_schema t, pragma_table_xinfo(t.name) c
                       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

/// Why a database cannot be used, as a sentence about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unusable {
    /// Its layout is not known here yet.
    Newer,
    /// It was damaged, or changed by another program.
    Damaged(String),
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Newer => "is of a newer version of the sandbox, which can use it",
            Self::Damaged(what) => what,
        })
    }
}

impl Unusable {
    fn damaged(why: &str) -> Self {
        Self::Damaged(damaged(why))
    }

    /// Whether an error of SQLite is due to the file, and not to the disk or to the system. The SQL of the sandbox itself is
    /// right, so what SQLite refuses of it has something else in its tables.
    pub(super) fn of(error: &Error) -> Option<Self> {
        let code = match error {
            Error::SqliteFailure(failure, _) => failure.code,
            Error::SqlInputError { error, .. } => error.code,
            _ => return Some(Self::damaged(&words(error))),
        };
        matches!(
            code,
            ErrorCode::NotADatabase
                | ErrorCode::DatabaseCorrupt
                | ErrorCode::ConstraintViolation
                | ErrorCode::TypeMismatch
                | ErrorCode::Unknown
        )
        .then(|| Self::damaged(&words(error)))
    }
}

/// What is wrong with a database of the sandbox that was damaged, as a sentence about it.
pub(super) fn damaged(why: &str) -> String {
    format!("is a database of the sandbox that was damaged, or changed by another program ({why})")
}

impl Schema {
    /// Why a database cannot be used, if it cannot: looks at it before anything is written.
    pub(super) fn check(&self, connection: &Connection) -> rusqlite::Result<Option<Unusable>> {
        self.compare(connection)
            .or_else(|error| Unusable::of(&error).map(Some).ok_or(error))
    }

    fn compare(&self, connection: &Connection) -> rusqlite::Result<Option<Unusable>> {
        let number = layout(connection)?;
        if number > self.migrations().len() {
            return Ok(Some(Unusable::Newer));
        }
        if number == 0 {
            return Ok(Some(Unusable::damaged(
                "its layout number is 0, which none has",
            )));
        }
        let found = columns(connection)?;
        let missing = self
            .columns_of(number)?
            .into_iter()
            .find(|it| !found.contains(it));
        Ok(missing.map(|it| Unusable::damaged(&format!("it has no column `{it}`"))))
    }

    /// What is wrong with the pages of a database and how they hang together, if anything is: reads all of it.
    pub(super) fn check_pages(connection: &Connection) -> rusqlite::Result<Option<Unusable>> {
        let found = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0));
        match found {
            Ok(found) if found == "ok" => Ok(None),
            Ok::<String, _>(found) => Ok(Some(Unusable::damaged(&found))),
            Err(error) => Unusable::of(&error).map(Some).ok_or(error),
        }
    }

    /// The columns of a layout, as a new database has them.
    fn columns_of(&self, number: usize) -> rusqlite::Result<BTreeSet<String>> {
        let mut fresh = Connection::open_in_memory()?;
        let steps = self.migrations().iter().take(number);
        let steps = steps.map(|it| M::up(it.sql)).collect();
        match Migrations::new(steps).to_latest(&mut fresh) {
            Ok(()) => columns(&fresh),
            Err(rusqlite_migration::Error::RusqliteError { err, .. }) => Err(err),
            Err(_) => Err(Error::InvalidQuery),
        }
    }
}

fn columns(connection: &Connection) -> rusqlite::Result<BTreeSet<String>> {
    let mut select = connection.prepare(COLUMNS)?;
    let names = select.query_map([], |row| row.get(0))?;
    names.collect()
}
