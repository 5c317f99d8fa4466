//! Recipes about users and offers.

use harvest_generated::v1::types::OfferStatus;
use serde_json::json;

use super::harness::Harness;
use super::{disable_user, list_offers, text};

#[tokio::test]
async fn a_user_is_found_by_any_address_and_disabled() {
    let harness = Harness::set().await;
    harness.answer(
        "GET /v1/users",
        200,
        &json!([
            {"id": 4_020_117, "primary_email_address": "mira@example.com", "emails": [],
                "disabled": false},
            {"id": 4_020_233, "primary_email_address": "tomas@example.com",
                "emails": ["okafor@example.com"], "disabled": false},
        ]),
    );
    harness.answer(
        "PATCH /v2/users/disable",
        200,
        &json!({"id": 4_020_233, "disabled": true}),
    );
    let mut out = Vec::new();
    disable_user::run(&harness.acting(), "Okafor@example.com", &mut out)
        .await
        .unwrap();

    assert_eq!(text(out), "user 4020233 is disabled\n");
    assert_eq!(
        harness.sent_to("GET /v1/users")[0].query,
        "email=Okafor@example.com"
    );
    let [sent] = &harness.sent_to("PATCH /v2/users/disable")[..] else {
        panic!("one change")
    };
    assert_eq!(sent.body, json!({"user": {"user_id": 4_020_233}}));
    assert_eq!(sent.acting_user, Some(harness.user_id()));
}

#[tokio::test]
async fn who_is_disabled_or_nobody_is_left_alone() {
    let harness = Harness::set().await;
    harness.answer(
        "GET /v1/users",
        200,
        &json!([{"id": 5, "primary_email_address": "mira@example.com", "disabled": true}]),
    );
    let mut out = Vec::new();
    disable_user::run(&harness.acting(), "mira@example.com", &mut out)
        .await
        .unwrap();
    assert_eq!(text(out), "user 5 was disabled before\n");
    let error = disable_user::run(&harness.acting(), "nobody@example.com", &mut Vec::new())
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "no user has this e-mail address");
    assert!(harness.sent().iter().all(|sent| sent.method == "GET"));
}

#[tokio::test]
async fn offers_are_asked_for_by_status() {
    let harness = Harness::set().await;
    let mut out = Vec::new();
    let count = list_offers::run(&harness.client(), OfferStatus::Accepted, &mut out)
        .await
        .unwrap();

    let sent = harness.sent_to("GET /v1/offers");
    assert_eq!(sent[0].query, "status=accepted&per_page=500");
    let out = text(out);
    assert!(out.ends_with(&format!("accepted: {count}\n")), "{out}");
    assert_eq!(out.lines().count(), count + 1);
}
