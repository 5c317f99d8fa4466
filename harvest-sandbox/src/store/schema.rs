//! The tables, and who shows whom.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, Transaction};
use rusqlite_migration::{HookError, M, Migrations};

use super::identity::APPLICATION_ID;
use super::{Edit, Kind, Shows};
use crate::clock::Moment;
use crate::refusal::Outcome;

/// The tables that belong to no resource.
const COMMON: &str = include_str!("schema.sql");

/// The kinds that show records of a table, and how.
type ShownIn = HashMap<&'static str, Vec<(&'static Kind, &'static Shows)>>;

/// What the resources of a version of the API declare about their records.
#[derive(Clone)]
pub(crate) struct Schema {
    kinds: Arc<HashMap<&'static str, &'static Kind>>,
    shown_in: Arc<ShownIn>,
    /// SQL that makes the tables of the first layout. It was released, and is never changed.
    first: Arc<str>,
    upgrades: &'static [Upgrade],
}

/// A step from one layout of the database to the next. One that was released is never changed.
pub(crate) struct Upgrade {
    /// Changes tables. Empty if records alone are rewritten.
    pub(crate) sql: &'static str,
    /// Rewrites records, once the tables have the layout of today. Documents of changed records follow.
    pub(crate) rewrite: fn(&mut Edit<'_>) -> Outcome<()>,
}

impl Schema {
    /// From the SQL and the kinds of each resource.
    pub(crate) fn of<'a>(
        resources: impl IntoIterator<Item = (&'a str, &'a [&'static Kind])>,
        upgrades: &'static [Upgrade],
    ) -> Self {
        let mut kinds_by_table = HashMap::new();
        let mut shown_in = ShownIn::new();
        let mut first = vec![COMMON];
        for (sql, kinds) in resources {
            first.push(sql);
            for kind in kinds {
                kinds_by_table.insert(kind.table, *kind);
                for shows in kind.shows {
                    let shown_in = shown_in.entry(shows.table).or_default();
                    shown_in.push((kind, shows));
                }
            }
        }
        Self {
            kinds: Arc::new(kinds_by_table),
            shown_in: Arc::new(shown_in),
            first: first.join("\n").into(),
            upgrades,
        }
    }

    #[cfg(test)]
    pub(crate) fn first_layout(&self) -> &str {
        &self.first
    }

    pub(super) fn kind(&self, table: &str) -> Option<&'static Kind> {
        self.kinds.get(table).copied()
    }

    pub(super) fn shown_in(&self, table: &str) -> &[(&'static Kind, &'static Shows)] {
        self.shown_in.get(table).map_or(&[], Vec::as_slice)
    }

    /// Makes the tables of a new database, or brings those of an older one up to date, all or nothing.
    pub(super) fn migrate(
        &self,
        connection: &mut Connection,
        now: Moment,
    ) -> Result<(), rusqlite_migration::Error> {
        let mut steps = vec![M::up(&self.first)];
        if let Some((last, others)) = self.upgrades.split_last() {
            steps.extend(others.iter().map(|upgrade| M::up(upgrade.sql)));
            let schema = self.clone();
            let rewrite = move |transaction: &Transaction<'_>| schema.rewrite(transaction, now);
            steps.push(M::up_with_hook(last.sql, rewrite));
        }
        Migrations::new(steps).to_latest(connection)?;
        let known: u32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        if known != APPLICATION_ID {
            connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        }
        Ok(())
    }

    /// Whether a database has a layout that is not known here yet.
    pub(super) fn is_older_than(&self, connection: &Connection) -> rusqlite::Result<bool> {
        Ok(layout(connection)? > self.upgrades.len() + 1)
    }

    pub(super) fn kinds(&self) -> impl Iterator<Item = &'static Kind> {
        self.kinds.values().copied()
    }

    /// Rewrites what older layouts kept in another way. After all changes of tables, since documents are made by the code
    /// of today: all of them, whether their record changed or not. Until it is done, the database says from which layout
    /// it came.
    fn rewrite(&self, transaction: &Transaction<'_>, now: Moment) -> Result<(), HookError> {
        // The first layout has no upgrade, and a new database has no records.
        let done = layout(transaction)?.checked_sub(1);
        let Some(pending) = done.and_then(|done| self.upgrades.get(done..)) else {
            return Ok(());
        };
        let mut edit = Edit::new(transaction, self, now);
        pending
            .iter()
            .try_for_each(|upgrade| (upgrade.rewrite)(&mut edit))
            .and_then(|()| edit.show_all())
            .and_then(|()| edit.finish())
            .map_err(|refusal| HookError::Hook(refusal.words().unwrap_or_default()))
    }
}

/// The number of the layout of a database, counted from 1; 0 is that of one without tables.
fn layout(connection: &Connection) -> rusqlite::Result<usize> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}
