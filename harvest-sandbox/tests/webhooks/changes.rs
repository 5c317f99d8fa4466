//! Changes of records, and the events that follow from them.

use std::time::Duration;

use harvest_sandbox::{DeliveryState, NewWebhook};
use serde_json::{Value, json};

use crate::both::Both;
use crate::receiver::{Receiver, SECRET, is_signed, until};

const REJECTION: &str = "reject_candidate";

/// An organization with a webhook, and an application that can be rejected.
async fn scene(action: &str) -> (Both, Receiver, i64) {
    let both = Both::start().await;
    let (receiver, url) = Receiver::start().await;
    let new = NewWebhook::new(url, action, SECRET);
    assert!(both.sandbox.webhooks().add(new).await.unwrap().active);
    let active = both
        .list("/v1/applications?status=active&per_page=500")
        .await;
    let found = active.iter().find(|it| it["prospect"] == false).unwrap();
    let id = found["id"].as_i64().unwrap();
    (both, receiver, id)
}

/// What was delivered after the ping, once so many were.
async fn delivered(both: &Both, receiver: &Receiver, count: usize) -> Vec<Value> {
    until(&both.sandbox, |all| {
        let done = all.iter().filter(|it| it.state == DeliveryState::Delivered);
        done.count() > count
    })
    .await;
    // One more would come now.
    tokio::time::sleep(Duration::from_millis(100)).await;
    let got = receiver.got();
    assert_eq!(got.len(), count + 1);
    let bodies = got.iter().skip(1).map(|(headers, body)| {
        assert!(is_signed(headers, body));
        serde_json::from_slice(body).unwrap()
    });
    bodies.collect()
}

#[tokio::test]
async fn each_face_sends_what_it_changed() {
    let (both, receiver, id) = scene(REJECTION).await;
    let reject = format!("/v1/applications/{id}/reject");
    let body = json!({"rejection_reason_id": 51_840, "notes": "<b>Not</b> this time, Zoë"});
    assert_eq!(both.send("POST", &reject, &body).await.status, 200);
    let got = delivered(&both, &receiver, 1).await;
    assert_eq!(got[0]["action"], REJECTION);
    let application = &got[0]["payload"]["application"];
    assert_eq!(application["id"], id);
    assert_eq!(application["status"], "rejected");
    assert_eq!(application["rejection_reason"]["id"], 51_840);
    assert!(application["candidate"]["first_name"].is_string());

    let unreject = format!("/v3/applications/{id}/unreject");
    let answer = both.send("POST", &unreject, &json!({})).await;
    assert!(answer.status < 300, "{}", answer.text);
    let again = format!("/v3/applications/{id}/reject");
    let answer = both
        .send("POST", &again, &json!({"rejection_reason_id": 51_840}))
        .await;
    assert!(answer.status < 300, "{}", answer.text);
    let got = delivered(&both, &receiver, 2).await;
    // The form is the same, whichever version made the change; another delivery has another id.
    assert_eq!(got[1]["payload"]["application"]["id"], id);
    let keys = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(
        keys(&got[0]["payload"]["application"]),
        keys(&got[1]["payload"]["application"])
    );
}

#[tokio::test]
async fn what_is_refused_sends_nothing() {
    let (both, receiver, id) = scene(REJECTION).await;
    let reject = format!("/v1/applications/{id}/reject");
    let unknown = json!({"rejection_reason_id": 1});
    assert_eq!(both.send("POST", &reject, &unknown).await.status, 422);
    assert_eq!(both.send("POST", &reject, &json!([])).await.status, 422);
    // The second one is refused since the first was done.
    let body = json!({"rejection_reason_id": 51_840});
    assert_eq!(both.send("POST", &reject, &body).await.status, 200);
    assert_eq!(both.send("POST", &reject, &body).await.status, 422);
    assert_eq!(delivered(&both, &receiver, 1).await.len(), 1);
}

#[tokio::test]
async fn a_row_of_a_bulk_job_that_is_refused_sends_nothing_and_the_others_do() {
    let (both, receiver, _) = scene("job_created").await;
    let job = both.list("/v3/jobs?per_page=1").await[0]["id"].clone();
    let rows = json!([
        {"template_job_id": job, "number_of_openings": 1, "job_name": "Reed & Sedge"},
        {"template_job_id": 1, "number_of_openings": 1, "job_name": "Nowhere"},
        {"template_job_id": job, "number_of_openings": 2, "job_name": "Dipper"},
    ]);
    let body = json!({"data": rows});
    let answer = both.send("POST", "/v3/jobs/bulk", &body).await;
    assert_eq!(answer.status, 202, "{}", answer.text);
    let got = delivered(&both, &receiver, 2).await;
    let names = got.iter().map(|it| it["payload"]["job"]["name"].clone());
    let mut names: Vec<String> = names.map(|it| it.as_str().unwrap().to_owned()).collect();
    names.sort();
    assert_eq!(names, ["Dipper", "Reed & Sedge"]);
}
