//! Each operation of each embedded document: what is documented is answered, and what is not is refused.

use harvest_sandbox::Sandbox;
use reqwest::Client;

mod support;

use serde_json::Value;
use support::{Documented, operations, send, with_body};

/// The header that names what was overlooked.
const OVERLOOKED: &str = "x-sandbox-overlooked";

async fn start(version: &str) -> Sandbox {
    Sandbox::builder()
        .version(version)
        .examples()
        .start()
        .await
        .unwrap()
}

fn documented() -> impl Iterator<Item = (&'static str, Vec<Documented>)> {
    harvest_spec::DOCUMENTS
        .iter()
        .map(|document| (document.version, operations(document.json)))
}

#[tokio::test]
async fn documented_requests_get_the_documented_answer() {
    let client = Client::new();
    for (version, operations) in documented() {
        let sandbox = start(version).await;
        assert_eq!(sandbox.operations(), operations.len());
        for operation in operations {
            let (status, example) = operation.success();
            let mut requests: Vec<_> = operation
                .bodies
                .iter()
                .map(|body| with_body(operation.request(&client, &sandbox), body.to_string()))
                .collect();
            if requests.is_empty() {
                requests.push(operation.request(&client, &sandbox));
            }
            for request in requests {
                let answer = send(request).await;
                assert_eq!(answer.status, *status, "{}: {}", operation.id, answer.text);
                // Byte for byte, with the keys in order.
                let expected = example
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default();
                assert_eq!(answer.text, expected, "{}", operation.id);
                let content_type = if example.is_some() {
                    "application/json;charset=utf-8"
                } else {
                    ""
                };
                assert_eq!(
                    answer.header("content-type"),
                    content_type,
                    "{}",
                    operation.id
                );
                for header in ["x-ratelimit-limit", "x-ratelimit-remaining", "x-request-id"] {
                    assert!(
                        !answer.header(header).is_empty(),
                        "{}: {header}",
                        operation.id
                    );
                }
                let last = answer.header("link").contains("rel=\"last\"");
                assert_eq!(last, operation.pagination == "offset", "{}", operation.id);
            }
        }
    }
}

#[tokio::test]
async fn every_documented_status_can_be_had() {
    let client = Client::new();
    for (version, operations) in documented() {
        let sandbox = start(version).await;
        for operation in operations {
            let statuses = operation.successes.iter().map(|(status, _)| *status);
            let refusals = operation.refusals.iter().copied();
            for status in statuses.chain(refusals) {
                let request = operation
                    .request(&client, &sandbox)
                    .header("Prefer", format!("code={status}"));
                let answer = send(match operation.bodies.first() {
                    Some(body) => with_body(request, body.to_string()),
                    None => request,
                })
                .await;
                assert_eq!(answer.status, status, "{}: {}", operation.id, answer.text);
            }
        }
    }
}

#[tokio::test]
async fn without_the_key_nobody_comes_in() {
    let client = Client::new();
    for (version, operations) in documented() {
        let sandbox = start(version).await;
        for operation in operations.iter().filter(|operation| operation.secured) {
            let method = operation.method.parse().unwrap();
            let url = format!("{}{}", sandbox.url(), operation.url);
            let answer = send(client.request(method, url)).await;
            assert_eq!(answer.status, 401, "{}", operation.id);
            assert_eq!(Some(answer.json()), operation.unauthorized);
        }
    }
}

#[tokio::test]
async fn changes_need_an_acting_user() {
    let client = Client::new();
    for (version, operations) in documented() {
        let sandbox = start(version).await;
        for operation in operations
            .iter()
            .filter(|operation| operation.acting_user_required)
        {
            let request = support::request(&client, &sandbox, &operation.method, &operation.url);
            let answer = send(request).await;
            assert_eq!(answer.status, 422, "{}", operation.id);
            assert_eq!(
                answer.json()["errors"][0]["field"],
                "On-Behalf-Of",
                "{}",
                operation.id
            );
        }
    }
}

/// Each parameter alone, and one that there is not.
#[tokio::test]
async fn queries_are_looked_at() {
    let client = Client::new();
    let mut closed = 0;
    for (version, operations) in documented() {
        let sandbox = start(version).await;
        for operation in operations.iter().filter(|of| of.method == "GET") {
            let ask = |query: String| {
                let url = &operation.url;
                let with = if url.contains('?') { '&' } else { '?' };
                let url = format!("{url}{with}{query}");
                let request = support::request(&client, &sandbox, "GET", &url);
                send(request.header("On-Behalf-Of", sandbox.user_id()))
            };
            for (name, example) in operation.query.iter().filter(|(name, _)| name != "cursor") {
                let answer = ask(format!("{name}={}", support::text(example))).await;
                assert_eq!(
                    answer.status, 200,
                    "{}: {name}: {}",
                    operation.id, answer.text
                );
            }
            let answer = ask("no_such_parameter=1".to_owned()).await;
            if operation.closed_query {
                assert_eq!(answer.status, 422, "{}", operation.id);
                let message = answer.json()["message"].as_str().unwrap().to_owned();
                assert_eq!(message, "Invalid query params: no_such_parameter");
                closed += 1;
            } else {
                assert_eq!(answer.status, 200, "{}: {}", operation.id, answer.text);
            }
        }
    }
    assert!(closed > 70);
}

/// From its first page to its last by `Link` alone, in pages of one size.
#[tokio::test]
async fn lists_by_cursor_are_walked_to_their_end() {
    let client = Client::new();
    let mut lists = 0;
    for (version, operations) in documented() {
        let builder = Sandbox::builder().version(version).repeat(25);
        let sandbox = builder.start().await.unwrap();
        for operation in operations.iter().filter(|of| of.pagination == "cursor") {
            let mut url = format!("{}?per_page=10", operation.url);
            let mut pages = Vec::new();
            loop {
                let answer = send(support::request(&client, &sandbox, "GET", &url)).await;
                assert_eq!(answer.status, 200, "{}: {}", operation.id, answer.text);
                pages.push(answer.json().as_array().unwrap().len());
                let link = answer.header("link").to_owned();
                let Some(next) = link.split('>').next().and_then(|of| of.strip_prefix('<')) else {
                    assert_eq!(link, "", "{}", operation.id);
                    break;
                };
                assert!(link.ends_with("; rel=\"next\""), "{}: {link}", operation.id);
                url = next.strip_prefix(sandbox.url()).unwrap().to_owned();
                let query = url.split_once('?').unwrap().1;
                assert!(
                    query.starts_with("cursor=") && !query.contains('&'),
                    "{query}"
                );
                let beside = send(support::request(
                    &client,
                    &sandbox,
                    "GET",
                    &format!("{url}&per_page=10"),
                ));
                assert_eq!(beside.await.status, 422, "{}", operation.id);
            }
            assert_eq!(pages, [10, 10, 5], "{}", operation.id);
            lists += 1;
        }
    }
    assert!(lists > 70);
}

#[tokio::test]
async fn bodies_are_looked_at() {
    let client = Client::new();
    for (version, operations) in documented() {
        let builder = Sandbox::builder().version(version).examples().strict();
        let sandbox = builder.start().await.unwrap();
        for operation in operations {
            let send_body =
                |body: &'static str| send(with_body(operation.request(&client, &sandbox), body));
            if operation.method == "GET" {
                assert_eq!(send_body("{}").await.status, 403, "{}", operation.id);
                continue;
            }
            for broken in ["{", "[]", "7"] {
                let answer = send_body(broken).await;
                assert_eq!(answer.status, 422, "{}: {broken}", operation.id);
                assert!(
                    !answer.json()["errors"][0]["message"].is_null(),
                    "{}",
                    answer.text
                );
            }
            let answer = send_body(r#"{"no_such_field": 1}"#).await;
            assert_eq!(answer.status, 422, "{}", operation.id);
            // Some bodies are documented as empty objects: there, no field is known.
            if operation.bodies.iter().any(|body| body.to_string() != "{}") {
                assert!(
                    answer.text.contains("Unknown field: no_such_field"),
                    "{}: {}",
                    operation.id,
                    answer.text
                );
            }
            if operation.body_required {
                let answer = send(operation.request(&client, &sandbox)).await;
                assert_eq!(answer.status, 422, "{}", operation.id);
            }
        }
    }
}

/// Puts each number of a body in quotes, and says how many there are.
fn in_quotes(body: &mut Value) -> usize {
    match body {
        Value::Number(number) => {
            *body = Value::String(number.to_string());
            1
        }
        Value::Array(items) => items.iter_mut().map(in_quotes).sum(),
        Value::Object(fields) => fields.values_mut().map(in_quotes).sum(),
        _ => 0,
    }
}

#[tokio::test]
async fn mistakes_that_the_service_takes_are_named_or_refused() {
    let client = Client::new();
    let lenient = start("v1").await;
    let builder = Sandbox::builder().examples().strict();
    let strict = builder.start().await.unwrap();
    let (_, operations) = documented().find(|(version, _)| *version == "v1").unwrap();
    let (mut unknown, mut numbers) = (0, 0);
    for operation in operations {
        let Some(body) = operation.bodies.first() else {
            continue;
        };
        let body: Value = serde_json::from_str(&body.to_string()).unwrap();
        if body == serde_json::json!({}) {
            // Documented as an empty object, which has no unknown property.
            continue;
        }
        let (id, (success, _)) = (&operation.id, operation.success());
        let send_to = async |sandbox: &Sandbox, body: &Value| {
            let request = operation.request(&client, sandbox);
            send(with_body(request, body.to_string())).await
        };

        let fine = send_to(&lenient, &body).await;
        assert_eq!(
            (fine.status, fine.header(OVERLOOKED)),
            (*success, ""),
            "{id}"
        );

        let mut mistaken = body.clone();
        mistaken["no_such_field"] = 1.into();
        let answer = send_to(&lenient, &mistaken).await;
        assert_eq!(answer.status, *success, "{id}: {}", answer.text);
        let named = "unknown property no_such_field";
        assert_eq!(answer.header(OVERLOOKED), named, "{id}");
        assert_eq!(send_to(&strict, &mistaken).await.status, 422, "{id}");
        unknown += 1;

        let mut mistaken = body;
        if in_quotes(&mut mistaken) == 0 {
            continue;
        }
        let answer = send_to(&lenient, &mistaken).await;
        assert_eq!(answer.status, *success, "{id}: {}", answer.text);
        // In some places a text is as good as a number.
        if !answer.header(OVERLOOKED).is_empty() {
            assert!(answer.header(OVERLOOKED).starts_with("text for a number "));
            assert_eq!(send_to(&strict, &mistaken).await.status, 422, "{id}");
            numbers += 1;
        }
    }
    assert!(unknown > 50 && numbers > 20, "{unknown}, {numbers}");
}

#[tokio::test]
async fn parameters_that_are_not_described_are_named_or_refused() {
    let client = Client::new();
    let lenient = start("v1").await;
    let builder = Sandbox::builder().examples().strict();
    let strict = builder.start().await.unwrap();
    let (_, operations) = documented().find(|(version, _)| *version == "v1").unwrap();
    let mut lists = 0;
    for operation in operations.iter().filter(|it| it.method == "GET") {
        let id = &operation.id;
        let get_from = async |sandbox: &Sandbox, query: &str| {
            let mark = if operation.url.contains('?') {
                '&'
            } else {
                '?'
            };
            let url = format!("{}{mark}{query}", operation.url);
            send(support::request(&client, sandbox, "GET", &url)).await
        };
        let answer = get_from(&lenient, "statuss=open&ada%40example.com=1").await;
        assert_eq!(answer.status, operation.success().0, "{id}");
        let named = "unknown parameter statuss, unknown parameter ?";
        assert_eq!(answer.header(OVERLOOKED), named, "{id}");
        let refused = get_from(&strict, "statuss=open").await;
        assert_eq!(refused.status, 422, "{id}");
        assert_eq!(refused.json()["errors"][0]["field"], "statuss", "{id}");
        if operation.pagination != "none" {
            // These count on each list, and links repeat them.
            let paged = get_from(&strict, "page=1&per_page=1&skip_count=true").await;
            assert_eq!((paged.status, paged.header(OVERLOOKED)), (200, ""), "{id}");
            lists += 1;
        }
    }
    assert!(lists > 30, "{lists}");
}
