//! Bugs of other clients of Harvest, each held off by a test. Where that test is:
//!
//! | bug | test |
//! | --- | --- |
//! | paging never ends when the next page is the same again | `next_itself_ends` here |
//! | a part of a list passes for the whole after an error | the matrix, rows of lists |
//! | 201 is taken for an error | `created_is_a_success` here |
//! | filters and page size are forgotten on page 2, or never sent | `contract/paging.rs`, `contract/calls.rs` |
//! | a query is not escaped | `contract/calls.rs`, `harvest-runtime/tests/it/requests.rs` |
//! | a read names an acting user | `contract/acting_user.rs` |
//! | a wait of 0 before another attempt panics, or ends it | `no_wait_at_all` here, the matrix (`come back at once`) |
//! | 429 ends it, though the service says when to come back | the matrix (`429, come back`), `limits.rs` |
//! | 502 and a reset end it | the matrix |
//! | a second record after an unclear answer | the matrix, `limits.rs` |
//! | an HTML page passes for an empty answer | `a_page_for_people_is_no_answer` here, the matrix |
//! | 403 passes for an empty list | `a_refused_list_is_not_empty` here |
//! | ids have 32 bits | `ids_beyond_32_bits` here |
//! | a property that is missing or null fails the page | `contract/tolerance.rs` |
//! | null, missing and `.000` are written differently from how they came | `contract/examples.rs`, `contract/tolerance.rs` |
//! | the credential goes to whatever host a link or redirect names | `nothing_goes_elsewhere` here, `containment.rs` of the runtime |
//! | what was sent or received is printed | `contract/privacy.rs`, `contract/tracing.rs` |

use std::time::Duration;

use harvest_generated::v1::types::{Application, Candidate, CandidateId};
use harvest_runtime::retry::ExponentialBackoff;
use harvest_sandbox::{Fault, Sandbox};
use serde_json::json;

use super::calls::{Call, Outcome};
use super::fixture::{Fixture, PER_PAGE, read};

#[tokio::test]
async fn next_itself_ends() {
    for ahead in [1, 4] {
        let fixture = Fixture::new().await;
        fixture.add(Fault::next_itself());
        let reading = read(fixture.list().concurrency(ahead)).await;
        let error = reading.error.expect("it cannot be followed");
        assert!(error.is_pagination(), "{error}");
        assert_eq!(reading.delivered, fixture.candidates[..PER_PAGE]);
        assert_eq!(fixture.requests("list_candidates").len(), 1);
    }
}

#[tokio::test]
async fn created_is_a_success() {
    let fixture = Fixture::new().await;
    let Outcome::Single(created) = Call::Create.run(&fixture).await else {
        panic!("it is no list");
    };
    created.unwrap();
    let requests = fixture.requests("create_candidate");
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].status, Some(201));
}

#[tokio::test]
async fn no_wait_at_all() {
    let fixture = Fixture::with(Sandbox::builder(), |client| {
        let none = ExponentialBackoff::new();
        client.backoff(
            none.with_initial(Duration::ZERO)
                .with_maximum(Duration::ZERO),
        )
    })
    .await;
    fixture.add(Fault::status(503).on("get_candidate").first(2));
    let call = fixture.client.get_candidate(fixture.candidate(0));
    assert_eq!(call.send().await.unwrap().attempts(), 3);
}

#[tokio::test]
async fn a_page_for_people_is_no_answer() {
    let fixture = Fixture::new().await;
    fixture.add(Fault::html(200));
    for call in Call::ALL {
        let error = match call.run(&fixture).await {
            Outcome::List(reading) => {
                assert!(reading.delivered.is_empty());
                reading.error
            }
            Outcome::Single(result) => result.err(),
        };
        assert!(error.is_some_and(|error| error.is_decode()), "{call:?}");
    }
}

#[tokio::test]
async fn a_refused_list_is_not_empty() {
    let fixture = Fixture::new().await;
    fixture.add(Fault::status(403).on("list_candidates"));
    let error = read(fixture.list()).await.error.expect("it was refused");
    assert!(error.is_forbidden(), "{error}");
    assert!(error.to_string().contains(error.permission().unwrap()));
}

#[tokio::test]
async fn nothing_goes_elsewhere() {
    // The host does not exist: a request there would be an error of another kind.
    let fixture = Fixture::new().await;
    fixture.add(Fault::next_elsewhere());
    for ahead in [1, 4] {
        let error = read(fixture.list().concurrency(ahead)).await.error.unwrap();
        assert!(error.is_pagination() && !error.is_connect(), "{error}");
        assert!(error.to_string().contains("elsewhere.example"), "{error}");
    }
}

#[tokio::test]
async fn ids_beyond_32_bits() {
    let id = 9_007_199_254_740_993;
    let candidate = json!({"id": id, "recruiter": {"id": id}, "application_ids": [id]});
    let read: Candidate = serde_json::from_value(candidate.clone()).unwrap();
    assert_eq!(read.id, CandidateId(id));
    assert_eq!(serde_json::to_value(&read).unwrap(), candidate);
    let application = json!({"id": id, "candidate_id": id});
    let read: Application = serde_json::from_value(application.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), application);

    let fixture = Fixture::new().await;
    let sent = fixture.client.get_candidate(id).send().await;
    // Found or not, it was an id.
    assert!(sent.is_ok() || sent.is_err_and(|error| error.is_not_found()));
}
