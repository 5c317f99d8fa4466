//! Replies to clients.

use axum::body::Body;
use axum::http::header::{ALLOW, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use axum::http::{Method, Response, StatusCode};
use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::http::buffer;
use crate::json::{Value, json};
use crate::store::Document;

/// The content type the service was seen to send.
const JSON: HeaderValue = HeaderValue::from_static("application/json;charset=utf-8");

/// Status, headers and body of an answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Whether the body is the text of documents, in which there may be placeholders for links to files.
    pub(crate) is_of_documents: bool,
    /// Whether the body takes memory of its own that is not counted yet.
    pub(crate) is_to_count: bool,
}

impl Reply {
    /// No body, and no content type.
    pub(crate) fn empty(status: StatusCode) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            is_of_documents: false,
            is_to_count: true,
        }
    }

    pub(crate) fn json(status: StatusCode, body: &Value) -> Self {
        // `Display` of a JSON value is its compact text, and can't fail.
        Self::json_text(status, body.to_string())
    }

    /// A body that is JSON already.
    pub(crate) fn json_text(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self::text(status, JSON, body)
    }

    /// 200 with what is there once for all who ask for it.
    pub(crate) fn shared(media_type: HeaderValue, body: impl Into<Bytes>) -> Self {
        Self {
            is_to_count: false,
            ..Self::text(StatusCode::OK, media_type, body)
        }
    }

    /// 200 with JSON that is there once for all who ask for it.
    pub(crate) fn shared_json(body: Bytes) -> Self {
        Self::shared(JSON, body)
    }

    pub(crate) fn text(
        status: StatusCode,
        media_type: HeaderValue,
        body: impl Into<Bytes>,
    ) -> Self {
        let mut reply = Self::empty(status);
        reply.headers.insert(CONTENT_TYPE, media_type);
        reply.body = body.into();
        reply
    }

    /// A record, as it is kept.
    pub(crate) fn document(status: StatusCode, document: &Document) -> Self {
        Self {
            is_of_documents: true,
            ..Self::text(status, JSON, document.text().to_owned())
        }
    }

    /// 200 with a value.
    pub(crate) fn value(value: &Value) -> Self {
        Self::json(StatusCode::OK, value)
    }

    /// 200 with a record.
    pub(crate) fn ok(document: &Document) -> Self {
        Self::document(StatusCode::OK, document)
    }

    /// 200 with records.
    pub(crate) fn documents(documents: &[Document]) -> Self {
        let bytes: usize = documents.iter().map(|one| one.text().len() + 1).sum();
        let mut body = Vec::new();
        buffer::reserve(&mut body, bytes + 2);
        body.push(b'[');
        for (place, document) in documents.iter().enumerate() {
            if place > 0 {
                body.push(b',');
            }
            body.extend_from_slice(document.text().as_bytes());
        }
        body.push(b']');
        Self {
            is_of_documents: true,
            ..Self::text(StatusCode::OK, JSON, body)
        }
    }

    /// `{"message": …}`
    pub(crate) fn message(status: StatusCode, message: &str) -> Self {
        Self::json(status, &json!({ "message": message }))
    }

    /// 503 for what may be tried again in a second.
    pub(crate) fn later(message: &str) -> Self {
        Self::message(StatusCode::SERVICE_UNAVAILABLE, message)
            .with_header(RETRY_AFTER, HeaderValue::from_static("1"))
    }

    /// What the service answers when it finds no such record, address or user.
    pub(crate) fn not_found() -> Self {
        Self::message(StatusCode::NOT_FOUND, "Resource not found")
    }

    /// 405 for a path that has these methods.
    pub(crate) fn method_not_allowed(methods: &[Method]) -> Self {
        let mut names: Vec<&str> = methods.iter().map(Method::as_str).collect();
        if names.contains(&"GET") {
            names.push("HEAD");
        }
        names.sort_unstable();
        names.dedup();
        let names = names.join(", ");
        let message = format!("This path does not have the method; it has: {names}");
        let reply = Self::message(StatusCode::METHOD_NOT_ALLOWED, &message);
        // Methods are tokens, which a header can hold.
        match HeaderValue::from_str(&names) {
            Ok(names) => reply.with_header(ALLOW, names),
            Err(_) => reply,
        }
    }

    /// 422 for parameters and headers: with a sentence about the whole, as documented.
    pub(crate) fn invalid_request(errors: &[FieldError]) -> Self {
        Self::json(
            StatusCode::UNPROCESSABLE_ENTITY,
            &json!({ "message": "Validation error", "errors": errors }),
        )
    }

    /// 422 for bodies: without a sentence about the whole, as observed.
    pub(crate) fn invalid_body(errors: &[FieldError]) -> Self {
        Self::json(
            StatusCode::UNPROCESSABLE_ENTITY,
            &json!({ "errors": errors }),
        )
    }

    /// Each thing that a refusal says is wrong.
    #[cfg(test)]
    pub(crate) fn errors(&self) -> Vec<FieldError> {
        self.refusal().errors
    }

    /// What a refusal says in words, if it does: its message, and each thing that is wrong.
    pub(crate) fn words(&self) -> Option<String> {
        let Said { message, errors } = self.refusal();
        let errors = errors.into_iter().map(|error| match error.field {
            Some(field) => format!("{field}: {}", error.message),
            None => error.message,
        });
        let words: Vec<String> = message.into_iter().chain(errors).collect();
        (!words.is_empty()).then(|| words.join("; "))
    }

    fn refusal(&self) -> Said {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    pub(crate) fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

/// The body of a refusal.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    message: Option<String>,
    errors: Vec<FieldError>,
}

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FieldError {
    pub(crate) message: String,
    /// The parameter, header or property at fault. Left out where it is the request as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) field: Option<String>,
}

impl FieldError {
    pub(crate) fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            field: Some(field.into()),
        }
    }

    pub(crate) fn whole(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            field: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_have_the_observed_shape() {
        let errors = [FieldError::new("body", "Missing required field: body")];
        let reply = Reply::invalid_body(&errors);
        assert_eq!(reply.status, 422);
        assert_eq!(
            reply.body,
            r#"{"errors":[{"message":"Missing required field: body","field":"body"}]}"#
        );
        assert_eq!(
            reply.headers[CONTENT_TYPE],
            "application/json;charset=utf-8"
        );
        let reply = Reply::invalid_request(&[FieldError::whole("No")]);
        assert_eq!(
            reply.body,
            r#"{"message":"Validation error","errors":[{"message":"No"}]}"#
        );
    }
}
