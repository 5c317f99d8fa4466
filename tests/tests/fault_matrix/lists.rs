//! Lists read under faults that recur.

use harvest_runtime::ClientBuilder;
use harvest_runtime::retry::{RetryPolicy as _, Standard};
use harvest_sandbox::{Fault, Sandbox};

use super::fixture::{Fixture, read};

/// Where attempts of one page can be struck again and again.
async fn patient() -> Fixture {
    let client = |client: ClientBuilder<_>| client.retry(Standard.with_attempt_limit(20));
    Fixture::with(Sandbox::builder(), client).await
}

/// Reads the candidates with as many pages ahead, and holds them against what is there.
async fn assert_whole(fixture: &Fixture, ahead: usize, case: &str) {
    let reading = read(fixture.list().concurrency(ahead)).await;
    assert!(reading.error.is_none(), "{case}: {:?}", reading.error);
    reading.assert_whole(&fixture.candidates, case);
}

/// How many answers had this status.
fn answers(fixture: &Fixture, status: u16) -> usize {
    let requests = fixture.requests("list_candidates");
    requests.iter().filter(|r| r.status == Some(status)).count()
}

#[tokio::test]
async fn every_second_answer_is_a_502() {
    let mut fixture = patient().await;
    for ahead in [1, 4] {
        fixture.reset().await;
        fixture.add(Fault::status(502).on("list_candidates").every(2));
        assert_whole(&fixture, ahead, "every second").await;
        assert_eq!(answers(&fixture, 200), fixture.pages());
        assert!(answers(&fixture, 502) >= fixture.pages() - 1);
    }
}

#[tokio::test]
async fn faults_by_chance() {
    let mut fixture = patient().await;
    let mut struck = 0;
    for seed in 0..8 {
        for ahead in [1, 3] {
            fixture.reset().await;
            fixture.add(Fault::status(503).chance(0.2, seed));
            fixture.add(Fault::reset().chance(0.1, seed + 100));
            fixture.add(Fault::truncated_body().chance(0.1, seed + 200));
            fixture.add(Fault::rows_inserted(1).chance(0.2, seed + 300));
            assert_whole(&fixture, ahead, &format!("seed {seed}, {ahead} ahead")).await;
            let requests = fixture.requests("list_candidates");
            struck += requests.iter().filter(|r| !r.faults.is_empty()).count();
        }
    }
    println!("16 lists are whole, though {struck} requests were struck");
    assert!(struck > 50, "{struck}");
}
