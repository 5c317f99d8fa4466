//! Control of a sandbox by tests, with requests to `/_sandbox/`.

use harvest_sandbox::Sandbox;
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::organization::Organization;
use crate::support::{self, Answer};

async fn start() -> Organization {
    Organization::with(Sandbox::builder().candidates(10).control()).await
}

/// Without a key, since none is asked for.
async fn ask(organization: &Organization, method: &str, path: &str, body: Value) -> Answer {
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let url = format!("{}/_sandbox{path}", organization.sandbox.url());
    let request = Client::new().request(method, url);
    support::send(match body {
        Value::Null => request,
        body => support::with_body(request, body.to_string()),
    })
    .await
}

async fn done(organization: &Organization, method: &str, path: &str, body: Value) {
    let answer = ask(organization, method, path, body).await;
    assert_eq!((answer.status, answer.text.as_str()), (204, ""), "{path}");
}

async fn read(organization: &Organization, path: &str) -> Value {
    let answer = ask(organization, "GET", path, Value::Null).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.json()
}

#[tokio::test]
async fn is_off_unless_it_is_asked_for() {
    let organization = Organization::start().await;
    let answer = ask(&organization, "POST", "/reset", Value::Null).await;
    assert_eq!(answer.status, 404);
    assert_eq!(answer.json(), json!({"message": "Resource not found"}));
}

#[tokio::test]
async fn records_are_reset_kept_restored_and_added() {
    let organization = start().await;
    let count = async || {
        let all = organization.read("/v1/candidates?per_page=500").await;
        all.as_array().unwrap().len()
    };
    done(&organization, "POST", "/records", json!({"candidates": 4})).await;
    assert_eq!(count().await, 14);
    done(&organization, "PUT", "/snapshots/more", Value::Null).await;
    done(&organization, "POST", "/reset", Value::Null).await;
    assert_eq!(count().await, 10);
    assert_eq!(read(&organization, "/snapshots").await, json!(["more"]));
    done(
        &organization,
        "POST",
        "/snapshots/more/restore",
        Value::Null,
    )
    .await;
    assert_eq!(count().await, 14);
    done(&organization, "DELETE", "/snapshots/more", Value::Null).await;
    assert_eq!(read(&organization, "/snapshots").await, json!([]));
}

#[tokio::test]
async fn the_clock_is_set() {
    let organization = start().await;
    assert_eq!(read(&organization, "/clock").await["frozen"], false);
    for (path, body, now) in [
        (
            "freeze",
            json!({"at": "2026-06-01"}),
            "2026-06-01T00:00:00.000Z",
        ),
        (
            "freeze",
            json!({"at": "2026-06-01T14:00:00+02:00"}),
            "2026-06-01T12:00:00.000Z",
        ),
        (
            "advance",
            json!({"by_ms": 1500}),
            "2026-06-01T12:00:01.500Z",
        ),
        ("freeze", Value::Null, "2026-06-01T12:00:01.500Z"),
    ] {
        let answer = ask(&organization, "POST", &format!("/clock/{path}"), body).await;
        assert_eq!(answer.json(), json!({"now": now, "frozen": true}));
    }
    let answer = ask(&organization, "POST", "/clock/unfreeze", Value::Null).await;
    assert_eq!(answer.json()["frozen"], false);
}

#[tokio::test]
async fn faults_are_added_and_requests_are_listed() {
    let organization = start().await;
    let fault = json!({"effect": {"status": 503}, "on": ["list_users"], "which": {"first": 1}});
    done(&organization, "POST", "/faults", fault).await;
    assert_eq!(organization.get("/v1/users").await.status, 503);
    assert_eq!(organization.get("/v1/users").await.status, 200);
    assert_eq!(
        read(&organization, "/faults").await[0]["effect"],
        json!({"status": 503})
    );
    done(&organization, "DELETE", "/faults", Value::Null).await;
    assert_eq!(read(&organization, "/faults").await, json!([]));

    // Only those to the API are listed.
    let requests = read(&organization, "/requests").await;
    let seen: Vec<_> = requests.as_array().unwrap().iter().collect();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0]["operation"], "list_users");
    assert_eq!(
        (&seen[0]["status"], &seen[0]["acted"]),
        (&json!(503), &json!(false))
    );
    assert_eq!(
        (&seen[1]["status"], &seen[1]["acted"]),
        (&json!(200), &json!(true))
    );
    done(&organization, "DELETE", "/requests", Value::Null).await;
    assert_eq!(read(&organization, "/requests").await, json!([]));
}

#[tokio::test]
async fn is_neither_counted_nor_hit_by_faults() {
    let builder = Sandbox::builder().control();
    let limited = builder.rate_limit(2, std::time::Duration::from_secs(600));
    let organization = Organization::with(limited).await;
    let fault = json!({"effect": {"status": 500}, "which": {"nth": 3}});
    done(&organization, "POST", "/faults", fault).await;
    for _ in 0..5 {
        let answer = ask(&organization, "GET", "/clock", Value::Null).await;
        assert_eq!(
            (answer.status, answer.header("x-ratelimit-limit")),
            (200, "")
        );
    }
    let statuses = [
        organization.get("/v1/users").await.status,
        organization.get("/v1/users").await.status,
        organization.get("/v1/users").await.status,
        organization.get("/v1/users").await.status,
    ];
    assert_eq!(statuses, [200, 200, 500, 429]);
}

#[tokio::test]
async fn what_is_wrong_is_told_as_the_api_does() {
    let organization = start().await;
    for (method, path, body, status, words) in [
        ("GET", "/nothing", Value::Null, 404, "Resource not found"),
        ("GET", "/reset", Value::Null, 405, "it has: POST"),
        (
            "POST",
            "/snapshots/a/restore",
            Value::Null,
            404,
            "there is no snapshot `a`",
        ),
        (
            "PUT",
            "/snapshots/a.b",
            Value::Null,
            422,
            "up to 64 letters",
        ),
        (
            "POST",
            "/clock/freeze",
            json!({"at": "soon"}),
            422,
            "2026-06-01T12:00:00Z",
        ),
        (
            "POST",
            "/clock/freeze",
            json!({"at": "1969-12-31"}),
            422,
            "the year 1970",
        ),
        (
            "POST",
            "/clock/advance",
            json!({"by": 1}),
            422,
            "unknown field `by`",
        ),
        (
            "POST",
            "/clock/advance",
            json!({"by_ms": u64::MAX}),
            422,
            "the year 9998",
        ),
        (
            "POST",
            "/records",
            json!({"candidates": 2_000_000}),
            422,
            "1000000 records at once",
        ),
        (
            "POST",
            "/records",
            Value::Null,
            422,
            "Is not what is asked for",
        ),
        (
            "POST",
            "/faults",
            json!({"effect": "reset", "on": ["x"]}),
            422,
            "there is no operation x",
        ),
        (
            "POST",
            "/faults",
            json!({"effect": {"rows_inserted": u64::MAX}}),
            422,
            "up to 1000000 records",
        ),
        (
            "POST",
            "/faults",
            json!({"effect": {"latency_ms": u64::MAX}}),
            422,
            "up to 86400000 ms",
        ),
        (
            "POST",
            "/faults",
            json!({"effect": {"retry_after": {"status": 429, "wait_ms": u64::MAX}}}),
            422,
            "up to 86400000 ms",
        ),
    ] {
        let answer = ask(&organization, method, path, body).await;
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.text);
        let json = answer.json();
        let told = [&json["message"], &json["errors"][0]["message"]];
        let told = told.into_iter().find_map(Value::as_str).unwrap();
        assert!(told.contains(words), "{method} {path}: {told}");
    }
}

#[tokio::test]
async fn faults_are_bounded_together() {
    let organization = start().await;
    // Each is as large as one can be, and they add up on each request.
    let rows = json!({"effect": {"rows_inserted": 1_000_000}, "on": ["list_candidates"]});
    for _ in 0..2 {
        done(&organization, "POST", "/faults", rows.clone()).await;
    }
    for _ in 0..2 {
        let answer = organization.get("/v1/candidates?per_page=500&page=2").await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert_eq!(answer.json().as_array().unwrap().len(), 500);
        // 1,000,010 candidates, and no more.
        let link = answer.header("link");
        assert!(
            link.contains("page=2001&per_page=500>; rel=\"last\""),
            "{link}"
        );
    }
    for _ in 2..1_000 {
        let fault = json!({"effect": "reset", "which": {"nth": 1_000_000}});
        done(&organization, "POST", "/faults", fault).await;
    }
    let one_more = json!({"effect": "reset"});
    let answer = ask(&organization, "POST", "/faults", one_more).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("1000 faults"), "{}", answer.text);
}

#[tokio::test]
async fn everything_that_is_listed_is_there() {
    let organization = start().await;
    let routes = read(&organization, "/").await;
    assert_eq!(routes[1]["path"], "/_sandbox/reset");
    for route in routes.as_array().unwrap() {
        let path = route["path"].as_str().unwrap().replace("{name}", "none");
        let path = path.strip_prefix("/_sandbox").unwrap();
        let method = route["method"].as_str().unwrap();
        let answer = ask(&organization, method, path, Value::Null).await;
        assert_ne!(answer.text, r#"{"message":"Resource not found"}"#, "{path}");
    }
}

#[tokio::test]
async fn only_this_computer_and_listed_addresses_may() {
    let builder = Sandbox::builder().control().trusted_proxy("127.0.0.1");
    let organization = Organization::with(builder).await;
    let url = format!("{}/_sandbox/clock", organization.sandbox.url());
    let status = async |header: &'static str, value: &str| {
        let request = Client::new().get(&url).header(header, value);
        support::send(request).await.status
    };
    assert_eq!(status("x-forwarded-for", "203.0.113.5").await, 403);
    assert_eq!(status("x-forwarded-for", "127.0.0.1").await, 200);
    let dev_center = organization.sandbox.dev_center().unwrap();
    dev_center.allow(["203.0.113.0/24"]).unwrap();
    assert_eq!(status("x-forwarded-for", "203.0.113.5").await, 200);
    assert_eq!(status("x-forwarded-for", "198.51.100.1").await, 403);
    // The API is closed to this computer now, but not this.
    assert_eq!(organization.get("/v1/users").await.status, 403);
    assert_eq!(status("x-nothing", "x").await, 200);
    // A page of another origin is not this computer.
    assert_eq!(status("origin", "https://elsewhere.example").await, 403);
    assert_eq!(status("origin", organization.sandbox.url()).await, 200);
}

#[tokio::test]
async fn approvals_are_given_and_refused() {
    let organization = start().await;
    let draft = organization.read("/v1/jobs?status=draft").await[0]["id"].clone();
    let flows = organization
        .read(&format!("/v1/jobs/{draft}/approval_flows"))
        .await;
    let id = flows[0]["id"].clone();
    let reject = format!("/approval_flows/{id}/reject");
    done(&organization, "POST", &reject, Value::Null).await;
    let flow = organization.read(&format!("/v1/approval_flows/{id}")).await;
    assert_eq!(flow["approval_status"], "rejected");
    for id in [id.to_string(), "1".to_owned(), "x".to_owned()] {
        let path = format!("/approval_flows/{id}/approve");
        let answer = ask(&organization, "POST", &path, Value::Null).await;
        assert_eq!(answer.status, 422, "{path}");
    }
}
