//! Connections: one that writes, a few that read.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::{Edit, Schema, View};
use crate::clock::Clock;
use crate::error::StartError;
use crate::refusal::Outcome;

/// Statements to keep prepared on each connection. Each list, with each set of filters, is one.
const STATEMENTS: usize = 256;

/// Where a database is.
#[derive(Clone, Debug, Default)]
pub(crate) enum Place {
    /// Gone when the sandbox stops.
    #[default]
    Memory,
    /// In a folder, which is made if it isn't there.
    Folder(PathBuf),
}

/// The database.
pub(crate) struct Store {
    uri: String,
    schema: Schema,
    pub(crate) clock: Clock,
    writer: Mutex<Connection>,
    /// Connections that nobody is using. There are as many as ever read at once.
    readers: Mutex<Vec<Connection>>,
    /// In memory there is no write-ahead log to read from while something is being written, so readers wait for the
    /// writer here. In a folder nobody takes it for writing.
    gate: RwLock<()>,
    in_memory: bool,
}

impl Store {
    /// Opens a database, and makes its tables if it is new.
    pub(crate) fn open(place: &Place, schema: Schema, clock: Clock) -> Result<Self, StartError> {
        let uri = match place {
            Place::Memory => {
                // SQLite shares databases of this file system by name, within the process.
                static NEXT: AtomicU64 = AtomicU64::new(0);
                format!(
                    "file:/harvest-{}?vfs=memdb",
                    NEXT.fetch_add(1, Ordering::Relaxed)
                )
            }
            Place::Folder(folder) => {
                std::fs::create_dir_all(folder).map_err(|error| StartError::data(folder, error))?;
                file_uri(&folder.join("harvest.sqlite3"))
            }
        };
        let in_memory = matches!(place, Place::Memory);
        let mut writer = connect(&uri)?;
        if !in_memory {
            // A write is in the log, and so with the operating system, before it is answered: it survives the end of
            // this process, though not necessarily a power cut. Neither leaves half a write.
            writer.pragma_update(None, "journal_mode", "WAL")?;
            writer.pragma_update(None, "synchronous", "NORMAL")?;
        }
        schema.migrate(&mut writer)?;
        Ok(Self {
            uri,
            schema,
            clock,
            writer: Mutex::new(writer),
            readers: Mutex::default(),
            gate: RwLock::new(()),
            in_memory,
        })
    }

    /// Reads, beside other readers. Everything that `read` sees is of one point in time.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&View<'_>) -> Outcome<T>) -> Outcome<T> {
        let _shared = self.gate.read().unwrap_or_else(PoisonError::into_inner);
        let idle = lock(&self.readers).pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => connect(&self.uri)?,
        };
        let result = {
            let transaction = connection.transaction()?;
            read(&View::new(&transaction, self.clock.now()))
        };
        lock(&self.readers).push(connection);
        result
    }

    /// Writes, alone. If `write` refuses, or panics, nothing was written.
    pub(crate) fn write<T>(&self, write: impl FnOnce(&mut Edit<'_>) -> Outcome<T>) -> Outcome<T> {
        let mut writer = lock(&self.writer);
        let _alone = self
            .in_memory
            .then(|| self.gate.write().unwrap_or_else(PoisonError::into_inner));
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut edit = Edit::new(&transaction, &self.schema, self.clock.now());
        let result = write(&mut edit)?;
        edit.freshen()?;
        drop(edit);
        transaction.commit()?;
        Ok(result)
    }
}

fn connect(uri: &str) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(
        uri,
        OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    Ok(connection)
}

/// A path as a `file:` URI; the three characters that mean something in one are encoded.
fn file_uri(path: &Path) -> String {
    let path = path.to_string_lossy();
    let path = path
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    format!("file:{path}")
}

/// Whoever panicked while holding a connection has had its transaction rolled back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
