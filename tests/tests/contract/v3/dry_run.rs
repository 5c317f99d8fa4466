//! A dry run over every operation of v3: reads are sent, writes are recorded, and nothing of either is printed.

use harvest_generated::v3::Client;
use harvest_runtime::{DryRun, Limiter};

use super::super::markers::{assert_quiet, call, marked};
use super::super::operation_row::{debug, print};
use super::super::proxy::Proxy;
use super::super::tracing::traced;
use super::calls::rows;

#[tokio::test]
async fn every_write_of_v3_is_recorded_and_none_is_sent() {
    let proxy = Proxy::alone(200, "").await;
    let recorder = DryRun::new();
    let client: Client = Client::builder()
        .access_token("hush-hush-token")
        .base_url(&proxy.url)
        .limiter(Limiter::unlimited())
        .dry_run(&recorder)
        .build()
        .unwrap();
    let (mut reads, mut writes) = (0, 0);
    for (row, operation) in rows() {
        let success = operation.success();
        let answer = success.examples.first().map(marked).unwrap_or_default();
        proxy.answer(success.status, answer);
        let body = operation.requests.first().map(marked);
        let called = (row.call)(client.clone(), call(&operation, body.clone()));
        let (called, text) = traced(called).await;
        assert_quiet(row.id, &text);
        let (arrived, kept) = (proxy.arrived(), recorder.take());
        if operation.method == "GET" {
            assert!(called.outcome.is_ok() && kept.is_empty(), "{}", row.id);
            assert_eq!(arrived.len(), 1, "{}", row.id);
            reads += 1;
            continue;
        }
        let error = called.outcome.err().expect("a write is not answered");
        assert!(error.is_dry_run(), "{}: {error}", row.id);
        assert_quiet(row.id, &print(&error));
        assert!(arrived.is_empty(), "{} was sent", row.id);
        let [written] = kept.as_slice() else {
            panic!("{}: {kept:?}", row.id);
        };
        assert_eq!(written.operation().id, row.id);
        assert_quiet(row.id, &debug(written));
        assert_eq!(written.body().is_some(), body.is_some(), "{}", row.id);
        writes += 1;
    }
    println!("v3: {reads} reads were sent, {writes} writes were recorded");
    assert!(writes > 90);
}
