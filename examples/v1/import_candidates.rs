//! Imports candidates from JSON lines, with a result for each row, and never creates one twice.
//!
//! ```sh
//! cargo run --example import_candidates -- rows.jsonl journal.jsonl 5310447002
//! ```
//!
//! A row is `{"key": "r1", "first_name": "Ines", "last_name": "Barroso", "email": "ines.barroso@example.com"}`, where the key
//! is unique in the file. The journal has a line for each row that was dealt with; started again, the program goes on
//! with the others. The key needs `GET: List Candidates` and `POST: Add Candidate`; and `HARVEST_ON_BEHALF_OF` has to name
//! a user who may add candidates to the job.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use harvest_examples::v1::Connection;
use harvest_generated::runtime::Error;
use harvest_generated::v1::ActingClient;
use harvest_generated::v1::types::{
    ApplicationCreateForJob, CandidateCreate, CandidateId, EmailAddressInput, EmailAddressType,
    JobId,
};
use serde::{Deserialize, Serialize};

const SAMPLE: &str = concat!(
    r#"{"key": "r1", "first_name": "Ines", "last_name": "Barroso", "#,
    r#""email": "ines.barroso@example.com"}"#
);

#[tokio::main]
async fn main() -> Result<()> {
    let connection = Connection::open().await?;
    let rows = match std::env::args().nth(1) {
        Some(path) => fs::read_to_string(&path).context(path)?,
        None => SAMPLE.to_owned(),
    };
    let sample = std::env::temp_dir().join("import_candidates.journal.jsonl");
    let sample = Some(sample.display().to_string());
    let journal: String = connection.argument(2, "the path of a journal", sample)?;
    let job = connection.argument(3, "the id of a job", connection.sample_job().await?)?;
    let rows: Vec<Row> = serde_json::Deserializer::from_str(&rows)
        .into_iter()
        .collect::<Result<_, _>>()
        .context("the rows are not as they should be")?;
    let client = connection.client.acting()?;
    let outcomes = run(&client, job, &rows, Path::new(&journal)).await?;
    for (key, outcome) in &outcomes {
        println!("{key}: {outcome:?}");
    }
    let open = outcomes.iter().filter(|(_, outcome)| !outcome.is_done());
    ensure!(open.count() == 0, "some rows need a look");
    Ok(())
}

/// A person to be created.
#[derive(Deserialize)]
pub struct Row {
    /// Names the row in the journal.
    pub key: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// By this the person is known.
    pub email: String,
}

/// What came of a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was created.
    Created(CandidateId),
    /// There was one with this address.
    Known(CandidateId),
    /// The service refused it, and created nothing: correct the row.
    Refused(String),
    /// It was sent, and no answer says what came of it. The next run asks before it sends it again.
    Unknown,
}

impl Outcome {
    /// Whether there is nothing left to do.
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Created(_) | Self::Known(_))
    }
}

/// A line of the journal.
#[derive(Serialize, Deserialize)]
struct Entry {
    key: String,
    outcome: Outcome,
}

/// Imports the rows that the journal does not have as done, and returns what came of all.
pub async fn run(
    client: &ActingClient,
    job: JobId,
    rows: &[Row],
    journal: &Path,
) -> Result<Vec<(String, Outcome)>> {
    let (mut file, known) = open(journal)?;
    let mut outcomes = Vec::with_capacity(rows.len());
    for row in rows {
        let outcome = match known.get(&row.key) {
            Some(outcome) if outcome.is_done() => outcome.clone(),
            _ => {
                // Written before: if the program is stopped while the row is under way, it is not known what came of it.
                enter(&mut file, &row.key, &Outcome::Unknown)?;
                let outcome = import(client, job, row).await?;
                enter(&mut file, &row.key, &outcome)?;
                outcome
            }
        };
        outcomes.push((row.key.clone(), outcome));
    }
    Ok(outcomes)
}

/// Creates the candidate, unless there is one with the address. An error is one that all other rows would meet, too.
async fn import(client: &ActingClient, job: JobId, row: &Row) -> Result<Outcome, Error> {
    // The service does not refuse a second candidate with the same address, so it is asked first; and that is why the rows
    // are imported one after the other.
    if let Some(id) = find(client, &row.email).await? {
        return Ok(Outcome::Known(id));
    }
    let body = CandidateCreate::new(
        row.first_name.as_str(),
        row.last_name.as_str(),
        [ApplicationCreateForJob::new(job)],
    )
    .email_addresses(vec![EmailAddressInput::new(
        row.email.as_str(),
        EmailAddressType::Personal,
    )]);
    match client.create_candidate(&body).send().await {
        Ok(created) => Ok(Outcome::Created(created.id)),
        Err(error) if error.is_unauthorized() || error.is_missing_permission() => Err(error),
        Err(error) if error.is_validation() || error.is_not_found() || error.is_forbidden() => {
            Ok(Outcome::Refused(error.to_string()))
        }
        Err(_) => Ok(Outcome::Unknown),
    }
}

/// A candidate with this address.
async fn find(client: &ActingClient, email: &str) -> Result<Option<CandidateId>, Error> {
    let mut candidates = client.list_candidates().email(email).items();
    candidates
        .next()
        .await
        .map(|found| Ok(found?.id))
        .transpose()
}

/// The journal, and the latest outcome of each row in it. A line that was cut when the program was stopped is left out.
fn open(path: &Path) -> Result<(File, HashMap<String, Outcome>)> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error.into()),
    };
    let entries = text
        .lines()
        .filter_map(|line| serde_json::from_str::<Entry>(line).ok());
    let known = entries.map(|entry| (entry.key, entry.outcome)).collect();
    let mut file = OpenOptions::new().append(true).create(true).open(path)?;
    if !text.is_empty() && !text.ends_with('\n') {
        writeln!(file)?;
    }
    Ok((file, known))
}

fn enter(file: &mut File, key: &str, outcome: &Outcome) -> Result<()> {
    let entry = Entry {
        key: key.to_owned(),
        outcome: outcome.clone(),
    };
    writeln!(file, "{}", serde_json::to_string(&entry)?)?;
    file.sync_data()?;
    Ok(())
}
