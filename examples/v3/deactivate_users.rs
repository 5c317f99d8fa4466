//! Deactivates many users in one bulk job. Their ids come from the standard input, one a line.
//!
//! ```sh
//! cargo run --example v3_deactivate_users < ids.txt
//! ```
//!
//! Scopes: `harvest:users:deactivate`, `harvest:openings:create` (which any reading of a bulk job needs),
//! `harvest:users:list`. A user who is deactivated already stays so.

use std::collections::HashSet;
use std::io::{self, Write};

use anyhow::{Context as _, Result, ensure};
use harvest_examples::ids;
use harvest_examples::v3::client;
use harvest_generated::runtime::{PollOptions, RowOutcome};
use harvest_generated::v3::Client;
use harvest_generated::v3::types::{User, UserBulkIds, UserField, UserId};

#[tokio::main]
async fn main() -> Result<()> {
    let left = run(
        &client()?,
        &ids()?,
        PollOptions::new(),
        &mut io::stdout().lock(),
    )
    .await?;
    ensure!(left.is_empty(), "{} users are not deactivated", left.len());
    Ok(())
}

/// Deactivates the users, and returns those who are not deactivated after all.
pub async fn run(
    client: &Client,
    ids: &[UserId],
    poll: PollOptions,
    out: &mut impl Write,
) -> Result<Vec<UserId>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let body = UserBulkIds::new(ids.iter().copied());
    let outcome = client.bulk_disable_users(&body).send_and_wait(poll).await?;
    for job in outcome.jobs().iter().filter(|job| job.state().is_some()) {
        writeln!(
            out,
            "bulk job {}: {} rows done, {} refused",
            job.id(),
            job.succeeded_count().unwrap_or_default(),
            job.failed_count().unwrap_or_default(),
        )?;
    }
    // The rows come in the order of the ids, however many jobs they took.
    for (id, row) in ids.iter().zip(outcome.rows()) {
        if let RowOutcome::Failed(failure) = row.outcome() {
            let reason = failure.message().unwrap_or("without a reason");
            writeln!(out, "user {id} is refused: {reason}")?;
        }
    }
    let jobs: Vec<_> = outcome
        .jobs()
        .iter()
        .map(|job| job.id().to_owned())
        .collect();
    if let Some(error) = outcome.into_error() {
        // The service works at what it accepted, whether its end is seen or not: it is not to be sent again.
        let jobs = jobs.join(", ");
        return Err(error).context(format!(
            "bulk job {jobs} was accepted; not all is known of its end"
        ));
    }
    // The form of the results is not documented. The users themselves say how it ended.
    let left = active(client, ids).await?;
    for id in &left {
        writeln!(out, "user {id} is not deactivated")?;
    }
    Ok(left)
}

/// Those of the users who can still sign in, or are not there.
async fn active(client: &Client, ids: &[UserId]) -> Result<Vec<UserId>> {
    let list = client
        .list_users()
        .ids(ids.iter().copied())
        .fields([UserField::Id, UserField::Deactivated]);
    let users: Vec<User> = list.items().collect().await?;
    let deactivated: HashSet<UserId> = users
        .iter()
        .filter(|user| user.deactivated == Some(true))
        .filter_map(|user| user.id)
        .collect();
    let left = ids.iter().copied();
    Ok(left.filter(|id| !deactivated.contains(id)).collect())
}
