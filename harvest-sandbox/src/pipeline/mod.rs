//! The way of a request, stage by stage.

mod faces;
pub(crate) mod state;

pub(crate) use faces::Faces;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use axum::http::header::{HeaderName, HeaderValue, WWW_AUTHENTICATE};
use axum::http::{Method, StatusCode};

use crate::bounds::{Bounds, JOB_BYTES, TARGET_BYTES};
use crate::clock::{Clock, Moment};
use crate::domain::access::Credential;
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
use crate::pipeline::state::{Admission, Pass, State};
use crate::refusal::Refusal;
use crate::token_service::{Endpoint, Served, TokenService};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What the stages need to know.
pub(crate) struct Pipeline {
    pub(crate) faces: Faces,
    pub(crate) mode: Mode,
    /// The limit of each face, in their order.
    pub(crate) limits: Vec<Limit>,
    /// There if records are kept, and a face takes tokens.
    pub(crate) token_service: Option<TokenService>,
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
    /// The credential that it was asked with, if it is one of the organization's.
    pub(crate) credential: Option<Credential>,
    /// In whose name it was asked, whether there is such a user or not.
    pub(crate) user_id: Option<i64>,
    /// Whether query and bodies hold secrets, so that they are never kept.
    pub(crate) is_secret: bool,
}

/// A request that may be answered, once its body is there.
pub(crate) struct Admitted {
    /// The place of its face, and its own in the document of the face.
    operation: (usize, usize),
    /// The values in the path, in order.
    path: Vec<String>,
    usage: Usage,
    pass: Pass,
    user_id: Option<i64>,
}

impl Pipeline {
    /// The id of the operation that a request is for.
    pub(crate) fn find(&self, method: &Method, path: &str) -> Option<&str> {
        if let Some(endpoint) = self.token_endpoint(path) {
            return endpoint.operation_of(method);
        }
        let (_, document) = self.faces.of(path);
        let found = document.router.find(method, path).ok()?;
        Some(&document.operations[found.operation].id)
    }

    /// The endpoint of the token service at a path.
    pub(crate) fn token_endpoint(&self, path: &str) -> Option<Endpoint> {
        let endpoint = Endpoint::at(path)?;
        let is_there = match &self.mode {
            Mode::Examples { tokens, .. } => tokens.is_some() && path == tokens::PATH,
            Mode::State(_) => self.token_service.is_some(),
        };
        is_there.then_some(endpoint)
    }

    /// Why a request to the token service is answered without its body being read, if it is.
    pub(crate) fn turn_away(&self, request: &Incoming) -> Option<Answered> {
        let refusal = self.check_origin(request).err()?;
        Some(self.secret(self.uncounted(0, refusal.into_reply())))
    }

    /// Answers a request to the token service, which takes the form of another API.
    pub(crate) fn issue(&self, endpoint: Endpoint, request: &Incoming) -> Answered {
        if let Some(answered) = self.turn_away(request) {
            return answered;
        }
        let answered = match (&self.mode, &self.token_service) {
            (
                Mode::Examples {
                    tokens: Some(tokens),
                    users,
                    ..
                },
                _,
            ) => self.uncounted(0, tokens.answer(request, users)),
            (Mode::State(state), Some(service)) => {
                self.served(service.answer(endpoint, state.ground(), request))
            }
            _ => self.uncounted(0, Reply::not_found()),
        };
        self.secret(answered)
    }

    /// An answer to a request to the token service whose body could not be read.
    pub(crate) fn unread(&self, refusal: Refusal) -> Answered {
        self.secret(self.uncounted(0, refusal.into_reply()))
    }

    fn served(&self, served: Served) -> Answered {
        Answered {
            reply: self.stamp(served.usage, served.reply),
            delay: served.delay + self.latency,
            credential: served.credential,
            user_id: served.user_id,
            is_secret: true,
        }
    }

    #[expect(clippy::unused_self, reason = "reads like its siblings")]
    fn secret(&self, answered: Answered) -> Answered {
        Answered {
            is_secret: true,
            ..answered
        }
    }

    /// The answer to a request to a face that does not count against the limit.
    fn uncounted(&self, face: usize, reply: Reply) -> Answered {
        // Each face has a limit.
        let usage = self.limits.get(face).map(|limit| limit.look(None));
        Answered {
            reply: match usage {
                Some(usage) => self.stamp(usage, reply),
                None => reply,
            },
            delay: self.latency,
            credential: None,
            user_id: None,
            is_secret: false,
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
        let (face, document) = self.faces.of(&request.path);
        let uncounted = |reply| self.uncounted(face, reply);
        let refused = |refusal: Refusal| uncounted(refusal.into_reply());
        self.check_origin(request).map_err(refused)?;
        if let Mode::State(state) = &self.mode
            && Links::lead_to(&request.path)
        {
            let file = read_only(&request.method)
                .and_then(|()| state.file(&request.path, &request.query, &request.headers));
            return Err(uncounted(file.unwrap_or_else(Refusal::into_reply)).into());
        }
        let found = document.router.find(&request.method, &request.path);
        let found = found.map_err(|unfound| uncounted(unfound.reply(&request.path)))?;
        let operation = &document.operations[found.operation];
        let named = operation.parameters.named_user(&request.headers);
        let pass = match self.check_credential(operation, request) {
            Admission::Granted(pass) => pass,
            Admission::Unauthorized(delay) => {
                let answered = uncounted(unauthorized(operation));
                return Err(Box::new(Answered {
                    delay: delay + self.latency,
                    user_id: named,
                    ..answered
                }));
            }
            Admission::NotPermitted(pass, reply) => {
                return Err(Box::new(Answered {
                    credential: pass.credential,
                    user_id: pass.subject.or(named),
                    ..uncounted(reply)
                }));
            }
            Admission::Broken(refusal) => return Err(refused(refusal).into()),
        };
        let usage = self.limits[face].take(pass.credential);
        let admitted = Admitted {
            operation: (face, found.operation),
            path: found.values,
            usage,
            pass,
            user_id: pass.subject.or(named),
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
        let operation = self.faces.operation(admitted.operation);
        let body = &operation.body;
        if operation.starts_job() {
            bounds.body_bytes.max(JOB_BYTES)
        } else if body.holds_file() {
            bounds.file_body_bytes
        } else {
            bounds.body_bytes
        }
    }

    /// Answers a request whose body is there.
    pub(crate) fn answer(&self, admitted: &Admitted, request: &Incoming) -> Answered {
        let reply = self.check_and_answer(request, admitted);
        let reply = reply.unwrap_or_else(Refusal::into_reply);
        self.conclude(admitted, self.formed(admitted.operation, reply))
    }

    /// The answer to a request that may be answered, or would if its body were another.
    pub(crate) fn conclude(&self, admitted: &Admitted, reply: Reply) -> Answered {
        Answered {
            reply: self.stamp(admitted.usage, reply),
            delay: self.latency,
            credential: admitted.pass.credential,
            user_id: admitted.user_id,
            is_secret: self.faces.operation(admitted.operation).body.holds_secret(),
        }
    }

    /// A reply in the form that its version has for it, where records are kept.
    fn formed(&self, operation: (usize, usize), reply: Reply) -> Reply {
        match &self.mode {
            Mode::State(state) => {
                let (face, _) = operation;
                state.formed(face, self.faces.operation(operation), reply)
            }
            Mode::Examples { .. } => reply,
        }
    }

    /// Adds the headers that each answer has.
    fn stamp(&self, usage: Usage, reply: Reply) -> Reply {
        let number = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        usage
            .stamp(reply, SystemTime::now())
            .with_header(REQUEST_ID, HeaderValue::from(number))
    }

    /// Whether requests from there are taken, in this form.
    fn check_origin(&self, request: &Incoming) -> Outcome<()> {
        request.host.check_form()?;
        request.sender.check_form()?;
        check_target(request)?;
        match &self.mode {
            Mode::State(state) => state.check_address(&request.sender),
            Mode::Examples { .. } => Ok(()),
        }
    }

    fn check_credential(&self, operation: &Operation, request: &Incoming) -> Admission {
        match &self.mode {
            Mode::Examples { key, .. } if key.opens(&operation.access, &request.headers) => {
                Admission::Granted(Pass::default())
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
        let named = operation.parameters.check(path, &query, &request.headers)?;
        let acting = admitted.pass.subject.map_or(named, Acting::Subject);
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
            now: self.now(),
        };
        if let Mode::State(state) = &self.mode
            && let Some(handler) = state.handler(face, &operation.id)
            && !prefer.asks_for_something()
        {
            let call = Call {
                operation,
                credential: admitted.pass.credential,
                path,
                target,
                body,
                row: None,
                inserted: self.examples.growth.of(&operation.id),
            };
            return state.run(face, handler, &call, acting);
        }
        if let Mode::State(state) = &self.mode
            && !prefer.asks_for_something()
        {
            state.check_handled(face)?;
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
            .resume(&self.cursors, &request.path, query, self.now())
            .map_err(|error| Reply::invalid_request(&[error]))?;
        if resumed.is_none() {
            check_length(request.path.len() + paging.longest_in_link(query))?;
        }
        Ok(resumed)
    }

    /// The present, by the clock of the organization if there is one.
    fn now(&self) -> Moment {
        match &self.mode {
            Mode::State(state) => state.store.clock.now(),
            Mode::Examples { .. } => Clock::default().now(),
        }
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
        Some(Scheme::Bearer) => ("Bearer error=\"invalid_token\"", "Invalid bearer token"),
        _ => ("Basic realm=\"Harvest\"", "Invalid Basic Auth credentials"),
    };
    operation
        .refusal(StatusCode::UNAUTHORIZED, words)
        .with_header(WWW_AUTHENTICATE, HeaderValue::from_static(challenge))
}
