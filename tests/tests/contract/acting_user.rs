//! In whose name changes are made.

use harvest_sandbox::Sandbox;

use super::calls::{DEFAULT_USER, call, relay, rows, success};
use super::row::Call;

#[tokio::test]
async fn without_one_no_change_is_sent() {
    let relay = relay(Sandbox::builder()).await;
    let client = relay.client();
    let (mut reads, mut changes) = (0, 0);
    for (row, operation) in rows() {
        let called = (row.call)(client.clone(), call(&operation)).await;
        if operation.method == "GET" {
            success(&operation, called);
            assert_eq!(relay.only().header("On-Behalf-Of"), None, "{}", row.id);
            reads += 1;
        } else {
            let error = called.outcome.err().expect("no acting user was named");
            assert!(error.is_missing_acting_user(), "{error}");
            assert!(error.is_invalid_request() && error.status().is_none());
            assert!(error.to_string().contains("not sent"), "{error}");
            assert!(relay.arrived().is_empty(), "{} was sent", row.id);
            changes += 1;
        }
    }
    println!("{changes} changes were not sent, {reads} reads were");
}

#[tokio::test]
async fn the_call_decides_over_the_client() {
    let relay = relay(Sandbox::builder()).await;
    let client = relay.client();
    let acting = client.with_acting_user(DEFAULT_USER);
    for (row, operation) in rows() {
        let named = Call {
            all: true,
            ..call(&operation)
        };
        let user = named.args.id("On-Behalf-Of").to_string();
        assert_ne!(user, DEFAULT_USER.to_string());
        success(&operation, (row.call)(acting.clone(), named).await);
        let arrived = relay.only();
        assert_eq!(arrived.header("On-Behalf-Of"), Some(&*user), "{}", row.id);
    }

    // The client that the other was made from still acts for nobody.
    let error = client
        .anonymize_candidate(1, &["full_name".into()])
        .send()
        .await;
    assert!(error.err().unwrap().is_missing_acting_user());
}

#[tokio::test]
async fn the_builder_of_the_client_takes_one() {
    let relay = relay(Sandbox::builder()).await;
    let client = harvest_generated::v1::Client::builder()
        .credential("a-key")
        .base_url(&relay.url)
        .acting_user(DEFAULT_USER)
        .build()
        .unwrap();
    // The key is a wrong one, but the request was sent.
    assert!(
        client
            .delete_candidate(1)
            .send()
            .await
            .err()
            .unwrap()
            .is_unauthorized()
    );
    let user = DEFAULT_USER.to_string();
    assert_eq!(relay.only().header("On-Behalf-Of"), Some(&*user));
}

#[tokio::test]
async fn one_that_the_service_does_not_know_is_not_found() {
    let relay = relay(Sandbox::builder()).await;
    let client = relay.client();
    let error = client
        .list_users()
        .on_behalf_of(404.into())
        .send()
        .await
        .err()
        .unwrap();
    assert!(error.is_not_found(), "{error}");
    assert!(error.to_string().contains("acting user"), "{error}");
}
