//! Faults, as a client sees them.

use std::error::Error as _;
use std::io;
use std::time::{Duration, Instant};

use harvest_sandbox::{Effect, Fault, FaultError, Sandbox, StartError};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

mod support;

use support::{Answer, get, request, with_body};

const LIST: &str = "/v1/users?per_page=2";

async fn with(fault: Fault) -> Sandbox {
    let sandbox = Sandbox::builder().repeat(6).fault(fault);
    sandbox.start().await.unwrap()
}

async fn list(sandbox: &Sandbox) -> Answer {
    get(sandbox, LIST).await
}

async fn statuses(sandbox: &Sandbox, requests: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..requests {
        statuses.push(list(sandbox).await.status);
    }
    statuses
}

/// Sends a new user, and says why there is no answer.
async fn create(sandbox: &Sandbox) -> Result<StatusCode, reqwest::Error> {
    let user = json!({
        "first_name": "Mira", "last_name": "Whitcombe", "email": "mira.whitcombe@example.com",
    });
    let request = request(&Client::new(), sandbox, "POST", "/v1/users")
        .header("On-Behalf-Of", sandbox.user_id());
    let answer = with_body(request, user.to_string()).send().await?;
    Ok(answer.status())
}

/// The kind of the innermost error.
fn io_kind(error: &reqwest::Error) -> Option<io::ErrorKind> {
    let mut source = error.source();
    while let Some(error) = source {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return Some(error.kind());
        }
        source = error.source();
    }
    None
}

/// Operation, status, whether the service acted, and how many faults there were, of each request.
fn log(sandbox: &Sandbox) -> Vec<(Option<String>, Option<u16>, bool, usize)> {
    let requests = sandbox.requests().into_iter();
    requests
        .map(|r| (r.operation, r.status, r.acted, r.faults.len()))
        .collect()
}

#[tokio::test]
async fn by_operation_and_by_count() {
    let sandbox = with(Fault::status(502).on("list_users").every(3)).await;
    let other = get(&sandbox, "/v1/departments").await;
    assert_eq!(other.status, 200, "another operation is not counted");
    assert_eq!(
        statuses(&sandbox, 6).await,
        [200, 200, 502, 200, 200, 502],
        "the third and the sixth"
    );

    sandbox.faults().clear();
    let fault = Fault::status(500).on("list_users").on("list_departments");
    sandbox.faults().add(fault.first(2)).unwrap();
    assert_eq!(get(&sandbox, "/v1/departments").await.status, 500);
    assert_eq!(statuses(&sandbox, 2).await, [500, 200]);

    sandbox.faults().clear();
    sandbox.faults().add(Fault::status(503).nth(2)).unwrap();
    assert_eq!(get(&sandbox, "/v1/nothing").await.status, 404);
    assert_eq!(statuses(&sandbox, 2).await, [503, 200]);
}

#[tokio::test]
async fn by_chance() {
    let sandbox = with(Fault::status(502).chance(0.5, 42)).await;
    let first = statuses(&sandbox, 20).await;
    assert!(first.contains(&200) && first.contains(&502), "{first:?}");
    let same = with(Fault::status(502).chance(0.5, 42)).await;
    assert_eq!(statuses(&same, 20).await, first);
}

#[tokio::test]
async fn statuses_with_and_without_retry_after() {
    let sandbox = with(Fault::status(429).nth(1)).await;
    let wait = Duration::from_millis(2500);
    sandbox
        .faults()
        .add(Fault::retry_after(429, wait).nth(2))
        .unwrap();
    let bare = list(&sandbox).await;
    assert_eq!(bare.status, 429);
    for header in ["retry-after", "x-ratelimit-limit", "x-ratelimit-reset"] {
        assert_eq!(bare.header(header), "", "{header}");
    }
    assert_eq!(bare.json(), json!({"message": "Too Many Requests"}));
    let asked = list(&sandbox).await;
    assert_eq!((asked.status, asked.header("retry-after")), (429, "2.5"));
    // The two did not count.
    let good = list(&sandbox).await;
    assert_eq!(good.header("x-ratelimit-remaining"), "49");
}

#[tokio::test]
async fn latency() {
    let wait = Duration::from_millis(60);
    let sandbox = with(Fault::latency(wait).first(1)).await;
    sandbox.faults().add(Fault::latency(wait)).unwrap();
    let start = Instant::now();
    assert_eq!(list(&sandbox).await.status, 200);
    assert!(start.elapsed() >= wait * 2, "delays add up");
    assert_eq!(sandbox.requests()[0].faults.len(), 2);
}

#[tokio::test]
async fn a_client_that_gives_up_takes_back_what_was_not_acted_upon() {
    let late = Duration::from_secs(1);
    for (fault, acted) in [
        (Fault::latency(late), false),
        (Fault::latency(late).after_acting(), true),
    ] {
        let sandbox = with(fault).await;
        // However slow the machine is: it gives up when the request is there, and before its time is over.
        let struck = async {
            while sandbox
                .requests()
                .first()
                .is_none_or(|it| it.faults.is_empty())
            {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::select! {
            _ = create(&sandbox) => panic!("it was answered in time"),
            () = struck => {}
        }
        tokio::time::sleep(late * 3 / 2).await;
        assert_eq!(
            log(&sandbox),
            [(Some("create_user".to_owned()), None, acted, 1)]
        );
    }
}

#[tokio::test]
async fn resets() {
    for (fault, acted) in [
        (Fault::reset(), false),
        (Fault::reset().after_acting(), true),
    ] {
        let sandbox = with(fault.first(1)).await;
        let error = create(&sandbox).await.unwrap_err();
        assert_eq!(io_kind(&error), Some(io::ErrorKind::ConnectionReset));
        assert_eq!(create(&sandbox).await.unwrap(), StatusCode::CREATED);
        let operation = Some("create_user".to_owned());
        assert_eq!(
            log(&sandbox),
            [
                (operation.clone(), None, acted, 1),
                (operation, Some(201), true, 0)
            ]
        );
    }
}

#[tokio::test]
async fn a_failure_after_acting() {
    let sandbox = with(Fault::status(502).after_acting()).await;
    assert_eq!(create(&sandbox).await.unwrap(), StatusCode::BAD_GATEWAY);
    assert_eq!(
        log(&sandbox),
        [(Some("create_user".to_owned()), Some(502), true, 1)]
    );
    // What the service refuses it does not do.
    assert_eq!(get(&sandbox, "/v1/users/0").await.status, 502);
    assert!(!sandbox.requests()[1].acted);
}

#[tokio::test]
async fn corrupted_bodies() {
    let good = list(&Sandbox::builder().repeat(6).start().await.unwrap()).await;

    let sandbox = with(Fault::truncated_body()).await;
    let request = request(&Client::new(), &sandbox, "GET", LIST);
    let mut response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    let length = u64::try_from(good.text.len()).unwrap();
    assert_eq!(response.content_length(), Some(length));
    let mut half = 0;
    let error = loop {
        match response.chunk().await {
            Ok(chunk) => half += chunk.expect("the connection ends badly").len(),
            Err(error) => break error,
        }
    };
    assert_eq!(half, good.text.len() / 2);
    assert_ne!(io_kind(&error), Some(io::ErrorKind::ConnectionReset));

    let sandbox = with(Fault::invalid_json()).await;
    let answer = list(&sandbox).await;
    assert_eq!(answer.text, good.text[..good.text.len() / 2]);
    assert!(serde_json::from_str::<Value>(&answer.text).is_err());

    let sandbox = with(Fault::wrong_content_type()).await;
    let answer = list(&sandbox).await;
    assert_eq!(answer.text, good.text);
    assert!(answer.header("content-type").starts_with("text/plain"));

    let sandbox = with(Fault::html(503)).await;
    let answer = list(&sandbox).await;
    assert_eq!(answer.status, 503);
    assert!(answer.header("content-type").starts_with("text/html"));
    assert!(answer.text.starts_with("<!DOCTYPE html>"));
}

#[tokio::test]
async fn only_successes_are_corrupted() {
    let sandbox = with(Fault::invalid_json()).await;
    let answer = get(&sandbox, "/v1/users/0").await;
    assert_eq!(answer.json(), json!({"message": "Resource not found"}));
    assert!(sandbox.requests()[0].faults.is_empty());
}

#[tokio::test]
async fn misleading_links() {
    let sandbox = with(Fault::next_elsewhere()).await;
    assert_eq!(
        list(&sandbox).await.header("link"),
        r#"<http://elsewhere.example/v1/users?per_page=2>; rel="next""#
    );
    let sandbox = with(Fault::next_itself()).await;
    let itself = format!(r#"<{}{LIST}>; rel="next""#, sandbox.url());
    assert_eq!(list(&sandbox).await.header("link"), itself);
}

#[tokio::test]
async fn lists_that_grow() {
    let sandbox = with(Fault::rows_inserted(1).on("list_users").nth(2)).await;
    let page = async |number| {
        let answer = get(&sandbox, &format!("{LIST}&page={number}")).await;
        let ids = answer.json();
        let ids = ids
            .as_array()
            .unwrap()
            .iter()
            .map(|user| user["id"].as_i64());
        ids.map(Option::unwrap).collect::<Vec<_>>()
    };
    let (first, second) = (page(1).await, page(2).await);
    assert_eq!(first[1], second[0], "it moved to the second page");
    let third = page(1).await;
    assert_eq!(third[1], first[0]);
    assert!(third[0] > *first.iter().chain(&second).max().unwrap());
    assert_eq!(page(4).await.len(), 1, "seven records");
    assert_eq!(sandbox.requests()[1].faults, [Effect::RowsInserted(1)]);
}

#[tokio::test]
async fn what_could_never_happen_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    for (fault, words) in [
        (Fault::reset().on("list_user"), "list_user"),
        (Fault::status(99), "99"),
        (Fault::html(600), "600"),
        (Fault::reset().nth(0), "from 1"),
        (Fault::reset().chance(1.5, 0), "1.5"),
    ] {
        let error = sandbox.faults().add(fault.clone()).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        let started = Sandbox::builder().fault(fault).start().await.unwrap_err();
        assert!(matches!(started, StartError::Fault { .. }));
        let source = started.source().unwrap().downcast_ref::<FaultError>();
        assert_eq!(source, Some(&error));
    }
    assert!(sandbox.faults().all().is_empty());
}

#[tokio::test]
async fn the_log_tells_nothing_about_anybody() {
    let sandbox = Sandbox::builder().key("k3y").start().await.unwrap();
    get(&sandbox, "/v1/users/424242?email=a@example.com").await;
    get(&sandbox, "/v1/nothing/424242").await;
    create(&sandbox).await.unwrap();
    let log = format!("{:?}", sandbox.requests());
    assert!(
        log.contains("get_user") && log.contains("create_user"),
        "{log}"
    );
    for private in ["424242", "example", "Mira", "k3y", "azN5"] {
        assert!(!log.contains(private), "{private}: {log}");
    }
    sandbox.forget_requests();
    assert!(sandbox.requests().is_empty());
}
