//! The connections that read: a fixed number. A request that finds none free waits for one.

use std::sync::{Condvar, Mutex, PoisonError};

use rusqlite::Connection;

use super::connection::lock;
use super::room::WAITING;

/// Connections that read, beside each other and beside the one that writes.
pub(super) struct Readers {
    connections: Vec<Mutex<Connection>>,
    free: Mutex<Free>,
    returned: Condvar,
}

struct Free {
    /// The places of the connections that are not in use.
    places: Vec<usize>,
    /// How many requests wait for one.
    waiting: usize,
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
            // SQLite opens the write-ahead log by its name when it first reads, and a temporary one has no name for long. What it
            // reads here needs no layout, which a connection reads when it is used: most of a small sandbox never are.
            connection.query_row("PRAGMA user_version", [], |_| Ok(()))?;
            Ok(Mutex::new(connection))
        });
        let connections: Vec<_> = connections.collect::<rusqlite::Result<_>>()?;
        Ok(Self {
            free: Mutex::new(Free {
                places: (0..connections.len()).collect(),
                waiting: 0,
            }),
            returned: Condvar::new(),
            connections,
        })
    }

    /// Whether half of the connections or more are free: a read that begins now does not wait for one, unless that many
    /// begin with it.
    pub(super) fn are_free(&self) -> bool {
        lock(&self.free).places.len() * 2 >= self.connections.len()
    }

    /// Waits for a connection that is free, and hands it out. A panic rolls back what was done with it.
    pub(super) fn with<T>(&self, read: impl FnOnce(&mut Connection) -> T) -> T {
        let taken = self.take();
        read(&mut lock(&self.connections[taken.place]))
    }

    fn take(&self) -> Taken<'_> {
        let mut free = lock(&self.free);
        loop {
            if let Some(place) = free.places.pop() {
                return Taken {
                    readers: self,
                    place,
                };
            }
            free.waiting += 1;
            let waited = self.returned.wait(free);
            free = waited.unwrap_or_else(PoisonError::into_inner);
            free.waiting -= 1;
        }
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let mut free = lock(&self.readers.free);
        free.places.push(self.place);
        let is_awaited = free.waiting > 0;
        drop(free);
        // A call of the system, which most reads do without.
        if is_awaited {
            self.readers.returned.notify_one();
        }
    }
}
