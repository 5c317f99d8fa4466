//! A request of the log that is sent again.

use axum::http::Method;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use data_encoding::BASE64;

use super::curl::takes_key;
use crate::dev_center::visit::Visit;
use crate::domain::users::is_service_user;
use crate::http::Incoming;
use crate::http::log::{Caller, Line};
use crate::http::refusal::Outcome;
use crate::refusal::{Refusal, broken};

const ON_BEHALF_OF: HeaderName = HeaderName::from_static("on-behalf-of");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Does what a request asked for once more, in the name of the same user and with the sandbox's own credentials: the key
/// or token that it came with is not kept. Faults do not hit it.
pub(super) fn send(visit: &Visit<'_>, line: &Line) -> Outcome<u64> {
    let content = line.details.content.as_deref();
    let content = content.filter(|it| it.is_whole).ok_or_else(|| {
        Refusal::forbidden(
            "Its query and body were not kept, or not as a whole, so it can't be sent again.",
        )
    })?;
    let method = Method::from_bytes(line.method.as_bytes()).map_err(|_| Refusal::not_found())?;
    let path = &line.details.path;
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, authorization(visit, line)?);
    if let Some(user_id) = line.details.user_id {
        headers.insert(ON_BEHALF_OF, user_id.into());
    }
    if !content.request.is_empty() {
        headers.insert(CONTENT_TYPE, JSON);
    }
    let request = Incoming {
        method: method.clone(),
        path: path.clone(),
        query: content.query.clone(),
        headers,
        host: visit.request.host.clone(),
        sender: visit.request.sender.clone(),
        body: content.request.clone().into(),
    };
    let pipeline = visit.pipeline;
    let entry = visit
        .control
        .log
        .arrived(pipeline.find(&method, path), &method, path);
    let answered = pipeline.handle(&request);
    let reply = &answered.reply;
    let by = Caller {
        credential: answered.credential,
        user_id: answered.user_id,
    };
    entry.understood(&request, reply, by, answered.is_secret);
    if reply.status.is_success() {
        entry.acted();
    }
    entry.answered(Some(reply.status));
    Ok(entry.number())
}

/// The credentials that the version of a path takes.
fn authorization(visit: &Visit<'_>, line: &Line) -> Outcome<HeaderValue> {
    let control = visit.control;
    let text = if takes_key(&line.details.path) {
        let pair = format!("{}:", control.start.key);
        format!("Basic {}", BASE64.encode(pair.as_bytes()))
    } else {
        // That of a service user is asked for without a name.
        let user_id = line.details.user_id;
        let is_service = visit.read(|view| is_service_user(view, user_id))?;
        format!(
            "Bearer {}",
            control.access_token(user_id.filter(|_| !is_service))?
        )
    };
    HeaderValue::from_str(&text).map_err(|_| broken("a key that no header can hold"))
}
