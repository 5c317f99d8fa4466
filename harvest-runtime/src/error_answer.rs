//! What the service answers in place of a success.

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use http::StatusCode;
use http::header::HeaderMap;
use serde_json::Value;

use crate::Conventions;
use crate::auth::Secrets;
use crate::printable;
use crate::retry_after::{is_unreadable, retry_after};

/// One reason for a refusal, as the service gave it: what is wrong with one field of the request.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldError {
    message: String,
    field: Option<String>,
    /// Whether the name of the field can be printed.
    printable: bool,
}

impl FieldError {
    /// What is wrong, in the service's words. It may repeat what was sent, so it can hold personal data.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The field it is about, if the service named one: `email`.
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// The field, if it [can be printed](printable::is_field).
    pub(crate) fn printable_field(&self) -> Option<&str> {
        self.field().filter(|_| self.printable)
    }
}

/// Prints the field, without the message.
impl fmt::Debug for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FieldError")
            .field("field", &self.printable_field())
            .finish_non_exhaustive()
    }
}

/// An answer that is not a success.
pub(crate) struct ErrorAnswer {
    pub(crate) status: StatusCode,
    pub(crate) request_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    /// It asks for a wait in a form that cannot be read.
    pub(crate) unreadable_wait: bool,
    pub(crate) received: DateTime<Utc>,
    /// How long to wait in the limiter's opinion, if it is the rate limit that refuses.
    pub(crate) estimate: Option<Duration>,
    pub(crate) message: Option<String>,
    pub(crate) field_errors: Vec<FieldError>,
    pub(crate) conventions: &'static Conventions,
    /// Whether a token was refused that took the place of another refused one.
    pub(crate) renewed: bool,
}

impl ErrorAnswer {
    /// A body that is not JSON, or of another shape, is left out: the status says enough.
    /// What holds the credential is not printed.
    pub(crate) fn read(
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
        credential: &impl Secrets,
        conventions: &'static Conventions,
    ) -> Self {
        let body = serde_json::from_slice(body).unwrap_or(Value::Null);
        let mut field_errors = body.get("errors").map(field_errors).unwrap_or_default();
        for error in &mut field_errors {
            error.printable = error
                .field()
                .is_some_and(|field| printable::is_field(field, credential));
        }
        Self {
            status,
            request_id: printable::request_id(headers, credential),
            retry_after: retry_after(headers),
            unreadable_wait: is_unreadable(headers),
            received: Utc::now(),
            estimate: None,
            message: message(&body),
            field_errors,
            conventions,
            renewed: false,
        }
    }

    /// When the wait ends that the service asks for, by the clock of this machine.
    pub(crate) fn wait_until(&self) -> Option<DateTime<Utc>> {
        let wait = TimeDelta::from_std(self.retry_after?).unwrap_or(TimeDelta::MAX);
        let until = self.received.checked_add_signed(wait);
        Some(until.unwrap_or(DateTime::<Utc>::MAX_UTC))
    }

    /// Whether it is the credential, rather than the acting user, that may not do this. The service says so in prose
    /// only, of which the conventions know the words; the acting user's 403 has another text.
    pub(crate) fn is_missing_permission(&self) -> bool {
        let says_so = |message: &String| {
            let message = message.to_ascii_lowercase();
            let mut rows = self.conventions.missing_permission.iter();
            rows.any(|words| words.iter().all(|word| message.contains(word)))
        };
        self.status == StatusCode::FORBIDDEN && self.message.as_ref().is_some_and(says_so)
    }
}

/// `message`, or what OAuth (RFC 6749) has in its place.
fn message(body: &Value) -> Option<String> {
    ["message", "error_description", "error"]
        .into_iter()
        .find_map(|key| body.get(key)?.as_str())
        .map(str::to_owned)
}

/// `errors` is documented as `[{"message": …, "field": …}]`. Rails services also send `["…"]` and
/// `{"field": ["…"]}`.
fn field_errors(errors: &Value) -> Vec<FieldError> {
    match errors {
        Value::Array(errors) => errors
            .iter()
            .filter_map(|error| field_error(error, None))
            .collect(),
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(field, errors)| {
                let errors = errors
                    .as_array()
                    .map_or(std::slice::from_ref(errors), Vec::as_slice);
                errors
                    .iter()
                    .filter_map(|error| field_error(error, Some(field)))
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn field_error(error: &Value, field: Option<&str>) -> Option<FieldError> {
    let (message, own_field) = match error {
        Value::String(message) => (message.as_str(), None),
        Value::Object(error) => (
            error
                .get("message")
                .and_then(Value::as_str)
                .unwrap_or_default(),
            error.get("field").and_then(Value::as_str),
        ),
        _ => return None,
    };
    Some(FieldError {
        message: message.to_owned(),
        field: own_field.or(field).map(str::to_owned),
        printable: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> (Option<String>, Vec<(String, Option<String>)>) {
        let answer = ErrorAnswer::read(
            StatusCode::UNPROCESSABLE_ENTITY,
            &HeaderMap::new(),
            body.as_bytes(),
            &crate::auth::Secret::for_tests(),
            &Conventions::DEFAULT,
        );
        let errors = answer
            .field_errors
            .into_iter()
            .map(|error| (error.message, error.field))
            .collect();
        (answer.message, errors)
    }

    #[test]
    fn shapes_of_bodies() {
        let one = |message: &str, field: Option<&str>| {
            vec![(message.to_owned(), field.map(str::to_owned))]
        };
        for (body, message, errors) in [
            (r#"{"message":"m"}"#, Some("m"), vec![]),
            (
                r#"{"errors":[{"message":"e","field":"f"}]}"#,
                None,
                one("e", Some("f")),
            ),
            (
                r#"{"message":"m","errors":[{"message":"e","field":null}]}"#,
                Some("m"),
                one("e", None),
            ),
            (
                r#"{"message":"m","errors":["e"]}"#,
                Some("m"),
                one("e", None),
            ),
            (r#"{"errors":{"f":["e"]}}"#, None, one("e", Some("f"))),
            (r#"{"errors":{"f":"e"}}"#, None, one("e", Some("f"))),
            (r#"{"errors":[5,null]}"#, None, vec![]),
            (r#"{"errors":"e"}"#, None, vec![]),
            (
                r#"{"error":"invalid_client","error_description":"d"}"#,
                Some("d"),
                vec![],
            ),
            (r#"{"error":"e"}"#, Some("e"), vec![]),
            (r#"{"message":{"a":1}}"#, None, vec![]),
            ("[]", None, vec![]),
            ("null", None, vec![]),
            ("\"text\"", None, vec![]),
            ("Retry later", None, vec![]),
            ("<html>", None, vec![]),
            ("", None, vec![]),
        ] {
            assert_eq!(read(body), (message.map(str::to_owned), errors), "{body}");
        }
    }
}
