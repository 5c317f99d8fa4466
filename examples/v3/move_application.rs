//! Moves an application to the next stage of its job, if it is still in the stage that was looked at.
//!
//! ```sh
//! cargo run --example v3_move_application -- 5120993417
//! ```
//!
//! Scopes: `harvest:applications:list`, `harvest:job_interview_stages:list`, `harvest:applications:move`. Rules of the job
//! can mail the candidate when the stage changes.

use std::io::{self, Write};

use anyhow::{Context as _, Result, bail};
use harvest_examples::argument;
use harvest_examples::v3::client;
use harvest_generated::v3::Client;
use harvest_generated::v3::types::{
    Application, ApplicationId, ApplicationMove, JobId, JobStage, JobStageId,
};

#[tokio::main]
async fn main() -> Result<()> {
    let id = argument(1, "the id of an application")?;
    run(&client()?, id, &mut io::stdout().lock()).await?;
    Ok(())
}

/// The end of a move.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is in this stage now.
    Moved(JobStageId),
    /// It is in the last stage, and stays there.
    AtTheEnd,
    /// Another change came first, and it is in this stage now. It was not moved.
    Stale(JobStageId),
}

/// Moves the application by one stage.
pub async fn run(client: &Client, id: ApplicationId, out: &mut impl Write) -> Result<Outcome> {
    let application = read(client, id).await?;
    let (Some(job), Some(from)) = (application.job_id, application.job_interview_stage_id) else {
        bail!("application {id} is that of a prospect, who is in no stage of a job");
    };
    let Some(to) = next_stage(client, job, from).await? else {
        writeln!(out, "application {id} is in the last stage")?;
        return Ok(Outcome::AtTheEnd);
    };
    // With the stage that was looked at: two who move at the same time do not skip a stage.
    let body = ApplicationMove::new(from).to_stage_id(to);
    match client.move_application(id, &body).send().await {
        Ok(_) => {
            writeln!(out, "application {id} is in stage {to}")?;
            Ok(Outcome::Moved(to))
        }
        // 422 has many reasons. Whether it is this one, the application says.
        Err(error) if error.is_validation() => {
            match read(client, id).await?.job_interview_stage_id {
                Some(now) if now != from => {
                    writeln!(out, "application {id} went to stage {now} meanwhile")?;
                    Ok(Outcome::Stale(now))
                }
                _ => Err(error.into()),
            }
        }
        Err(error) => Err(error.into()),
    }
}

async fn read(client: &Client, id: ApplicationId) -> Result<Application> {
    let found = client.find_application(id).await?.into_value();
    found.with_context(|| format!("there is no application {id}"))
}

/// The next stage of the job that is in use. The present one need not be.
async fn next_stage(client: &Client, job: JobId, from: JobStageId) -> Result<Option<JobStageId>> {
    let stages = client.list_job_stages().job_ids([job]).items();
    let mut stages: Vec<JobStage> = stages.collect().await?;
    stages.sort_by_key(|stage| stage.sort_order);
    let present = stages.iter().position(|stage| stage.id == Some(from));
    let present = present.with_context(|| format!("job {job} has no stage {from}"))?;
    let mut later = stages.iter().skip(present + 1);
    Ok(later
        .find(|stage| stage.active != Some(false))
        .and_then(|stage| stage.id))
}
