//! Moving and rejecting an application.

use harvest_generated::v3::types::{ApplicationId, JobStageId};
use serde_json::{Value, json};

use super::move_application::{self, Outcome};
use super::records::refused;
use super::server::Server;
use super::{reject_application, stderr, text};

const ID: ApplicationId = ApplicationId(601);

/// An application in the first of four stages, the second of which is not used any more.
async fn server() -> Server {
    let server = Server::start().await;
    let application = json!({
        "id": 601, "job_id": 1, "status": "in_process", "job_interview_stage_id": 71,
        "candidate_id": 501,
    });
    server.put(
        "applications",
        [application, json!({"id": 602, "prospect": true})],
    );
    let stage = |id, order, active| {
        json!({
            "id": id, "job_id": 1, "sort_order": order, "active": active, "name": "A stage",
        })
    };
    server.put(
        "job_interview_stages",
        [
            stage(71, 0, true),
            stage(74, 3, true),
            stage(72, 1, false),
            stage(73, 2, true),
        ],
    );
    server.put(
        "job_interview_stages",
        [json!({"id": 81, "job_id": 2, "sort_order": 1})],
    );
    server.put(
        "rejection_reasons",
        [
            json!({"id": 31, "name": "No field experience"}),
            json!({"id": 32, "name": "Hired elsewhere"}),
        ],
    );
    server
}

#[tokio::test]
async fn the_application_goes_from_stage_to_stage_to_the_last() {
    let server = server().await;
    let client = server.client();
    let mut out = Vec::new();
    for expected in [
        Outcome::Moved(JobStageId(73)),
        Outcome::Moved(JobStageId(74)),
        Outcome::AtTheEnd,
    ] {
        let outcome = move_application::run(&client, ID, &mut out).await.unwrap();
        assert_eq!(outcome, expected);
    }
    let bodies: Vec<Value> = server
        .sent("move_application")
        .into_iter()
        .map(|sent| sent.body)
        .collect();
    assert_eq!(
        bodies,
        [
            json!({"from_stage_id": 71, "to_stage_id": 73}),
            json!({"from_stage_id": 73, "to_stage_id": 74}),
        ]
    );
    assert_eq!(
        text(out).lines().last(),
        Some("application 601 is in the last stage")
    );
    server.assert_scopes("move_application");
}

#[tokio::test]
async fn an_application_that_another_moved_is_left_there() {
    let server = server().await;
    server.meanwhile(|operation, _, records| {
        if operation == "move_application" {
            records.get("applications", 601).unwrap()["job_interview_stage_id"] = json!(74);
        }
        None
    });
    let mut out = Vec::new();
    let outcome = move_application::run(&server.client(), ID, &mut out).await;
    assert_eq!(outcome.unwrap(), Outcome::Stale(JobStageId(74)));
    assert_eq!(server.sent("move_application").len(), 1);
    assert_eq!(text(out), "application 601 went to stage 74 meanwhile\n");
}

#[tokio::test]
async fn a_move_that_is_refused_for_another_reason_is_an_error() {
    let server = server().await;
    server.meanwhile(|operation, _, _| {
        (operation == "move_application").then(|| refused("Email from user is invalid"))
    });
    let result = move_application::run(&server.client(), ID, &mut Vec::new()).await;
    let error = stderr(&result.unwrap_err());
    assert!(error.contains("move_application"), "{error}");
    for (id, expected) in [(602, "prospect"), (603, "there is no application 603")] {
        let id = ApplicationId(id);
        let result = move_application::run(&server.client(), id, &mut Vec::new()).await;
        let error = stderr(&result.unwrap_err());
        assert!(error.contains(expected), "{error}");
    }
    assert_eq!(server.sent("move_application").len(), 1);
}

#[tokio::test]
async fn the_application_is_rejected_once() {
    let server = server().await;
    let mut out = Vec::new();
    for attempt in 0..2 {
        let reason = "no field experience";
        let result = reject_application::run(&server.client(), ID, reason, &mut out).await;
        assert_eq!(result.is_ok(), attempt == 0, "{result:?}");
    }
    assert_eq!(
        text(out),
        "application 601 is rejected\nrefused: Application is not active\n"
    );
    let rejected = server.get("applications", 601);
    assert_eq!(rejected["rejection_reason_id"], 31);
    let sent = &server.sent("reject_application")[0];
    assert_eq!(sent.body.get("rejection_email"), None, "nothing is mailed");
    server.assert_scopes("reject_application");
}

#[tokio::test]
async fn a_rejection_without_the_scope_or_the_reason_says_what_is_missing() {
    let server = server().await;
    server.deny("harvest:applications:reject");
    let mut out = Vec::new();
    let result = reject_application::run(&server.client(), ID, "Hired elsewhere", &mut out).await;
    let error = stderr(&result.unwrap_err());
    assert!(error.contains("harvest:applications:reject"), "{error}");
    let out = text(out);
    assert!(
        out.contains("no scope harvest:applications:reject"),
        "{out}"
    );

    let result = reject_application::run(&server.client(), ID, "Too tall", &mut Vec::new()).await;
    let error = stderr(&result.unwrap_err());
    assert!(
        error.contains("Hired elsewhere, No field experience"),
        "{error}"
    );
    assert_eq!(server.get("applications", 601)["status"], "in_process");
}
