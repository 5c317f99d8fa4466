//! Every operation of v3, called through the generated client against the examples mode of the sandbox.

use std::collections::BTreeSet;

use harvest_generated::v3::Client;
use harvest_generated::v3::operations::OPERATIONS;
use harvest_runtime::Limiter;
use harvest_runtime::retry::Never;
use harvest_sandbox::{Builder, Sandbox};
use serde_json::Value;

use super::super::calls::{assert_arrived, assert_same, call, other_value, success};
use super::super::description::{Example, Operation, V3};
use super::super::error_answer::assert_error;
use super::super::operation_row::Call;
use super::super::proxy::Proxy;
use super::rows::Row;
use super::table::table;

/// The rows beside what the description says of them.
pub fn rows() -> Vec<(Row, Operation)> {
    let mut operations = V3.operations();
    table()
        .into_iter()
        .map(|row| {
            let place = operations.iter().position(|of| of.id == row.id);
            let place = place.unwrap_or_else(|| panic!("{} is not described", row.id));
            (row, operations.swap_remove(place))
        })
        .collect()
}

/// A sandbox of v3.
fn sandbox() -> Builder {
    Sandbox::builder().version("v3").examples()
}

/// A client whose token is the key of what is behind the proxy.
pub fn client(proxy: &Proxy) -> Client {
    Client::builder()
        .access_token(proxy.key())
        .base_url(&proxy.url)
        .retry(Never)
        .limiter(Limiter::unlimited())
        .build()
        .unwrap()
}

#[test]
fn the_table_of_v3_is_complete() {
    let rows: BTreeSet<_> = table().iter().map(|row| row.id).collect();
    let generated: BTreeSet<_> = OPERATIONS.iter().map(|of| of.id).collect();
    assert_eq!(rows, generated);
    assert_eq!(rows.len(), table().len());
    assert_eq!(rows.len(), V3.operations().len());
}

#[tokio::test]
async fn every_operation_succeeds_with_what_it_requires() {
    let proxy = Proxy::before(sandbox().start().await.unwrap()).await;
    let client = client(&proxy);
    let token = format!("Bearer {}", proxy.key());
    let (mut operations, mut bodies) = (0, 0);
    for (row, operation) in rows() {
        let id = operation.id;
        let call = call(&operation);
        let success = success(&operation, (row.call)(client.clone(), call.clone()).await);

        let arrived = proxy.only();
        assert_arrived(&operation, &arrived, &call.args, false);
        assert_eq!(arrived.header("authorization"), Some(&*token), "{id}");
        assert_eq!(arrived.header("on-behalf-of"), None, "{id}");
        assert_eq!(arrived.body, call.body.unwrap_or_default(), "{id}");
        operations += 1;
        bodies += usize::from(!arrived.body.is_empty());

        let documented = operation.success();
        assert_eq!(success.status, documented.status, "{id}");
        let example = documented.examples.first();
        let example = example.map_or(Value::Null, Example::in_order);
        assert_same(id, &success.json, &example);
    }
    println!("v3: {operations} operations called, {bodies} of them with a body");
}

#[tokio::test]
async fn every_parameter_arrives() {
    let proxy = Proxy::before(sandbox().start().await.unwrap()).await;
    let client = client(&proxy);
    let (mut parameters, mut operations) = (0, 0);
    for (row, operation) in rows() {
        let all = Call {
            all: true,
            ..call(&operation)
        };
        success(&operation, (row.call)(client.clone(), all.clone()).await);
        assert_arrived(&operation, &proxy.only(), &all.args, true);
        operations += 1;

        // Each with another value, so that two that were taken for each other show, whatever the examples.
        for parameter in operation.parameters.iter().filter(|of| !of.alone) {
            let args = all.args.clone();
            let args = args.with(parameter.documented_name, other_value(parameter));
            let call = Call {
                args: args.clone(),
                ..all.clone()
            };
            success(&operation, (row.call)(client.clone(), call).await);
            assert_arrived(&operation, &proxy.only(), &args, true);
            parameters += 1;
        }
    }
    println!("v3: {parameters} parameters of {operations} operations arrived");
}

/// All documented answers, successes and errors, whichever the sandbox can be asked for.
#[tokio::test]
async fn every_documented_answer_reaches_the_caller() {
    let proxy = Proxy::before(sandbox().start().await.unwrap()).await;
    let client = client(&proxy);
    let (mut successes, mut errors) = (0, 0);
    for (row, operation) in rows() {
        for answer in &operation.answers {
            let names: Vec<_> = match answer.examples.as_slice() {
                [] => vec![(None, Value::Null)],
                examples => examples.iter().map(|e| (e.name, e.in_order())).collect(),
            };
            for (name, example) in names {
                let name = name.map_or_else(String::new, |name| format!(", example={name}"));
                proxy.prefer(format!("code={}{name}", answer.status));
                let called = (row.call)(client.clone(), call(&operation)).await;
                if answer.is_success() {
                    let success = success(&operation, called);
                    assert_eq!(success.status, answer.status, "{}", operation.id);
                    assert_same(operation.id, &success.json, &example);
                    successes += 1;
                } else {
                    let error = called.outcome.err().expect("an error was asked for");
                    assert_error(&operation, answer.status, &example, &error);
                    errors += 1;
                }
            }
        }
    }
    println!(
        "v3: {successes} documented successes and {errors} documented errors reached the caller"
    );
}

/// From the first page to the last, with a token of the sandbox's token service.
#[tokio::test]
async fn every_list_is_walked_with_a_token_that_was_fetched_once() {
    let sandbox = sandbox().repeat(25).start().await.unwrap();
    let client = Client::builder()
        .client_credentials("any-client", sandbox.key())
        .base_url(sandbox.url())
        .token_url(sandbox.token_url().unwrap())
        .acting_user(sandbox.user_id())
        .limiter(Limiter::unlimited())
        .build()
        .unwrap();
    let mut lists = 0;
    for (row, operation) in rows() {
        let Some(walk) = row.walk else { continue };
        let records = walk(client.clone()).await;
        let records = records.unwrap_or_else(|error| panic!("{}: {error}", operation.id));
        assert_eq!(records, 25, "{}", operation.id);
        lists += 1;
    }
    assert!(lists > 70);
    let requests = sandbox.requests();
    let tokens = requests
        .iter()
        .filter(|of| of.operation.as_deref() == Some("create_token"));
    assert_eq!(tokens.count(), 1);
    println!("v3: {lists} lists of 25 records walked with one token");
}
