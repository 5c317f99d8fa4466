//! In whose name changes are made.

use harvest_generated::v1::Client;
use harvest_generated::v1::types::UserId;
use harvest_sandbox::Sandbox;

use super::calls::{call, proxy, rows, success};
use super::operation_row::Call;
use super::proxy::DEFAULT_USER;

/// The documentation of the client shows, by code that does not compile, that a change cannot be sent without an acting user.
#[tokio::test]
async fn who_acts_is_in_the_types_of_changes_only() {
    let proxy = proxy(Sandbox::builder()).await;
    let (mut reads, mut changes) = (0, 0);
    for (row, operation) in rows() {
        let type_name = (row.request_type)(proxy.acting(), call(&operation));
        let is_change = operation.method != "GET";
        assert_eq!(
            type_name.contains("WithActingUser"),
            is_change,
            "{type_name}"
        );
        *(if is_change { &mut changes } else { &mut reads }) += 1;
    }
    assert!(proxy.arrived().is_empty());
    println!("{changes} changes cannot be sent without an acting user, {reads} reads can");
}

#[tokio::test]
async fn the_call_decides_over_the_client() {
    let proxy = proxy(Sandbox::builder()).await;
    let acting = proxy.acting();
    for (row, operation) in rows() {
        let named = Call {
            all: true,
            ..call(&operation)
        };
        let user = named.args.id("On-Behalf-Of").to_string();
        assert_ne!(user, DEFAULT_USER.to_string());
        success(&operation, (row.call)(acting.clone(), named).await);
        let arrived = proxy.only();
        assert_eq!(arrived.header("On-Behalf-Of"), Some(&*user), "{}", row.id);
    }
}

#[tokio::test]
async fn a_view_acts_for_its_own_user() {
    let proxy = proxy(Sandbox::builder()).await;
    let client = proxy.client();
    let (one, other) = (
        client.with_on_behalf_of(UserId(7)),
        client.with_on_behalf_of(DEFAULT_USER),
    );
    for (view, user) in [(&one, "7"), (&other, "77"), (&one, "7")] {
        // Whether the sandbox knows the user is another matter.
        let _ = view.delete_candidate(1).send().await;
        assert_eq!(proxy.only().header("On-Behalf-Of"), Some(user));
    }
    // Reads name no acting user, even if the client has one.
    other.list_users().send().await.unwrap();
    assert_eq!(proxy.only().header("On-Behalf-Of"), None);
    // A view of a view acts for the second.
    let _ = one.with_on_behalf_of(8).delete_candidate(1).send().await;
    assert_eq!(proxy.only().header("On-Behalf-Of"), Some("8"));
}

#[tokio::test]
async fn the_builder_of_the_client_takes_one() {
    let proxy = proxy(Sandbox::builder()).await;
    let builder = || Client::builder().credential("a-key").base_url(&proxy.url);
    let client = builder().acting_user(DEFAULT_USER).build().unwrap();
    // The key is a wrong one, but the request was sent.
    let deleted = client.acting().unwrap().delete_candidate(1).send().await;
    assert!(deleted.err().unwrap().is_unauthorized());
    let user = DEFAULT_USER.to_string();
    assert_eq!(proxy.only().header("On-Behalf-Of"), Some(&*user));

    let error = builder().build().unwrap().acting().err().unwrap();
    assert!(error.is_configuration(), "{error}");
    for way in ["ClientBuilder::acting_user", "HARVEST_ON_BEHALF_OF"] {
        assert!(error.to_string().contains(way), "{error}");
    }
}

#[tokio::test]
async fn one_that_the_service_does_not_know_is_not_found() {
    let proxy = proxy(Sandbox::builder()).await;
    let client = proxy.client();
    let error = client
        .list_users()
        .on_behalf_of(404)
        .send()
        .await
        .err()
        .unwrap();
    assert!(error.is_not_found(), "{error}");
    assert!(error.to_string().contains("acting user"), "{error}");
}
