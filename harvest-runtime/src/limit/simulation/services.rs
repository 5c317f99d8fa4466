//! The limiter against models of services.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::service::{KINDS, Reset, Running, SERVICE, Service, used};
use super::{SECOND, ms};
use crate::Limiter;

#[tokio::test(start_paused = true)]
async fn uses_the_allowance_of_any_service_without_a_refusal() {
    for kind in KINDS {
        for (limit, seconds, reset) in [
            (50, 10, Reset::Nothing),
            (20, 10, Reset::Nothing),
            (150, 30, Reset::UpperBound),
            (150, 30, Reset::WhenItEnds),
            (7, 10, Reset::UpperBound),
        ] {
            for (latency, tasks) in [
                ((ms(0), ms(0)), 200),
                ((ms(0), ms(5)), 200),
                ((ms(20), ms(120)), 200),
                ((ms(100), ms(100)), 8),
            ] {
                for phase in [ms(0), ms(7_300)] {
                    let service = Service {
                        kind,
                        limit,
                        window: SECOND * seconds,
                        reset,
                        latency,
                        phase,
                        ..SERVICE
                    };
                    let running = Running::start(service);
                    let time = SECOND * 60;
                    running.keep_busy(&Limiter::new(), tasks, time).await;
                    let used = used(&running, time);
                    let which = format!(
                        "{kind:?} {limit}/{seconds} {reset:?} {latency:?} {phase:?}: {used:.1} %, \
                         {} refused",
                        running.refused()
                    );
                    assert_eq!(running.refused(), 0, "{which}");
                    assert!(used >= 97.0, "{which}");
                }
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn goes_on_like_that_for_an_hour() {
    for kind in KINDS {
        let running = Running::start(Service { kind, ..SERVICE });
        let time = SECOND * 3600;
        running.keep_busy(&Limiter::new(), 60, time).await;
        let used = used(&running, time);
        assert_eq!(running.refused(), 0, "{kind:?}");
        assert!(used >= 99.0, "{kind:?} {used}");
    }
}

/// Forty pages, one after the other or in parallel.
async fn forty_pages(service: Service, concurrency: u32) -> (Duration, u32) {
    let running = Running::start(service);
    let limiter = Limiter::new();
    let began = Instant::now();
    let call = async |running: &Running, limiter: &Limiter| {
        assert_eq!(running.call(limiter).await, StatusCode::OK);
    };
    // The first page states how many there are.
    call(&running, &limiter).await;
    let mut set = JoinSet::new();
    for _ in 1..40 {
        if set.len() == concurrency as usize {
            set.join_next().await.unwrap().unwrap();
        }
        let (running, limiter) = (Arc::clone(&running), limiter.clone());
        set.spawn(async move { assert_eq!(running.call(&limiter).await, StatusCode::OK) });
    }
    set.join_all().await;
    (began.elapsed(), running.refused())
}

#[tokio::test(start_paused = true)]
async fn forty_pages_under_twenty_in_ten_seconds() {
    for kind in KINDS {
        for phase in [ms(0), ms(4_000)] {
            let near = Service {
                kind,
                phase,
                limit: 20,
                ..SERVICE
            };
            let (took, refused) = forty_pages(near, 1).await;
            assert_eq!(refused, 0, "{kind:?}");
            assert!(took <= ms(10_500), "{kind:?} {took:?}");

            let far = Service {
                latency: (ms(100), ms(100)),
                ..near
            };
            let (took, refused) = forty_pages(far, 8).await;
            assert_eq!(refused, 0, "{kind:?}");
            // One window, and three rounds of eight after it.
            assert!(took <= ms(10_600).mul_f64(1.05), "{kind:?} {took:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn finds_out_that_the_window_is_longer() {
    for kind in KINDS {
        for (seconds, tasks) in [(30, 200), (30, 4), (12, 50), (60, 50)] {
            let running = Running::start(Service {
                kind,
                window: SECOND * seconds,
                ..SERVICE
            });
            let limiter = Limiter::new();
            running.keep_busy(&limiter, tasks, SECOND * 540).await;
            let used = used(&running, SECOND * 540);
            let which = format!(
                "{kind:?} {seconds} s, {tasks} tasks: {used:.1} %, {} refused, {limiter:?}",
                running.refused()
            );
            assert!(running.refused() <= 2, "{which}");
            assert!(used >= 85.0, "{which}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn follows_a_limit_that_changes() {
    for kind in KINDS {
        let running = Running::start(Service { kind, ..SERVICE });
        let limiter = Limiter::new();
        running.keep_busy(&limiter, 100, SECOND * 60).await;
        assert_eq!(running.refused(), 0, "{kind:?}");

        running.service.lock().unwrap().limit = 20;
        running.keep_busy(&limiter, 100, SECOND * 30).await;
        // Those that were sent before the first answer with the new limit.
        assert!(running.refused() <= 50, "{kind:?} {}", running.refused());
        assert_eq!(limiter.snapshot().limit, 20);
        let (accepted, refused) = (running.accepted(), running.refused());
        running.keep_busy(&limiter, 100, SECOND * 100).await;
        assert_eq!(running.refused(), refused, "{kind:?}");
        let more = running.accepted() - accepted;
        assert!((194..=220).contains(&more), "{kind:?} {more}");

        running.service.lock().unwrap().limit = 80;
        running.keep_busy(&limiter, 100, SECOND * 20).await;
        let accepted = running.accepted();
        running.keep_busy(&limiter, 100, SECOND * 100).await;
        assert_eq!(running.refused(), refused, "{kind:?}");
        let more = running.accepted() - accepted;
        assert!((776..=880).contains(&more), "{kind:?} {more}");
    }
}

/// Another program takes two fifths.
#[tokio::test(start_paused = true)]
async fn leaves_room_for_others_with_the_same_key() {
    for kind in KINDS {
        let running = Running::start(Service { kind, ..SERVICE });
        let other = tokio::spawn({
            let running = Arc::clone(&running);
            async move {
                let mut refused = 0;
                for _ in 0..600 {
                    sleep(ms(500)).await;
                    let (status, _) = running.count();
                    refused += u32::from(status != StatusCode::OK);
                }
                refused
            }
        });
        let time = SECOND * 300;
        let limiter = Limiter::new();
        running.keep_busy(&limiter, 40, time).await;
        let others_refused = other.await.unwrap();
        let ours = running.refused() - others_refused;
        let used = used(&running, time);
        let which = format!("{kind:?}: {used:.1} %, {ours} of ours and {others_refused} of others");
        println!("{which}");
        assert!(ours <= running.accepted() / 20, "{which}");
        assert!(used >= 85.0, "{which}");
    }
}

/// 429 without a limit, a reset or a wait.
#[tokio::test(start_paused = true)]
async fn a_service_that_says_nothing() {
    let running = Running::start(Service {
        tells: false,
        ..SERVICE
    });
    let limiter = Limiter::new();
    running.keep_busy(&limiter, 100, SECOND * 60).await;
    assert_eq!(running.refused(), 0);
    assert!(used(&running, SECOND * 60) >= 97.0);
}
