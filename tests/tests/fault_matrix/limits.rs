//! Limiters with any limit and any window.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use harvest_runtime::retry::{RetryPolicy as _, Standard};
use harvest_runtime::{CallOptions, Limiter};
use harvest_sandbox::{Fault, Sandbox};

use super::calls::{Call, Outcome};
use super::fixture::{Fixture, NO_HANG};

const fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// In the middle of a window, so that what was counted before is known.
async fn fixture(limit: u32, window: Duration, limiter: Limiter) -> Fixture {
    let sandbox = Sandbox::builder().rate_limit(limit, window);
    Fixture::with(sandbox, |client| {
        let patient = client.retry(Standard.with_attempt_limit(20));
        patient.limiter(limiter)
    })
    .await
}

fn refused(fixture: &Fixture) -> usize {
    let requests = fixture.sandbox.requests();
    requests.iter().filter(|r| r.status == Some(429)).count()
}

fn assert_done(case: &str, fixture: &Fixture, end: Outcome) {
    match end {
        Outcome::List(reading) => {
            assert!(reading.error.is_none(), "{case}: {:?}", reading.error);
            assert_eq!(reading.delivered, fixture.candidates, "{case}");
        }
        Outcome::Single(result) => result.unwrap_or_else(|error| panic!("{case}: {error}")),
    }
}

#[tokio::test]
async fn any_limit_that_is_known_is_kept_to() {
    let mut cases = 0;
    for (limit, window) in [
        (1, millis(40)),
        (2, millis(90)),
        (5, millis(250)),
        (13, millis(600)),
        (50, millis(10_000)),
    ] {
        let mut fixture = fixture(limit, window, Limiter::starting_with(limit, window)).await;
        for call in Call::ALL {
            let case = format!("{limit} in {window:?}, {call:?}");
            fixture.reset().await;
            let end = tokio::time::timeout(NO_HANG, call.run(&fixture)).await;
            let end = end.unwrap_or_else(|_| panic!("{case}: hangs"));
            assert_done(&case, &fixture, end);
            assert_eq!(
                refused(&fixture),
                0,
                "{case}: a limit that is known is not run into"
            );
            cases += 1;
        }
    }
    println!("{cases} cases hold under five limits");
}

#[tokio::test]
async fn a_limit_that_is_not_known_is_learned() {
    // As if there were much more allowance, and much sooner.
    let mut fixture = fixture(4, millis(300), Limiter::starting_with(1000, millis(20))).await;
    for call in Call::ALL {
        let case = format!("{call:?}");
        fixture.reset().await;
        let end = tokio::time::timeout(NO_HANG, call.run(&fixture)).await;
        assert_done(
            &case,
            &fixture,
            end.unwrap_or_else(|_| panic!("{case}: hangs")),
        );
    }
}

#[tokio::test]
async fn many_tasks_create_what_they_were_asked_to_once() {
    const TASKS: usize = 20;
    let mut fixture = fixture(6, millis(300), Limiter::unlimited()).await;
    let before = fixture.candidates.len();
    fixture.add(
        Fault::retry_after(429, millis(10))
            .on("create_candidate")
            .every(3),
    );
    let calls = (0..TASKS).map(|_| Call::Create.run(&fixture));
    let ends = tokio::time::timeout(NO_HANG, join_all(calls))
        .await
        .unwrap();
    for end in ends {
        assert_done("create", &fixture, end);
    }
    let requests = fixture.requests("create_candidate");
    let created = requests.iter().filter(|request| request.acted).count();
    assert_eq!(created, TASKS);
    let refusals = refused(&fixture);
    assert!(refusals > TASKS / 3, "the service refused some");
    fixture.reset().await;
    assert_eq!(fixture.candidates.len(), before + TASKS);
    println!("{TASKS} records for {TASKS} calls, through {refusals} refusals");
}

#[tokio::test]
async fn a_wait_that_does_not_fit_is_told_and_not_begun() {
    let fixture = Fixture::new().await;
    let wait = Duration::from_secs(600);
    fixture.add(Fault::retry_after(429, wait).on("get_candidate"));
    let begun = Instant::now();
    let call = fixture.client.get_candidate(fixture.candidate(0));
    let options = CallOptions::new().timeout(Duration::from_secs(60));
    let error = call.with_options(options).send().await.err().unwrap();
    assert!(error.is_rate_limited() && !error.is_timeout(), "{error}");
    assert_eq!(error.retry_after(), Some(wait));
    let text = error.to_string();
    assert!(text.contains("at the earliest (in 600 s)"), "{error}");
    assert!(begun.elapsed() < NO_HANG);
    assert_eq!(fixture.requests("get_candidate").len(), 1);
}
