//! Links to files.

use axum::http::header::{AUTHORIZATION, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use chrono::TimeDelta;
use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::headers::disposition;
use crate::clock::Moment;
use crate::domain::{bulk, files};
use crate::http::buffer;
use crate::http::query::Query;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::refusal::{Refusal, broken};
use crate::store::AnswerLength;
use crate::store::{FileId, View, find_placeholders, parse_file, path_segment};

/// The beginning of the path of every file.
const PATH: &str = "/_files/";
/// The media type of a file whose own can't be sent.
const UNKNOWN_TYPE: HeaderValue = HeaderValue::from_static("application/octet-stream");
/// The lifetime of a link.
const GOOD_FOR: TimeDelta = TimeDelta::days(7);

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

    /// Puts signed links in the place of the placeholders of the documents that an answer consists of.
    /// Links take more space than placeholders: an answer that gets too long by them is refused.
    pub(crate) fn resolve(&self, mut reply: Reply, base: &str, now: Moment) -> Outcome {
        if !reply.is_of_documents {
            return Ok(reply);
        }
        let mut length = AnswerLength::default();
        length.add(reply.body.len())?;
        let body = &reply.body;
        let expires = (now + GOOD_FOR).timestamp();
        let mut resolved = Vec::new();
        let mut done = 0;
        for found in find_placeholders(body) {
            if done == 0 {
                buffer::reserve(&mut resolved, body.len() + body.len() / 4);
            }
            let link = self.signed(base, found.file, found.name, expires);
            let link = format!("\"{link}\"");
            length.add(link.len().saturating_sub(found.place.len()))?;
            resolved.extend_from_slice(&body[done..found.place.start]);
            resolved.extend_from_slice(link.as_bytes());
            done = found.place.end;
        }
        if done == 0 {
            return Ok(reply);
        }
        resolved.extend_from_slice(&body[done..]);
        reply.body = resolved.into();
        Ok(reply)
    }

    /// A signed link to a file, for a page.
    pub(crate) fn link(&self, base: &str, file: FileId, filename: &str, now: Moment) -> String {
        let expires = (now + GOOD_FOR).timestamp();
        self.signed(base, &file.to_string(), &path_segment(filename), expires)
    }

    fn signed(&self, base: &str, file: &str, name: &str, expires: i64) -> String {
        let signature = HEXLOWER.encode(&self.sign(file, expires).finalize().into_bytes());
        format!("{base}{PATH}{file}/{name}?expires={expires}&signature={signature}")
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
        let id = path.strip_prefix(PATH).and_then(|it| it.split('/').next());
        let id = id.unwrap_or_default();
        let query = Query::parse(query);
        let expires: i64 = query
            .last("expires")
            .and_then(|expires| expires.parse().ok())
            .unwrap_or_default();
        let signature = query
            .last("signature")
            .and_then(|text| HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok())
            .unwrap_or_default();
        if self.sign(id, expires).verify_slice(&signature).is_err() {
            return Err(Refusal::forbidden("This link was not handed out here"));
        }
        if view.now().timestamp() >= expires {
            return Err(Refusal::forbidden(
                "This link has run out; read the attachment again",
            ));
        }
        let (id, reader) = parse_file(id).ok_or_else(Refusal::not_found)?;
        let mut file = files::find(view, id)?.ok_or_else(Refusal::not_found)?;
        if let Some(seconds) = file.link_seconds {
            // All links are signed alike; what is brief ends so long after it was signed.
            let signed = expires.saturating_sub(GOOD_FOR.num_seconds());
            if view.now().timestamp() >= signed.saturating_add(seconds) {
                return Err(Refusal::forbidden(
                    "This link has run out; read the record again",
                ));
            }
        }
        if let Some(reader) = reader {
            file.content = bulk::results_for(view, reader, id, file.content)?;
        }
        let mut reply = Reply::empty(StatusCode::OK);
        let content_type = HeaderValue::from_str(&file.content_type);
        let content_type = content_type.unwrap_or(UNKNOWN_TYPE);
        reply.body = file.content.into();
        Ok(reply
            .with_header(CONTENT_TYPE, content_type)
            .with_header(CONTENT_DISPOSITION, disposition(&file.filename)))
    }

    fn sign(&self, id: &str, expires: i64) -> Hmac<Sha256> {
        let mut mac = self.mac.clone();
        mac.update(format!("{id} {expires}").as_bytes());
        mac
    }
}
