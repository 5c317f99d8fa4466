//! More ids than one request takes, through the generated client.

use harvest_generated::v1::types::CandidateId;
use harvest_sandbox::{Fault, Sandbox};

use super::calls::proxy;
use super::proxy::Proxy;

fn ids(range: std::ops::RangeInclusive<i64>) -> Vec<CandidateId> {
    range.map(CandidateId).collect()
}

fn joined(ids: &[CandidateId]) -> String {
    let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
    ids.join(",")
}

/// The ids of the first page of each request that arrived.
fn asked(proxy: &Proxy) -> Vec<String> {
    let arrived = proxy.arrived();
    let first = arrived.iter().filter(|asked| asked.query("page").is_none());
    first
        .map(|asked| asked.query("candidate_ids").unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn fifty_a_request_in_order() {
    let proxy = proxy(Sandbox::builder()).await;
    let client = proxy.client();
    let all = ids(1..=120);
    let mut items = client
        .list_candidates()
        .job_id(7)
        .candidate_ids(&all)
        .items();
    let mut seen = Vec::new();
    while let Some(candidate) = items.next().await {
        let id = candidate.unwrap().id;
        assert!(!seen.contains(&id), "{id:?} came twice");
        seen.push(id);
    }
    assert!(!seen.is_empty());
    let parts = all.chunks(50).map(joined).collect::<Vec<_>>();
    assert_eq!(asked(&proxy), parts);

    // Fifty are one request; one more is refused before it is sent.
    client
        .list_candidates()
        .candidate_ids(&all[..50])
        .send()
        .await
        .unwrap();
    assert_eq!(asked(&proxy), parts[..1]);
    let error = client
        .list_candidates()
        .candidate_ids(&all[..51])
        .send()
        .await
        .unwrap_err();
    assert!(error.is_invalid_request());
    assert!(error.to_string().contains("`items`"), "{error}");
    assert!(asked(&proxy).is_empty());
}

#[tokio::test]
async fn where_it_failed_it_goes_on_with_all_that_is_left() {
    let fault = Fault::status(500).on("list_candidates").nth(2);
    let proxy = proxy(Sandbox::builder().fault(fault)).await;
    let client = proxy.client();
    let all = ids(1..=170);
    let mut pages = client.list_candidates().candidate_ids(&all).pages();
    let error = loop {
        if let Err(error) = pages.next().await.unwrap() {
            break error;
        }
    };
    let parts = all.chunks(50).map(joined).collect::<Vec<_>>();
    assert_eq!(asked(&proxy), parts[..2]);
    let url = error.resume_url().unwrap();
    let mut rest = client.list_candidates().pages().resume_from(url);
    while let Some(page) = rest.next().await {
        page.unwrap();
    }
    assert_eq!(asked(&proxy), parts[1..]);
}
