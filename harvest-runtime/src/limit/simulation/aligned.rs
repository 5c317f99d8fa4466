//! The limiter where the description says that windows begin by the clock.

use std::sync::Arc;

use tokio::task::JoinSet;
use tokio::time::Instant;

use super::service::{KINDS, Kind, Reset, Running, SERVICE, Service, used};
use super::{SECOND, ms};
use crate::{Limiter, RateWindow};

const DESCRIBED: RateWindow = RateWindow {
    requests: 150,
    window: SECOND.saturating_mul(30),
    aligned: true,
};

/// As v3 was seen to be: 30 s by the clock, and a reset that is a whole window ahead whatever is left.
const SEEN: Service = Service {
    kind: Kind::ByTheClock,
    limit: 150,
    window: DESCRIBED.window,
    reset: Reset::UpperBound,
    ..SERVICE
};

/// How long so many requests take that are made at once.
async fn burst(service: Service, limiter: Limiter, count: u32) -> (std::time::Duration, u32) {
    let running = Running::start(service);
    let began = Instant::now();
    let mut set = JoinSet::new();
    for _ in 0..count {
        let (running, limiter) = (Arc::clone(&running), limiter.clone());
        set.spawn(async move { running.call(&limiter).await });
    }
    set.join_all().await;
    (began.elapsed(), running.refused())
}

#[tokio::test(start_paused = true)]
async fn the_next_window_is_used_as_soon_as_it_begins() {
    // Five seconds before the clock of the service is at :00 or :30.
    let service = Service {
        phase: SECOND * 25,
        ..SEEN
    };
    let aligned = burst(service, Limiter::guessing(DESCRIBED), 300).await;
    assert_eq!(aligned.1, 0);
    // `Date` has whole seconds.
    assert!(
        aligned.0 >= SECOND * 5 && aligned.0 <= ms(6_300),
        "{aligned:?}"
    );
    // Without the fact, a request counts for a whole window.
    let unaligned = RateWindow {
        aligned: false,
        ..DESCRIBED
    };
    let sliding = burst(service, Limiter::guessing(unaligned), 300).await;
    assert_eq!(sliding.1, 0);
    assert!(sliding.0 >= SECOND * 30, "{sliding:?}");
    // A limiter of the program's own gets it, too.
    let own = Limiter::new();
    own.align(DESCRIBED);
    let (took, refused) = burst(service, own, 300).await;
    assert_eq!(refused, 0);
    assert!(took <= ms(6_300), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn uses_the_allowance_without_a_refusal() {
    for reset in [Reset::UpperBound, Reset::WhenItEnds, Reset::Nothing] {
        for phase in [ms(0), ms(7_300), ms(29_950)] {
            for latency in [
                (ms(0), ms(0)),
                (ms(0), ms(5)),
                (ms(20), ms(120)),
                (ms(900), ms(2_000)),
            ] {
                let running = Running::start(Service {
                    reset,
                    phase,
                    latency,
                    ..SEEN
                });
                let time = SECOND * 600;
                let limiter = Limiter::guessing(DESCRIBED);
                running.keep_busy(&limiter, 200, time).await;
                let used = used(&running, time);
                let which = format!("{reset:?} {phase:?} {latency:?}: {used:.1} %");
                assert_eq!(running.refused(), 0, "{which}");
                assert!(used >= 94.0, "{which}");
            }
        }
    }
}

/// The limit is what the headers say, whatever the description guesses.
#[tokio::test(start_paused = true)]
async fn the_limit_is_learned() {
    let running = Running::start(Service { limit: 75, ..SEEN });
    let limiter = Limiter::guessing(DESCRIBED);
    running.keep_busy(&limiter, 200, SECOND * 300).await;
    assert_eq!(running.refused(), 0);
    assert_eq!(limiter.snapshot().limit, 75);
    assert!(used(&running, SECOND * 300) >= 97.0);
}

/// A service that is not as it is described costs refusals at first, and no more after that for a while.
#[tokio::test(start_paused = true)]
async fn a_service_that_counts_otherwise_is_found_out() {
    for kind in KINDS {
        for (seconds, phase) in [(30, ms(11_000)), (60, ms(11_000)), (10, ms(3_000))] {
            let running = Running::start(Service {
                kind,
                phase,
                window: SECOND * seconds,
                ..SEEN
            });
            let limiter = Limiter::guessing(DESCRIBED);
            running.keep_busy(&limiter, 50, SECOND * 540).await;
            let used = used(&running, SECOND * 540);
            let which = format!(
                "{kind:?} {seconds} s: {used:.1} %, {} refused",
                running.refused()
            );
            assert!(running.refused() <= 100, "{which}");
            assert!(seconds == 10 || used >= 80.0, "{which}");
        }
    }
}
