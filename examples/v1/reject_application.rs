//! Rejects an application with a reason. Nothing is mailed to the candidate.
//!
//! ```sh
//! cargo run --example reject_application -- 5120993417 "No field experience"
//! ```
//!
//! The key needs `GET: List rejection reasons` and `POST: Reject Application`; and `HARVEST_ON_BEHALF_OF` has to name a
//! user who may reject candidates on this job.

use std::io::{self, Write};

use anyhow::{Result, bail};
use harvest_examples::v1::Connection;
use harvest_generated::v1::ActingClient;
use harvest_generated::v1::types::{ApplicationId, ApplicationReject, RejectionReason};

#[tokio::main]
async fn main() -> Result<()> {
    let connection = Connection::open().await?;
    let sample = connection.sample_application().await?;
    let application = connection.argument(1, "the id of an application", sample)?;
    let sample = Some("No field experience".to_owned());
    let reason = connection.argument(2, "the name of a reason", sample)?;
    let client = connection.client.acting()?;
    run(&client, application, &reason, &mut io::stdout()).await
}

/// Rejects the application for the reason of this name.
pub async fn run(
    client: &ActingClient,
    id: ApplicationId,
    reason: &str,
    out: &mut impl Write,
) -> Result<()> {
    let reason = find(client, reason).await?;
    let body = ApplicationReject::default()
        .rejection_reason_id(reason.id)
        .notes("Rejected by the nightly clean-up.");
    let rejected = match client.reject_application(id, &body).send().await {
        Ok(rejected) => rejected,
        // Another run was here before, say, or the application was hired.
        Err(error) if error.is_validation() => {
            for problem in error.field_errors() {
                writeln!(out, "refused: {}", problem.message())?;
            }
            return Err(error.into());
        }
        Err(error) => return Err(error.into()),
    };
    let at = rejected
        .rejected_at
        .as_ref()
        .map_or("now", |at| at.as_str());
    writeln!(out, "application {id} is rejected since {at}")?;
    Ok(())
}

/// The reason of this name, in any letter case; or an error that names those there are.
async fn find(client: &ActingClient, name: &str) -> Result<RejectionReason> {
    let mut known = Vec::new();
    let mut reasons = client.list_rejection_reasons().items();
    while let Some(reason) = reasons.next().await {
        let reason = reason?;
        match reason.name.clone() {
            Some(other) if other.eq_ignore_ascii_case(name) => return Ok(reason),
            other => known.extend(other),
        }
    }
    bail!(
        "there is no rejection reason {name:?}; there are: {}",
        known.join(", ")
    )
}
