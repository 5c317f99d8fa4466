//! Writing.

mod shown;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::ops::Deref;
use std::rc::Rc;

use rusqlite::{Params, Transaction};
use serde::Serialize;

use self::shown::Shown;
use super::failure::unwritten;
use super::stale::{Stale, Text};
use super::view::Invalidation;
use super::{FaceId, Kind, Tables, View, position};
use crate::bounds::RECORD_BYTES;
use crate::clock::{Moment, stamp};
use crate::refusal::{Outcome, Refusal, Rule, broken};

/// More texts than this are not rendered again by the write that made them stale, but by their first reader. Renaming a
/// user who recruits for half of all candidates should not take a minute.
const REBUILD_LIMIT: usize = 1_000;

/// Nor more bytes of texts, which is a tenth of a second's work.
const REBUILD_BYTES: usize = 8 * 1_024 * 1_024;

/// A write on its way. It reads like a [`View`], and sees what it has written itself.
///
/// Nothing of it is kept if the handler refuses.
pub(crate) struct Edit<'a> {
    view: View<'a>,
    tables: &'a Tables,
    face: FaceId,
    /// The stored texts that are out of date, of each face. The view knows them, too: it reads none of them.
    stale: Rc<Stale<'a>>,
    /// Records that were added or replaced.
    written: HashSet<(&'static str, i64)>,
    /// The bytes of what was kept of records, each time it was.
    bytes: usize,
    /// How records are written along with their texts, by table.
    shown: HashMap<&'static str, Rc<Shown<'a>>>,
    /// Those that were added so and that positions do not count yet: how many of which block of a table.
    uncounted: HashMap<&'static str, (i64, i64)>,
    /// The last number that was given out under each name, as far as any was.
    sequences: RefCell<HashMap<&'static str, i64>>,
    /// Records that were added, changed or removed in the attempt that is being made, if one is.
    touched: Option<Vec<(&'static str, i64)>>,
    /// Whether something was written since this was set to false last.
    is_written: Cell<bool>,
    /// The date of what is written; the time of the request, unless something else was said.
    date: String,
    /// Events of the transaction, in order. Their type belongs to the domain.
    events: Vec<Box<dyn Any>>,
}

impl<'a> Deref for Edit<'a> {
    type Target = View<'a>;

    fn deref(&self) -> &View<'a> {
        &self.view
    }
}

impl<'a> Edit<'a> {
    pub(super) fn new(
        transaction: &'a Transaction<'_>,
        tables: &'a Tables,
        face: FaceId,
        now: Moment,
    ) -> Self {
        let stale = Rc::new(Stale::new(tables));
        let view = View::new(transaction, tables.face(face), now);
        let invalidation: Rc<dyn Invalidation + 'a> = Rc::<Stale<'a>>::clone(&stale);
        Self {
            view: view.knowing(invalidation),
            tables,
            face,
            stale,
            written: HashSet::new(),
            bytes: 0,
            shown: HashMap::new(),
            uncounted: HashMap::new(),
            sequences: RefCell::default(),
            touched: None,
            is_written: Cell::default(),
            date: stamp(now),
            events: Vec::new(),
        }
    }

    /// Adds an event, which the [`Outbox`](super::Outbox) of the store reads before the transaction is committed.
    pub(crate) fn record_event(&mut self, event: impl Any) {
        self.events.push(Box::new(event));
    }

    /// The events so far. They are not read again.
    pub(super) fn take_events(&mut self) -> Vec<Box<dyn Any>> {
        std::mem::take(&mut self.events)
    }

    /// Discards the events so far.
    pub(crate) fn forget_events(&mut self) {
        self.events.clear();
    }

    /// Goes on at another time: what is written from now on is written then.
    pub(crate) fn at(&mut self, now: Moment) {
        self.view.set_now(now);
        self.date = stamp(now);
    }

    /// The date of what is written now.
    pub(crate) fn dated(&self) -> &str {
        &self.date
    }

    /// Dates what is written from now on, as far as its state holds no times of its own.
    pub(crate) fn date(&mut self, date: String) {
        self.date = date;
    }

    /// A number that no record of this kind had, has or will have. The first is [`Kind::first_id`].
    pub(crate) fn new_id(&self, kind: &Kind) -> Outcome<i64> {
        self.next_number(kind.table, kind.first_id)
    }

    /// Counts on from `first` under a name of its own, for numbers that are no records' ids.
    pub(crate) fn next_number(&self, name: &'static str, first: i64) -> Outcome<i64> {
        let mut sequences = self.sequences.borrow_mut();
        let last = match sequences.get(name) {
            Some(last) => Some(*last),
            None => self.value("SELECT last FROM sequence WHERE name = ?1", [name])?,
        };
        let next = last.map_or(first, |last| last + 1);
        sequences.insert(name, next);
        Ok(next)
    }

    /// Adds a record, and says under which id.
    pub(crate) fn insert(&mut self, kind: &Kind, state: &impl Serialize) -> Outcome<i64> {
        let id = self.new_id(kind)?;
        self.insert_as(kind, id, state)?;
        Ok(id)
    }

    /// Adds a record under an id that [`new_id`](Self::new_id) gave.
    pub(crate) fn insert_as(
        &mut self,
        kind: &Kind,
        id: i64,
        state: &impl Serialize,
    ) -> Outcome<()> {
        let state = checked(json(state)?)?;
        self.bytes += state.len();
        let table = kind.table;
        if self.tables.dates(self.sql(), kind)? {
            let sql = format!(
                "INSERT INTO {table} (id, state, created_at, updated_at) VALUES (?1, ?2, ?3, ?3)"
            );
            self.run(&sql, (id, state, &self.date))?;
        } else {
            let sql = format!("INSERT INTO {table} (id, state) VALUES (?1, ?2)");
            self.run(&sql, (id, state))?;
        }
        self.written.insert((kind.table, id));
        position::count(self.sql(), kind, id, 1)?;
        self.touch(kind, id)
    }

    /// Replaces what is known about a record.
    pub(crate) fn save(&mut self, kind: &Kind, id: i64, state: &impl Serialize) -> Outcome<()> {
        // Those that have shown it until now may not be those that show it from now on.
        self.touch(kind, id)?;
        let state = checked(json(state)?)?;
        self.bytes += state.len();
        let table = kind.table;
        if self.tables.dates(self.sql(), kind)? {
            let sql = format!("UPDATE {table} SET state = ?2, updated_at = ?3 WHERE id = ?1");
            self.run(&sql, (id, state, &self.date))?;
        } else {
            let sql = format!("UPDATE {table} SET state = ?2 WHERE id = ?1");
            self.run(&sql, (id, state))?;
        }
        self.written.insert((kind.table, id));
        self.touch(kind, id)
    }

    /// How many records were added or replaced so far.
    pub(crate) fn written(&self) -> usize {
        self.written.len()
    }

    /// How many bytes of records were kept so far. One that is replaced several times counts as often.
    pub(crate) fn written_bytes(&self) -> usize {
        self.bytes
    }

    /// Removes a record, if it is there. What belongs to it has to be removed first, while it is still known.
    pub(crate) fn delete(&mut self, kind: &Kind, id: i64) -> Outcome<()> {
        self.forget(kind, id);
        self.stale.note_deletion(self.sql(), kind, id)?;
        let sql = format!("DELETE FROM {} WHERE id = ?1", kind.table);
        if self.run(&sql, [id])? > 0 {
            position::count(self.sql(), kind, id, -1)?;
        }
        Ok(())
    }

    /// Notes that the stored text of a record, and of every record that embeds it, is out of date. [`insert`](Self::insert),
    /// [`save`](Self::save) and [`delete`](Self::delete) do so already; it is for what is kept in other tables.
    pub(crate) fn touch(&mut self, kind: &Kind, id: i64) -> Outcome<()> {
        self.forget(kind, id);
        self.stale.note(self.sql(), kind, id)
    }

    /// Forgets a record, and what was made of records of its kind and of those that embed them.
    fn forget(&mut self, kind: &Kind, id: i64) {
        if let Some(touched) = &mut self.touched {
            touched.push((kind.table, id));
        }
        self.forget_record(kind, id);
    }

    fn forget_record(&self, kind: &Kind, id: i64) {
        self.view.release(kind, id);
        self.view.forget_answers();
        self.view.forget(kind.table);
        for (_, presentations) in self.tables.faces() {
            for table in presentations.reached_from(kind.table) {
                self.view.forget(table);
            }
        }
    }

    /// Does something that is kept if it succeeds, and rolled back alone if it is refused.
    pub(crate) fn attempt<T>(&mut self, write: impl FnOnce(&mut Self) -> Outcome<T>) -> Outcome<T> {
        self.check_whole()?;
        self.settle_counts()?;
        self.sql().execute_batch("SAVEPOINT attempt")?;
        let events = self.events.len();
        self.touched = Some(Vec::new());
        self.is_written.set(false);
        self.stale.begin();
        let outcome = write(self);
        let touched = self.touched.take().unwrap_or_default();
        if self.sql().is_autocommit() {
            return Err(undone(outcome));
        }
        if outcome.is_err() {
            self.events.truncate(events);
            self.uncounted.clear();
            // Numbers are not given out again.
            self.sql().execute_batch("ROLLBACK TO attempt")?;
            // What was made of other records holds: it would be made again for each row of a job.
            if self.is_written.get() {
                self.view.forget_answers();
            }
            for (table, id) in touched {
                if let Some(kind) = self.tables.kind(table) {
                    self.forget_record(kind, id);
                }
            }
        }
        self.stale.end(outcome.is_ok());
        self.sql().execute_batch("RELEASE attempt")?;
        outcome
    }

    /// Refuses to go on when SQLite has undone the transaction, which it does by itself where it finds no space: what came next
    /// would be written on its own, and stay.
    fn check_whole(&self) -> Outcome<()> {
        if self.sql().is_autocommit() {
            return Err(Refusal::Full);
        }
        Ok(())
    }

    /// Changes a table that no kind owns, and says how many rows.
    pub(crate) fn run(&self, sql: &str, parameters: impl Params) -> Outcome<usize> {
        self.check_whole()?;
        self.is_written.set(true);
        self.view.forget_answers();
        let mut statement = self.sql().prepare_cached(sql)?;
        statement.execute(parameters).map_err(unwritten)
    }

    /// Removes everything but what is in these tables: records, keys, addresses, and the numbers that were given out.
    pub(crate) fn clear(&mut self, but: &[&str]) -> Outcome<()> {
        let sql =
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        let tables: Vec<String> = self.column(sql, [])?;
        for table in tables.iter().filter(|it| !but.contains(&it.as_str())) {
            self.run(&format!("DELETE FROM {table}"), [])?;
        }
        self.stale.clear();
        self.uncounted.clear();
        self.events.clear();
        self.sequences.get_mut().clear();
        self.view.forget_all();
        Ok(())
    }

    /// Renders stale texts of all faces again, however many they are. Refuses a write that makes one of them too long.
    pub(crate) fn settle(&mut self) -> Outcome<()> {
        self.settle_counts()?;
        let stale = self.stale.take(self.sql())?;
        self.render(stale, checked)?;
        // A new organization is written by one edit: what was made of all of its records would be in memory at once.
        self.view.forget_all();
        Ok(())
    }

    /// Renders texts, and says how many bytes these are. A record that is gone has none.
    fn render(
        &self,
        texts: impl IntoIterator<Item = Text>,
        check: fn(String) -> Outcome<String>,
    ) -> Outcome<usize> {
        let mut bytes = 0;
        for (face, (table, id)) in texts {
            let kind = self
                .tables
                .kind(table)
                .ok_or_else(|| broken(format!("{table} is no kind of record")))?;
            let face = self.tables.face(face);
            let (Some(row), Some(column)) = (self.row(kind, id)?, face.column_of(table)) else {
                continue;
            };
            let document = (face.get(kind)?.show)(&self.view.of_face(face), &row)?;
            let text = check(document.into_text())?;
            bytes += text.len();
            let sql = format!("UPDATE {table} SET {column} = ?2 WHERE id = ?1");
            self.run(&sql, (id, text))?;
        }
        Ok(bytes)
    }

    /// Renders all records of all kinds again, for each face that stores them.
    pub(super) fn render_all(&mut self) -> Outcome<()> {
        self.stale.clear();
        let tables = self.tables;
        let mut texts: Vec<Text> = Vec::new();
        for (face, presentations) in tables.faces() {
            for (presentation, column) in presentations.stored() {
                let table = presentation.kind.table;
                // First of all: texts are made with those of others inside.
                self.run(&format!("UPDATE {table} SET {column} = NULL"), [])?;
                let ids: Vec<i64> = self.column(&format!("SELECT id FROM {table}"), [])?;
                texts.extend(ids.into_iter().map(|id| (face, (table, id))));
            }
        }
        // What was kept before there was a bound stays.
        self.render(texts, Ok)?;
        Ok(())
    }

    /// What is left to do when all is written: to write down how far was counted, and to render stale texts of the face
    /// that writes again. If they are very many or long, only those of the records that were written, so that none gets too
    /// long.
    pub(super) fn finish(mut self) -> Outcome<()> {
        self.settle_counts()?;
        for (name, last) in self.sequences.take() {
            let sql = "INSERT INTO sequence (name, last) VALUES (?1, ?2)
                       ON CONFLICT (name) DO UPDATE SET last = ?2";
            self.run(sql, (name, last))?;
        }
        let own = self.face;
        let stale = self.stale.take(self.sql())?;
        let stale = stale.into_iter().filter(|(face, _)| *face == own);
        let (written, shown): (Vec<_>, Vec<_>) =
            stale.partition(|(_, record)| self.written.contains(record));
        let texts = written.len() + shown.len();
        let mut bytes = self.render(written, checked)?;
        if texts <= REBUILD_LIMIT {
            let mut shown = shown.into_iter();
            while bytes <= REBUILD_BYTES
                && let Some(text) = shown.next()
            {
                bytes += self.render([text], checked)?;
            }
        }
        Ok(())
    }
}

/// Why a write ends whose transaction SQLite has undone, whatever was made of that on the way.
pub(super) fn undone<T>(outcome: Outcome<T>) -> Refusal {
    match outcome {
        Err(failure) if failure.is_failure() => failure,
        _ => Refusal::Full,
    }
}

/// Refuses the text of a record that is too long, as it is kept or as it is sent: whatever is added to it, in one request or
/// in many.
fn checked(text: String) -> Outcome<String> {
    if text.len() <= RECORD_BYTES {
        return Ok(text);
    }
    Err(Refusal::whole(Rule::LongRecord(RECORD_BYTES)))
}

fn json(state: &impl Serialize) -> Outcome<String> {
    serde_json::to_string(state).map_err(|error| broken(format!("a state: {error}")))
}
