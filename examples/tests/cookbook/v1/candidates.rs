//! Recipes about candidates.

use harvest_generated::v1::types::CandidateId;
use serde_json::{Value, json};

use super::harness::Harness;
use super::{export_candidates, tag_candidates, text};

#[tokio::test]
async fn all_that_changed_is_exported_as_it_came() {
    let harness = Harness::set().await;
    let since = "2026-02-01T00:00:00Z".parse().unwrap();
    let mut out = Vec::new();
    let export = export_candidates::run(&harness.client(), since, &mut out)
        .await
        .unwrap();

    let sent = harness.sent_to("GET /v1/candidates");
    assert_eq!(
        sent[0].query,
        "updated_after=2026-02-01T00:00:00.000Z&per_page=500"
    );
    assert_eq!(sent[0].acting_user, None);

    // What the service answered, a record a line.
    let client = harness.client();
    let answer = client
        .list_candidates()
        .updated_after(since)
        .send()
        .await
        .unwrap();
    let expected: Vec<Value> = serde_json::from_slice(answer.bytes()).unwrap();
    let lines: Vec<Value> = text(out)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(!lines.is_empty());
    assert_eq!(lines, expected);
    assert_eq!(export.candidates, lines.len() as u64);
    assert!(!export.moved);
    assert!(export.next.to_utc().unwrap() > since);
}

#[tokio::test]
async fn an_export_that_breaks_off_is_an_error() {
    let harness = Harness::set().await;
    harness.answer("GET /v1/candidates", 403, &json!({"message": "no"}));
    let since = "2026-02-01T00:00:00Z".parse().unwrap();
    let error = export_candidates::run(&harness.client(), since, &mut Vec::new()).await;
    assert!(error.is_err());
}

#[tokio::test]
async fn many_candidates_are_tagged_and_the_others_named() {
    let harness = Harness::set().await;
    harness.answer(
        "POST /v1/tags/candidate",
        201,
        &json!({"id": 9, "name": "River days"}),
    );
    let missing = "PUT /v1/candidates/12/tags/9";
    harness.answer(missing, 404, &json!({"message": "Resource not found"}));
    let ids: Vec<CandidateId> = (1..=40).map(CandidateId).collect();
    for id in ids.iter().filter(|id| id.0 != 12) {
        let path = format!("PUT /v1/candidates/{id}/tags/9");
        harness.answer(&path, 200, &json!({"message": "done"}));
    }

    let mut out = Vec::new();
    let failed = tag_candidates::run(&harness.acting(), "River days", &ids, &mut out)
        .await
        .unwrap();

    assert_eq!(failed, [CandidateId(12)]);
    let out = text(out);
    assert!(
        out.starts_with("candidate 12: add_tag_to_candidate"),
        "{out}"
    );
    assert!(out.ends_with("39 tagged, 1 not\n"), "{out}");
    let created = harness.sent_to("POST /v1/tags/candidate");
    assert_eq!(created.len(), 1);
    assert_eq!(created[0].body, json!({"name": "River days"}));
    let tagged = harness
        .sent()
        .into_iter()
        .filter(|sent| sent.method == "PUT");
    let mut paths: Vec<String> = tagged.map(|sent| sent.path).collect();
    paths.sort();
    paths.dedup();
    assert_eq!(paths.len(), 40);
}

#[tokio::test]
async fn a_key_without_the_permission_stops_the_tagging() {
    let harness = Harness::set().await;
    harness.answer(
        "POST /v1/tags/candidate",
        201,
        &json!({"id": 9, "name": "River days"}),
    );
    let refusal = json!({"message": "This API Key does not have permission for this endpoint"});
    let ids: Vec<CandidateId> = (1..=40).map(CandidateId).collect();
    for id in &ids {
        harness.answer(&format!("PUT /v1/candidates/{id}/tags/9"), 403, &refusal);
    }
    let error = tag_candidates::run(&harness.acting(), "River days", &ids, &mut Vec::new())
        .await
        .unwrap_err();
    let text = format!("{error:#}");
    assert!(text.starts_with("0 tagged so far: "), "{text}");
    assert!(text.contains("PUT: Add a candidate tag"), "{text}");
    assert!(harness.sent().len() < 20, "it went on");
}
