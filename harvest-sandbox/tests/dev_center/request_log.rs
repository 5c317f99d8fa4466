//! The request log, and the rate limit.

use std::time::Duration;

use harvest_sandbox::{Fault, Sandbox};
use serde_json::json;

use crate::support;
use crate::visitor::{Page, Visitor, between};

const LOG: &str = "/configure/dev_center/requests";

/// The lines of the table, as text without tags, newest first.
fn lines(page: &Page) -> Vec<String> {
    let rows = page.html().split("<tr>").skip(2);
    let rows = rows.map(|row| {
        let mut text = String::new();
        for part in row.split('<') {
            text.push_str(part.split_once('>').map_or("", |(_, text)| text));
            text.push(' ');
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    rows.collect()
}

#[tokio::test]
async fn nothing_of_it_is_long() {
    let visitor = Visitor::start().await;
    let sandbox = &visitor.sandbox;
    let page = visitor.open(LOG).await;
    visitor.submit(&page, LOG, &[("content", "keep")]).await;
    let long = "x".repeat(20_000);
    support::get(sandbox, &format!("/v1/{long}?{long}={long}")).await;
    let client = reqwest::Client::new();
    let request = support::request(&client, sandbox, "POST", "/v1/departments");
    let request = request.header("On-Behalf-Of", sandbox.user_id());
    support::send(support::with_body(request, format!(r#"{{"{long}": 1}}"#))).await;
    let method = reqwest::Method::from_bytes(long.as_bytes()).unwrap();
    let request = client.request(method, format!("{}/v1/users", sandbox.url()));
    support::send(request).await;

    let longest = |page: &Page| {
        let runs = page.html().split(|c| c != 'x');
        runs.map(str::len).max().unwrap_or_default()
    };
    assert!((2_000..=2_048).contains(&longest(&visitor.open(LOG).await)));
    for number in ["1", "3"] {
        let page = visitor.open(&format!("{LOG}/{number}")).await;
        assert!((2_000..=2_048).contains(&longest(&page)), "{number}");
    }
    // Bodies are kept while they are wanted, so more of them.
    let page = visitor.open(&format!("{LOG}/2")).await;
    assert!((19_000..=32 << 10).contains(&longest(&page)));
    let requests = sandbox.requests();
    assert!((2_000..=2_048).contains(&requests[2].method.len()));
}

#[tokio::test]
async fn it_tells_who_asked_what_and_why_it_was_refused() {
    let visitor = Visitor::start().await;
    assert!(visitor.open(LOG).await.has("No requests yet."));
    let sandbox = &visitor.sandbox;
    let client = reqwest::Client::new();
    support::get(sandbox, "/v1/users?email=secret%40example.com").await;
    visitor.get_with_key("wrong-key", "/v1/users").await;
    let dev_center = sandbox.dev_center().unwrap();
    let key = dev_center.create_key("Of <b>nobody</b>").unwrap();
    visitor.get_with_key(&key.key, "/v1/users").await;
    let department = |body: serde_json::Value| {
        let request = support::request(&client, sandbox, "POST", "/v1/departments");
        let request = request.header("On-Behalf-Of", sandbox.user_id());
        support::send(support::with_body(request, body.to_string()))
    };
    department(json!({"name": "Private matters"})).await;
    department(json!({"title": "Private matters"})).await;
    support::get(sandbox, "/v1/departments/7").await;

    let page = visitor.open(LOG).await;
    let lines = lines(&page);
    let expected = [
        (
            "GET /v1/departments/7 404 Demo key with all permissions –",
            "Resource not found",
        ),
        (
            "POST /v1/departments 422 Demo key with all permissions Integration User",
            "name: Missing required field: name",
        ),
        (
            "POST /v1/departments 201 Demo key with all permissions Integration User",
            "",
        ),
        (
            "GET /v1/users 403 Of &#60;b&#62;nobody&#60;/b&#62; –",
            "This API Key does not have permission for this endpoint",
        ),
        ("GET /v1/users 401 – –", "Invalid Basic Auth credentials"),
        ("GET /v1/users 200 Demo key with all permissions –", ""),
    ];
    assert_eq!(lines.len(), expected.len(), "{lines:#?}");
    for (line, (start, reason)) in lines.iter().zip(expected) {
        // After the time of day.
        let line = line.split_once(' ').unwrap().1;
        assert!(
            line.starts_with(start) && line.contains(reason),
            "{line}: {start}"
        );
        let milliseconds = line.rsplit_once(' ').unwrap().1;
        assert!(milliseconds.parse::<u64>().is_ok(), "{line}");
    }
    for private in [
        sandbox.key(),
        &key.key,
        "wrong-key",
        "secret",
        "Private matters",
    ] {
        assert!(!page.has(private), "{private}");
    }
    let details = between(
        page.html(),
        "<a href=\"/configure/dev_center/requests/",
        "\"",
    );
    let details = visitor.open(&format!("{LOG}/{details}")).await;
    assert!(details.html().contains("Queries and bodies are not kept."));
    assert_eq!(visitor.open(&format!("{LOG}/999")).await.answer.status, 404);
    assert_eq!(visitor.open(&format!("{LOG}/x")).await.answer.status, 404);
}

#[tokio::test]
async fn content_is_kept_while_it_is_wanted() {
    let visitor = Visitor::start().await;
    let sandbox = &visitor.sandbox;
    let search = "/v1/users?email=kept%40example.com";
    support::get(sandbox, search).await;
    let page = visitor.open(LOG).await;
    let on = visitor.submit(&page, LOG, &[("content", "keep")]).await;
    assert!(on.has("Queries and bodies are kept."));
    support::get(sandbox, search).await;
    let client = reqwest::Client::new();
    let request = support::request(&client, sandbox, "POST", "/v1/departments");
    let request = request.header("On-Behalf-Of", sandbox.user_id());
    support::send(support::with_body(request, r#"{"name":"<script>"}"#)).await;

    assert!(!visitor.open(&format!("{LOG}/1")).await.has("kept%40"));
    assert!(
        visitor
            .open(&format!("{LOG}/2"))
            .await
            .has("email=kept%40example.com")
    );
    let made = visitor.open(&format!("{LOG}/3")).await;
    assert!(
        made.has("&#34;name&#34;: &#34;&#60;script&#62;&#34;"),
        "{}",
        made.answer.text
    );
    assert!(!made.has(sandbox.key()) && !made.has("Authorization"));

    let off = visitor.submit(&on, LOG, &[("content", "drop")]).await;
    assert!(off.has("Queries and bodies are not kept."));
    for number in 1..=3 {
        assert!(!visitor.open(&format!("{LOG}/{number}")).await.has("<pre"));
    }
}

#[tokio::test]
async fn a_body_that_may_hold_a_secret_is_not_kept() {
    let visitor = Visitor::start().await;
    let sandbox = &visitor.sandbox;
    let page = visitor.open(LOG).await;
    visitor.submit(&page, LOG, &[("content", "keep")]).await;
    let client = reqwest::Client::new();
    let body = json!({
        "name": "Hires", "endpoint_url": "http://127.0.0.1:9/",
        "event_action_type": "hire_candidate",
        "secret_key": "s3cret", "basic_auth_password": "passw0rd",
        "additional_headers": {"X-Sent": "h3ader"},
    })
    .to_string();
    for (number, method, path) in [(1, "POST", "/v3/webhooks"), (2, "PATCH", "/v3/webhooks/1")] {
        let request = support::request(&client, sandbox, method, path);
        support::send(support::with_body(request, body.clone())).await;
        let page = visitor.open(&format!("{LOG}/{number}")).await;
        assert!(page.has(path), "{}", page.answer.text);
        for secret in ["s3cret", "passw0rd", "h3ader"] {
            assert!(!page.has(secret), "{method} {secret}");
        }
    }
}

#[tokio::test]
async fn faults_show() {
    let fault = Fault::status(503).on("list_users").first(1);
    let visitor = Visitor::with(Sandbox::builder().fault(fault)).await;
    for _ in 0..2 {
        visitor
            .get_with_key(visitor.sandbox.key(), "/v1/users")
            .await;
    }
    let page = visitor.open(LOG).await;
    let lines = lines(&page);
    assert!(lines[0].contains("GET /v1/users 200"));
    assert!(
        lines[1].contains("GET /v1/users 503") && lines[1].contains("A fault"),
        "{}",
        lines[1]
    );
}

#[tokio::test]
async fn the_rate_limit_is_shown() {
    let builder = Sandbox::builder().rate_limit(3, Duration::from_secs(600));
    let visitor = Visitor::with(builder).await;
    let key = visitor.sandbox.key();
    for status in [200, 200, 200, 429] {
        assert_eq!(visitor.get_with_key(key, "/v1/users").await, status);
    }
    let page = visitor.open("/configure/dev_center/rate_limit").await;
    assert!(
        page.has("3 requests in 600 s") && page.has("<dd>0</dd>") && page.has("refused with 429")
    );
    let log = visitor.open(LOG).await;
    assert!(lines(&log)[0].contains("429"));
    let unlimited = Visitor::start().await;
    let page = unlimited.open("/configure/dev_center/rate_limit").await;
    assert!(page.has("50 requests in 10 s") && page.has("Nothing is refused"));
}

#[tokio::test]
async fn it_is_filtered_and_cleared() {
    let visitor = Visitor::start().await;
    let sandbox = &visitor.sandbox;
    let key = sandbox.dev_center().unwrap().create_key("Weak").unwrap();
    support::get(sandbox, "/v1/users").await;
    support::get(sandbox, "/v1/jobs/7").await;
    support::get(sandbox, "/v3/jobs").await;
    visitor.get_with_key(&key.key, "/v1/users").await;
    visitor.get_with_key("wrong-key", "/v1/jobs").await;
    let shown = async |query: &str| {
        let page = visitor.open(&format!("{LOG}?{query}")).await;
        let paths = lines(&page).into_iter();
        let paths = paths.map(|line| line.split(' ').nth(2).unwrap().to_owned());
        paths.collect::<Vec<_>>()
    };
    let all = visitor.open(LOG).await;
    assert_eq!(lines(&all).len(), 5);
    assert_eq!(shown("status=2").await, ["/v3/jobs", "/v1/users"]);
    assert_eq!(shown("status=404").await, ["/v1/jobs/7"]);
    assert_eq!(shown("path=JOBS").await.len(), 3);
    assert_eq!(shown("path=get+%2Fv3").await, ["/v3/jobs"]);
    assert_eq!(shown("key=none").await, ["/v1/jobs"]);
    let choice = format!("key-{}", key.id);
    assert!(all.has(&format!("<option value=\"{choice}\">Weak</option>")));
    assert_eq!(shown(&format!("key={choice}")).await, ["/v1/users"]);
    assert_eq!(shown("key=key-1&path=%3Cb%3E").await.len(), 0);

    let cleared = visitor.submit(&all, LOG, &[("content", "clear")]).await;
    assert!(cleared.has("No requests yet.") && sandbox.requests().is_empty());
}

#[tokio::test]
async fn a_request_is_copied_and_sent_again() {
    let visitor = Visitor::start().await;
    let sandbox = &visitor.sandbox;
    let page = visitor.open(LOG).await;
    visitor.submit(&page, LOG, &[("content", "keep")]).await;
    let client = reqwest::Client::new();
    let request = support::request(&client, sandbox, "POST", "/v1/candidates");
    let request = request.header("On-Behalf-Of", sandbox.user_id());
    let request = request
        .header("X-Api-Token", "s3cret")
        .header("X-Trace", "abc");
    let body = json!({"first_name": "O'Hara $(x)", "last_name": "Sol", "applications": []});
    let jobs = support::get(sandbox, "/v1/jobs?per_page=1").await.json();
    let mut body = body;
    body["applications"] = json!([{"job_id": jobs[0]["id"]}]);
    let made = support::send(support::with_body(request, body.to_string())).await;
    assert_eq!(made.status, 201);
    let token = support::request(&client, sandbox, "GET", "/v3/users?per_page=1");
    assert_eq!(support::send(token).await.status, 200);

    let page = visitor.open(&format!("{LOG}/2")).await;
    for shown in [
        "x-trace: abc",
        "authorization: (not kept)",
        "x-api-token: (not kept)",
        "curl -X &#39;POST&#39; -u &#34;$HARVEST_KEY:&#34;",
        // One word for the shell.
        "O&#39;\\&#39;&#39;Hara $(x)",
    ] {
        assert!(page.html().contains(shown), "{shown}: {}", page.answer.text);
    }
    assert!(!page.has("s3cret") && !page.has(sandbox.key()));
    let count = |sandbox: &Sandbox| {
        let made = sandbox.requests().into_iter();
        made.filter(|it| it.acted && it.operation.as_deref() == Some("create_candidate"))
            .count()
    };
    assert_eq!(count(sandbox), 1);
    let again = visitor.submit(&page, &format!("{LOG}/2"), &[]).await;
    assert!(
        again.html().contains("201 Created") && again.path == format!("{LOG}/4"),
        "{}",
        again.path
    );
    assert_eq!(count(sandbox), 2);
    // A token of its own for v3.
    let page = visitor.open(&format!("{LOG}/3")).await;
    assert!(page.has("Bearer $HARVEST_TOKEN"));
    let again = visitor.submit(&page, &format!("{LOG}/3"), &[]).await;
    assert!(again.has("200 OK"), "{}", again.answer.text);
    // v2 takes a key, as v1 does.
    let users = support::get(sandbox, "/v1/users").await.json();
    let body = json!({"user": {"user_id": users[0]["id"]}, "job_title": "Pilot"});
    let request = support::request(&client, sandbox, "PATCH", "/v2/users");
    let request = request.header("On-Behalf-Of", sandbox.user_id());
    let changed = support::send(support::with_body(request, body.to_string())).await;
    let newest = sandbox.requests().len();
    let page = visitor.open(&format!("{LOG}/{newest}")).await;
    assert!(page.has("$HARVEST_KEY:") && page.has("On-Behalf-Of"));
    let again = visitor.submit(&page, &format!("{LOG}/{newest}"), &[]).await;
    assert!(again.has(&format!("{} ", changed.status)) && changed.status != 401);
    // What was not kept can't be sent.
    let page = visitor.open(LOG).await;
    visitor.submit(&page, LOG, &[("content", "drop")]).await;
    let page = visitor.open(&format!("{LOG}/2")).await;
    assert!(!page.has("Send again") && page.has("curl -X"));
}
