//! Nothing about a person is printed.
//!
//! Neither marker may come out of `Debug`, or of an error's `Display`.

use harvest_generated::v1::Client;
use harvest_runtime::Error;
use serde_json::json;

use super::calls::rows;
use super::description::Example;
use super::markers::{NUMBER, TEXT, assert_quiet, call, marked, odd_answers};
use super::operation_row::{Codec, debug, print};
use super::proxy::Proxy;
use super::subjects::subjects;

#[test]
fn models_print_nothing() {
    let (mut requests, mut answers) = (0, 0);
    let check = |codec: &Codec, example: &Example| {
        let marked = marked(example);
        let printed = (codec.debug)(&marked).unwrap_or_else(|e| panic!("{}: {e}", example.place));
        assert_quiet(&example.place, &printed);
        // The marker is in there all the same.
        let again = (codec.recode)(&marked).unwrap();
        let count = |text: &str| text.matches("Hush").count();
        assert_eq!(count(&again), count(&marked), "{}", example.place);
    };
    for subject in subjects() {
        for (codec, example) in &subject.requests {
            if let Some(codec) = codec {
                check(codec, example);
                requests += 1;
            }
        }
        for (codec, example) in &subject.answers {
            check(codec, example);
            answers += 1;
        }
    }
    println!("{requests} bodies and {answers} answers print nothing");
}

#[tokio::test]
async fn requests_and_responses_print_nothing() {
    let proxy = Proxy::alone(200, "").await;
    let client = proxy.acting();
    let (mut requests, mut answers) = (0, 0);
    for (row, operation) in rows() {
        let bodies: Vec<_> = match operation.requests.as_slice() {
            [] => vec![None],
            examples => examples
                .iter()
                .map(|example| Some(marked(example)))
                .collect(),
        };
        for answer in operation
            .answers
            .iter()
            .filter(|answer| answer.is_success())
        {
            let examples: Vec<_> = match answer.examples.as_slice() {
                [] => vec![String::new()],
                examples => examples.iter().map(marked).collect(),
            };
            for example in examples {
                proxy.answer(answer.status, example);
                for body in &bodies {
                    let called = (row.call)(client.clone(), call(&operation, body.clone())).await;
                    assert_quiet(row.id, &called.request);
                    let success = called.outcome.unwrap_or_else(|error| panic!("{error}"));
                    assert_quiet(row.id, &success.debug);
                    requests += 1;
                }
                answers += 1;
            }
        }
        // What was sent is what was marked.
        let user = NUMBER.to_string();
        for arrived in proxy.arrived() {
            assert_eq!(arrived.header("On-Behalf-Of"), Some(&*user), "{}", row.id);
        }
    }
    println!("{requests} requests and {answers} responses print nothing");
}

#[tokio::test]
async fn errors_print_nothing() {
    let proxy = Proxy::alone(200, "").await;
    let client = proxy.acting();
    let mut errors = 0;
    let fields = json!({ "message": TEXT, "errors": [
        { "message": TEXT, "field": TEXT }, { "message": TEXT }, TEXT,
    ] });
    let bodies = [
        fields.to_string(),
        json!({ "errors": { TEXT: [TEXT] } }).to_string(),
        json!({ "error": TEXT, "error_description": TEXT }).to_string(),
        json!(TEXT).to_string(),
        format!("<html>{TEXT}</html>"),
    ];
    for (row, operation) in rows() {
        let body = operation.requests.first().map(marked);
        for status in [302, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503] {
            for answer in &bodies {
                proxy.answer(status, answer.as_str());
                let called = (row.call)(client.clone(), call(&operation, body.clone())).await;
                let error = called.outcome.err().expect("not a success");
                assert_eq!(error.status().unwrap(), status);
                assert_quiet(row.id, &print(&error));
                errors += 1;
            }
        }
    }
    println!("{errors} errors print nothing");
}

#[tokio::test]
async fn successes_of_wrong_types_print_nothing() {
    let proxy = Proxy::alone(200, "").await;
    let client = proxy.acting();
    let (mut errors, mut successes) = (0, 0);
    for (row, operation) in rows() {
        let body = operation.requests.first().map(marked);
        for answer in odd_answers(&operation) {
            proxy.answer(200, answer);
            let called = (row.call)(client.clone(), call(&operation, body.clone())).await;
            match called.outcome {
                // Some types take more than others.
                Ok(success) => {
                    assert_quiet(row.id, &success.debug);
                    successes += 1;
                }
                Err(error) => {
                    assert!(error.is_decode(), "{error}");
                    assert_quiet(row.id, &print(&error));
                    errors += 1;
                }
            }
        }
    }
    assert!(errors > successes, "most do not decode");
    println!("{errors} errors of decoding and {successes} strange answers print nothing");
}

#[tokio::test]
async fn errors_of_what_was_not_answered_print_nothing() {
    let quiet = |what: &str, error: Error| assert_quiet(what, &print(&error));
    // Nothing listens at port 1.
    let client = Client::builder()
        .credential(TEXT.replace(' ', "-"))
        .base_url("http://127.0.0.1:1")
        .build()
        .unwrap();
    assert_quiet("client", &debug(&client));
    let request = || client.list_candidates().email(TEXT);
    assert_quiet("pages", &debug(&request().pages()));
    assert_quiet("items", &debug(&request().items()));
    let error = request().send().await.err().unwrap();
    assert!(error.is_connect(), "{error}");
    quiet("connect", error);
    quiet(
        "connect",
        client.get_tracking_link(TEXT).send().await.err().unwrap(),
    );

    let field = format!("{TEXT},{TEXT}");
    let error = client
        .with_on_behalf_of(7)
        .anonymize_candidate(NUMBER, [field.as_str()])
        .send()
        .await;
    let error = error.err().unwrap();
    assert!(error.is_invalid_request(), "{error}");
    quiet("a list with a comma in it", error);
    quiet("no acting user", client.acting().err().unwrap());

    quiet("key", Client::new(format!("{TEXT}\n")).err().unwrap());
    let builder = Client::builder()
        .credential("k")
        .base_url(format!("http://{TEXT}"));
    quiet("base URL", builder.build().err().unwrap());
}
