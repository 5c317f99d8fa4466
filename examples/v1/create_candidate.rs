//! Creates a candidate with an application for a job, and attaches a résumé to it.
//!
//! ```sh
//! cargo run --example create_candidate -- Ines Barroso ines.barroso@example.com 5310447002 resume.pdf
//! ```
//!
//! The key needs `GET: List Candidates`, `POST: Add Candidate`, `GET: Retrieve Candidate` and
//! `POST: Add Attachment to Application`; and `HARVEST_ON_BEHALF_OF` has to name a user who may add candidates to the job.

use std::io::{self, Write};

use anyhow::{Context as _, Result, bail};
use harvest_examples::v1::Connection;
use harvest_generated::runtime::PollOptions;
use harvest_generated::runtime::attachment::Upload;
use harvest_generated::v1::ActingClient;
use harvest_generated::v1::types::{
    ApplicationAttachmentCreate, ApplicationAttachmentType, ApplicationCreateForJob,
    CandidateCreate, CandidateId, EmailAddressInput, EmailAddressType, JobId,
};

#[tokio::main]
async fn main() -> Result<()> {
    let connection = Connection::open().await?;
    let text =
        |place, what, sample: &str| connection.argument(place, what, Some(sample.to_owned()));
    let person = Person {
        first_name: text(1, "a first name", "Ines")?,
        last_name: text(2, "a last name", "Barroso")?,
        email: text(3, "an e-mail address", "ines.barroso@example.com")?,
    };
    let job = connection.argument(4, "the id of a job", connection.sample_job().await?)?;
    let resume = match std::env::args().nth(5) {
        Some(path) => Upload::from_async_path(path).await?,
        None => Upload::from_bytes("resume.txt", "Ten years on the Douro.")?,
    };
    let client = connection.client.acting()?;
    run(
        &client,
        &person,
        job,
        resume,
        PollOptions::new(),
        &mut io::stdout(),
    )
    .await
}

/// Who is to be created.
pub struct Person {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Where the person can be reached, and by which the person is known.
    pub email: String,
}

/// Creates the person as a candidate for the job, unless there is one already.
pub async fn run(
    client: &ActingClient,
    person: &Person,
    job: JobId,
    resume: Upload,
    poll: PollOptions,
    out: &mut impl Write,
) -> Result<()> {
    if let Some(id) = find(client, &person.email).await? {
        bail!("candidate {id} has this address already; add an application to that one");
    }
    // Checked now, because a candidate without a résumé is not what was asked for.
    let resume =
        ApplicationAttachmentCreate::from_upload(resume, ApplicationAttachmentType::Resume)?;

    let body = CandidateCreate::new(
        person.first_name.as_str(),
        person.last_name.as_str(),
        [ApplicationCreateForJob::new(job)],
    )
    .email_addresses(vec![EmailAddressInput::new(
        person.email.as_str(),
        EmailAddressType::Personal,
    )]);
    // It is not sent twice, whatever happens: a second candidate is worse than an error. And because the service may
    // answer before it is done, with ids only, the candidate is asked for until it is there.
    let created = client.create_candidate(&body).send_and_wait(poll).await?;
    writeln!(out, "candidate {} is created", created.answer().id)?;
    let candidate = created.into_ready()?;
    let applications = candidate.application_ids.as_deref().unwrap_or_default();
    let application = *applications
        .first()
        .context("the candidate has no application")?;

    client
        .create_application_attachment(application, &resume)
        .send()
        .await?;
    writeln!(out, "application {application} has a résumé")?;
    Ok(())
}

/// A candidate with this address.
async fn find(client: &ActingClient, email: &str) -> Result<Option<CandidateId>> {
    let mut known = client.list_candidates().email(email).items();
    while let Some(candidate) = known.next().await {
        let candidate = candidate?;
        let mut addresses = candidate.email_addresses.iter().flatten();
        if addresses.any(|address| address.value.as_deref() == Some(email)) {
            return Ok(Some(candidate.id));
        }
    }
    Ok(None)
}
