//! Every operation of v3, called through the generated client against the examples mode of the sandbox.

use std::collections::BTreeSet;

use harvest_generated::v3::Client;
use harvest_generated::v3::operations::OPERATIONS;
use harvest_runtime::retry::Never;
use harvest_runtime::{Api, ClientBuilder, Completeness, Limiter, Pagination};
use harvest_sandbox::{Builder, Sandbox};
use serde_json::Value;

use super::super::calls::{
    assert_arrived, assert_body, assert_facts, assert_same, call, other_value, success,
};
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
pub fn sandbox() -> Builder {
    Sandbox::builder().version("v3").examples()
}

/// A client whose token is the key of what is behind the proxy, in either way of calling.
pub fn client<C: Api>(proxy: &Proxy) -> C {
    ClientBuilder::new()
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

#[test]
fn the_facts_of_v3_are_those_of_the_description() {
    for (row, operation) in rows() {
        let facts = assert_facts(OPERATIONS, &operation);
        let is_list = facts.pagination == Pagination::Cursor;
        assert_eq!(row.list.is_some(), is_list, "{} has pages", row.id);
        assert_body(&operation, row.request.is_some());
    }
}

#[tokio::test]
async fn every_operation_succeeds_with_what_it_requires() {
    let proxy = Proxy::before(sandbox().start().await.unwrap()).await;
    let client: Client = client(&proxy);
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
    let client: Client = client(&proxy);
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
    let client: Client = client(&proxy);
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
        let Some(list) = row.list else { continue };
        let walked = (list.walk)(client.clone(), call(&operation)).await;
        let walked = walked.unwrap_or_else(|error| panic!("{}: {error}", operation.id));
        assert_eq!(walked.items.len(), 25, "{}", operation.id);
        assert_eq!(walked.pages.concat(), walked.items, "{}", operation.id);
        assert_eq!(
            walked.completeness,
            Completeness::Proven,
            "{}",
            operation.id
        );
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

#[tokio::test]
async fn a_cursor_that_expired_ends_every_list_and_says_where_to_begin_again() {
    let proxy = Proxy::before(sandbox().repeat(25).start().await.unwrap()).await;
    let client: Client = client(&proxy);
    proxy.prefer_by(|asked| asked.query("cursor").map(|_| "code=422".to_owned()));
    let mut lists = 0;
    for (row, operation) in rows() {
        let Some(list) = row.list else { continue };
        let call = Call {
            all: true,
            ..call(&operation)
        };
        let args = call.args.with_known("per_page", 10);
        let walked = (list.walk)(client.clone(), Call { args, ..call }).await;
        let error = walked.err().expect("the second page is refused");
        assert!(error.is_cursor_expired(), "{}: {error}", row.id);
        assert!(error.is_validation(), "{}: {error}", row.id);
        assert_eq!(error.delivered(), Some(10), "{}", row.id);
        let text = error.to_string();
        let advice = "begin the list again at its first page";
        assert!(text.contains(advice), "{}: {text}", row.id);

        // That page, with its filters.
        let arrived = proxy.arrived();
        assert_eq!(arrived.len(), 2, "{}", row.id);
        assert!(arrived[0].query("per_page").is_some(), "{}", row.id);
        assert_eq!(arrived[1].query.len(), 1, "{}: the cursor alone", row.id);
        let url = error.resume_url().expect("where to begin again");
        let url = harvest_runtime::reqwest::Url::parse(url).unwrap();
        assert_eq!(url.path(), operation.path);
        let query: Vec<_> = url.query_pairs().into_owned().collect();
        assert_eq!(query, arrived[0].query, "{}", row.id);
        lists += 1;
    }
    println!("v3: {lists} lists end with a cursor that expired");
    assert!(lists > 70);
}
