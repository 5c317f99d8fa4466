//! Every operation, called through the generated client.

use std::collections::BTreeSet;

use harvest_generated::v1::operations::OPERATIONS;
use harvest_runtime::{ActingUser, Pagination};
use harvest_sandbox::{Builder, Sandbox};
use serde_json::{Value, json};

use super::args::Args;
use super::description::{Example, Operation, Parameter, V1, items};
use super::difference::text_difference;
use super::error_answer::assert_error;
use super::operation_row::{Call, Called, Row, Success};
use super::proxy::{Arrived, DEFAULT_USER, Proxy};
use super::table::table;

/// The rows beside what the description says of them.
pub fn rows() -> Vec<(Row, Operation)> {
    let mut operations = V1.operations();
    table()
        .into_iter()
        .map(|row| {
            let place = operations
                .iter()
                .position(|operation| operation.id == row.id);
            let place = place.unwrap_or_else(|| {
                panic!("{} is not described, or has two rows", row.id);
            });
            (row, operations.swap_remove(place))
        })
        .collect()
}

/// A proxy in front of a sandbox that knows the users that examples act for.
pub async fn proxy(sandbox: Builder) -> Proxy {
    let named = rows()
        .into_iter()
        .filter_map(|(_, operation)| Args::examples(&operation).value("On-Behalf-Of").as_i64());
    // With those beside them: see `other_value`.
    let users: BTreeSet<i64> = named
        .flat_map(|user| [user - 1, user])
        .chain([DEFAULT_USER])
        .collect();
    Proxy::before(sandbox.users(users).start().await.unwrap()).await
}

/// With the examples of the description.
pub fn call(operation: &Operation) -> Call {
    Call {
        args: Args::examples(operation),
        body: operation.request(),
        all: false,
    }
}

pub fn success(operation: &Operation, called: Called) -> Success {
    called.outcome.unwrap_or_else(|error| {
        panic!(
            "{}: {error}; {:?} {:?}",
            operation.id,
            error.message(),
            error
                .field_errors()
                .iter()
                .map(|error| (error.field(), error.message()))
                .collect::<Vec<_>>()
        )
    })
}

/// The value was written as it was received, in the order of the description.
pub fn assert_same(id: &str, json: &str, example: &Value) {
    assert_eq!(text_difference(json, &example.to_string()), None, "{id}");
}

/// What the path has to be, with every parameter filled.
fn path(operation: &Operation, args: &Args) -> String {
    operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == "path")
        .fold(operation.path.to_owned(), |path, parameter| {
            let value = Parameter::wire(args.value(parameter.documented_name));
            path.replace(&format!("{{{}}}", parameter.name), &value)
        })
}

/// What arrived is the operation, with every parameter of the query that is given here and no other.
pub fn assert_arrived(operation: &Operation, arrived: &Arrived, args: &Args, all: bool) {
    let id = operation.id;
    assert_eq!(arrived.method, operation.method, "{id}");
    assert_eq!(arrived.path, path(operation, args), "{id}");
    let mut expected: Vec<_> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == "query" && !parameter.alone)
        .filter(|parameter| all || parameter.required)
        .map(|parameter| {
            let value = Parameter::wire(args.value(parameter.documented_name));
            (parameter.name.to_owned(), value)
        })
        .collect();
    expected.sort();
    let mut query = arrived.query.clone();
    query.sort();
    assert_eq!(query, expected, "{id}: the query");
    for parameter in &operation.parameters {
        if parameter.place == "header" && all {
            let value = Parameter::wire(args.value(parameter.documented_name));
            assert_eq!(
                arrived.header(parameter.name),
                Some(value.as_str()),
                "{id}: {}",
                parameter.name
            );
        }
    }
}

#[test]
fn the_table_is_complete() {
    let rows: BTreeSet<_> = table().iter().map(|row| row.id).collect();
    let generated: BTreeSet<_> = OPERATIONS.iter().map(|operation| operation.id).collect();
    let described: BTreeSet<_> = V1
        .operations()
        .iter()
        .map(|operation| operation.id)
        .collect();
    let missing: Vec<_> = described.difference(&rows).collect();
    assert!(
        missing.is_empty(),
        "add a row to tests/tests/contract/table.rs for each of {missing:?}"
    );
    let superfluous: Vec<_> = rows.difference(&described).collect();
    assert!(
        superfluous.is_empty(),
        "tests/tests/contract/table.rs has rows for {superfluous:?}, which are not described"
    );
    assert_eq!(
        generated, described,
        "the operations of the client, and those of the description: run `cargo xtask regen`"
    );
    let counts = [table().len(), OPERATIONS.len(), V1.operations().len()];
    assert_eq!(
        counts,
        [rows.len(); 3],
        "rows, generated, described: each name once"
    );
    assert!(rows.len() > 100, "the description is not read");
    println!("{} rows, one an operation", rows.len());
}

#[test]
fn the_facts_are_those_of_the_description() {
    for (row, operation) in rows() {
        let facts = assert_facts(OPERATIONS, &operation);
        assert_eq!(
            row.walk.is_some(),
            facts.pagination != Pagination::None,
            "{} has pages",
            row.id
        );
        assert_body(&operation, row.request.is_some());
    }
}

/// What the client knows of an operation is what is described.
pub fn assert_facts(
    known: &'static [harvest_runtime::Operation],
    operation: &Operation,
) -> &'static harvest_runtime::Operation {
    let value = operation.value;
    let facts = known.iter().find(|facts| facts.id == operation.id);
    let facts = facts.expect("the table is complete");
    let successes = operation
        .answers
        .iter()
        .filter(|answer| answer.is_success());
    let statuses: BTreeSet<_> = successes.map(|answer| answer.status).collect();
    let mut parameters = operation.parameters.iter();
    let acting_user = parameters
        .find(|parameter| parameter.name == "On-Behalf-Of")
        .map_or(ActingUser::None, |parameter| {
            if parameter.required {
                ActingUser::Required
            } else {
                ActingUser::Optional
            }
        });
    assert_eq!(
        json!({
            "method": facts.method.as_str(),
            "path": facts.path,
            "tag": [facts.tag],
            "permission": facts.permission,
            "pagination": facts.pagination.as_str(),
            "deprecated": facts.deprecated,
            "replaced_by": facts.replaced_by,
            "documentation": facts.documentation,
            "idempotent": facts.idempotent,
        }),
        json!({
            "method": operation.method,
            "path": documented_path(operation),
            "tag": value["tags"],
            "permission": operation.permission(),
            "pagination": value["x-harvest-pagination"],
            "deprecated": value.get("deprecated").unwrap_or(&Value::Bool(false)),
            "replaced_by": value["x-harvest-replaced-by"],
            "documentation": value["externalDocs"]["url"],
            "idempotent": value.get("x-harvest-idempotent").cloned().unwrap_or_else(|| {
                let is_repeatable = ["GET", "PUT", "DELETE"].contains(&operation.method.as_str());
                // A job that is started twice is two jobs.
                (is_repeatable && value.get("x-harvest-ready").is_none()).into()
            }),
        }),
        "{}",
        operation.id
    );
    assert_eq!(facts.acting_user, acting_user, "{}", operation.id);
    let known = facts.statuses.iter().copied();
    assert_eq!(known.collect::<BTreeSet<_>>(), statuses, "{}", operation.id);
    facts
}

/// A body that can only be `{}` is sent by itself.
pub fn assert_body(operation: &Operation, is_taken: bool) {
    let body = operation.request().filter(|body| body != "{}");
    assert_eq!(is_taken, body.is_some(), "{} has a body", operation.id);
}

/// With the parameters called what the documentation calls them.
fn documented_path(operation: &Operation) -> String {
    let path = operation.path.to_owned();
    operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == "path")
        .fold(path, |path, parameter| {
            path.replace(
                &format!("{{{}}}", parameter.name),
                &format!("{{{}}}", parameter.documented_name),
            )
        })
}

#[tokio::test]
async fn every_operation_succeeds_with_what_it_requires() {
    let proxy = proxy(Sandbox::builder()).await;
    let client = proxy.acting();
    let (mut operations, mut bodies) = (0, 0);
    for (row, operation) in rows() {
        let id = operation.id;
        let call = call(&operation);
        let success = success(&operation, (row.call)(client.clone(), call.clone()).await);

        let arrived = proxy.only();
        assert_arrived(&operation, &arrived, &call.args, false);
        let acting_user = match operation.method.as_str() {
            "GET" => None,
            _ => Some(DEFAULT_USER.to_string()),
        };
        assert_eq!(
            arrived.header("On-Behalf-Of"),
            acting_user.as_deref(),
            "{id}"
        );
        assert_eq!(arrived.body, call.body.unwrap_or_default(), "{id}");
        operations += 1;
        bodies += usize::from(!arrived.body.is_empty());

        let documented = operation.success();
        assert_eq!(success.status, documented.status, "{id}");
        let example = documented.examples.first();
        assert_same(
            id,
            &success.json,
            &example.map_or(Value::Null, Example::in_order),
        );
    }
    println!("{operations} operations called, {bodies} of them with a body");
}

#[tokio::test]
async fn every_parameter_arrives() {
    let proxy = proxy(Sandbox::builder()).await;
    let client = proxy.acting();
    let (mut parameters, mut operations) = (0, 0);
    for (row, operation) in rows() {
        let all = Call {
            all: true,
            ..call(&operation)
        };
        success(&operation, (row.call)(client.clone(), all.clone()).await);
        assert_arrived(&operation, &proxy.only(), &all.args, true);
        operations += 1;

        // Each on its own with another value, so that two that were taken for each other show, whatever the examples.
        for parameter in &operation.parameters {
            let name = parameter.documented_name;
            let args = all.args.clone().with(name, other_value(parameter));
            let call = Call {
                args: args.clone(),
                ..all.clone()
            };
            success(&operation, (row.call)(client.clone(), call).await);
            assert_arrived(&operation, &proxy.only(), &args, true);
            parameters += 1;
        }
    }
    println!("{parameters} parameters of {operations} operations arrived");
}

/// Another value that the sandbox takes.
pub fn other_value(parameter: &Parameter) -> Value {
    let other = |value: &&Value| *value != parameter.example;
    if let Some(value) = items(&parameter.schema["enum"]).find(other) {
        return value.clone();
    }
    match (parameter.example, parameter.schema["format"].as_str()) {
        (Value::Bool(value), _) => (!value).into(),
        (Value::Number(value), _) => match value.as_i64().expect("an integer") {
            // Down, because the examples of page sizes are the largest.
            value @ ..2 => (value + 1).into(),
            value => (value - 1).into(),
        },
        (Value::String(_), Some("date-time")) => "2001-02-03T04:05:06.070Z".into(),
        (Value::String(_), Some("date")) => "2001-02-03".into(),
        (Value::String(text), _) => format!("{text}x").into(),
        (Value::Array(items), _) => items[..1].into(),
        // A range, with one comparison less.
        (Value::Object(comparisons), _) => comparisons.clone().into_iter().take(1).collect(),
        (other, _) => panic!("{other}: the example of {}", parameter.name),
    }
}

/// All documented answers, successes and errors, whichever the sandbox can be asked for.
#[tokio::test]
async fn every_documented_answer_reaches_the_caller() {
    let proxy = proxy(Sandbox::builder()).await;
    let client = proxy.acting();
    let (mut successes, mut errors) = (0, 0);
    for (row, operation) in rows() {
        for answer in &operation.answers {
            let names: Vec<_> = match answer.examples.as_slice() {
                [] => vec![(None, Value::Null)],
                examples => examples.iter().map(|e| (e.name, e.in_order())).collect(),
            };
            for (name, example) in names {
                let name_it = name.map_or_else(String::new, |name| format!(", example={name}"));
                proxy.prefer(format!("code={}{name_it}", answer.status));
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
    println!("{successes} documented successes and {errors} documented errors reached the caller");
}
