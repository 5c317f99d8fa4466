//! The details of a request, as an administrator sees them.
//!
//! They say more than [`LoggedRequest`](super::LoggedRequest): the path with the ids in it, whose key it was, who acted and
//! why it was refused. Queries and bodies may hold anything about anybody, so they are kept only while an administrator
//! wants them. No text is kept that is longer than 2 KB, or 32 KB of a body.

use std::sync::Arc;

use axum::http::{HeaderMap, StatusCode};
use chrono::Utc;

use crate::clock::{Moment, stamp};
use crate::domain::access::Credential;
use crate::http::Incoming;
use crate::http::cut::{LINE, cut};
use crate::http::notice::{LEFT_OUT, OVERLOOKED, notice};
use crate::http::reply::Reply;
use crate::json::Value;

/// The credential and the acting user of a request.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Caller {
    /// If it is one of the organization's.
    pub(crate) credential: Option<Credential>,
    /// Whether there is such a user or not.
    pub(crate) user_id: Option<i64>,
}

/// Longer bodies are cut off, in bytes.
const LONGEST: usize = 32 << 10;

/// One request in the request log of Dev Center.
pub(crate) struct Line {
    /// Counts all requests, from 1.
    pub(crate) number: u64,
    pub(crate) method: String,
    /// The status that was sent. None if the connection was cut, the client gave up, or there is no answer yet.
    pub(crate) status: Option<u16>,
    pub(crate) details: Details,
}

/// The part of a request that tests do not see.
#[derive(Clone)]
pub(crate) struct Details {
    pub(crate) at: Moment,
    /// As it was sent, without the query.
    pub(crate) path: String,
    /// The credential that came with it, if it is one of ours.
    pub(crate) credential: Option<Credential>,
    /// The user that its token acts for, or that it named in `On-Behalf-Of`, whether there is such a user or not.
    pub(crate) user_id: Option<i64>,
    /// Why it was refused.
    pub(crate) reason: Option<String>,
    /// The mistakes in it that were overlooked.
    pub(crate) overlooked: Option<String>,
    /// How many records were left out, and why.
    pub(crate) left_out: Option<String>,
    /// How long it took.
    pub(crate) milliseconds: Option<u128>,
    pub(crate) content: Option<Arc<Content>>,
    /// The status that the sandbox answered with, before faults.
    understood: Option<StatusCode>,
}

/// The query and the bodies of a request and of its answer.
pub(crate) struct Content {
    pub(crate) query: String,
    /// A line each, without the values of those that may hold a secret.
    pub(crate) headers: String,
    pub(crate) request: String,
    /// Whether path, query and body are there as they were sent, JSON apart from its spaces.
    pub(crate) is_whole: bool,
    pub(crate) answer_headers: String,
    pub(crate) answer: String,
}

impl Details {
    pub(super) fn new(path: &str) -> Self {
        Self {
            at: Utc::now(),
            path: cut(path, LINE),
            credential: None,
            user_id: None,
            reason: None,
            overlooked: None,
            left_out: None,
            milliseconds: None,
            content: None,
            understood: None,
        }
    }

    pub(super) fn understood(&mut self, reply: &Reply, caller: Caller) {
        let refused = reply.status.is_client_error() || reply.status.is_server_error();
        // It may name what the client sent, such as a property that is not known.
        let reason = refused.then(|| reply.words()).flatten();
        self.reason = reason.map(|reason| cut(&reason, LINE));
        self.overlooked = notice(reply, &OVERLOOKED).map(|it| cut(&it, LINE));
        self.left_out = notice(reply, &LEFT_OUT);
        self.credential = caller.credential;
        self.user_id = caller.user_id;
        self.understood = Some(reply.status);
    }

    pub(super) fn answered(&mut self, status: Option<StatusCode>, milliseconds: u128) {
        self.milliseconds = Some(milliseconds);
        if self.understood != status {
            self.reason = Some("A fault that was asked for".to_owned());
        }
    }
}

impl Content {
    pub(super) fn of(request: &Incoming, reply: &Reply) -> Self {
        let sent = printed(&request.body);
        let is_short = request.path.len() <= LINE && request.query.len() <= LINE;
        let is_text = std::str::from_utf8(&request.body).is_ok();
        Self {
            query: cut(&request.query, LINE),
            headers: listed(&request.headers),
            is_whole: is_short && is_text && request.body.len() <= LONGEST && sent.len() < LONGEST,
            request: sent,
            answer_headers: listed(&reply.headers),
            answer: printed(&reply.body),
        }
    }
}

/// Parts of the names of headers that may hold a secret.
const SECRET: &[&str] = &[
    "auth",
    "cookie",
    "credential",
    "jwt",
    "key",
    "pass",
    "secret",
    "session",
    "signature",
    "token",
];

/// Headers, a line each.
fn listed(headers: &HeaderMap) -> String {
    let lines = headers.iter().map(|(name, value)| {
        let is_secret = SECRET.iter().any(|part| name.as_str().contains(part));
        let value = if is_secret {
            "(not kept)".into()
        } else {
            String::from_utf8_lossy(value.as_bytes())
        };
        format!("{name}: {value}\n")
    });
    cut(&lines.collect::<String>(), LINE)
}

impl Line {
    /// The time of day, to the second.
    pub(crate) fn time(&self) -> String {
        self.details.at.format("%H:%M:%S").to_string()
    }

    /// Date and time.
    pub(crate) fn stamp(&self) -> String {
        stamp(self.details.at)
    }

    /// The status with its name: `404 Not Found`.
    pub(crate) fn status_line(&self) -> Option<String> {
        let status = StatusCode::from_u16(self.status?).ok()?;
        Some(status.to_string())
    }
}

/// JSON in lines, and anything else as it is, as is JSON that is too long to be shown: in lines it may be a hundred times
/// as long.
fn printed(body: &[u8]) -> String {
    let begin = &body[..body.len().min(LONGEST + 1)];
    let text = match serde_json::from_slice::<Value>(begin) {
        Ok(value) => format!("{value:#}"),
        Err(_) => String::from_utf8_lossy(begin).into_owned(),
    };
    cut(&text, LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_of_headers_are_not_kept() {
        let mut headers = HeaderMap::new();
        for name in [
            "authorization",
            "cookie",
            "x-api-key",
            "x-csrf-token",
            "set-cookie",
            "x-password",
            "x-credential",
            "x-jwt-assertion",
            "x-session",
        ] {
            headers.insert(name, "s3cret".parse().unwrap());
        }
        headers.insert("accept", "application/json".parse().unwrap());
        let listed = listed(&headers);
        assert!(!listed.contains("s3cret") && listed.contains("authorization: (not kept)"));
        assert!(listed.contains("accept: application/json\n"));
    }

    #[test]
    fn long_bodies_are_cut_between_characters() {
        assert_eq!(printed(br#"{"a":1}"#), "{\n  \"a\": 1\n}");
        let long = "é".repeat(LONGEST);
        let printed = printed(long.as_bytes());
        assert!(printed.len() <= LONGEST && printed.ends_with("é…"));
    }
}
