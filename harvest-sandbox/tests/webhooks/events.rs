//! Each event that the sandbox sends: the change that causes it, one delivery of it, and a payload that is as described.

use std::collections::BTreeSet;

use serde_json::json;

use crate::scene::{Scene, play, table};

#[tokio::test]
async fn each_change_sends_its_events_and_no_others() {
    let it = play().await;
    // No event of the table was left out.
    let table = table();
    assert_eq!(table.len(), 29);
    let promised = table.iter().filter(|(_, is_sent)| *is_sent);
    let promised: BTreeSet<String> = promised.map(|(event, _)| event.clone()).collect();
    assert_eq!(it.sent, promised);
}

#[tokio::test]
async fn a_merge_is_a_deletion_to_those_who_ask_for_no_merges() {
    let mut it = Scene::start(&["merge_candidate"]).await;
    let all = it.read("/v1/candidates?per_page=2").await;
    let merge =
        json!({"primary_candidate_id": all[0]["id"], "duplicate_candidate_id": all[1]["id"]});
    it.change("PUT", "/v1/candidates/merge", merge, &["delete_candidate"])
        .await;
}
