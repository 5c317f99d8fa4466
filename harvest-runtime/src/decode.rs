//! How the body of a success becomes a value.
//!
//! Each function takes the status and the body, so that [`Request::send`](crate::Request::send) can call any of them.

use std::fmt::{self, Write as _};

use http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

use crate::UnknownValue;

/// Decodes JSON.
///
/// ```
/// use harvest_runtime::{decode, reqwest::StatusCode};
///
/// let ids = decode::json::<Vec<i64>>(StatusCode::OK, b"[1, 2]")?;
/// assert_eq!(ids, [1, 2]);
///
/// let error = decode::json::<Vec<i64>>(StatusCode::OK, br#"[1, "Jane"]"#).unwrap_err();
/// assert_eq!(error.to_string(), "at [1]: found a string, expected i64 (line 1, column 10)");
/// # Ok::<(), decode::DecodeError>(())
/// ```
///
/// # Errors
///
/// If the body is not JSON, or is of another shape than `T`.
pub fn json<T: DeserializeOwned>(_: StatusCode, body: &[u8]) -> Result<T, DecodeError> {
    // Keeping track of the path costs time, so it is only done when there is something to tell.
    serde_json::from_slice(body).map_err(|error| explain::<T>(body, &error))
}

/// Decodes JSON where there may be nothing: 204, 205, an empty body and `null` are `None`.
///
/// ```
/// use harvest_runtime::{decode, reqwest::StatusCode};
///
/// assert_eq!(decode::optional::<i64>(StatusCode::OK, b"5")?, Some(5));
/// assert_eq!(decode::optional::<i64>(StatusCode::NO_CONTENT, b"")?, None);
/// # Ok::<(), decode::DecodeError>(())
/// ```
///
/// # Errors
///
/// If there is a body that is not JSON, or is of another shape than `T`.
pub fn optional<T: DeserializeOwned>(
    status: StatusCode,
    body: &[u8],
) -> Result<Option<T>, DecodeError> {
    let nothing = matches!(status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT);
    if nothing || body.trim_ascii().is_empty() {
        Ok(None)
    } else {
        json(status, body)
    }
}

/// Decodes JSON, and an empty body as if it were `null`: for a caller who says by `T` whether there may be none.
pub(crate) fn nothing_is_null<T: DeserializeOwned>(
    status: StatusCode,
    body: &[u8],
) -> Result<T, DecodeError> {
    let is_empty = body.trim_ascii().is_empty();
    json(status, if is_empty { b"null" } else { body })
}

/// Ignores the body, where none is documented.
///
/// # Errors
///
/// Never; it returns a `Result` to fit [`Request::send`](crate::Request::send).
pub fn empty(_: StatusCode, _: &[u8]) -> Result<(), DecodeError> {
    Ok(())
}

/// Keeps the body as it came, whatever it is: for a success that the description does not have.
///
/// # Errors
///
/// If there is a body that is not JSON.
pub fn unknown(status: StatusCode, body: &[u8]) -> Result<UnknownValue, DecodeError> {
    optional(status, body).map(Option::unwrap_or_default)
}

fn explain<T: DeserializeOwned>(body: &[u8], first: &serde_json::Error) -> DecodeError {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
        Err(error) => DecodeError::new(printable_path(error.path()), body, error.inner()),
        // Something follows the value, which only the first attempt looks at.
        Ok(_) => DecodeError::new(String::new(), body, first),
    }
}

/// A success whose body is not what the model says: where it differs, and how. Never what it says instead.
///
/// ```
/// # use harvest_runtime::{decode, reqwest::StatusCode};
/// let error = decode::json::<i64>(StatusCode::OK, b"<html>").unwrap_err();
/// assert_eq!(error.to_string(), "it is not JSON (line 1, column 1)");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Details>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Details {
    /// Empty at the root.
    path: String,
    reason: String,
    line: usize,
    column: usize,
}

impl DecodeError {
    fn new(path: String, body: &[u8], error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let reason = match error.classify() {
            _ if body.trim_ascii().is_empty() => "it is empty".to_owned(),
            Category::Eof => "it ends in the middle".to_owned(),
            Category::Syntax | Category::Io => "it is not JSON".to_owned(),
            Category::Data => printable_reason(&error.to_string()),
        };
        // A path into something that is not JSON would lead nowhere.
        let path = if error.is_data() { path } else { String::new() };
        Self(Box::new(Details {
            path,
            reason,
            line,
            column,
        }))
    }

    /// Where in the answer: `[3].emails[0].type`. `None` at its root, or if it is not JSON.
    pub fn path(&self) -> Option<&str> {
        Some(self.0.path.as_str()).filter(|path| !path.is_empty())
    }

    /// The line of the body, counted from 1; 0 if it is not known.
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// The column in the line, counted from 1 in bytes; 0 at the start of a line.
    pub fn column(&self) -> usize {
        self.0.column
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = self.path() {
            write!(f, "at {path}: ")?;
        }
        let Details {
            reason,
            line,
            column,
            ..
        } = &*self.0;
        match line {
            0 => f.write_str(reason),
            _ => write!(f, "{reason} (line {line}, column {column})"),
        }
    }
}

impl std::error::Error for DecodeError {}

fn printable_path(path: &Path) -> String {
    let mut text = String::new();
    for segment in path {
        let key = match segment {
            Segment::Seq { index } => {
                // Writing to a string cannot fail.
                let _ = write!(text, "[{index}]");
                continue;
            }
            Segment::Map { key } => key.as_str(),
            Segment::Enum { variant } => variant.as_str(),
            Segment::Unknown => "?",
        };
        if !text.is_empty() {
            text.push('.');
        }
        text.push_str(if is_property(key) { key } else { "?" });
    }
    text
}

/// Whether a key is the name of a property, as the API writes them, rather than data (the keys of a map can be names
/// or addresses).
fn is_property(key: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    (1..=64).contains(&key.len()) && key.bytes().all(plain)
}

/// What serde says is wrong, without the value that it mostly repeats (``invalid type: string "Jane", expected i64``).
/// Only texts of a known form get through, and of these only the parts that come from the model.
fn printable_reason(message: &str) -> String {
    let quoted = |message: &str| {
        let name = message.split('`').nth(1)?;
        is_property(name).then(|| name.to_owned())
    };
    if message.starts_with("missing field `") {
        return quoted(message).map_or_else(
            || "a property is missing".to_owned(),
            |name| format!("the property {name} is missing"),
        );
    }
    if message.starts_with("duplicate field `") {
        return "a property is there twice".to_owned();
    }
    let found = ["invalid type: ", "invalid value: ", "invalid length "]
        .into_iter()
        .find_map(|prefix| message.strip_prefix(prefix));
    if let Some(found) = found {
        let kind = match found.split([' ', ',']).next().unwrap_or_default() {
            "null" | "unit" => "null",
            "boolean" => "a boolean",
            "integer" => "an integer",
            "floating" => "a number",
            "string" | "character" => "a string",
            "sequence" => "an array",
            "map" => "an object",
            _ => "something else",
        };
        // What is expected stands last, and comes from the model; the value before it may contain the same words.
        let expected = found
            .rsplit_once(", expected ")
            .map(|(_, expected)| expected.split(" at line ").next().unwrap_or_default())
            .filter(|expected| expected.len() <= 80 && !expected.contains('"'));
        return match expected {
            Some(expected) => format!("found {kind}, expected {expected}"),
            None => format!("found {kind}"),
        };
    }
    if message.starts_with("data did not match any variant") {
        return "it matches none of the documented forms".to_owned();
    }
    "it is not as documented".to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only decoded")]
    struct User {
        id: i64,
        emails: Option<Vec<Email>>,
        custom_fields: Option<BTreeMap<String, i64>>,
        kind: Option<Kind>,
        either: Option<Either>,
        ratio: Option<f64>,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only decoded")]
    struct Email {
        value: String,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Known,
    }

    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    #[expect(dead_code, reason = "only decoded")]
    enum Either {
        Number(i64),
        Flag(bool),
    }

    #[test]
    fn where_and_how_but_never_what() {
        for (body, path, text) in [
            (
                r#"[{"id":"Jane"}]"#,
                Some("[0].id"),
                "at [0].id: found a string, expected i64",
            ),
            (
                r#"[{"id":1.5}]"#,
                Some("[0].id"),
                "at [0].id: found a number, expected i64",
            ),
            (
                r#"[{"id":null}]"#,
                Some("[0].id"),
                "at [0].id: found null, expected i64",
            ),
            (
                r#"[{"id":true}]"#,
                Some("[0].id"),
                "at [0].id: found a boolean, expected i64",
            ),
            (
                r#"[{"id":["Jane"]}]"#,
                Some("[0].id"),
                "at [0].id: found an array, expected i64",
            ),
            (
                r#"[{"id":{"Jane":1}}]"#,
                Some("[0].id"),
                "at [0].id: found an object, expected i64",
            ),
            (
                r#"[{"id":"Jane, expected Jane at line 3"}]"#,
                Some("[0].id"),
                "at [0].id: found a string, expected i64",
            ),
            (
                r#"[{"id":1},{"Jane":2}]"#,
                Some("[1]"),
                "at [1]: the property id is missing",
            ),
            (
                r#"[{"id":1,"id":2}]"#,
                Some("[0]"),
                "at [0]: a property is there twice",
            ),
            (
                r#"[{"id":1,"emails":[{"value":17}]}]"#,
                Some("[0].emails[0].value"),
                "at [0].emails[0].value: found an integer, expected a string",
            ),
            (
                r#"[{"id":1,"custom_fields":{"Jane":"Jane"}}]"#,
                Some("[0].custom_fields.?"),
                "at [0].custom_fields.?: found a string, expected i64",
            ),
            (
                r#"[{"id":1,"kind":"Jane"}]"#,
                Some("[0].kind"),
                "at [0].kind: it is not as documented",
            ),
            (
                r#"[{"id":1,"either":"Jane"}]"#,
                Some("[0].either"),
                "at [0].either: it matches none of the documented forms",
            ),
            (
                r#"{"Jane":1}"#,
                None,
                "found an object, expected a sequence",
            ),
            (r#"[{"id":1}] "Jane""#, None, "it is not JSON"),
            (r#"[{"id":1},{"na"#, None, "it ends in the middle"),
            ("<html>Jane</html>", None, "it is not JSON"),
            ("", None, "it is empty"),
            (" \n", None, "it is empty"),
        ] {
            let error = json::<Vec<User>>(StatusCode::OK, body.as_bytes()).unwrap_err();
            assert_eq!(error.path(), path, "{body}");
            assert!(error.to_string().starts_with(text), "{body}: {error}");
            assert!(!format!("{error} {error:?}").contains("Jane"), "{error:?}");
        }
    }

    #[test]
    fn messages_of_unknown_form_do_not_get_through() {
        for message in [
            "Jane",
            "unknown field `jane`, expected `id`",
            "unknown variant `jane`, expected one of `a`",
            "missing field `Jane Doe`",
            "invalid type: Jane",
            "invalid type: Jane, expected \"Jane\"",
        ] {
            assert!(
                !printable_reason(message).to_lowercase().contains("jane"),
                "{message}"
            );
        }
    }

    #[test]
    fn nothing() {
        for (status, body, value) in [
            (StatusCode::NO_CONTENT, "", None),
            (StatusCode::RESET_CONTENT, "?", None),
            (StatusCode::OK, "", None),
            (StatusCode::OK, " ", None),
            (StatusCode::OK, "null", None),
            (StatusCode::OK, "5", Some(5)),
        ] {
            assert_eq!(optional::<i64>(status, body.as_bytes()), Ok(value));
        }
        assert!(optional::<i64>(StatusCode::OK, b"x").is_err());
        assert_eq!(empty(StatusCode::OK, b"<html>"), Ok(()));
    }
}
