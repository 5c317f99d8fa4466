//! Moves an application through the stages of its job, up to and into the last one.
//!
//! ```sh
//! cargo run --example advance_application -- 5120993417
//! ```
//!
//! The key needs `GET: Retrieve Application`, `GET: List job stages for job` and `POST: Move Application`; and
//! `HARVEST_ON_BEHALF_OF` has to name a user who may move candidates on this job.

use std::io::{self, Write};

use anyhow::{Context as _, Result, ensure};
use harvest_examples::v1::Connection;
use harvest_generated::v1::ActingClient;
use harvest_generated::v1::types::{
    ApplicationId, ApplicationMove, ApplicationStatus, JobId, JobStage,
};

#[tokio::main]
async fn main() -> Result<()> {
    let connection = Connection::open().await?;
    let sample = connection.sample_application().await?;
    let application = connection.argument(1, "the id of an application", sample)?;
    run(&connection.client.acting()?, application, &mut io::stdout()).await
}

/// Moves the application, and says each stage that it enters.
pub async fn run(client: &ActingClient, id: ApplicationId, out: &mut impl Write) -> Result<()> {
    let application = client.get_application(id).send().await?;
    ensure!(
        application.status == Some(ApplicationStatus::Active),
        "application {id} is not active, and others cannot be moved"
    );
    let jobs = application.jobs.as_deref().unwrap_or_default();
    let job = jobs
        .first()
        .context("it is a prospect's, and those have no stages")?
        .id;
    let current = application
        .current_stage
        .as_ref()
        .context("it is in no stage")?
        .id;

    let stages = stages(client, job).await?;
    let place = stages.iter().position(|stage| stage.id == current);
    let place = place.with_context(|| format!("stage {current} is not one of job {job}"))?;
    for step in stages[place..].windows(2) {
        // Where it is said to be is part of the request: if another user has moved it meanwhile, the service refuses.
        let body = ApplicationMove::new(step[0].id, step[1].id);
        let moved = client.move_application(id, &body).send().await?;
        let entered = moved.current_stage.as_ref().map(|stage| stage.id);
        ensure!(
            entered == Some(step[1].id),
            "application {id} is not where it was moved to"
        );
        writeln!(out, "{}", step[1].name.as_deref().unwrap_or("(no name)"))?;
    }
    Ok(())
}

/// The stages of a job that are in use, first to last.
async fn stages(client: &ActingClient, job: impl Into<JobId>) -> Result<Vec<JobStage>> {
    let mut stages = Vec::new();
    let mut items = client.list_job_stages_for_job(job).items();
    while let Some(stage) = items.next().await {
        stages.push(stage?);
    }
    stages.retain(|stage| stage.active != Some(false));
    stages.sort_by_key(|stage| stage.priority);
    Ok(stages)
}
