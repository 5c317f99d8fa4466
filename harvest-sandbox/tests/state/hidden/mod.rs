//! Visibility in every operation of the description, at any depth: a hidden record is as if it were not there.
//!
//! The description says which ids an operation takes and shows; nothing here is listed by hand but the exceptions, each
//! with its reason, and one that is not needed fails. A new operation is found by itself: it is read, or written with the
//! line that `walk/writes.rs` wants for it, with ids of what is hidden. If it deals with a sort of record of which the
//! scene hides none, the test fails and says so.

mod audience;
mod description;
mod exceptions;
mod feed;
mod kept;
mod reads;
mod scene;
mod writes;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use description::Description;
use reads::{Everything, Secrets, Seen, UNKNOWN, name_in};
use scene::Scene;

/// What makes a record hidden: it is one of these, or hangs on one.
const ROOTS: [&str; 3] = ["JobId", "ApplicationId", "CandidateId"];

impl Scene {
    async fn seen(&self, user: i64, url: &str) -> Seen {
        let answer = self
            .organization
            .fetch(Some(user), "GET", url, &Value::Null)
            .await;
        Seen::of(&answer)
    }
}

/// Fails for each operation that could show or take something hidden and had nothing hidden to show or to take.
fn everything_has_secrets(description: &Description, all: &Everything, secrets: &Secrets) {
    for root in ROOTS {
        assert!(secrets.ids.contains_key(root), "no {root} is hidden");
    }
    let mut without = BTreeSet::new();
    for operation in description.operations.iter().filter(|it| it.reads()) {
        let concerns = operation.concerns();
        if !concerns
            .iter()
            .any(|of| ROOTS.contains(of) || secrets.ids.contains_key(*of))
        {
            continue;
        }
        let mut answers = all
            .answers
            .iter()
            .filter(|(_, (id, _))| *id == operation.id);
        let tells = answers.any(|(url, (_, value))| {
            let is_found = !value["message"].is_string();
            is_found && (secrets.id_in(url).is_some() || secrets.disclosed_by(value).is_some())
        });
        if !tells {
            without.insert(&operation.id);
        }
    }
    assert!(
        without.is_empty(),
        "the scene hides nothing that these would show: {without:?}"
    );
}

#[tokio::test]
async fn every_read_is_as_if_what_is_hidden_were_not_there() {
    let description = Description::read();
    let scene = Scene::start("hidden-reads").await;
    let before = Everything::read(&scene, &description).await;
    let mut seen = BTreeMap::new();
    for (name, user) in scene.users {
        for url in before.answers.keys() {
            seen.insert((name, url.clone()), scene.seen(user, url).await);
        }
    }
    scene.hide().await;
    scene::hold_the_clock(&scene.organization);
    let after = Everything::read(&scene, &description).await;
    let secrets = after.without(&before);
    everything_has_secrets(&description, &after, &secrets);

    let mut leaks = Vec::new();
    for (name, user) in scene.users {
        for (url, (operation, _)) in &after.answers {
            let now = scene.seen(user, url).await;
            // What is new is like what is not there; the rest is as it was.
            let (now, expected) = match (seen.remove(&(name, url.clone())), secrets.id_in(url)) {
                (Some(then), _) => (now, then),
                (None, Some(id)) => {
                    let unknown = url.replace(&id.to_string(), &UNKNOWN.to_string());
                    (now.with(id, UNKNOWN), scene.seen(user, &unknown).await)
                }
                (None, None) => {
                    let name = name_in(url);
                    let name = name.unwrap_or_else(|| panic!("what is new in {url}?"));
                    (now, scene.seen(user, &url.replace(name, "nowhere")).await)
                }
            };
            if now != expected {
                let secret = secrets.disclosed_by(&now.body);
                leaks.push(format!(
                    "{name}: {operation} {url}: {secret:?} {now:?}, not {expected:?}"
                ));
            }
        }
    }
    assert!(leaks.is_empty(), "{}", summary(&leaks));
}

#[tokio::test]
async fn every_filter_is_as_if_what_is_hidden_were_not_there() {
    let description = Description::read();
    let scene = Scene::start("hidden-filters").await;
    let before = Everything::read(&scene, &description).await;
    scene.hide().await;
    let after = Everything::read(&scene, &description).await;
    let secrets = after.without(&before);
    let mut leaks = Vec::new();
    let mut filters = 0;
    for operation in description.operations.iter().filter(|it| it.reads()) {
        if operation.path.contains('{') {
            continue;
        }
        for text in &operation.texts {
            filters += 1;
            for (name, user) in scene.users {
                let path = &operation.path;
                let unknown = scene.seen(user, &format!("{path}?{text}=nowhere")).await;
                for secret in &secrets.texts {
                    if secret.contains(' ') {
                        continue;
                    }
                    let seen = scene.seen(user, &format!("{path}?{text}={secret}")).await;
                    if seen.status != unknown.status || seen.body != unknown.body {
                        leaks.push(format!("{name}: {path}?{text}={secret}: {seen:?}"));
                    }
                }
            }
        }
    }
    assert!(filters > 0);
    assert!(leaks.is_empty(), "{}", summary(&leaks));
}

/// The first few of many.
fn summary(leaks: &[String]) -> String {
    let mut lines: Vec<String> = leaks
        .iter()
        .map(|it| it.chars().take(1_000).collect())
        .collect();
    lines.truncate(12);
    format!("{} times, as in\n{}", leaks.len(), lines.join("\n"))
}
