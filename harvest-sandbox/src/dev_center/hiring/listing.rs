//! Lists: pages of records that a user may see, the latest first.
//!
//! A page takes up where the one before ended, and looks through so many records at most, however few of them match: what
//! is older is a page of its own.

use rusqlite::params_from_iter;
use rusqlite::types::Value as Sql;
use serde::de::DeserializeOwned;

use crate::domain::access::{Actor, Limit, bound};
use crate::http::refusal::Outcome;
use crate::store::{Kind, View};

/// Records on a page.
pub(super) const PER_PAGE: usize = 50;
/// Records that are looked through for a page.
const WINDOW: usize = 20_000;

/// The value of a condition, in its SQL.
const VALUE: &str = ":value";

/// A list that is being narrowed down. In its SQL, `?1` is the user, `?2` the last record of the page before, and `?3` the
/// last one that is looked at.
pub(super) struct Listing {
    kind: &'static Kind,
    /// The column that says what is latest.
    order: &'static str,
    conditions: String,
    values: Vec<Sql>,
}

/// A page of a list, a line for each record.
pub(super) struct Listed<L> {
    pub(super) lines: Vec<L>,
    /// The record after which the next page takes up, if there are records that were not looked at.
    pub(super) older: Option<i64>,
    /// Whether there is a page before.
    pub(super) is_later: bool,
}

impl<L> Listed<L> {
    /// The page of a list that is not for this user.
    pub(super) fn empty() -> Self {
        Self {
            lines: Vec::new(),
            older: None,
            is_later: false,
        }
    }
}

impl Listing {
    /// The records in the order in which they were made.
    pub(super) fn of(kind: &'static Kind) -> Self {
        Self::by(kind, "id")
    }

    /// The records in the order of a column.
    pub(super) fn by(kind: &'static Kind, order: &'static str) -> Self {
        Self {
            kind,
            order,
            conditions: String::new(),
            values: Vec::new(),
        }
    }

    /// Leaves out the records for which this SQL, in which `:value` is the value, does not hold.
    pub(super) fn only(&mut self, sql: &str, value: impl Into<Sql>) {
        self.values.push(value.into());
        let place = format!("?{}", self.values.len() + 3);
        self.conditions.push_str(" AND (");
        self.conditions.push_str(&sql.replace(VALUE, &place));
        self.conditions.push(')');
    }

    /// Leaves out the records of which a column has another value than the one that is asked for, which is said back. A
    /// value that is none of those that there are leaves out nothing.
    pub(super) fn one_of(
        &mut self,
        column: &str,
        values: &'static [&'static str],
        asked: &str,
    ) -> Option<&'static str> {
        let value = *values.iter().find(|value| **value == asked)?;
        self.only(&format!("{column} = {VALUE}"), value.to_owned());
        Some(value)
    }

    /// The page that begins after a record, or the first, with the line that `line` makes of each record and its id.
    pub(super) fn page<T: DeserializeOwned, L>(
        &self,
        view: &View<'_>,
        actor: &Actor,
        before: Option<i64>,
        line: impl Fn(i64, T) -> Outcome<L>,
    ) -> Outcome<Listed<L>> {
        let (table, column) = (self.kind.table, self.order);
        let after = match (before, column) {
            (None, _) => "?2 IS NULL".to_owned(),
            (Some(_), "id") => "id < ?2".to_owned(),
            (Some(_), _) => {
                format!("({column}, id) < (SELECT {column}, id FROM {table} WHERE id = ?2)")
            }
        };
        let sql = format!(
            "SELECT id FROM {table} WHERE {after} ORDER BY {column} DESC, id DESC \
             LIMIT 1 OFFSET {WINDOW}"
        );
        // The user is not asked about here.
        let last: Option<i64> = view.value(&sql, [None, before])?;
        let until = match (last, column) {
            (None, _) => "?3 IS NULL".to_owned(),
            (Some(_), "id") => "id >= ?3".to_owned(),
            (Some(_), _) => {
                format!("({column}, id) >= (SELECT {column}, id FROM {table} WHERE id = ?3)")
            }
        };
        let condition = format!(
            "?1 IS NOT NULL AND {after} AND {until} AND {}{} ORDER BY {column} DESC, id DESC LIMIT \
             {}",
            seen(actor, self.kind, false),
            self.conditions,
            PER_PAGE + 1
        );
        let values = [Some(actor.id), before, last].into_iter();
        let values = values.map(|id| id.map_or(Sql::Null, Sql::Integer));
        let values = values.chain(self.values.iter().cloned());
        let mut records: Vec<(i64, T)> =
            view.states(self.kind, &condition, params_from_iter(values))?;
        let older = if records.len() > PER_PAGE {
            records.truncate(PER_PAGE);
            records.last().map(|(id, _)| *id)
        } else {
            last
        };
        let lines = records.into_iter().map(|(id, record)| line(id, record));
        Ok(Listed {
            lines: lines.collect::<Outcome<_>>()?,
            older,
            is_later: before.is_some(),
        })
    }
}

/// SQL that holds for the records of a kind that the user `?1` may see; `below` says that few are asked about.
pub(super) fn seen(actor: &Actor, kind: &Kind, below: bool) -> String {
    let limit = match actor.limit(kind, below) {
        Limit::Unlimited => "true".to_owned(),
        Limit::Without(ids) => format!("id NOT IN ({ids})"),
        Limit::Where(condition) => condition,
    };
    format!("({})", bound(&limit))
}
