//! Answers of a token service: the tokens in them, or what is wrong with them.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use http::StatusCode;
use http::header::{DATE, HeaderMap};
use secrecy::SecretString;
use serde_json::Value;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::{AccessToken, Asked, Failure};
use crate::answer_body::{self, Beginning, Unread};
use crate::retry_after::http_date;
use crate::transient::passes;

/// More than any token or error takes, in bytes.
const LONGEST: u64 = 64 * 1024;
/// The codes of RFC 6749, section 5.2.
const CODES: [&str; 6] = [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
];

/// The tokens of one answer.
pub(super) struct Issued {
    pub(super) access: AccessToken,
    pub(super) refresh: Option<SecretString>,
}

/// Reads the rest of an answer, and takes the tokens out of it.
pub(super) async fn read(
    incoming: reqwest::Response,
    status: StatusCode,
    mut headers: HeaderMap,
    asked: Asked,
) -> Result<Issued, Failure> {
    if status.is_success() {
        let body = answer_body::read(incoming, &mut headers, LONGEST).await;
        let body = body.map_err(unread)?;
        answer_body::check_values(&body, LONGEST).map_err(unread)?;
        issued(&headers, &body).map_err(Failure::Unusable)
    } else {
        // If it breaks off, the status is still worth more than a broken connection.
        let until = answer_body::reasons_until(status, None);
        let body = answer_body::read_beginning(incoming, &headers, LONGEST, until).await;
        Err(refusal(status, body, asked))
    }
}

fn unread(reason: Unread) -> Failure {
    Failure::Unusable(match reason {
        Unread::Transport(error) => return Failure::Transport(error.without_url()),
        Unread::TooManyValues { .. } | Unread::TooMuchToHold { .. } => {
            "has more objects and lists in it than a token takes; check ClientBuilder::token_url"
        }
        Unread::TooLarge { .. } => {
            "has more than 64 KiB and was not read, because no token takes so much; check \
             ClientBuilder::token_url"
        }
        Unread::Coding(name) => return Failure::Encoded(name),
        Unread::Damaged | Unread::TooManyMembers => {
            "is compressed, and damaged or incomplete; look for a proxy that does so"
        }
    })
}

/// The members of the object in an answer, as they are written: what is not used is not looked at.
struct Members<'a>(BTreeMap<String, &'a RawValue>);

impl<'a> Members<'a> {
    fn of(body: &'a [u8]) -> Result<Self, &'static str> {
        if body.trim_ascii().is_empty() {
            return Err("is empty; check ClientBuilder::token_url");
        }
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        // JSON in UTF-16 is full of zeros.
        let text = std::str::from_utf8(body).ok();
        let Some(text) = text.filter(|text| !text.contains('\0')) else {
            return Err("is not in UTF-8, as JSON has to be; check ClientBuilder::token_url");
        };
        let members = serde_json::from_str(text);
        members.map(Self).map_err(|error| match error.classify() {
            Category::Eof => "is JSON that breaks off; look for a proxy that cuts answers",
            Category::Data => "is JSON, but no object; check ClientBuilder::token_url",
            Category::Syntax | Category::Io => "is no JSON; check ClientBuilder::token_url",
        })
    }

    /// The value of a member. `None` for one that is not there, is null, or cannot be read: a number that is too large.
    fn get(&self, name: &str) -> Option<Value> {
        let value = serde_json::from_str(self.0.get(name)?.get()).ok()?;
        Some(value).filter(|value: &Value| !value.is_null())
    }

    fn text(&self, name: &str) -> Option<String> {
        match self.get(name)? {
            Value::String(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }
}

fn issued(headers: &HeaderMap, body: &[u8]) -> Result<Issued, &'static str> {
    let members = Members::of(body)?;
    Ok(Issued {
        access: token(headers, &members)?,
        refresh: members.text("refresh_token").map(SecretString::from),
    })
}

/// The token in an answer. The end of its life is measured by the clock of the answer, where it states one.
fn token(headers: &HeaderMap, members: &Members<'_>) -> Result<AccessToken, &'static str> {
    let text = members.text("access_token").ok_or_else(|| {
        if members.get("access_token").is_some() {
            "has an `access_token` that is empty or no text; check ClientBuilder::token_url"
        } else {
            "holds no `access_token`; check ClientBuilder::token_url"
        }
    })?;
    let kind = members.text("token_type");
    if kind.is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
        return Err("has a token that is no bearer token");
    }
    let mut token = AccessToken::new(text);
    token.lifetime = lifetime(headers, members);
    Ok(token)
}

/// The lifetime of a token. One that cannot be read is like one that is not stated: the token is good all the same, and
/// renewed once it is refused.
fn lifetime(headers: &HeaderMap, members: &Members<'_>) -> Option<Duration> {
    let in_seconds = members.get("expires_in").as_ref().and_then(seconds);
    in_seconds.or_else(|| {
        let end = members
            .get("expires_at")
            .or_else(|| members.get("expires"))?;
        let end = match end {
            Value::String(text) => DateTime::parse_from_rfc3339(&text).ok()?.to_utc(),
            end => DateTime::<Utc>::from_timestamp(end.as_i64()?, 0)?,
        };
        let now = http_date(headers, DATE).unwrap_or_else(Utc::now);
        Some((end - now).to_std().unwrap_or(Duration::ZERO))
    })
}

/// A number, or the text of one. What is negative has ended.
fn seconds(value: &Value) -> Option<Duration> {
    let number = value.as_f64().or_else(|| value.as_str()?.parse().ok())?;
    let number = Some(number).filter(|number| number.is_finite())?;
    Some(Duration::try_from_secs_f64(number.max(0.0)).unwrap_or(Duration::MAX))
}

fn refusal(status: StatusCode, body: Beginning, asked: Asked) -> Failure {
    let members = Members::of(&body.bytes).unwrap_or(Members(BTreeMap::new()));
    let error = members.text("error");
    // A service that is overloaded or broken says nothing of what it was asked for, whatever its body says.
    let code = error.as_deref().filter(|_| !passes(status));
    let code = code.and_then(|own| CODES.into_iter().find(|code| *code == own));
    let message = members.text("error_description");
    let message = message.or_else(|| members.text("message")).or(error);
    Failure::Refused {
        status,
        code,
        message,
        asked,
        foreign_coding: body.foreign_coding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISSUED: &str = r#""access_token":"t""#;

    fn at_noon() -> HeaderMap {
        let mut headers = HeaderMap::new();
        // Years behind: what counts is the clock of the service.
        let noon = "Mon, 02 Mar 2020 10:00:00 GMT".parse().unwrap();
        headers.insert(DATE, noon);
        headers
    }

    #[test]
    fn ends_of_tokens() {
        for (member, seconds) in [
            (r#""expires_in":3600"#, Some(3600)),
            (r#""expires_in":"3600""#, Some(3600)),
            (r#""expires_in":-5"#, Some(0)),
            (r#""expires_in":1e30"#, Some(u64::MAX)),
            (r#""expires_at":"2020-03-02T11:00:00Z""#, Some(3600)),
            (r#""expires":"2020-03-02T11:00:00Z""#, Some(3600)),
            (r#""expires_at":1583146800"#, Some(3600)),
            (r#""expires_at":"2020-03-02T09:00:00Z""#, Some(0)),
            (r#""expires_at":"tomorrow""#, None),
            (r#""expires_in":null"#, None),
            (r#""expires_in":1e400"#, None),
            (r#""expires_in":-1e400"#, None),
            (r#""expires_in":"1e400""#, None),
            (r#""expires_in":"NaN""#, None),
            (r#""expires_in":"an hour""#, None),
            (r#""expires_in":[3600]"#, None),
            (
                r#""expires_in":1e400,"expires_at":"2020-03-02T11:00:00Z""#,
                Some(3600),
            ),
            (r#""scope":null"#, None),
        ] {
            let body = format!("{{{ISSUED},{member}}}");
            let issued = issued(&at_noon(), body.as_bytes());
            let token = issued
                .map_err(|reason| format!("{body}: {reason}"))
                .unwrap();
            let found = token.access.lifetime.map(|it| it.as_secs());
            assert_eq!(found, seconds, "{body}");
        }
    }

    #[test]
    fn answers_without_a_token() {
        let utf_16: Vec<u8> = "{\"access_token\":\"t\"}"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (body, words) in [
            (&b""[..], "is empty"),
            (b" \r\n", "is empty"),
            (b"<html>", "is no JSON"),
            (b"access_token=t&token_type=bearer", "is no JSON"),
            (b"{\"access_token\":\"t\"} x", "is no JSON"),
            (b"{\"access_token\":\"t", "breaks off"),
            (b"{\"access_token\":\"\xe9\"}", "UTF-8"),
            (&[&b"\xff\xfe"[..], &utf_16].concat(), "UTF-8"),
            (&utf_16, "UTF-8"),
            (b"null", "no object"),
            (b"[]", "no object"),
            (b"{}", "holds no `access_token`"),
            (b"{\"access_token\":null}", "holds no `access_token`"),
            (b"{\"access_token\":5}", "empty or no text"),
            (b"{\"access_token\":\"\"}", "empty or no text"),
            (
                b"{\"access_token\":\"t\",\"token_type\":\"mac\"}",
                "no bearer token",
            ),
        ] {
            let reason = issued(&HeaderMap::new(), body).err();
            let reason = reason.unwrap_or_else(|| panic!("{body:?}"));
            assert!(reason.contains(words), "{body:?}: {reason}");
        }
        for body in [
            &b"{\"access_token\":\"t\"}"[..],
            b"\xef\xbb\xbf{\"access_token\":\"t\"}\n",
            b"{\"access_token\":\"t\",\"token_type\":null,\"scope\":1e999}",
            b"{\"access_token\":\"t\",\"token_type\":\"BEARER\"}",
        ] {
            assert!(issued(&HeaderMap::new(), body).is_ok());
        }
    }
}
