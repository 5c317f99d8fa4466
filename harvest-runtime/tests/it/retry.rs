//! Retries: which calls, after which delay, and the error in the end.

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::http::Response as HttpResponse;
use harvest_runtime::chrono::{SecondsFormat, TimeDelta};
use harvest_runtime::retry::{
    BackoffPolicy, ExponentialBackoff, Never, RetryBudget, RetryDecision, RetryPolicy, RetryState,
    Standard,
};
use harvest_runtime::{
    CallOptions, ClientBuilder, Core, Error, Limiter, Method, Operation, Response, decode, reqwest,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

use crate::server::{
    CREATE_USER, Harvest, KEY, LIST_USERS, Refusing, Server, acting, reply, reply_with,
};

static REPLACE_USER: Operation = Operation {
    id: "replace_user",
    method: Method::Put,
    idempotent: true,
    ..CREATE_USER
};

#[derive(Debug)]
struct Steady(Duration);

impl BackoffPolicy for Steady {
    fn wait(&self, _: &RetryState) -> Duration {
        self.0
    }
}

/// Retries fast and often.
fn eager(builder: ClientBuilder<Harvest>) -> ClientBuilder<Harvest> {
    builder
        .retry(Standard.with_attempt_limit(6))
        .backoff(ExponentialBackoff::new().with_maximum(Duration::from_millis(2)))
        .limiter(Limiter::unlimited())
}

fn client(builder: ClientBuilder<Harvest>) -> Core {
    eager(builder).build().unwrap().0
}

/// Fails this often, and then succeeds.
async fn failing(times: usize, status: u16, headers: &'static [(&str, &str)]) -> Server {
    let asked = AtomicUsize::new(0);
    Server::start(move |_, _| {
        if asked.fetch_add(1, Ordering::Relaxed) < times {
            reply_with(status, headers, "Retry later")
        } else {
            reply(200, "[1]")
        }
    })
    .await
}

async fn call(core: &Core, operation: &'static Operation) -> Result<Response<Vec<i64>>, Error> {
    acting(core, operation).send(decode::json::<Vec<i64>>).await
}

#[tokio::test]
async fn statuses() {
    for status in [408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524] {
        for (operation, again) in [
            (&LIST_USERS, true),
            (&REPLACE_USER, true),
            (&CREATE_USER, status == 429),
        ] {
            let server = failing(2, status, &[]).await;
            let result = call(&client(server.builder()), operation).await;
            if again {
                let response = result.unwrap();
                assert_eq!((*response).as_slice(), [1]);
                assert_eq!(response.attempts(), 3);
                assert_eq!(server.asked().len(), 3);
            } else {
                let error = result.unwrap_err();
                assert_eq!(error.attempts(), 1, "{error}");
                assert!(error.is_transient());
                assert_eq!(server.asked().len(), 1, "{operation}: {status}");
            }
        }
    }
    for status in [302, 400, 401, 403, 404, 409, 422, 501, 505, 519, 525] {
        let server = failing(1, status, &[("retry-after", "0")]).await;
        let error = call(&client(server.builder()), &LIST_USERS)
            .await
            .unwrap_err();
        assert_eq!((error.attempts(), server.asked().len()), (1, 1), "{error}");
        assert!(!error.is_transient());
    }
}

#[tokio::test]
async fn each_attempt_is_the_same_request() {
    let server = failing(3, 503, &[]).await;
    let core = client(server.builder());
    let mut request = core.request(&REPLACE_USER);
    request.query("q", "a b");
    request.acting_user(5);
    request.json(&["x"]);
    request.send(decode::empty).await.unwrap();
    let asked = server.asked();
    assert_eq!(asked.len(), 4);
    for other in &asked {
        assert_eq!(other.target, "/v1/users?q=a+b");
        assert_eq!(other.body, r#"["x"]"#);
        assert_eq!(other.header("on-behalf-of"), Some("5"));
        assert_eq!(other.headers, asked[0].headers);
    }
}

/// A server that gives each connection the next of these answers to its request, and hangs up.
async fn script(answers: &'static [&'static str]) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let requests = Arc::clone(&count);
    tokio::spawn(async move {
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            if stream.read(&mut [0; 4096]).await.unwrap() > 0 {
                requests.fetch_add(1, Ordering::Relaxed);
            }
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (url, count)
}

const GOOD: &str = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\nconnection: close\r\n\r\n[1]";
const TRUNCATED: &str = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n[1";

fn client_at(url: &str) -> Core {
    client(ClientBuilder::new().credential(KEY).base_url(url))
}

#[tokio::test]
async fn broken_connections() {
    let (url, count) = script(&["", TRUNCATED, "no http\r\n\r\n", GOOD]).await;
    let response = call(&client_at(&url), &LIST_USERS).await.unwrap();
    assert_eq!(response.attempts(), 4);
    assert_eq!(count.load(Ordering::Relaxed), 4);

    // Whether the user was created is unknown.
    for broken in [&["", GOOD], &[TRUNCATED, GOOD]] {
        let (url, count) = script(broken).await;
        let error = call(&client_at(&url), &CREATE_USER).await.unwrap_err();
        assert_eq!(error.attempts(), 1);
        assert!(error.to_string().contains("look before you send it again"));
        assert_eq!(count.load(Ordering::Relaxed), 1);
    }
}

#[tokio::test]
async fn an_attempt_out_of_time() {
    let (url, count) = script(&["HTTP/1.1 200 OK\r\n", ""]).await;
    let options = CallOptions::new()
        .attempt_timeout(Duration::from_millis(50))
        .retry(Standard.with_attempt_limit(2));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent = format!("http://{}", listener.local_addr().unwrap());
    let core = client_at(&silent).with_options(options.clone());
    let error = call(&core, &LIST_USERS).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_call_timeout(), "{error}");
    assert_eq!(error.attempts(), 2);
    let error = call(&core, &CREATE_USER).await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    // The head alone is no answer.
    let error = call(&client_at(&url).with_options(options), &LIST_USERS)
        .await
        .unwrap_err();
    assert_eq!(error.attempts(), 2);
    assert_eq!(count.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn what_was_never_sent_is_sent_again() {
    let refusing = Refusing::new();
    let url = refusing.url();
    let server = tokio::spawn(async move {
        sleep(Duration::from_millis(100)).await;
        let (mut stream, _) = refusing.listen().accept().await.unwrap();
        assert!(stream.read(&mut [0; 4096]).await.unwrap() > 0);
        stream.write_all(GOOD.as_bytes()).await.unwrap();
    });
    let options = CallOptions::new()
        .retry(Standard.with_time_limit(Duration::from_secs(5)))
        .backoff(Steady(Duration::from_millis(20)));
    let core = client_at(&url).with_options(options);
    let response = call(&core, &CREATE_USER).await.unwrap();
    assert!(response.attempts() >= 3, "{}", response.attempts());
    assert!(response.waited() >= Duration::from_millis(40));
    server.await.unwrap();
}

#[tokio::test]
async fn a_client_that_follows_redirects_is_not_trusted() {
    let refusing = Refusing::new();
    let nowhere = refusing.url();
    let server =
        Server::start(move |_, _| reply_with(303, &[("location", &nowhere)], String::new())).await;
    let own = reqwest::Client::builder().no_proxy().build().unwrap();
    let core = client(server.builder().http_client(own));
    // The user was created, and only then did a connection fail.
    let error = call(&core, &CREATE_USER).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!((error.attempts(), server.asked().len()), (1, 1));
    let error = call(&core, &LIST_USERS).await.unwrap_err();
    assert_eq!((error.attempts(), server.asked().len()), (6, 7));
}

#[tokio::test]
async fn enough_is_enough() {
    let server = Server::answering(502, "<html>").await;
    let core = client(server.builder());
    let limited = CallOptions::new().retry(Standard.with_attempt_limit(3));
    let error = call(&core.with_options(limited), &LIST_USERS)
        .await
        .unwrap_err();
    assert!(error.is_server_error());
    assert_eq!((error.attempts(), server.asked().len()), (3, 3));
    assert_eq!(
        error.to_string(),
        "list_users (GET /v1/users): 502 Bad Gateway: the service failed; try again later [3 \
         attempts]"
    );

    let brief = CallOptions::new()
        .retry(Standard.with_time_limit(Duration::from_millis(100)))
        .backoff(Steady(Duration::from_millis(30)));
    let begun = Instant::now();
    let error = call(&core.with_options(brief), &LIST_USERS)
        .await
        .unwrap_err();
    assert!((2..=4).contains(&error.attempts()), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(1));

    let never_in_time = CallOptions::new()
        .timeout(Duration::from_secs(5))
        .backoff(Steady(Duration::from_secs(6)));
    let error = call(&core.with_options(never_in_time), &LIST_USERS)
        .await
        .unwrap_err();
    assert_eq!(error.attempts(), 1);
    assert!(
        error.to_string().ends_with("the call has no time left"),
        "{error}"
    );
}

#[tokio::test]
async fn the_service_says_when() {
    for status in [429, 503] {
        let server = failing(2, status, &[("retry-after", "0.1")]).await;
        let begun = Instant::now();
        let response = call(&client(server.builder()), &LIST_USERS).await.unwrap();
        assert!(begun.elapsed() >= Duration::from_millis(200));
        assert!(response.waited() >= Duration::from_millis(200));
        assert_eq!(response.attempts(), 3);
    }
    // A longer wait of one's own stays.
    let server = failing(1, 503, &[("retry-after", "0")]).await;
    let steady = CallOptions::new().backoff(Steady(Duration::from_millis(100)));
    let core = client(server.builder()).with_options(steady);
    let response = call(&core, &LIST_USERS).await.unwrap();
    assert!(response.waited() >= Duration::from_millis(100));
}

#[tokio::test]
async fn a_wait_that_does_not_fit_is_not_begun() {
    for (options, left) in [
        (
            CallOptions::new().timeout(Duration::from_secs(20)),
            "the call has 20 s left; try again then, or raise ClientBuilder::timeout",
        ),
        (
            CallOptions::new().retry(Standard.with_time_limit(Duration::from_secs(30))),
            "no attempt is made in more than 30 s; try again then",
        ),
    ] {
        let server = failing(1, 429, &[("retry-after", "3600")]).await;
        let begun = Instant::now();
        let core = client(server.builder()).with_options(options);
        let error = call(&core, &LIST_USERS).await.unwrap_err();
        assert!(begun.elapsed() < Duration::from_secs(1));
        assert!(error.is_rate_limited() && !error.is_timeout());
        assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
        assert_eq!((error.attempts(), server.asked().len()), (1, 1));
        let until = error.paused_until().unwrap() + TimeDelta::milliseconds(999);
        let until = until.to_rfc3339_opts(SecondsFormat::Secs, true);
        assert_eq!(
            error.to_string(),
            format!(
                "list_users (GET /v1/users): 429 Too Many Requests: the rate limit is reached; not \
                 sent again: the service asked for a pause; it takes requests again at {until} at \
                 the earliest (in 3600 s), and {left}"
            )
        );
    }
}

/// Would send everything again, if there were any time left for it.
#[derive(Debug)]
struct Spent;

impl RetryPolicy for Spent {
    fn on_error(&self, _: &RetryState, _: &Error) -> RetryDecision {
        RetryDecision::Retry
    }

    fn remaining_time(&self, _: &RetryState) -> Option<Duration> {
        Some(Duration::ZERO)
    }
}

#[tokio::test]
async fn a_service_that_asks_for_no_wait_is_not_said_to() {
    for status in [429, 500] {
        let server = failing(2, status, &[]).await;
        let core = eager(server.builder()).retry(Spent).build().unwrap().0;
        let error = call(&core, &LIST_USERS).await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains("the call has no time left"), "{text}");
        assert!(!error.is_paused(), "{text}");
        assert_eq!(error.attempts(), 1);
    }
}

#[tokio::test]
async fn defaults_give_up_at_once_too() {
    let server = failing(1, 429, &[("retry-after", "3600")]).await;
    let core = ClientBuilder::<Harvest>::new()
        .credential(KEY)
        .base_url(server.url())
        .build()
        .unwrap()
        .0;
    let error = timeout(Duration::from_secs(1), call(&core, &LIST_USERS))
        .await
        .unwrap()
        .unwrap_err();
    assert!(
        error.to_string().ends_with(
            "(in 3600 s), and pauses of more than 300 s are not waited for; try again then, or \
             raise ClientBuilder::max_pause"
        ),
        "{error}"
    );
    assert!(error.is_paused());
    let until = error.paused_until().unwrap() - harvest_runtime::chrono::Utc::now();
    assert!((3590..=3600).contains(&until.num_seconds()), "{until}");
}

#[tokio::test]
async fn a_wait_that_cannot_be_read_is_said_to_be_so() {
    for status in [429, 503] {
        let server = failing(1, status, &[("retry-after", "in a while")]).await;
        let core = client(server.builder()).with_options(CallOptions::new().retry(Never));
        let error = call(&core, &LIST_USERS).await.unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains("; its Retry-After header cannot be read"),
            "{text}"
        );
        assert!(!text.contains("while") && !error.is_paused(), "{text}");
    }
}

#[tokio::test]
async fn the_time_of_the_call_ends_an_attempt() {
    // The first connection fails; the second is never answered.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut first, _) = listener.accept().await.unwrap();
        assert!(first.read(&mut [0; 4096]).await.unwrap() > 0);
        let answer = "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        first.write_all(answer.as_bytes()).await.unwrap();
        drop(first);
        let _second = listener.accept().await.unwrap();
        std::future::pending::<()>().await;
    });
    let core = client_at(&url);
    let begun = Instant::now();
    let mut request = core.request(&LIST_USERS);
    request.set_options(CallOptions::new().timeout(Duration::from_millis(200)));
    let error = request.send(decode::empty).await.unwrap_err();
    assert!(begun.elapsed() >= Duration::from_millis(200));
    assert!(begun.elapsed() < Duration::from_secs(1));
    assert!(error.is_call_timeout() && error.is_timeout() && error.is_transient());
    assert!(!error.is_rate_limited() && !error.is_connect());
    assert_eq!(error.attempts(), 2);
    assert_eq!(error.status(), None);
    assert_eq!(
        error.to_string(),
        "list_users (GET /v1/users): no complete answer in the time of the call; raise \
         ClientBuilder::timeout; try again later [2 attempts]"
    );
    let before = error.source().unwrap().downcast_ref::<Error>().unwrap();
    assert!(before.is_server_error());
    assert_eq!(before.attempts(), 1);
}

#[tokio::test]
async fn the_time_of_the_call_ends_the_queue() {
    let server = Server::answering(200, "[1]").await;
    let limiter = Limiter::starting_with(1, Duration::from_secs(10));
    let builder = eager(server.builder()).limiter(limiter);
    let core = builder.build().unwrap().0;
    call(&core, &LIST_USERS).await.unwrap();
    let options = CallOptions::new().timeout(Duration::from_millis(100));
    let error = call(&core.with_options(options), &CREATE_USER)
        .await
        .unwrap_err();
    assert!(error.is_rate_limited() && error.is_call_timeout() && error.is_timeout());
    assert_eq!((error.attempts(), server.asked().len()), (0, 1));
    assert!(error.waited() >= Duration::from_millis(100), "{error:?}");
    assert!(error.waited() < Duration::from_secs(1), "{error:?}");
    assert!(error.source().is_none());
    let text = error.to_string();
    assert!(text.contains("not sent: the time of the call"), "{text}");
    // Another limiter for the next call, and it goes through.
    let options = CallOptions::new().limiter(Limiter::unlimited());
    call(&core.with_options(options), &LIST_USERS)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_budget_for_all_calls() {
    let server = Server::answering(503, "").await;
    let budget = RetryBudget::new(3).refilled_every(Duration::from_secs(3600));
    let core = client(server.builder().retry_budget(budget.clone()));
    let error = call(&core, &LIST_USERS).await.unwrap_err();
    assert_eq!(error.attempts(), 4);
    assert!(error.to_string().contains("RetryBudget"), "{error}");
    for _ in 0..3 {
        // Copies have no budget of their own.
        let copy = core.with_acting_user(5).with_options(CallOptions::new());
        assert_eq!(call(&copy, &LIST_USERS).await.unwrap_err().attempts(), 1);
    }
    assert_eq!((budget.left(), server.asked().len()), (0, 7));

    // Waiting as the service asks costs nothing.
    let server = failing(4, 429, &[]).await;
    let core = client(server.builder().retry_budget(budget));
    assert_eq!(call(&core, &LIST_USERS).await.unwrap().attempts(), 5);
}

#[tokio::test]
async fn a_service_that_fails_now_and_then() {
    let asked = AtomicUsize::new(0);
    let server = Server::start(
        move |_, _| match asked.fetch_add(1, Ordering::Relaxed) % 7 {
            6 => reply(502, "<html>"),
            _ => reply(200, "[1]"),
        },
    )
    .await;
    let budget = RetryBudget::new(2).refilled_every(Duration::from_secs(3600));
    let core = client(server.builder().retry_budget(budget.clone()));
    for _ in 0..60 {
        call(&core, &LIST_USERS).await.unwrap();
    }
    assert_eq!(server.asked().len(), 69);
    assert_eq!(budget.left(), 2, "what helped was given back");
}

#[tokio::test]
async fn a_refusal_gives_back_too() {
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |_, _| {
        let first = asked.fetch_add(1, Ordering::Relaxed) == 0;
        reply(if first { 502 } else { 404 }, "")
    })
    .await;
    let budget = RetryBudget::new(2).refilled_every(Duration::from_secs(3600));
    let core = client(server.builder().retry_budget(budget.clone()));
    let error = call(&core, &LIST_USERS).await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!((error.attempts(), budget.left()), (2, 2));
}

#[tokio::test]
async fn the_call_goes_before_the_client() {
    let server = failing(1, 502, &[]).await;
    let core = client(server.builder().retry(Never));
    let mut request = core.request(&LIST_USERS);
    request.set_options(CallOptions::new().retry(Never));
    assert_eq!(request.send(decode::empty).await.unwrap_err().attempts(), 1);

    let server = failing(2, 502, &[]).await;
    let core = server.client();
    let mut request = core.request(&LIST_USERS);
    request.set_options(CallOptions::new().retry(Standard));
    // What is set twice is set by the last; what is not set stays.
    request.set_options(CallOptions::new().backoff(Steady(Duration::ZERO)));
    assert_eq!(request.send(decode::empty).await.unwrap().attempts(), 3);
}

#[tokio::test]
async fn a_call_that_is_dropped_is_not_sent_again() {
    let server = Server::answering(502, "").await;
    let options = CallOptions::new().backoff(Steady(Duration::from_millis(100)));
    let core = client(server.builder()).with_options(options);
    assert!(
        timeout(Duration::from_millis(50), call(&core, &LIST_USERS))
            .await
            .is_err()
    );
    sleep(Duration::from_millis(150)).await;
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn an_answer_with_its_bytes_and_figures() {
    let server = Server::start(|_, _| -> HttpResponse<_> {
        let headers = [
            ("X-RateLimit-Limit", "50"),
            ("x-ratelimit-remaining", "49"),
            ("X-RateLimit-Reset", "1772445600"),
        ];
        reply_with(200, &headers, "[1, 2]  ")
    })
    .await;
    let response = call(&client(server.builder()), &LIST_USERS).await.unwrap();
    let figures = response.rate_limit();
    assert_eq!((figures.limit(), figures.remaining()), (Some(50), Some(49)));
    assert_eq!(figures.reset().unwrap().timestamp(), 1_772_445_600);
    let response = response.map(|ids| ids.len());
    assert_eq!(response.bytes().as_ref(), b"[1, 2]  ");
    assert_eq!((*response.value(), response.attempts()), (2, 1));
}

#[tokio::test]
async fn a_mistake_costs_nothing() {
    let server = Server::answering(200, "[]").await;
    let mut request = client(server.builder()).request(&LIST_USERS);
    request.path("nothing", "x");
    let error = request.send(decode::empty).await.unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!((error.attempts(), error.waited()), (0, Duration::ZERO));
}

#[tokio::test]
async fn an_undecodable_answer_is_not_asked_for_again() {
    let server = Server::answering(200, "<html>").await;
    let error = call(&client(server.builder()), &LIST_USERS)
        .await
        .unwrap_err();
    assert!(error.is_decode() && !error.is_transient());
    assert_eq!((error.attempts(), server.asked().len()), (1, 1));
}
