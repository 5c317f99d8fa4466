//! Webhooks that are made through the API, and what is kept of them.

use std::time::Duration;

use harvest_sandbox::{DeliveryState, NewWebhook, Sandbox};
use serde_json::{Value, json};

use crate::both::Both;
use crate::receiver::{Receiver, SECRET, is_signed, until};

fn body(url: &str) -> Value {
    json!({
        "endpoint_url": url,
        "name": "Hires",
        "event_action_type": "hire_candidate",
        "secret_key": SECRET,
        "basic_auth_username": "reed",
        "basic_auth_password": "very secret sedge",
        "additional_headers": "X-Environment: test\nX-Team: rivers",
        "max_attempts": 2,
    })
}

#[tokio::test]
async fn a_webhook_of_the_api_is_tried_delivers_and_can_be_changed_and_deleted() {
    let both = Both::start().await;
    let (receiver, url) = Receiver::start().await;
    let made = both.send("POST", "/v3/webhooks", &body(&url)).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let id = made.json()["id"].as_i64().unwrap();
    assert_eq!(made.json()["deactivated"], false);
    assert!(made.json()["client_id"].is_string());
    let all = until(&both.sandbox, |all| {
        all.len() == 1 && all[0].attempts.len() == 1
    })
    .await;
    assert_eq!(
        (all[0].action.as_str(), all[0].state),
        ("ping", DeliveryState::Delivered)
    );
    let (headers, sent) = receiver.got().pop().unwrap();
    assert!(is_signed(&headers, &sent));
    assert_eq!(headers["x-environment"], "test");
    assert_eq!(headers["x-team"], "rivers");
    assert_eq!(
        headers["authorization"],
        "Basic cmVlZDp2ZXJ5IHNlY3JldCBzZWRnZQ=="
    );
    assert_eq!(
        both.list("/v3/webhooks").await[0]["last_delivered"],
        Value::Null
    );

    assert_eq!(
        both.sandbox.webhooks().trigger("hire_candidate").unwrap(),
        1
    );
    until(&both.sandbox, |all| {
        all.len() == 2 && all[1].state == DeliveryState::Delivered
    })
    .await;
    let listed = both
        .list("/v3/webhooks?event_action_type=hire_candidate&deactivated=false")
        .await;
    assert_eq!(listed[0]["id"], id);
    assert!(listed[0]["last_delivered"].is_string());
    for none in [
        "deactivated=true",
        "event_action_type=job_created",
        "last_delivered=gte|2999-01-01T00:00:00Z",
    ] {
        assert!(
            both.list(&format!("/v3/webhooks?{none}")).await.is_empty(),
            "{none}"
        );
    }

    // `max_attempts` counts.
    receiver.answer([500; 5]);
    both.sandbox.webhooks().trigger("hire_candidate").unwrap();
    until(&both.sandbox, |all| all[2].attempts.len() == 1).await;
    both.sandbox
        .clock()
        .advance(Duration::from_secs(60))
        .unwrap();
    let all = until(&both.sandbox, |all| all[2].state == DeliveryState::Failed).await;
    assert_eq!(all[2].attempts.len(), 2);
    receiver.answer([]);

    let path = format!("/v3/webhooks/{id}");
    let change = json!({"name": "Hired", "event_action_type": "job_created",
        "basic_auth_username": null, "basic_auth_password": null, "additional_headers": null});
    let changed = both.send("PATCH", &path, &change).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    assert_eq!(changed.json()["name"], "Hired");
    // A change is not tried.
    let count = receiver.got().len();
    both.sandbox.webhooks().trigger("job_created").unwrap();
    until(&both.sandbox, |all| {
        all.iter().all(|it| it.state != DeliveryState::Waiting)
    })
    .await;
    let got = receiver.got();
    assert_eq!(got.len(), count + 1);
    assert!(!got[count].0.contains_key("authorization") && !got[count].0.contains_key("x-team"));

    let off = both
        .send("PATCH", &path, &json!({"deactivated": true}))
        .await;
    assert_eq!(off.json()["deactivated"], true);
    assert_eq!(both.sandbox.webhooks().trigger("job_created").unwrap(), 0);
    let gone = both.send("DELETE", &path, &Value::Null).await;
    assert_eq!((gone.status, gone.json()["id"].as_i64()), (200, Some(id)));
    assert_eq!(both.send("DELETE", &path, &Value::Null).await.status, 404);
    assert!(both.list("/v3/webhooks").await.is_empty());
    // No answer and no log has a secret.
    let log = format!(
        "{:?} {:?}",
        both.sandbox.requests(),
        both.sandbox.webhooks()
    );
    for text in [made.text, changed.text, off.text, gone.text, log] {
        assert!(
            !text.contains(SECRET) && !text.contains("very secret"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn a_webhook_whose_ping_fails_is_deactivated() {
    let both = Both::start().await;
    let (receiver, url) = Receiver::start().await;
    receiver.answer([503]);
    // Also where the service would deliver and the sandbox does not.
    for url in [
        url.as_str(),
        "https://hooks.example.com/greenhouse",
        "http://192.0.2.7/",
    ] {
        let made = both.send("POST", "/v3/webhooks", &body(url)).await;
        assert_eq!(made.status, 201, "{}", made.text);
    }
    until(&both.sandbox, |all| {
        all.len() == 3 && all.iter().all(|it| it.state == DeliveryState::Failed)
    })
    .await;
    assert_eq!(both.list("/v3/webhooks?deactivated=true").await.len(), 3);
    let problems: Vec<_> = both.sandbox.webhooks().deliveries().unwrap();
    let problems: Vec<_> = problems
        .iter()
        .map(|it| it.attempts[0].problem.clone())
        .collect();
    assert_eq!(problems[0], None);
    assert!(problems[1].as_deref().unwrap().contains("plain http"));
    assert!(problems[2].as_deref().unwrap().contains("--webhook-hosts"));
}

#[tokio::test]
async fn what_cannot_be_a_webhook_is_refused_by_name() {
    let both = Both::start().await;
    for (property, value) in [
        ("endpoint_url", json!("ftp://hooks.example.com/")),
        ("endpoint_url", json!("http://reed:sedge@127.0.0.1/")),
        ("event_action_type", json!("ping")),
        ("event_action_type", json!("hired")),
        ("secret_key", json!("")),
        ("name", json!(" ")),
        ("max_attempts", json!(0)),
        ("max_attempts", json!(8)),
        ("additional_headers", json!("Signature: sha256 00")),
        ("additional_headers", json!("no header")),
        ("additional_headers", json!("x".repeat(3_000))),
    ] {
        let mut body = body("http://127.0.0.1:1/");
        body[property] = value.clone();
        let answer = both.send("POST", "/v3/webhooks", &body).await;
        assert_eq!(answer.status, 422, "{property} {value}: {}", answer.text);
        assert!(
            answer.text.contains(property),
            "{property} {value}: {}",
            answer.text
        );
        assert!(!answer.text.contains(SECRET));
    }
    assert!(both.sandbox.webhooks().all().unwrap().is_empty());
    assert!(both.sandbox.webhooks().deliveries().unwrap().is_empty());
}

#[tokio::test]
async fn an_integration_has_the_webhooks_that_it_made() {
    let both = Both::start().await;
    let (_, url) = Receiver::start().await;
    let webhooks = both.sandbox.webhooks();
    let other = webhooks
        .add(NewWebhook::new(&url, "job_created", SECRET))
        .await
        .unwrap();
    assert!(both.list("/v3/webhooks").await.is_empty());
    let path = format!("/v3/webhooks/{}", other.id);
    assert_eq!(
        both.send("PATCH", &path, &json!({"name": "Mine"}))
            .await
            .status,
        404
    );
    assert_eq!(both.send("DELETE", &path, &Value::Null).await.status, 404);
    assert_eq!(webhooks.all().unwrap()[0].name, "job_created");
}

#[tokio::test]
async fn webhooks_and_what_waits_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let start = || Sandbox::builder().data(folder.path()).start();
    let (receiver, url) = Receiver::start().await;
    let sandbox = start().await.unwrap();
    let webhook = sandbox
        .webhooks()
        .add(NewWebhook::new(url, "job_created", SECRET))
        .await
        .unwrap();
    receiver.answer([500, 500]);
    sandbox.webhooks().trigger("job_created").unwrap();
    until(&sandbox, |all| all[1].attempts.len() == 1).await;
    sandbox.stop().await;

    let sandbox = start().await.unwrap();
    assert_eq!(sandbox.webhooks().all().unwrap(), [webhook]);
    let waiting = sandbox.webhooks().deliveries().unwrap();
    assert_eq!(
        (waiting[1].state, waiting[1].attempts.len()),
        (DeliveryState::Waiting, 1)
    );
    sandbox.clock().advance(Duration::from_secs(60)).unwrap();
    until(&sandbox, |all| all[1].attempts.len() == 2).await;
    sandbox
        .clock()
        .advance(Duration::from_secs(15 * 60))
        .unwrap();
    let all = until(&sandbox, |all| all[1].state == DeliveryState::Delivered).await;
    assert_eq!(all[1].attempts.len(), 3);
    let got = receiver.got();
    assert_eq!(got.len(), 4);
    // The same event, by the same bytes.
    for (headers, sent) in &got[1..] {
        assert_eq!(headers["greenhouse-event-id"], *all[1].event_id);
        assert_eq!(*sent, got[1].1);
    }
}
