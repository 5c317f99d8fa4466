//! Writes notes on candidates, each in the name of the user who is to have written it.
//!
//! ```sh
//! cargo run --example v3_write_notes < notes.jsonl
//! ```
//!
//! A line is an object such as `{"user": 1049756, "candidate": 88310442, "body": "Met at the river days."}`.
//!
//! Scopes: `harvest:candidates:list`, `harvest:notes:create`. The credential has to be one for several users: a token is
//! fetched for each of them, and for none twice.

use std::collections::BTreeSet;
use std::io::{self, BufRead as _, Write};

use anyhow::{Context as _, Result, ensure};
use harvest_examples::v3::client;
use harvest_generated::v3::Client;
use harvest_generated::v3::types::{
    Candidate, CandidateField, CandidateId, NoteCreate, NoteCreateType, NoteVisibilityInput, UserId,
};
use serde::Deserialize;

#[tokio::main]
async fn main() -> Result<()> {
    let mut notes = Vec::new();
    for (number, line) in io::stdin().lock().lines().enumerate() {
        // The parser's own error would repeat what it read.
        let note = serde_json::from_str(&line?).ok();
        notes.push(note.with_context(|| format!("line {} is no note", number + 1))?);
    }
    let rows = run(&client()?, &notes, &mut io::stdout().lock()).await?;
    let missing = rows.iter().filter(|row| **row != Outcome::Written).count();
    ensure!(missing == 0, "{missing} notes were not written");
    Ok(())
}

/// A note to write.
#[derive(Deserialize)]
pub struct Note {
    /// The user who is to have written it.
    pub user: UserId,
    /// The candidate whom it is about.
    pub candidate: CandidateId,
    /// Its text.
    pub body: String,
}

/// The end of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The candidate has the note.
    Written,
    /// There is no such candidate, or none that may be seen.
    NoCandidate,
    /// The token service gives no token for the user.
    NoToken,
}

/// Writes the notes, and returns what became of each, in their order.
pub async fn run(client: &Client, notes: &[Note], out: &mut impl Write) -> Result<Vec<Outcome>> {
    // The service takes a note on a candidate that there is not, and has no call to delete it.
    let known = known(client, notes).await?;
    let mut rows = Vec::new();
    for (number, note) in notes.iter().enumerate() {
        let outcome = if known.contains(&note.candidate) {
            let written = write(client, note).await;
            written
                .with_context(|| format!("note {} is the first not to be written", number + 1))?
        } else {
            Outcome::NoCandidate
        };
        let (user, candidate) = (note.user, note.candidate);
        writeln!(out, "{user}\t{candidate}\t{outcome:?}")?;
        rows.push(outcome);
    }
    Ok(rows)
}

async fn write(client: &Client, note: &Note) -> Result<Outcome> {
    // A view of the client, as cheap as a clone. All of one user have the same token.
    let client = client.with_acting_user(note.user);
    let body = NoteCreate::new(
        note.candidate,
        &note.body,
        NoteCreateType::Note,
        NoteVisibilityInput::Public,
    );
    match client.create_note(&body).send().await {
        Ok(_) => Ok(Outcome::Written),
        // A refusal is about this user; that the service cannot be reached is about all.
        Err(error) if error.is_token() && !error.is_transient() => Ok(Outcome::NoToken),
        Err(error) => Err(error.into()),
    }
}

/// Those of the candidates that there are.
async fn known(client: &Client, notes: &[Note]) -> Result<BTreeSet<CandidateId>> {
    let ids: BTreeSet<CandidateId> = notes.iter().map(|note| note.candidate).collect();
    if ids.is_empty() {
        return Ok(ids);
    }
    let list = client
        .list_candidates()
        .ids(ids)
        .fields([CandidateField::Id]);
    let candidates: Vec<Candidate> = list.items().collect().await?;
    Ok(candidates
        .iter()
        .filter_map(|candidate| candidate.id)
        .collect())
}
