//! Raw requests: calls without a method of the client, against the sandbox.

use harvest_generated::v1::types::User;
use harvest_runtime::Method;
use harvest_sandbox::Sandbox;
use serde_json::{Value, json};

use super::calls::proxy;
use super::proxy::DEFAULT_USER;

#[tokio::test]
async fn reads_lists_and_changes() {
    let proxy = proxy(Sandbox::builder().repeat(250)).await;
    let client = proxy.client();

    let described = client.get_user(112).send().await.unwrap();
    let read = client
        .request(Method::Get, "/v1/users/{id}")
        .path("id", 112);
    let read = read.send_as::<User>().await.unwrap();
    assert_eq!(read.bytes(), described.bytes());
    assert_eq!(*read, *described);

    let list = client.request(Method::Get, "/v1/users");
    let mut users = list.query("per_page", 100).items::<User>();
    let mut count = 0;
    while let Some(user) = users.next().await {
        user.unwrap();
        count += 1;
    }
    assert_eq!(count, 250);
    assert!(
        proxy
            .arrived()
            .iter()
            .all(|asked| asked.header("On-Behalf-Of").is_none())
    );

    let body = json!({
        "first_name": "Mira", "last_name": "Whitcombe", "email": "mira.whitcombe@example.com"
    });
    let create = || client.request(Method::Post, "/v1/users").json(&body);
    let error = create().send().await.unwrap_err();
    assert!(error.is_missing_acting_user(), "{error}");
    assert!(proxy.arrived().is_empty());

    let made = create().on_behalf_of(DEFAULT_USER).send_as::<Value>().await;
    assert_eq!(made.unwrap().status(), 201);
    let user = DEFAULT_USER.to_string();
    assert_eq!(proxy.only().header("On-Behalf-Of"), Some(&*user));
    let by_the_view = proxy
        .acting()
        .request(Method::Post, "/v1/users")
        .json(&body);
    by_the_view.send().await.unwrap();
    assert_eq!(proxy.only().header("On-Behalf-Of"), Some(&*user));

    // The sandbox insists; some service may not.
    let error = create().without_acting_user().send().await.unwrap_err();
    assert!(error.status().is_some(), "it was sent: {error}");
    assert_eq!(proxy.only().header("On-Behalf-Of"), None);
}
