//! Recipes about applications.

use harvest_generated::v1::types::ApplicationId;
use serde_json::{Value, json};

use super::harness::Harness;
use super::{advance_application, reject_application, text};

const APPLICATION: ApplicationId = ApplicationId(5_120_993_417);

/// An application in a stage of job 7.
fn application(stage: i64, status: &str) -> Value {
    json!({
        "id": APPLICATION, "candidate_id": 5, "prospect": false, "status": status,
        "jobs": [{"id": 7, "name": "Field Hydrologist"}],
        "current_stage": {"id": stage, "name": "Somewhere"},
    })
}

/// A stage whose job is behind the times lists its stages in any order, and one that was deleted among them.
fn stages() -> Value {
    json!([
        {"id": 73, "name": "Offer", "priority": 3, "job_id": 7, "interviews": []},
        {"id": 71, "name": "Review", "priority": 1, "job_id": 7, "interviews": []},
        {"id": 74, "name": "Essay", "priority": 2, "active": false, "job_id": 7, "interviews": []},
        {"id": 72, "name": "Interview", "priority": 2, "job_id": 7, "interviews": []},
        {"id": 70, "name": "Screening", "priority": 0, "job_id": 7, "interviews": []},
    ])
}

#[tokio::test]
async fn an_application_moves_on_from_where_it_is() {
    let harness = Harness::set().await;
    harness.answer(
        "GET /v1/applications/5120993417",
        200,
        &application(71, "active"),
    );
    harness.answer("GET /v1/jobs/7/stages", 200, &stages());
    let moves = "POST /v1/applications/5120993417/move";
    harness.answer(moves, 200, &application(72, "active"));
    harness.answer(moves, 200, &application(73, "active"));

    let mut out = Vec::new();
    advance_application::run(&harness.acting(), APPLICATION, &mut out)
        .await
        .unwrap();

    assert_eq!(text(out), "Interview\nOffer\n");
    let sent = harness.sent_to(moves);
    let bodies: Vec<_> = sent.iter().map(|sent| sent.body.clone()).collect();
    assert_eq!(
        bodies,
        [
            json!({"from_stage_id": 71, "to_stage_id": 72}),
            json!({"from_stage_id": 72, "to_stage_id": 73}),
        ]
    );
    assert!(
        sent.iter()
            .all(|sent| sent.acting_user == Some(harness.user_id()))
    );
}

#[tokio::test]
async fn an_application_that_does_not_move_is_not_moved_on() {
    let harness = Harness::set().await;
    harness.answer(
        "GET /v1/applications/5120993417",
        200,
        &application(70, "active"),
    );
    harness.answer("GET /v1/jobs/7/stages", 200, &stages());
    let moves = "POST /v1/applications/5120993417/move";
    harness.answer(moves, 200, &application(70, "active"));
    let error = advance_application::run(&harness.acting(), APPLICATION, &mut Vec::new())
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("not where it was moved to"),
        "{error}"
    );
    assert_eq!(harness.sent_to(moves).len(), 1);
}

#[tokio::test]
async fn a_rejected_application_is_left_alone() {
    let harness = Harness::set().await;
    harness.answer(
        "GET /v1/applications/5120993417",
        200,
        &application(71, "rejected"),
    );
    let error = advance_application::run(&harness.acting(), APPLICATION, &mut Vec::new())
        .await
        .unwrap_err();
    assert!(error.to_string().contains("not active"), "{error}");
    assert!(harness.sent().iter().all(|sent| sent.method == "GET"));
}

#[tokio::test]
async fn an_application_is_rejected_for_the_reason_of_that_name() {
    let harness = Harness::set().await;
    harness.answer(
        "GET /v1/rejection_reasons",
        200,
        &json!([{"id": 1, "name": "Too early"}, {"id": 2, "name": "No field experience"}]),
    );
    let reject = "POST /v1/applications/5120993417/reject";
    let mut rejected = application(71, "rejected");
    rejected["rejected_at"] = "2026-03-01T08:00:00.000Z".into();
    harness.answer(reject, 200, &rejected);

    let mut out = Vec::new();
    reject_application::run(
        &harness.acting(),
        APPLICATION,
        "no field EXPERIENCE",
        &mut out,
    )
    .await
    .unwrap();

    assert_eq!(
        text(out),
        "application 5120993417 is rejected since 2026-03-01T08:00:00.000Z\n"
    );
    let [sent] = &harness.sent_to(reject)[..] else {
        panic!("one rejection")
    };
    assert_eq!(sent.body["rejection_reason_id"], 2);
    // No e-mail is sent.
    assert_eq!(sent.body.get("rejection_email"), None);
    assert_eq!(sent.acting_user, Some(harness.user_id()));
}

#[tokio::test]
async fn a_reason_that_does_not_exist_rejects_nobody() {
    let harness = Harness::set().await;
    harness.answer(
        "GET /v1/rejection_reasons",
        200,
        &json!([{"id": 1, "name": "Too early"}]),
    );
    let error =
        reject_application::run(&harness.acting(), APPLICATION, "Bad shoes", &mut Vec::new())
            .await
            .unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no rejection reason \"Bad shoes\"; there are: Too early"
    );
    assert!(harness.sent().iter().all(|sent| sent.method == "GET"));
}
