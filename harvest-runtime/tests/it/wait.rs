//! Announcements of long waits. Those for the rate limit are shown on a paused clock in `src/wait.rs`.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use harvest_runtime::retry::{RetryPolicy as _, Standard};
use harvest_runtime::{CallOptions, Core, Limiter, PollOptions, Wait, WaitReason, decode};

use crate::server::{GET_TAG, LIST_USERS, Server, reply, reply_with};

type Waits = Arc<Mutex<Vec<Wait>>>;

/// Fails the first request like this; the second one succeeds.
async fn failing_first(status: u16, headers: &'static [(&str, &str)]) -> Server {
    let failed = std::sync::Once::new();
    Server::start(move |_, _| {
        let mut answer = reply(200, "[]");
        failed.call_once(|| answer = reply_with(status, headers, "{}"));
        answer
    })
    .await
}

fn listening(server: &Server) -> (Core, Waits) {
    let waits = Waits::default();
    let heard = Arc::clone(&waits);
    let builder = server
        .builder()
        .retry(Standard.with_attempt_limit(2))
        .limiter(Limiter::unlimited())
        .on_wait(move |wait| heard.lock().unwrap().push(wait.clone()));
    (builder.build().unwrap().0, waits)
}

fn only(waits: &Waits) -> Wait {
    let waits = waits.lock().unwrap();
    assert_eq!(waits.len(), 1, "{waits:?}");
    waits[0].clone()
}

#[tokio::test]
async fn a_pause_before_another_attempt() {
    for status in [429, 503] {
        let server = failing_first(status, &[("retry-after", "1.1")]).await;
        let (core, waits) = listening(&server);
        let call = core.request(&LIST_USERS);
        call.send(decode::empty).await.unwrap();
        let wait = only(&waits);
        assert_eq!(wait.reason(), WaitReason::Pause);
        assert_eq!(wait.duration(), Duration::from_millis(1100));
        assert_eq!(wait.operation(), Some(&LIST_USERS));
        let text = "list_users (GET /v1/users): waits about 1.1 s because the service refused a \
                    request for now";
        assert_eq!(wait.to_string(), text);
    }
}

#[tokio::test]
async fn what_was_filled_in_is_not_in_it() {
    let server = failing_first(503, &[("retry-after", "1.1")]).await;
    let (core, waits) = listening(&server);
    let mut call = core.request(&GET_TAG);
    call.path("id", &4_711_i64);
    call.path("tag", "Whitcombe");
    call.query("email", "mira@example.com");
    call.send(decode::empty).await.unwrap();
    let text = format!(
        "{0} {0:?} {1:?}",
        only(&waits),
        CallOptions::new().on_wait(|_| {})
    );
    for private in ["4711", "Whitcombe", "mira", "a-key", "127.0.0.1"] {
        assert!(!text.contains(private), "{text}");
    }
}

#[tokio::test]
async fn short_waits_are_not_announced() {
    let server = failing_first(503, &[("retry-after", "0.05")]).await;
    let (core, waits) = listening(&server);
    core.request(&LIST_USERS).send(decode::empty).await.unwrap();
    assert!(waits.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_record_that_is_not_ready() {
    let server = failing_first(404, &[]).await;
    let (core, waits) = listening(&server);
    let poll = PollOptions::new().interval(Duration::from_millis(1100));
    let call = core.request(&LIST_USERS);
    call.wait_until_ready(decode::empty, poll).await.unwrap();
    assert_eq!(only(&waits).reason(), WaitReason::NotReady);
}

#[cfg(feature = "blocking")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_that_block_announce_theirs_too() {
    let server = failing_first(429, &[("retry-after", "1.1")]).await;
    let (core, waits) = listening(&server);
    let paced = Limiter::starting_with(1, Duration::from_millis(1500));
    let calls = std::thread::spawn(move || {
        let core = core.with_options(CallOptions::new().limiter(paced));
        for _ in 0..2 {
            let call = core.request(&LIST_USERS);
            call.send_blocking(decode::empty).unwrap();
        }
    });
    calls.join().unwrap();
    let waits: Vec<_> = waits.lock().unwrap().iter().map(Wait::reason).collect();
    assert_eq!(waits, [WaitReason::Pause, WaitReason::Allowance]);
}
