//! Every operation again, through the client whose calls block: it sends and answers what the other one does.

use std::time::Duration;

use harvest_runtime::CallOptions;
use harvest_runtime::retry::{ExponentialBackoff, RetryPolicy as _, Standard};
use harvest_sandbox::Sandbox;

use super::args::Args;
use super::calls::{call, proxy, rows, success};
use super::description::Operation;
use super::operation_row::{Call, Called};
use super::proxy::Proxy;

/// Blocks a thread that may be.
pub async fn blocking<T: Send + 'static>(call: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(call).await.unwrap()
}

/// Calls in both ways: what arrives is the same, and so is the success.
pub async fn assert_same_success(
    proxy: &Proxy,
    operation: &Operation,
    call: impl Future<Output = Called>,
    call_blocking: impl FnOnce() -> Called + Send + 'static,
) {
    let expected = success(operation, call.await);
    let asked = proxy.only();
    let found = success(operation, blocking(call_blocking).await);
    assert_eq!(
        (found.status, &found.json),
        (expected.status, &expected.json)
    );
    assert_eq!(proxy.only(), asked, "{}", operation.id);
}

/// Calls every operation in both ways, with what it requires and with all that is optional, and counts.
macro_rules! called_by_both {
    ($rows:expr, $proxy:ident, $client:ident, $waiting:ident) => {{
        let mut operations = 0;
        for (row, operation) in $rows {
            for all in [false, true] {
                let call = Call {
                    all,
                    ..call(&operation)
                };
                let called = (row.call)($client.clone(), call.clone());
                let (call_blocking, waiting) = (row.call_blocking, $waiting.clone());
                let blocked = move || call_blocking(waiting, call);
                assert_same_success(&$proxy, &operation, called, blocked).await;
            }
            operations += 1;
        }
        operations
    }};
}

pub(crate) use called_by_both;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_operation_is_the_same() {
    let proxy = proxy(Sandbox::builder()).await;
    let (client, waiting) = (proxy.acting(), proxy.blocking());
    let operations = called_by_both!(rows(), proxy, client, waiting);
    println!("{operations} operations called");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_list_is_the_same() {
    let proxy = proxy(Sandbox::builder().repeat(250)).await;
    let (client, waiting) = (proxy.acting(), proxy.blocking());
    let mut lists = 0;
    for (row, operation) in rows() {
        let (Some(walk), Some(walk_blocking)) = (row.walk, row.walk_blocking) else {
            assert!(row.walk.is_none() && row.walk_blocking.is_none());
            continue;
        };
        let args = Args::examples(&operation)
            .with_known("per_page", 100)
            .with_known("page", 1);
        let expected = walk(client.clone(), args.clone()).await.unwrap();
        let waiting = waiting.clone();
        let found = blocking(move || walk_blocking(waiting, args))
            .await
            .unwrap();
        assert_eq!(found.pages, expected.pages, "{}", row.id);
        assert_eq!(found.items, expected.items, "{}", row.id);
        assert!(!found.items.is_empty(), "{}", row.id);
        lists += 1;
    }
    println!("{lists} lists walked");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn errors_and_retries_are_the_same() {
    let proxy = proxy(Sandbox::builder()).await;
    let options = || {
        CallOptions::new()
            .retry(Standard.with_attempt_limit(3))
            .backoff(ExponentialBackoff::new().with_maximum(Duration::from_millis(2)))
    };
    for (status, attempts) in [(404, 1), (422, 1), (500, 3)] {
        proxy.prefer(format!("code={status}"));
        let client = proxy.acting().with_options(options());
        let expected = client.list_users().send().await.err();
        let waiting = proxy.blocking().with_options(options());
        let found = blocking(move || waiting.list_users().send().err()).await;
        let text = |error: Option<harvest_runtime::Error>| {
            let error = error.expect("an error was asked for");
            assert_eq!(error.attempts(), attempts);
            // What is behind it is the time that it took.
            error.to_string().split(';').next().map(str::to_owned)
        };
        assert_eq!(text(found), text(expected));
        assert_eq!(proxy.arrived().len(), 2 * attempts as usize, "{status}");
    }
}
