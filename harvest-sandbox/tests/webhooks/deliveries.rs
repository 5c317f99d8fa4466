//! Deliveries: signed, repeated, logged and bounded.

use std::time::{Duration, SystemTime};

use harvest_sandbox::{Delivery, DeliveryState, NewWebhook, Sandbox, WebhookError};

use crate::receiver::{Receiver, SECRET, is_signed, until, with_webhook};

#[tokio::test]
async fn a_webhook_is_tried_by_a_signed_ping_when_it_is_made() {
    let (sandbox, receiver, id) = with_webhook("job_updated").await;
    let got = receiver.got();
    let [(headers, body)] = &got[..] else {
        panic!("{} deliveries", got.len());
    };
    assert!(is_signed(headers, body));
    assert_eq!(headers["content-type"], "application/json");
    let ping: serde_json::Value = serde_json::from_slice(body).unwrap();
    assert_eq!(ping["action"], "ping");
    assert_eq!(ping["payload"]["web_hook_id"], id);
    assert_eq!(ping["payload"]["event"], "job_updated");
    let deliveries = sandbox.webhooks().deliveries().unwrap();
    assert_eq!(deliveries[0].state, DeliveryState::Delivered);
    assert_eq!(headers["greenhouse-event-id"], *deliveries[0].event_id);
    assert_eq!(deliveries[0].body.as_bytes(), &body[..]);
    assert_eq!(deliveries[0].attempts[0].status, Some(200));
    // Up to 4 KiB of the answer are kept.
    assert_eq!(deliveries[0].attempts[0].answer, "é".repeat(2_048));
}

#[tokio::test]
async fn a_webhook_whose_ping_fails_is_off_until_it_is_switched_on() {
    let sandbox = Sandbox::start().await.unwrap();
    let (receiver, url) = Receiver::start().await;
    let webhooks = sandbox.webhooks();
    let mut last = 0;
    // Only 200 is a success, and a redirect is not followed.
    for (status, count) in [(201, 1), (204, 2), (302, 3), (500, 4)] {
        receiver.answer([status]);
        let webhook = webhooks
            .add(NewWebhook::new(&url, "office_deleted", SECRET))
            .await
            .unwrap();
        assert!(!webhook.active, "{status}");
        last = webhook.id;
        assert_eq!(receiver.got().len(), count);
    }
    assert_eq!(webhooks.trigger("office_deleted").unwrap(), 0);
    let delivery = webhooks.deliveries().unwrap().pop().unwrap();
    assert_eq!(delivery.state, DeliveryState::Failed);
    assert_eq!((delivery.next_at, delivery.attempts.len()), (None, 1));
    let webhook = webhooks.enable(last).await.unwrap();
    assert!(webhook.active);
    assert_eq!(webhooks.trigger("office_deleted").unwrap(), 1);
    assert!(!webhooks.disable(last).unwrap().active);
    assert_eq!(webhooks.trigger("office_deleted").unwrap(), 0);
    assert_eq!(webhooks.all().unwrap().len(), 4);
}

#[tokio::test]
async fn every_described_event_can_be_sent_and_is_escaped() {
    let (sandbox, receiver, _) = with_webhook("job_post_updated").await;
    assert_eq!(sandbox.webhooks().trigger("job_created").unwrap(), 0);
    assert_eq!(sandbox.webhooks().trigger("job_post_updated").unwrap(), 1);
    let own = r#"{"content":"<p>Zoë & 東京</p>"}"#;
    assert_eq!(
        sandbox
            .webhooks()
            .trigger_with("job_post_updated", own)
            .unwrap(),
        1
    );
    until(&sandbox, |all| {
        all.len() == 3 && all.iter().all(|it| it.state == DeliveryState::Delivered)
    })
    .await;
    let got = receiver.got();
    for (headers, body) in &got {
        assert!(is_signed(headers, body));
        let text = std::str::from_utf8(body).unwrap();
        assert!(text.is_ascii() && !text.contains(['<', '>', '&']), "{text}");
    }
    let sent: Vec<serde_json::Value> = got
        .iter()
        .map(|(_, body)| serde_json::from_slice(body).unwrap())
        .collect();
    assert!(
        sent.iter()
            .any(|it| it["payload"]["content"] == "<p>Zoë & 東京</p>")
    );
    assert!(sent.iter().any(|it| it["payload"]["questions"].is_array()));
}

#[tokio::test]
async fn a_delivery_is_tried_seven_times_by_the_clock_of_the_sandbox() {
    let (sandbox, receiver, _) = with_webhook("hire_candidate").await;
    let begin = SystemTime::UNIX_EPOCH + Duration::from_secs(1_780_315_200);
    sandbox.clock().freeze(begin).unwrap();
    receiver.answer([500, 201, 302, 404, 503, 500, 500]);
    sandbox.webhooks().trigger("hire_candidate").unwrap();
    let mut minutes = 0;
    for (attempt, wait) in [1, 15, 60, 120, 240, 480].into_iter().enumerate() {
        let is_so = |all: &[Delivery]| all[1].attempts.len() == attempt + 1;
        let all = until(&sandbox, is_so).await;
        assert_eq!(all[1].state, DeliveryState::Waiting);
        // A moment before its time it is not sent.
        let almost = Duration::from_secs(wait * 60 - 1);
        sandbox.clock().advance(almost).unwrap();
        tokio::time::sleep(Duration::from_millis(60)).await;
        assert!(
            is_so(&sandbox.webhooks().deliveries().unwrap()),
            "attempt {attempt}"
        );
        sandbox.clock().advance(Duration::from_secs(1)).unwrap();
        minutes += wait;
    }
    let all = until(&sandbox, |all| all[1].state == DeliveryState::Failed).await;
    assert_eq!(
        (all[1].attempts.len(), all[1].next_at.as_deref()),
        (7, None)
    );
    assert_eq!(minutes, 916);
    let statuses: Vec<_> = all[1].attempts.iter().filter_map(|it| it.status).collect();
    assert_eq!(statuses, [500, 201, 302, 404, 503, 500, 500]);
    // All attempts have the same id and the same bytes, and so has one that is asked for.
    sandbox.webhooks().send_again(all[1].id).unwrap();
    until(&sandbox, |all| all[1].state == DeliveryState::Delivered).await;
    let got = receiver.got();
    assert_eq!(got.len(), 9);
    assert_ne!(all[0].event_id, all[1].event_id);
    for (headers, body) in &got[1..] {
        assert_eq!(headers["greenhouse-event-id"], *all[1].event_id);
        assert_eq!(*body, got[1].1);
        assert!(is_signed(headers, body));
    }
}

#[tokio::test]
async fn a_reset_forgets_webhooks_and_what_waits() {
    let (sandbox, receiver, id) = with_webhook("offer_created").await;
    receiver.answer([500]);
    sandbox.webhooks().trigger("offer_created").unwrap();
    until(&sandbox, |all| all[1].attempts.len() == 1).await;
    sandbox.reset().unwrap();
    sandbox.clock().advance(Duration::from_secs(3_600)).unwrap();
    tokio::time::sleep(Duration::from_millis(60)).await;
    assert_eq!(receiver.got().len(), 2);
    let webhooks = sandbox.webhooks();
    assert!(webhooks.all().unwrap().is_empty() && webhooks.deliveries().unwrap().is_empty());
    assert_eq!(webhooks.trigger("offer_created").unwrap(), 0);
    assert!(matches!(
        webhooks.enable(id).await,
        Err(WebhookError::Unknown { .. })
    ));
}

#[tokio::test]
async fn a_receiver_that_is_not_there_is_a_problem_and_no_panic() {
    let sandbox = Sandbox::start().await.unwrap();
    // Bound, so that no other test gets it, and not listening.
    let refusing = tokio::net::TcpSocket::new_v4().unwrap();
    refusing.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}/", refusing.local_addr().unwrap());
    let webhook = sandbox
        .webhooks()
        .add(NewWebhook::new(url, "office_deleted", "s"))
        .await
        .unwrap();
    assert!(!webhook.active);
    let delivery = sandbox.webhooks().deliveries().unwrap().pop().unwrap();
    let problem = delivery.attempts[0].problem.as_deref().unwrap();
    assert!(problem.starts_with("no connection"), "{problem}");
}

#[tokio::test]
async fn what_cannot_be_a_webhook_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let webhooks = sandbox.webhooks();
    let add = async |url: &str, action: &str, secret: &str| {
        webhooks
            .add(NewWebhook::new(url, action, secret))
            .await
            .unwrap_err()
    };
    let here = "http://127.0.0.1:1/";
    for url in [
        "https://127.0.0.1/",
        "http://192.0.2.1/",
        "http://a:b@127.0.0.1/",
        "x",
    ] {
        assert!(
            matches!(
                add(url, "office_deleted", "s").await,
                WebhookError::Url { .. }
            ),
            "{url}"
        );
    }
    assert!(matches!(
        add(here, "hired", "s").await,
        WebhookError::Action { .. }
    ));
    assert!(matches!(
        add(here, "office_deleted", "").await,
        WebhookError::NoSecret { .. }
    ));
    let long = "s".repeat(3_000);
    assert!(matches!(
        add(here, "office_deleted", &long).await,
        WebhookError::TooLong { .. }
    ));
    assert!(matches!(
        webhooks.trigger("hired"),
        Err(WebhookError::Action { .. })
    ));
    for payload in ["", "[]", "{"] {
        let result = webhooks.trigger_with("office_deleted", payload);
        assert!(
            matches!(result, Err(WebhookError::Payload { .. })),
            "{payload}"
        );
    }
    assert!(matches!(
        webhooks.send_again(1),
        Err(WebhookError::Unknown { .. })
    ));
    assert!(webhooks.all().unwrap().is_empty() && webhooks.deliveries().unwrap().is_empty());
}

#[tokio::test]
async fn webhooks_and_deliveries_are_bounded_and_print_no_secret() {
    let (sandbox, receiver, _) = with_webhook("office_deleted").await;
    let webhooks = sandbox.webhooks();
    for _ in 0..210 {
        webhooks
            .trigger_with("office_deleted", r#"{"name":"Zora"}"#)
            .unwrap();
        until(&sandbox, |all| {
            all.iter().all(|it| it.state == DeliveryState::Delivered)
        })
        .await;
    }
    let all = webhooks.deliveries().unwrap();
    assert_eq!(all.len(), 200);
    assert_eq!((all[0].id, all[199].id), (12, 211));
    assert_eq!(receiver.got().len(), 211);
    let printed = format!("{webhooks:?} {:?} {:?}", webhooks.all().unwrap(), all[0]);
    let new = NewWebhook::new("http://127.0.0.1/", "office_deleted", SECRET);
    let printed = format!("{printed} {new:?}");
    assert!(
        !printed.contains(SECRET) && !printed.contains("Zora"),
        "{printed}"
    );
}
