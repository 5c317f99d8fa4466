//! Puts jobs, their openings and their custom fields into SQLite, and reports for how long openings have been open.
//!
//! ```sh
//! cargo run --example report_openings -- openings.sqlite3
//! ```
//!
//! The key needs `GET: List jobs`. The tables stay in the file, for questions of your own; custom fields are a row each,
//! because an organization changes their names and types without notice.

use std::io::{self, Write};

use anyhow::Result;
use harvest_examples::v1::Connection;
use harvest_generated::runtime::Timestamp;
use harvest_generated::runtime::chrono::SecondsFormat;
use harvest_generated::runtime::custom_field::ValueType;
use harvest_generated::v1::Client;
use harvest_generated::v1::types::{Job, JobOpeningStatus, KeyedCustomFields};
use rusqlite::{Connection as Database, Transaction, params};

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS job (
    id INTEGER PRIMARY KEY, name TEXT, department TEXT, record TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS opening (
    id INTEGER PRIMARY KEY, job_id INTEGER NOT NULL REFERENCES job, status TEXT, opened_at TEXT, \
                      closed_at TEXT) STRICT;
CREATE TABLE IF NOT EXISTS custom_field (
    job_id INTEGER NOT NULL REFERENCES job, key TEXT NOT NULL, type TEXT, value TEXT, PRIMARY KEY \
                      (job_id, key)) STRICT;
";

const REPORT: &str = "
SELECT coalesce(department, 'no department'), count(*),
       round(avg(julianday(coalesce(closed_at, 'now')) - julianday(opened_at)))
FROM opening JOIN job ON job.id = opening.job_id
WHERE opened_at IS NOT NULL
GROUP BY 1 ORDER BY 1";

#[tokio::main]
async fn main() -> Result<()> {
    let connection = Connection::open().await?;
    let path = connection.argument(1, "the path of a database", Some(":memory:".to_owned()))?;
    let mut database = Database::open(path)?;
    run(&connection.client, &mut database, &mut io::stdout()).await
}

/// Fills the tables, and prints the report.
pub async fn run(client: &Client, database: &mut Database, out: &mut impl Write) -> Result<()> {
    database.execute_batch(TABLES)?;
    let mut pages = client.list_jobs().per_page(500).pages();
    while let Some(page) = pages.next().await {
        let transaction = database.transaction()?;
        for job in page?.into_value() {
            store(&transaction, &job)?;
        }
        transaction.commit()?;
    }
    let mut report = database.prepare(REPORT)?;
    let mut rows = report.query([])?;
    while let Some(row) = rows.next()? {
        let (department, openings): (String, i64) = (row.get(0)?, row.get(1)?);
        let days: f64 = row.get(2)?;
        writeln!(
            out,
            "{department}: {openings} openings, {days} days on average"
        )?;
    }
    Ok(())
}

/// Replaces a job with all that belongs to it.
fn store(transaction: &Transaction<'_>, job: &Job) -> Result<()> {
    let id = job.id.0;
    let department = job.departments.iter().flatten().next();
    let department = department.and_then(|department| department.name.as_deref());
    transaction
        .prepare_cached(
            "INSERT INTO job VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, department = excluded.department,
                 record = excluded.record",
        )?
        .execute(params![
            id,
            job.name,
            department,
            serde_json::to_string(job)?
        ])?;

    transaction.execute("DELETE FROM opening WHERE job_id = ?1", [id])?;
    for opening in job.openings.iter().flatten() {
        transaction
            .prepare_cached("INSERT INTO opening VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![
                opening.id.0,
                id,
                opening.status.as_ref().map(JobOpeningStatus::as_str),
                utc(opening.opened_at.as_ref()),
                utc(opening.closed_at.as_ref()),
            ])?;
    }

    transaction.execute("DELETE FROM custom_field WHERE job_id = ?1", [id])?;
    let fields = job.keyed_custom_fields.iter();
    for (key, field) in fields.flat_map(KeyedCustomFields::iter) {
        let Some(field) = field else {
            continue;
        };
        transaction
            .prepare_cached("INSERT INTO custom_field VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![
                id,
                key,
                field.value_type().map(ValueType::as_str),
                field.value().map(ToString::to_string),
            ])?;
    }
    Ok(())
}

/// A time as SQLite compares it: all in one form.
fn utc(time: Option<&Timestamp>) -> Option<String> {
    Some(time?.to_utc()?.to_rfc3339_opts(SecondsFormat::Millis, true))
}
