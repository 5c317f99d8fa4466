//! The bulk job that deactivates users.

use std::time::Duration;

use harvest_generated::runtime::PollOptions;
use harvest_generated::v3::types::UserId;
use serde_json::json;

use super::server::Server;
use super::{deactivate_users, stderr, text};

async fn server() -> Server {
    let server = Server::start().await;
    let user = |id| json!({"id": id, "name": "Ines Barroso", "deactivated": id == 12});
    server.put("users", [11, 12, 13].map(user));
    server
}

fn poll() -> PollOptions {
    PollOptions::new().interval(Duration::from_millis(1))
}

#[tokio::test]
async fn the_users_are_deactivated_by_one_job_and_who_is_not_is_named() {
    let server = server().await;
    let ids = [11, 12, 7].map(UserId);
    let failures = r#"[{"id": 7, "message": "User not found"}]"#;
    let url = server.file("/files/failures.json", 200, failures);
    server.put("failure_files", [json!({"id": 1, "url": url})]);
    let mut out = Vec::new();
    let left = deactivate_users::run(&server.client(), &ids, poll(), &mut out).await;
    assert_eq!(left.unwrap(), [UserId(7)]);
    let out = text(out);
    assert_eq!(
        out,
        "bulk job 0b1c7a9e: 2 rows done, 1 refused\n\
         user 7 is refused: User not found\n\
         user 7 is not deactivated\n"
    );
    let sent = server.sent("bulk_disable_users");
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].body, json!({"data": [11, 12, 7]}));
    assert_eq!(server.sent("get_bulk_request").len(), 2);
    assert_eq!(server.get("users", 11)["deactivated"], true);
    assert_eq!(server.get("users", 13)["deactivated"], false);
    server.assert_scopes("deactivate_users");
}

#[tokio::test]
async fn a_job_whose_end_is_not_seen_is_named_and_not_sent_again() {
    let server = server().await;
    server.deny("harvest:openings:create");
    let ids = [UserId(11)];
    let result = deactivate_users::run(&server.client(), &ids, poll(), &mut Vec::new()).await;
    let error = stderr(&result.unwrap_err());
    assert!(error.contains("bulk job 0b1c7a9e was accepted"), "{error}");
    assert!(error.contains("harvest:openings:create"), "{error}");
    assert_eq!(server.sent("bulk_disable_users").len(), 1);
}

#[tokio::test]
async fn no_users_are_no_job() {
    let server = server().await;
    let left = deactivate_users::run(&server.client(), &[], poll(), &mut Vec::new()).await;
    assert_eq!(left.unwrap(), []);
    assert!(server.tokens().is_empty());
}
