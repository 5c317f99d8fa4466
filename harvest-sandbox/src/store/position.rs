//! Positions of records in lists, without counting from the beginning.
//!
//! `OFFSET 999500` walks over as many rows. Instead, the ids of each kind are divided into blocks, and how many records
//! there are in each is kept up to date. Going to a place is a walk over the blocks and then over a part of one.

use rusqlite::{Connection, Rows};

use super::Kind;
use crate::refusal::Outcome;

/// Records that don't count: SQL that selects their ids, each once, in which `?1` is the value.
#[derive(Clone, Debug)]
pub(crate) struct Without {
    pub(crate) ids: String,
    pub(crate) value: i64,
}

/// Ids to a block, as a power of two.
const BLOCK_BITS: i64 = 8;

/// Notes that a record came (1) or went (-1).
pub(super) fn count(connection: &Connection, kind: &Kind, id: i64, by: i64) -> Outcome<()> {
    add(connection, kind.table, block(id), by)
}

/// The number of the block that an id is in.
pub(super) fn block(id: i64) -> i64 {
    id >> BLOCK_BITS
}

/// Notes that so many came or went in a block of a table.
pub(super) fn add(connection: &Connection, table: &str, block: i64, by: i64) -> Outcome<()> {
    let sql = "INSERT INTO block (kind, number, records) VALUES (?1, ?2, ?3)
               ON CONFLICT (kind, number) DO UPDATE SET records = records + ?3";
    connection
        .prepare_cached(sql)?
        .execute((table, block, by))?;
    Ok(())
}

/// How many records of a kind there are.
pub(super) fn total(connection: &Connection, kind: &Kind) -> Outcome<usize> {
    let sql = "SELECT coalesce(sum(records), 0) FROM block WHERE kind = ?1";
    Ok(connection
        .prepare_cached(sql)?
        .query_row([kind.table], |row| row.get(0))?)
}

/// How many there are without some.
pub(super) fn total_without(
    connection: &Connection,
    kind: &Kind,
    without: &Without,
) -> Outcome<usize> {
    let sql = format!("SELECT count(*) FROM ({})", without.ids);
    let less: usize = connection
        .prepare_cached(&sql)?
        .query_row([without.value], |row| row.get(0))?;
    Ok(total(connection, kind)?.saturating_sub(less))
}

/// An id, and how many records to skip from there, to get to a place counted from 0. `None` is beyond the end.
pub(super) fn seek(
    connection: &Connection,
    kind: &Kind,
    place: usize,
) -> Outcome<Option<(i64, usize)>> {
    let sql = "SELECT number, records FROM block WHERE kind = ?1 ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    walk(statement.query([kind.table])?, place)
}

/// The same, counted without some records.
pub(super) fn seek_without(
    connection: &Connection,
    kind: &Kind,
    place: usize,
    without: &Without,
) -> Outcome<Option<(i64, usize)>> {
    let sql = format!(
        "SELECT block.number, block.records - coalesce(less.records, 0) FROM block
         LEFT JOIN (SELECT id >> {BLOCK_BITS} AS number, count(*) AS records
                    FROM ({}) GROUP BY 1) AS less ON less.number = block.number
         WHERE kind = ?2 ORDER BY block.number",
        without.ids
    );
    let mut statement = connection.prepare_cached(&sql)?;
    walk(statement.query((without.value, kind.table))?, place)
}

/// Through blocks and how many records are in each.
fn walk(mut rows: Rows<'_>, place: usize) -> Outcome<Option<(i64, usize)>> {
    let mut left = place;
    while let Some(row) = rows.next()? {
        let records: usize = row.get(1)?;
        if left < records {
            return Ok(Some((row.get::<_, i64>(0)? << BLOCK_BITS, left)));
        }
        left -= records;
    }
    Ok(None)
}
