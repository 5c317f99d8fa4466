//! Connections: one that writes, a few that read.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockWriteGuard};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::snapshot::Snapshots;
use super::{Edit, Schema, View};
use crate::clock::Clock;
use crate::error::StartError;
use crate::refusal::Outcome;

/// Statements to keep prepared on each connection. Each list, with each set of filters, is one.
const STATEMENTS: usize = 256;

/// Pages to keep in memory while a database is filled, 64 MiB: the indexes of a large one need as much.
const FILLING_PAGES: i64 = 4_096;

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
    pub(super) schema: Schema,
    pub(crate) clock: Clock,
    pub(super) snapshots: Snapshots,
    writer: Mutex<Connection>,
    /// Connections that nobody is using. There are as many as ever read at once.
    readers: Mutex<Vec<Connection>>,
    /// In memory there is no write-ahead log to read from while something is being written, so readers wait for the
    /// writer here. In a folder nobody takes it for writing.
    gate: RwLock<()>,
    in_memory: bool,
}

impl Store {
    /// Opens a database. A new one gets its tables, and is filled.
    ///
    /// Filling is all or nothing, too, but a journal of it would be as long as the database: in a folder, it is made under
    /// another name, and gets its own when it is complete.
    pub(crate) fn open(
        place: &Place,
        schema: Schema,
        clock: Clock,
        fill: impl FnOnce(&mut Edit<'_>) -> Outcome<()>,
    ) -> Result<Self, StartError> {
        let (uri, mut writer) = match place {
            Place::Memory => {
                // SQLite shares databases of this file system by name, within the process.
                static NEXT: AtomicU64 = AtomicU64::new(0);
                let number = NEXT.fetch_add(1, Ordering::Relaxed);
                let uri = format!("file:/harvest-{number}?vfs=memdb");
                let mut writer = connect(&uri)?;
                make(&mut writer, &schema, &clock, fill)?;
                (uri, writer)
            }
            Place::Folder(folder) => {
                let fail = |error| StartError::data(folder, error);
                std::fs::create_dir_all(folder).map_err(fail)?;
                let path = folder.join("harvest.sqlite3");
                if !path.try_exists().map_err(fail)? {
                    let half = folder.join("harvest.sqlite3.new");
                    if half.try_exists().map_err(fail)? {
                        std::fs::remove_file(&half).map_err(fail)?;
                    }
                    let mut writer = connect(&file_uri(&half))?;
                    writer.pragma_update(None, "journal_mode", "OFF")?;
                    writer.pragma_update(None, "synchronous", "OFF")?;
                    make(&mut writer, &schema, &clock, fill)?;
                    writer.close().map_err(|(_, error)| error)?;
                    std::fs::File::open(&half)
                        .and_then(|file| file.sync_all())
                        .map_err(fail)?;
                    std::fs::rename(&half, &path).map_err(fail)?;
                }
                let uri = file_uri(&path);
                let writer = connect(&uri)?;
                // A write is in the log, and so with the operating system, before it is answered: it survives the end of
                // this process, though not necessarily a power cut. Neither leaves half a write.
                writer.pragma_update(None, "journal_mode", "WAL")?;
                writer.pragma_update(None, "synchronous", "NORMAL")?;
                (uri, writer)
            }
        };
        schema.migrate(&mut writer, clock.now())?;
        Ok(Self {
            uri,
            schema,
            clock,
            snapshots: Snapshots::of(place),
            writer: Mutex::new(writer),
            readers: Mutex::default(),
            gate: RwLock::new(()),
            in_memory: matches!(place, Place::Memory),
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
        let mut writer = self.writer();
        let _alone = self.alone();
        transact(&mut writer, &self.schema, &self.clock, write)
    }

    /// The connection that writes, once nobody else does.
    pub(super) fn writer(&self) -> MutexGuard<'_, Connection> {
        lock(&self.writer)
    }

    /// Waits until nobody reads, if need be; the writer is taken before.
    pub(super) fn alone(&self) -> Option<RwLockWriteGuard<'_, ()>> {
        self.in_memory
            .then(|| self.gate.write().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Makes the tables of a new database, and fills them.
fn make(
    writer: &mut Connection,
    schema: &Schema,
    clock: &Clock,
    fill: impl FnOnce(&mut Edit<'_>) -> Outcome<()>,
) -> Result<(), StartError> {
    // Half a dozen records to a page, where the default would put most of them on several.
    writer.pragma_update(None, "page_size", 16_384)?;
    writer.pragma_update(None, "cache_size", FILLING_PAGES)?;
    schema.migrate(writer, clock.now())?;
    Ok(transact(writer, schema, clock, fill)?)
}

fn transact<T>(
    writer: &mut Connection,
    schema: &Schema,
    clock: &Clock,
    write: impl FnOnce(&mut Edit<'_>) -> Outcome<T>,
) -> Outcome<T> {
    let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut edit = Edit::new(&transaction, schema, clock.now());
    let result = write(&mut edit)?;
    edit.finish()?;
    transaction.commit()?;
    Ok(result)
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
