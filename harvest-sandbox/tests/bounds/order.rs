//! Order of the checks: a body is read last, and a request that is refused for anything else is refused without it.

use std::time::Duration;

use harvest_sandbox::{Bounds, Sandbox};

use super::raw::{Raw, head, keyless};
use super::support::get;

const LENGTH: &str = "Content-Length: 60000000";
const ATTACHMENT: &str = "POST /v1/candidates/1/attachments";

async fn start() -> Sandbox {
    Sandbox::builder().control().start().await.unwrap()
}

#[tokio::test]
async fn a_request_that_its_headers_refuse_needs_no_body() {
    let sandbox = start().await;
    let center = sandbox.dev_center().unwrap();
    let barred = center.create_key("May do nothing").unwrap();
    let barred = barred.key;
    let barred = {
        use base64::Engine;
        base64::engine::general_purpose::STANDARD.encode(format!("{barred}:"))
    };
    let barred = format!("Authorization: Basic {barred}");
    for (request, status) in [
        (keyless("POST /v1/nothing", &[LENGTH]), 404),
        (keyless("POST /v1/users/1/2/3", &[LENGTH]), 404),
        (keyless(ATTACHMENT, &[LENGTH]), 401),
        (keyless(ATTACHMENT, &["Transfer-Encoding: chunked"]), 401),
        (keyless(ATTACHMENT, &[LENGTH, &barred]), 403),
        (keyless("POST /_files/1/x", &[LENGTH]), 405),
        (keyless("PUT /v1/users", &[LENGTH]), 405),
        (
            keyless(
                "POST /_sandbox/reset",
                &[LENGTH, "Origin: http://example.com"],
            ),
            403,
        ),
        (
            keyless(
                "POST /configure/reset",
                &[LENGTH, "X-Forwarded-For: 192.0.2.1"],
            ),
            403,
        ),
        // Too long to be read, and refused for that by what it says of itself.
        (head(&sandbox, "POST /v1/departments", &[LENGTH]), 413),
        (keyless("POST /_sandbox/reset", &[LENGTH]), 413),
        (keyless("POST /configure/reset", &[LENGTH]), 413),
    ] {
        let mut client = Raw::connect(&sandbox).await;
        client.send(&request).await;
        let answer = client.answer().await;
        assert_eq!(answer.status, status, "{request}: {answer:?}");
    }
}

#[tokio::test]
async fn addresses_and_rates_are_looked_at_before_the_body() {
    let sandbox = Sandbox::builder()
        .rate_limit(1, Duration::from_secs(600))
        .start()
        .await
        .unwrap();
    assert_eq!(get(&sandbox, "/v1/users").await.status, 200);
    let mut client = Raw::connect(&sandbox).await;
    client.send(head(&sandbox, ATTACHMENT, &[LENGTH])).await;
    assert_eq!(client.answer().await.status, 429);

    let center = sandbox.dev_center().unwrap();
    center.allow(["192.0.2.0/24"]).unwrap();
    let mut client = Raw::connect(&sandbox).await;
    client.send(head(&sandbox, ATTACHMENT, &[LENGTH])).await;
    assert_eq!(client.answer().await.status, 403);
}

#[tokio::test]
async fn a_client_that_sends_all_the_same_gets_its_answer_and_keeps_its_connection() {
    let sandbox = start().await;
    let mut client = Raw::connect(&sandbox).await;
    let body = vec![b'x'; 3 << 20];
    let length = format!("Content-Length: {}", body.len());
    for _ in 0..3 {
        for (request, status) in [
            (keyless(ATTACHMENT, &[&length]), 401),
            (head(&sandbox, "POST /v1/departments", &[&length]), 413),
        ] {
            client.send(&request).await;
            client.send(&body).await;
            assert_eq!(client.answer().await.status, status);
        }
    }
    client.send(head(&sandbox, "GET /v1/users", &[])).await;
    assert_eq!(client.answer().await.status, 200);
}

#[tokio::test]
async fn who_asks_whether_to_send_is_not_asked_to() {
    let sandbox = start().await;
    let expects = "Expect: 100-continue";
    let mut client = Raw::connect(&sandbox).await;
    client.send(keyless(ATTACHMENT, &[LENGTH, expects])).await;
    assert_eq!(client.answer().await.status, 401);
    let mut client = Raw::connect(&sandbox).await;
    let request = "POST /v1/departments";
    client
        .send(head(&sandbox, request, &["Content-Length: 13", expects]))
        .await;
    assert_eq!(client.answer().await.status, 100);
    client.send(r#"{"name": "a"}"#).await;
    assert_eq!(client.answer().await.status, 201);
}

#[tokio::test]
async fn what_is_not_read_is_not_kept_for_ever() {
    let bounds = Bounds::default().body_time(Duration::from_millis(300));
    let sandbox = Sandbox::builder().bounds(bounds).start().await.unwrap();
    let mut client = Raw::connect(&sandbox).await;
    client.send(keyless(ATTACHMENT, &[LENGTH])).await;
    assert_eq!(client.answer().await.status, 401);
    // It never sends the rest.
    client.end().await;
}
