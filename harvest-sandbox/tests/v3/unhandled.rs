//! Operations of v3 that records do not answer yet.

use reqwest::Client;

use crate::both::Both;
use crate::support::{self, operations};

/// So many are left. The number only goes down: a change that adds operations lowers it.
const LEFT: usize = 10;

#[tokio::test]
async fn an_operation_without_records_says_so() {
    let both = Both::start().await;
    let document = harvest_spec::document("v3").unwrap().json;
    let mut left = Vec::new();
    for operation in operations(document) {
        let url = format!("{}{}", both.sandbox.url(), operation.url);
        let method = operation.method.parse().unwrap();
        let request = Client::new().request(method, url);
        let token = both.sandbox.access_token(Some(both.sandbox.user_id()));
        let request = request.bearer_auth(token.unwrap());
        let answer = support::send(match operation.bodies.first() {
            Some(body) => support::with_body(request, serde_json::to_string(body).unwrap()),
            None => request,
        })
        .await;
        assert_ne!(answer.status, 500, "{}: {}", operation.id, answer.text);
        assert!(!answer.header("x-request-id").is_empty());
        if answer.status == 501 {
            let message = answer.json()["message"].as_str().unwrap().to_owned();
            assert!(message.contains("--examples"), "{message}");
            left.push(operation.id);
        }
    }
    println!("{} operations are left: {}", left.len(), left.join(", "));
    assert!(left.len() <= LEFT, "{} are left, not {LEFT}", left.len());
}
