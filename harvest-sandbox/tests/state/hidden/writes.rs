//! Every write, with the ids of what is hidden, and on records that name it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::description::{Description, Operation, Place, Position, put};
use super::exceptions::{OTHER_FORM, WITHOUT_EFFECT};
use super::reads::{Everything, Secrets, Seen, UNKNOWN};
use super::scene::{Scene, hold_the_clock};
use super::{ROOTS, summary};
use crate::walk::{Fixture, Write, writes};

const HIDDEN: &str = "hidden";

/// The organization with everything in it, and what is known about it.
pub(super) struct Stage {
    pub(super) scene: Scene,
    description: Description,
    pub(super) everything: Everything,
    secrets: Secrets,
    /// What is kept, as long as nothing is changed.
    contents: Contents,
    /// What it was before anything was hidden, by tables and keys.
    pub(super) before: BTreeSet<(String, String)>,
    /// A request for each write that the site admin may make.
    writes: BTreeMap<&'static str, Write>,
}

/// Everything that is kept, row by row.
type Contents = Vec<Vec<rusqlite::types::Value>>;

/// A request to write.
#[derive(Clone)]
struct Request {
    method: String,
    /// By segments; a query goes with the last one.
    path: Vec<String>,
    body: Value,
}

/// What a user was answered, and whether anything was changed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) seen: Seen,
    pub(super) changed: bool,
}

impl Stage {
    pub(super) async fn set(name: &str) -> Self {
        let description = Description::read();
        let scene = Scene::start(name).await;
        let before = Everything::read(&scene, &description).await;
        let rows = scene.file.rows().into_keys();
        let rows_before = rows.map(|(table, key)| (table.to_owned(), key)).collect();
        scene.hide().await;
        hold_the_clock(&scene.organization);
        let everything = Everything::read(&scene, &description).await;
        scene.organization.sandbox.snapshot(HIDDEN).unwrap();
        let fixture = Fixture::seen_by(&scene.organization, scene.users[0].1).await;
        let writes = writes(&fixture).into_iter();
        Self {
            secrets: everything.without(&before),
            contents: scene.file.contents(),
            before: rows_before,
            everything,
            writes: writes.map(|it| (it.operation, it)).collect(),
            scene,
            description,
        }
    }

    /// The operations that write, each with a request that the site admin may make.
    fn requests(&self) -> Vec<(&Operation, Request)> {
        let operations = self.description.operations.iter();
        let writes = operations.filter(|it| !it.reads()).map(|operation| {
            let id = operation.id.as_str();
            let line = self.writes.get(id);
            let line = line.unwrap_or_else(|| panic!("walk/writes.rs has no line for {id}"));
            let path = line.at.fill(&operation.path, false) + line.query;
            let request = Request {
                method: operation.method.clone(),
                path: path.split('/').map(str::to_owned).collect(),
                body: line.body.clone(),
            };
            (operation, request)
        });
        writes.collect()
    }

    /// A request, and the same with each record that names what is hidden.
    fn tempting(&self, operation: &Operation, request: Request) -> Vec<Request> {
        let tempting = self.scene.tempting();
        let mut requests = vec![request];
        for position in &operation.takes {
            let here = tempting.iter().filter(|(of, _)| *of == position.of);
            let named = here.map(|(_, id)| requests[0].with(operation, position, *id));
            requests.extend(named.collect::<Vec<_>>());
        }
        requests
    }

    /// Has each of these users make every write, and looks at what came of it before it is taken back.
    pub(super) async fn each_write(
        &self,
        users: &[(&'static str, i64)],
        mut look: impl AsyncFnMut(&Operation, (&'static str, i64), &Outcome),
    ) {
        for (operation, request) in self.requests() {
            for request in self.tempting(operation, request) {
                for (name, user) in users {
                    let outcome = self.attempt(*user, &request).await;
                    look(operation, (*name, *user), &outcome).await;
                    self.take_back(&outcome);
                }
            }
        }
    }

    /// Sends a request, and compares what is kept with what it was.
    async fn attempt(&self, user: i64, request: &Request) -> Outcome {
        let path = request.path.join("/");
        let organization = &self.scene.organization;
        let answer = organization
            .fetch(Some(user), &request.method, &path, &request.body)
            .await;
        assert!(answer.status < 500, "{path}: {}", answer.text);
        let seen = Seen::of(&answer);
        let changed = seen.status < 300 && self.contents != self.scene.file.contents();
        Outcome { seen, changed }
    }

    fn take_back(&self, outcome: &Outcome) {
        if outcome.changed {
            self.scene.organization.sandbox.restore(HIDDEN).unwrap();
            hold_the_clock(&self.scene.organization);
        }
    }

    /// The same request with an id at a place, as the user is answered.
    async fn with(
        &self,
        user: i64,
        operation: &Operation,
        request: &Request,
        (position, id): (&Position, i64),
    ) -> Outcome {
        let request = request.with(operation, position, id);
        let outcome = self.attempt(user, &request).await;
        self.take_back(&outcome);
        Outcome {
            seen: outcome.seen.with(id, UNKNOWN),
            changed: outcome.changed,
        }
    }

    /// Whether some id that the site admin sees is answered otherwise than one of nothing.
    async fn has_effect(
        &self,
        operation: &Operation,
        request: &Request,
        position: &Position,
        unknown: &Outcome,
    ) -> bool {
        let admin = self.scene.users[0].1;
        let outcome = self.attempt(admin, request).await;
        self.take_back(&outcome);
        if has(operation, request, position) && outcome != *unknown {
            return true;
        }
        for id in self.everything.some(&position.of) {
            if self.secrets.numbers.contains(&id) {
                continue;
            }
            let outcome = self.with(admin, operation, request, (position, id)).await;
            if outcome != *unknown {
                return true;
            }
        }
        false
    }
}

/// Whether a request has an id at this place as it is.
fn has(operation: &Operation, request: &Request, position: &Position) -> bool {
    let Place::Body(_) = &position.place else {
        return true;
    };
    let with = request.with(operation, position, UNKNOWN);
    let count = |body: &Value| body.to_string().matches("\":").count();
    count(&with.body) == count(&request.body)
}

impl Request {
    fn with(&self, operation: &Operation, position: &Position, id: i64) -> Self {
        let mut request = self.clone();
        match &position.place {
            Place::Path(name) => {
                let place = format!("{{{name}}}");
                let segment = operation.path.split('/').position(|it| it == place);
                let segment = &mut request.path[segment.unwrap()];
                let query = segment.find('?').map(|at| segment.split_off(at));
                *segment = id.to_string() + &query.unwrap_or_default();
            }
            Place::Query(name) => {
                let last = request.path.last_mut().unwrap();
                let sign = if last.contains('?') { '&' } else { '?' };
                *last = format!("{last}{sign}{name}={id}");
            }
            Place::Body(steps) => put(&mut request.body, steps, id),
        }
        request
    }
}

#[tokio::test]
async fn every_hidden_id_in_a_write_is_like_an_unknown_one() {
    let stage = Stage::set("hidden-ids").await;
    let mut leaks = Vec::new();
    let mut without_effect = BTreeSet::new();
    let mut places = 0;
    for (operation, request) in stage.requests() {
        let none = BTreeSet::new();
        for position in &operation.takes {
            let secrets = stage.secrets.ids.get(&position.of).unwrap_or(&none);
            assert!(!secrets.is_empty() || !ROOTS.contains(&position.of.as_str()));
            if secrets.is_empty() {
                continue;
            }
            places += 1;
            let named = (operation.id.as_str(), position.name());
            for (number, (name, user)) in stage.scene.users.into_iter().enumerate() {
                let of_unknown = (position, UNKNOWN);
                let unknown = stage.with(user, operation, &request, of_unknown).await;
                if number == 0
                    && !stage
                        .has_effect(operation, &request, position, &unknown)
                        .await
                {
                    without_effect.insert(named.clone());
                }
                for secret in [secrets.first(), secrets.last()].into_iter().flatten() {
                    let of_secret = (position, *secret);
                    let outcome = stage.with(user, operation, &request, of_secret).await;
                    if outcome != unknown {
                        leaks.push(format!(
                            "{name}: {named:?} {secret}: {outcome:?}, not {unknown:?}"
                        ));
                    }
                }
            }
        }
    }
    println!("{places} places for ids");
    assert!(leaks.is_empty(), "{}", summary(&leaks));
    let known = WITHOUT_EFFECT
        .iter()
        .map(|(id, name, _)| (*id, (*name).to_owned()));
    assert_eq!(without_effect, known.collect::<BTreeSet<_>>());
}

#[tokio::test]
async fn every_write_answers_as_a_read_would() {
    let stage = Stage::set("hidden-answers").await;
    let mut leaks = Vec::new();
    let mut other_form = BTreeSet::new();
    let mut redacted = BTreeSet::new();
    let mut done = BTreeSet::new();
    let look = async |operation: &Operation, (name, user), outcome: &Outcome| {
        if outcome.seen.status >= 300 {
            return;
        }
        done.insert(operation.id.clone());
        let answer = &outcome.seen.body;
        if let Some(secret) = stage.secrets.disclosed_by(answer) {
            leaks.push(format!("{name}: {} tells {secret}", operation.id));
        }
        if let Some(read) = stage.description.reads_the_same(operation) {
            let (same, less) = stage.reads_the_same(user, read, answer).await;
            if !same {
                other_form.insert(operation.id.clone());
            }
            if less {
                redacted.insert(read.id.as_str());
            }
        }
    };
    stage.each_write(&stage.scene.users, look).await;
    for (operation, _) in stage.requests() {
        assert!(
            done.contains(&operation.id),
            "{} is never done",
            operation.id
        );
    }
    assert!(leaks.is_empty(), "{}", summary(&leaks));
    let known: BTreeSet<_> = OTHER_FORM.iter().map(|(id, _)| (*id).to_owned()).collect();
    assert_eq!(other_form, known);
    assert_eq!(redacted, stage.written_and_redacted().await);
}

impl Stage {
    /// Whether a write has answered as reading does, for the user who wrote; and whether others read more.
    async fn reads_the_same(&self, user: i64, read: &Operation, answer: &Value) -> (bool, bool) {
        let path = read.path.replace("{id}", &answer["id"].to_string());
        let seen = self.scene.seen(user, &path).await;
        let all = self
            .scene
            .organization
            .fetch(None, "GET", &path, &Value::Null)
            .await;
        let all = Seen::of(&all);
        let expected = if seen.status == 404 && all.status == 200 {
            json!({"id": answer["id"]})
        } else {
            seen.body.clone()
        };
        (*answer == expected, seen.status == 200 && seen != all)
    }

    /// The operations that read a record which names what is hidden, where a write answers with that record, too.
    async fn written_and_redacted(&self) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        for operation in self.description.operations.iter().filter(|it| !it.reads()) {
            let Some(read) = self.description.reads_the_same(operation) else {
                continue;
            };
            let takes = &read.takes[0].of;
            for (of, id) in self.scene.tempting() {
                let path = read.path.replace("{id}", &id.to_string());
                let all = self
                    .scene
                    .organization
                    .fetch(None, "GET", &path, &Value::Null)
                    .await;
                if of == takes && self.secrets.disclosed_by(&Seen::of(&all).body).is_some() {
                    found.insert(read.id.as_str());
                }
            }
        }
        found
    }
}
