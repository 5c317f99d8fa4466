//! Operations of v3 that records do not answer. There are none left.

use reqwest::Client;

use crate::both::Both;
use crate::support::{self, operations};

#[tokio::test]
async fn no_operation_is_without_records() {
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
            left.push(operation.id);
        }
    }
    assert!(left.is_empty(), "without records: {}", left.join(", "));
}
