//! The tables of records, and what each face shows of them.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use rusqlite::Connection;

use super::{Kind, Presentations};
use crate::refusal::Outcome;

/// The kinds of records of an organization by their tables, and the faces that show them.
#[derive(Clone)]
pub(crate) struct Tables {
    kinds: Arc<HashMap<&'static str, &'static Kind>>,
    faces: Arc<[Presentations]>,
    /// The tables whose rows the store dates, once they were looked up.
    dated: Arc<OnceLock<HashSet<String>>>,
}

/// A face, by its place among those of [`Tables`]. The default is the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct FaceId(usize);

impl Tables {
    pub(super) fn of(
        kinds: impl IntoIterator<Item = &'static Kind>,
        faces: impl IntoIterator<Item = Presentations>,
    ) -> Self {
        let kinds = kinds.into_iter().map(|kind| (kind.table, kind));
        Self {
            kinds: Arc::new(kinds.collect()),
            faces: faces.into_iter().collect(),
            dated: Arc::default(),
        }
    }

    /// Whether the store dates the rows of a kind: its table has columns `created_at` and `updated_at` of its own, which
    /// are not generated from the state.
    pub(super) fn dates(&self, connection: &Connection, kind: &Kind) -> Outcome<bool> {
        if let Some(dated) = self.dated.get() {
            return Ok(dated.contains(kind.table));
        }
        let sql =
            "SELECT it.name FROM sqlite_schema AS it JOIN pragma_table_xinfo(it.name) AS known
                   WHERE it.type = 'table' AND known.name = 'updated_at' AND known.hidden = 0";
        let mut statement = connection.prepare(sql)?;
        let tables = statement.query_map([], |row| row.get(0))?;
        let tables = tables.collect::<Result<HashSet<String>, _>>()?;
        Ok(self.dated.get_or_init(|| tables).contains(kind.table))
    }

    pub(super) fn kind(&self, table: &str) -> Option<&'static Kind> {
        self.kinds.get(table).copied()
    }

    /// The faces in the order in which they were declared.
    pub(crate) fn face_ids(&self) -> impl Iterator<Item = FaceId> {
        (0..self.faces.len()).map(FaceId)
    }

    /// All faces.
    pub(super) fn faces(&self) -> impl Iterator<Item = (FaceId, &Presentations)> {
        let faces = self.faces.iter().enumerate();
        faces.map(|(place, face)| (FaceId(place), face))
    }

    /// Those that store how they show records.
    pub(super) fn stored_faces(&self) -> impl Iterator<Item = (FaceId, &Presentations)> {
        self.faces().filter(|(_, face)| face.stores())
    }

    pub(super) fn face(&self, FaceId(place): FaceId) -> &Presentations {
        // An id is a place in this list: it is made from nothing else.
        &self.faces[place]
    }
}
