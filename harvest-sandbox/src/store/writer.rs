//! The connection that writes: for one write at a time. Another waits for those before it, but not for ever.

use std::ops::{Deref, DerefMut};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::Connection;

use super::connection::{LONGEST_WAIT, lock};
use super::selections::{Selections, Writing};
use crate::refusal::{Outcome, Refusal};

/// The connection that writes, and whose turn it is.
pub(super) struct Writer {
    /// Of what is there before a write, and after it.
    pub(super) selections: Selections,
    connection: Mutex<Connection>,
    is_taken: Mutex<bool>,
    returned: Condvar,
}

/// The connection that writes, taken until this is dropped: the connection first, and then the turn.
pub(super) struct Taken<'a> {
    connection: MutexGuard<'a, Connection>,
    _writing: Writing<'a>,
    _turn: Turn<'a>,
}

struct Turn<'a>(&'a Writer);

impl Writer {
    pub(super) fn new(connection: Connection) -> Self {
        Self {
            selections: Selections::default(),
            connection: Mutex::new(connection),
            is_taken: Mutex::default(),
            returned: Condvar::new(),
        }
    }

    /// Takes the connection once no other write has it. It is waited for as long as for one of another process.
    pub(super) fn take(&self) -> Outcome<Taken<'_>> {
        self.take_within(LONGEST_WAIT)
    }

    fn take_within(&self, time: Duration) -> Outcome<Taken<'_>> {
        let is_taken = lock(&self.is_taken);
        let waited = self.returned.wait_timeout_while(is_taken, time, |it| *it);
        let (mut is_taken, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if *is_taken {
            return Err(Refusal::Queued);
        }
        *is_taken = true;
        drop(is_taken);
        let turn = Turn(self);
        Ok(Taken {
            connection: lock(&self.connection),
            _writing: self.selections.write(),
            _turn: turn,
        })
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *lock(&self.0.is_taken) = false;
        self.0.returned.notify_one();
    }
}

impl Deref for Taken<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

impl DerefMut for Taken<'_> {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_waits_for_another_but_not_for_ever() {
        let writer = Writer::new(Connection::open_in_memory().unwrap());
        let first = writer.take().unwrap();
        let soon = Duration::from_millis(20);
        let refusal = writer.take_within(soon).map(drop).unwrap_err();
        assert!(matches!(refusal, Refusal::Queued), "{refusal}");
        let reply = refusal.into_reply();
        assert_eq!(reply.status, 503);
        assert_eq!(reply.headers["retry-after"], "1");
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| writer.take().is_ok());
            std::thread::sleep(soon);
            drop(first);
            assert!(waiting.join().unwrap());
        });
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _taken = writer.take().unwrap();
            panic!("on purpose");
        }));
        assert!(panicked.is_err());
        assert!(writer.take_within(soon).is_ok(), "it was given back");
    }
}
