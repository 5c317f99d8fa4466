//! Exports the candidates that changed since a time, one line of JSON each.
//!
//! ```sh
//! cargo run --example v3_export_candidates -- 2026-11-01T00:00:00Z > candidates.jsonl
//! ```
//!
//! Scopes: `harvest:candidates:list`. The last line on the error output says what to pass next time.

use std::io::{self, Write};

use anyhow::Result;
use harvest_examples::argument;
use harvest_examples::v3::client;
use harvest_generated::runtime::chrono::{TimeDelta, Utc};
use harvest_generated::runtime::{Completeness, TimeRange, Timestamp};
use harvest_generated::v3::Client;
use harvest_generated::v3::types::CandidateField;

#[tokio::main]
async fn main() -> Result<()> {
    let since = argument(1, "a time, such as 2026-11-01T00:00:00Z")?;
    // A little in the past, because the service's clock is not ours.
    let until = Timestamp::from(Utc::now() - TimeDelta::minutes(5));
    let export = run(&client()?, since, until.clone(), &mut io::stdout().lock()).await?;
    eprintln!("{} candidates; {}", export.candidates, export.completeness);
    eprintln!("next time, begin at {until}");
    Ok(())
}

/// Figures of an export.
pub struct Export {
    /// How many candidates were written.
    pub candidates: u64,
    /// Whether they are all that changed. A list that is read by cursor proves it.
    pub completeness: Completeness,
}

/// Writes the candidates that were last changed at `since` or later, and before `until`.
///
/// A candidate that changes meanwhile leaves this range for that of the next export, which begins at `until`: with ranges
/// that touch, none is left out, and none comes twice without having changed.
pub async fn run(
    client: &Client,
    since: Timestamp,
    until: Timestamp,
    out: &mut impl Write,
) -> Result<Export> {
    let mut candidates = client
        .list_candidates()
        .updated_at(TimeRange::since(since).before(until))
        .fields([
            CandidateField::Id,
            CandidateField::UpdatedAt,
            CandidateField::FirstName,
            CandidateField::LastName,
            CandidateField::EmailAddresses,
            CandidateField::Tags,
            CandidateField::CustomFields,
        ])
        .per_page(500)
        .items();
    let mut count = 0;
    while let Some(candidate) = candidates.next().await {
        // After an error, what was written is no export: run it again with the same `since`.
        serde_json::to_writer(&mut *out, &candidate?)?;
        out.write_all(b"\n")?;
        count += 1;
    }
    out.flush()?;
    Ok(Export {
        candidates: count,
        completeness: candidates.completeness(),
    })
}
