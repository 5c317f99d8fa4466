//! Nothing about a person, no client secret and no token is printed, traced or logged by the client of v3.

use std::time::Duration;

use harvest_generated::v3::operations::OPERATIONS;
use harvest_generated::v3::{Client, blocking};
use harvest_runtime::retry::{ExponentialBackoff, Never, RetryPolicy as _, Standard};
use harvest_runtime::{Api, ClientBuilder, Limiter};
use serde_json::json;

use super::super::blocking::blocking as on_a_thread;
use super::super::markers::{NUMBER, TEXT, assert_quiet, call, marked, odd_answers};
use super::super::operation_row::{debug, print};
use super::super::proxy::{Arrived, Proxy};
use super::super::tracing::{assert_unanswered, traced};
use super::calls::rows;

/// A token that is found by the markers, too.
const TOKEN: &str = "hush-hush-token";

/// A client whose calls are sent once.
fn client(proxy: &Proxy) -> Client {
    let builder = with_token(&proxy.url).retry(Never);
    builder.build().unwrap()
}

/// One that sends each call twice, if the first attempt fails in a way that passes.
fn patient(url: &str) -> Client {
    let builder = with_token(url).retry(Standard.with_attempt_limit(2));
    let backoff = ExponentialBackoff::new().with_maximum(Duration::from_millis(1));
    builder.backoff(backoff).build().unwrap()
}

fn with_token<C: Api>(url: &str) -> ClientBuilder<C> {
    let builder = ClientBuilder::new().access_token(TOKEN).base_url(url);
    builder.limiter(Limiter::unlimited())
}

/// The bodies of refusals, in all the forms that are documented or were seen.
fn refusals() -> [String; 6] {
    let fields = json!([{ "message": TEXT, "field": TEXT }, { "message": TEXT }, TEXT]);
    [
        json!({ "message": TEXT, "errors": fields }).to_string(),
        json!({ "message": TEXT, "errors": TEXT }).to_string(),
        json!({ "message": format!("Invalid query params: {TEXT}") }).to_string(),
        json!({ "error": TEXT, "error_description": TEXT }).to_string(),
        json!({ "errors": { TEXT: [TEXT] } }).to_string(),
        TEXT.to_owned(),
    ]
}

#[tokio::test]
async fn requests_and_responses_of_v3_print_nothing() {
    let proxy = Proxy::alone(200, "").await;
    let client = client(&proxy);
    let (mut requests, mut answers, mut marks) = (0, 0, 0);
    for (row, operation) in rows() {
        let bodies: Vec<_> = match operation.requests.as_slice() {
            [] => vec![None],
            examples => examples.iter().map(|of| Some(marked(of))).collect(),
        };
        for answer in operation.answers.iter().filter(|of| of.is_success()) {
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
        for arrived in proxy.arrived() {
            let bearer = format!("Bearer {TOKEN}");
            assert_eq!(
                arrived.header("authorization"),
                Some(&*bearer),
                "{}",
                row.id
            );
            let query = arrived.query.iter().map(|(_, value)| value.as_str());
            let parts = query.chain([&*arrived.path, &*arrived.body]);
            let number = NUMBER.to_string();
            let is_marked = |part: &&str| part.contains("Hush") || part.contains(&number);
            marks += parts.filter(is_marked).count();
        }
    }
    println!("v3: {requests} requests and {answers} responses print nothing of {marks} markers");
    assert!(marks > requests / 2);
}

#[tokio::test]
async fn errors_of_v3_print_nothing() {
    let proxy = Proxy::alone(200, "").await;
    let client = client(&proxy);
    let mut errors = 0;
    for (row, operation) in rows() {
        let body = operation.requests.first().map(marked);
        for status in [302, 400, 401, 403, 404, 409, 413, 422, 429, 500, 502, 503] {
            for answer in refusals() {
                proxy.answer(status, answer);
                let called = (row.call)(client.clone(), call(&operation, body.clone())).await;
                let error = called.outcome.err().expect("not a success");
                assert_eq!(error.status().unwrap(), status);
                assert_quiet(row.id, &print(&error));
                errors += 1;
            }
        }
    }
    println!("v3: {errors} errors print nothing");
}

#[tokio::test]
async fn successes_of_wrong_types_of_v3_print_nothing() {
    let proxy = Proxy::alone(200, "").await;
    let client = client(&proxy);
    let (mut errors, mut successes) = (0, 0);
    for (row, operation) in rows() {
        let body = operation.requests.first().map(marked);
        for answer in odd_answers(&operation) {
            proxy.answer(operation.success().status, answer);
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
    println!("v3: {errors} errors of decoding and {successes} strange answers print nothing");
}

/// A client that fetches its token where it sends its calls, and sends each twice if the first attempt may pass.
fn by_credentials(url: &str) -> Client {
    by_secret()
        .token_url(format!("{url}/token"))
        .acting_user(NUMBER)
        .base_url(url)
        .retry(Standard.with_attempt_limit(2))
        .backoff(ExponentialBackoff::new().with_maximum(Duration::from_millis(1)))
        .limiter(Limiter::unlimited())
        .build()
        .unwrap()
}

#[tokio::test]
async fn no_operation_of_v3_traces_anything_private() {
    let proxy = Proxy::alone(200, "").await;
    let client = patient(&proxy.url);
    let (mut calls, mut lines) = (0, 0);
    let [fields, ..] = refusals();
    for (row, operation) in rows() {
        let success = operation.success();
        let page = success.examples.first().map(marked).unwrap_or_default();
        for (status, answer) in [
            (success.status, page.clone()),
            (success.status, json!(TEXT).to_string()),
            (302, String::new()),
            (401, fields.clone()),
            (403, fields.clone()),
            (422, fields.clone()),
            (429, TEXT.to_owned()),
            (502, format!("<html>{TEXT}</html>")),
        ] {
            proxy.answer(status, answer);
            let body = operation.requests.first().map(marked);
            let called = (row.call)(client.clone(), call(&operation, body));
            let (called, text) = traced(called).await;
            assert_quiet(row.id, &text);
            assert_quiet(row.id, &called.request);
            match &called.outcome {
                Ok(success) => assert_quiet(row.id, &success.debug),
                Err(error) => assert_quiet(row.id, &print(error)),
            }
            // It was watched.
            let named = format!("harvest.operation=\"{}\"", row.id);
            assert!(text.contains(&named), "{}: {text}", row.id);
            // What the service may have done is sent again only where that does no harm.
            let known = OPERATIONS.iter().find(|of| of.id == row.id).unwrap();
            let again = status == 429 || (status == 502 && known.idempotent);
            assert_eq!(text.contains("trying again"), again, "{}: {text}", row.id);
            assert_eq!(proxy.arrived().len(), 1 + usize::from(again), "{}", row.id);
            lines += text.lines().count();
            calls += 1;
        }
        if let Some(list) = row.list {
            proxy.answer(success.status, page);
            let walked = (list.walk)(client.clone(), call(&operation, None));
            let (walked, text) = traced(walked).await;
            walked.unwrap_or_else(|error| panic!("{error}"));
            assert_quiet(row.id, &text);
            proxy.arrived();
            calls += 1;
        }
        if let Some(by_id) = row.find {
            let (found, text) = traced((by_id.find)(client.clone(), NUMBER)).await;
            found.unwrap_or_else(|error| panic!("{error}"));
            assert_quiet(by_id.id, &text);
            proxy.arrived();
            calls += 1;
        }
    }
    println!("v3: {calls} calls trace nothing private in {lines} lines");
}

#[tokio::test]
async fn what_was_not_answered_prints_and_traces_nothing_private() {
    // Nothing listens at port 1.
    let nowhere = "http://127.0.0.1:1";
    let client = patient(nowhere);
    let mut calls = 0;
    for (row, operation) in rows() {
        let body = operation.requests.first().map(marked);
        let called = (row.call)(client.clone(), call(&operation, body));
        assert_unanswered(row.id, called).await;
        calls += 1;
    }
    println!("v3: {calls} calls that were not answered print and trace nothing private");

    // Nor does the token service.
    let client = by_credentials(nowhere);
    let request = client.list_candidates().ids([NUMBER]);
    let (outcome, text) = traced(async { request.send().await }).await;
    let error = outcome.err().unwrap();
    assert!(error.is_token(), "{error}");
    assert_quiet("trace", &text);
    assert_quiet("error", &print(&error));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_of_v3_that_block_print_nothing() {
    let proxy = Proxy::alone(200, "").await;
    let client: blocking::Client = with_token(&proxy.url).retry(Never).build().unwrap();
    assert_quiet("client", &debug(&client));
    let mut calls = 0;
    for (row, operation) in rows() {
        let success = operation.success();
        let page = success.examples.first().map(marked).unwrap_or_default();
        let [fields, ..] = refusals();
        for (status, answer) in [(success.status, page), (422, fields)] {
            proxy.answer(status, answer);
            let body = operation.requests.first().map(marked);
            let (call_blocking, call) = (row.call_blocking, call(&operation, body));
            let client = client.clone();
            let called = on_a_thread(move || call_blocking(client, call)).await;
            assert_quiet(row.id, &called.request);
            match &called.outcome {
                Ok(success) => assert_quiet(row.id, &success.debug),
                Err(error) => assert_quiet(row.id, &print(error)),
            }
            calls += 1;
        }
    }
    println!("v3: {calls} calls that block print nothing");
}

#[tokio::test]
async fn what_is_not_sent_prints_nothing() {
    let proxy = Proxy::alone(200, "").await;
    let client = client(&proxy);
    let list = format!("{TEXT},{TEXT}");
    let errors = [
        client
            .list_candidates()
            .cursor(TEXT)
            .tag(TEXT)
            .send()
            .await
            .err(),
        client
            .list_users()
            .fields([list.as_str()])
            .send()
            .await
            .err(),
        client.list_users().per_page(0).send().await.err(),
        // The token has a user already.
        client
            .with_acting_user(NUMBER)
            .list_users()
            .send()
            .await
            .err(),
    ];
    for error in errors {
        let error = error.expect("it is not sent");
        assert!(error.is_invalid_request(), "{error}");
        assert_quiet("a mistake", &print(&error));
    }
    assert!(proxy.arrived().is_empty());
    let builders = [
        Client::builder().access_token(format!("{TEXT}\n")),
        Client::builder().client_credentials(TEXT, format!("{TEXT}\n")),
        with_token(&format!("http://{TEXT}")),
        by_secret().token_url(format!("http://{TEXT}")),
        by_secret()
            .token_url("http://127.0.0.1:1")
            .acting_user(0)
            .base_url("hush"),
    ];
    for builder in builders {
        assert_quiet("builder", &debug(&builder));
        let error = builder.build().expect_err("it cannot be built");
        assert_quiet("builder", &print(&error));
    }
}

/// What no token service is named for.
fn by_secret() -> ClientBuilder<Client> {
    Client::builder().client_credentials("hush-client", "hush-secret")
}

/// The token service is asked, and what it answers is used.
#[tokio::test]
async fn fetching_a_token_prints_and_traces_nothing_of_it() {
    let proxy = Proxy::alone(200, "").await;
    let issued = json!({ "token_type": "Bearer", "access_token": TOKEN, "expires_in": 3600 });
    let refused = json!({ "error": TEXT, "error_description": TEXT, "message": TEXT });
    let mut used = 0;
    for (status, answer) in [
        (200, issued.to_string()),
        (200, json!({ "access_token": [TEXT] }).to_string()),
        (200, format!("<html>{TEXT}</html>")),
        (400, refused.to_string()),
        (401, refused.to_string()),
        (403, TEXT.to_owned()),
        (500, TEXT.to_owned()),
    ] {
        proxy.answer(status, answer);
        let client = by_credentials(&proxy.url);
        let request = || client.list_candidates().ids([NUMBER]);
        let (outcome, text) = traced(async { request().send().await }).await;
        assert_quiet("trace", &text);
        // The answer is no list, even if it was a token.
        assert_quiet("error", &print(&outcome.err().unwrap()));
        assert_quiet("client", &debug(&client));
        let arrived = proxy.arrived();
        assert_eq!(arrived[0].path, "/token");
        // `hush-client:hush-secret`
        let basic = arrived[0].header("authorization").unwrap();
        assert!(basic.starts_with("Basic aHVzaC1jbGllbnQ6"), "it is sent");
        assert!(!text.contains("aHVzaC1jbGllbnQ6"), "{text}");
        let bearer = format!("Bearer {TOKEN}");
        let with_token = |of: &&Arrived| of.header("authorization") == Some(&*bearer);
        used += arrived.iter().filter(with_token).count();
    }
    assert_eq!(used, 1, "calls with a token");
}

#[test]
fn no_token_of_v3_is_printed() {
    let builder = || Client::builder().base_url("http://127.0.0.1:9");
    let by_token = builder().access_token(TOKEN);
    let by_client = builder()
        .client_credentials("any-client", TOKEN)
        .token_url("http://127.0.0.1:9/token");
    for builder in [by_token, by_client] {
        assert_quiet("builder", &debug(&builder));
        let client: Client = builder.build().unwrap();
        let acting = client.with_acting_user(7);
        let request = || acting.list_candidates().tag(TEXT);
        for printed in [
            debug(&client),
            debug(&acting),
            debug(&request()),
            debug(&request().pages()),
            debug(&request().items()),
        ] {
            assert_quiet("client", &printed);
        }
    }
}
