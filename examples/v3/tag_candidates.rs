//! Puts a tag on many candidates, whose ids come from the standard input, one a line.
//!
//! ```sh
//! cargo run --example v3_tag_candidates -- "River days" < ids.txt
//! ```
//!
//! Scopes: `harvest:candidate_tags:list`, `harvest:candidate_tags:create`, `harvest:applied_candidate_tags:list`,
//! `harvest:applied_candidate_tags:create`. Candidates who have the tag keep it, so this can be run again after an error.

use std::collections::HashSet;
use std::io::{self, Write};

use anyhow::{Context as _, Result, ensure};
use futures_util::{StreamExt as _, stream};
use harvest_examples::v3::client;
use harvest_examples::{argument, ids};
use harvest_generated::runtime::Error;
use harvest_generated::v3::Client;
use harvest_generated::v3::types::{
    AppliedCandidateTag, AppliedCandidateTagCreate, AppliedCandidateTagField, CandidateId,
    CandidateTagCreate, CandidateTagId,
};

/// How many calls are under way at the same time. How many are sent in 30 seconds is up to the rate limit.
const CONCURRENCY: usize = 8;

#[tokio::main]
async fn main() -> Result<()> {
    let tag: String = argument(1, "the name of a tag")?;
    let rows = run(&client()?, &tag, &ids()?, &mut io::stdout().lock()).await?;
    let refused = rows.iter().filter(|row| **row == Outcome::Refused).count();
    ensure!(refused == 0, "{refused} candidates have no tag");
    Ok(())
}

/// The end of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The candidate has the tag now.
    Tagged,
    /// The candidate had the tag already.
    Kept,
    /// The service refused, and the output says why.
    Refused,
}

/// Tags the candidates, and returns what became of each, in their order.
pub async fn run(
    client: &Client,
    name: &str,
    ids: &[CandidateId],
    out: &mut impl Write,
) -> Result<Vec<Outcome>> {
    let tag = find_or_create(client, name).await?;
    let tagged = tagged(client, tag).await?;
    let tagged = &tagged;
    let mut calls = stream::iter(ids)
        .map(async |id| {
            if tagged.contains(id) {
                (*id, Ok(Outcome::Kept))
            } else {
                (*id, add(client, *id, tag).await)
            }
        })
        .buffered(CONCURRENCY);
    let mut rows = Vec::new();
    while let Some((id, result)) = calls.next().await {
        let outcome = match result {
            Ok(outcome) => outcome,
            // One who is gone, or not for this user to see, is no reason to leave the others.
            Err(error) if error.is_validation() || error.is_not_found() => {
                writeln!(out, "{id}\t{error}")?;
                Outcome::Refused
            }
            Err(error) => {
                return Err(error).with_context(|| format!("{} rows are done", rows.len()));
            }
        };
        if outcome != Outcome::Refused {
            writeln!(out, "{id}\t{outcome:?}")?;
        }
        rows.push(outcome);
    }
    Ok(rows)
}

async fn add(client: &Client, id: CandidateId, tag: CandidateTagId) -> Result<Outcome, Error> {
    let body = AppliedCandidateTagCreate::new(id, tag);
    client.add_tag_to_candidate(&body).send().await?;
    Ok(Outcome::Tagged)
}

/// The tag of this name, which the organization has once.
async fn find_or_create(client: &Client, name: &str) -> Result<CandidateTagId> {
    let list = client.list_candidate_tags().items();
    let known = list.find(|tag| tag.name.as_deref() == Some(name)).await?;
    let tag = if let Some(tag) = known {
        tag
    } else {
        let body = CandidateTagCreate::new(name);
        let created = client.create_candidate_tag(&body).send().await?;
        created.into_value()
    };
    tag.id.context("the tag has no id")
}

/// The candidates who have the tag: one list in place of a question for each.
async fn tagged(client: &Client, tag: CandidateTagId) -> Result<HashSet<CandidateId>> {
    let list = client
        .list_applied_candidate_tags()
        .candidate_tag_ids([tag])
        .fields([
            AppliedCandidateTagField::Id,
            AppliedCandidateTagField::CandidateId,
        ])
        .per_page(500);
    let applied: Vec<AppliedCandidateTag> = list.items().collect().await?;
    Ok(applied.iter().filter_map(|one| one.candidate_id).collect())
}
