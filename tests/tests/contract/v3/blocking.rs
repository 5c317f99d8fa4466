//! Every operation of v3 again, through the client whose calls block: it sends and answers what the other one does.

use harvest_generated::v3::{Client, blocking};
use harvest_sandbox::Sandbox;

use super::super::blocking::{assert_same_success, blocking as on_a_thread, called_by_both};
use super::super::calls::call;
use super::super::operation_row::Call;
use super::super::proxy::{Arrived, Proxy};
use super::calls::{client, rows, sandbox};

/// A proxy in front of the examples, and a client of either kind.
async fn clients(sandbox: Sandbox) -> (Proxy, Client, blocking::Client) {
    let proxy = Proxy::before(sandbox).await;
    let (asynchronous, waiting) = (client(&proxy), client(&proxy));
    (proxy, asynchronous, waiting)
}

/// Requests as they arrived. A cursor holds the moment when it was made.
fn without_cursors(mut arrived: Vec<Arrived>) -> Vec<Arrived> {
    let pairs = arrived.iter_mut().flat_map(|of| &mut of.query);
    for (_, value) in pairs.filter(|(name, _)| name == "cursor") {
        value.clear();
    }
    arrived
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_operation_of_v3_is_the_same() {
    let (proxy, client, waiting) = clients(sandbox().start().await.unwrap()).await;
    let operations = called_by_both!(rows(), proxy, client, waiting);
    println!("v3: {operations} operations called by both clients");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_list_of_v3_is_the_same() {
    let sandbox = sandbox().repeat(25).start().await.unwrap();
    let (proxy, client, waiting) = clients(sandbox).await;
    let mut lists = 0;
    for (row, operation) in rows() {
        let Some(list) = row.list else { continue };
        for all in [false, true] {
            let call = Call {
                all,
                ..call(&operation)
            };
            let call = Call {
                args: call.args.with_known("per_page", 10),
                ..call
            };
            let expected = (list.walk)(client.clone(), call.clone()).await;
            let expected = expected.unwrap_or_else(|error| panic!("{}: {error}", row.id));
            let asked = proxy.arrived();
            let (walk_blocking, waiting) = (list.walk_blocking, waiting.clone());
            let found = on_a_thread(move || walk_blocking(waiting, call)).await;
            let found = found.unwrap_or_else(|error| panic!("{}: {error}", row.id));
            assert_eq!(found.pages, expected.pages, "{}", row.id);
            assert_eq!(found.items, expected.items, "{}", row.id);
            assert_eq!(found.completeness, expected.completeness, "{}", row.id);
            let (asked, again) = (without_cursors(asked), without_cursors(proxy.arrived()));
            assert_eq!(again, asked, "{}", row.id);
            assert_eq!(asked.len(), 6, "{}: pages, and pages again", row.id);
        }
        lists += 1;
    }
    println!("v3: {lists} lists walked by both clients");
}

/// The text of an error without the end of its pause, which is later for the later of two calls:
/// without ` again at 2026-03-02T10:00:00Z at the earliest (in 17 s)`.
fn without_pause(text: &str) -> String {
    let pause = text.split_once(" again at ");
    let parts = pause.and_then(|(before, rest)| Some((before, rest.split_once(" s)")?.1)));
    parts.map_or_else(
        || text.to_owned(),
        |(before, after)| before.to_owned() + after,
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_documented_error_of_v3_is_the_same() {
    let (proxy, client, waiting) = clients(sandbox().start().await.unwrap()).await;
    let mut errors = 0;
    for (row, operation) in rows() {
        for answer in operation.answers.iter().filter(|of| !of.is_success()) {
            proxy.prefer(format!("code={}", answer.status));
            let expected = (row.call)(client.clone(), call(&operation)).await;
            let (call_blocking, waiting) = (row.call_blocking, waiting.clone());
            let call = call(&operation);
            let found = on_a_thread(move || call_blocking(waiting, call)).await;
            let [expected, found] = [expected, found].map(|called| {
                let error = called.outcome.err().expect("an error was asked for");
                assert_eq!(error.status().unwrap(), answer.status, "{}", row.id);
                // The service calls each request differently, and the pauses of both end apart.
                let text = error.to_string();
                let text = text.split(" [request id").next().map(without_pause);
                (text, error.message().map(str::to_owned))
            });
            assert_eq!(found, expected, "{}", row.id);
            errors += 1;
        }
    }
    println!("v3: {errors} documented errors of both clients");
}
