//! Effects of single answers.

use std::time::Duration;

use http::{HeaderMap, StatusCode};
use tokio::time::{Instant, sleep, timeout};

use super::{SECOND, accept, headers, ms, refuse};
use crate::Limiter;

#[tokio::test(start_paused = true)]
async fn sees_others_in_what_remains() {
    let limiter = Limiter::starting_with(10, SECOND * 10);
    accept(&limiter, &[("x-ratelimit-remaining", "2")]).await;
    assert_eq!(limiter.snapshot().remaining, 2);
    // They may stop, and their requests are forgotten like ours.
    sleep(SECOND * 5).await;
    accept(&limiter, &[("x-ratelimit-remaining", "9")]).await;
    assert_eq!(limiter.snapshot().remaining, 9);
    sleep(SECOND * 11).await;
    assert_eq!(limiter.snapshot().remaining, 10);
}

#[tokio::test(start_paused = true)]
async fn sees_in_what_remains_that_the_window_is_longer() {
    let limiter = Limiter::new();
    for remaining in ["49", "48", "47"] {
        accept(&limiter, &[("x-ratelimit-remaining", remaining)]).await;
    }
    sleep(SECOND * 14).await;
    assert_eq!(limiter.snapshot().remaining, 50);
    accept(&limiter, &[("x-ratelimit-remaining", "46")]).await;
    let known = limiter.snapshot();
    assert_eq!((known.window, known.remaining), (SECOND * 14, 46));
    // Once a window is known, it is others.
    sleep(SECOND * 16).await;
    accept(&limiter, &[("x-ratelimit-remaining", "49")]).await;
    sleep(SECOND * 16).await;
    accept(&limiter, &[("x-ratelimit-remaining", "48")]).await;
    let known = limiter.snapshot();
    assert_eq!((known.window, known.remaining), (SECOND * 14, 48));
}

#[tokio::test(start_paused = true)]
async fn all_wait_after_a_refusal_and_then_one_goes_alone() {
    let limiter = Limiter::starting_with(50, SECOND * 10);
    let date = ("Date", "Mon, 02 Mar 2026 10:00:00 GMT");
    for (after, seconds) in [
        (("Retry-After", "7"), 7),
        (("retry-after", "Mon, 02 Mar 2026 10:00:04 GMT"), 4),
        (("X-RateLimit-Reset", "1772445603"), 3),
        (("X-RATELIMIT-RESET", "1772445603000"), 3),
        (("x-ratelimit-reset", "Mon, 02 Mar 2026 10:00:05 GMT"), 5),
        (("x-ratelimit-reset", "6"), 6),
    ] {
        let began = Instant::now();
        refuse(&limiter, &[date, after]).await;
        assert_eq!(limiter.snapshot().remaining, 0);
        let alone = limiter.next().await;
        assert_eq!(began.elapsed(), SECOND * seconds, "{after:?}");
        let next = limiter.next();
        assert!(timeout(ms(900), next).await.is_err(), "{after:?}");
        let reported = headers(&[("x-ratelimit-remaining", "3"), ("x-ratelimit-limit", "4")]);
        limiter.observe(alone, StatusCode::OK, &reported, Instant::now());
        let permits = [
            limiter.next().await,
            limiter.next().await,
            limiter.next().await,
        ];
        assert!(timeout(ms(900), limiter.next()).await.is_err());
        for permit in permits {
            limiter.observe(permit, StatusCode::OK, &HeaderMap::new(), Instant::now());
        }
        sleep(SECOND * 100).await;
    }
}

/// Nothing that a service could send stops it for good or makes it panic.
#[tokio::test(start_paused = true)]
async fn odd_headers() {
    for (name, value) in [
        ("x-ratelimit-limit", "0"),
        ("x-ratelimit-limit", "4294967295"),
        ("x-ratelimit-limit", "-5"),
        ("x-ratelimit-remaining", "4294967295"),
        ("x-ratelimit-remaining", "many"),
        ("x-ratelimit-reset", "9223372036854775807"),
        ("x-ratelimit-reset", "-62135596800"),
        ("x-ratelimit-reset", "soon"),
        ("retry-after", "18446744073709551615"),
        ("retry-after", "1e300"),
        ("retry-after", "0"),
        ("retry-after", "-1"),
        ("retry-after", ""),
    ] {
        let limiter = Limiter::new();
        for _ in 0..3 {
            let permit = limiter.next().await;
            limiter.observe(
                permit,
                StatusCode::OK,
                &headers(&[(name, value)]),
                Instant::now(),
            );
            refuse(&limiter, &[(name, value)]).await;
        }
        let wait = timeout(SECOND * 86_401, limiter.next()).await;
        assert!(wait.is_ok(), "{name}: {value}");
        assert!(limiter.snapshot().limit > 0);
    }
}

#[tokio::test(start_paused = true)]
async fn refusals_without_a_time_make_pauses_that_grow() {
    let limiter = Limiter::starting_with(50, SECOND * 10);
    let mut pauses = Vec::new();
    for _ in 0..7 {
        refuse(&limiter, &[]).await;
        let began = Instant::now();
        let permit = limiter.next().await;
        pauses.push(began.elapsed().as_millis());
        limiter.observe(
            permit,
            StatusCode::TOO_MANY_REQUESTS,
            &HeaderMap::new(),
            Instant::now(),
        );
    }
    assert_eq!(&pauses[..3], &[500, 2_000, 8_000]);
    assert_eq!(pauses.last(), Some(&10_000));
}

#[tokio::test(start_paused = true)]
async fn unlimited_never_waits() {
    let limiter = Limiter::unlimited();
    let began = Instant::now();
    for _ in 0..200 {
        refuse(&limiter, &[("retry-after", "10")]).await;
    }
    assert_eq!(began.elapsed(), Duration::ZERO);
}
