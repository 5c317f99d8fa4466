//! The connections that read: a fixed number. A request that finds none free waits for one.

use std::sync::{Condvar, Mutex, PoisonError};

use rusqlite::Connection;

use super::connection::lock;
use super::room::WAITING;

/// Connections that read, beside each other and beside the one that writes.
pub(super) struct Readers {
    connections: Vec<Mutex<Connection>>,
    /// The places of those that are not in use.
    free: Mutex<Vec<usize>>,
    returned: Condvar,
}

/// The place of a connection that is in use until this is dropped.
struct Taken<'a> {
    readers: &'a Readers,
    place: usize,
}

impl Readers {
    /// As many as the computer can do at once, and a few more for those that wait for the disk, or for their turn.
    pub(super) fn open(
        connect: impl Fn() -> rusqlite::Result<Connection>,
    ) -> rusqlite::Result<Self> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let count = processors.clamp(4, 16) + WAITING;
        let connections = (0..count).map(|_| {
            let connection = connect()?;
            // SQLite opens the write-ahead log by its name when it first reads, and a temporary one has no name for long.
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
            Ok(Mutex::new(connection))
        });
        let connections: Vec<_> = connections.collect::<rusqlite::Result<_>>()?;
        Ok(Self {
            free: Mutex::new((0..connections.len()).collect()),
            returned: Condvar::new(),
            connections,
        })
    }

    /// Waits for a connection that is free, and hands it out. A panic rolls back what was done with it.
    pub(super) fn with<T>(&self, read: impl FnOnce(&mut Connection) -> T) -> T {
        let taken = self.take();
        read(&mut lock(&self.connections[taken.place]))
    }

    fn take(&self) -> Taken<'_> {
        let mut free = lock(&self.free);
        loop {
            if let Some(place) = free.pop() {
                return Taken {
                    readers: self,
                    place,
                };
            }
            let waited = self.returned.wait(free);
            free = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        lock(&self.readers.free).push(self.place);
        self.readers.returned.notify_one();
    }
}
