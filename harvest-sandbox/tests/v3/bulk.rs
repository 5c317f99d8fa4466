//! Bulk jobs of v3: rows on their own, stages by the clock, results behind links that run out.

use std::time::Duration;

use reqwest::Client;
use serde_json::{Value, json};

use crate::both::Both;
use crate::support;

/// An organization whose clock stands still.
async fn frozen() -> Both {
    let both = Both::start().await;
    let now: chrono::DateTime<chrono::Utc> = "2027-02-03T04:05:06Z".parse().unwrap();
    both.sandbox.clock().freeze(now).unwrap();
    both
}

/// Starts a job, and says under which path it is followed.
async fn start(both: &Both, method: &str, path: &str, data: Value) -> String {
    let answer = both.send(method, path, &json!({ "data": data })).await;
    assert_eq!(answer.status, 202, "{path}: {}", answer.text);
    let accepted = answer.json();
    assert_eq!(accepted["status"], "building");
    let url = accepted["status_url"].as_str().unwrap();
    assert!(url.ends_with(accepted["bulk_action_uuid"].as_str().unwrap()));
    format!("/{url}")
}

async fn job(both: &Both, path: &str) -> Value {
    both.list(path).await.remove(0)
}

/// The entries of a file of results, without credentials.
async fn results(url: &Value) -> (u16, Value) {
    let answer = support::send(Client::new().get(url.as_str().unwrap())).await;
    (answer.status, serde_json::from_str(&answer.text).unwrap())
}

fn pass(both: &Both, milliseconds: u64) {
    let by = Duration::from_millis(milliseconds);
    both.sandbox.clock().advance(by).unwrap();
}

#[tokio::test]
async fn rows_are_done_one_by_one_and_results_are_linked_for_a_while() {
    let both = frozen().await;
    let departments = both.list("/v3/departments").await;
    let (own, other) = (&departments[0], &departments[1]);
    let rows = json!([
        {"id": own["id"], "name": "Deltas"},
        {"id": own["id"], "name": other["name"]},
        {"id": 9, "name": "Of none"},
    ]);
    let path = start(&both, "PATCH", "/v3/departments/bulk", rows).await;
    for (stage, milliseconds) in [("building", 300), ("pending", 300), ("in_progress", 300)] {
        let job = job(&both, &path).await;
        assert_eq!(job["status"], stage);
        assert!(job["success_results_url"].is_null());
        let active = both.list("/v3/bulk_requests?active=true").await;
        assert_eq!(active[0]["id"], job["id"]);
        pass(&both, milliseconds);
    }
    let done = job(&both, &path).await;
    assert_eq!(done["status"], "completed");
    let counts = ["record_count", "success_count", "failure_count"].map(|name| done[name].clone());
    assert_eq!(counts, [3, 1, 2]);
    assert_eq!(done["api_endpoint"], "patch_v3_departments");
    assert!(both.list("/v3/bulk_requests?active=true").await.is_empty());

    let (_, succeeded) = results(&done["success_results_url"]).await;
    assert_eq!(succeeded, json!([{"index": 0, "id": own["id"]}]));
    let (_, failed) = results(&done["failure_results_url"]).await;
    assert_eq!(failed[0]["errors"][0]["field"], "name", "{failed}");
    assert_eq!(failed[0]["index"], 1);
    assert_eq!(
        (&failed[1]["index"], &failed[1]["status"]),
        (&json!(2), &json!(404))
    );
    let read = both.read(&format!("/v1/departments/{}", own["id"])).await;
    assert_eq!(read["name"], "Deltas");

    pass(&both, 5 * 60_000);
    assert_eq!(results(&done["success_results_url"]).await.0, 403);
    let again = job(&both, &path).await;
    assert_eq!(results(&again["success_results_url"]).await.0, 200);
}

#[tokio::test]
async fn a_client_has_so_many_jobs_and_bytes() {
    let both = frozen().await;
    let users = both.list("/v3/users?deactivated=false").await;
    let basic = users
        .iter()
        .find(|user| user["site_admin"] == false)
        .unwrap();
    let path = "/v3/users/deactivate/bulk";
    for _ in 0..5 {
        start(&both, "POST", path, json!([basic["id"]])).await;
    }
    let body = json!({"data": [basic["id"]]});
    let refused = both.send("POST", path, &body).await;
    assert_eq!(refused.status, 429, "{}", refused.text);
    pass(&both, 900);
    assert_eq!(both.send("POST", path, &body).await.status, 202);
    let read = both.read(&format!("/v1/users/{}", basic["id"])).await;
    assert_eq!(read["disabled"], true);

    let elsewhere = json!({"data": [1], "callback_url": "https://hooks.example.com/"});
    let refused = both.send("POST", path, &elsewhere).await;
    assert_eq!(refused.json()["errors"][0]["field"], "callback_url");
    let rows = |bytes: usize| json!({"data": [], "callback_url": "x".repeat(bytes)});
    let large = both.send("POST", path, &rows(2 << 20)).await;
    assert_eq!(large.status, 422, "it is read");
    let larger = both.send("POST", path, &rows(10 << 20)).await;
    assert_eq!(larger.status, 413, "{}", larger.text);
}

#[tokio::test]
async fn each_credential_has_jobs_of_its_own() {
    let both = frozen().await;
    let path = "/v3/users/deactivate/bulk";
    for _ in 0..5 {
        start(&both, "POST", path, json!([9])).await;
    }
    let body = json!({"data": [9]});
    assert_eq!(both.send("POST", path, &body).await.status, 429);

    let dev_center = both.sandbox.dev_center().unwrap();
    let other = dev_center.create_custom_integration("Rivers").unwrap();
    let scopes = ["harvest:users:deactivate"];
    dev_center.permit_scopes(other.id, scopes).unwrap();
    let client = other.credentials;
    let issued = Client::new()
        .post(both.sandbox.token_url().unwrap())
        .basic_auth(client.client_id, Some(client.client_secret))
        .form(&[("grant_type", "client_credentials")]);
    let token = support::send(issued).await.json();
    let token = token["access_token"].as_str().unwrap();
    let send = async || {
        let url = format!("{}{path}", both.sandbox.url());
        let request = Client::new().post(url).bearer_auth(token);
        support::send(support::with_body(request, body.to_string())).await
    };
    for _ in 0..5 {
        let started = send().await;
        assert_eq!(started.status, 202, "{}", started.text);
    }
    assert_eq!(send().await.status, 429);
    pass(&both, 900);
    assert_eq!(send().await.status, 202);
}

#[tokio::test]
async fn openings_are_added_changed_and_removed_in_bulk() {
    let both = frozen().await;
    let jobs = both.list("/v3/jobs").await;
    let job_id = jobs.iter().find(|job| job["status"] == "open").unwrap()["id"].clone();
    let rows = json!([{"job_id": job_id, "opening_id": "BULK-1"}, {"job_id": 9}]);
    let path = start(&both, "POST", "/v3/openings/bulk", rows).await;
    pass(&both, 900);
    let done = job(&both, &path).await;
    let (_, succeeded) = results(&done["success_results_url"]).await;
    let id = succeeded[0]["id"].as_i64().unwrap();
    assert_eq!(
        (&done["success_count"], &done["failure_count"]),
        (&json!(1), &json!(1))
    );

    let rows = json!([{"id": id, "opening_id": "BULK-2"}]);
    start(&both, "PATCH", "/v3/openings/bulk", rows).await;
    let listed = both.list(&format!("/v3/openings?ids={id}")).await;
    assert_eq!(listed[0]["opening_id"], "BULK-2");
    // An open one is not removed.
    let path = start(&both, "DELETE", "/v3/openings/bulk", json!([id])).await;
    pass(&both, 900);
    assert_eq!(job(&both, &path).await["failure_count"], 1);
    assert_eq!(both.list(&format!("/v3/openings?ids={id}")).await.len(), 1);
}
