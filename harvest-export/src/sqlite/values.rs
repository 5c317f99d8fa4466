//! Filling of the table of custom fields' values.

use rusqlite::{Statement, Transaction, params_from_iter};

use super::table::Table;
use crate::ids::Ids;
use crate::object::Object;

/// The statements that change the values of a record.
pub(super) struct Values<'a> {
    table: &'a Table<'a>,
    insert: Statement<'a>,
    delete: Statement<'a>,
    /// The records that have values, if they are known: of others there is nothing to remove.
    known: Option<Ids>,
}

impl<'a> Values<'a> {
    /// Of a table, if it has any.
    pub(super) fn prepare(
        transaction: &'a Transaction<'_>,
        table: &'a Table<'a>,
    ) -> rusqlite::Result<Option<Self>> {
        let (Some(name), Some(insertion)) = (table.values(), table.values_insertion()) else {
            return Ok(None);
        };
        let count = format!("SELECT EXISTS (SELECT 1 FROM {name})");
        let has_any: bool = transaction.query_row(&count, [], |row| row.get(0))?;
        let deletion = format!("DELETE FROM {name} WHERE record_id = ?");
        Ok(Some(Self {
            table,
            insert: transaction.prepare(&insertion)?,
            delete: transaction.prepare(&deletion)?,
            known: (!has_any).then(Ids::default),
        }))
    }

    /// Puts the values of a record in the place of those that it had.
    pub(super) fn replace(&mut self, record: &Object<'_>) -> rusqlite::Result<()> {
        if let Some(id) = record.id()
            && !self.known.as_mut().is_some_and(|known| known.insert(id))
        {
            self.forget(id)?;
        }
        let mut outcome = Ok(0);
        self.table.each_value(record, &mut |values| {
            if outcome.is_ok() {
                outcome = self.insert.execute(params_from_iter(values));
            }
        });
        outcome.map(|_| ())
    }

    /// The table was emptied.
    pub(super) fn forgotten(&mut self) {
        self.known = Some(Ids::default());
    }

    /// Removes the values of a record.
    pub(super) fn forget(&mut self, id: i64) -> rusqlite::Result<()> {
        self.delete.execute([id]).map(|_| ())
    }
}
