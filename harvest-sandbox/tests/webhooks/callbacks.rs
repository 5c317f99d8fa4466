//! Callbacks: the report of a bulk job's end, by the clock, to this computer alone.

use std::time::Duration;

use harvest_sandbox::{Delivery, DeliveryState, Sandbox};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpListener, TcpSocket};

use crate::both::Both;
use crate::receiver::{Receiver, until};

/// The time in which a job with few rows ends.
const JOB: Duration = Duration::from_millis(900);

/// An organization whose clock stands still.
async fn frozen() -> Both {
    let both = Both::start().await;
    let now: chrono::DateTime<chrono::Utc> = "2027-02-03T04:05:06Z".parse().unwrap();
    both.sandbox.clock().freeze(now).unwrap();
    both
}

/// The body of a job of which one row is done and one is refused, whatever there is.
async fn rows(both: &Both, callback_url: &str) -> Value {
    let department = both.list("/v3/departments").await.remove(0);
    json!({
        "data": [{"id": department["id"], "name": department["name"]}, {"id": 9, "name": "Of \
            none"}],
        "callback_url": callback_url,
    })
}

/// Starts a job, and says under which path it is followed.
async fn start(both: &Both, callback_url: &str) -> String {
    let body = rows(both, callback_url).await;
    let answer = both.send("PATCH", "/v3/departments/bulk", &body).await;
    assert_eq!(answer.status, 202, "{}", answer.text);
    format!("/{}", answer.json()["status_url"].as_str().unwrap())
}

async fn job(both: &Both, path: &str) -> Value {
    both.list(path).await.remove(0)
}

/// Time for a delivery that should not be made.
async fn a_while() {
    tokio::time::sleep(Duration::from_millis(80)).await;
}

#[tokio::test]
async fn the_end_of_a_job_is_reported_when_the_clock_comes_there() {
    let both = frozen().await;
    let (receiver, url) = Receiver::start().await;
    receiver.answer([202]);
    let path = start(&both, &url).await;
    for part in [JOB / 2, (JOB / 2).saturating_sub(Duration::from_millis(1))] {
        a_while().await;
        assert!(receiver.got().is_empty());
        both.sandbox.clock().advance(part).unwrap();
    }
    let waiting = both.sandbox.webhooks().deliveries().unwrap();
    assert_eq!(
        waiting[0].next_at.as_deref(),
        Some("2027-02-03T04:05:06.900Z")
    );
    assert!(job(&both, &path).await["callback_response"].is_null());
    both.sandbox
        .clock()
        .advance(Duration::from_millis(1))
        .unwrap();
    let all = until(&both.sandbox, |all| {
        all[0].state == DeliveryState::Delivered
    })
    .await;

    let got = receiver.got();
    let [(headers, sent)] = &got[..] else {
        panic!("{} reports", got.len());
    };
    // Not documented, so not there: neither is it an event.
    for absent in ["signature", "greenhouse-event-id", "authorization"] {
        assert!(!headers.contains_key(absent), "{absent}");
    }
    assert_eq!(headers["content-type"], "application/json");
    let sent: Value = serde_json::from_slice(sent).unwrap();
    let listed = both.list("/v3/bulk_requests").await.remove(0);
    for (name, value) in sent.as_object().unwrap() {
        // It was not answered yet.
        if !["callback_response", "updated_at"].contains(&name.as_str()) {
            assert_eq!(*value, listed[name], "{name}");
        }
    }
    assert_eq!(
        sent.as_object().unwrap().len(),
        listed.as_object().unwrap().len()
    );
    let counts = ["record_count", "success_count", "failure_count"].map(|it| sent[it].clone());
    assert_eq!(
        (&sent["status"], counts),
        (&json!("completed"), [2, 1, 1].map(|it| json!(it)))
    );

    let done = job(&both, &path).await;
    assert_eq!(done["callback_response"], "202 Accepted");
    let it = &all[0];
    assert_eq!(
        (it.webhook_id, it.bulk_request_id),
        (None, done["id"].as_i64())
    );
    assert_eq!(
        (it.action.as_str(), &it.signature),
        ("bulk_callback", &None)
    );
    assert_eq!(it.attempts[0].status, Some(202));
    // Sent again, it is the same.
    both.sandbox.webhooks().send_again(it.id).unwrap();
    until(&both.sandbox, |all| all[0].attempts.len() == 2).await;
    assert_eq!(receiver.got()[1].1, got[0].1);
}

#[tokio::test]
async fn a_receiver_that_is_not_there_is_called_seven_times_and_keeps_no_job_from_its_end() {
    let both = frozen().await;
    // Bound, so that no other test gets it, and not listening.
    let refusing = TcpSocket::new_v4().unwrap();
    refusing.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = refusing.local_addr().unwrap();
    let path = start(&both, &format!("http://{address}/?token=marsh-harrier")).await;
    both.sandbox.clock().advance(JOB).unwrap();
    for (attempt, minutes) in [0, 1, 15, 60, 120, 240, 480].into_iter().enumerate() {
        let wait = Duration::from_secs(minutes * 60);
        both.sandbox.clock().advance(wait).unwrap();
        until(&both.sandbox, |all| all[0].attempts.len() == attempt + 1).await;
    }
    let mut all = both.sandbox.webhooks().deliveries().unwrap();
    let it = all.remove(0);
    assert_eq!(
        (it.state, it.next_at.as_deref()),
        (DeliveryState::Failed, None)
    );
    let problem = it.attempts[6].problem.as_deref().unwrap();
    assert!(problem.starts_with("no connection"), "{problem}");
    let printed = format!("{it:?} {problem}");
    assert!(
        !printed.contains("marsh-harrier") && !printed.contains("patch_v3"),
        "{printed}"
    );
    let done = job(&both, &path).await;
    assert_eq!(
        (&done["status"], &done["callback_response"]),
        (&json!("completed"), &Value::Null)
    );
}

#[tokio::test]
async fn a_refusal_is_what_the_job_shows_until_a_later_attempt_is_taken() {
    let both = frozen().await;
    let (receiver, url) = Receiver::start().await;
    receiver.answer([503, 302]);
    let path = start(&both, &url).await;
    both.sandbox.clock().advance(JOB).unwrap();
    let shown = ["503 Service Unavailable", "302 Found", "200 OK"];
    for (attempt, words) in shown.into_iter().enumerate() {
        until(&both.sandbox, |all| all[0].attempts.len() == attempt + 1).await;
        assert_eq!(job(&both, &path).await["callback_response"], words);
        let next = Duration::from_secs(15 * 60);
        both.sandbox.clock().advance(next).unwrap();
    }
    let all = both.sandbox.webhooks().deliveries().unwrap();
    assert_eq!(all[0].state, DeliveryState::Delivered);
    a_while().await;
    assert_eq!(receiver.got().len(), 3);
}

#[tokio::test]
async fn a_slow_receiver_keeps_nobody_waiting_and_its_call_ends_with_the_sandbox() {
    let both = frozen().await;
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let slow = format!("http://{}/", silent.local_addr().unwrap());
    let (receiver, quick) = Receiver::start().await;
    start(&both, &slow).await;
    start(&both, &quick).await;
    both.sandbox.clock().advance(JOB).unwrap();
    let (mut call, _) = silent.accept().await.unwrap();
    let is_delivered = |it: &Delivery| it.state == DeliveryState::Delivered;
    until(&both.sandbox, |all| is_delivered(&all[1])).await;
    assert_eq!(receiver.got().len(), 1);
    assert!(
        both.sandbox.webhooks().deliveries().unwrap()[0]
            .attempts
            .is_empty()
    );

    // The first attempt is given up by itself, and the next one ends with the sandbox.
    let mut asked = Vec::new();
    call.read_to_end(&mut asked).await.unwrap();
    assert!(asked.starts_with(b"POST / HTTP/1.1\r\n"));
    let all = until(&both.sandbox, |all| !all[0].attempts.is_empty()).await;
    let problem = all[0].attempts[0].problem.as_deref().unwrap();
    assert_eq!(problem, "no answer within 10 seconds");
    both.sandbox
        .clock()
        .advance(Duration::from_secs(60))
        .unwrap();
    let (mut call, _) = silent.accept().await.unwrap();
    drop(both);
    let ended = call.read_to_end(&mut asked);
    let ended = tokio::time::timeout(Duration::from_secs(5), ended).await;
    ended.expect("the sandbox is gone, and calls on").unwrap();
}

#[tokio::test]
async fn a_report_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let builder = || Sandbox::builder().data(folder.path());
    let (receiver, url) = Receiver::start().await;
    let both = Both::with(builder()).await;
    let long_ago: chrono::DateTime<chrono::Utc> = "2020-02-03T04:05:06Z".parse().unwrap();
    both.sandbox.clock().freeze(long_ago).unwrap();
    let path = start(&both, &url).await;
    both.sandbox.stop().await;
    assert!(receiver.got().is_empty());
    let both = Both::with(builder()).await;
    until(&both.sandbox, |all| {
        all[0].state == DeliveryState::Delivered
    })
    .await;
    assert_eq!(receiver.got().len(), 1);
    assert_eq!(job(&both, &path).await["callback_response"], "200 OK");
}

#[tokio::test]
async fn other_hosts_are_refused_unless_they_are_named() {
    let both = Both::with(Sandbox::builder().webhook_hosts(["receiver.test"])).await;
    for (url, status) in [
        ("https://hooks.example.com/", 422),
        ("https://127.0.0.1.example.com/", 422),
        ("https://10.0.0.1/", 422),
        ("http://reed:sedge@127.0.0.1/", 422),
        ("ftp://127.0.0.1/", 422),
        ("", 422),
        ("http://receiver.test:1/", 202),
        ("https://127.0.0.1:1/", 202),
        ("http://[::1]:1/", 202),
    ] {
        let body = rows(&both, url).await;
        let answer = both.send("PATCH", "/v3/departments/bulk", &body).await;
        assert_eq!(answer.status, status, "{url}: {}", answer.text);
        if status == 422 {
            assert_eq!(answer.json()["errors"][0]["field"], "callback_url");
        }
    }
    // What is refused is not started.
    assert_eq!(both.list("/v3/bulk_requests").await.len(), 3);
    let all = until(&both.sandbox, |all| !all[1].attempts.is_empty()).await;
    let tls = all[1].attempts[0].problem.as_deref().unwrap();
    assert!(tls.contains("plain http"), "{tls}");
}

#[tokio::test]
async fn a_job_without_an_address_and_one_that_is_forgotten_call_nobody() {
    let both = frozen().await;
    let (receiver, url) = Receiver::start().await;
    let department = both.list("/v3/departments").await.remove(0);
    let body = json!({"data": [{"id": department["id"], "name": department["name"]}]});
    let answer = both.send("PATCH", "/v3/departments/bulk", &body).await;
    assert_eq!(answer.status, 202, "{}", answer.text);
    start(&both, &url).await;
    assert_eq!(both.sandbox.webhooks().deliveries().unwrap().len(), 1);
    both.sandbox.reset().unwrap();
    both.sandbox.clock().advance(JOB * 2).unwrap();
    a_while().await;
    assert!(receiver.got().is_empty());
    assert!(both.sandbox.webhooks().deliveries().unwrap().is_empty());
}
