//! Results of bulk jobs: each reader is shown the ids of records that they may see, whichever operation the rows are of.

use std::collections::BTreeSet;
use std::time::Duration;

use reqwest::Client;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::both::Both;
use crate::people::job;
use crate::support;
use crate::temp_dir::TempDir;

/// An organization whose job is about to be hidden, and the jobs that were started in the name of a user who has a role
/// on it.
struct Scene {
    both: Both,
    connection: Connection,
    _folder: TempDir,
    started: Vec<Started>,
}

/// A bulk job: its operation, its path, and whether its rows are about records that are hidden later.
struct Started {
    operation: (&'static str, &'static str),
    path: String,
    is_hidden: bool,
}

/// Results as `(index, id)`, with the links from which they were read.
type Read = (Vec<(i64, Option<i64>)>, Vec<String>);

impl Scene {
    async fn start(name: &str) -> Self {
        let folder = TempDir::new(name);
        let both = Both::with(support::builder().data(folder.path())).await;
        let now: chrono::DateTime<chrono::Utc> = "2027-02-03T04:05:06Z".parse().unwrap();
        both.sandbox.clock().freeze(now).unwrap();
        let connection = Connection::open(folder.path().join("harvest.sqlite3")).unwrap();
        let started = Vec::new();
        Self {
            both,
            connection,
            _folder: folder,
            started,
        }
    }

    /// Starts a job in the name of the user, and says which ids it has made or named.
    async fn bulk(
        &mut self,
        operation: (&'static str, &'static str),
        rows: Value,
        is_hidden: bool,
    ) -> Vec<i64> {
        let (method, path) = operation;
        let answer = self.both.send(method, path, &json!({ "data": rows })).await;
        assert_eq!(answer.status, 202, "{path}: {}", answer.text);
        let path = format!("/{}", answer.json()["status_url"].as_str().unwrap());
        let by = Duration::from_secs(60);
        self.both.sandbox.clock().advance(by).unwrap();
        let user = Some(self.both.sandbox.user_id());
        let (results, _) = self.results(&path, user).await;
        assert_eq!(
            results.len(),
            rows.as_array().unwrap().len(),
            "{operation:?}"
        );
        self.started.push(Started {
            operation,
            path,
            is_hidden,
        });
        results.into_iter().filter_map(|(_, id)| id).collect()
    }

    /// The results of a job, in the order of the rows, as a user reads them; without a user, the one of the integration.
    async fn results(&self, path: &str, user: Option<i64>) -> Read {
        let token = self.both.sandbox.access_token(user).unwrap();
        let url = format!("{}{path}", self.both.sandbox.url());
        let answer = support::send(Client::new().get(url).bearer_auth(token)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let job = &answer.json()[0];
        let (mut results, mut links) = (Vec::new(), Vec::new());
        for name in ["success_results_url", "failure_results_url"] {
            if let Some(link) = job[name].as_str() {
                let (status, entries) = open(link).await;
                assert_eq!(status, 200, "{link}: {entries}");
                let entries = entries.as_array().unwrap();
                results.extend(entries.iter().map(entry));
                links.push(link.to_owned());
            }
        }
        results.sort_unstable();
        (results, links)
    }
}

/// What a link leads to.
async fn open(link: &str) -> (u16, Value) {
    let answer = support::send(Client::new().get(link)).await;
    (answer.status, serde_json::from_str(&answer.text).unwrap())
}

fn entry(entry: &Value) -> (i64, Option<i64>) {
    (entry["index"].as_i64().unwrap(), entry["id"].as_i64())
}

/// Every bulk operation of the description, as method and path.
fn documented() -> BTreeSet<(String, String)> {
    let json = harvest_spec::document("v3").unwrap().json;
    let all = support::operations(json).into_iter();
    let bulk = all.filter(|it| it.url.ends_with("/bulk"));
    bulk.map(|it| (it.method.to_uppercase(), it.url)).collect()
}

async fn started() -> Scene {
    let mut scene = Scene::start("bulk-results").await;
    let job = job(&scene.both).await;
    let row = json!([{"template_job_id": job["id"], "number_of_openings": 2}]);
    let copy = scene.bulk(("POST", "/v3/jobs/bulk"), row, true).await[0];
    let row = json!([{"job_id": copy}, {"job_id": copy}]);
    let openings = scene.bulk(("POST", "/v3/openings/bulk"), row, true).await;
    // One that succeeds, and one that is refused.
    let rows = json!([{"id": openings[0], "status": "closed"},
        {"id": openings[1], "close_reason_id": 1}]);
    scene.bulk(("PATCH", "/v3/openings/bulk"), rows, true).await;
    let rows = json!([openings[0], openings[1]]);
    scene
        .bulk(("DELETE", "/v3/openings/bulk"), rows, true)
        .await;
    let rows = json!([{"first_name": "Noor", "last_name": "Lindqvist",
        "application": {"job_id": copy}}]);
    scene
        .bulk(("POST", "/v3/candidates/bulk"), rows, true)
        .await;

    let id = |records: Vec<Value>| records[0]["id"].clone();
    for (path, list) in [
        ("/v3/departments/bulk", "/v3/departments"),
        ("/v3/offices/bulk", "/v3/offices"),
    ] {
        let rows = json!([{"id": id(scene.both.list(list).await), "name": "Deltas"}]);
        scene.bulk(("PATCH", path), rows, false).await;
    }
    let row =
        json!([{"first_name": "Ola", "last_name": "Ferreira", "primary_email": "ola@example.com"}]);
    let other = scene.bulk(("POST", "/v3/users/bulk"), row, false).await[0];
    let row = json!([{"id": other, "first_name": "Olá"}]);
    scene.bulk(("PATCH", "/v3/users/bulk"), row, false).await;
    for path in [
        "/v3/users/deactivate/bulk",
        "/v3/users/activate/bulk",
        "/v3/users/revoke_permissions/bulk",
    ] {
        scene.bulk(("POST", path), json!([other]), false).await;
    }
    let fields = scene.both.list("/v3/custom_fields").await;
    let mut selects = fields
        .iter()
        .filter(|it| it["value_type"] == "single_select");
    let field = &selects.next().unwrap()["id"];
    let path = "/v3/custom_field_options/bulk";
    let row = json!([{"custom_field_id": field, "name": "Reed", "sort_order": 1}]);
    let option = scene.bulk(("POST", path), row, false).await[0];
    let row = json!([{"id": option, "name": "Rush"}]);
    scene.bulk(("PATCH", path), row, false).await;
    scene.bulk(("DELETE", path), json!([option]), false).await;
    let path = "/v3/blocked_spam_sources/bulk";
    let row = json!([{"source_type": "email_address", "value": "spam@example.com"}]);
    let source = scene.bulk(("POST", path), row, false).await[0];
    let row = json!([{"id": source, "note": "Sells watches"}]);
    scene.bulk(("PATCH", path), row, false).await;
    scene.bulk(("DELETE", path), json!([source]), false).await;
    scene
}

#[tokio::test]
async fn results_show_each_reader_the_ids_of_what_they_may_see_when_they_open_them() {
    let scene = started().await;
    let tried = scene.started.iter().map(|it| it.operation);
    let tried: BTreeSet<_> = tried
        .map(|(method, path)| (method.to_owned(), path.to_owned()))
        .collect();
    assert_eq!(tried, documented());
    let user = Some(scene.both.sandbox.user_id());
    let mut before = Vec::new();
    for it in &scene.started {
        before.push((
            scene.results(&it.path, user).await,
            scene.results(&it.path, None).await,
        ));
    }
    // Where nothing is hidden, they differ by what is gone alone.
    for (it, ((own, _), (of_service, _))) in scene.started.iter().zip(&before) {
        assert!(
            own.iter().all(|(_, id)| id.is_some()),
            "{:?}: {own:?}",
            it.operation
        );
        let differ = own
            .iter()
            .zip(of_service)
            .filter(|(one, other)| one != other);
        let gone = match it.operation {
            // The first of the two openings is deleted, and whether one may see what is gone is not known.
            (_, "/v3/openings/bulk") => 1,
            _ => 0,
        };
        assert_eq!(differ.count(), gone, "{:?}: {of_service:?}", it.operation);
    }
    // Who started them has a role on each job. No request gives one to a site admin, who needs none elsewhere.
    let roles = scene.both.list("/v1/user_roles").await;
    let role = roles.iter().find(|it| it["type"] == "job_admin").unwrap();
    let sql = "INSERT INTO job_permission (id, state)
               SELECT id, json_object('user_id', ?1, 'job_id', id, 'user_role_id', ?2) FROM job";
    let parameters = (user, role["id"].as_i64());
    scene.connection.execute(sql, parameters).unwrap();
    for sql in [
        "UPDATE job SET state = json_set(state, '$.confidential', json('true'))",
        "UPDATE candidate SET state = json_set(state, '$.is_private', json('true'))",
    ] {
        scene.connection.execute(sql, []).unwrap();
    }
    for (it, ((own, own_links), (_, links))) in scene.started.iter().zip(&before) {
        let (again, _) = scene.results(&it.path, user).await;
        assert_eq!(
            again, *own,
            "{:?}: who started it has their results",
            it.operation
        );
        let (of_service, _) = scene.results(&it.path, None).await;
        // A link that was handed out before shows no more than a new one.
        let mut by_old = Vec::new();
        for link in links {
            let (_, entries) = open(link).await;
            by_old.extend(entries.as_array().unwrap().iter().map(entry));
        }
        by_old.sort_unstable();
        assert_eq!(by_old, of_service, "{:?}", it.operation);
        let indexes = |all: &[(i64, Option<i64>)]| all.iter().map(|it| it.0).collect::<Vec<_>>();
        assert_eq!(indexes(&of_service), indexes(own), "{:?}", it.operation);
        let shown = of_service.iter().any(|(_, id)| id.is_some());
        assert_eq!(shown, !it.is_hidden, "{:?}: {of_service:?}", it.operation);
        // Neither is as good as the other with another reader in its path.
        for (link, own_link) in links.iter().zip(own_links) {
            let file = |link: &str| {
                link.split("/_files/")
                    .nth(1)
                    .unwrap()
                    .split('/')
                    .next()
                    .unwrap()
                    .to_owned()
            };
            let forged = link.replace(&file(link), &file(own_link));
            assert_ne!(&forged, link);
            assert_eq!(open(&forged).await.0, 403, "{forged}");
        }
    }
}

#[tokio::test]
async fn what_was_made_and_is_hidden_from_who_made_it_has_no_id_and_what_was_named_keeps_it() {
    let mut scene = Scene::start("bulk-results-named").await;
    let job = job(&scene.both).await;
    let row = json!([{"job_id": job["id"]}]);
    let path = "/v3/openings/bulk";
    let opening = scene.bulk(("POST", path), row, true).await[0];
    let rows = json!([{"id": opening, "opening_id": "A"}, {"id": 9, "opening_id": "B"}]);
    scene.bulk(("PATCH", path), rows, true).await;
    let sql = "UPDATE job SET state = json_set(state, '$.confidential', json('true'))";
    scene.connection.execute(sql, []).unwrap();
    let user = Some(scene.both.sandbox.user_id());
    let (made, _) = scene.results(&scene.started[0].path, user).await;
    assert_eq!(made, [(0, None)]);
    // As the rows have them, whether there is such a record or not.
    let (named, _) = scene.results(&scene.started[1].path, user).await;
    assert_eq!(named, [(0, Some(opening)), (1, Some(9))]);
}
