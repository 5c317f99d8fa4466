//! Everything through every weather.

use std::time::Instant;

use futures_util::stream::{self, StreamExt};
use harvest_runtime::Error;
use harvest_runtime::{Completeness, Doubt};
use harvest_sandbox::{Effect, LoggedRequest, Sandbox};

use super::acts::{Act, End};
use super::skies::{Failure, Outcome, Sky, skies};
use super::world::{NO_HANG, PER_PAGE, Reading, World, read};

/// How many rows run at the same time.
const AT_ONCE: usize = 6;

/// Which request of a list is hit where the weather passes: one in the middle.
const HIT_PAGE: u64 = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_in_every_weather() {
    let start = Instant::now();
    let skies = skies();
    let rows = skies.len();
    let cases = stream::iter(skies)
        .map(|sky| tokio::spawn(run(sky)))
        .buffer_unordered(AT_ONCE)
        .fold(0, async |cases, row| cases + row.unwrap())
        .await;
    assert_eq!(cases, rows * Act::ALL.len());
    let took = start.elapsed().as_secs_f64();
    println!("{cases} cases hold: {rows} kinds of weather, in {took:.1} s");
}

/// How many cases held.
async fn run(sky: Sky) -> usize {
    let mut world = World::with(Sandbox::builder(), |client| match sky.time {
        Some(time) => client.attempt_timeout(time),
        None => client,
    })
    .await;
    let mut cases = 0;
    for act in Act::ALL {
        let case = format!("{}, {act:?}", sky.name);
        world.clear_up().await;
        let fault = sky.fault.clone().on(act.operation());
        world.add(match (sky.lasts, act.is_list()) {
            (true, _) => fault,
            (false, true) => fault.nth(HIT_PAGE),
            (false, false) => fault.nth(1),
        });
        let end = tokio::time::timeout(NO_HANG, act.run(&world)).await;
        let end = end.unwrap_or_else(|_| panic!("{case}: hangs"));
        let requests = world.requests(act.operation());
        let outcome = match (&sky.lists, act) {
            (Some((by_page, _)), Act::List) => *by_page,
            (Some((_, ahead)), Act::ListAhead) => *ahead,
            _ if act.is_repeatable() => sky.repeatable,
            _ => sky.guarded,
        };
        match end {
            End::Single(result) => {
                let before = world.candidates.len();
                world.clear_up().await;
                let there = match act {
                    Act::Create => before + acted(&requests),
                    Act::Delete => before - acted(&requests),
                    _ => before,
                };
                assert_eq!(world.candidates.len(), there, "{case}: candidates");
                assert_single(&case, act, outcome, result.as_ref().err(), &requests);
            }
            End::List(reading) => {
                assert_list(&case, &sky, act, outcome, &reading, &requests, &mut world).await;
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
    act: Act,
    outcome: Outcome,
    error: Option<&Error>,
    requests: &[LoggedRequest],
) {
    // Deleted by an attempt whose answer did not arrive: the next one finds nothing.
    if act == Act::Delete
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
        assert_eq!(error.operation().unwrap().id, act.operation());
    }
    if act.is_repeatable() {
        return;
    }
    assert!(acted(requests) <= 1, "{case}: done twice");
    let Some(error) = error else {
        return;
    };
    // Whoever reads it is told that it may have been done: even where it was not, nobody knows.
    let text = error.to_string();
    let leaves_it_open = text.contains("may or may not have been carried out");
    let is_unknown = match failure(error) {
        Failure::Timeout | Failure::Connection => true,
        Failure::Status(status) => status >= 500,
        Failure::Decode | Failure::Pagination => false,
    };
    assert_eq!(leaves_it_open, is_unknown, "{case}: {text}");
}

async fn assert_list(
    case: &str,
    sky: &Sky,
    act: Act,
    outcome: Outcome,
    reading: &Reading,
    requests: &[LoggedRequest],
    world: &mut World,
) {
    let all = &world.candidates.clone();
    let Reading {
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
        let expected = if sky.lasts {
            world.pages() * outcome.attempts as usize
        } else {
            world.pages() + again
        };
        let known = if let Effect::RowsInserted(_) = sky.fault.effect() {
            // Another page may have to be read for what moved.
            assert!(requests.len() >= expected, "{case}");
            Completeness::Unproven(Doubt::Moved)
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
    if act == Act::List && !sky.lasts {
        let good = usize::try_from(HIT_PAGE).unwrap() - usize::from(!stays);
        assert_eq!(delivered.len(), good * PER_PAGE, "{case}");
        assert_eq!(requests.len(), good + attempts as usize, "{case}");
    }

    // The rest of the list is had from there.
    world.clear_up().await;
    let Some(url) = error.resume_url() else {
        assert!(stays, "{case}: no way to go on");
        return;
    };
    let rest = read(world.list().resume_from(url)).await;
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
