//! The order of the queue, and requests that leave it.

use std::sync::{Arc, Mutex};

use http::{HeaderMap, StatusCode};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::service::Random;
use super::{SECOND, headers, ms};
use crate::Limiter;

#[tokio::test(start_paused = true)]
async fn first_come_first_served() {
    let limiter = Limiter::starting_with(3, SECOND);
    let served = Arc::new(Mutex::new(Vec::new()));
    let mut set = JoinSet::new();
    for number in 0..50 {
        let (limiter, served) = (limiter.clone(), Arc::clone(&served));
        set.spawn(async move {
            // They ask one after the other, some of them while others wait and there is allowance again.
            sleep(ms(number * 37)).await;
            let permit = limiter.next().await;
            served.lock().unwrap().push(number);
            limiter.observe(permit, StatusCode::OK, &HeaderMap::new(), Instant::now());
        });
    }
    sleep(ms(900)).await;
    assert_eq!(limiter.snapshot().waiting, 22);
    set.join_all().await;
    assert_eq!(*served.lock().unwrap(), (0..50).collect::<Vec<_>>());
    assert_eq!(limiter.snapshot().waiting, 0);
}

#[tokio::test(start_paused = true)]
async fn who_leaves_the_queue_gives_the_place_back() {
    let limiter = Limiter::starting_with(1, SECOND);
    drop(limiter.next().await);
    let ask = |limiter: &Limiter| {
        let limiter = limiter.clone();
        tokio::spawn(async move {
            let permit = limiter.next().await;
            let at = Instant::now();
            limiter.observe(permit, StatusCode::OK, &HeaderMap::new(), at);
            at
        })
    };
    let began = Instant::now();
    let leaves = [ask(&limiter), ask(&limiter)];
    let stays = ask(&limiter);
    sleep(ms(100)).await;
    assert_eq!(limiter.snapshot().waiting, 3);
    // The first is the one that is next.
    for task in leaves {
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
    }
    assert_eq!(limiter.snapshot().waiting, 1);
    // A second for the request that was given up, and another for its being late.
    let waited = stays.await.unwrap() - began;
    assert!(
        (SECOND * 2..SECOND * 2 + ms(10)).contains(&waited),
        "{waited:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn who_is_cancelled_while_sending_has_used_the_permit() {
    for fail in [false, true] {
        let limiter = Limiter::starting_with(2, SECOND * 10);
        let permit = limiter.next().await;
        assert_eq!(limiter.snapshot().remaining, 1);
        if fail {
            limiter.failed(permit);
        } else {
            drop(permit);
        }
        assert_eq!(limiter.snapshot().remaining, 1);
        sleep(SECOND * 10).await;
        assert_eq!(limiter.snapshot().remaining, 1, "may be late");
        sleep(ms(1_010)).await;
        assert_eq!(limiter.snapshot().remaining, 2);
    }
}

/// The first request is never answered; the others must not wait for it.
#[tokio::test(start_paused = true)]
async fn goes_on_without_the_answer_of_the_first() {
    let limiter = Limiter::new();
    let began = Instant::now();
    let first = limiter.next().await;
    let second = limiter.next().await;
    assert_eq!(began.elapsed(), SECOND);
    drop(first);
    let third = limiter.next().await;
    // The second is the one that goes alone now.
    assert_eq!(began.elapsed(), SECOND * 2);
    limiter.observe(
        second,
        StatusCode::OK,
        &headers(&[("X-RateLimit-Limit", "20")]),
        Instant::now(),
    );
    let permits = [
        limiter.next().await,
        limiter.next().await,
        limiter.next().await,
    ];
    assert_eq!(began.elapsed(), SECOND * 2);
    drop((third, permits));
    assert_eq!(limiter.snapshot().limit, 20);
}

/// Requests that come, fail, are cancelled and refused at random. The ledger never let more go than the limit in any
/// window, and everybody is served in the end.
#[tokio::test(start_paused = true)]
async fn whatever_happens() {
    for seed in 0..40 {
        let random = Arc::new(Random(Mutex::new(seed)));
        let limit = 1 + u32::try_from(random.below(10)).unwrap();
        let window = SECOND * (1 + u32::try_from(random.below(5)).unwrap());
        let limiter = Limiter::starting_with(limit, window);
        let arrivals = Arc::new(Mutex::new(Vec::new()));
        let mut set = JoinSet::new();
        let mut cancelled = Vec::new();
        for number in 0..120_u64 {
            let (limiter, arrivals, random) =
                (limiter.clone(), Arc::clone(&arrivals), Arc::clone(&random));
            let handle = set.spawn(async move {
                sleep(ms(random.below(20_000))).await;
                let permit = limiter.next().await;
                let began = Instant::now();
                // It is counted at any time until it is answered, and if not answered, up to a second later.
                let counted = began + random.between(ms(0), ms(300));
                arrivals.lock().unwrap().push(counted);
                sleep_until(counted).await;
                sleep(random.between(ms(0), ms(300))).await;
                let now = Instant::now();
                match random.below(4) {
                    0 => limiter.failed(permit),
                    1 => drop(permit),
                    _ => {
                        limiter.observe(permit, StatusCode::OK, &HeaderMap::new(), now);
                    }
                }
            });
            if number % 3 == 0 {
                cancelled.push(handle);
            }
        }
        for handle in cancelled {
            sleep(ms(random.below(900))).await;
            handle.abort();
        }
        let all = timeout(SECOND * 3600, async {
            while let Some(result) = set.join_next().await {
                assert!(result.is_ok() || result.unwrap_err().is_cancelled());
            }
        });
        all.await.expect("everybody is served");
        assert_eq!(limiter.snapshot().waiting, 0);

        let mut times = arrivals.lock().unwrap().clone();
        times.sort();
        let limit = usize::try_from(limit).unwrap();
        assert!(times.len() >= 80);
        for pair in times.windows(limit + 1) {
            assert!(pair[limit] - pair[0] >= window, "seed {seed}");
        }
        sleep(window + SECOND * 2).await;
        let left = limiter.snapshot().remaining;
        assert_eq!(usize::try_from(left).unwrap(), limit, "seed {seed}");
    }
}
