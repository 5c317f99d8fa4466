//! The way of a request, stage by stage.

mod faces;
pub(crate) mod state;

pub(crate) use faces::Faces;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use axum::http::header::{HeaderName, HeaderValue, WWW_AUTHENTICATE};
use axum::http::{Method, StatusCode};

use crate::bounds::{Bounds, TARGET_BYTES};
use crate::examples::{Checked, Examples, Prefer, Tokens, Users, tokens};
use crate::faces::Call;
use crate::http::Incoming;
use crate::http::files::Links;
use crate::http::limit::{Limit, Usage};
use crate::http::query::Query;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::openapi::document::Operation;
use crate::openapi::paging::{Cursor, Cursors, Target};
use crate::openapi::parameters::Acting;
use crate::openapi::{Key, Scheme};
use crate::pipeline::state::{Admission, NOT_PERMITTED, State};
use crate::refusal::Refusal;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What the stages need to know.
pub(crate) struct Pipeline {
    pub(crate) faces: Faces,
    pub(crate) mode: Mode,
    pub(crate) limit: Limit,
    /// How long each answer waits.
    pub(crate) latency: Duration,
    pub(crate) examples: Examples,
    pub(crate) requests: AtomicU64,
    pub(crate) cursors: Cursors,
}

/// Whether there is anything behind the answers.
pub(crate) enum Mode {
    /// Nothing is kept: one key, users that are only ids, and answers from examples.
    Examples {
        key: Key,
        users: Users,
        /// There if the document wants tokens.
        tokens: Option<Tokens>,
    },
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

/// A request that may be answered, once its body is there.
pub(crate) struct Admitted {
    /// The place of its face, and its own in the document of the face.
    operation: (usize, usize),
    /// The values in the path, in order.
    path: Vec<String>,
    usage: Usage,
    key_id: Option<i64>,
    user_id: Option<i64>,
}

impl Pipeline {
    /// The id of the operation that a request is for.
    pub(crate) fn find(&self, method: &Method, path: &str) -> Option<&str> {
        if self.issues_tokens_at(path) {
            return (method == Method::POST).then_some(tokens::OPERATION);
        }
        let (_, document) = self.faces.of(path);
        let found = document.router.find(method, path).ok()?;
        Some(&document.operations[found.operation].id)
    }

    /// Whether a path is that of the token service.
    pub(crate) fn issues_tokens_at(&self, path: &str) -> bool {
        let tokens = matches!(
            &self.mode,
            Mode::Examples {
                tokens: Some(_),
                ..
            }
        );
        tokens && path == tokens::PATH
    }

    /// Answers a request to the token service, which takes the form of another API.
    pub(crate) fn issue(&self, request: &Incoming) -> Answered {
        let checked = request.host.check_form();
        let checked = checked.and_then(|()| request.sender.check_form());
        let reply = match (checked.and_then(|()| check_target(request)), &self.mode) {
            (Err(refusal), _) => refusal.into_reply(),
            (
                Ok(()),
                Mode::Examples {
                    tokens: Some(tokens),
                    users,
                    ..
                },
            ) => tokens.answer(request, users),
            (Ok(()), _) => Reply::not_found(),
        };
        self.uncounted(Instant::now(), reply)
    }

    /// The answer to a request that does not count against the limit.
    pub(crate) fn uncounted(&self, now: Instant, reply: Reply) -> Answered {
        Answered {
            reply: self.stamp(self.limit.look(now), reply),
            delay: self.latency,
            key_id: None,
            user_id: None,
        }
    }

    /// Puts so many records at the front of a list.
    pub(crate) fn grow(&self, list: &str, rows: usize) {
        if rows > 0 {
            self.examples.growth.add(list, rows);
        }
    }

    /// Answers a request that has no body.
    pub(crate) fn handle(&self, request: &Incoming) -> Answered {
        match self.admit(request) {
            Ok(admitted) => self.answer(&admitted, request),
            Err(answered) => *answered,
        }
    }

    /// Stages 1 to 4: from where, which operation, who, how often. They look at nothing but the headers, so that no
    /// body is read without a key. Only requests with a key count against the limit.
    pub(crate) fn admit(&self, request: &Incoming) -> Result<Admitted, Box<Answered>> {
        let now = Instant::now();
        let uncounted = |reply| self.uncounted(now, reply);
        let refused = |refusal: Refusal| uncounted(refusal.into_reply());
        request.host.check_form().map_err(refused)?;
        request.sender.check_form().map_err(refused)?;
        check_target(request).map_err(refused)?;
        if let Mode::State(state) = &self.mode {
            state.check_address(&request.sender).map_err(refused)?;
            if Links::lead_to(&request.path) {
                let file = read_only(&request.method)
                    .and_then(|()| state.file(&request.path, &request.query, &request.headers));
                return Err(uncounted(file.unwrap_or_else(Refusal::into_reply)).into());
            }
        }
        let (face, document) = self.faces.of(&request.path);
        let found = document.router.find(&request.method, &request.path);
        let found = found.map_err(|unfound| uncounted(unfound.reply(&request.path)))?;
        let operation = &document.operations[found.operation];
        let user_id = operation.parameters.named_user(&request.headers);
        let key_id = match self.check_key(operation, request) {
            Admission::Granted(key_id) => key_id,
            Admission::Unauthorized(delay) => {
                let answered = uncounted(unauthorized(operation));
                return Err(Box::new(Answered {
                    delay: delay + self.latency,
                    user_id,
                    ..answered
                }));
            }
            Admission::NotPermitted(key_id) => {
                let reply = Reply::message(StatusCode::FORBIDDEN, NOT_PERMITTED);
                return Err(Box::new(Answered {
                    key_id: Some(key_id),
                    user_id,
                    ..uncounted(reply)
                }));
            }
            Admission::Broken(refusal) => return Err(refused(refusal).into()),
        };
        let usage = self.limit.take(now);
        let admitted = Admitted {
            operation: (face, found.operation),
            path: found.values,
            usage,
            key_id,
            user_id,
        };
        if usage.refused {
            let words = "Rate limit exceeded";
            let reply = operation.refusal(StatusCode::TOO_MANY_REQUESTS, words);
            return Err(self.conclude(&admitted, reply).into());
        }
        Ok(admitted)
    }

    /// How long the body of a request can be.
    pub(crate) fn most_bytes(&self, admitted: &Admitted, bounds: &Bounds) -> usize {
        let body = &self.faces.operation(admitted.operation).body;
        if body.holds_file() {
            bounds.file_body_bytes
        } else {
            bounds.body_bytes
        }
    }

    /// Answers a request whose body is there.
    pub(crate) fn answer(&self, admitted: &Admitted, request: &Incoming) -> Answered {
        let reply = self.check_and_answer(request, admitted);
        self.conclude(admitted, reply.unwrap_or_else(Refusal::into_reply))
    }

    /// The answer to a request that may be answered, or would if its body were another.
    pub(crate) fn conclude(&self, admitted: &Admitted, reply: Reply) -> Answered {
        Answered {
            reply: self.stamp(admitted.usage, reply),
            delay: self.latency,
            key_id: admitted.key_id,
            user_id: admitted.user_id,
        }
    }

    /// Adds the headers that each answer has.
    fn stamp(&self, usage: Usage, reply: Reply) -> Reply {
        let number = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        usage
            .stamp(reply, SystemTime::now())
            .with_header(REQUEST_ID, HeaderValue::from(number))
    }

    fn check_key(&self, operation: &Operation, request: &Incoming) -> Admission {
        match &self.mode {
            Mode::Examples { key, .. } if key.opens(&operation.access, &request.headers) => {
                Admission::Granted(None)
            }
            Mode::Examples { .. } => Admission::Unauthorized(Duration::ZERO),
            Mode::State(state) => {
                state.admit(operation, request.sender.nearest(), &request.headers)
            }
        }
    }

    /// Stages 5 to 7: parameters, body, answer.
    fn check_and_answer(&self, request: &Incoming, admitted: &Admitted) -> Outcome {
        let (face, _) = admitted.operation;
        let operation = self.faces.operation(admitted.operation);
        let path = &admitted.path;
        let query = Query::parse(&request.query);
        query.check_count()?;
        let resumed = self.resume(request, operation, &query)?;
        let after = resumed.as_ref().map(|cursor| cursor.after);
        let query = resumed.map_or(query, |cursor| cursor.query);
        let acting = operation.parameters.check(path, &query, &request.headers)?;
        self.check_user(face, acting)?;
        let body = operation
            .body
            .check(&operation.method, &request.headers, &request.body)?;
        let prefer =
            Prefer::read(&request.headers).map_err(|error| Reply::invalid_request(&[error]))?;
        let target = Target {
            base: request.host.base(),
            path: &request.path,
            query: &query,
            after,
            cursors: &self.cursors,
        };
        if let Mode::State(state) = &self.mode
            && let Some(handler) = state.handler(face, &operation.id)
            && !prefer.asks_for_something()
        {
            let call = Call {
                operation,
                path,
                target,
                body,
                inserted: self.examples.growth.of(&operation.id),
            };
            return state.run(face, handler, &call, acting);
        }
        Ok(self.examples.answer(Checked {
            operation,
            target,
            prefer: &prefer,
        }))
    }

    /// What the cursor of a request stands for, if it has one. 414 for a query that would be too long as one.
    fn resume(
        &self,
        request: &Incoming,
        operation: &Operation,
        query: &Query,
    ) -> Outcome<Option<Cursor>> {
        let Some(paging) = operation.paging else {
            return Ok(None);
        };
        let resumed = paging
            .resume(&self.cursors, &request.path, query)
            .map_err(|error| Reply::invalid_request(&[error]))?;
        if resumed.is_none() {
            check_length(request.path.len() + paging.longest_in_link(query))?;
        }
        Ok(resumed)
    }

    fn check_user(&self, face: usize, acting: Acting) -> Outcome<()> {
        match (&self.mode, acting) {
            (Mode::State(state), _) => state.check_user(face, acting),
            (Mode::Examples { users, .. }, Acting::User(id))
                if !id.is_some_and(|id| users.know(id)) =>
            {
                Err(Refusal::not_found())
            }
            (Mode::Examples { .. }, _) => Ok(()),
        }
    }
}

/// 405 for all but GET and HEAD.
fn read_only(method: &Method) -> Outcome<()> {
    if matches!(*method, Method::GET | Method::HEAD) {
        return Ok(());
    }
    Err(Reply::method_not_allowed(&[Method::GET]).into())
}

/// 414 for a target that is too long, or would be in a `Link`.
fn check_target(request: &Incoming) -> Outcome<()> {
    let Incoming { path, query, .. } = request;
    let in_link = Query::parse(query).length_in_link();
    check_length(path.len() + query.len().max(in_link))
}

/// 414 for a path and a query with more bytes than they may have.
fn check_length(bytes: usize) -> Outcome<()> {
    if bytes <= TARGET_BYTES {
        return Ok(());
    }
    let message = format!(
        "The path and query of a request must have at most {TARGET_BYTES} bytes, also as a link repeats them"
    );
    Err(Reply::message(StatusCode::URI_TOO_LONG, &message).into())
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
