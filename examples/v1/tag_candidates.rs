//! Puts a tag on many candidates, whose ids come from the standard input, one a line.
//!
//! ```sh
//! cargo run --example tag_candidates -- "River days" < ids.txt
//! ```
//!
//! The key needs `POST: Add New Candidate Tag` and `PUT: Add a candidate tag`; and `HARVEST_ON_BEHALF_OF` has to name a
//! user who may edit candidates. Candidates who have the tag keep it, so this can be run again after an error.

use std::io::{self, Write};

use anyhow::{Context as _, Result, ensure};
use futures_util::{StreamExt as _, stream};
use harvest_examples::v1::Connection;
use harvest_generated::v1::ActingClient;
use harvest_generated::v1::types::{CandidateId, CandidateTagCreate};

/// How many calls are under way at the same time. How many are sent in ten seconds is up to the rate limit.
const CONCURRENCY: usize = 8;

#[tokio::main]
async fn main() -> Result<()> {
    let connection = Connection::open().await?;
    let tag = connection.argument(1, "the name of a tag", Some("River days".to_owned()))?;
    let ids = harvest_examples::ids()?;
    let client = connection.client.acting()?;
    let failed = run(&client, &tag, &ids, &mut io::stdout()).await?;
    ensure!(failed.is_empty(), "{} candidates have no tag", failed.len());
    Ok(())
}

/// Tags the candidates, and returns those on whom it failed.
pub async fn run(
    client: &ActingClient,
    name: &str,
    ids: &[CandidateId],
    out: &mut impl Write,
) -> Result<Vec<CandidateId>> {
    // The organization has each tag once: if it is there already, this is answered with it.
    let tag = client
        .create_candidate_tag(&CandidateTagCreate::new(name))
        .send()
        .await?;
    let tag = tag.id;
    let mut calls = stream::iter(ids)
        .map(|id| async move { (*id, client.add_tag_to_candidate(*id, tag).send().await) })
        .buffer_unordered(CONCURRENCY);
    let mut failed = Vec::new();
    let mut done = 0;
    while let Some((id, result)) = calls.next().await {
        match result {
            Ok(_) => done += 1,
            // Merged into another, or deleted, or not for this user to see: no reason to leave the others.
            Err(error)
                if error.is_not_found()
                    || error.is_forbidden() && !error.is_missing_permission() =>
            {
                writeln!(out, "candidate {id}: {error}")?;
                failed.push(id);
            }
            Err(error) => return Err(error).with_context(|| format!("{done} tagged so far")),
        }
    }
    writeln!(out, "{done} tagged, {} not", failed.len())?;
    Ok(failed)
}
