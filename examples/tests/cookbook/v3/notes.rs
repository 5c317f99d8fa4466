//! Notes in the name of several users.

use harvest_generated::v3::types::{CandidateId, UserId};
use serde_json::{Value, json};

use super::server::Server;
use super::write_notes::{self, Note, Outcome};
use super::{stderr, text};

fn note(user: i64, candidate: i64) -> Note {
    Note {
        user: UserId(user),
        candidate: CandidateId(candidate),
        body: format!("Mira, by {user}"),
    }
}

async fn server() -> Server {
    let server = Server::start().await;
    server.put(
        "candidates",
        [501, 502].map(|id| json!({"id": id, "first_name": "Mira"})),
    );
    server
}

#[tokio::test]
async fn each_note_is_that_of_its_user_and_each_user_has_one_token() {
    let server = server().await;
    let notes = [
        note(11, 501),
        note(12, 501),
        note(11, 502),
        note(12, 7),
        note(12, 502),
    ];
    let mut out = Vec::new();
    let rows = write_notes::run(&server.client(), &notes, &mut out)
        .await
        .unwrap();
    let (written, missing) = (Outcome::Written, Outcome::NoCandidate);
    assert_eq!(rows, [written, written, written, missing, written]);

    let authors: Vec<(Value, Value)> = server
        .all("notes")
        .into_iter()
        .map(|note| (note["user_id"].clone(), note["candidate_id"].clone()))
        .collect();
    let expected = [(11, 501), (12, 501), (11, 502), (12, 502)];
    assert_eq!(
        authors,
        expected.map(|(user, candidate)| (json!(user), json!(candidate)))
    );
    assert_eq!(server.tokens(), [None, Some(11), Some(12)]);
    assert_eq!(
        server.sent("create_note")[0].body,
        json!({"candidate_id": 501, "body": "Mira, by 11", "note_type": "NOTE",
            "visibility": "public"})
    );
    let out = text(out);
    assert!(!out.contains("Mira"), "{out}");
    server.assert_scopes("write_notes");
}

#[tokio::test]
async fn a_user_without_a_token_stops_no_other() {
    let server = server().await;
    server.deny_user(11);
    let notes = [note(11, 501), note(12, 501)];
    let rows = write_notes::run(&server.client(), &notes, &mut Vec::new()).await;
    assert_eq!(rows.unwrap(), [Outcome::NoToken, Outcome::Written]);
}

#[tokio::test]
async fn a_missing_scope_stops_all() {
    let server = server().await;
    server.deny("harvest:notes:create");
    let notes = [note(11, 501), note(12, 501)];
    let result = write_notes::run(&server.client(), &notes, &mut Vec::new()).await;
    let error = stderr(&result.unwrap_err());
    assert!(
        error.contains("note 1 is the first not to be written"),
        "{error}"
    );
    assert!(error.contains("harvest:notes:create"), "{error}");
    assert!(server.all("notes").is_empty());
    assert_eq!(server.sent("create_note").len(), 1);
}
