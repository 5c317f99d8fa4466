//! Exports every candidate that changed since a time, one line of JSON each.
//!
//! ```sh
//! cargo run --example export_candidates -- 2026-02-01T00:00:00Z > candidates.jsonl
//! ```
//!
//! The key needs the permission `GET: List Candidates`. The last line on the error output says what to pass next time.

use std::io::{self, Write};

use anyhow::Result;
use harvest_examples::v1::Connection;
use harvest_generated::runtime::chrono::{DateTime, TimeDelta, Utc};
use harvest_generated::runtime::{Completeness, Incomplete, Timestamp};
use harvest_generated::v1::Client;

#[tokio::main]
async fn main() -> Result<()> {
    let connection = Connection::open().await?;
    let since = connection.argument(1, "a time", Some(DateTime::UNIX_EPOCH))?;
    let export = run(&connection.client, since, &mut io::stdout().lock()).await?;
    eprintln!(
        "{} candidates; next time, begin at {}",
        export.candidates, export.next
    );
    if export.moved {
        eprintln!("the list changed while it was read; run this again for what may be missing");
    }
    Ok(())
}

/// What became of an export.
pub struct Export {
    /// How many candidates were written.
    pub candidates: u64,
    /// Where the next export begins.
    pub next: Timestamp,
    /// Whether the list changed while it was read, so that a candidate may be missing.
    pub moved: bool,
}

/// Writes the candidates that changed at `since` or later.
pub async fn run(client: &Client, since: DateTime<Utc>, out: &mut impl Write) -> Result<Export> {
    // What changes while this runs may or may not be in it, so the next export begins where this one began: a little
    // before, because the service's clock is not ours. Some candidates are exported twice, and none is left out.
    let next = Timestamp::from(Utc::now() - TimeDelta::minutes(5));
    let mut candidates = client
        .list_candidates()
        .updated_after(since)
        .per_page(500)
        .items()
        .concurrency(4);
    let mut count = 0;
    while let Some(candidate) = candidates.next().await {
        let candidate = candidate.inspect_err(|error| {
            // Pass it to `resume_from` in place of beginning again. It holds what you searched for, so it is not logged.
            let can_resume = error.resume_url().is_some();
            eprintln!("broke off after {count} candidates (can be resumed: {can_resume})");
        })?;
        serde_json::to_writer(&mut *out, &candidate)?;
        out.write_all(b"\n")?;
        count += 1;
    }
    out.flush()?;
    Ok(Export {
        candidates: count,
        next,
        moved: candidates.completeness() == Completeness::Unproven(Incomplete::ChangedWhileReading),
    })
}
