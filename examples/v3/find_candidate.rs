//! Finds one candidate by an e-mail address or an id, and shows the applications and their jobs.
//!
//! ```sh
//! cargo run --example v3_find_candidate -- mira.whitcombe@example.com
//! ```
//!
//! Scopes: `harvest:candidates:list`, `harvest:applications:list`, `harvest:jobs:list`. Records of v3 name each other by
//! their ids: three lists are read, and joined here.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};

use anyhow::{Context as _, Result, bail};
use harvest_examples::argument;
use harvest_examples::v3::client;
use harvest_generated::v3::Client;
use harvest_generated::v3::types::{Application, Candidate, CandidateId, Job, JobId};

#[tokio::main]
async fn main() -> Result<()> {
    let who: String = argument(1, "an e-mail address, or the id of a candidate")?;
    run(&client()?, &who, &mut io::stdout().lock()).await
}

/// Prints the candidate, and a line for each job that one of the applications is about.
pub async fn run(client: &Client, who: &str, out: &mut impl Write) -> Result<()> {
    let candidate = find(client, who).await?;
    let id = candidate.id.context("the candidate has no id")?;
    let applications: Vec<Application> = client
        .list_applications()
        .candidate_ids([id])
        .items()
        .collect()
        .await?;
    let jobs = jobs(client, &applications).await?;

    let names = [candidate.first_name, candidate.last_name];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    writeln!(out, "candidate {id}: {name}")?;
    for application in &applications {
        let status = application.status.as_ref();
        let status = status.map_or("of unknown status", |status| status.as_str());
        let stage = application.stage_name.as_deref().unwrap_or("no stage");
        for id in job_ids(application) {
            let job = jobs.get(&id).and_then(|job| job.name.as_deref());
            // A confidential job is not listed for all who may see the application.
            let job = job.unwrap_or("a job that is not listed");
            writeln!(out, "  {job} ({id}): {status}, {stage}")?;
        }
    }
    Ok(())
}

/// The candidate, by id if it is one.
async fn find(client: &Client, who: &str) -> Result<Candidate> {
    if let Ok(id) = who.parse::<CandidateId>() {
        let found = client.find_candidate(id).await?.into_value();
        return found.with_context(|| format!("there is no candidate {id}"));
    }
    let list = client.list_candidates().email(who).items();
    let mut found: Vec<Candidate> = list.collect().await?;
    if found.len() > 1 {
        let ids = found.iter().filter_map(|candidate| candidate.id);
        let ids: Vec<_> = ids.map(|id| id.to_string()).collect();
        bail!("candidates {} share this address", ids.join(", "));
    }
    found.pop().context("no candidate has this e-mail address")
}

/// The jobs of all applications, by id. However many there are: a request is made for each 50.
async fn jobs(client: &Client, applications: &[Application]) -> Result<HashMap<JobId, Job>> {
    let ids: BTreeSet<JobId> = applications.iter().flat_map(job_ids).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let jobs: Vec<Job> = client.list_jobs().ids(ids).items().collect().await?;
    Ok(jobs
        .into_iter()
        .filter_map(|job| Some((job.id?, job)))
        .collect())
}

/// The job of an application, or all that a prospect is considered for.
fn job_ids(application: &Application) -> impl Iterator<Item = JobId> {
    let prospective = application.prospective_job_ids.iter().flatten();
    application.job_id.into_iter().chain(prospective.copied())
}
