//! Times that no clock can hold: they are no limit, and stop nothing.

use std::time::Duration;

use harvest_runtime::retry::{ExponentialBackoff, RetryBudget, RetryPolicy as _, Standard};
use harvest_runtime::{
    AccessToken, CallOptions, Core, Limiter, PollOptions, TokenError, TokenFuture, TokenSource,
    decode,
};
use serde_json::Value;

use crate::download::at;
use crate::server::{LIST_USERS, Server, reply, reply_with};
use crate::tokens::{builder, list};

const EVER: Duration = Duration::MAX;

async fn serving() -> Server {
    let asked_for = std::sync::atomic::AtomicUsize::new(0);
    Server::start(move |_, _| {
        match asked_for.fetch_add(1, std::sync::atomic::Ordering::SeqCst) % 2 {
            0 => reply_with(503, &[("retry-after", "0")], ""),
            _ => reply(200, "[]"),
        }
    })
    .await
}

async fn all_goes_well(core: &Core, server: &Server) {
    let answer = core.request(&LIST_USERS).send(decode::json::<Value>).await;
    assert_eq!(answer.unwrap().attempts(), 2);
    let poll = PollOptions::new().interval(EVER).timeout(EVER);
    let request = core.request(&LIST_USERS);
    let ready = request.wait_until_ready(decode::json::<Value>, poll).await;
    assert_eq!(ready.unwrap().attempts(), 2);
    let file = core.download(&at(server.url())).bytes().await.unwrap();
    assert_eq!(&*file, b"[]");
}

#[tokio::test]
async fn every_setting_takes_the_longest_time_there_is() {
    let server = serving().await;
    let builder = || {
        server
            .builder()
            .retry(Standard.with_attempt_limit(3).with_time_limit(EVER))
            .backoff(
                ExponentialBackoff::new()
                    .with_initial(Duration::from_millis(1))
                    .with_maximum(EVER),
            )
            .retry_budget(RetryBudget::new(9).refilled_every(EVER))
            .limiter(Limiter::starting_with(100, EVER))
    };
    let core = builder()
        .connect_timeout(EVER)
        .attempt_timeout(EVER)
        .timeout(EVER)
        .max_pause(EVER);
    all_goes_well(&core.build().unwrap().0, &server).await;
    let options = CallOptions::new()
        .attempt_timeout(EVER)
        .timeout(EVER)
        .max_pause(EVER);
    let core = builder().build().unwrap().0.with_options(options);
    all_goes_well(&core, &server).await;
}

#[tokio::test]
async fn a_pause_of_any_length_is_calculated_with() {
    for wait in ["18446744073709551615", "1e300", "86401"] {
        for status in [429, 503] {
            let server =
                Server::start(move |_, _| reply_with(status, &[("retry-after", wait)], "")).await;
            let builder = server.builder().retry(Standard.with_attempt_limit(3));
            let core = builder.build().unwrap().0;
            let request = || core.request(&LIST_USERS).send(decode::empty);
            let first = request().await.unwrap_err();
            let text = first.to_string();
            assert!(first.is_paused(), "{text}");
            assert_eq!(text.matches("at the earliest").count(), 1, "{text}");
            assert!(text.contains("try again then"), "{text}");
            if status == 429 {
                // What a later call says, which is not sent.
                let later = request().await.unwrap_err();
                let ends = [&first, &later].map(|it| it.paused_until().unwrap());
                let apart = (ends[1] - ends[0]).num_seconds().abs();
                assert!(apart <= 5, "{first} {later}");
                let words = "of more than a day; this client asks again at";
                assert!(text.contains(words) && later.to_string().contains(words));
            }
            let file = core.download(&at(server.url())).bytes().await;
            let text = file.unwrap_err().to_string();
            assert_eq!(text.matches("at the earliest").count(), 1, "{text}");
        }
    }
}

struct Eternal;

impl TokenSource for Eternal {
    fn token(&self, _: Option<i64>) -> TokenFuture<'_> {
        Box::pin(async { Ok::<_, TokenError>(AccessToken::new("made-up").expires_in(EVER)) })
    }
}

#[tokio::test]
async fn a_token_may_live_for_ever() {
    let server = Server::answering(200, "[]").await;
    let core = builder(&server).token_source(Eternal).build().unwrap().0;
    list(&core).await.unwrap();
}
