//! The tables, and who shows whom.

use std::collections::HashMap;

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use super::{Kind, Shows};

/// The tables that belong to no resource.
const COMMON: &str = include_str!("schema.sql");

/// What the resources of a version of the API declare about their records.
pub(crate) struct Schema {
    kinds: HashMap<&'static str, &'static Kind>,
    /// By table: the kinds that show its records, and how.
    shown_in: HashMap<&'static str, Vec<(&'static Kind, &'static Shows)>>,
    /// What brings a database from one layout to the next. One that was released is never changed.
    migrations: Vec<String>,
}

impl Schema {
    /// From the SQL and the kinds of each resource.
    pub(crate) fn of<'a>(
        resources: impl IntoIterator<Item = (&'a str, &'a [&'static Kind])>,
    ) -> Self {
        let mut schema = Self {
            kinds: HashMap::new(),
            shown_in: HashMap::new(),
            migrations: Vec::new(),
        };
        let mut first = vec![COMMON];
        for (sql, kinds) in resources {
            first.push(sql);
            for kind in kinds {
                schema.kinds.insert(kind.table, kind);
                for shows in kind.shows {
                    let shown_in = schema.shown_in.entry(shows.table).or_default();
                    shown_in.push((kind, shows));
                }
            }
        }
        schema.migrations.push(first.join("\n"));
        schema
    }

    pub(super) fn kind(&self, table: &str) -> Option<&'static Kind> {
        self.kinds.get(table).copied()
    }

    pub(super) fn shown_in(&self, table: &str) -> &[(&'static Kind, &'static Shows)] {
        self.shown_in.get(table).map_or(&[], Vec::as_slice)
    }

    /// Makes the tables of a new database, or brings those of an older one up to date.
    pub(super) fn migrate(
        &self,
        connection: &mut Connection,
    ) -> Result<(), rusqlite_migration::Error> {
        Migrations::new(self.migrations.iter().map(|sql| M::up(sql)).collect())
            .to_latest(connection)
    }
}
