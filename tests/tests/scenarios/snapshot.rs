//! A snapshot of everything that can be read.

use std::collections::BTreeMap;

use harvest_generated::v1::Client;
use harvest_runtime::Timestamp;
use serde_json::Value;

use super::consistency;
use super::read::{all, id};
pub use crate::same::{Kind, Lists};

/// An entry of a snapshot.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    Record(Value),
    /// A list of lines: an activity feed, or the access of a user.
    Lines(Vec<String>),
}

/// Entries by kind and id.
#[derive(Default)]
pub struct Snapshot(pub BTreeMap<(Kind, i64), Entry>);

impl Lists {
    /// The lists of the whole organization.
    async fn read(client: &Client) -> Self {
        let users = client.list_users().user_attributes(true);
        Self(BTreeMap::from([
            ("user", all(users.items()).await),
            ("job", all(client.list_jobs().items()).await),
            ("post", all(client.list_job_posts().items()).await),
            ("stage", all(client.list_job_stages().items()).await),
            ("candidate", all(client.list_candidates().items()).await),
            ("application", all(client.list_applications().items()).await),
            ("offer", all(client.list_offers().items()).await),
            (
                "interview",
                all(client.list_scheduled_interviews().items()).await,
            ),
            ("scorecard", all(client.list_scorecards().items()).await),
            (
                "answer",
                all(client.list_demographic_answers().items()).await,
            ),
            ("eeoc", all(client.list_eeoc().items()).await),
            ("department", all(client.list_departments().items()).await),
            ("office", all(client.list_offices().items()).await),
            ("tag", all(client.list_candidate_tags().items()).await),
        ]))
    }

    /// The records that belong to another.
    pub fn within(&self, kind: Kind, field: &str, owner: i64) -> Vec<Value> {
        let theirs = self.of(kind).iter().filter(|it| it[field] == owner);
        theirs.cloned().collect()
    }
}

impl Snapshot {
    /// Reads all lists of the organization, and of each named record whatever else shows it or is
    /// embedded in it. Asserts that all places where a record is shown agree. The lists are returned beside it.
    pub async fn read(
        client: &Client,
        followed: impl Iterator<Item = (Kind, i64)>,
        since: &Timestamp,
    ) -> (Self, Lists) {
        let lists = Lists::read(client).await;
        consistency::filters(client, &lists, since).await;
        let mut snapshot = Self::default();
        for (kind, records) in &lists.0 {
            for record in records {
                snapshot.insert(kind, id(record), Entry::Record(record.clone()));
            }
        }
        for (kind, id) in followed {
            let more = match kind {
                "candidate" => consistency::candidate(client, &lists, id).await,
                "application" => consistency::application(client, &lists, id).await,
                "job" => consistency::job(client, &lists, id).await,
                "user" => consistency::user(client, &lists, id).await,
                _ => consistency::other(client, &lists, kind, id).await,
            };
            for (kind, id, entry) in more {
                snapshot.insert(kind, id, entry);
            }
        }
        (snapshot, lists)
    }

    fn insert(&mut self, kind: Kind, id: i64, entry: Entry) {
        let before = self.0.insert((kind, id), entry);
        assert!(before.is_none(), "two {kind}s have the id {id}");
    }
}
