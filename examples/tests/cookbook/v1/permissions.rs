//! The recipe that finds out what a key may read.

use harvest_generated::runtime::Method;
use harvest_generated::v1::operations::OPERATIONS;
use serde_json::json;

use super::harness::Harness;
use super::probe_permissions::{self, Verdict};
use super::text;

fn readable() -> usize {
    OPERATIONS
        .iter()
        .filter(|o| o.method == Method::Get)
        .count()
}

#[tokio::test]
async fn each_read_is_tried_and_nothing_is_changed() {
    let harness = Harness::set().await;
    let refusal = json!({"message": "This API Key does not have permission for this endpoint"});
    harness.answer("GET /v1/eeoc", 403, &refusal);
    harness.answer("GET /v1/scorecards", 403, &refusal);
    let mut out = Vec::new();
    let verdicts = probe_permissions::run(&harness.client(), &mut out)
        .await
        .unwrap();

    assert!(
        harness
            .sent()
            .iter()
            .all(|sent| sent.method == "GET" && sent.acting_user.is_none())
    );
    assert_eq!(verdicts.len(), readable());
    let with = |verdict| {
        let mut ids: Vec<_> = verdicts
            .iter()
            .filter(|(_, v)| **v == verdict)
            .map(|(id, _)| *id)
            .collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(with(Verdict::Denied), ["list_eeoc", "list_scorecards"]);
    // There is no list of the tokens of tracking links, and without the list no scorecard to ask for.
    let unknown = with(Verdict::Unknown);
    for id in ["get_scorecard", "get_tracking_link"] {
        assert!(unknown.contains(&id), "{unknown:?}");
    }
    assert!(unknown.len() <= 5, "{unknown:?}");

    let out = text(out);
    let denied = "denied   list_eeoc (GET /v1/eeoc): tick \"GET: List EEOC\"";
    assert!(out.lines().any(|line| line.starts_with(denied)), "{out}");
    assert_eq!(out.lines().count(), readable() + 1);
    let untried = OPERATIONS.len() - readable();
    assert!(
        out.contains(&format!("{untried} operations that change something")),
        "{out}"
    );
}

#[tokio::test]
async fn a_wrong_key_is_tried_once() {
    let harness = Harness::set().await;
    let stranger = harness.client_with("not-the-key");
    let error = probe_permissions::run(&stranger, &mut Vec::new())
        .await
        .unwrap_err();
    assert!(error.to_string().contains("401"), "{error}");
    assert_eq!(harness.sent().len(), 1);
}
