//! Times that an error says to wait.

use std::time::Duration;

use harvest_runtime::{CallOptions, Core, Error, Limiter, decode};

use crate::server::{LIST_USERS, Server, reply, reply_with};

async fn fail(core: &Core) -> Error {
    let call = core.request(&LIST_USERS).send(decode::empty);
    call.await.unwrap_err()
}

/// Of the first call to a service that always answers like this.
async fn first(limiter: Limiter, status: u16, headers: &'static [(&str, &str)]) -> Option<f64> {
    let server = Server::start(move |_, _| reply_with(status, headers, "{}")).await;
    let core = server.builder().limiter(limiter).build().unwrap().0;
    Some(fail(&core).await.retry_after()?.as_secs_f64())
}

#[tokio::test]
async fn a_refusal_without_the_header_is_estimated() {
    const LIMIT: &[(&str, &str)] = &[("x-ratelimit-limit", "50")];
    for limiter in [Limiter::new, Limiter::unlimited] {
        for (headers, seconds) in [
            (&[][..], 0.5),
            (&[("retry-after", "soon")], 0.5),
            (&[("x-ratelimit-reset", "40")], 40.0),
            (&[("retry-after", "7"), ("x-ratelimit-reset", "40")], 7.0),
        ] {
            assert_eq!(
                first(limiter(), 429, headers).await,
                Some(seconds),
                "{headers:?}"
            );
        }
        assert_eq!(
            first(limiter(), 503, &[("retry-after", "3")]).await,
            Some(3.0)
        );
        for status in [404, 500, 503] {
            assert_eq!(first(limiter(), status, LIMIT).await, None, "{status}");
        }
    }
}

#[tokio::test]
async fn the_estimate_grows_and_is_no_word_of_the_service() {
    let server = Server::answering(429, "{}").await;
    let core = server
        .builder()
        .limiter(Limiter::unlimited())
        .build()
        .unwrap()
        .0;
    let mut waits = Vec::new();
    for _ in 0..3 {
        let error = fail(&core).await;
        assert!(!error.to_string().contains("asked for a pause"), "{error}");
        waits.push(error.retry_after().unwrap().as_secs_f64());
    }
    assert_eq!(waits, [0.5, 1.0, 2.0]);
}

#[tokio::test]
async fn a_call_that_gives_up_because_of_a_pause_without_the_header_knows_it() {
    let headers = &[("x-ratelimit-reset", "3600")];
    let server = Server::start(move |_, _| reply_with(429, headers, "{}")).await;
    let core = server.client();
    fail(&core).await;
    let error = fail(&core).await;
    assert!(error.is_paused() && error.attempts() == 0);
    let left = error.retry_after().unwrap();
    assert!(
        Duration::from_secs(3600).abs_diff(left) < Duration::from_secs(10),
        "{left:?}"
    );
}

#[tokio::test]
async fn a_call_without_time_for_the_queue_knows_how_long_it_is() {
    let window = Duration::from_secs(600);
    let server = Server::start(|_, _| reply(200, "[]")).await;
    let limiter = Limiter::starting_with(1, window);
    let core = server.builder().limiter(limiter).build().unwrap().0;
    let call = || core.request(&LIST_USERS).send(decode::empty);
    call().await.unwrap();
    let brief = CallOptions::new().timeout(Duration::from_millis(30));
    let brief = core.with_options(brief);
    let error = fail(&brief).await;
    assert!(
        error.is_call_timeout() && error.is_rate_limited(),
        "{error}"
    );
    let near = |wait: Duration| wait.abs_diff(error.retry_after().unwrap()) < window / 20;
    assert!(near(window), "{error:?}");

    let waiting = tokio::spawn(call());
    tokio::time::sleep(Duration::from_millis(30)).await;
    let error = fail(&brief).await;
    let wait = error.retry_after().unwrap();
    assert!(wait > window + window / 2 && wait < window * 3, "{wait:?}");
    waiting.abort();
}

#[cfg(feature = "shared-limiter")]
#[tokio::test]
async fn books_in_a_file_are_as_good() {
    let path = std::env::temp_dir().join(format!("harvest-retry-after-{}", std::process::id()));
    let wait = first(
        Limiter::shared(&path).unwrap(),
        429,
        &[("x-ratelimit-reset", "40")],
    )
    .await;
    std::fs::remove_file(&path).unwrap();
    assert_eq!(wait, Some(40.0));
}
