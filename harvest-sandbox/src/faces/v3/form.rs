//! Forms of refusals: with a message always, and with the sort of record that was not found.

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;

use crate::http::reply::Reply;
use crate::json::{Value, json};
use crate::openapi::document::Operation;

/// The message of a 422 that lists what is wrong.
const INVALID: &str = "Validation error";

/// A reply as v3 sends it: a record that is not there is named, and a body that is refused has a message.
pub(super) fn form(operation: &Operation, reply: Reply) -> Reply {
    match reply.status {
        StatusCode::NOT_FOUND if !operation.path_names.is_empty() => {
            let record = record(operation);
            with(reply, "errors", &json!(format!("{record} not found")))
        }
        StatusCode::UNPROCESSABLE_ENTITY => with(reply, "message", &json!(INVALID)),
        _ => reply,
    }
}

/// The reply with this property in its body, if its body is an object that lacks it.
fn with(reply: Reply, name: &str, value: &Value) -> Reply {
    let Ok(Value::Object(mut body)) = serde_json::from_slice(&reply.body) else {
        return reply;
    };
    if body.contains_key(name) {
        return reply;
    }
    let first = name == "message";
    body.insert(name.to_owned(), value.clone());
    if first {
        body.move_index(body.len() - 1, 0);
    }
    let mut formed = Reply::json(reply.status, &body.into());
    let (media_type, headers) = (formed.headers.remove(CONTENT_TYPE), reply.headers);
    formed.headers = headers;
    if let Some(media_type) = media_type {
        formed.headers.insert(CONTENT_TYPE, media_type);
    }
    formed
}

/// The sort of record that a path names, in words: `Candidate tag` of `/v3/candidate_tags/{id}`.
fn record(operation: &Operation) -> String {
    let before = operation.path.split("/{").next().unwrap_or_default();
    let collection = before.rsplit('/').next().unwrap_or_default();
    let mut record = singular(collection).replace('_', " ");
    if let Some(first) = record.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    record
}

fn singular(plural: &str) -> String {
    match plural.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => plural.strip_suffix('s').unwrap_or(plural).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::reply::FieldError;
    use crate::openapi::document::Document;

    #[test]
    fn what_was_not_found_is_named_and_what_is_invalid_has_a_message() {
        let responses = json!({"responses": {"204": {"description": ""}}});
        let document = json!({"openapi": "3.0.3", "paths": {
            "/v3/candidate_tags": {"get": responses},
            "/v3/job_notes/{id}/move": {"get": {
                "parameters": [{"name": "id", "in": "path", "required": true,
                    "schema": {"type": "integer"}}],
                "responses": {"204": {"description": ""}},
            }},
        }});
        let document = Document::parse(&document.to_string()).unwrap();
        let body = |place: usize, reply| {
            let reply = form(&document.operations[place], reply);
            assert_eq!(
                reply.headers[CONTENT_TYPE],
                "application/json;charset=utf-8"
            );
            serde_json::from_slice::<Value>(&reply.body).unwrap()
        };
        let message = "Resource not found";
        assert_eq!(body(0, Reply::not_found()), json!({"message": message}));
        assert_eq!(
            body(1, Reply::not_found()),
            json!({"message": message, "errors": "Job note not found"})
        );
        let error = FieldError::new("name", "Is already taken");
        assert_eq!(
            body(1, Reply::invalid_body(&[error])).to_string(),
            concat!(
                r#"{"message":"Validation error","errors":[{"message":"Is already taken","#,
                r#""field":"name"}]}"#
            )
        );
        let unknown = "Invalid query params: page";
        let reply = Reply::message(StatusCode::UNPROCESSABLE_ENTITY, unknown);
        assert_eq!(body(0, reply), json!({"message": unknown}));
        assert_eq!(singular("opportunities"), "opportunity");
    }
}
