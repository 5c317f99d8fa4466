//! Finds candidates who share an e-mail address, and so are probably the same person.
//!
//! ```sh
//! cargo run --example find_duplicates
//! ```
//!
//! The key needs `GET: List Candidates`. It prints ids, oldest first, and no names or addresses; what to do about them is for
//! people to decide. `merge_candidates` takes the two ids of a line.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use anyhow::Result;
use harvest_examples::v1::Connection;
use harvest_generated::v1::Client;
use harvest_generated::v1::types::CandidateId;

#[tokio::main]
async fn main() -> Result<()> {
    let connection = Connection::open().await?;
    run(&connection.client, &mut io::stdout()).await
}

/// Prints a line for each group.
pub async fn run(client: &Client, out: &mut impl Write) -> Result<()> {
    let mut groups = Groups::default();
    let mut candidates = client
        .list_candidates()
        .per_page(500)
        .items()
        .concurrency(4);
    while let Some(candidate) = candidates.next().await {
        let candidate = candidate?;
        for address in candidate.email_addresses.iter().flatten() {
            if let Some(address) = &address.value {
                groups.add(candidate.id, address);
            }
        }
    }
    let groups = groups.into_sets();
    for group in &groups {
        let ids: Vec<_> = group.iter().map(ToString::to_string).collect();
        writeln!(out, "{}", ids.join(" "))?;
    }
    writeln!(out, "{} groups", groups.len())?;
    if let Some(reason) = candidates.completeness().incomplete() {
        writeln!(out, "there may be more: {reason}")?;
    }
    Ok(())
}

/// Candidates joined by addresses: two who share none may still be joined by a third.
#[derive(Default)]
struct Groups {
    /// The first candidate with an address.
    first: HashMap<String, CandidateId>,
    /// From a candidate to an older one of the same group (union-find).
    older: BTreeMap<CandidateId, CandidateId>,
}

impl Groups {
    fn add(&mut self, id: CandidateId, address: &str) {
        self.older.entry(id).or_insert(id);
        // Mail servers tell no upper case from lower case in practice, and neither do people.
        let address = address.trim().to_lowercase();
        let other = *self.first.entry(address).or_insert(id);
        let (a, b) = (self.oldest(id), self.oldest(other));
        self.older.insert(a.max(b), a.min(b));
    }

    fn oldest(&mut self, mut id: CandidateId) -> CandidateId {
        loop {
            let older = self.older[&id];
            if older == id {
                return id;
            }
            // Shortens the way for the next time.
            let oldest = self.older[&older];
            self.older.insert(id, oldest);
            id = older;
        }
    }

    /// The groups of more than one.
    fn into_sets(mut self) -> Vec<Vec<CandidateId>> {
        let mut sets: BTreeMap<CandidateId, Vec<CandidateId>> = BTreeMap::new();
        for id in self.older.keys().copied().collect::<Vec<_>>() {
            sets.entry(self.oldest(id)).or_default().push(id);
        }
        sets.into_values().filter(|set| set.len() > 1).collect()
    }
}
