//! Rejects active applications without activity for a number of days; without `--really` it only says what it would do.
//!
//! ```sh
//! cargo run --example reject_stale_applications -- 180
//! cargo run --example reject_stale_applications -- 180 --really
//! ```
//!
//! The key needs `GET: List Applications` and `POST: Reject Application`; and `HARVEST_ON_BEHALF_OF` has to name a user who
//! may reject candidates on these jobs. Nothing is mailed to candidates.

use std::env;
use std::io::{self, Write};

use anyhow::Result;
use harvest_examples::v1::Connection;
use harvest_generated::runtime::chrono::{DateTime, TimeDelta, Utc};
use harvest_generated::runtime::{DryRun, Timestamp};
use harvest_generated::v1::ActingClient;
use harvest_generated::v1::types::{Application, ApplicationReject, ApplicationStatus};

#[tokio::main]
async fn main() -> Result<()> {
    let recorder = DryRun::new();
    let really = env::args().any(|argument| argument == "--really");
    let connection = Connection::open_with(|builder| {
        if really {
            builder
        } else {
            builder.dry_run(&recorder)
        }
    })
    .await?;
    let days = connection.argument(1, "a number of days", Some(180))?;
    let before = Utc::now() - TimeDelta::days(days);
    let out = &mut io::stdout();
    run(&connection.client.acting()?, before, out).await?;
    for call in recorder.calls() {
        // The printed form has no ids and no body; `serde_json::to_string(&call)` has both.
        writeln!(out, "would send {call}")?;
    }
    Ok(())
}

/// Rejects the applications without activity since `before`. The same code runs dry: what it does depends on the client.
pub async fn run(client: &ActingClient, before: DateTime<Utc>, out: &mut impl Write) -> Result<()> {
    // All are found first: what is rejected leaves the list, and would move the pages that are still to come.
    let active = client.list_applications().status(ApplicationStatus::Active);
    let mut applications = active.per_page(500).items();
    let mut stale = Vec::new();
    while let Some(application) = applications.next().await {
        let application = application?;
        if is_stale(&application, before) {
            stale.push(application.id);
        }
    }
    let body = ApplicationReject::default().notes("No activity for a long time.");
    let (mut rejected, mut refused) = (0, 0);
    for id in &stale {
        let result = client.reject_application(*id, &body).send().await;
        // `None` is a write that was recorded and not sent.
        match DryRun::skip(result) {
            Ok(Some(_)) => rejected += 1,
            Ok(None) => {}
            Err(error) if error.is_validation() || error.is_not_found() => {
                writeln!(out, "application {id}: {error}")?;
                refused += 1;
            }
            Err(error) => return Err(error.into()),
        }
    }
    writeln!(
        out,
        "{} stale applications, {rejected} rejected, {refused} refused",
        stale.len()
    )?;
    Ok(())
}

/// Whether nothing happened since `before`. An application without a time is left alone, and so is a prospect, which
/// stands on no job that it could be rejected for.
fn is_stale(application: &Application, before: DateTime<Utc>) -> bool {
    let last = application.last_activity_at.as_ref();
    let last = last.and_then(Timestamp::to_utc);
    application.prospect == Some(false) && last.is_some_and(|last| last < before)
}
