//! Reading.

mod presentation;

pub(crate) use presentation::{
    Depth, Embeds, Linked, Presentation, Presentations, Show, StoredText,
};

use std::any::{Any, TypeId};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Params};
use serde::de::DeserializeOwned;

use super::selections::Moment as Selected;
use super::{Document, Kind, Row, Times, Without, position};
use crate::clock::Moment;
use crate::refusal::{Outcome, Refusal};
use crate::store::AnswerLength;

/// The records at one point in time, as one face shows them: nothing that others write shows until the view is gone.
pub(crate) struct View<'a> {
    connection: &'a Connection,
    face: &'a Presentations,
    now: Moment,
    /// There if nothing was being written when it began.
    selected: Option<Selected<'a>>,
    memo: Rc<Memo>,
    shared: Rc<Shared>,
    answers: Rc<Answers>,
    /// The bytes of the states that were read.
    read: Rc<Cell<usize>>,
    /// There if this is the view of a write.
    stale: Option<Rc<dyn Invalidation + 'a>>,
}

/// The invalidation of stored texts by a write, whose changes are followed when a text is read.
pub(super) trait Invalidation {
    /// Follows the changes so far, and forgets the texts that are out of date.
    fn look_up(&self, connection: &Connection) -> Outcome<()>;
}

impl Row {
    /// When the record was made, and when it was changed last: as it was read, or by another query.
    pub(crate) fn times(&self, view: &View<'_>, kind: &Kind) -> Outcome<Times> {
        match &self.times {
            Some(times) => Ok(times.clone()),
            None => view.times(kind, self.id),
        }
    }
}

/// By table; then by face, since each face says the same in its own words, by what is made and by key.
type Memo = RefCell<HashMap<&'static str, HashMap<(&'static str, TypeId, i64), Rc<dyn Any>>>>;

/// The most bytes of states that are kept.
const MOST_SHARED: usize = 32 << 20;

/// States of records that were read, by table and id.
#[derive(Default)]
struct Shared {
    states: RefCell<HashMap<(&'static str, i64), Vec<Kept>>>,
    bytes: Cell<usize>,
}

/// A state as it was read, and how long it is as text.
struct Kept {
    state: Rc<dyn Any>,
    bytes: usize,
}

/// What was answered to a question about a record and a user, by the question, the id and the user.
type Answers = RefCell<HashMap<(&'static str, i64, Option<i64>), bool>>;

impl Shared {
    fn find<T: 'static>(&self, table: &'static str, id: i64) -> Option<Rc<T>> {
        let states = self.states.borrow();
        let mut of = states.get(&(table, id))?.iter();
        of.find_map(|kept| Rc::clone(&kept.state).downcast().ok())
    }

    fn keep(&self, table: &'static str, id: i64, kept: Kept) {
        let mut states = self.states.borrow_mut();
        let mut bytes = self.bytes.get() + kept.bytes;
        // Any of them: to throw away all would read each again where a few more than there is room for take turns.
        while bytes > MOST_SHARED {
            let Some(any) = states.keys().next().copied() else {
                break;
            };
            bytes -= states.remove(&any).map_or(0, |gone| length(&gone));
        }
        states.entry((table, id)).or_default().push(kept);
        self.bytes.set(bytes);
    }

    fn release(&self, table: &'static str, id: i64) {
        let gone = self.states.borrow_mut().remove(&(table, id));
        let gone = gone.map_or(0, |gone| length(&gone));
        self.bytes.set(self.bytes.get() - gone);
    }

    fn clear(&self) {
        self.states.borrow_mut().clear();
        self.bytes.set(0);
    }
}

fn length(states: &[Kept]) -> usize {
    states.iter().map(|kept| kept.bytes).sum()
}

impl<'a> View<'a> {
    pub(super) fn new(connection: &'a Connection, face: &'a Presentations, now: Moment) -> Self {
        Self {
            connection,
            face,
            now,
            selected: None,
            memo: Rc::default(),
            shared: Rc::default(),
            answers: Rc::default(),
            read: Rc::default(),
            stale: None,
        }
    }

    /// As records are read at a moment of which selections are kept.
    pub(super) fn at(self, selected: Option<Selected<'a>>) -> Self {
        Self { selected, ..self }
    }

    /// As a write sees the records that makes texts of them out of date.
    pub(super) fn knowing(self, stale: Rc<dyn Invalidation + 'a>) -> Self {
        let stale = Some(stale);
        Self { stale, ..self }
    }

    /// The same records, as another face shows them.
    pub(super) fn of_face(&self, face: &'a Presentations) -> Self {
        Self {
            connection: self.connection,
            face,
            now: self.now,
            selected: self.selected,
            memo: Rc::clone(&self.memo),
            shared: Rc::clone(&self.shared),
            answers: Rc::clone(&self.answers),
            read: Rc::clone(&self.read),
            stale: self.stale.clone(),
        }
    }

    /// How records of a kind are shown.
    pub(crate) fn presentation(&self, kind: &Kind) -> Outcome<&'static Presentation> {
        self.face.get(kind)
    }

    /// Something that is made from records of a kind over and over again, such as how others name one of them. It is
    /// made once, and again when a record of that kind has changed.
    pub(crate) fn memo<T: 'static>(
        &self,
        kind: &Kind,
        key: i64,
        make: impl FnOnce() -> Outcome<T>,
    ) -> Outcome<Rc<T>> {
        let key = (self.face.face(), TypeId::of::<T>(), key);
        let known = self
            .memo
            .borrow()
            .get(kind.table)
            .and_then(|of| of.get(&key).cloned());
        if let Some(known) = known.and_then(|known| known.downcast().ok()) {
            return Ok(known);
        }
        let fresh = Rc::new(make()?);
        let mut memo = self.memo.borrow_mut();
        memo.entry(kind.table)
            .or_default()
            .insert(key, Rc::clone(&fresh) as Rc<dyn Any>);
        Ok(fresh)
    }

    /// What is known about a record that is named by others, or by a body over and over again: it is read once, and again when
    /// it has changed itself. [`find`](Self::find) is for a record that is going to be changed.
    pub(crate) fn shared<T: DeserializeOwned + 'static>(
        &self,
        kind: &Kind,
        id: i64,
    ) -> Outcome<Option<Rc<T>>> {
        if let Some(known) = self.shared.find(kind.table, id) {
            return Ok(Some(known));
        }
        let Some(row) = self.row(kind, id)? else {
            return Ok(None);
        };
        let fresh = Rc::new(row.state::<T>()?);
        let kept = Kept {
            state: Rc::clone(&fresh) as Rc<dyn Any>,
            bytes: row.bytes(),
        };
        self.shared.keep(kind.table, id, kept);
        Ok(Some(fresh))
    }

    /// Whether something holds for a record and a user, which is found out once until something is written.
    pub(crate) fn answered(
        &self,
        question: &'static str,
        id: i64,
        user: Option<i64>,
        find_out: impl FnOnce() -> Outcome<bool>,
    ) -> Outcome<bool> {
        let key = (question, id, user);
        let known = self.answers.borrow().get(&key).copied();
        if let Some(known) = known {
            return Ok(known);
        }
        let holds = find_out()?;
        self.answers.borrow_mut().insert(key, holds);
        Ok(holds)
    }

    /// How many bytes of states were read so far.
    pub(crate) fn read_bytes(&self) -> usize {
        self.read.get()
    }

    fn count_read(&self, state: &str) {
        self.read.set(self.read.get().saturating_add(state.len()));
    }

    /// A record has changed.
    pub(super) fn release(&self, kind: &Kind, id: i64) {
        self.shared.release(kind.table, id);
    }

    /// Something has been written.
    pub(super) fn forget_answers(&self) {
        self.answers.borrow_mut().clear();
    }

    /// A record of this kind has changed.
    pub(super) fn forget(&self, table: &str) {
        self.memo.borrow_mut().remove(table);
    }

    /// All records have changed.
    pub(super) fn forget_all(&self) {
        self.memo.borrow_mut().clear();
        self.shared.clear();
        self.forget_answers();
    }

    pub(super) fn set_now(&mut self, now: Moment) {
        self.now = now;
    }

    /// When the request came in.
    pub(crate) fn now(&self) -> Moment {
        self.now
    }

    /// The moment that is read, if selections of it are kept.
    fn selected(&self) -> Outcome<Option<Selected<'a>>> {
        let Some(selected) = self.selected else {
            return Ok(None);
        };
        // The first statement of a transaction begins it.
        let begin = "SELECT 1 FROM block LIMIT 1";
        self.connection.prepare_cached(begin)?.exists([])?;
        Ok(Some(selected).filter(|it| it.is_now()))
    }

    /// The length of a list, which is named by the SQL that selects it and the values in that. It is counted once until
    /// something is written.
    pub(crate) fn length(
        &self,
        list: &str,
        count: impl FnOnce() -> Outcome<usize>,
    ) -> Outcome<usize> {
        match self.selected()? {
            Some(selected) => selected.length(list, count),
            None => count(),
        }
    }

    /// The ids of a list that is long and read again, in its order. `None`: it is walked through as far as it is needed.
    pub(crate) fn ids(
        &self,
        list: &str,
        count: impl FnOnce() -> Outcome<usize>,
        read: impl FnOnce() -> Outcome<Vec<i64>>,
    ) -> Outcome<Option<Arc<[i64]>>> {
        match self.selected()? {
            Some(selected) => selected.ids(list, count, read),
            None => Ok(None),
        }
    }

    /// For questions that the methods below don't answer.
    pub(crate) fn sql(&self) -> &'a Connection {
        self.connection
    }

    /// When a record was made, and when it was changed last, if there is one with this id.
    pub(crate) fn times(&self, kind: &Kind, id: i64) -> Outcome<Times> {
        let sql = format!(
            "SELECT created_at, updated_at FROM {} WHERE id = ?1",
            kind.table
        );
        let times = self
            .connection
            .prepare_cached(&sql)?
            .query_row([id], |row| {
                Ok(Times {
                    created_at: row.get(0)?,
                    updated_at: row.get(1)?,
                })
            });
        Ok(times.optional()?.unwrap_or_default())
    }

    pub(crate) fn row(&self, kind: &Kind, id: i64) -> Outcome<Option<Row>> {
        let sql = format!("SELECT state FROM {} WHERE id = ?1", kind.table);
        let state: Option<String> = self
            .connection
            .prepare_cached(&sql)?
            .query_row([id], |row| row.get(0))
            .optional()?;
        Ok(state.map(|state| {
            self.count_read(&state);
            Row::new(id, state)
        }))
    }

    /// A record as it is kept, or 404.
    pub(crate) fn require(&self, kind: &Kind, id: i64) -> Outcome<Row> {
        self.row(kind, id)?.ok_or_else(Refusal::not_found)
    }

    /// What is known about a record, if there is one with this id.
    pub(crate) fn find<T: DeserializeOwned>(&self, kind: &Kind, id: i64) -> Outcome<Option<T>> {
        self.row(kind, id)?.map(|row| row.state()).transpose()
    }

    /// What is known about a record, or 404.
    pub(crate) fn get<T: DeserializeOwned>(&self, kind: &Kind, id: i64) -> Outcome<T> {
        self.require(kind, id)?.state()
    }

    pub(crate) fn exists(&self, kind: &Kind, id: i64) -> Outcome<bool> {
        let sql = format!("SELECT 1 FROM {} WHERE id = ?1", kind.table);
        Ok(self.connection.prepare_cached(&sql)?.exists([id])?)
    }

    /// A record as it is sent, or 404.
    pub(crate) fn document(&self, kind: &Kind, id: i64) -> Outcome<Document> {
        self.documents(kind, "id = ?1", [id])?
            .pop()
            .ok_or_else(Refusal::not_found)
    }

    /// The records that an SQL condition picks, as they are sent. The condition may end in `ORDER BY` and `LIMIT`.
    pub(crate) fn documents(
        &self,
        kind: &Kind,
        condition: &str,
        parameters: impl Params,
    ) -> Outcome<Vec<Document>> {
        let documents = self.documents_by_id(kind, condition, parameters)?;
        Ok(documents.into_iter().map(|(_, it)| it).collect())
    }

    /// The same, with their ids.
    pub(crate) fn documents_by_id(
        &self,
        kind: &Kind,
        condition: &str,
        parameters: impl Params,
    ) -> Outcome<Vec<(i64, Document)>> {
        let show = self.presentation(kind)?.show;
        let column = self.face.column_of(kind.table);
        if let (Some(stale), Some(_)) = (&self.stale, column) {
            stale.look_up(self.connection)?;
        }
        // The state is only needed, and only read, where no text is stored.
        let is_dated = self.face.is_dated(self.connection, kind.table)?;
        let columns = match column {
            Some(column) => format!("{column}, iif({column} IS NULL, state, NULL)"),
            None if is_dated => "NULL, state, created_at, updated_at".to_owned(),
            None => "NULL, state".to_owned(),
        };
        let sql = format!("SELECT id, {columns} FROM {} WHERE {condition}", kind.table);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(parameters)?;
        let mut documents = Vec::new();
        let mut length = AnswerLength::default();
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            let document = match row.get::<_, Option<String>>(1)? {
                Some(text) => Document::from_text(text),
                None if is_dated => {
                    let times = Times {
                        created_at: row.get(3)?,
                        updated_at: row.get(4)?,
                    };
                    show(self, &Row::new(id, row.get(2)?).dated(times))?
                }
                None => show(self, &Row::new(id, row.get(2)?))?,
            };
            length.add(document.text().len())?;
            documents.push((id, document));
        }
        Ok(documents)
    }

    /// The records with these ids as they are sent, in this order. Those that are gone are left out.
    pub(crate) fn documents_of(&self, kind: &Kind, ids: &[i64]) -> Outcome<Vec<Document>> {
        let mut documents = Vec::new();
        for id in ids {
            documents.extend(self.documents(kind, "id = ?1", [id])?);
        }
        Ok(documents)
    }

    /// What is known about the records that an SQL condition picks, with their ids.
    pub(crate) fn states<T: DeserializeOwned>(
        &self,
        kind: &Kind,
        condition: &str,
        parameters: impl Params,
    ) -> Outcome<Vec<(i64, T)>> {
        self.rows(kind, condition, parameters)?
            .iter()
            .map(|row| Ok((row.id, row.state()?)))
            .collect()
    }

    /// The records that an SQL condition picks, as they are kept.
    pub(crate) fn rows(
        &self,
        kind: &Kind,
        condition: &str,
        parameters: impl Params,
    ) -> Outcome<Vec<Row>> {
        let sql = format!("SELECT id, state FROM {} WHERE {condition}", kind.table);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(parameters, |row| {
            let state: String = row.get(1)?;
            self.count_read(&state);
            Ok(Row::new(row.get(0)?, state))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many records of a kind there are, without some.
    pub(crate) fn count(&self, kind: &Kind, without: Option<&Without>) -> Outcome<usize> {
        match without {
            None => position::total(self.connection, kind),
            Some(without) => position::total_without(self.connection, kind, without),
        }
    }

    /// An id, and how many records to skip from there, to get to a place in the order of ids counted from 0. Some records
    /// can be left out of the count, and have to be left out when skipping, too. `None` is beyond the end.
    pub(crate) fn seek(
        &self,
        kind: &Kind,
        place: usize,
        without: Option<&Without>,
    ) -> Outcome<Option<(i64, usize)>> {
        match without {
            None => position::seek(self.connection, kind, place),
            Some(without) => position::seek_without(self.connection, kind, place, without),
        }
    }

    /// The first column of what an SQL query selects: ids, mostly.
    pub(crate) fn column<T: rusqlite::types::FromSql>(
        &self,
        sql: &str,
        parameters: impl Params,
    ) -> Outcome<Vec<T>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let values = statement.query_map(parameters, |row| row.get(0))?;
        Ok(values.collect::<Result<_, _>>()?)
    }

    /// The first value that an SQL query selects.
    pub(crate) fn value<T: rusqlite::types::FromSql>(
        &self,
        sql: &str,
        parameters: impl Params,
    ) -> Outcome<Option<T>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement
            .query_row(parameters, |row| row.get(0))
            .optional()?)
    }
}
