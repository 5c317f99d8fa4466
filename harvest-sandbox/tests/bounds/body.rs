//! Limits on the length of bodies, and on the memory that they take together.

use std::time::Duration;

use harvest_sandbox::{Bounds, Sandbox};
use reqwest::Client;
use serde_json::json;

use super::raw::{Raw, head};
use super::support::{Documented, operations, request, send, with_body};

async fn with(bounds: Bounds) -> Sandbox {
    Sandbox::builder().bounds(bounds).start().await.unwrap()
}

fn is_attachment(operation: &Documented) -> bool {
    [
        "create_application",
        "create_application_attachment",
        "create_candidate",
        "create_candidate_attachment",
        "create_prospect",
    ]
    .contains(&operation.id.as_str())
}

#[tokio::test]
async fn operations_that_take_files_take_long_bodies_and_others_do_not() {
    let sandbox = with(Bounds::default()).await;
    let client = Client::new();
    let json = harvest_spec::document("v1").unwrap().json;
    for operation in operations(json).iter().filter(|it| it.method != "GET") {
        let body = format!("{{{}}}", " ".repeat(2 << 20));
        let answer = send(with_body(operation.request(&client, &sandbox), body)).await;
        let id = &operation.id;
        if is_attachment(operation) {
            assert_ne!(answer.status, 413, "{id}: {}", answer.text);
        } else {
            assert_eq!(answer.status, 413, "{id}: {}", answer.text);
            let message = answer.json()["message"].to_string();
            assert!(message.contains("1048576"), "{message}");
            // It has come as far as the service, so it counts.
            assert!(!answer.header("x-ratelimit-remaining").is_empty());
        }
    }
}

#[tokio::test]
async fn bodies_are_bounded_however_they_are_sent() {
    let bounds = Bounds::default().body_bytes(2_000).file_body_bytes(4_000);
    let sandbox = with(bounds).await;
    for (request, most) in [
        ("POST /v1/departments", 2_000),
        ("POST /v1/candidates/1/attachments", 4_000),
    ] {
        for (length, is_too_long) in [(most, false), (most + 1, true)] {
            let body = format!("{{{}}}", " ".repeat(length - 2));
            let declared = format!("Content-Length: {length}");
            let mut client = Raw::connect(&sandbox).await;
            client.send(head(&sandbox, request, &[&declared])).await;
            client.send(&body).await;
            let whole = client.answer().await;
            assert_eq!(
                whole.status == 413,
                is_too_long,
                "{request} {length}: {whole:?}"
            );

            let chunked = "Transfer-Encoding: chunked";
            client.send(head(&sandbox, request, &[chunked])).await;
            for piece in body.as_bytes().chunks(700) {
                client.send(format!("{:x}\r\n", piece.len())).await;
                client.send(piece).await;
                client.send("\r\n").await;
            }
            client.send("0\r\n\r\n").await;
            let pieces = client.answer().await;
            assert_eq!((pieces.status, &pieces.body), (whole.status, &whole.body));
        }
    }
}

#[tokio::test]
async fn a_body_that_is_no_http_is_400() {
    let sandbox = Sandbox::builder().control().start().await.unwrap();
    for request in [
        "POST /v1/departments",
        "GET /v1/users",
        "POST /_sandbox/reset",
        "POST /configure/dev_center/reset",
    ] {
        for body in [
            "what\r\n",
            "\r\n",
            "-1\r\n",
            "5\r\n{}\r\n\r\n0\r\n\r\nGET",
            "2\r\n{}and more",
            "fffffffffffffffff\r\n",
            "2 {}\r\n",
        ] {
            let mut client = Raw::connect(&sandbox).await;
            let chunked = "Transfer-Encoding: chunked";
            client.send(head(&sandbox, request, &[chunked])).await;
            client.send(body).await;
            let answer = client.answer().await;
            assert_eq!(answer.status, 400, "{request} {body:?}: {answer:?}");
            assert!(answer.message().contains("body"));
        }
    }
    // Nothing of it was done.
    assert!(sandbox.requests().iter().all(|request| !request.acted));
}

#[tokio::test]
async fn a_coding_other_than_chunked_is_400_and_ends_the_connection() {
    let sandbox = Sandbox::builder().control().start().await.unwrap();
    let chunked = "Transfer-Encoding: chunked";
    for request in [
        "POST /v1/departments",
        "GET /v1/users",
        "POST /token",
        "POST /_sandbox/reset",
        "POST /configure/dev_center/reset",
        "GET /_files/1/cv.html",
    ] {
        for codings in [
            &["Transfer-Encoding: gzip, chunked"][..],
            &["Transfer-Encoding: chunked, chunked"],
            &["Transfer-Encoding: identity, chunked"],
            &["Transfer-Encoding: gzip", chunked],
            &[chunked, chunked],
            &["Transfer-Encoding: chunked, gzip"],
        ] {
            let mut client = Raw::connect(&sandbox).await;
            client.send(head(&sandbox, request, codings)).await;
            client.send("0\r\n\r\n").await;
            // Where this request ends is a matter of opinion, so nothing after it is one.
            client.send(head(&sandbox, "GET /v1/offices", &[])).await;
            let all = client.end().await.unwrap_or_default();
            assert!(
                all.starts_with("HTTP/1.1 400 "),
                "{request} {codings:?}: {all}"
            );
            assert_eq!(
                all.matches("HTTP/1.1 ").count(),
                1,
                "{request} {codings:?}: {all}"
            );
            // What Hyper refuses before it hands over an address has no content at all.
            assert!(all.contains("content-length: 0\r\n"), "{request}: {all}");
            let is_contained = all.contains("content-security-policy: sandbox; default-src 'none'")
                && all.contains("x-content-type-options: nosniff")
                && all.contains("content-disposition: attachment");
            let is_handed_over = codings.last().unwrap().ends_with("chunked");
            assert_eq!(
                is_contained,
                is_handed_over && request.contains("/_files/"),
                "{request} {codings:?}: {all}"
            );
        }
        let mut client = Raw::connect(&sandbox).await;
        let capitals = "Transfer-Encoding: CHUNKED";
        client.send(head(&sandbox, request, &[capitals])).await;
        client.send("0\r\n\r\n").await;
        let answer = client.answer().await;
        // For a file, it is the credentials that are wrong.
        let is_taken = answer.status != 400 || answer.body.contains("credentials");
        assert!(is_taken, "{request}: {answer:?}");
    }
}

#[tokio::test]
async fn all_bodies_together_take_so_much_memory_and_no_more() {
    let bounds = Bounds::default()
        .total_body_bytes(1 << 20)
        .body_time(Duration::from_millis(1_500));
    let sandbox = with(bounds).await;
    let length = "Content-Length: 900000";
    let create = head(&sandbox, "POST /v1/departments", &[length]);
    let mut first = Raw::connect(&sandbox).await;
    first.send(&create).await;
    first.send(r#"{"name": ""#).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    // The first has the memory, and is in no hurry.
    let mut second = Raw::connect(&sandbox).await;
    second.send(&create).await;
    let answer = first.answer().await;
    assert_eq!(answer.status, 408, "{answer:?}");
    assert!(answer.message().contains("too long"), "{answer:?}");
    // The second got what the first had, in time, and makes as little of it.
    let answer = second.answer().await;
    assert_eq!(answer.status, 408, "{answer:?}");

    let mut holder = Raw::connect(&sandbox).await;
    holder.send(&create).await;
    tokio::time::sleep(Duration::from_millis(20)).await;
    let mut late = Raw::connect(&sandbox).await;
    late.send(&create).await;
    let small = request(&Client::new(), &sandbox, "POST", "/v1/departments")
        .header("On-Behalf-Of", sandbox.user_id());
    let small = with_body(small, json!({"name": "Estuaries"}).to_string());
    let small = tokio::spawn(send(small));
    assert_eq!(holder.answer().await.status, 408);
    assert!([408, 503].contains(&late.answer().await.status));
    assert!([201, 503].contains(&small.await.unwrap().status));

    // None of it is lost.
    let again = request(&Client::new(), &sandbox, "POST", "/v1/departments")
        .header("On-Behalf-Of", sandbox.user_id());
    let body = json!({"name": "x".repeat(900_000)}).to_string();
    let answer = send(with_body(again, body)).await;
    assert_ne!(answer.status, 503, "{}", answer.text);
}
