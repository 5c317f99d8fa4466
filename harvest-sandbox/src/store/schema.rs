//! The schema of a database: the tables of records, and the steps from one layout to the next.

use std::ops::Deref;

use rusqlite::{Connection, Transaction};
use rusqlite_migration::{HookError, M, Migrations};

use super::{Edit, FaceId, Kind, Presentations, Tables};
use crate::clock::Moment;
use crate::refusal::Outcome;

/// In the header of each database that a sandbox has made: `HvSb` in ASCII.
pub(super) const APPLICATION_ID: u32 = 0x4876_5362;

/// What is declared about the records of an organization.
#[derive(Clone)]
pub(crate) struct Schema {
    tables: Tables,
    migrations: &'static [Migration],
}

impl Deref for Schema {
    type Target = Tables;

    fn deref(&self) -> &Tables {
        &self.tables
    }
}

/// A step from one layout of a database to the next. The first one makes the tables of a new database.
///
/// A database remembers how many steps it has behind it, so one that was released is never changed.
pub(crate) struct Migration {
    /// The name of its file, which begins with its number.
    pub(crate) name: &'static str,
    /// Changes tables. Comments only, if records alone are rewritten.
    pub(crate) sql: &'static str,
    /// Rewrites the records of older databases, once the tables have the layout of today. Documents follow.
    pub(crate) rewrite: Option<fn(&mut Edit<'_>) -> Outcome<()>>,
}

impl Migration {
    /// A step that SQL alone can make.
    pub(crate) const fn of_tables(name: &'static str, sql: &'static str) -> Self {
        Self {
            name,
            sql,
            rewrite: None,
        }
    }
}

impl Schema {
    /// From the kinds of records, how each face shows them, and what makes their tables. There is one face at least.
    pub(crate) fn of(
        kinds: impl IntoIterator<Item = &'static Kind>,
        faces: impl IntoIterator<Item = Presentations>,
        migrations: &'static [Migration],
    ) -> Self {
        Self {
            tables: Tables::of(kinds, faces),
            migrations,
        }
    }

    /// Makes the tables of a new database, or brings those of an older one up to date, all or nothing.
    pub(super) fn migrate(
        &self,
        connection: &mut Connection,
        now: Moment,
    ) -> Result<(), rusqlite_migration::Error> {
        let mut steps: Vec<M<'_>> = self
            .migrations
            .iter()
            .map(|it| M::up(it.sql).comment(it.name))
            .collect();
        if let Some(last) = self.migrations.last() {
            let schema = self.clone();
            let rewrite = move |transaction: &Transaction<'_>| schema.rewrite(transaction, now);
            steps.pop();
            steps.push(M::up_with_hook(last.sql, rewrite).comment(last.name));
        }
        Migrations::new(steps).to_latest(connection)?;
        let known: u32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        if known != APPLICATION_ID {
            connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        }
        Ok(())
    }

    /// The steps to the layout of today, in order.
    pub(super) fn migrations(&self) -> &'static [Migration] {
        self.migrations
    }

    /// Rewrites what older layouts kept in another way. After all changes of tables, since documents are made by the code
    /// of today: all of them, whether their record changed or not. Until it is done, the database says from which layout
    /// it came.
    fn rewrite(&self, transaction: &Transaction<'_>, now: Moment) -> Result<(), HookError> {
        // A new database has no records.
        let done = layout(transaction)?;
        let Some(pending) = self.migrations.get(done..).filter(|_| done > 0) else {
            return Ok(());
        };
        let mut edit = Edit::new(transaction, self, FaceId::default(), now);
        pending
            .iter()
            .filter_map(|migration| migration.rewrite)
            .try_for_each(|rewrite| rewrite(&mut edit))
            .and_then(|()| edit.render_all())
            .and_then(|()| edit.finish())
            .map_err(|refusal| HookError::Hook(refusal.to_string()))
    }
}

/// The number of the layout of a database, counted from 1; 0 is that of one without tables.
pub(super) fn layout(connection: &Connection) -> rusqlite::Result<usize> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}
