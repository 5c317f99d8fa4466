//! Each operation of each embedded document: what is documented is answered, and what is not is refused.

use harvest_sandbox::Sandbox;
use reqwest::Client;
use serde_json::json;

mod support;

use support::{Documented, operations, send, with_body};

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
            for status in statuses.chain([401, 403, 429, 500]) {
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
            assert_eq!(
                answer.json(),
                json!({"message": "Invalid Basic Auth credentials"})
            );
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

#[tokio::test]
async fn bodies_are_looked_at() {
    let client = Client::new();
    for (version, operations) in documented() {
        let sandbox = start(version).await;
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
