//! Calls of runtimes that are shut down or never driven again, on the real clock: each runtime has a paused one of its own.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::thread;
use std::time::Instant as RealInstant;

use http::{HeaderMap, StatusCode};
use tokio::runtime::{Builder, Runtime};
use tokio::time::{Instant, sleep, timeout};

use super::{SECOND, ms};
use crate::limit::{Limiter, NoTurn, Patience, Permit};

/// What is left of a runtime.
#[derive(Clone, Copy, Debug)]
enum Fate {
    ShutDown,
    Idle,
}

/// How far a call came before.
#[derive(Clone, Copy, Debug)]
enum Stage {
    Waits,
    /// A permit is there for it, which it does not take.
    IsServed,
    /// Its task was not even begun.
    Asks,
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

async fn acquire(limiter: Limiter) -> Result<Permit, NoTurn> {
    limiter.acquire(&mut Patience::endless()).await
}

/// Waits for a turn in a runtime that is left alone then, and after that in another one. How long that takes.
fn strand(fate: Fate, stage: Stage, is_same: bool) -> std::time::Duration {
    let limiter = Limiter::starting_with(1, ms(200));
    let stranded = runtime();
    let answer =
        |permit| limiter.observe(permit, StatusCode::OK, &HeaderMap::new(), Instant::now());
    let mut kept: Pin<Box<dyn Future<Output = _>>> = Box::pin(acquire(limiter.clone()));
    stranded.block_on(async {
        answer(limiter.next().await);
        let once = poll_fn(|context| Poll::Ready(kept.as_mut().poll(context).is_pending()));
        assert!(once.await, "its turn is later");
        match stage {
            Stage::Asks => {}
            Stage::Waits => sleep(ms(20)).await,
            Stage::IsServed => sleep(ms(500)).await,
        }
    });
    let mut rest = Some(stranded);
    if matches!(fate, Fate::ShutDown) {
        rest = None;
    }
    let begun = RealInstant::now();
    runtime().block_on(async {
        let case = format!("{fate:?}, {stage:?}, {is_same}");
        if is_same {
            let permit = timeout(20 * SECOND, kept.as_mut()).await;
            answer(permit.expect(&case).unwrap());
        }
        for _ in 0..3 {
            answer(timeout(20 * SECOND, limiter.next()).await.expect(&case));
        }
    });
    drop(rest);
    begun.elapsed()
}

#[test]
fn calls_of_idle_runtimes_hold_up_no_other() {
    let mut threads = Vec::new();
    for fate in [Fate::ShutDown, Fate::Idle] {
        for stage in [Stage::Asks, Stage::Waits, Stage::IsServed] {
            for is_same in [false, true] {
                let strand = move || ((fate, stage, is_same), strand(fate, stage, is_same));
                threads.push(thread::spawn(strand));
            }
        }
    }
    for thread in threads {
        let (case, waited) = thread.join().unwrap();
        let most = match case.0 {
            // It ends its calls.
            Fate::ShutDown => 3 * SECOND,
            Fate::Idle => 10 * SECOND,
        };
        assert!(waited < most, "{case:?}: {waited:?}");
    }
}
