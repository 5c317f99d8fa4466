//! Failures of SQLite as the sandbox reports them: in words, without SQL.

use rusqlite::Error;
use rusqlite_migration::Error as Migration;

use super::full::is_full;
use crate::refusal::StartError;
use crate::refusal::{FULL, Refusal, broken};

/// What SQLite says. It names tables and columns in its messages, not values; `rusqlite` appends the SQL, which is long and
/// no concern of the reader.
pub(super) fn words(error: &Error) -> String {
    match error {
        Error::SqlInputError { msg, .. } => msg.clone(),
        error => error.to_string(),
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        if is_full(&error) {
            return Self::Full;
        }
        broken(words(&error))
    }
}

impl From<Error> for StartError {
    fn from(error: Error) -> Self {
        let problem = if is_full(&error) {
            FULL.to_owned()
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
}
