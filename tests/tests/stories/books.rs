//! Everything that can be read, as it is now.

use std::collections::BTreeMap;

use harvest_generated::v1::Client;
use harvest_runtime::Timestamp;
use serde_json::Value;

use super::agree;
use super::read::{all, id};

/// What sort of record: as in the names of operations.
pub type Kind = &'static str;

/// What there is of something.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    Record(Value),
    /// Of what is a list of little things: an activity feed, permissions.
    Lines(Vec<String>),
}

/// All there is, by kind and id.
#[derive(Default)]
pub struct Books(pub BTreeMap<(Kind, i64), Entry>);

/// The lists of the whole organization.
pub struct Lists(BTreeMap<Kind, Vec<Value>>);

impl Lists {
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

    pub fn of(&self, kind: Kind) -> &[Value] {
        &self.0[kind]
    }

    pub fn find(&self, kind: Kind, wanted: i64) -> Option<&Value> {
        self.of(kind).iter().find(|record| id(record) == wanted)
    }

    /// The records that belong to another.
    pub fn within(&self, kind: Kind, field: &str, owner: i64) -> Vec<Value> {
        let theirs = self.of(kind).iter().filter(|it| it[field] == owner);
        theirs.cloned().collect()
    }
}

impl Books {
    /// Reads all lists of the organization, and of each record that the story follows whatever else shows it or stands in
    /// it. Where the same thing is shown in several places, it is the same.
    pub async fn read(
        client: &Client,
        followed: impl Iterator<Item = (Kind, i64)>,
        since: &Timestamp,
    ) -> Self {
        let lists = Lists::read(client).await;
        agree::filters(client, &lists, since).await;
        let mut books = Self::default();
        for (kind, records) in &lists.0 {
            for record in records {
                books.enter(kind, id(record), Entry::Record(record.clone()));
            }
        }
        for (kind, id) in followed {
            let more = match kind {
                "candidate" => agree::candidate(client, &lists, id).await,
                "application" => agree::application(client, &lists, id).await,
                "job" => agree::job(client, &lists, id).await,
                "user" => agree::user(client, &lists, id).await,
                _ => agree::other(client, &lists, kind, id).await,
            };
            for (kind, id, entry) in more {
                books.enter(kind, id, entry);
            }
        }
        books
    }

    fn enter(&mut self, kind: Kind, id: i64, entry: Entry) {
        let before = self.0.insert((kind, id), entry);
        assert!(before.is_none(), "two {kind}s have the id {id}");
    }
}
