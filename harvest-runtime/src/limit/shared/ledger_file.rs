//! The ledger of several processes, as one of them sees it.

use std::io;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::file::LockedFile;
use crate::limit::ledger::{Ledger, Ticket};
use crate::limit::lock;
use crate::limit::moment::{Clock, Moment};
use crate::limit::outcome::Outcome;

/// After it could not be used, the file is left alone for so long.
const RECESS: Duration = Duration::from_secs(5);

pub(in crate::limit) struct LedgerFile {
    path: PathBuf,
    clock: Clock,
    /// What a new file begins with.
    beginning: Ledger,
    /// Threads of this process queue here rather than for the file.
    door: Mutex<Door>,
    /// The ledger as this process saw it last.
    seen: Mutex<Ledger>,
    /// What became of requests and is not in the file yet.
    notes: Mutex<Vec<Note>>,
}

#[derive(Default)]
struct Door {
    /// The file could not be used, and is left alone until then.
    closed_until: Option<Instant>,
}

struct Note {
    ticket: Ticket,
    outcome: Outcome,
    at: Moment,
}

impl LedgerFile {
    pub(in crate::limit) fn open(
        path: PathBuf,
        beginning: Ledger,
        clock: Clock,
    ) -> io::Result<Self> {
        let store = Self {
            seen: Mutex::new(beginning.clone()),
            path,
            clock,
            beginning,
            door: Mutex::default(),
            notes: Mutex::default(),
        };
        let opened = store.read().and_then(|(mut file, ledger, now)| {
            file.write(&ledger, now)?;
            *lock(&store.seen) = ledger;
            Ok(())
        });
        match opened {
            Ok(()) => Ok(store),
            Err(error) => Err(io::Error::new(
                error.kind(),
                format!("the limiter's file {}: {error}", store.path.display()),
            )),
        }
    }

    pub(in crate::limit) fn clock(&self) -> Clock {
        self.clock
    }

    /// Looks at the ledger without the file.
    pub(in crate::limit) fn look<T>(&self, at: impl FnOnce(&mut Ledger, Moment) -> T) -> T {
        at(&mut lock(&self.seen), self.clock.now())
    }

    /// Changes the ledger. It waits for the file, so it is no work for the threads of a runtime.
    pub(in crate::limit) fn update<T>(&self, change: impl FnOnce(&mut Ledger, Moment) -> T) -> T {
        let mut door = lock(&self.door);
        let opened = match door.closed_until {
            Some(until) if Instant::now() < until => None,
            _ => match self.read() {
                Ok(opened) => {
                    door.closed_until = None;
                    Some(opened)
                }
                Err(error) => {
                    self.close(&mut door, &error);
                    None
                }
            },
        };
        let (mut file, mut ledger, now) = match opened {
            Some((file, ledger, now)) => (Some(file), ledger, now),
            None => (None, lock(&self.seen).clone(), self.clock.now()),
        };
        let notes = std::mem::take(&mut *lock(&self.notes));
        ledger.give_up(now);
        for note in notes {
            ledger.settled_here(&note.ticket, note.outcome, note.at);
        }
        let out = change(&mut ledger, now);
        let written = file.as_mut().map(|file| file.write(&ledger, now));
        drop(file);
        *lock(&self.seen) = ledger;
        if let Some(Err(error)) = written {
            self.close(&mut door, &error);
        }
        out
    }

    /// Keeps what became of a request for the next one who changes the ledger.
    pub(in crate::limit) fn note(
        &self,
        ticket: Ticket,
        outcome: Outcome,
        at: tokio::time::Instant,
    ) {
        let at = self.clock.at(at);
        lock(&self.notes).push(Note {
            ticket,
            outcome,
            at,
        });
    }

    /// Writes the noted outcomes, if no other task did.
    pub(in crate::limit) fn write_notes(&self) {
        let is_done = lock(&self.notes).is_empty();
        if !is_done {
            self.update(|_, _| ());
        }
    }

    /// Opens the file and reads the ledger in it, as it is now.
    fn read(&self) -> io::Result<(LockedFile, Ledger, Moment)> {
        let mut file = LockedFile::open(&self.path)?;
        let content = file.read()?;
        let now = self.clock.now();
        let ledger = match content {
            Some((mut ledger, written)) if ledger.make_sense(written) => {
                // If the clock was set back, no time has passed, for all we know.
                if now < written {
                    ledger.set_back(written - now);
                }
                ledger
            }
            _ => self.beginning.clone(),
        };
        Ok((file, ledger, now))
    }

    /// Goes on without the file for a while, with the ledger as it was seen last.
    fn close(&self, door: &mut Door, error: &io::Error) {
        tracing::warn!(
            %error,
            path = %self.path.display(),
            "the file of a shared limiter cannot be used; this process keeps to the limit by \
             itself for now",
        );
        door.closed_until = Some(Instant::now() + RECESS);
    }
}
