//! Clients that are too slow.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use harvest_sandbox::{Bounds, Sandbox};

use super::raw::{Raw, head, keyless};
use super::support::get;

const SOON: Duration = Duration::from_millis(400);
/// Never, as far as a test goes.
const LATER: Duration = Duration::from_secs(600);

async fn with(bounds: Bounds) -> Sandbox {
    Sandbox::builder().bounds(bounds).start().await.unwrap()
}

/// Only one kind of slowness has an end.
fn patient() -> Bounds {
    let bounds = Bounds::default().head_time(LATER);
    bounds.body_time(LATER).idle_time(LATER)
}

#[tokio::test]
async fn slow_headers_are_408() {
    let sandbox = with(patient().head_time(SOON)).await;
    let whole = keyless("GET /v1/users", &[]);
    for part in [&whole[..1], &whole[..20], &whole[..whole.len() - 2]] {
        let mut client = Raw::connect(&sandbox).await;
        client.send(part).await;
        let answer = client.answer().await;
        assert_eq!(answer.status, 408, "{part:?}: {answer:?}");
        assert!(answer.message().contains("headers"));
        assert!(answer.after >= SOON / 2, "{answer:?}");
        assert_eq!(client.end().await.as_deref(), Some(""));
    }
    // A byte now and then does not help.
    let mut client = Raw::connect(&sandbox).await;
    for byte in whole.bytes().take(8) {
        client.send([byte]).await;
        tokio::time::sleep(SOON / 10).await;
    }
    assert_eq!(client.answer().await.status, 408);
}

#[tokio::test]
async fn slow_bodies_are_408() {
    let sandbox = with(patient().body_time(SOON)).await;
    for how in ["Content-Length: 500", "Transfer-Encoding: chunked"] {
        let mut client = Raw::connect(&sandbox).await;
        client
            .send(head(&sandbox, "POST /v1/departments", &[how]))
            .await;
        client.send("5\r\n{   ").await;
        let answer = client.answer().await;
        assert_eq!(answer.status, 408, "{how}: {answer:?}");
        assert!(answer.message().contains("body"));
        client.end().await;
    }
}

#[tokio::test]
async fn idle_connections_are_closed_without_a_word() {
    let sandbox = with(patient().idle_time(SOON)).await;
    let mut silent = Raw::connect(&sandbox).await;
    let mut used = Raw::connect(&sandbox).await;
    used.send(head(&sandbox, "GET /v1/users", &[])).await;
    assert_eq!(used.answer().await.status, 200);
    let began = Instant::now();
    assert_eq!(silent.end().await.as_deref(), Some(""));
    assert_eq!(used.end().await.as_deref(), Some(""));
    assert!(began.elapsed() >= SOON / 2);
}

#[tokio::test]
async fn a_connection_that_is_served_is_not_idle() {
    let fault = harvest_sandbox::Fault::latency(SOON * 3);
    let bounds = patient().idle_time(SOON).head_time(SOON);
    let sandbox = Sandbox::builder().bounds(bounds).fault(fault);
    let sandbox = sandbox.start().await.unwrap();
    let mut client = Raw::connect(&sandbox).await;
    for _ in 0..2 {
        client.send(head(&sandbox, "GET /v1/users", &[])).await;
        assert_eq!(client.answer().await.status, 200);
    }
    // Two at once are answered one after the other.
    let twice = head(&sandbox, "GET /v1/users", &[]).repeat(2);
    client.send(twice).await;
    assert_eq!(client.answer().await.status, 200);
    assert_eq!(client.answer().await.status, 200);
}

#[tokio::test]
async fn a_client_that_does_not_take_its_answer_is_cut_off() {
    let bounds = patient().idle_time(SOON).connections(1);
    let sandbox = Sandbox::builder().bounds(bounds).candidates(500);
    let sandbox = sandbox.start().await.unwrap();
    let mut client = Raw::connect(&sandbox).await;
    // More than the operating system keeps on the way.
    let page = head(&sandbox, "GET /v1/candidates?per_page=500", &[]);
    client.send(page.repeat(40)).await;
    // The only place is free again, though the client has never closed.
    let began = Instant::now();
    while get(&sandbox, "/v1/users").await.status == 503 {
        assert!(began.elapsed() < Duration::from_secs(60));
        tokio::time::sleep(SOON).await;
    }
    drop(client);
}

#[tokio::test]
async fn five_hundred_that_send_half_are_gone_after_a_while() {
    // Of the defaults, a thirtieth: 30 seconds are one.
    let bounds = Bounds::default()
        .head_time(Duration::from_millis(333))
        .body_time(Duration::from_millis(667))
        .idle_time(Duration::from_secs(1));
    let sandbox = with(bounds).await;
    let half_head = keyless("GET /v1/users", &["X-Half: yes"]);
    let half_head = &half_head[..half_head.len() - 2];
    let half_body = head(&sandbox, "POST /v1/departments", &["Content-Length: 50"]);
    let keyless_half = keyless("POST /v1/departments", &["Content-Length: 50"]);
    let half = |number: usize| match number % 4 {
        0 => half_head.to_owned(),
        1 => half_body.clone() + "{",
        2 => keyless_half.clone() + "{",
        _ => String::new(),
    };
    let mut clients = Vec::new();
    for number in 0..500 {
        let mut client = Raw::connect(&sandbox).await;
        client.send(half(number)).await;
        clients.push(client);
    }
    join_all(clients.iter_mut().map(Raw::end)).await;
    assert_eq!(get(&sandbox, "/v1/users").await.status, 200);
}
