//! Refusals of v3 in all their forms, by every operation: what is missing has a name.

use harvest_generated::v3::Client;
use serde_json::{Value, json};

use super::super::calls::call;
use super::super::operation_row::Call;
use super::super::proxy::Proxy;
use super::calls::{client, rows};

#[tokio::test]
async fn every_operation_says_what_the_service_refused() {
    let proxy = Proxy::alone(200, "").await;
    let client: Client = client(&proxy);
    let mut refusals = 0;
    for (row, operation) in rows() {
        let id = row.id;
        let refuse = async |status: u16, body: Value| {
            proxy.answer(status, body.to_string());
            let call = Call {
                all: true,
                ..call(&operation)
            };
            let called = (row.call)(client.clone(), call).await;
            let error = called.outcome.err().expect("it is refused");
            assert_eq!(error.status().unwrap(), status, "{id}");
            error
        };

        let scope = operation.permission().unwrap();
        let error = refuse(403, json!({ "message": "The token lacks the scope" })).await;
        assert!(error.is_missing_permission(), "{id}: {error}");
        let says = format!("the token lacks the scope {scope:?}");
        assert!(error.to_string().contains(&says), "{id}: {error}");
        // Without that word it may be the user.
        let error = refuse(403, json!({ "error": "Not allowed" })).await;
        assert!(!error.is_missing_permission(), "{id}: {error}");
        assert!(error.to_string().contains(scope), "{id}: {error}");

        let message = "Invalid query params: job_ids, per_page";
        let error = refuse(422, json!({ "message": message })).await;
        assert_eq!(error.unknown_parameters(), ["job_ids", "per_page"], "{id}");

        let errors = json!([{ "message": "is taken", "field": "email" }, { "message": "No" }]);
        for (errors, fields) in [
            (errors, vec![(Some("email"), "is taken"), (None, "No")]),
            (json!("No user found"), vec![(None, "No user found")]),
        ] {
            let error = refuse(422, json!({ "message": "Invalid", "errors": errors })).await;
            assert_eq!(error.message(), Some("Invalid"), "{id}");
            let found = error.validation().expect("fields");
            let found: Vec<_> = found.iter().map(|of| (of.field(), of.message())).collect();
            assert_eq!(found, fields, "{id}");
        }
        let error = refuse(422, json!({ "error": "No" })).await;
        assert_eq!(error.message(), Some("No"), "{id}");
        let error = refuse(404, json!({ "errors": "User not found" })).await;
        assert!(error.is_not_found(), "{id}");
        assert_eq!(error.field_errors().len(), 1, "{id}");
        refusals += 7;
    }
    println!("v3: {refusals} refusals in seven forms");
}
