//! Creates a candidate with an application, unless there is one with this e-mail address.
//!
//! ```sh
//! cargo run --example v3_create_candidate -- Ines Barroso ines.barroso@example.com 5310447002
//! ```
//!
//! Scopes: `harvest:candidates:list`, `harvest:candidates:create`.

use std::io::{self, Write};

use anyhow::{Context as _, Result};
use harvest_examples::argument;
use harvest_examples::v3::client;
use harvest_generated::v3::Client;
use harvest_generated::v3::types::{
    CandidateApplicationForJob, CandidateCreate, CandidateField, CandidateId, EmailAddressInput,
    EmailAddressType, JobId,
};

#[tokio::main]
async fn main() -> Result<()> {
    let person = Person {
        first_name: argument(1, "a given name")?,
        last_name: argument(2, "a family name")?,
        email: argument(3, "an e-mail address")?,
    };
    let job = argument(4, "the id of a job")?;
    run(&client()?, &person, job, &mut io::stdout().lock()).await?;
    Ok(())
}

/// A person who applies.
pub struct Person {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// E-mail address.
    pub email: String,
}

/// Creates the candidate and returns the id, or that of the one there is.
pub async fn run(
    client: &Client,
    person: &Person,
    job: JobId,
    out: &mut impl Write,
) -> Result<CandidateId> {
    // The service takes the same person twice. After an error without an answer, too, this is how to find out whether the
    // candidate was created; a call that creates something is never sent twice by itself.
    let list = client.list_candidates().email(&person.email);
    let known = list.fields([CandidateField::Id]).items().first().await?;
    if let Some(id) = known.and_then(|candidate| candidate.id) {
        writeln!(out, "candidate {id} has this address already")?;
        return Ok(id);
    }

    let email = EmailAddressInput::new(&person.email, EmailAddressType::Personal);
    let body = CandidateCreate::new(&person.first_name, &person.last_name)
        .email_addresses([email])
        .tags(["River days"])
        .application(CandidateApplicationForJob::new(job));
    let created = match client.create_candidate(&body).send().await {
        Ok(created) => created.into_value(),
        Err(error) => {
            // In the words of the service, which can repeat what was sent: for the output, and for no log.
            for problem in error.validation().unwrap_or_default() {
                let field = problem.field().unwrap_or("the candidate");
                writeln!(out, "{field}: {}", problem.message())?;
            }
            return Err(error.into());
        }
    };
    let candidate = created.candidate.and_then(|candidate| candidate.id);
    let candidate = candidate.context("the answer names no candidate")?;
    let application = created.application.and_then(|application| application.id);
    let application = application.context("the answer names no application")?;
    writeln!(out, "candidate {candidate} has application {application}")?;
    Ok(candidate)
}
