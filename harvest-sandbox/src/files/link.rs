//! Links to files.

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use chrono::TimeDelta;
use hmac::{Hmac, Mac};
use memchr::memmem;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::Sha256;

use super::store;
use crate::clock::Moment;
use crate::hex;
use crate::query::Query;
use crate::refusal::{Outcome, Refusal, broken};
use crate::reply::Reply;
use crate::store::View;

/// Where files are served.
const PATH: &str = "/_files/";
/// What a link begins with in a document.
const MARK: &str = "harvest-file:";
/// How long a link is good for.
const GOOD_FOR: TimeDelta = TimeDelta::days(7);

/// What stands in a document for the link to a file.
pub(crate) fn mark(id: i64, filename: &str) -> String {
    format!(
        "{MARK}{id}/{}",
        utf8_percent_encode(filename, NON_ALPHANUMERIC)
    )
}

/// The id of the file that a mark stands for; none for a link to somewhere else.
pub(super) fn marked(mark: &str) -> Option<i64> {
    let (id, _) = mark.strip_prefix(MARK)?.split_once('/')?;
    id.parse().ok()
}

/// Signs links, and serves what they lead to.
pub(crate) struct Links {
    mac: Hmac<Sha256>,
}

impl Links {
    pub(crate) fn new(secret: &[u8]) -> Outcome<Self> {
        let mac = Hmac::new_from_slice(secret);
        let mac = mac.map_err(|error| broken(format!("no key to sign with: {error}")))?;
        Ok(Self { mac })
    }

    /// Puts links into an answer, where there are marks.
    pub(crate) fn put(&self, mut reply: Reply, host: &str, now: Moment) -> Reply {
        // Marks are the beginning of a JSON text.
        let quoted = format!("\"{MARK}");
        let finder = memmem::Finder::new(&quoted);
        let mut places = finder.find_iter(&reply.body).peekable();
        if places.peek().is_none() {
            return reply;
        }
        let body = &reply.body;
        let expires = (now + GOOD_FOR).timestamp();
        let host = if is_plain(host) { host } else { "localhost" };
        let mut signed = Vec::with_capacity(body.len() + body.len() / 4);
        let mut done = 0;
        for place in places {
            let start = place + quoted.len();
            let Some(length) = body[start..].iter().position(|byte| *byte == b'"') else {
                continue;
            };
            let file = String::from_utf8_lossy(&body[start..start + length]);
            let id = file.split('/').next().unwrap_or_default();
            let signature = hex::encode(&self.sign(id, expires).finalize().into_bytes());
            signed.extend_from_slice(&body[done..=place]);
            let link = format!("http://{host}{PATH}{file}?expires={expires}&signature={signature}");
            signed.extend_from_slice(link.as_bytes());
            done = start + length;
        }
        signed.extend_from_slice(&body[done..]);
        reply.body = signed.into();
        reply
    }

    /// Whether a path is one of these.
    pub(crate) fn lead_to(path: &str) -> bool {
        path.starts_with(PATH)
    }

    /// The file that a link leads to. 403 for one that has run out or was made up, and, as where the service keeps its
    /// files, 400 for one that comes with credentials: they have no business there.
    pub(crate) fn follow(
        &self,
        view: &View<'_>,
        path: &str,
        query: &str,
        headers: &HeaderMap,
    ) -> Outcome {
        if headers.contains_key(AUTHORIZATION) {
            let message = "A link to a file is signed: send it no credentials";
            return Ok(Reply::message(StatusCode::BAD_REQUEST, message));
        }
        let id = path.trim_start_matches(PATH).split('/').next();
        let id = id.unwrap_or_default();
        let query = Query::parse(query);
        let expires: i64 = query
            .last("expires")
            .and_then(|expires| expires.parse().ok())
            .unwrap_or_default();
        let signature = query
            .last("signature")
            .and_then(hex::decode)
            .unwrap_or_default();
        if self.sign(id, expires).verify_slice(&signature).is_err() {
            return Err(Refusal::forbidden("This link was not handed out here"));
        }
        if view.now().timestamp() >= expires {
            return Err(Refusal::forbidden(
                "This link has run out; read the attachment again",
            ));
        }
        let id = id.parse().map_err(|_| Refusal::not_found())?;
        let file = store::find(view, id)?.ok_or_else(Refusal::not_found)?;
        let mut reply = Reply::empty(StatusCode::OK);
        if let Ok(content_type) = HeaderValue::from_str(&file.content_type) {
            reply.headers.insert(CONTENT_TYPE, content_type);
        }
        reply.body = file.content.into();
        Ok(reply)
    }

    fn sign(&self, id: &str, expires: i64) -> Hmac<Sha256> {
        let mut mac = self.mac.clone();
        mac.update(format!("{id} {expires}").as_bytes());
        mac
    }
}

/// What comes as `Host` goes into JSON: only what hosts are made of.
fn is_plain(host: &str) -> bool {
    host.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b".:-_[]".contains(&byte))
}
