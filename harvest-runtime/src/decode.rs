//! Decoding of the body of a success.
//!
//! Each function takes the status and the body, so that [`Request::send`](crate::Request::send) can call any of them.

mod error;
mod place;
mod reason;

use http::StatusCode;
use serde::de::{DeserializeOwned, IgnoredAny};

pub use self::error::DecodeError;
use crate::json::{careful, notes, repair};
use crate::{List, UnknownValue};

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
/// What is nearly JSON is repaired first: a byte order mark, bytes that are no UTF-8, half a surrogate pair and control
/// characters cost one text, and not the answer.
///
/// # Errors
///
/// If the body is not JSON, or is of another shape than `T`.
pub fn json<T: DeserializeOwned>(_: StatusCode, body: &[u8]) -> Result<T, DecodeError> {
    // Looking at each value as it is written costs time, so it is only done where it makes a difference.
    match quick(body) {
        Quick::Exact(value) => Ok(value),
        // One value at a time: both would take twice the memory.
        Quick::Rounded => thorough(body).or_else(|error| quick_or_rounded(body).ok_or(error)),
        Quick::Failed => thorough(body),
    }
}

enum Quick<T> {
    Exact(T),
    /// A number came where something else was expected, and may have had more digits.
    Rounded,
    Failed,
}

fn quick<T: DeserializeOwned>(body: &[u8]) -> Quick<T> {
    match notes::watch(|| quick_or_rounded(body)) {
        (Some(_), notes) if notes.rounded => Quick::Rounded,
        (Some(value), _) => Quick::Exact(value),
        (None, _) => Quick::Failed,
    }
}

fn quick_or_rounded<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let body = body.strip_prefix(repair::MARK).unwrap_or(body);
    serde_json::from_str(str::from_utf8(body).ok()?).ok()
}

#[cold]
fn thorough<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    let text = repair::body(body);
    careful::from_str(&text).map_err(|failure| DecodeError::new(&text, failure))
}

/// Decodes a page of a list.
///
/// # Errors
///
/// If the body is no JSON array, or a record in it is no `T`.
pub(crate) fn page<T: DeserializeOwned>(
    status: StatusCode,
    body: &[u8],
) -> Result<List<T>, DecodeError> {
    let list = json::<List<T>>(status, body).map_err(DecodeError::of_list)?;
    match list.first_unread() {
        None => Ok(list),
        Some((place, record)) => Err(match json::<T>(status, record.text().as_bytes()) {
            Err(error) => error.within(place),
            Ok(_) => DecodeError::unread(place),
        }
        .of_list()),
    }
}

/// Why a body is no page of a list, where it begins none.
pub(crate) fn not_a_list(body: &[u8]) -> DecodeError {
    let body = repair::body(body);
    match careful::from_str::<List<IgnoredAny>>(&body) {
        Err(failure) => DecodeError::new(&body, failure),
        Ok(_) => DecodeError::unread(0),
    }
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

#[cfg(test)]
mod tests {
    use std::cell::Cell;
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

    thread_local! {
        /// How many values there are, and were at the most.
        static LIVE: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
    }

    /// A value whose digits may have been rounded.
    struct Live;

    impl<'de> Deserialize<'de> for Live {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            IgnoredAny::deserialize(deserializer)?;
            notes::rounded();
            let (now, most) = LIVE.get();
            LIVE.set((now + 1, most.max(now + 1)));
            Ok(Self)
        }
    }

    impl Drop for Live {
        fn drop(&mut self) {
            let (now, most) = LIVE.get();
            LIVE.set((now - 1, most));
        }
    }

    #[test]
    fn one_value_is_held_at_a_time() {
        let values = json::<Vec<Live>>(StatusCode::OK, b"[1.5, 2.5, 3.5]").unwrap();
        assert_eq!((values.len(), LIVE.get()), (3, (3, 3)));
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
                !reason::printable(message).to_lowercase().contains("jane"),
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
