//! The service's answer in place of a success.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap};
use serde_json::Value;

use crate::Conventions;
use crate::json::repair;
use crate::limit::AskedFor;
use crate::printable;
use crate::retry_after::{is_unreadable, retry_after};
use crate::secret::Secrets;

/// The longest plain text that is taken for a message.
const LONGEST_TEXT: usize = 4096;
/// How many reasons of one refusal are kept.
const MOST_FIELD_ERRORS: usize = 1000;
/// How many names of a refusal are judged each that has the credential in one of them.
const MOST_JUDGED: usize = 64;
/// How many unknown query parameters are named.
const MOST_PARAMETERS: usize = 16;

/// One reason for a refusal, as the service gave it: what is wrong with one field of the request.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldError {
    message: String,
    field: Option<Name>,
}

/// The name of a field, which all that is wrong with it shares.
#[derive(Clone, PartialEq, Eq)]
struct Name {
    text: Arc<str>,
    is_printable: bool,
}

impl Name {
    fn new(text: &str) -> Self {
        Self {
            text: text.into(),
            is_printable: false,
        }
    }
}

impl FieldError {
    /// What is wrong, in the service's words. It may repeat what was sent, so it can hold personal data.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The field it is about, if the service named one: `email`.
    pub fn field(&self) -> Option<&str> {
        self.field.as_ref().map(|name| &*name.text)
    }

    /// Whether another one is about the same field: all that is said of one shares its name.
    fn has_name_of(&self, other: &Self) -> bool {
        match (&self.field, &other.field) {
            (Some(name), Some(other)) => Arc::ptr_eq(&name.text, &other.text),
            _ => false,
        }
    }

    /// The field, if it can be printed.
    pub(crate) fn printable_field(&self) -> Option<&str> {
        let name = self.field.as_ref().filter(|name| name.is_printable);
        name.map(|name| &*name.text)
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
    /// The content coding in which its reasons were not read.
    pub(crate) foreign_coding: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) field_errors: Vec<FieldError>,
    /// Whether the message or a field error holds the credential.
    pub(crate) repeats_credential: bool,
    /// Query parameters that the service does not know.
    pub(crate) unknown_parameters: Vec<String>,
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
        let plain_text = plain_text(headers, body);
        let body = serde_json::from_str(&repair::body(body)).unwrap_or(Value::Null);
        let field_errors = body.get("errors").map(field_errors).unwrap_or_default();
        let mut field_errors = field_errors;
        let message = message(&body).or(plain_text);
        let repeats_credential = judge(&mut field_errors, message.as_deref(), credential);
        Self {
            status,
            request_id: printable::request_id(headers, credential),
            retry_after: retry_after(headers),
            unreadable_wait: is_unreadable(headers),
            received: Utc::now(),
            estimate: None,
            foreign_coding: None,
            message,
            repeats_credential,
            unknown_parameters: Vec::new(),
            field_errors,
            conventions,
            renewed: false,
        }
        .with_unknown_parameters(credential)
    }

    /// Finds the names of query parameters that the service does not know: what follows the words of the conventions, as
    /// far as it can be printed.
    fn with_unknown_parameters(mut self, secrets: &impl Secrets) -> Self {
        if self.status == StatusCode::UNPROCESSABLE_ENTITY {
            let errors = self.field_errors.iter().map(FieldError::message);
            let texts = self.message.as_deref().into_iter().chain(errors);
            let names = texts.flat_map(|text| self.conventions.unknown_parameters(text));
            // Few are compared, and none where the texts that they are parts of hold no credential.
            let names = names.filter(|name| printable::has_form_of_field(name));
            let names = names.take(MOST_PARAMETERS);
            let names = names.filter(|name| !self.repeats_credential || !secrets.is_in(name));
            self.unknown_parameters = names.map(str::to_owned).collect();
        }
        self
    }

    /// The pause for which the service asks.
    pub(crate) fn asked_for(&self) -> Option<AskedFor> {
        let wait = self.retry_after?;
        Some(match self.status {
            StatusCode::TOO_MANY_REQUESTS => AskedFor::of_limit(wait, self.received),
            _ => AskedFor::new(wait, self.received),
        })
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

/// Says which names can be printed, and whether the credential is in any text of an answer. There can be many texts, and many
/// tokens, so that all texts are searched together; where it is in a name, a few of them are judged each, and no more of them printed.
fn judge(errors: &mut [FieldError], message: Option<&str>, credential: &impl Secrets) -> bool {
    // No secret has a line break.
    let joined = |texts: &mut dyn Iterator<Item = &str>| {
        texts.fold(String::new(), |all, text| all + text + "\n")
    };
    let names = errors.chunk_by(FieldError::has_name_of);
    let names = joined(&mut names.filter_map(|of_one| of_one.first()?.field()));
    let messages = joined(&mut errors.iter().map(FieldError::message).chain(message));
    let is_in_names = credential.is_in(&names);
    let mut left = MOST_JUDGED;
    for of_one in errors.chunk_by_mut(FieldError::has_name_of) {
        let Some(name) = of_one.first().and_then(FieldError::field) else {
            continue;
        };
        let is_clean = !is_in_names || left > 0 && !credential.is_in(name);
        left = left.saturating_sub(1);
        let is_printable = is_clean && printable::has_form_of_field(name);
        for name in of_one.iter_mut().filter_map(|error| error.field.as_mut()) {
            name.is_printable = is_printable;
        }
    }
    is_in_names || credential.is_in(&messages)
}

/// A body that the service calls plain text, if it is not too long for a message.
fn plain_text(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let media_type = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let media_type = media_type.split(';').next()?.trim();
    let text = std::str::from_utf8(body).ok()?.trim();
    let fits = (1..=LONGEST_TEXT).contains(&text.len());
    (fits && media_type.eq_ignore_ascii_case("text/plain")).then(|| text.to_owned())
}

impl Conventions {
    /// The names that follow the words for unknown parameters.
    fn unknown_parameters<'a>(&self, text: &'a str) -> impl Iterator<Item = &'a str> + use<'a> {
        // In ASCII, so that places in one are places in the other.
        let lower = text.to_ascii_lowercase();
        let mut places = self
            .unknown_parameter
            .iter()
            .filter_map(|words| Some(lower.find(words)? + words.len()));
        let names = places.next().and_then(|at| text.get(at..)).unwrap_or("");
        let separators = |c: char| c == ',' || c == '"' || c == '\'' || c.is_whitespace();
        names.split(separators).filter(|name| !name.is_empty())
    }
}

/// `message`, or what OAuth (RFC 6749) has in its place.
pub(crate) fn message(body: &Value) -> Option<String> {
    ["message", "error_description", "error"]
        .into_iter()
        .find_map(|key| body.get(key)?.as_str())
        .map(str::to_owned)
}

/// `errors` is documented as `[{"message": …, "field": …}]`, or comes as a text. Rails services also send `["…"]` and
/// `{"field": ["…"]}`. No name can be printed until it is judged.
pub(crate) fn field_errors(errors: &Value) -> Vec<FieldError> {
    let mut found = Vec::new();
    match errors {
        Value::Array(errors) => {
            let errors = errors.iter().take(MOST_FIELD_ERRORS);
            found.extend(errors.filter_map(|error| field_error(error, None)));
        }
        Value::Object(fields) => {
            for (field, errors) in fields {
                let left = MOST_FIELD_ERRORS - found.len();
                if left == 0 {
                    break;
                }
                let of = Name::new(field);
                let errors = errors
                    .as_array()
                    .map_or(std::slice::from_ref(errors), Vec::as_slice);
                let errors = errors.iter().take(left);
                found.extend(errors.filter_map(|error| field_error(error, Some(&of))));
            }
        }
        error => found.extend(field_error(error, None)),
    }
    found
}

fn field_error(error: &Value, field: Option<&Name>) -> Option<FieldError> {
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
        field: own_field.map(Name::new).or_else(|| field.cloned()),
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
            &crate::secret::Secret::for_tests(),
            &Conventions::DEFAULT,
        );
        let errors = answer
            .field_errors
            .into_iter()
            .map(|error| {
                let field = error.field().map(str::to_owned);
                (error.message, field)
            })
            .collect();
        (answer.message, errors)
    }

    #[test]
    fn plain_texts_and_unknown_parameters() {
        const CONVENTIONS: &Conventions = &Conventions {
            unknown_parameter: &["invalid query params:"],
            ..Conventions::DEFAULT
        };
        let read = |media_type: &'static str, body: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, http::HeaderValue::from_static(media_type));
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            let secret = crate::secret::Secret::for_tests();
            let answer = ErrorAnswer::read(status, &headers, body.as_bytes(), &secret, CONVENTIONS);
            (answer.message, answer.unknown_parameters)
        };
        let (message, _) = read("text/plain; charset=utf-8", "Retry later\n");
        assert_eq!(message.as_deref(), Some("Retry later"));
        assert_eq!(read("text/html", "<html>").0, None);
        assert_eq!(read("text/plain", &"x".repeat(5000)).0, None);
        for (body, names) in [
            (
                r#"{"message":"Invalid query params: job_ids, updated_after"}"#,
                &["job_ids", "updated_after"][..],
            ),
            (
                r#"{"errors":"Invalid query params: job_ids"}"#,
                &["job_ids"],
            ),
            // Names that could be those of people are not kept.
            (r#"{"message":"Invalid query params: Jane Doe"}"#, &[]),
            (r#"{"message":"job_ids is invalid"}"#, &[]),
        ] {
            assert_eq!(read("application/json", body).1, names, "{body}");
        }
    }

    #[test]
    fn many_reasons_share_the_name_of_their_field_and_are_bounded() {
        let reasons = vec![""; 2 * MOST_FIELD_ERRORS];
        let field = "a".repeat(30_000);
        let body = serde_json::json!({ "errors": { field: reasons } });
        let errors = field_errors(&body["errors"]);
        assert_eq!(errors.len(), MOST_FIELD_ERRORS);
        let name = |error: &FieldError| error.field().unwrap().as_ptr();
        assert!(errors.iter().all(|error| name(error) == name(&errors[0])));
    }

    /// Counts how much it was asked to search.
    struct Counting(std::cell::Cell<(usize, usize)>, &'static str);

    impl Secrets for Counting {
        fn is_in_lowercase(&self, text: &str) -> bool {
            let (searches, bytes) = self.0.get();
            self.0.set((searches + 1, bytes + text.len()));
            text.contains(self.1)
        }
    }

    #[test]
    fn a_refusal_is_searched_as_a_whole() {
        let bodies: [fn(usize) -> String; 3] = [
            |n| format!(r#""f{n:05}":1"#),
            |n| format!(r#""f{n:05}":["m"]"#),
            |n| format!(r#""f{n:05}":[{{"message":"invalid query params: a","field":"g"}}]"#),
        ];
        for of in bodies {
            let fields: Vec<_> = (0..8_000).map(of).collect();
            let body = format!(r#"{{"errors":{{{}}}}}"#, fields.join(","));
            for (secret, is_in) in [("f00007", true), ("f07000", false), ("other", false)] {
                let secret = Counting(std::cell::Cell::default(), secret);
                let (status, headers) = (StatusCode::UNPROCESSABLE_ENTITY, HeaderMap::new());
                let answer = ErrorAnswer::read(
                    status,
                    &headers,
                    body.as_bytes(),
                    &secret,
                    &Conventions::DEFAULT,
                );
                let (searches, bytes) = secret.0.get();
                assert!(
                    searches <= 2 + MOST_JUDGED + MOST_PARAMETERS && bytes <= body.len() + 2_000,
                    "{searches}, {bytes}"
                );
                let own = !answer.field_errors.is_empty() && of(0).contains("[\"m");
                // What is not kept is not looked at.
                assert_eq!(answer.repeats_credential, is_in && own);
                let names = answer.field_errors.iter().map(FieldError::printable_field);
                let most = if answer.repeats_credential {
                    MOST_JUDGED - 1
                } else {
                    MOST_FIELD_ERRORS
                };
                let printed = names.flatten().filter(|name| !name.contains(secret.1));
                assert_eq!(printed.count(), most.min(answer.field_errors.len()));
            }
        }
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
            (r#"{"errors":"e"}"#, None, one("e", None)),
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
