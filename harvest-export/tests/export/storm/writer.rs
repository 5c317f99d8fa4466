//! Changes of a storm.

use std::collections::BTreeSet;
use std::fmt;

use harvest_generated::runtime::{Core, Method, RawRequest};
use serde_json::{Value, json};

use super::{Dice, core_of};

/// The ids that the records of a list have under a name.
async fn ids(list: RawRequest, name: &str) -> Vec<i64> {
    let (mut items, mut ids) = (list.items::<Value>(), Vec::new());
    while let Some(item) = items.next().await {
        ids.push(item.expect("a record")[name].as_i64().expect("an id"));
    }
    ids
}

/// What changes, adds and removes candidates.
pub(super) struct Writer {
    core: Core,
    user: i64,
    /// The candidates that the acting user sees, and may change; without those who were hired.
    ids: Vec<i64>,
    job: Value,
    dice: Dice,
    changes: u64,
    pub removals: u64,
}

impl Writer {
    pub(super) async fn of(arguments: &Value) -> Self {
        let core = core_of("v1", arguments);
        let jobs = <RawRequest>::new(&core, Method::Get, "/v1/jobs").query("status", "open");
        let job = jobs.items::<Value>().next().await.expect("a job");
        // The opening of a job names who was hired, and is changed with them, though the job's time is not.
        let hired = <RawRequest>::new(&core, Method::Get, "/v1/applications")
            .query("status", "hired")
            .query("per_page", 500);
        let hired: BTreeSet<i64> = ids(hired, "candidate_id").await.into_iter().collect();
        let seen = core_of("v3", arguments);
        let list = <RawRequest>::new(&seen, Method::Get, "/v3/candidates")
            .query("per_page", 500)
            .query("fields", "id");
        let mut ids = ids(list, "id").await;
        ids.retain(|id| !hired.contains(id));
        Self {
            core,
            user: arguments["user"].as_i64().expect("an id"),
            ids,
            job: job.expect("a record")["id"].clone(),
            dice: Dice(0x5eed),
            changes: 0,
            removals: 0,
        }
    }

    /// Changes, adds or removes a candidate.
    pub(super) async fn change(&mut self) {
        let at = usize::try_from(self.dice.below(self.ids.len() as u64)).expect("small");
        match self.dice.below(10) {
            0 => {
                let id = self.ids.swap_remove(at);
                self.send(Method::Delete, Some(id), None).await;
                self.removals += 1;
            }
            1 => {
                let body = json!({"first_name": "Ines", "last_name": "Storm",
                    "applications": [{"job_id": self.job}]});
                let made = self.send(Method::Post, None, Some(body)).await;
                let made: Value = serde_json::from_slice(&made).expect("JSON");
                self.ids.push(made["id"].as_i64().expect("an id"));
            }
            _ => {
                let title = format!("Title {}", self.dice.below(1_000_000));
                let body = json!({"title": title});
                self.send(Method::Patch, Some(self.ids[at]), Some(body))
                    .await;
            }
        }
        self.changes += 1;
    }

    async fn send(&self, method: Method, id: Option<i64>, body: Option<Value>) -> Vec<u8> {
        let path = if id.is_some() {
            "/v1/candidates/{id}"
        } else {
            "/v1/candidates"
        };
        let mut request = <RawRequest>::new(&self.core, method, path).on_behalf_of(self.user);
        if let Some(id) = id {
            request = request.path("id", id);
        }
        if let Some(body) = &body {
            request = request.json(body);
        }
        let answer = request.send().await.expect("a change");
        answer.bytes().to_vec()
    }
}

impl fmt::Display for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} changes, of which {} removed a candidate",
            self.changes, self.removals
        )
    }
}
