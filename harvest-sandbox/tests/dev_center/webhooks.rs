//! Webhooks and their deliveries, from the form to "send again".

use axum::Router;
use axum::http::StatusCode;
use harvest_sandbox::DeliveryState;
use reqwest::Client;
use serde_json::json;

use crate::support;
use crate::visitor::{Visitor, between};

const LIST: &str = "/configure/dev_center/webhooks";
const NEW: &str = "/configure/dev_center/webhooks/new";

/// The address of a receiver that answers like this.
async fn receiver(status: StatusCode) -> String {
    let app = Router::new().fallback(move || async move { (status, "<b>got it</b>") });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hooks", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

/// Waits until nothing is on its way.
async fn settled(visitor: &Visitor) {
    for _ in 0..500 {
        let all = visitor.sandbox.webhooks().deliveries().unwrap();
        if all.iter().all(|it| it.state != DeliveryState::Waiting) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("deliveries wait");
}

#[tokio::test]
async fn a_webhook_is_made_its_secret_is_shown_once_and_it_is_switched_and_deleted() {
    let visitor = Visitor::start().await;
    let url = receiver(StatusCode::OK).await;
    let form = visitor.open(NEW).await;
    assert_eq!(form.html().matches("<option").count(), 29);
    let fields = [
        ("event", "offer_created"),
        ("endpoint_url", &*url),
        ("name", "Offers & <more>"),
    ];
    let made = visitor.submit(&form, NEW, &fields).await;
    let secret = between(made.html(), "id=\"secret\" value=\"", "\"").to_owned();
    assert_eq!(secret.len(), 64);
    assert!(!made.has("<more>"));
    let path = made.path.clone();
    settled(&visitor).await;
    let again = visitor.open(&path).await;
    assert!(!again.has(&secret) && again.has("<code>ping</code>") && again.has("Delivered"));

    let off = visitor.submit(&again, &path, &[("do", "switch_off")]).await;
    assert!(off.has("is off: nothing new") && off.has("Off: nothing is delivered"));
    assert_eq!(
        visitor.sandbox.webhooks().trigger("offer_created").unwrap(),
        0
    );
    let on = visitor.submit(&off, &path, &[("do", "switch_on")]).await;
    assert!(on.has("A ping is on its way"));
    settled(&visitor).await;
    assert_eq!(
        visitor.sandbox.webhooks().trigger("offer_created").unwrap(),
        1
    );
    settled(&visitor).await;
    let list = visitor.open(LIST).await;
    assert_eq!(list.html().matches("<code>ping</code>").count(), 2);
    assert!(list.has("Offers &#38; &#60;more&#62;") && !list.has(&secret));

    let one = visitor.open(&path).await;
    let gone = visitor.submit(&one, &path, &[("do", "delete")]).await;
    assert!(gone.has("is deleted") && gone.has("No webhooks yet."));
    assert_eq!(visitor.open(&path).await.answer.status, 404);
}

#[tokio::test]
async fn a_delivery_shows_request_and_answer_and_is_sent_again() {
    let visitor = Visitor::start().await;
    let url = receiver(StatusCode::IM_A_TEAPOT).await;
    let form = visitor.open(NEW).await;
    let fields = [
        ("event", "job_created"),
        ("endpoint_url", &*url),
        ("secret_key", "nest of wrens"),
        ("basic_auth_username", "reed"),
        ("basic_auth_password", "sedge word"),
        ("additional_headers", "X-Token: very-secret"),
    ];
    let made = visitor.submit(&form, NEW, &fields).await;
    assert!(made.has("value=\"nest of wrens\""));
    settled(&visitor).await;
    let one = visitor.open(&made.path).await;
    assert!(
        one.has("Off: nothing is delivered"),
        "the ping was not answered with 200"
    );
    let path = format!(
        "/configure/dev_center/deliveries/{}",
        between(one.html(), "deliveries/", "\"")
    );
    let delivery = visitor.open(&path).await;
    let html = delivery.html();
    assert!(html.contains("signature: sha256 ") && html.contains("x-token: (not shown)"));
    assert!(html.contains("authorization: (not shown)"));
    assert!(html.contains("&#60;b&#62;got it") && html.contains("418"));
    for secret in ["nest of wrens", "sedge", "very-secret"] {
        assert!(!html.contains(secret), "{secret}");
    }
    let again = visitor.submit(&delivery, &path, &[]).await;
    assert!(again.has("sent once more"));
    settled(&visitor).await;
    let page = visitor.open(&path).await;
    assert_eq!(page.html().matches("418").count(), 2);
}

#[tokio::test]
async fn the_report_of_a_bulk_job_is_in_the_log_and_is_sent_again() {
    let visitor = Visitor::start().await;
    let sandbox = &visitor.sandbox;
    let body = json!({"data": [9], "callback_url": receiver(StatusCode::OK).await});
    let job = Client::new()
        .post(format!("{}/v3/users/deactivate/bulk", sandbox.url()))
        .bearer_auth(sandbox.access_token(None).unwrap());
    let job = support::send(support::with_body(job, body.to_string())).await;
    assert_eq!(job.status, 202, "{}", job.text);
    settled(&visitor).await;
    let list = visitor.open(LIST).await;
    assert!(list.has("<code>bulk_callback</code>") && list.has("Delivered"));
    let path = format!(
        "/configure/dev_center/deliveries/{}",
        between(list.html(), "deliveries/", "\"")
    );
    let one = visitor.open(&path).await;
    assert!(one.has("Bulk job") && one.has("post_v3_users_deactivate"));
    assert!(!one.has("signature:") && !one.has("Deleted"));
    let again = visitor.submit(&one, &path, &[]).await;
    assert!(again.has("sent once more"));
    settled(&visitor).await;
    let page = visitor.open(&path).await;
    assert_eq!(page.html().matches(">200<").count(), 2);
}

#[tokio::test]
async fn what_cannot_be_a_webhook_is_said_beside_the_field() {
    let visitor = Visitor::start().await;
    let form = visitor.open(NEW).await;
    for (name, value, problem) in [
        ("endpoint_url", "https://127.0.0.1/", "plain http"),
        ("endpoint_url", "http://192.0.2.7/", "--webhook-hosts"),
        ("endpoint_url", "here", "no scheme"),
        ("event", "hired", "Choose an event"),
        ("additional_headers", "Signature: x", "reserved"),
    ] {
        let mut fields = vec![
            ("event", "job_created"),
            ("endpoint_url", "http://127.0.0.1:1/"),
        ];
        fields.retain(|(known, _)| *known != name);
        fields.push((name, value));
        let answer = visitor.answer(&form, NEW, &fields).await;
        assert_eq!(answer.status, 422, "{name} {value}");
        assert!(answer.text.contains(problem), "{name} {value}");
    }
    assert!(visitor.sandbox.webhooks().all().unwrap().is_empty());
}
