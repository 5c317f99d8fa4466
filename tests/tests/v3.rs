//! The client of v3 on the wire: tokens, acting users, cursors, ranges, single records and bulk jobs.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

#[path = "golden_code/server.rs"]
mod server;

use std::time::Duration;

use harvest_generated::v3::Client;
use harvest_generated::v3::types::{
    CandidateField, CandidateTagCreate, JobOpeningBulkDelete, OpeningId,
};
use harvest_runtime::{
    Completeness, Incomplete, Limiter, PollOptions, RowOutcome, TimeRange, Timestamp,
};

use server::Server;

const TOKEN: (u16, &str, &str) = (
    200,
    "",
    r#"{"token_type":"Bearer","access_token":"made-up-1","expires_at":"2999-01-01T00:00:00Z"}"#,
);

fn client(server: &Server) -> Client {
    Client::builder()
        .client_credentials("made-up-id", "made-up-secret")
        .base_url(&server.url)
        .token_url(format!("{}/token", server.url))
        .limiter(Limiter::unlimited())
        .build()
        .unwrap()
}

fn first_lines(requests: &[String]) -> Vec<&str> {
    let lines = requests.iter().map(|request| request.lines().next());
    lines.map(Option::unwrap_or_default).collect()
}

#[tokio::test]
async fn a_record_that_comes_again_is_handed_out_once() {
    let server = Server::new(&[
        TOKEN,
        (
            200,
            "link: <{url}/v3/candidates?cursor=bWFkZS11cA>; rel=\"next\"\r\n",
            r#"[{"id":9,"first_name":"Mira"},{"id":7,"first_name":"Lea"}]"#,
        ),
        (
            200,
            "link: \r\n",
            r#"[{"id":7,"first_name":"Lea Maria"},{"id":3}]"#,
        ),
    ]);
    let mut candidates = client(&server).list_candidates().items();
    let mut ids = Vec::new();
    while let Some(candidate) = candidates.next().await {
        let candidate = candidate.unwrap();
        assert!(format!("{candidate:?}").contains("CandidateId("));
        ids.extend(candidate.id.map(|id| id.0));
    }
    assert_eq!(ids, [9, 7, 3]);
    assert_eq!(
        candidates.completeness(),
        Completeness::Unproven(Incomplete::ChangedWhileReading)
    );
}

#[tokio::test]
async fn a_list_is_read_with_one_token_to_its_last_cursor() {
    let server = Server::new(&[
        TOKEN,
        (
            200,
            "link: <{url}/v3/candidates?cursor=bWFkZS11cA>; rel=\"next\"\r\n",
            r#"[{"id":9,"first_name":"Mira"},{"id":7,"first_name":null}]"#,
        ),
        (200, "link: \r\n", r#"[{"id":3}]"#),
    ]);
    let since: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let until: Timestamp = "2026-02-01T00:00:00Z".parse().unwrap();
    let mut candidates = client(&server)
        .list_candidates()
        .updated_at(TimeRange::since(since).before(until))
        .fields([CandidateField::Id, CandidateField::FirstName])
        .per_page(2)
        .items();
    let mut ids = Vec::new();
    while let Some(candidate) = candidates.next().await {
        ids.extend(candidate.unwrap().id);
    }
    assert_eq!(ids.iter().map(|id| id.0).collect::<Vec<_>>(), [9, 7, 3]);
    assert_eq!(candidates.completeness(), Completeness::Proven);
    let requests = server.requests();
    assert_eq!(
        first_lines(&requests),
        [
            "POST /token HTTP/1.1",
            "GET /v3/candidates?updated_at=gte%7C2026-01-01T00%3A00%3A00Z\
             %7Clt%7C2026-02-01T00%3A00%3A00Z\
             &fields=id%2Cfirst_name&per_page=2 HTTP/1.1",
            "GET /v3/candidates?cursor=bWFkZS11cA HTTP/1.1",
        ]
    );
    assert!(requests[0].contains("authorization: Basic "));
    assert!(
        requests[0].ends_with("grant_type=client_credentials"),
        "{}",
        requests[0]
    );
    for request in &requests[1..] {
        assert!(
            request.contains("authorization: Bearer made-up-1\r\n"),
            "{request}"
        );
    }
}

#[tokio::test]
async fn a_write_acts_for_the_subject_of_its_token() {
    let server = Server::new(&[TOKEN, (201, "", r#"{"id":5,"name":"Rivers"}"#)]);
    let acting = client(&server).with_acting_user(1_049_756);
    let tag = CandidateTagCreate::new("Rivers");
    let created = acting.create_candidate_tag(&tag).send().await.unwrap();
    assert_eq!(created.id.map(|id| id.0), Some(5));
    let requests = server.requests();
    assert!(
        requests[0].ends_with("grant_type=client_credentials&sub=1049756"),
        "{}",
        requests[0]
    );
    assert!(
        requests[1].ends_with(r#"{"name":"Rivers"}"#),
        "{}",
        requests[1]
    );
    assert!(!requests[1].contains("on-behalf-of"), "{}", requests[1]);
}

#[tokio::test]
async fn a_record_is_found_by_its_id_or_is_not_there() {
    let server = Server::new(&[
        TOKEN,
        (200, "", r#"[{"id":5,"name":"Rivers"}]"#),
        (200, "", "[]"),
    ]);
    let client = client(&server);
    let tag = client.find_candidate_tag(5).send().await.unwrap();
    assert_eq!(
        tag.as_ref().and_then(|tag| tag.name.as_deref()),
        Some("Rivers")
    );
    assert!(client.find_candidate_tag(6).send().await.unwrap().is_none());
    let requests = server.requests();
    assert_eq!(
        first_lines(&requests)[1..],
        [
            "GET /v3/candidate_tags?ids=5 HTTP/1.1",
            "GET /v3/candidate_tags?ids=6 HTTP/1.1",
        ]
    );
}

#[tokio::test]
async fn a_bulk_job_is_polled_until_it_ends() {
    let server = Server::new(&[
        TOKEN,
        (202, "", r#"{"bulk_action_uuid":"b-1"}"#),
        (
            200,
            "",
            r#"[{"bulk_action_uuid":"b-1","status":"processing"}]"#,
        ),
        (
            200,
            "",
            r#"[{"status":"completed","success_count":1,"failure_count":1,
                "success_results_url":"{url}/good","failure_results_url":"{url}/bad"}]"#,
        ),
        (200, "", "[1]"),
        (200, "", r#"[{"id":2,"message":"is open"}]"#),
    ]);
    let body = JobOpeningBulkDelete::new([OpeningId(1), OpeningId(2)]);
    let poll = PollOptions::new().interval(Duration::from_millis(1));
    let client = client(&server);
    let outcome = client
        .bulk_delete_job_openings(&body)
        .send_and_wait(poll)
        .await
        .unwrap();
    assert_eq!(
        outcome.rows()[0].outcome(),
        &RowOutcome::Done { id: Some(1) }
    );
    let failed: Vec<_> = outcome.failed().collect();
    assert_eq!((failed[0].0, failed[0].1.message()), (1, Some("is open")));
    let requests = server.requests();
    assert_eq!(
        first_lines(&requests)[1..],
        [
            "DELETE /v3/openings/bulk HTTP/1.1",
            "GET /v3/bulk_requests/b-1 HTTP/1.1",
            "GET /v3/bulk_requests/b-1 HTTP/1.1",
            "GET /good HTTP/1.1",
            "GET /bad HTTP/1.1",
        ]
    );
    for file in &requests[4..] {
        assert!(!file.contains("authorization"), "{file}");
    }
}
