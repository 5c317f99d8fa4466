//! Nothing about a person, and no key, is traced or logged: by any crate, at any level, in any operation.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::Once;
use std::time::Duration;

use harvest_generated::v1::Client;
use harvest_generated::v1::operations::OPERATIONS;
use harvest_runtime::retry::{ExponentialBackoff, RetryPolicy as _, Standard};
use harvest_runtime::{Limiter, WithActingUser};
use serde_json::json;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use super::calls::rows;
use super::markers::{NUMBER, TEXT, assert_quiet, call, find, marked};
use super::operation_row::{Called, print};
use super::proxy::Proxy;

/// A key that is found by the markers, too.
const KEY: &str = "hush-hush-key";
/// How it begins in `Authorization: Basic`.
const ENCODED_KEY: &str = "aHVzaC1odXNoLWtle";

thread_local! {
    /// The output of this thread, while it is recorded.
    static TRACED: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// A writer to the record of this thread.
struct ToThread;

impl Write for ToThread {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        TRACED.with_borrow_mut(|traced| {
            if let Some(traced) = traced {
                traced.extend_from_slice(bytes);
            }
        });
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// All that is traced and logged on this thread while the future runs: events and spans with their fields, from their
/// beginning to their end. Servers on this thread are in, too.
pub async fn traced<T>(future: impl Future<Output = T>) -> (T, String) {
    static SET_UP: Once = Once::new();
    SET_UP.call_once(|| {
        // Other tests of this program are spared the formatting.
        let looking = dynamic_filter_fn(|_, _| TRACED.with_borrow(Option::is_some));
        let layer = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_span_events(FmtSpan::FULL)
            .with_writer(|| ToThread);
        tracing_subscriber::registry()
            .with(layer.with_filter(looking))
            .init();
        log::set_max_level(log::LevelFilter::Trace);
    });
    TRACED.set(Some(Vec::new()));
    let value = future.await;
    let bytes = TRACED.take().unwrap_or_default();
    (value, String::from_utf8(bytes).unwrap())
}

fn assert_clean(what: &str, text: &str) {
    assert!(!text.contains(ENCODED_KEY), "{what}: {text}");
    assert_quiet(what, text);
}

/// Sends each call twice, if the first attempt fails in a way that passes.
fn client(url: &str) -> Client<WithActingUser> {
    Client::builder()
        .credential(KEY)
        .base_url(url)
        .retry(Standard.with_attempt_limit(2))
        .backoff(ExponentialBackoff::new().with_maximum(Duration::from_millis(1)))
        .limiter(Limiter::unlimited())
        .build()
        .unwrap()
        .with_on_behalf_of(NUMBER)
}

/// The crates that a text has words of.
fn crates(text: &str) -> BTreeSet<&str> {
    let words = text.split_ascii_whitespace();
    let targets = words.filter_map(|word| Some(word.split_once(':')?.0));
    targets
        .filter(|name| ["harvest", "reqwest", "hyper_util"].contains(name))
        .collect()
}

#[tokio::test]
async fn no_operation_traces_anything_private() {
    let proxy = Proxy::alone(200, "").await;
    let client = client(&proxy.url);
    let (mut calls, mut lines, mut heard) = (0, 0, BTreeSet::new());
    let fields = json!({ "message": TEXT, "errors": [{ "message": TEXT, "field": TEXT }] });
    for (row, operation) in rows() {
        let success = operation.success();
        let page = success.examples.first().map(marked).unwrap_or_default();
        for (status, answer) in [
            (success.status, page.clone()),
            (200, json!(TEXT).to_string()),
            (302, String::new()),
            (401, fields.to_string()),
            (403, fields.to_string()),
            (422, fields.to_string()),
            (429, fields.to_string()),
            (502, format!("<html>{TEXT}</html>")),
        ] {
            proxy.answer(status, answer);
            let body = operation.requests.first().map(marked);
            let called = (row.call)(client.clone(), call(&operation, body));
            let (called, text) = traced(called).await;
            assert_clean(row.id, &text);
            assert_clean(row.id, &called.request);
            match &called.outcome {
                Ok(success) => assert_clean(row.id, &success.debug),
                Err(error) => assert_clean(row.id, &print(error)),
            }
            // It was watched.
            let named = format!("harvest.operation=\"{}\"", row.id);
            assert!(text.contains(&named), "{}: {text}", row.id);
            assert!(text.contains(known(row.id).path), "{}: {text}", row.id);
            let again = status == 429 || (status == 502 && known(row.id).idempotent);
            assert_eq!(text.contains("trying again"), again, "{}: {text}", row.id);
            heard.extend(crates(&text).into_iter().map(str::to_owned));
            lines += text.lines().count();
            calls += 1;
        }
        if let Some(walk) = row.walk {
            proxy.answer(success.status, page);
            let args = call(&operation, None).args;
            let (walked, text) = traced(walk(client.clone(), args)).await;
            walked.unwrap_or_else(|error| panic!("{error}"));
            assert_clean(row.id, &text);
            calls += 1;
        }
        // What was sent is what was marked.
        for arrived in proxy.arrived() {
            let key = arrived.header("authorization").unwrap_or_default();
            assert!(key.contains(ENCODED_KEY), "{}", row.id);
            let user = arrived.header("on-behalf-of").unwrap_or_default();
            assert_eq!(user, NUMBER.to_string(), "{}", row.id);
        }
    }
    println!(
        "{calls} calls of {} operations trace nothing private in {lines} lines of {heard:?}",
        rows().len()
    );
    assert!(
        heard.len() > 1,
        "others than ourselves trace, too: {heard:?}"
    );
}

fn known(id: &str) -> &'static harvest_runtime::Operation {
    let mut operations = OPERATIONS.iter();
    operations.find(|operation| operation.id == id).unwrap()
}

/// A call that was not answered prints and traces nothing private.
pub async fn assert_unanswered(id: &str, called: impl Future<Output = Called>) {
    let (called, text) = traced(called).await;
    let error = called.outcome.err().unwrap();
    assert!(error.is_connect(), "{error}");
    assert_clean(id, &text);
    assert_clean(id, &print(&error));
    assert!(text.contains("error.type=connect"), "{text}");
}

#[tokio::test]
async fn what_was_not_answered_traces_nothing_private() {
    // Nothing listens at port 1.
    let client = client("http://127.0.0.1:1");
    let mut calls = 0;
    for (row, operation) in rows() {
        let body = operation.requests.first().map(marked);
        let called = (row.call)(client.clone(), call(&operation, body));
        assert_unanswered(row.id, called).await;
        calls += 1;
    }
    println!("{calls} calls that were not answered trace nothing private");
}

/// The test above would see it.
#[tokio::test]
async fn a_leak_would_be_found() {
    let user = NUMBER;
    let leaks: [fn(i64); 6] = [
        |_| tracing::trace!(target: "hyper::proto", body = TEXT),
        |_| tracing::debug!(key = %KEY, "sent"),
        |user| tracing::error!("user {user}"),
        |user| drop(tracing::trace_span!("call", user)),
        |user| {
            let span = tracing::trace_span!("call", user = tracing::field::Empty);
            span.record("user", user);
        },
        |_| log::trace!(target: "reqwest::connect", "authorization: Basic {ENCODED_KEY}"),
    ];
    for (number, leak) in leaks.into_iter().enumerate() {
        let ((), text) = traced(async { leak(user) }).await;
        assert!(
            find(&text).is_some() || text.contains(ENCODED_KEY),
            "leak {number} was not seen: {text:?}"
        );
    }
    let ((), text) = traced(async { tracing::trace!("nothing") }).await;
    assert_clean("nothing", &text);
}
