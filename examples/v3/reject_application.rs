//! Rejects an application with a reason. Nothing is mailed to the candidate.
//!
//! ```sh
//! cargo run --example v3_reject_application -- 5120993417 "No field experience"
//! ```
//!
//! Scopes: `harvest:rejection_reasons:list`, `harvest:applications:reject`. The user who acts (`HARVEST_ACTING_USER`, or
//! the integration's own) is the one who rejected.

use std::io::{self, Write};

use anyhow::{Result, bail};
use harvest_examples::argument;
use harvest_examples::v3::client;
use harvest_generated::v3::Client;
use harvest_generated::v3::types::{ApplicationId, ApplicationReject, RejectionReasonId};

#[tokio::main]
async fn main() -> Result<()> {
    let id = argument(1, "the id of an application")?;
    let reason: String = argument(2, "the name of a reason")?;
    run(&client()?, id, &reason, &mut io::stdout().lock()).await
}

/// Rejects the application for the reason of this name.
pub async fn run(
    client: &Client,
    id: ApplicationId,
    reason: &str,
    out: &mut impl Write,
) -> Result<()> {
    let reason = find_reason(client, reason).await?;
    let body = ApplicationReject::new(reason).notes("Rejected by the nightly clean-up.");
    match client.reject_application(id, &body).send().await {
        Ok(_) => writeln!(out, "application {id} is rejected")?,
        Err(error) => {
            match error.permission() {
                Some(scope) if error.is_missing_permission() => {
                    writeln!(out, "the credential has no scope {scope}")?;
                }
                // It was rejected or hired before, say.
                _ => {
                    if let Some(reason) = error.message().filter(|_| error.is_validation()) {
                        writeln!(out, "refused: {reason}")?;
                    }
                }
            }
            return Err(error.into());
        }
    }
    Ok(())
}

/// The reason of this name, in any letter case; or an error that names those there are.
async fn find_reason(client: &Client, name: &str) -> Result<RejectionReasonId> {
    let mut known = Vec::new();
    // The organization's own, and those that every organization has.
    let mut reasons = client
        .list_rejection_reasons()
        .include_defaults(true)
        .items();
    while let Some(reason) = reasons.next().await {
        let reason = reason?;
        match (reason.id, reason.name) {
            (Some(id), Some(other)) if other.eq_ignore_ascii_case(name) => return Ok(id),
            (_, other) => known.extend(other),
        }
    }
    bail!(
        "there is no rejection reason of this name; there are: {}",
        known.join(", ")
    )
}
