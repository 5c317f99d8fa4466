//! The connections to a database: one that writes, a few that read.

use std::sync::OnceLock;

use rusqlite::{Connection, TransactionBehavior};

use super::changes::Changes;
use super::connection::connect;
use super::copies::Snapshots;
use super::edit::undone;
use super::outbox::Outbox;
use super::readers::Readers;
use super::temporary::Temporary;
use super::writer::{self, Writer};
use super::{Edit, FaceId, Schema, View};
use crate::clock::Clock;
use crate::refusal::Outcome;
use crate::refusal::StartError;

/// A database that is there and can be written to.
pub(super) struct Opened {
    pub(super) uri: String,
    pub(super) writer: Connection,
    /// Its folder, if it is gone with the sandbox.
    pub(super) temporary: Option<Temporary>,
}

/// The database.
pub(crate) struct Store {
    pub(super) schema: Schema,
    pub(crate) clock: Clock,
    /// Counts the writes.
    pub(crate) changes: Changes,
    pub(super) snapshots: Snapshots,
    writer: Writer,
    readers: Readers,
    outbox: OnceLock<Box<dyn Outbox>>,
    /// To be removed after the connections are closed.
    _temporary: Option<Temporary>,
}

impl Store {
    /// A database that is open for its writer. The readers open theirs here, and the names of a temporary one go.
    pub(super) fn new(
        opened: Opened,
        schema: Schema,
        clock: Clock,
        snapshots: Snapshots,
    ) -> Result<Self, StartError> {
        let readers = Readers::open(|| connect(&opened.uri))?;
        let fail = |error| StartError::data(&std::env::temp_dir(), error);
        let temporary = opened.temporary.map(Temporary::unlink);
        let temporary = temporary.transpose().map_err(fail)?;
        Ok(Self {
            schema,
            clock,
            changes: Changes::default(),
            snapshots,
            writer: Writer::new(opened.writer),
            readers,
            outbox: OnceLock::new(),
            _temporary: temporary.flatten(),
        })
    }

    /// Reads as the first face, beside other readers and beside the writer. Everything that `read` sees is of one point in
    /// time.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&View<'_>) -> Outcome<T>) -> Outcome<T> {
        self.read_as(FaceId::default(), read)
    }

    /// Reads as a face.
    pub(crate) fn read_as<T>(
        &self,
        face: FaceId,
        read: impl FnOnce(&View<'_>) -> Outcome<T>,
    ) -> Outcome<T> {
        #[cfg(test)]
        super::count::count(|counts| counts.reads += 1);
        self.readers.with(|connection| {
            let moment = self.writer.selections.now();
            let transaction = connection.transaction()?;
            let face = self.schema.face(face);
            let view = View::new(&transaction, face, self.clock.now());
            read(&view.at(moment))
        })
    }

    /// Whether a read would find a connection now.
    pub(crate) fn is_free(&self) -> bool {
        self.readers.are_free()
    }

    /// Writes as the first face, alone. If `write` refuses, or panics, nothing was written.
    pub(crate) fn write<T>(&self, write: impl FnOnce(&mut Edit<'_>) -> Outcome<T>) -> Outcome<T> {
        self.write_as(FaceId::default(), write)
    }

    /// Writes as a face.
    pub(crate) fn write_as<T>(
        &self,
        face: FaceId,
        write: impl FnOnce(&mut Edit<'_>) -> Outcome<T>,
    ) -> Outcome<T> {
        #[cfg(test)]
        super::count::count(|counts| counts.writes += 1);
        let outbox = self.outbox.get().map(|outbox| &**outbox);
        let mut writer = self.writer()?;
        let (result, is_announced) =
            transact(&mut writer, &self.schema, face, &self.clock, outbox, write)?;
        drop(writer);
        self.changes.happened();
        if let Some(outbox) = outbox.filter(|_| is_announced) {
            outbox.committed();
        }
        Ok(result)
    }

    /// Gives the events of all transactions from now on to an outbox. A store has one at the most: the first.
    pub(crate) fn announce_to(&self, outbox: impl Outbox + 'static) {
        let _ = self.outbox.set(Box::new(outbox));
    }

    /// The connection that writes, once no other write has it.
    pub(super) fn writer(&self) -> Outcome<writer::Taken<'_>> {
        self.writer.take()
    }
}

/// Writes in a transaction of its own, and says whether it had events.
pub(super) fn transact<T>(
    writer: &mut Connection,
    schema: &Schema,
    face: FaceId,
    clock: &Clock,
    outbox: Option<&dyn Outbox>,
    write: impl FnOnce(&mut Edit<'_>) -> Outcome<T>,
) -> Outcome<(T, bool)> {
    let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut edit = Edit::new(&transaction, schema, face, clock.now());
    let result = write(&mut edit);
    if transaction.is_autocommit() {
        return Err(undone(result));
    }
    let result = result?;
    let events = edit.take_events();
    let is_announced = !events.is_empty();
    if let Some(outbox) = outbox.filter(|_| is_announced) {
        outbox.keep(&mut edit, events)?;
    }
    edit.finish()?;
    transaction.commit()?;
    Ok((result, is_announced))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::super::{Folder, Presentations, Storage, StoredText};
    use super::*;
    use crate::domain::migrations::MIGRATIONS;

    fn store(place: &Storage) -> Store {
        let folder = Folder::open(place).unwrap();
        let face = Presentations::of("test", StoredText::NOWHERE, []);
        let schema = Schema::of([], [face], MIGRATIONS);
        Store::open(folder.as_ref(), schema, Clock::default(), None, |_| Ok(())).unwrap()
    }

    fn count(store: &Store) -> i64 {
        let sql = "SELECT count(*) FROM setting";
        let count = store.read(|view| view.value(sql, []));
        count.unwrap().unwrap_or_default()
    }

    fn add(edit: &Edit<'_>, name: &str) {
        let sql = "INSERT INTO setting (name, value) VALUES (?1, '')";
        edit.run(sql, [name]).unwrap();
    }

    #[test]
    fn readers_do_not_wait_for_the_writer_nor_the_writer_for_readers() {
        let folder = tempfile::tempdir().unwrap();
        for place in [
            Storage::Temporary,
            Storage::Folder(folder.path().to_owned()),
        ] {
            let store = store(&place);
            store
                .write(|edit| {
                    add(edit, "first");
                    // On another thread, so that a wait would be a wait and not a mistake of this one.
                    let (send, receive) = mpsc::channel();
                    std::thread::scope(|scope| {
                        scope.spawn(|| send.send(count(&store)));
                        let read = receive.recv_timeout(Duration::from_secs(60));
                        assert_eq!(read, Ok(0), "what is not done is not seen");
                    });
                    Ok(())
                })
                .unwrap();
            assert_eq!(count(&store), 1);
            let view = |view: &View<'_>| {
                let sql = "SELECT count(*) FROM setting";
                assert_eq!(view.value::<i64>(sql, [])?, Some(1));
                let (send, receive) = mpsc::channel();
                std::thread::scope(|scope| {
                    scope.spawn(|| {
                        let written = store.write(|edit| {
                            add(edit, "second");
                            Ok(())
                        });
                        send.send(written.is_ok())
                    });
                    let written = receive.recv_timeout(Duration::from_secs(60));
                    assert_eq!(written, Ok(true));
                });
                view.value::<i64>(sql, [])
            };
            let seen = store.read(view).unwrap();
            assert_eq!(seen, Some(1), "a view is of one point in time");
            assert_eq!(count(&store), 2);
        }
    }

    #[test]
    fn more_readers_than_connections_take_turns_and_panics_give_back() {
        let store = store(&Storage::Temporary);
        for _ in 0..40 {
            let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                let _: Outcome<()> = store.read(|_| panic!("on purpose"));
            }));
            assert!(panicked.is_err());
        }
        std::thread::scope(|scope| {
            for _ in 0..40 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        assert_eq!(count(&store), 0);
                    }
                });
            }
        });
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_temporary_database_leaves_nothing_behind() {
        let store = store(&Storage::Temporary);
        let open = std::fs::read_dir("/proc/self/fd").unwrap();
        let open: Vec<String> = open
            .filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok())
            .map(|path| path.to_string_lossy().into_owned())
            .filter(|path| path.contains("/harvest-sandbox-"))
            .collect();
        assert!(!open.is_empty());
        // Other tests are making theirs at the same time.
        assert!(open.iter().any(|path| path.ends_with("(deleted)")));
        store
            .write(|edit| {
                add(edit, "kept");
                Ok(())
            })
            .unwrap();
        store.take_snapshot("one").unwrap();
        store.write(|edit| edit.clear(&[])).unwrap();
        assert!(store.restore_snapshot("one").unwrap());
        assert_eq!(count(&store), 1);
    }
}
