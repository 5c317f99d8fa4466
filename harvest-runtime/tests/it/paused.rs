//! Calls while a pause lasts that the service asked for.

use std::time::{Duration, Instant};

use harvest_runtime::retry::{RetryPolicy as _, Standard};
use harvest_runtime::{CallOptions, ClientBuilder, Core, Error, Limiter, chrono::Utc, decode};
use serde_json::Value;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::server::{CREATE_USER, Harvest, KEY, LIST_USERS, Server, reply, reply_with};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Refuses the first request for so long, and takes all others.
async fn refusing_first(retry_after: &'static str) -> Server {
    let refused = std::sync::Once::new();
    Server::start(move |_, _| {
        let mut answer = reply(200, "[]");
        refused.call_once(|| answer = reply_with(429, &[("retry-after", retry_after)], "{}"));
        answer
    })
    .await
}

async fn call(core: &Core) -> Result<(), Error> {
    let call = core.request(&LIST_USERS).send(decode::empty);
    // Nothing here takes long but a call that hangs.
    timeout(Duration::from_secs(5), call)
        .await
        .expect("it hangs")?;
    Ok(())
}

#[tokio::test]
async fn later_calls_fail_at_once_and_say_until_when() {
    for retry_after in [
        "86400",
        "999999999999",
        "99999999999999999999999999",
        "1e300",
        "999999999999, 999999999999",
        "18446744073709551615",
        "Fri, 31 Dec 9999 23:59:59 GMT",
    ] {
        let server = refusing_first(retry_after).await;
        let core = server.client();
        let refused = call(&core).await.unwrap_err();
        assert!(refused.is_rate_limited() && !refused.is_paused());

        let began = Instant::now();
        let error = call(&core).await.unwrap_err();
        assert!(began.elapsed() < Duration::from_millis(500));
        assert!(error.is_paused() && error.is_rate_limited() && error.is_transient());
        assert!(!error.is_timeout() && error.status().is_none());
        let left = error.retry_after().unwrap();
        assert!(
            left <= DAY && DAY.abs_diff(left) < Duration::from_secs(10),
            "{left:?}"
        );
        let until = error.paused_until().unwrap() - Utc::now();
        assert!((until.num_seconds() - 86_395).abs() <= 10, "{until}");
        let text = error.to_string();
        let day = error
            .paused_until()
            .unwrap()
            .format("%Y-%m-%dT")
            .to_string();
        for part in [
            "list_users (GET /v1/users): not sent: the service asked for a pause",
            &day,
            "86400 s",
            "pauses of more than 300 s are not waited for",
            "ClientBuilder::max_pause",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        let asked_longer =
            text.contains("asked for a pause of more than a day; this client asks again at");
        assert_eq!(asked_longer, retry_after != "86400", "{text}");
        assert_eq!((error.attempts(), server.asked().len()), (0, 1));
    }
}

/// What the client waits by itself is not what the service asked for.
#[tokio::test]
async fn a_pause_without_a_length_is_called_an_estimate() {
    for retry_after in ["0", "soon", "Mon, 02 Mar 2026 10:00:00 GMT"] {
        let server = refusing_first(retry_after).await;
        let builder = server.builder().max_pause(Duration::from_millis(100));
        let core = builder.build().unwrap().0;
        call(&core).await.unwrap_err();
        let error = call(&core).await.unwrap_err();
        assert!(error.is_paused() && error.is_rate_limited(), "{error}");
        let text = error.to_string();
        for part in [
            "the service refused a request for its rate limit and did not say for how long",
            "this client asks again at",
            "(in 0.",
            "pauses of more than 0.1 s are not waited for",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("the service asked"), "{text}");
    }
}

#[tokio::test]
async fn the_maximum_can_be_set_on_the_builder_and_the_call() {
    let server = refusing_first("2").await;
    let core = server
        .builder()
        .max_pause(Duration::from_secs(1))
        .build()
        .unwrap()
        .0;
    call(&core).await.unwrap_err();
    let error = call(&core).await.unwrap_err();
    assert!(error.is_paused(), "{error}");
    assert!(error.to_string().contains("more than 1 s"), "{error}");
    let patient = core.with_options(CallOptions::new().max_pause(Duration::from_secs(3)));
    call(&patient).await.unwrap();
    assert_eq!(server.asked().len(), 2);
}

/// Nothing else is shorter: the time of retries, unless a policy sets it, is no less.
#[tokio::test]
async fn a_maximum_that_was_raised_is_what_is_waited_for() {
    let patient = |server: &Server| {
        let builder = ClientBuilder::<Harvest>::new().credential(KEY);
        let builder = builder.max_pause(Duration::from_secs(20 * 60));
        builder.base_url(server.url()).build().unwrap().0
    };
    let server = Server::start(|_, _| reply_with(429, &[("retry-after", "600")], "{}")).await;
    let core = patient(&server);
    let waiting = core.request(&LIST_USERS).send(decode::empty);
    timeout(Duration::from_millis(300), waiting)
        .await
        .expect_err("it waits");
    let server = Server::start(|_, _| reply_with(429, &[("retry-after", "1300")], "{}")).await;
    let error = call(&patient(&server)).await.unwrap_err().to_string();
    assert!(
        error.contains("more than 1200 s") && error.contains("max_pause"),
        "{error}"
    );
}

#[tokio::test]
async fn a_call_without_time_for_the_pause_fails_at_once() {
    let server = refusing_first("60").await;
    let core = server.client();
    call(&core).await.unwrap_err();
    let brief = core.with_options(CallOptions::new().timeout(Duration::from_secs(30)));
    let began = Instant::now();
    let error = call(&brief).await.unwrap_err();
    assert!(began.elapsed() < Duration::from_millis(500));
    assert!(error.is_paused() && !error.is_call_timeout());
    let text = error.to_string();
    assert!(
        text.contains("the call has 30 s left") && text.contains("ClientBuilder::timeout"),
        "{text}"
    );
}

#[tokio::test]
async fn calls_in_the_queue_fail_when_the_pause_begins() {
    let server = Server::start(|_, _| {
        std::thread::sleep(Duration::from_millis(300));
        reply_with(429, &[("retry-after", "3600")], "{}")
    })
    .await;
    let core = server
        .builder()
        .limiter(Limiter::starting_with(1, Duration::from_secs(600)))
        .build()
        .unwrap()
        .0;
    let mut tasks = JoinSet::new();
    for _ in 0..20 {
        let core = core.clone();
        tasks.spawn(async move { call(&core).await.unwrap_err() });
    }
    let began = Instant::now();
    let errors = tasks.join_all().await;
    assert!(
        began.elapsed() < Duration::from_secs(2),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(errors.iter().filter(|error| error.is_paused()).count(), 19);
    assert_eq!(server.asked().len(), 1);
}

/// A policy without limits leaves the wait of the refused call itself to the maximum, whatever the status is.
#[tokio::test]
async fn a_retry_does_not_wait_longer_either() {
    for status in [429, 503, 500, 502, 504, 408, 425, 520, 524] {
        let server =
            Server::start(move |_, _| reply_with(status, &[("retry-after", "3600")], "{}")).await;
        for operation in [&LIST_USERS, &CREATE_USER] {
            let builder = server.builder().retry(Standard.with_attempt_limit(100));
            let core = builder
                .acting_user(5)
                .limiter(Limiter::unlimited())
                .build()
                .unwrap()
                .0;
            let request = core.request(operation);
            let sent = timeout(Duration::from_secs(5), request.send(decode::empty)).await;
            let error = sent.expect("it hangs").unwrap_err();
            assert_eq!(
                (error.attempts(), error.status().unwrap().as_u16()),
                (1, status)
            );
            assert_eq!(error.is_rate_limited(), status == 429);
            // The end is printed for any; but what may have been carried out is not sent again anyway.
            let would_wait = status == 429 || operation.idempotent;
            assert_eq!(error.is_paused(), would_wait, "{status}");
            assert_eq!(error.paused_until().is_some(), would_wait, "{status}");
            // It is printed once.
            let end = error.paused_until_text();
            assert_eq!(end.is_none(), would_wait, "{status}");
            let text = end.unwrap_or_else(|| error.to_string());
            assert_eq!(text.matches("Z at the earliest").count(), 1, "{text}");
            if would_wait {
                let until = error.paused_until().unwrap() - Utc::now();
                assert!((until.num_seconds() - 3_595).abs() <= 10, "{until}");
                let text = error.to_string();
                assert!(
                    text.contains("(in 3600 s), and pauses of more than 300 s are not waited for"),
                    "{text}"
                );
            }
        }
    }
}

/// The headers of a success can put the next request off for as long as a pause.
#[tokio::test]
async fn a_turn_that_is_put_off_fails_at_once() {
    let server = Server::start(|_, _| {
        let headers = [
            ("x-ratelimit-limit", "1"),
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "299"),
        ];
        reply_with(200, &headers, "[]")
    })
    .await;
    let builder = server.builder().max_pause(Duration::from_secs(3));
    let core = builder.build().unwrap().0;
    call(&core).await.unwrap();
    let error = call(&core).await.unwrap_err();
    assert!(error.is_paused() && error.is_rate_limited() && error.is_transient());
    let text = error.to_string();
    for part in [
        "not sent: the rate limit of the service is used up; it takes requests again at",
        "pauses of more than 3 s are not waited for",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let until = error.paused_until().unwrap() - Utc::now();
    assert!((290..=300).contains(&until.num_seconds()), "{until}");
    assert_eq!(server.asked().len(), 1);
}

/// A backoff that is always the same.
#[derive(Debug)]
struct Steady;

impl harvest_runtime::retry::BackoffPolicy for Steady {
    fn wait(&self, _: &harvest_runtime::retry::RetryState) -> Duration {
        Duration::from_millis(300)
    }
}

#[tokio::test]
async fn an_attempt_after_a_failure_says_what_it_was() {
    // The first call fails with 502 and waits; meanwhile another one is refused.
    let server = Server::start(|asked, _| {
        if asked.target.contains("other") {
            reply_with(429, &[("retry-after", "3600")], "{}")
        } else {
            reply(502, "<html>")
        }
    })
    .await;
    let limiter = Limiter::starting_with(50, Duration::from_secs(10));
    let builder = server
        .builder()
        .retry(Standard)
        .backoff(Steady)
        .limiter(limiter);
    let core = builder.build().unwrap().0;
    let first = tokio::spawn({
        let core = core.clone();
        async move { call(&core).await.unwrap_err() }
    });
    sleep(Duration::from_millis(100)).await;
    let mut other = core.request(&LIST_USERS);
    other.query("other", &1_i64);
    other.send(decode::empty).await.unwrap_err();
    let error = first.await.unwrap();
    assert!(error.is_paused(), "{error}");
    assert_eq!(error.attempts(), 1);
    assert!(error.to_string().contains("not sent again:"), "{error}");
    let before = std::error::Error::source(&error).unwrap();
    assert!(before.downcast_ref::<Error>().unwrap().is_server_error());
}

#[tokio::test]
async fn a_list_says_where_to_go_on() {
    let server = Server::start(|asked, url| {
        if asked.target.contains("page=2") {
            return reply_with(429, &[("retry-after", "3600")], "{}");
        }
        let link = format!("<{url}/v1/users?page=2>; rel=\"next\"");
        reply_with(200, &[("link", &link)], r#"[{"id":1}]"#)
    })
    .await;
    let core = server.client();
    let mut items = core.request(&LIST_USERS).items::<Value>();
    items.next().await.unwrap().unwrap();
    items.next().await.unwrap().unwrap_err();
    let url = format!("{}/v1/users?page=2", server.url());
    let mut resumed = core.request(&LIST_USERS).items::<Value>().resume_from(&url);
    let error = resumed.next().await.unwrap().unwrap_err();
    assert!(error.is_paused());
    assert_eq!(error.resume_url(), Some(url.as_str()));
}

/// With several calls at once, each pause is one that each of them waits for; in all they are as long as one may be.
#[tokio::test]
async fn calls_at_once_wait_no_longer_in_all_their_pauses() {
    let server = Server::start(|_, _| reply_with(429, &[("retry-after", "1")], "{}")).await;
    let builder = server.builder().retry(Standard);
    let core = builder
        .max_pause(Duration::from_millis(2500))
        .build()
        .unwrap()
        .0;
    let began = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..8 {
        let core = core.clone();
        tasks.spawn(async move { call(&core).await.unwrap_err() });
    }
    let errors = tasks.join_all().await;
    let took = began.elapsed();
    assert!(took < Duration::from_secs(4), "{took:?}");
    for error in errors {
        assert!(error.is_paused() && error.is_rate_limited(), "{error}");
        let text = error.to_string();
        let says = "pauses of more than 2.5 s in all are not waited for, of which";
        assert!(text.contains(says), "{text}");
        assert!(text.contains("ClientBuilder::max_pause"), "{text}");
    }
}
