//! Reach of a webhook, and what those that it reaches can do to the sandbox.

use std::time::{Duration, Instant};

use harvest_sandbox::{NewWebhook, Sandbox};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::both::Both;
use crate::receiver::{Receiver, SECRET, until};

#[tokio::test]
async fn a_webhook_controls_neither_this_sandbox_nor_another() {
    let both = Both::with(Sandbox::builder().control()).await;
    let other = Sandbox::builder().control().start().await.unwrap();
    both.sandbox.snapshot("before").unwrap();
    other.snapshot("before").unwrap();
    let (receiver, url) = Receiver::start().await;
    let tag = both
        .send("POST", "/v3/candidate_tags", &json!({"name": "Kept"}))
        .await;
    assert_eq!(tag.status, 201);
    let mut count = 0;
    for sandbox in [both.sandbox.url(), other.url()] {
        for path in [
            "/_sandbox/reset",
            "/_sandbox/snapshots/before/restore",
            "/_sandbox/clock/unfreeze",
            "/configure/dev_center/reset",
        ] {
            let webhook = json!({
                "endpoint_url": format!("{sandbox}{path}"), "name": path, "secret_key": SECRET,
                "max_attempts": 1,
                "event_action_type": "office_deleted",
                // What makes others of such requests elsewhere.
                "additional_headers": "X-Forwarded-For: 127.0.0.1\nSec-Fetch-Site: none",
            });
            let made = both.send("POST", "/v3/webhooks", &webhook).await;
            assert_eq!(made.status, 201, "{}", made.text);
            count += 1;
            let all = until(&both.sandbox, |all| {
                all.len() == count && all.iter().all(|it| it.attempts.len() == 1)
            })
            .await;
            let attempt = &all[count - 1].attempts[0];
            assert_eq!(
                attempt.status,
                Some(403),
                "{sandbox}{path}: {}",
                attempt.answer
            );
        }
    }
    let tags = both.list("/v3/candidate_tags").await;
    assert!(tags.iter().any(|it| it["name"] == "Kept"));
    // Anyone else is delivered to.
    let webhook = NewWebhook::new(&url, "office_deleted", SECRET);
    assert!(both.sandbox.webhooks().add(webhook).await.unwrap().active);
    assert_eq!(receiver.got().len(), 1);
}

#[tokio::test]
async fn credentials_stay_with_the_address_that_they_are_for() {
    let both = Both::start().await;
    let (old, old_url) = Receiver::start().await;
    let (new, new_url) = Receiver::start().await;
    let settings = |url: &str, word: &str| {
        json!({
            "endpoint_url": url, "name": "Moving", "secret_key": SECRET, "max_attempts": 7,
            "event_action_type": "hire_candidate", "basic_auth_username": word,
            "basic_auth_password": word,
            "additional_headers": format!("X-Word: {word}"),
        })
    };
    let made = both
        .send("POST", "/v3/webhooks", &settings(&old_url, "sedge"))
        .await;
    let id = made.json()["id"].as_i64().unwrap();
    until(&both.sandbox, |all| all[0].attempts.len() == 1).await;
    old.answer([500]);
    both.sandbox.webhooks().trigger("hire_candidate").unwrap();
    until(&both.sandbox, |all| all[1].attempts.len() == 1).await;
    let path = format!("/v3/webhooks/{id}");
    let moved = both.send("PATCH", &path, &settings(&new_url, "reed")).await;
    assert_eq!(moved.status, 200, "{}", moved.text);
    both.sandbox
        .clock()
        .advance(Duration::from_secs(61))
        .unwrap();
    until(&both.sandbox, |all| all[1].attempts.len() == 2).await;
    both.sandbox.webhooks().trigger("hire_candidate").unwrap();
    until(&both.sandbox, |all| {
        all.len() == 3 && all[2].attempts.len() == 1
    })
    .await;
    let got = old.got();
    assert_eq!(got.len(), 3);
    for (place, (headers, _)) in got.iter().enumerate() {
        assert_eq!(headers.contains_key("authorization"), place < 2);
        assert_eq!(
            headers.get("x-word").map(|it| it == "sedge"),
            (place < 2).then_some(true)
        );
    }
    assert_eq!(new.got()[0].0["x-word"], "reed");
}

/// Answers each request with what never ends, and says how much of it was taken.
async fn endless(words: &'static [u8]) -> (String, tokio::sync::mpsc::UnboundedReceiver<usize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let (tell, told) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let tell = tell.clone();
            tokio::spawn(async move {
                let mut begin = [0; 4_096];
                let _ = stream.read(&mut begin).await;
                let many = words.repeat(1 + 65_536 / words.len());
                let mut taken = 0;
                while let Ok(count) = stream.write(&many).await {
                    taken += count;
                }
                let _ = tell.send(taken);
            });
        }
    });
    (url, told)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_read_of_an_answer_is_bounded_whatever_it_consists_of() {
    for words in [
        &b"HTTP/1.1 100 Continue\r\n\r\n"[..],
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-Long: ",
        b"\r\n",
    ] {
        let sandbox = Sandbox::start().await.unwrap();
        let (url, mut told) = endless(words).await;
        let began = Instant::now();
        let webhook = NewWebhook::new(&url, "office_deleted", SECRET);
        assert!(!sandbox.webhooks().add(webhook).await.unwrap().active);
        // Before the time of an attempt is up, and with no more than the buffers of the connection beyond the bound.
        let taken = told.recv().await.unwrap();
        assert!(
            began.elapsed() < Duration::from_secs(8),
            "{:?}",
            began.elapsed()
        );
        assert!(
            taken < 16 << 20,
            "{taken} bytes of {:?}",
            words.escape_ascii().to_string()
        );
        let delivery = sandbox.webhooks().deliveries().unwrap().pop().unwrap();
        assert!(delivery.attempts[0].problem.is_some());
    }
}

#[tokio::test]
async fn an_event_for_which_there_is_no_room_is_not_sent_without_its_body() {
    let both = Both::start().await;
    let (_, url) = Receiver::start().await;
    let webhooks = both.sandbox.webhooks();
    let webhook = NewWebhook::new(&url, "hire_candidate", SECRET);
    webhooks.add(webhook).await.unwrap();
    // As long as a payload may be, and longer than a delivery once it is escaped.
    let payload = Value::from_iter([("text", "é".repeat(100_000))]).to_string();
    while webhooks
        .deliveries()
        .unwrap()
        .iter()
        .all(|it| it.attempts.iter().all(|it| it.problem.is_none()))
    {
        for _ in 0..200 {
            webhooks.trigger_with("hire_candidate", &payload).unwrap();
        }
    }
    let all = webhooks.deliveries().unwrap();
    let failed = all.iter().find(|it| it.body.is_empty()).unwrap();
    assert!(failed.signature.is_none());
    assert!(webhooks.send_again(failed.id).is_err());
}
