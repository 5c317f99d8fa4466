//! Errors of calls that do not succeed.

use std::time::Duration;

use harvest_generated::v1::types::{CandidateId, UserCreate, UserId};
use harvest_sandbox::Sandbox;
use serde_json::json;

use super::calls::proxy;
use super::proxy::Proxy;

#[tokio::test]
async fn a_wrong_key() {
    let proxy = proxy(Sandbox::builder()).await;
    let error = proxy
        .client_with("wrong")
        .list_users()
        .send()
        .await
        .err()
        .unwrap();
    assert!(error.is_unauthorized() && !error.is_forbidden(), "{error}");
    assert_eq!(error.status().unwrap(), 401);
    assert!(error.to_string().contains("key"), "{error}");
    assert!(!error.to_string().contains("wrong"), "{error}");
}

#[tokio::test]
async fn a_body_that_is_wrong_in_two_fields() {
    let proxy = proxy(Sandbox::builder()).await;
    let client = proxy.acting();
    let mut user = UserCreate::new("Ida", "Sand", "nowhere");
    user.office_ids = Some(vec![1.into()]);
    let error = client.create_user(&user).send().await.err().unwrap();
    assert!(error.is_validation(), "{error}");
    let fields: Vec<_> = error
        .field_errors()
        .iter()
        .filter_map(|e| e.field())
        .collect();
    assert_eq!(fields, ["email"]);
    assert!(!error.field_errors()[0].message().is_empty());
    assert!(error.to_string().contains("email"), "{error}");
    assert!(!error.to_string().contains("nowhere"), "{error}");
}

#[tokio::test]
async fn too_many_requests() {
    let sandbox = Sandbox::builder().rate_limit(1, Duration::from_secs(60));
    let proxy = proxy(sandbox).await;
    let client = proxy.client();
    client.list_users().send().await.unwrap();
    let error = client.list_users().send().await.err().unwrap();
    assert!(error.is_rate_limited(), "{error}");
    let wait = error.retry_after().unwrap();
    assert!((1..=60).contains(&wait.as_secs()), "{wait:?}");
}

#[tokio::test]
async fn a_record_that_is_not_there() {
    let proxy = proxy(Sandbox::builder()).await;
    proxy.prefer("code=404".to_owned());
    let error = proxy
        .client()
        .get_candidate(CandidateId(1))
        .send()
        .await
        .err()
        .unwrap();
    assert!(error.is_not_found(), "{error}");
    assert_eq!(error.operation().unwrap().id, "get_candidate");
    assert!(
        error.request_id().is_some(),
        "the service's own name of the request"
    );
}

#[tokio::test]
async fn a_permission_that_the_key_lacks_is_named() {
    let proxy = proxy(Sandbox::builder()).await;
    proxy.prefer("code=403".to_owned());
    let error = proxy
        .client()
        .get_user(UserId(1))
        .send()
        .await
        .err()
        .unwrap();
    assert!(error.is_missing_permission() && error.is_forbidden());
    assert_eq!(error.permission(), Some("GET: Retrieve User"));
    let text = error.to_string();
    assert!(
        text.contains("GET: Retrieve User") && text.contains("Dev Center"),
        "{text}"
    );
}

#[tokio::test]
async fn what_the_acting_user_may_not_do_is_something_else() {
    let body = json!({ "message": "You are not authorized to view this candidate" });
    let proxy = Proxy::alone(403, body.to_string()).await;
    let error = proxy.client().get_candidate(1).send().await.err().unwrap();
    assert!(error.is_forbidden() && !error.is_missing_permission());
    assert!(error.to_string().contains("acting user"), "{error}");
}

#[tokio::test]
async fn a_page_of_a_gateway_keeps_its_status() {
    let proxy = Proxy::alone(502, "<html><h1>502 Bad Gateway</h1></html>").await;
    let client = proxy.acting();
    let error = client.list_candidates().send().await.err().unwrap();
    assert!(error.is_server_error() && !error.is_decode(), "{error}");
    assert_eq!(error.status().unwrap(), 502);
    assert_eq!(error.message(), None);

    let error = client
        .list_candidates()
        .items()
        .next()
        .await
        .unwrap()
        .err()
        .unwrap();
    assert_eq!(error.status().unwrap(), 502);

    // The error of a change says that it may have happened.
    let user = UserCreate::new("Ida", "Sand", "ida@example.com");
    let error = client.create_user(&user).send().await.err().unwrap();
    assert!(error.to_string().contains("look before"), "{error}");
}

#[tokio::test]
async fn a_success_that_is_not_json() {
    let proxy = Proxy::alone(200, "<html>Log in</html>").await;
    let error = proxy.client().list_jobs().send().await.err().unwrap();
    assert!(error.is_decode(), "{error}");
    assert_eq!(error.status().unwrap(), 200);
}
