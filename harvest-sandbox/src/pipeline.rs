//! The way of a request, stage by stage.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use axum::http::header::{HeaderName, HeaderValue, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, Method, StatusCode};
use bytes::Bytes;

use crate::access::{Key, Scheme};
use crate::answer::{Checked, Examples};
use crate::document::{Document, Operation};
use crate::files::Links;
use crate::handler::Call;
use crate::limit::{Limit, Usage};
use crate::paging::Target;
use crate::parameters::Acting;
use crate::prefer::Prefer;
use crate::query::Query;
use crate::refusal::{Outcome, Refusal};
use crate::reply::Reply;
use crate::state::{Admission, NOT_PERMITTED, State};
use crate::users::Users;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A request as it came in.
#[derive(Debug)]
pub(crate) struct Incoming {
    pub(crate) method: Method,
    /// As it was sent, still encoded.
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    /// Where the client thinks that it is: `Host`, or the address that is listened on.
    pub(crate) host: String,
    /// The other end of the connection.
    pub(crate) peer: IpAddr,
    pub(crate) body: Bytes,
}

/// What the stages need to know.
pub(crate) struct Pipeline {
    pub(crate) document: Document,
    pub(crate) mode: Mode,
    pub(crate) limit: Limit,
    /// How long each answer waits.
    pub(crate) latency: Duration,
    pub(crate) examples: Examples,
    pub(crate) requests: AtomicU64,
}

/// Whether there is anything behind the answers.
pub(crate) enum Mode {
    /// Nothing is kept: one key, users that are only ids, and answers from examples.
    Examples { key: Key, users: Users },
    /// Records are kept. Operations without a handler are answered from examples here, too.
    State(Arc<State>),
}

/// An answer, and how long to sit on it.
pub(crate) struct Answered {
    pub(crate) reply: Reply,
    pub(crate) delay: Duration,
    /// The key that it was asked with, if it is one of the organization's.
    pub(crate) key_id: Option<i64>,
    /// In whose name it was asked, whether there is such a user or not.
    pub(crate) user_id: Option<i64>,
}

/// What the stages make of a request.
struct Routed {
    reply: Reply,
    usage: Usage,
    delay: Duration,
    key_id: Option<i64>,
    user_id: Option<i64>,
}

impl Pipeline {
    /// The id of the operation that a request is for.
    pub(crate) fn find(&self, method: &Method, path: &str) -> Option<&str> {
        let found = self.document.router.find(method, path)?;
        Some(&self.document.operations[found.operation].id)
    }

    /// Puts so many records at the front of a list.
    pub(crate) fn grow(&self, list: &str, rows: usize) {
        if rows > 0 {
            self.examples.growth.add(list, rows);
        }
    }

    /// Answers a request. The headers that each answer has are added here.
    pub(crate) fn handle(&self, request: &Incoming) -> Answered {
        let routed = self.route(request, Instant::now());
        let number = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        let reply = routed
            .usage
            .stamp(routed.reply, SystemTime::now())
            .with_header(REQUEST_ID, HeaderValue::from(number));
        Answered {
            reply,
            delay: routed.delay + self.latency,
            key_id: routed.key_id,
            user_id: routed.user_id,
        }
    }

    /// Stages 1 to 4: from where, which operation, who, how often. Only requests with a key count against the limit.
    fn route(&self, request: &Incoming, now: Instant) -> Routed {
        let uncounted = |reply| Routed {
            reply,
            usage: self.limit.look(now),
            delay: Duration::ZERO,
            key_id: None,
            user_id: None,
        };
        if let Mode::State(state) = &self.mode
            && let Err(refusal) = state.check_address(request.peer, &request.headers)
        {
            return uncounted(refusal.into_reply());
        }
        if let Mode::State(state) = &self.mode
            && request.method == Method::GET
            && Links::lead_to(&request.path)
        {
            let file = state.file(&request.path, &request.query, &request.headers);
            return uncounted(file.unwrap_or_else(Refusal::into_reply));
        }
        let Some(found) = self.document.router.find(&request.method, &request.path) else {
            return uncounted(Reply::not_found());
        };
        let operation = &self.document.operations[found.operation];
        let user_id = operation.parameters.named_user(&request.headers);
        let key_id = match self.admit(operation, request) {
            Admission::Granted(key_id) => key_id,
            Admission::Unauthorized(delay) => {
                return Routed {
                    delay,
                    user_id,
                    ..uncounted(unauthorized(operation))
                };
            }
            Admission::NotPermitted(key_id) => {
                return Routed {
                    key_id: Some(key_id),
                    user_id,
                    ..uncounted(Reply::message(StatusCode::FORBIDDEN, NOT_PERMITTED))
                };
            }
            Admission::Broken(refusal) => return uncounted(refusal.into_reply()),
        };
        let usage = self.limit.take(now);
        let reply = if usage.refused {
            operation.refusal(StatusCode::TOO_MANY_REQUESTS, "Rate limit exceeded")
        } else {
            self.check_and_answer(request, operation, &found.values)
                .unwrap_or_else(Refusal::into_reply)
        };
        Routed {
            reply,
            usage,
            delay: Duration::ZERO,
            key_id,
            user_id,
        }
    }

    fn admit(&self, operation: &Operation, request: &Incoming) -> Admission {
        match &self.mode {
            Mode::Examples { key, .. } if key.opens(&operation.access, &request.headers) => {
                Admission::Granted(None)
            }
            Mode::Examples { .. } => Admission::Unauthorized(Duration::ZERO),
            Mode::State(state) => state.admit(operation, request.peer, &request.headers),
        }
    }

    /// Stages 5 to 7: parameters, body, answer.
    fn check_and_answer(
        &self,
        request: &Incoming,
        operation: &Operation,
        path: &[String],
    ) -> Outcome {
        let query = Query::parse(&request.query);
        let acting = operation.parameters.check(path, &query, &request.headers)?;
        self.check_user(acting)?;
        let body = operation
            .body
            .check(&operation.method, &request.headers, &request.body)?;
        let prefer =
            Prefer::read(&request.headers).map_err(|error| Reply::invalid_request(&[error]))?;
        let target = Target {
            host: &request.host,
            path: &request.path,
            query: &query,
        };
        if let Mode::State(state) = &self.mode
            && let Some(handler) = state.handlers.get(&operation.id)
            && !prefer.asks_for_something()
        {
            let call = Call {
                operation,
                path,
                target,
                body,
                inserted: self.examples.growth.of(&operation.id),
            };
            return state.run(handler, &call, acting);
        }
        Ok(self.examples.answer(Checked {
            operation,
            target,
            prefer: &prefer,
        }))
    }

    fn check_user(&self, acting: Acting) -> Outcome<()> {
        match (&self.mode, acting) {
            (Mode::State(state), _) => state.check_user(acting),
            (Mode::Examples { users, .. }, Acting::User(id))
                if !id.is_some_and(|id| users.know(id)) =>
            {
                Err(Refusal::not_found())
            }
            (Mode::Examples { .. }, _) => Ok(()),
        }
    }
}

fn unauthorized(operation: &Operation) -> Reply {
    let (challenge, words) = match operation.access.scheme() {
        Some(Scheme::Bearer) => ("Bearer", "Invalid bearer token"),
        _ => ("Basic realm=\"Harvest\"", "Invalid Basic Auth credentials"),
    };
    operation
        .refusal(StatusCode::UNAUTHORIZED, words)
        .with_header(WWW_AUTHENTICATE, HeaderValue::from_static(challenge))
}
