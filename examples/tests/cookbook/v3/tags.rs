//! A tag on many candidates.

use harvest_generated::v3::types::CandidateId;
use serde_json::json;

use super::server::Server;
use super::tag_candidates::{self, Outcome};
use super::{stderr, text};

const IDS: [CandidateId; 4] = [
    CandidateId(501),
    CandidateId(7),
    CandidateId(503),
    CandidateId(502),
];

async fn server() -> Server {
    let server = Server::start().await;
    server.put("candidates", [501, 502, 503].map(|id| json!({"id": id})));
    server.page_size(1);
    server
}

#[tokio::test]
async fn each_row_has_its_result_in_its_place() {
    let server = server().await;
    let client = server.client();
    let mut out = Vec::new();
    // An answer that comes late keeps its place.
    server.answer_late("add_tag_to_candidate");
    let rows = tag_candidates::run(&client, "Rivers", &IDS[..2], &mut out).await;
    assert_eq!(rows.unwrap(), [Outcome::Tagged, Outcome::Refused]);
    // The second time the tag is there, and on some of them.
    let rows = tag_candidates::run(&client, "Rivers", &IDS, &mut out).await;
    let (kept, refused, tagged) = (Outcome::Kept, Outcome::Refused, Outcome::Tagged);
    assert_eq!(rows.unwrap(), [kept, refused, tagged, tagged]);

    let tags = server.all("candidate_tags");
    assert_eq!(tags.len(), 1);
    let applied = server.all("applied_candidate_tags");
    assert_eq!(applied.len(), 3);
    assert!(
        applied
            .iter()
            .all(|one| one["candidate_tag_id"] == tags[0]["id"])
    );
    let out = text(out);
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines.len(), 6);
    assert_eq!(lines[0], "501\tTagged");
    assert!(lines[1].starts_with("7\tadd_tag_to_candidate"), "{out}");
    assert_eq!(lines[2], "501\tKept");
    server.assert_scopes("tag_candidates");
}

#[tokio::test]
async fn what_every_row_would_meet_ends_the_run() {
    let server = server().await;
    server.deny("harvest:applied_candidate_tags:create");
    let result = tag_candidates::run(&server.client(), "Rivers", &IDS, &mut Vec::new()).await;
    let error = stderr(&result.unwrap_err());
    assert!(error.contains("0 rows are done"), "{error}");
    assert!(
        error.contains("harvest:applied_candidate_tags:create"),
        "{error}"
    );
    assert_eq!(server.all("applied_candidate_tags").len(), 0);
}
