//! Calls that do something else than to wait for their turn while the service asks for a pause.

use std::time::{Duration, Instant};

use harvest_runtime::retry::{RetryPolicy as _, Standard};
use harvest_runtime::{Core, Error, PollOptions, decode};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::server::{GET_TAG, LIST_USERS, Server, reply, reply_with};

const SECOND: Duration = Duration::from_secs(1);

fn poll() -> PollOptions {
    PollOptions::new()
        .interval(Duration::from_secs(20))
        .timeout(Duration::from_secs(30))
}

/// What a poll ends with, and how long it takes.
async fn polled(core: &Core, poll: PollOptions) -> (Error, Duration) {
    let begun = Instant::now();
    let mut request = core.request(&GET_TAG);
    request.path("id", &1_i64);
    request.path("tag", "a");
    let ready = request.wait_until_ready(decode::empty, poll);
    let ready = timeout(10 * SECOND, ready).await.expect("it hangs");
    (ready.unwrap_err(), begun.elapsed())
}

/// A call that is refused with a pause of a day.
async fn refused(core: &Core) {
    let mut other = core.request(&LIST_USERS);
    other.query("other", &1_i64);
    other.send(decode::empty).await.unwrap_err();
}

/// Answers the call of `refused` with a pause of a day, and others like this.
async fn serving(status: u16, headers: &'static [(&'static str, &'static str)]) -> Server {
    Server::start(move |asked, _| {
        if asked.target.contains("other") {
            reply_with(429, &[("retry-after", "86400")], "{}")
        } else {
            reply_with(status, headers, "{}")
        }
    })
    .await
}

#[tokio::test]
async fn a_poll_has_no_more_patience_than_time() {
    let server = Server::start(|_, _| reply_with(429, &[("retry-after", "60")], "{}")).await;
    let core = server.builder().retry(Standard).build().unwrap().0;
    // The second one knows of the pause before it begins.
    for _ in 0..2 {
        let (error, took) = polled(&core, poll()).await;
        assert!(took < SECOND, "{took:?}: {error}");
        assert!(error.is_paused() && !error.is_not_ready(), "{error}");
        assert!(error.paused_until().is_some());
        assert!(
            error.to_string().contains("PollOptions::timeout"),
            "{error}"
        );
    }
    // Without a pause it ends as ever.
    let server = Server::start(|_, _| reply(404, "{}")).await;
    let brief = poll().interval(SECOND / 10).timeout(SECOND / 2);
    let (error, took) = polled(&server.client(), brief).await;
    assert!(error.is_not_ready() && took < SECOND, "{error}");
    let server = Server::start(|_, _| {
        std::thread::sleep(SECOND);
        reply(200, "{}")
    })
    .await;
    // The server holds up this thread, too.
    let (error, took) = polled(&server.client(), brief).await;
    assert!(error.is_not_ready() && took < 3 * SECOND, "{error}");
}

/// Waits until the call sleeps, lets another one be refused, and has its end.
async fn meanwhile(core: &Core, call: JoinHandle<Error>) -> Error {
    sleep(SECOND / 4).await;
    refused(core).await;
    timeout(SECOND, call).await.expect("it hangs").unwrap()
}

#[tokio::test]
async fn who_sleeps_before_another_attempt_hears_of_a_pause() {
    let server = serving(503, &[("retry-after", "20")]).await;
    let builder = server.builder().retry(Standard.with_attempt_limit(3));
    let core = builder.build().unwrap().0;
    let call = tokio::spawn({
        let core = core.clone();
        async move {
            let call = core.request(&LIST_USERS).send(decode::empty);
            call.await.unwrap_err()
        }
    });
    let error = meanwhile(&core, call).await;
    assert!(error.is_paused() && error.attempts() == 1, "{error}");
    assert!(error.to_string().contains("not sent again"), "{error}");
}

#[tokio::test]
async fn who_sleeps_between_two_polls_hears_of_a_pause() {
    let server = serving(404, &[]).await;
    let core = server.client();
    let call = tokio::spawn({
        let core = core.clone();
        async move { polled(&core, poll()).await.0 }
    });
    let error = meanwhile(&core, call).await;
    assert!(error.is_paused(), "{error}");
}
