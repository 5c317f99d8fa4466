//! Writing records along with their texts: for a new organization, whose records come in an order in which each text holds.

use std::rc::Rc;

use rusqlite::Statement;
use serde::Serialize;

use super::{Edit, json};
use crate::refusal::Outcome;
use crate::store::view::Show;
use crate::store::{Kind, Presentations, Row, View, position};

/// How a record of a kind is added or replaced along with its texts. Parameters are the id, the state, the date if the store
/// keeps it, and the texts.
pub(super) struct Shown<'a> {
    insert: String,
    update: String,
    is_dated: bool,
    /// Those that store a text of it.
    faces: Vec<(&'a Presentations, Show)>,
}

impl<'a> Shown<'a> {
    fn texts(&self, view: &View<'a>, row: &Row) -> Outcome<Vec<String>> {
        let texts = self.faces.iter().map(|(face, show)| {
            let document = show(&view.of_face(face), row)?;
            Ok(document.into_text())
        });
        texts.collect()
    }

    fn bind(
        &self,
        to: &mut Statement<'_>,
        row: Row,
        date: &str,
        texts: &[String],
    ) -> rusqlite::Result<()> {
        to.raw_bind_parameter(1, row.id)?;
        to.raw_bind_parameter(2, row.into_text())?;
        if self.is_dated {
            to.raw_bind_parameter(3, date)?;
        }
        let first = if self.is_dated { 4 } else { 3 };
        for (place, text) in (first..).zip(texts) {
            to.raw_bind_parameter(place, text)?;
        }
        Ok(())
    }
}

impl<'a> Edit<'a> {
    /// Adds a record whose document is known to hold: those that it shows are there, and none that shows it is. For a new
    /// organization, which would be twice as long in the making otherwise.
    pub(crate) fn insert_shown(
        &mut self,
        kind: &Kind,
        id: i64,
        state: &impl Serialize,
    ) -> Outcome<()> {
        self.write_shown(kind, id, state, |shown| &shown.insert)?;
        self.count_shown(kind, id)
    }

    /// Replaces what is known about a record, of which others show nothing that is changed by that. For a new organization, too.
    pub(crate) fn save_shown(
        &mut self,
        kind: &Kind,
        id: i64,
        state: &impl Serialize,
    ) -> Outcome<()> {
        self.write_shown(kind, id, state, |shown| &shown.update)
    }

    fn write_shown(
        &mut self,
        kind: &Kind,
        id: i64,
        state: &impl Serialize,
        sql: impl for<'s> FnOnce(&'s Shown<'a>) -> &'s str,
    ) -> Outcome<()> {
        let shown = self.shown(kind)?;
        let row = Row::new(id, json(state)?);
        let texts = shown.texts(&self.view, &row)?;
        let mut statement = self.sql().prepare_cached(sql(&shown))?;
        shown.bind(&mut statement, row, &self.date, &texts)?;
        self.check_whole()?;
        statement.raw_execute()?;
        Ok(())
    }

    fn shown(&mut self, kind: &Kind) -> Outcome<Rc<Shown<'a>>> {
        if let Some(known) = self.shown.get(kind.table) {
            return Ok(Rc::clone(known));
        }
        let is_dated = self.tables.dates(self.sql(), kind)?;
        let (mut columns, mut faces) = (vec!["state"], Vec::new());
        if is_dated {
            columns.push("updated_at");
        }
        for (_, face) in self.tables.faces() {
            if let Some(column) = face.column_of(kind.table) {
                columns.push(column);
                faces.push((face, face.get(kind)?.show));
            }
        }
        let table = kind.table;
        let values = (2..).take(columns.len()).map(|place| format!("?{place}"));
        let set = columns.iter().zip(values.clone());
        let set = set.map(|(column, value)| format!("{column} = {value}"));
        let (made, made_at) = if is_dated {
            (", created_at", ", ?3")
        } else {
            ("", "")
        };
        let written = Rc::new(Shown {
            insert: format!(
                "INSERT INTO {table} (id, {}{made}) VALUES (?1, {}{made_at})",
                columns.join(", "),
                values.collect::<Vec<_>>().join(", "),
            ),
            update: format!(
                "UPDATE {table} SET {} WHERE id = ?1",
                set.collect::<Vec<_>>().join(", "),
            ),
            is_dated,
            faces,
        });
        self.shown.insert(table, Rc::clone(&written));
        Ok(written)
    }

    /// Counts a record that came along with others of its block, which are written down together.
    fn count_shown(&mut self, kind: &Kind, id: i64) -> Outcome<()> {
        let block = position::block(id);
        match self.uncounted.get_mut(kind.table) {
            Some((known, records)) if *known == block => *records += 1,
            _ => {
                let before = self.uncounted.insert(kind.table, (block, 1));
                if let Some((block, records)) = before {
                    position::add(self.sql(), kind.table, block, records)?;
                }
            }
        }
        Ok(())
    }

    /// Writes down what was counted.
    pub(super) fn settle_counts(&mut self) -> Outcome<()> {
        for (table, (block, records)) in std::mem::take(&mut self.uncounted) {
            position::add(self.sql(), table, block, records)?;
        }
        Ok(())
    }
}
