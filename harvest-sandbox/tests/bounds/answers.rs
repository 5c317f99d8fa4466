//! Limits on the length of records and answers, and on the memory of answers that no client takes.

use std::time::{Duration, Instant};

use harvest_sandbox::{Bounds, Sandbox};
use reqwest::Client;
use serde_json::{Value, json};

use super::raw::{Raw, head};
use super::support::{Answer, get, request, send, with_body};

/// Bytes of one text.
const TEXT: usize = 60_000;

async fn with(bounds: Bounds) -> Sandbox {
    let builder = Sandbox::builder().bounds(bounds).candidates(0);
    builder.start().await.unwrap()
}

async fn sent(sandbox: &Sandbox, method: &str, path: &str, body: Value) -> Answer {
    let request = request(&Client::new(), sandbox, method, path);
    let request = request.header("On-Behalf-Of", sandbox.user_id());
    send(with_body(request, body.to_string())).await
}

/// A candidate with so many long texts, who is a prospect: without jobs there are no applications to a job.
async fn add(sandbox: &Sandbox, texts: usize) -> Answer {
    sent(sandbox, "POST", "/v1/prospects", person(texts)).await
}

fn person(texts: usize) -> Value {
    let text = json!({"value": "x".repeat(TEXT), "type": "personal"});
    json!({"first_name": "Una", "last_name": "Brook", "website_addresses": vec![text; texts]})
}

#[tokio::test]
async fn answers_that_nobody_takes_are_counted_as_memory() {
    const PAGE: usize = 20 * 15 * TEXT;
    let bounds = Bounds::default()
        .total_body_bytes(2 * PAGE + PAGE / 2)
        .idle_time(Duration::from_secs(600));
    let sandbox = with(bounds).await;
    for _ in 0..20 {
        assert_eq!(add(&sandbox, 15).await.status, 201);
    }
    let page = head(&sandbox, "GET /v1/candidates?per_page=500", &[]);
    let mut unread = Vec::new();
    let mut refused = 0;
    for _ in 0..40 {
        let mut client = Raw::connect(&sandbox).await;
        client.send(&page).await;
        let begin = client.begin().await;
        if begin.contains(" 503 ") {
            assert!(begin.contains("retry-after: 1"), "{begin}");
            assert!(begin.contains("x-request-id: "), "{begin}");
            assert!(client.answer().await.message().contains("Too many"));
            refused += 1;
        } else {
            assert!(begin.contains(" 200 "), "{begin}");
            unread.push(client);
        }
    }
    assert_eq!((unread.len(), refused), (2, 38));
    // Short answers are given all the same, and so are bodies taken for which there is memory.
    assert_eq!(get(&sandbox, "/v1/users").await.status, 200);
    assert_eq!(add(&sandbox, 1).await.status, 201);
    // One that is taken to its end gives its memory back, and so does one whose client is gone.
    let mut taken = unread.pop().unwrap();
    assert!(taken.answer().await.body.len() >= PAGE);
    drop(unread);
    let mut answers = Vec::new();
    let began = Instant::now();
    while answers.len() < 2 {
        assert!(began.elapsed() < Duration::from_secs(60));
        let mut client = Raw::connect(&sandbox).await;
        client.send(&page).await;
        if client.begin().await.contains(" 200 ") {
            answers.push(client);
        }
    }
    for mut client in answers {
        assert_eq!(client.answer().await.status, 200);
    }
}

#[tokio::test]
async fn no_record_gets_too_long_at_once_or_little_by_little() {
    let sandbox = with(Bounds::default()).await;
    let answer = add(&sandbox, 80).await;
    assert_eq!(answer.status, 422, "{}", answer.text);
    assert!(answer.text.contains("4194304 bytes"), "{}", answer.text);
    assert_eq!(get(&sandbox, "/v1/candidates").await.text, "[]");

    let answer = add(&sandbox, 60).await;
    assert_eq!(answer.status, 201);
    let id = answer.json()["id"].as_i64().unwrap();
    let path = format!("/v1/candidates/{id}");
    let job = json!({"company_name": "x".repeat(TEXT), "title": "t",
        "start_date": "2020-01-01T00:00:00Z"});
    let mut added = 0;
    loop {
        let answer = sent(
            &sandbox,
            "POST",
            &format!("{path}/employments"),
            job.clone(),
        )
        .await;
        if answer.status == 422 {
            assert!(answer.text.contains("4194304 bytes"), "{}", answer.text);
            break;
        }
        assert_eq!(answer.status, 201, "{}", answer.text);
        added += 1;
        assert!(added < 20, "it grows on and on");
    }
    assert!(added > 3, "{added}");
    // It is still there, and can be made shorter, and then longer again.
    let answer = get(&sandbox, &path).await;
    assert_eq!(
        answer.json()["employments"].as_array().unwrap().len(),
        added
    );
    assert!(answer.text.len() < 4 << 20);
    let answer = sent(&sandbox, "PATCH", &path, json!({"website_addresses": []})).await;
    assert_eq!(answer.status, 200);
    let answer = sent(&sandbox, "POST", &format!("{path}/employments"), job).await;
    assert_eq!(answer.status, 201);
}

#[tokio::test]
async fn an_answer_that_would_be_too_long_asks_for_a_smaller_page() {
    let sandbox = with(Bounds::default()).await;
    for _ in 0..12 {
        assert_eq!(add(&sandbox, 60).await.status, 201);
    }
    let answer = get(&sandbox, "/v1/candidates?per_page=500").await;
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("smaller per_page"), "{}", answer.text);
    let mut found = 0;
    for page in 1..=3 {
        let path = format!("/v1/candidates?per_page=5&page={page}");
        let answer = get(&sandbox, &path).await;
        assert_eq!(answer.status, 200);
        found += answer.json().as_array().unwrap().len();
    }
    assert_eq!(found, 12);

    // What is not paged can get too long, too.
    let mut body = person(0);
    let note =
        json!({"user_id": sandbox.user_id(), "body": "x".repeat(TEXT), "visibility": "public"});
    body["activity_feed_notes"] = json!(vec![note; 580]);
    let answer = sent(&sandbox, "POST", "/v1/prospects", body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let feed = format!("/v1/candidates/{}/activity_feed", answer.json()["id"]);
    assert_eq!(get(&sandbox, &feed).await.status, 422);
}
