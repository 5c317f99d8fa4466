//! Bodies of up to a megabyte that are made to be slow, for every operation that takes one: none keeps the sandbox busy for
//! long.
//!
//! `cargo test --release -p harvest-sandbox --test state hostile -- --nocapture` holds it to the second that is promised, and
//! says which bodies take longest.

mod bodies;
mod schema;

use std::time::{Duration, Instant};

use harvest_sandbox::Sandbox;
use reqwest::Client;
use serde_json::json;

use crate::organization::Organization;
use crate::support::{Answer, request, send, with_body};
use crate::walk::fixture::Fixture;
use crate::walk::operations::{Operation, described};
use crate::walk::writes::{appointment, writes};
use bodies::bodies;
use schema::Schemas;

/// What is promised of a release build, or else a time that nothing takes whose work does not grow with the square.
fn longest() -> Duration {
    let program = std::env::current_exe().expect("this program");
    let is_release = program.iter().any(|folder| folder == "release");
    Duration::from_secs(if is_release { 1 } else { 60 })
}

const START: &str = "start";

/// Lists that show what may have been written.
const LISTS: [&str; 3] = ["/v1/candidates", "/v1/applications", "/v1/jobs"];

struct Timed {
    what: String,
    took: Duration,
    status: u16,
    bytes: usize,
}

async fn timed(client: &Client, sandbox: &Sandbox, method: &str, url: &str, body: &str) -> Timed {
    let mut request =
        request(client, sandbox, method, url).header("On-Behalf-Of", sandbox.user_id());
    if !body.is_empty() {
        request = with_body(request, body);
    }
    let began = Instant::now();
    let Answer { status, text, .. } = send(request).await;
    let took = began.elapsed();
    assert!(status < 500, "{method} {url}: {text}");
    if status == 422 {
        let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
        let errors = answer["errors"].as_array().map_or(0, Vec::len);
        assert!(errors <= 101, "{method} {url}: {errors} errors");
        assert!(text.len() < 200_000, "{method} {url}: {} bytes", text.len());
    }
    Timed {
        what: String::new(),
        took,
        status,
        bytes: body.len(),
    }
}

#[tokio::test]
async fn no_body_keeps_the_sandbox_busy() {
    let organization = Organization::start().await;
    let sandbox = &organization.sandbox;
    let appointment = appointment(&Fixture::of(&organization).await);
    let path = "/v2/scheduled_interviews";
    organization.write("POST", path, appointment, 201).await;
    let fixture = Fixture::of(&organization).await;
    let schemas = Schemas::of(&fixture);
    let client = Client::new();
    sandbox.snapshot(START).unwrap();
    let mut all: Vec<Timed> = Vec::new();
    let operations = described();
    let (mut lists, mut done) = (0, 0);
    for write in writes(&fixture) {
        let of = |it: &&Operation| it.id == write.operation;
        let operation = operations.iter().find(of).unwrap();
        let url = operation.url(&write.at) + write.query;
        let bodies = bodies(&schemas, write.operation, &write.body);
        lists += bodies
            .iter()
            .filter(|(name, _)| name.ends_with("same"))
            .count();
        for (name, body) in bodies {
            assert!(body.len() <= 1 << 20, "{} {name}", write.operation);
            let mut it = timed(&client, sandbox, &operation.method, &url, &body).await;
            it.what = format!("{} {name}", write.operation);
            let succeeded = it.status < 300;
            all.push(it);
            if succeeded {
                done += 1;
                for list in LISTS {
                    let list = format!("{list}?per_page=500");
                    let mut it = timed(&client, sandbox, "GET", &list, "").await;
                    it.what = format!("GET {list} after {} {name}", write.operation);
                    all.push(it);
                }
                sandbox.restore(START).unwrap();
            }
        }
    }
    assert!(lists > 80, "{lists} lists are not all of them");
    println!("{lists} lists, {done} bodies that are right");
    assert!(done > 100, "{done} bodies that are right are too few");
    all.sort_by_key(|it| std::cmp::Reverse(it.took));
    println!("{} requests, of which these took longest:", all.len());
    for it in all.iter().take(15) {
        let (took, status, bytes) = (it.took.as_millis(), it.status, it.bytes);
        println!("{took:>7} ms  {status}  {bytes:>8} bytes  {}", it.what);
    }
    let longest = longest();
    let slow = all.iter().filter(|it| it.took > longest);
    assert_eq!(slow.count(), 0, "longer than {longest:?}");
}

#[tokio::test]
async fn readers_are_answered_while_a_long_body_is_written() {
    let organization = Organization::start().await;
    let sandbox = &organization.sandbox;
    let fixture = Fixture::of(&organization).await;
    let job = &fixture.find("/v1/jobs", |it| it["status"] == "open")["id"];
    let applications = vec![json!({"job_id": job}); 1_000];
    let tags: Vec<String> = (0..1_000).map(|number| format!("tag {number}")).collect();
    let body = json!({
        "first_name": "Noor", "last_name": "Lindqvist", "applications": applications, "tags": tags,
    });
    let (client, body) = (Client::new(), body.to_string());
    let write = timed(&client, sandbox, "POST", "/v1/candidates", &body);
    let mut write = std::pin::pin!(write);
    let mut reads = 0;
    loop {
        tokio::select! {
            written = &mut write => {
                assert_eq!(written.status, 201);
                break;
            }
            read = timed(&client, sandbox, "GET", "/v1/users", "") => {
                assert_eq!(read.status, 200);
                reads += 1;
            }
        }
    }
    assert!(reads > 5, "{reads} reads beside the write");
}

#[tokio::test]
async fn no_query_keeps_the_sandbox_busy() {
    let organization = Organization::start().await;
    let sandbox = &organization.sandbox;
    let client = Client::new();
    let ids = |count: usize| vec!["119540880217"; count].join(",");
    let fields = vec!["offers"; 1_000].join(",");
    for (method, url, status) in [
        (
            "GET",
            format!("/v1/candidates?{}", "a=b&".repeat(1_000)),
            200,
        ),
        (
            "GET",
            format!("/v1/candidates?{}", "a=b&".repeat(2_000)),
            422,
        ),
        (
            "GET",
            format!("/v1/candidates?{}", "a=b&".repeat(10_000)),
            414,
        ),
        (
            "GET",
            format!("/v1/candidates?{}", "page=1&".repeat(1_500)),
            422,
        ),
        ("GET", format!("/v1/candidates?{}", "&".repeat(40_000)), 414),
        (
            "GET",
            format!("/v1/candidates?candidate_ids={}", ids(50)),
            200,
        ),
        (
            "GET",
            format!("/v1/candidates?candidate_ids={}", ids(800)),
            422,
        ),
        (
            "GET",
            format!("/v1/candidates?candidate_ids={}", ids(4_000)),
            414,
        ),
        (
            "GET",
            format!("/v1/candidates?candidate_ids={}", ",".repeat(4_000)),
            422,
        ),
        // As a client sends it it is short enough, but not in a link.
        (
            "GET",
            format!("/v1/candidates?email={}", "*".repeat(4_500)),
            414,
        ),
        (
            "GET",
            format!("/v1/candidates?email={}", "%61".repeat(4_000)),
            200,
        ),
        (
            "GET",
            format!("/v1/candidates?email={}", "%61".repeat(20_000)),
            414,
        ),
        (
            "GET",
            format!("/v1/candidates?{}=1", "%26".repeat(4_000)),
            200,
        ),
        ("GET", format!("/v1/{}", "a/".repeat(6_000)), 404),
        ("GET", format!("/v1/{}", "a/".repeat(20_000)), 414),
        ("GET", format!("/v1/users/{}", "1".repeat(12_000)), 404),
        (
            "PUT",
            format!("/v1/candidates/119540880217/anonymize?fields={fields}"),
            200,
        ),
        (
            "PUT",
            format!("/v1/candidates/119540880217/anonymize?fields={fields},notes"),
            422,
        ),
    ] {
        let it = timed(&client, sandbox, method, &url, "").await;
        assert_eq!(it.status, status, "{method} {}", &url[..60.min(url.len())]);
        assert!(
            it.took < longest(),
            "{method} {}: {:?}",
            &url[..60],
            it.took
        );
    }
    // Headers of all sorts, a hundred of them.
    let long = "a=1; ".repeat(100);
    for name in ["cookie", "prefer", "x-forwarded-for", "accept"] {
        let mut request = request(&client, sandbox, "GET", "/v1/users");
        for _ in 0..80 {
            request = request.header(name, &long);
        }
        let began = Instant::now();
        let answer = send(request).await;
        assert!(
            [200, 422].contains(&answer.status),
            "{name}: {}",
            answer.text
        );
        assert!(began.elapsed() < longest(), "{name}");
    }
}
