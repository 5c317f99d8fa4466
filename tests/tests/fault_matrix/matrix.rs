//! Every call under every fault.

use std::time::Instant;

use futures_util::stream::{self, StreamExt};
use harvest_runtime::Error;
use harvest_runtime::{Completeness, Incomplete};
use harvest_sandbox::{Effect, LoggedRequest, Sandbox};

use super::calls::{Call, Outcome};
use super::cases::{Expected, Failure, FaultCase, cases};
use super::fixture::{Fixture, ListResult, NO_HANG, PER_PAGE, read};

/// How many rows run at the same time.
const AT_ONCE: usize = 6;

/// Which request of a list is hit where the fault strikes once: one in the middle.
const HIT_PAGE: u64 = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_call_under_every_fault() {
    let start = Instant::now();
    let table = cases();
    let rows = table.len();
    let cases = stream::iter(table)
        .map(|fault_case| tokio::spawn(run(fault_case)))
        .buffer_unordered(AT_ONCE)
        .fold(0, async |cases, row| cases + row.unwrap())
        .await;
    assert_eq!(cases, rows * Call::ALL.len());
    let took = start.elapsed().as_secs_f64();
    println!("{cases} cases hold: {rows} faults, in {took:.1} s");
}

/// How many cases held.
async fn run(fault_case: FaultCase) -> usize {
    let mut fixture = Fixture::with(Sandbox::builder(), |client| match fault_case.time {
        Some(time) => client.attempt_timeout(time),
        None => client,
    })
    .await;
    let mut cases = 0;
    for call in Call::ALL {
        let case = format!("{}, {call:?}", fault_case.name);
        fixture.reset().await;
        let fault = fault_case.fault.clone().on(call.operation());
        fixture.add(match (fault_case.is_lasting, call.is_list()) {
            (true, _) => fault,
            (false, true) => fault.nth(HIT_PAGE),
            (false, false) => fault.nth(1),
        });
        let end = tokio::time::timeout(NO_HANG, call.run(&fixture)).await;
        let end = end.unwrap_or_else(|_| panic!("{case}: hangs"));
        let requests = fixture.requests(call.operation());
        let outcome = match (&fault_case.lists, call) {
            (Some((by_page, _)), Call::List) => *by_page,
            (Some((_, ahead)), Call::ListAhead) => *ahead,
            _ if call.is_repeatable() => fault_case.repeatable,
            _ => fault_case.guarded,
        };
        match end {
            Outcome::Single(result) => {
                let before = fixture.candidates.len();
                fixture.reset().await;
                let there = match call {
                    Call::Create => before + acted(&requests),
                    Call::Delete => before - acted(&requests),
                    _ => before,
                };
                assert_eq!(fixture.candidates.len(), there, "{case}: candidates");
                assert_single(&case, call, outcome, result.as_ref().err(), &requests);
            }
            Outcome::List(reading) => {
                assert_list(
                    &case,
                    &fault_case,
                    call,
                    outcome,
                    &reading,
                    &requests,
                    &mut fixture,
                )
                .await;
            }
        }
        let hits = requests.iter().filter(|r| !r.faults.is_empty()).count();
        assert!(hits > 0, "{case}: nothing went wrong");
        cases += 1;
    }
    cases
}

fn acted(requests: &[LoggedRequest]) -> usize {
    requests.iter().filter(|request| request.acted).count()
}

fn assert_single(
    case: &str,
    call: Call,
    outcome: Expected,
    error: Option<&Error>,
    requests: &[LoggedRequest],
) {
    // Deleted by an attempt whose answer did not arrive: the next one finds nothing.
    if call == Call::Delete
        && outcome.acted > 1
        && let Some(error) = error
        && error.is_not_found()
    {
        assert_eq!((error.attempts(), acted(requests)), (2, 1), "{case}");
        return;
    }
    assert_eq!(error.map(failure), outcome.failure, "{case}: {error:?}");
    assert_eq!(requests.len(), outcome.attempts as usize, "{case}");
    assert_eq!(acted(requests), outcome.acted, "{case}");
    if let Some(error) = error {
        assert_eq!(error.attempts(), outcome.attempts, "{case}");
        assert!(error.delivered().is_none(), "{case}");
        assert_eq!(error.operation().unwrap().id, call.operation());
    }
    if call.is_repeatable() {
        return;
    }
    assert!(acted(requests) <= 1, "{case}: done twice");
    let Some(error) = error else {
        return;
    };
    // The text leaves open whether it was carried out: even where it was not, the client cannot know.
    let text = error.to_string();
    let leaves_it_open = text.contains("may or may not have been carried out");
    let is_unknown = match failure(error) {
        Failure::Timeout | Failure::Connection => true,
        Failure::Status(status) => status == 408 || status >= 500,
        Failure::Decode | Failure::Pagination => false,
    };
    assert_eq!(leaves_it_open, is_unknown, "{case}: {text}");
}

async fn assert_list(
    case: &str,
    fault_case: &FaultCase,
    call: Call,
    outcome: Expected,
    reading: &ListResult,
    requests: &[LoggedRequest],
    fixture: &mut Fixture,
) {
    let all = &fixture.candidates.clone();
    let ListResult {
        delivered, error, ..
    } = reading;
    assert_eq!(
        error.as_ref().map(failure),
        outcome.failure,
        "{case}: {error:?}"
    );
    let again = outcome.attempts as usize - 1;
    let Some(error) = error else {
        reading.assert_whole(all, case);
        let expected = if fault_case.is_lasting {
            fixture.pages() * outcome.attempts as usize
        } else {
            fixture.pages() + again
        };
        let known = if let Effect::RowsInserted(_) = fault_case.fault.effect() {
            // Another page may have to be read for what moved.
            assert!(requests.len() >= expected, "{case}");
            Completeness::Unproven(Incomplete::ChangedWhileReading)
        } else {
            assert_eq!(delivered, all, "{case}");
            assert_eq!(requests.len(), expected, "{case}");
            Completeness::NoSignOfChange
        };
        assert_eq!(reading.completeness, known, "{case}");
        return;
    };
    assert!(all.starts_with(delivered), "{case}: {delivered:?}");
    assert_eq!(error.delivered(), Some(delivered.len() as u64), "{case}");
    // A link that is not followed is not sent.
    let stays = outcome.failure == Some(Failure::Pagination);
    let attempts = if stays { 0 } else { outcome.attempts };
    assert_eq!(error.attempts(), attempts, "{case}");
    // By itself it asks for nothing behind the page that failed.
    if call == Call::List && !fault_case.is_lasting {
        let good = usize::try_from(HIT_PAGE).unwrap() - usize::from(!stays);
        assert_eq!(delivered.len(), good * PER_PAGE, "{case}");
        assert_eq!(requests.len(), good + attempts as usize, "{case}");
    }

    // The rest of the list is had from there.
    fixture.reset().await;
    let Some(url) = error.resume_url() else {
        assert!(stays, "{case}: no way to go on");
        return;
    };
    let rest = read(fixture.list().resume_from(url)).await;
    assert!(rest.error.is_none(), "{case}: {:?}", rest.error);
    let whole = [delivered.as_slice(), &rest.delivered].concat();
    assert_eq!(&whole, all, "{case}: after resuming");
}

/// What an error says of itself. It says no two things at once.
fn failure(error: &Error) -> Failure {
    let status = error.status().map(|status| status.as_u16());
    let kinds = [
        error.is_timeout(),
        error.is_decode(),
        error.is_pagination(),
        error.is_forbidden(),
        error.is_not_found(),
        error.is_rate_limited(),
        error.is_server_error(),
    ];
    let of = kinds.iter().filter(|kind| **kind).count();
    assert!(of <= 1, "{error:?}: {kinds:?}");
    assert!(!error.is_connect() && !error.is_invalid_request() && !error.is_missing_permission());
    if error.is_timeout() {
        assert!(!error.is_call_timeout());
        Failure::Timeout
    } else if error.is_decode() {
        assert!(status.is_some_and(|status| (200..300).contains(&status)));
        Failure::Decode
    } else if error.is_pagination() {
        Failure::Pagination
    } else if let Some(status) = status {
        assert_eq!(error.is_forbidden(), status == 403);
        assert_eq!(error.is_rate_limited(), status == 429);
        assert_eq!(error.is_server_error(), status >= 500);
        assert_eq!(error.is_transient(), !matches!(status, 403 | 404));
        Failure::Status(status)
    } else {
        assert!(error.is_transient());
        Failure::Connection
    }
}
