//! Keeps a copy of all candidates and departments in SQLite: a run reads what changed since the last one.
//!
//! ```sh
//! cargo run --example mirror_candidates -- mirror.sqlite3
//! cargo run --example mirror_candidates -- mirror.sqlite3 --reconcile
//! ```
//!
//! The key needs `GET: List Candidates` and `GET: List Departments`. Deletions do not show among changes: `--reconcile`
//! reads the ids of all candidates, and marks those as gone that the service has no longer. Once a week is enough.

use std::collections::HashSet;
use std::env;
use std::io::{self, Write};

use anyhow::{Result, ensure};
use harvest_examples::v1::Connection;
use harvest_generated::runtime::chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use harvest_generated::v1::Client;
use harvest_generated::v1::types::Candidate;
use rusqlite::{Connection as Database, OptionalExtension as _, Transaction, params};

/// How much of the time before a run belongs to the next one again: the service's clock is not ours, and a change can
/// become visible later than its own timestamp.
const OVERLAP: TimeDelta = TimeDelta::minutes(5);

#[tokio::main]
async fn main() -> Result<()> {
    let connection = Connection::open().await?;
    let path = connection.argument(1, "the path of a database", Some(":memory:".to_owned()))?;
    let mut database = Database::open(path)?;
    let out = &mut io::stdout();
    run(&connection.client, &mut database, out).await?;
    if env::args().any(|argument| argument == "--reconcile") {
        reconcile(&connection.client, &mut database, out).await?;
    }
    Ok(())
}

/// Brings the copy up to date.
pub async fn run(client: &Client, database: &mut Database, out: &mut impl Write) -> Result<()> {
    database.execute_batch(
        "CREATE TABLE IF NOT EXISTS candidate (
             id INTEGER PRIMARY KEY, updated_at TEXT, record TEXT NOT NULL, gone INTEGER NOT NULL \
         DEFAULT 0) STRICT;
         CREATE TABLE IF NOT EXISTS department (id INTEGER PRIMARY KEY, record TEXT NOT NULL) \
         STRICT;
         CREATE TABLE IF NOT EXISTS watermark (list TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT;",
    )?;
    let changed = candidates(client, database).await?;
    let departments = departments(client, database).await?;
    writeln!(
        out,
        "{changed} candidates were new or changed; {departments} departments"
    )?;
    Ok(())
}

/// Upserts the candidates that changed since the watermark, and says how many those were.
async fn candidates(client: &Client, database: &mut Database) -> Result<u64> {
    // Taken before the first request: a change that is made while the list is read belongs to the next run, too.
    let next = Utc::now() - OVERLAP;
    let since: Option<String> = database
        .query_row(
            "SELECT at FROM watermark WHERE list = 'candidates'",
            [],
            |row| row.get(0),
        )
        .optional()?;
    let since = since
        .as_deref()
        .map_or(Ok(DateTime::UNIX_EPOCH), text_to_time)?;

    let mut pages = client
        .list_candidates()
        .updated_after(since)
        .per_page(500)
        .pages();
    let mut changed = 0;
    while let Some(page) = pages.next().await {
        // A page is stored whole or not at all. The watermark stays until the last one is: a run that breaks off is
        // repeated from the old one, and what it stored is stored again.
        let transaction = database.transaction()?;
        for candidate in page?.into_value() {
            changed += u64::from(upsert(&transaction, &candidate)?);
        }
        transaction.commit()?;
    }
    database.execute(
        "INSERT INTO watermark (list, at) VALUES ('candidates', ?1)
         ON CONFLICT (list) DO UPDATE SET at = excluded.at",
        [next.to_rfc3339_opts(SecondsFormat::Millis, true)],
    )?;
    Ok(changed)
}

/// Stores a candidate, and says whether that changed anything: in the overlap, most come as they are known.
fn upsert(transaction: &Transaction<'_>, candidate: &Candidate) -> Result<bool> {
    let updated_at = candidate
        .updated_at
        .as_ref()
        .map(|at| at.as_str().to_owned());
    let rows = transaction
        .prepare_cached(
            "INSERT INTO candidate (id, updated_at, record) VALUES (?1, ?2, ?3)
             ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at, record =
               excluded.record, gone = 0
             WHERE record != excluded.record OR gone",
        )?
        .execute(params![
            candidate.id.0,
            updated_at,
            serde_json::to_string(candidate)?
        ])?;
    Ok(rows > 0)
}

/// Replaces the departments. Their list has no filter by time, and is short.
async fn departments(client: &Client, database: &mut Database) -> Result<u64> {
    let mut departments = client.list_departments().per_page(500).items();
    let mut rows = Vec::new();
    while let Some(department) = departments.next().await {
        let department = department?;
        rows.push((department.id.0, serde_json::to_string(&department)?));
    }
    let transaction = database.transaction()?;
    transaction.execute("DELETE FROM department", [])?;
    for (id, record) in &rows {
        transaction.execute(
            "INSERT OR REPLACE INTO department VALUES (?1, ?2)",
            params![id, record],
        )?;
    }
    transaction.commit()?;
    Ok(rows.len() as u64)
}

/// Marks the candidates as gone that the service has no longer: deleted, merged into another, or hidden from the key.
pub async fn reconcile(
    client: &Client,
    database: &mut Database,
    out: &mut impl Write,
) -> Result<()> {
    let mut candidates = client.list_candidates().per_page(500).items();
    let mut there = HashSet::new();
    while let Some(candidate) = candidates.next().await {
        there.insert(candidate?.id.0);
    }
    // A record that moved to another page is not a deleted one.
    let incomplete = candidates.completeness().incomplete();
    ensure!(
        incomplete.is_none(),
        "the ids may not be all: {}",
        candidates.completeness()
    );

    let transaction = database.transaction()?;
    let known: Vec<i64> = transaction
        .prepare("SELECT id FROM candidate WHERE NOT gone")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let gone: Vec<_> = known.into_iter().filter(|id| !there.contains(id)).collect();
    for id in &gone {
        transaction.execute("UPDATE candidate SET gone = 1 WHERE id = ?1", [id])?;
    }
    transaction.commit()?;
    writeln!(out, "{} candidates are gone", gone.len())?;
    Ok(())
}

fn text_to_time(text: &str) -> Result<DateTime<Utc>> {
    Ok(DateTime::parse_from_rfc3339(text)?.to_utc())
}
