//! Stale texts of a write: what is kept of how faces show the records that it changes, and those that show them.
//!
//! A change is noted, and who shows the record is looked up when a text is read or the write is done, once for all that
//! was changed until then. So a write of many rows costs the records that show them once, and not once for each row.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use super::view::Invalidation;
use super::{Depth, FaceId, Kind, Linked, Presentations, Tables};
use crate::refusal::{Outcome, broken};

/// A record, by its table and id.
type Record = (&'static str, i64);

/// How a face shows a record.
pub(super) type Text = (FaceId, Record);

/// The texts that a write makes out of date.
pub(super) struct Stale<'a> {
    tables: &'a Tables,
    noted: RefCell<Noted>,
}

#[derive(Default)]
struct Noted {
    /// What was changed, or showed what was changed before it did, since it was last looked up who shows it.
    pending: HashSet<Pending>,
    /// The texts that were forgotten, and not made again.
    forgotten: HashSet<Text>,
    /// What became so in the attempt that is being made, if one is.
    attempt: Option<Attempt>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Pending {
    /// A record that was changed itself.
    Changed(Record),
    /// A record that shows one. It may not any more.
    Showing(FaceId, Record),
}

#[derive(Default)]
struct Attempt {
    noted: Vec<Pending>,
    looked_up: Vec<Pending>,
    forgotten: Vec<Text>,
}

impl Noted {
    fn note(&mut self, pending: Pending) {
        if self.pending.insert(pending)
            && let Some(attempt) = &mut self.attempt
        {
            attempt.noted.push(pending);
        }
    }
}

impl<'a> Stale<'a> {
    pub(super) fn new(tables: &'a Tables) -> Self {
        let noted = RefCell::default();
        Self { tables, noted }
    }

    /// Notes that a record was changed or is going to be. Called before and after it, since others may show it then.
    pub(super) fn note(&self, connection: &Connection, kind: &Kind, id: i64) -> Outcome<()> {
        self.note_with(connection, kind, id, |linked| linked == Linked::ByShown)
    }

    /// Notes that a record is going to be deleted. After that it is not known who showed it.
    pub(super) fn note_deletion(
        &self,
        connection: &Connection,
        kind: &Kind,
        id: i64,
    ) -> Outcome<()> {
        self.note_with(connection, kind, id, |_| true)?;
        let mut noted = self.noted.borrow_mut();
        noted
            .forgotten
            .retain(|(_, record)| *record != (kind.table, id));
        Ok(())
    }

    /// Notes a change, and who shows the record by links of some sorts.
    fn note_with(
        &self,
        connection: &Connection,
        kind: &Kind,
        id: i64,
        is_asked: impl Fn(Linked) -> bool,
    ) -> Outcome<()> {
        let mut noted = self.noted.borrow_mut();
        noted.note(Pending::Changed((kind.table, id)));
        for (face, presentations) in self.tables.stored_faces() {
            for (embedder, embeds) in presentations.embedded_in(kind.table) {
                if !is_asked(embeds.linked) {
                    continue;
                }
                for id in column(connection, embeds.ids, id)? {
                    noted.note(Pending::Showing(face, (embedder.table, id)));
                }
            }
        }
        Ok(())
    }

    /// An attempt begins, in which nothing of what follows may be kept.
    pub(super) fn begin(&self) {
        self.noted.borrow_mut().attempt = Some(Attempt::default());
    }

    /// An attempt ends, which was undone unless it is kept.
    pub(super) fn end(&self, is_kept: bool) {
        let mut noted = self.noted.borrow_mut();
        let Some(attempt) = noted.attempt.take().filter(|_| !is_kept) else {
            return;
        };
        for pending in attempt.noted {
            noted.pending.remove(&pending);
        }
        // Their texts are there again, so that these have to be looked up and forgotten once more.
        noted.pending.extend(attempt.looked_up);
        for text in attempt.forgotten {
            noted.forgotten.remove(&text);
        }
    }

    /// Nothing is out of date.
    pub(super) fn clear(&self) {
        *self.noted.borrow_mut() = Noted::default();
    }

    /// The texts that are to be made again. From now on they count as made.
    pub(super) fn take(&self, connection: &Connection) -> Outcome<HashSet<Text>> {
        self.look_up(connection)?;
        Ok(std::mem::take(&mut self.noted.borrow_mut().forgotten))
    }
}

impl Invalidation for Stale<'_> {
    fn look_up(&self, connection: &Connection) -> Outcome<()> {
        let mut noted = self.noted.borrow_mut();
        if noted.pending.is_empty() {
            return Ok(());
        }
        let pending = std::mem::take(&mut noted.pending);
        for (face, presentations) in self.tables.stored_faces() {
            forget(connection, &mut noted, &pending, face, presentations)?;
        }
        if let Some(attempt) = &mut noted.attempt {
            attempt.looked_up.extend(pending);
        }
        Ok(())
    }
}

/// Forgets the texts of a face of what was changed, of what shows it, and so on.
fn forget(
    connection: &Connection,
    noted: &mut Noted,
    pending: &HashSet<Pending>,
    face: FaceId,
    presentations: &Presentations,
) -> Outcome<()> {
    let changed = pending.iter().filter_map(|it| match it {
        Pending::Changed(record) => Some(*record),
        Pending::Showing(..) => None,
    });
    let showing = pending.iter().filter_map(|it| match it {
        Pending::Showing(of, record) if *of == face => Some(*record),
        _ => None,
    });
    let mut level: HashSet<Record> = changed.collect();
    let mut next: HashSet<Record> = showing.collect();
    let mut seen = level.clone();
    next.retain(|record| seen.insert(*record));
    // The first are changed themselves; the others show something else now.
    let mut itself = true;
    while !level.is_empty() {
        for (table, ids) in by_table(&level) {
            let json = json(&ids)?;
            if let Some(column) = presentations.column_of(table) {
                let sql = format!(
                    "UPDATE {table} SET {column} = NULL
                     WHERE id IN (SELECT value FROM json_each(?1)) AND {column} IS NOT NULL"
                );
                connection.prepare_cached(&sql)?.execute([&json])?;
                for id in &ids {
                    let text = (face, (table, *id));
                    if noted.forgotten.insert(text)
                        && let Some(attempt) = &mut noted.attempt
                    {
                        attempt.forgotten.push(text);
                    }
                }
            }
            for (embedder, embeds) in presentations.embedded_in(table) {
                if !itself && embeds.depth == Depth::Fields {
                    continue;
                }
                for id in column(connection, &embeds.ids_of_many(), &json)? {
                    let record = (embedder.table, id);
                    if seen.insert(record) {
                        next.insert(record);
                    }
                }
            }
        }
        level = std::mem::take(&mut next);
        itself = false;
    }
    Ok(())
}

fn by_table(records: &HashSet<Record>) -> HashMap<&'static str, Vec<i64>> {
    let mut ids: HashMap<_, Vec<_>> = HashMap::new();
    for (table, id) in records {
        ids.entry(*table).or_default().push(*id);
    }
    ids
}

fn json(ids: &[i64]) -> Outcome<String> {
    serde_json::to_string(ids).map_err(|error| broken(format!("a list of ids: {error}")))
}

fn column(
    connection: &Connection,
    sql: &str,
    parameter: impl rusqlite::ToSql,
) -> Outcome<Vec<i64>> {
    let mut statement = connection.prepare_cached(sql)?;
    let ids = statement.query_map([parameter], |row| row.get(0))?;
    let ids: Vec<i64> = ids.collect::<Result<_, _>>()?;
    #[cfg(test)]
    FOUND.set(FOUND.get() + ids.len());
    Ok(ids)
}

#[cfg(test)]
thread_local! {
    static FOUND: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// How many records this thread has found that show others.
#[cfg(test)]
pub(super) fn found() -> usize {
    FOUND.get()
}
