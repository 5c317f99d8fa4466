//! Recipes about users and offers.

use harvest_generated::v1::types::OfferStatus;
use serde_json::json;

use crate::stage::Stage;
use crate::{disable_user, list_offers, text};

#[tokio::test]
async fn a_user_is_found_by_any_address_and_disabled() {
    let stage = Stage::set().await;
    stage.answer(
        "GET /v1/users",
        200,
        &json!([
            {"id": 4_020_117, "primary_email_address": "mira@example.com", "emails": [], "disabled": false},
            {"id": 4_020_233, "primary_email_address": "tomas@example.com", "emails": ["okafor@example.com"], "disabled": false},
        ]),
    );
    stage.answer(
        "PATCH /v2/users/disable",
        200,
        &json!({"id": 4_020_233, "disabled": true}),
    );
    let mut out = Vec::new();
    disable_user::run(&stage.acting(), "Okafor@example.com", &mut out)
        .await
        .unwrap();

    assert_eq!(text(out), "user 4020233 is disabled\n");
    assert_eq!(
        stage.sent_to("GET /v1/users")[0].query,
        "email=Okafor@example.com"
    );
    let [sent] = &stage.sent_to("PATCH /v2/users/disable")[..] else {
        panic!("one change")
    };
    assert_eq!(sent.body, json!({"user": {"user_id": 4_020_233}}));
    assert_eq!(sent.acting_user, Some(stage.user_id()));
}

#[tokio::test]
async fn who_is_disabled_or_nobody_is_left_alone() {
    let stage = Stage::set().await;
    stage.answer(
        "GET /v1/users",
        200,
        &json!([{"id": 5, "primary_email_address": "mira@example.com", "disabled": true}]),
    );
    let mut out = Vec::new();
    disable_user::run(&stage.acting(), "mira@example.com", &mut out)
        .await
        .unwrap();
    assert_eq!(text(out), "user 5 was disabled before\n");
    let error = disable_user::run(&stage.acting(), "nobody@example.com", &mut Vec::new())
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "nobody has this e-mail address");
    assert!(stage.sent().iter().all(|sent| sent.method == "GET"));
}

#[tokio::test]
async fn offers_are_asked_for_by_status() {
    let stage = Stage::set().await;
    let mut out = Vec::new();
    let count = list_offers::run(&stage.client(), OfferStatus::Accepted, &mut out)
        .await
        .unwrap();

    let sent = stage.sent_to("GET /v1/offers");
    assert_eq!(sent[0].query, "status=accepted&per_page=500");
    let out = text(out);
    assert!(out.ends_with(&format!("accepted: {count}\n")), "{out}");
    assert_eq!(out.lines().count(), count + 1);
}
