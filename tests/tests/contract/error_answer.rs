//! Comparison of an error with the documented answer that it was made of.

use harvest_runtime::Error;
use serde_json::{Value, json};

use super::description::{Operation, items};

/// The words before the names of query parameters that v3 does not know.
const UNKNOWN_PARAMETERS: &str = "Invalid query params: ";

/// Asserts that the error holds everything of the answer, means what its status means and nothing else, and names the
/// operation and the permission or scope that it wants.
pub fn assert_error(operation: &Operation, status: u16, body: &Value, error: &Error) {
    let id = operation.id;
    let found = error.status().map(|status| status.as_u16());
    assert_eq!(found, Some(status), "{id}");
    assert_eq!(error.operation().map(|operation| operation.id), Some(id));
    let permission = operation.permission();
    assert!(permission.is_some(), "{id}");
    assert_eq!(error.permission(), permission, "{id}");

    // A plain text is the message itself.
    let message = body["message"].as_str().or(body.as_str());
    assert_eq!(error.message(), message, "{id} {status}");
    let field_errors: Vec<_> = error
        .field_errors()
        .iter()
        .map(|error| match error.field() {
            Some(field) => json!({ "message": error.message(), "field": field }),
            None => json!({ "message": error.message() }),
        })
        .collect();
    let documented: Vec<_> = match &body["errors"] {
        Value::String(text) => vec![json!({ "message": text })],
        errors => items(errors).cloned().collect(),
    };
    assert_eq!(field_errors, documented, "{id} {status}");
    let unknown = message.and_then(|message| message.strip_prefix(UNKNOWN_PARAMETERS));
    let unknown: Vec<_> = unknown.into_iter().flat_map(|of| of.split(", ")).collect();
    assert_eq!(error.unknown_parameters(), unknown, "{id} {status}");

    // Of v3 no text is known that says so, other than by the word itself.
    let names_permission = message.is_some_and(|message| {
        message.contains("API Key does not have permission") || message.contains("scope")
    });
    let predicates = [
        (401, error.is_unauthorized()),
        (403, error.is_forbidden()),
        (404, error.is_not_found()),
        (422, error.is_validation()),
        (429, error.is_rate_limited()),
        (500, error.is_server_error()),
    ];
    for (of, holds) in predicates {
        assert_eq!(holds, of == status, "{id}: {status}, {of}");
    }
    let is_missing_permission = status == 403 && names_permission;
    assert_eq!(error.is_missing_permission(), is_missing_permission, "{id}");
    assert_eq!(error.retry_after().is_some(), status == 429, "{id}");
    let others = [
        error.is_decode(),
        error.is_invalid_request(),
        error.is_pagination(),
        error.is_token(),
        error.is_cursor_expired(),
        error.is_response_too_large(),
    ];
    assert_eq!(others, [false; 6], "{id}: {status}");
}
