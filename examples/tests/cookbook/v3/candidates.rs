//! Finding and creating one candidate.

use harvest_generated::v3::types::{CandidateId, JobId};
use serde_json::json;

use super::create_candidate::{self, Person};
use super::server::Server;
use super::{find_candidate, stderr, text};

const EMAIL: &str = "mira.whitcombe@example.com";

async fn server() -> Server {
    let server = Server::start().await;
    let candidate = |id, email| {
        json!({
            "id": id,
            "first_name": "Mira",
            "last_name": "Whitcombe",
            "email_addresses": [{"value": email, "type": "work"}],
        })
    };
    let shared = "rivers@example.com";
    server.put(
        "candidates",
        [
            candidate(501, EMAIL),
            candidate(502, shared),
            candidate(503, shared),
        ],
    );
    let jobs: Vec<i64> = (2..=60).collect();
    server.put(
        "applications",
        [
            json!({"id": 601, "candidate_id": 501, "job_id": 1, "status": "in_process",
                "stage_name": "Interview"}),
            json!({"id": 602, "candidate_id": 501, "status": "rejected",
                "prospective_job_ids": jobs}),
            json!({"id": 603, "candidate_id": 502, "job_id": 1}),
        ],
    );
    // Job 60 is confidential, say.
    for id in 1..60 {
        server.put(
            "jobs",
            [json!({"id": id, "name": format!("River guide {id}")})],
        );
    }
    server
}

#[tokio::test]
async fn the_candidate_is_joined_with_applications_and_their_jobs() {
    let server = server().await;
    let mut outputs = Vec::new();
    for who in [EMAIL, "501"] {
        let mut out = Vec::new();
        find_candidate::run(&server.client(), who, &mut out)
            .await
            .unwrap();
        outputs.push(text(out));
    }
    assert_eq!(outputs[0], outputs[1]);
    let lines: Vec<_> = outputs[0].lines().collect();
    assert_eq!(lines.len(), 1 + 60);
    assert_eq!(lines[0], "candidate 501: Mira Whitcombe");
    assert!(
        lines.contains(&"  River guide 1 (1): in_process, Interview"),
        "{lines:?}"
    );
    assert!(
        lines.contains(&"  River guide 2 (2): rejected, no stage"),
        "{lines:?}"
    );
    let hidden = "  a job that is not listed (60): rejected, no stage";
    assert!(lines.contains(&hidden), "{lines:?}");
    // 60 ids are more than one request takes.
    assert_eq!(server.sent("list_jobs").len(), 2 * 2);
    server.assert_scopes("find_candidate");
}

#[tokio::test]
async fn an_address_that_says_nothing_or_too_much_is_an_error_without_the_address() {
    let server = server().await;
    for (who, expected) in [
        ("nobody@example.com", "no candidate has this e-mail address"),
        (
            "rivers@example.com",
            "candidates 503, 502 share this address",
        ),
        ("7", "there is no candidate 7"),
    ] {
        let result = find_candidate::run(&server.client(), who, &mut Vec::new()).await;
        let error = stderr(&result.unwrap_err());
        assert!(error.contains(expected), "{error}");
    }
    assert!(server.sent("list_applications").is_empty());
}

fn ines(email: &str) -> Person {
    Person {
        first_name: "Ines".to_owned(),
        last_name: "Barroso".to_owned(),
        email: email.to_owned(),
    }
}

#[tokio::test]
async fn the_candidate_is_created_once_with_an_application() {
    let server = server().await;
    let person = ines("ines.barroso@example.com");
    let mut created = Vec::new();
    for said in ["has application", "has this address already"] {
        let mut out = Vec::new();
        let id = create_candidate::run(&server.client(), &person, JobId(5), &mut out).await;
        created.push(id.unwrap());
        let out = text(out);
        assert!(out.contains(said), "{out}");
    }
    assert_eq!(created[0], created[1]);
    let sent = server.sent("create_candidate");
    assert_eq!(sent.len(), 1);
    assert_eq!(
        sent[0].body,
        json!({
            "first_name": "Ines",
            "last_name": "Barroso",
            "email_addresses": [{"value": "ines.barroso@example.com", "type": "personal"}],
            "tags": ["River days"],
            "application": {"job_id": 5},
        })
    );
    let applications = server.all("applications");
    let CandidateId(id) = created[0];
    assert!(
        applications
            .iter()
            .any(|one| one["candidate_id"] == id && one["job_id"] == 5)
    );
    server.assert_scopes("create_candidate");
}

#[tokio::test]
async fn what_is_refused_is_printed_and_is_in_no_error() {
    let server = server().await;
    let mut out = Vec::new();
    let person = ines("Barroso at home");
    let result = create_candidate::run(&server.client(), &person, JobId(5), &mut out).await;
    let error = stderr(&result.unwrap_err());
    assert!(error.contains("email_addresses"), "{error}");
    assert_eq!(
        text(out),
        "email_addresses: Barroso at home is no address\n"
    );
    assert_eq!(server.all("candidates").len(), 3);
}
