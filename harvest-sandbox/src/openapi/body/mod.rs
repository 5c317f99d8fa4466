//! The body of a request.

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, StatusCode};

use crate::http::is_json;
use crate::http::overlooked::Overlooked;
use crate::http::reply::{FieldError, Reply};
use crate::json::{Map, Value};
use crate::openapi::source::{Read, Source, flag, object};
use crate::refusal::Refusal;
use parse::parse;
use schema::Schema;

mod forgive;
mod instance;
mod parse;
mod schema;
mod shape;
mod size;
mod unknown;
mod violation;

/// What an operation takes as a body.
#[derive(Debug)]
pub(crate) enum BodyRule {
    /// None is documented.
    Nothing,
    Json {
        required: bool,
        schema: Schema,
    },
    /// Something that is passed through unread.
    Other {
        required: bool,
        media_types: Vec<String>,
    },
}

impl BodyRule {
    pub(crate) fn read<'a>(source: Source<'a>, operation: &'a Value) -> Read<Self> {
        let Some(body) = operation.get("requestBody") else {
            return Ok(Self::Nothing);
        };
        let body = source.resolve(body)?;
        let required = flag(body, "required")?;
        let content = object(body, "content")?.ok_or("the request body has no `content`")?;
        let Some((_, media)) = content.iter().find(|(name, _)| is_json(name)) else {
            return Ok(Self::Other {
                required,
                media_types: content
                    .keys()
                    .map(|name| name.to_ascii_lowercase())
                    .collect(),
            });
        };
        let anything = Value::Object(Map::new());
        let schema = Schema::read(source, media.get("schema").unwrap_or(&anything))
            .map_err(|problem| format!("the request body: {problem}"))?;
        Ok(Self::Json { required, schema })
    }

    /// Whether the content of a file can be in it, so that it may be long.
    pub(crate) fn holds_file(&self) -> bool {
        match self {
            Self::Nothing => false,
            Self::Json { schema, .. } => schema.holds_file(),
            Self::Other { .. } => true,
        }
    }

    /// Whether a secret can be in it, so that it is not kept.
    pub(crate) fn holds_secret(&self) -> bool {
        match self {
            Self::Nothing | Self::Other { .. } => false,
            Self::Json { schema, .. } => schema.holds_secret(),
        }
    }

    /// The body as JSON, `None` if there is none; or why it is refused. What is overlooked is not in it.
    pub(crate) fn check(
        &self,
        method: &Method,
        headers: &HeaderMap,
        body: &[u8],
        overlooked: &mut Overlooked,
    ) -> Result<Option<Value>, Refusal> {
        if body.is_empty() || body.iter().all(u8::is_ascii_whitespace) {
            return match self {
                Self::Json { required: true, .. } | Self::Other { required: true, .. } => {
                    Err(whole("Missing request body"))
                }
                _ => Ok(None),
            };
        }
        if method == Method::GET {
            return Err(Reply::message(
                StatusCode::FORBIDDEN,
                "A GET request must not have a body",
            )
            .into());
        }
        match self {
            // Clients that send `{}` with everything that isn't a GET say no more than those that send nothing.
            Self::Nothing => match parse(body) {
                Ok(Value::Object(map)) if map.is_empty() => Ok(None),
                _ => Err(whole("This request takes no body")),
            },
            Self::Json { schema, .. } => {
                let json = |given: &str| is_json(given) || is_undeclared(given);
                check_content_type(headers, json, "application/json")?;
                // 422 and not 400: that is the status documented for bodies, so the one a client is ready for.
                let mut value = parse(body).map_err(whole)?;
                schema.check(&mut value, overlooked).check()?;
                Ok(Some(value))
            }
            Self::Other { media_types, .. } => {
                let documented = |given: &str| {
                    let essence = given
                        .split(';')
                        .next()
                        .unwrap_or_default()
                        .trim()
                        .to_ascii_lowercase();
                    media_types.contains(&essence)
                };
                check_content_type(headers, documented, &media_types.join(" or "))?;
                Ok(None)
            }
        }
    }
}

/// 422 and not 415, for the same reason.
fn check_content_type(
    headers: &HeaderMap,
    is_right: impl Fn(&str) -> bool,
    right: &str,
) -> Result<(), Refusal> {
    let given = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    if is_right(given.unwrap_or_default()) {
        return Ok(());
    }
    let error = FieldError::new(
        "Content-Type",
        format!("The content type of the body must be {right}"),
    );
    Err(Reply::invalid_request(&[error]).into())
}

/// Nothing, or what HTTP libraries put there of their own accord. The service was seen to take JSON under such a name:
/// Greenhouse's own client for Ruby sends it so.
fn is_undeclared(content_type: &str) -> bool {
    ["", "application/x-www-form-urlencoded"].contains(&content_type)
}

fn whole(message: impl Into<String>) -> Refusal {
    Reply::invalid_body(&[FieldError::whole(message)]).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::overlooked::Tolerance;
    use crate::json::json;

    fn rule(body: &Value) -> BodyRule {
        let root = json!({ "requestBody": body });
        BodyRule::read(Source::new(&root), &root).unwrap()
    }

    fn note() -> BodyRule {
        rule(
            &json!({"required": true, "content": {"application/json": {"schema":
            {"type": "object", "required": ["body"],
                "properties": {"body": {"type": "string"}}}}}}),
        )
    }

    fn check(rule: &BodyRule, method: &Method, content_type: &str, body: &str) -> (u16, Value) {
        let mut headers = HeaderMap::new();
        if !content_type.is_empty() {
            headers.insert(CONTENT_TYPE, content_type.parse().unwrap());
        }
        let mut strict = Overlooked::within(Tolerance::Strict);
        match rule.check(method, &headers, body.as_bytes(), &mut strict) {
            Ok(value) => (200, value.unwrap_or_default()),
            Err(refusal) => {
                let reply = refusal.into_reply();
                let body = serde_json::from_slice(&reply.body).unwrap();
                (reply.status.as_u16(), body)
            }
        }
    }

    #[test]
    fn a_good_body_is_handed_on() {
        for content_type in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "application/vnd.api+json",
            "application/x-www-form-urlencoded",
            "",
        ] {
            let (status, body) = check(&note(), &Method::POST, content_type, r#" {"body": "x"} "#);
            assert_eq!((status, body), (200, json!({"body": "x"})));
        }
    }

    #[test]
    fn a_missing_field_is_answered_as_observed() {
        let (status, body) = check(&note(), &Method::POST, "application/json", "{}");
        assert_eq!(status, 422);
        assert_eq!(
            body,
            json!({"errors": [{"message": "Missing required field: body", "field": "body"}]})
        );
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for broken in ["{", "nul", "{\"body\": \"x\"} x", "\u{feff}{}"] {
            let (status, body) = check(&note(), &Method::POST, "application/json", broken);
            assert_eq!(status, 422);
            assert!(
                body["errors"][0]["message"]
                    .as_str()
                    .unwrap()
                    .contains("not JSON"),
                "{body}"
            );
        }
        let deep = "[".repeat(100_000);
        assert_eq!(
            check(&note(), &Method::POST, "application/json", &deep).0,
            422
        );
        for content_type in ["text/plain", "application/xml"] {
            let (status, body) = check(&note(), &Method::POST, content_type, r#"{"body": "x"}"#);
            assert_eq!(
                (status, &body["errors"][0]["field"]),
                (422, &json!("Content-Type"))
            );
        }
    }

    #[test]
    fn a_required_body_has_to_be_there() {
        for empty in ["", " \n"] {
            assert_eq!(
                check(&note(), &Method::POST, "application/json", empty).0,
                422
            );
        }
        let optional = rule(&json!({"content": {"application/json": {}}}));
        assert_eq!(check(&optional, &Method::POST, "", "").0, 200);
        assert_eq!(
            check(&optional, &Method::POST, "application/json", "[1]").0,
            200
        );
    }

    #[test]
    fn where_no_body_is_documented() {
        let root = json!({});
        let nothing = BodyRule::read(Source::new(&root), &root).unwrap();
        assert_eq!(check(&nothing, &Method::PUT, "", "").0, 200);
        assert_eq!(
            check(&nothing, &Method::PUT, "application/json", "{ }").0,
            200
        );
        for body in [r#"{"a": 1}"#, "[]", "x"] {
            assert_eq!(
                check(&nothing, &Method::DELETE, "application/json", body).0,
                422
            );
        }
        assert_eq!(check(&nothing, &Method::GET, "", "").0, 200);
        assert_eq!(
            check(&nothing, &Method::GET, "application/json", "{}").0,
            403
        );
    }

    #[test]
    fn other_contents_pass_unread() {
        let csv = rule(&json!({"required": true, "content": {"text/csv": {}}}));
        assert_eq!(
            check(&csv, &Method::POST, "text/csv; header=present", "a,b").0,
            200
        );
        assert_eq!(check(&csv, &Method::POST, "application/json", "{}").0, 422);
        assert_eq!(check(&csv, &Method::POST, "text/csv", "").0, 422);
    }
}
