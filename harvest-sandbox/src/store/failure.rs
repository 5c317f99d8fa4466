//! Failures of SQLite as the sandbox reports them: in words, without SQL.

use rusqlite::{Error, ErrorCode, ffi};
use rusqlite_migration::Error as Migration;

use super::full::is_full;
use crate::refusal::{FULL, LOCKED, Refusal, StartError, Why, broken};

/// What SQLite says. It names tables and columns in its messages, not values; `rusqlite` appends the SQL, which is long and
/// no concern of the reader.
pub(super) fn words(error: &Error) -> String {
    match error {
        Error::SqlInputError { msg, .. } => msg.clone(),
        error => error.to_string(),
    }
}

/// Whether another process had the database locked for longer than is waited. Within one, writes [wait](super::writer) for
/// each other before they come to SQLite.
fn is_locked(error: &Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}

/// What is said of a file that something else has changed. What is wrong with it follows.
const DAMAGED: &str = "The database of the sandbox was damaged, or changed by another program. \
                       Stop the sandbox, and start it on another folder or with a copy of the \
                       database";

/// Whether pages of the database are not what they were written as.
fn is_damaged(error: &Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
    )
}

/// Why a write is refused that SQLite did not make. What another record has already is no mistake of the sandbox, whichever
/// command did not ask for it.
pub(super) fn unwritten(error: Error) -> Refusal {
    match taken(&error) {
        Some(column) => Refusal::field(column, Why::Taken),
        None => error.into(),
    }
}

/// The column of a unique index that has a value already; the last, where there are several. SQLite says no more than their
/// names: `UNIQUE constraint failed: tag.name`.
fn taken(error: &Error) -> Option<&str> {
    let Error::SqliteFailure(failure, Some(message)) = error else {
        return None;
    };
    let column = message.rsplit('.').next()?;
    (failure.extended_code == ffi::SQLITE_CONSTRAINT_UNIQUE).then_some(column)
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        if is_full(&error) {
            return Self::Full;
        }
        if is_locked(&error) {
            return Self::Locked;
        }
        if is_damaged(&error) {
            return Self::Failed(format!("{DAMAGED} ({})", words(&error)));
        }
        broken(words(&error))
    }
}

impl From<Error> for StartError {
    fn from(error: Error) -> Self {
        let problem = if is_full(&error) {
            FULL.to_owned()
        } else if is_locked(&error) {
            LOCKED.to_owned()
        } else if is_damaged(&error) {
            format!("{DAMAGED} ({})", words(&error))
        } else {
            words(&error)
        };
        Self::Store { problem }
    }
}

impl From<Migration> for StartError {
    fn from(error: Migration) -> Self {
        match error {
            Migration::RusqliteError { err, .. } => err.into(),
            Migration::Hook(problem) => Self::Store { problem },
            error => Self::Store {
                problem: error.to_string(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Invalid;

    #[test]
    fn sql_is_not_repeated() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        let sql = "SELECT secret FROM (SELECT 1 AS one)";
        let wrong = || connection.prepare(sql).map(drop).unwrap_err();
        assert!(wrong().to_string().contains(sql), "it would be");
        let migration = Migration::RusqliteError {
            query: sql.to_owned(),
            err: wrong(),
        };
        for words in [
            Refusal::from(wrong()).to_string(),
            StartError::from(wrong()).to_string(),
            StartError::from(migration).to_string(),
        ] {
            assert!(words.contains("no such column: secret"), "{words}");
            assert!(!words.contains("SELECT"), "{words}");
        }
    }

    #[test]
    fn what_is_taken_is_refused_without_sql() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        let tables = "CREATE TABLE tag (id INTEGER PRIMARY KEY, kind TEXT, name TEXT);
                      CREATE UNIQUE INDEX tag_name ON tag (kind, name COLLATE NOCASE);
                      INSERT INTO tag VALUES (1, 'one', 'Rivers')";
        connection.execute_batch(tables).unwrap();
        let written = |values: &str| {
            let sql = format!("INSERT INTO tag VALUES {values}");
            unwritten(connection.execute(&sql, []).unwrap_err())
        };
        let Refusal::Invalid(problems) = written("(2, 'one', 'RIVERS')") else {
            panic!("it is a rule");
        };
        assert_eq!(problems.listed(), [Invalid::at("name", Why::Taken)]);
        let own = written("(1, 'one', 'Lakes')");
        assert!(
            matches!(own, Refusal::Broken(_)),
            "an id is the sandbox's: {own}"
        );
    }

    #[test]
    fn a_database_that_another_process_writes_is_no_mistake_of_the_sandbox() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("locked.sqlite3");
        let [one, other] = [(); 2].map(|()| rusqlite::Connection::open(&path).unwrap());
        other.busy_timeout(std::time::Duration::ZERO).unwrap();
        one.execute_batch("BEGIN IMMEDIATE").unwrap();
        let locked = || other.execute_batch("BEGIN IMMEDIATE").unwrap_err();
        let refusal = Refusal::from(locked());
        assert!(matches!(refusal, Refusal::Locked), "{refusal}");
        let words = StartError::from(locked()).to_string();
        assert!(words.contains("Another process is writing"), "{words}");
        let reply = refusal.into_reply();
        assert_eq!(reply.status, 503);
        assert_eq!(reply.headers["retry-after"], "1");
        one.execute_batch("COMMIT").unwrap();
        assert!(other.execute_batch("BEGIN IMMEDIATE").is_ok());
    }
}
