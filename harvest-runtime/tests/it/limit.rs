//! The pace of a client's requests. What can be shown without a socket is shown in `src/limit/simulation.rs`.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Response;
use harvest_runtime::{CallOptions, Core, Error, Limiter, decode};
use serde_json::Value;
use tokio::task::JoinSet;

use crate::server::{LIST_USERS, Server, reply, reply_with};

/// Real time: long enough to be distinguished from the time that a request takes.
const WINDOW: Duration = Duration::from_millis(300);

/// Grants so many requests in 300 ms, in windows that begin with a request.
async fn strict(limit: u32) -> Server {
    let window = Mutex::new((Instant::now(), 0));
    Server::start(move |_, _| {
        let mut window = window.lock().unwrap();
        if window.0.elapsed() >= WINDOW {
            *window = (Instant::now(), 0);
        }
        window.1 += 1;
        answer(limit, limit.saturating_sub(window.1), window.1 > limit)
    })
    .await
}

fn answer(limit: u32, remaining: u32, refused: bool) -> Response<Body> {
    let headers = [
        ("X-RateLimit-Limit", limit.to_string()),
        ("x-ratelimit-remaining", remaining.to_string()),
        ("retry-after", "1".to_owned()),
    ];
    let headers: Vec<_> = headers
        .iter()
        .map(|(name, value)| (*name, &**value))
        .collect();
    if refused {
        reply_with(429, &headers, "Retry later")
    } else {
        reply_with(200, &headers[..2], "[]")
    }
}

/// A call that is made once, so that a refusal is seen.
async fn call(core: Core) -> Result<(), Error> {
    let once = harvest_runtime::retry::Never;
    let core = core.with_options(CallOptions::new().retry(once));
    core.request(&LIST_USERS).send(decode::empty).await?;
    Ok(())
}

#[tokio::test]
async fn tasks_and_copies_of_a_client_share_the_allowance() {
    let server = strict(5).await;
    let limiter = Limiter::starting_with(5, WINDOW);
    let one = server.builder().limiter(limiter.clone()).build().unwrap().0;
    let other = server.builder().limiter(limiter).build().unwrap().0;
    let began = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..5 {
        tasks.spawn(call(one.clone()));
        tasks.spawn(call(one.with_acting_user(7)));
        tasks.spawn(call(other.clone()));
    }
    for result in tasks.join_all().await {
        result.unwrap();
    }
    assert_eq!(server.asked().len(), 15);
    assert!(began.elapsed() >= WINDOW * 2);
}

#[tokio::test]
async fn learns_the_limit_before_others_follow() {
    let asked = Mutex::new(0);
    let server = Server::start(move |_, _| {
        let mut asked = asked.lock().unwrap();
        *asked += 1;
        answer(3, 3_u32.saturating_sub(*asked), *asked > 3)
    })
    .await;
    let limiter = Limiter::new();
    let core = server.builder().limiter(limiter.clone()).build().unwrap().0;
    assert_eq!(limiter.snapshot().limit, 50);
    let mut tasks = JoinSet::new();
    for _ in 0..20 {
        tasks.spawn(call(core.clone()));
    }
    // They have ten seconds to wait, and don't get them.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let known = limiter.snapshot();
    assert_eq!((known.limit, known.remaining), (3, 0), "{known:?}");
    assert_eq!((known.waiting, server.asked().len()), (17, 3), "{known:?}");

    tasks.shutdown().await;
    assert_eq!(limiter.snapshot().waiting, 0);
}

#[tokio::test]
async fn a_refusal_of_one_call_holds_the_others_up() {
    let refused = Mutex::new(false);
    let server = Server::start(move |_, _| {
        if std::mem::replace(&mut *refused.lock().unwrap(), true) {
            return reply(200, "[]");
        }
        reply_with(429, &[("Retry-After", "0.4")], "Retry later")
    })
    .await;
    let limiter = Limiter::starting_with(50, WINDOW);
    let core = server.builder().limiter(limiter).build().unwrap().0;

    let began = Instant::now();
    let error = call(core.clone()).await.unwrap_err();
    assert!(error.is_rate_limited());
    let unpaced = CallOptions::new().limiter(Limiter::unlimited());
    call(core.with_options(unpaced)).await.unwrap();
    assert!(began.elapsed() < Duration::from_millis(350));
    call(core).await.unwrap();
    assert!(began.elapsed() >= Duration::from_millis(400));
}

#[tokio::test]
async fn a_call_that_is_given_up_while_it_waits_is_not_sent() {
    let server = strict(1).await;
    let limiter = Limiter::starting_with(1, WINDOW);
    let core = server.builder().limiter(limiter.clone()).build().unwrap().0;
    call(core.clone()).await.unwrap();
    let waiting = call(core.clone());
    assert!(tokio::time::timeout(WINDOW / 3, waiting).await.is_err());
    let began = Instant::now();
    call(core).await.unwrap();
    assert_eq!(server.asked().len(), 2);
    assert!(began.elapsed() < WINDOW);
}

/// The file can be removed at any time, also while a process knows a pause from it.
#[cfg(feature = "shared-limiter")]
/// A program may keep a call that it does not poll, such as the next page of a list while it makes another one. It takes no
/// more from others than the part of the allowance that its own request counts for.
#[tokio::test]
async fn an_unpolled_call_blocks_no_other() {
    for polled in [0, 1, 5, 50, 400] {
        let server = strict(3).await;
        let limiter = Limiter::starting_with(3, WINDOW);
        let core = server.builder().limiter(limiter).build().unwrap().0;
        for _ in 0..3 {
            call(core.clone()).await.unwrap();
        }
        let mut list = core.request(&LIST_USERS).pages::<Value>();
        let mut alone = Box::pin(core.request(&LIST_USERS).send(decode::empty));
        let time = Duration::from_millis(polled);
        tokio::select! {
            biased;
            _ = list.next() => {}
            _ = &mut alone => {}
            () = tokio::time::sleep(time) => {}
        }
        for _ in 0..5 {
            let other = tokio::time::timeout(Duration::from_secs(20), call(core.clone()));
            other.await.expect("it hangs").unwrap();
        }
        drop((list, alone));
    }
}

/// Nor does one that was dropped on a runtime that is not driven meanwhile.
#[test]
fn a_dropped_call_blocks_no_other() {
    let runtime = || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().build().unwrap()
    };
    let (own, one, other) = (runtime(), runtime(), runtime());
    let server = own.block_on(strict(1));
    let limiter = Limiter::starting_with(1, WINDOW);
    // Each with connections of its own: those of an idle runtime make no progress either.
    let client = || {
        let builder = server.builder().limiter(limiter.clone());
        builder.build().unwrap().0
    };
    let (first, second) = (client(), client());
    std::thread::scope(|threads| {
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        threads.spawn(|| own.block_on(stopped));
        one.block_on(call(first.clone())).unwrap();
        let given_up = one.block_on(async {
            let time = Duration::from_millis(20);
            tokio::time::timeout(time, call(first.clone())).await
        });
        assert!(given_up.is_err());
        let found = other
            .block_on(async { tokio::time::timeout(Duration::from_secs(10), call(second)).await });
        drop(stop);
        found.expect("it hangs").unwrap();
    });
}

#[tokio::test]
async fn a_pause_is_gone_with_the_file_that_it_is_in() {
    let refused = std::sync::Once::new();
    let server = Server::start(move |_, _| {
        let mut answer = reply(200, "[]");
        refused.call_once(|| answer = reply_with(429, &[("retry-after", "86400")], "{}"));
        answer
    })
    .await;
    let path = std::env::temp_dir().join(format!("harvest-it-limit-{}", std::process::id()));
    let limiter = Limiter::shared(&path).unwrap();
    let core = server.builder().limiter(limiter).build().unwrap().0;
    let call = || core.request(&LIST_USERS).send(decode::empty);
    call().await.unwrap_err();
    // What became of a request is written by another thread.
    tokio::time::sleep(Duration::from_millis(200)).await;
    for _ in 0..2 {
        assert!(call().await.unwrap_err().is_paused());
    }
    std::fs::remove_file(&path).unwrap();
    call().await.unwrap();
    assert_eq!(server.asked().len(), 2);
    assert!(path.exists());
    std::fs::remove_file(&path).unwrap();
}
