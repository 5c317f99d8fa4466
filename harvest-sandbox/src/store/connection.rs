//! Connections to the file of a database.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::any_case;

/// Statements to keep prepared on each connection. Each list, with each set of filters, is one.
const STATEMENTS: usize = 256;

/// The longest time that a write waits for another, of this process or of another one.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Opens the file to read records or to write them. Copies of it, and those of which only the layout is read, are opened
/// otherwise: they compare nothing.
pub(super) fn connect(uri: &str) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(
        uri,
        OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // A statement that is kept prepared is otherwise prepared again for each value that could change its plan.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.busy_timeout(LONGEST_WAIT)?;
    any_case::define(&connection)?;
    Ok(connection)
}

/// A path as a `file:` URI; the three characters that mean something in one are encoded.
pub(super) fn file_uri(path: &Path) -> String {
    let path = path.to_string_lossy();
    let path = path
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    format!("file:{path}")
}

/// A thread that panicked while holding a connection has had its transaction rolled back.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
