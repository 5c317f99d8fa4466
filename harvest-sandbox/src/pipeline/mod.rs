//! The way of a request, stage by stage.

mod basis;
mod checks;
mod faces;
mod issue;
pub(crate) mod state;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use faces::Faces;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use axum::http::header::{HeaderName, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use axum::http::{Method, StatusCode};

use basis::Basis;
use checks::{check_form, check_length, content, unauthorized};

use crate::bounds::{Bounds, JOB_BYTES};
use crate::clock::{Clock, Moment};
use crate::domain::access::Credential;
use crate::faces::token_service::TokenService;
use crate::faces::{Call, Handler, Reading};
use crate::http::Incoming;
use crate::http::hosts::Hosts;
use crate::http::limit::{Limit, Usage};
use crate::http::overlooked::{Overlooked, Tolerance};
use crate::http::query::Query;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::http::short_fields::shortened;
use crate::openapi::Key;
use crate::openapi::document::Operation;
use crate::openapi::examples::{Checked, Examples, Prefer, Tokens, Users};
use crate::openapi::paging::{Cursor, Cursors, Target};
use crate::openapi::parameters::Acting;
use crate::pipeline::state::{Admission, Pass, State};
use crate::refusal::Refusal;
use crate::store::View;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What the stages need to know.
pub(crate) struct Pipeline {
    pub(crate) faces: Faces,
    pub(crate) mode: Mode,
    /// The limit of each face, in their order.
    pub(crate) limits: Vec<Limit>,
    /// How much each face overlooks, in their order.
    pub(crate) tolerances: Vec<Tolerance>,
    /// Whether the acting user of a read is ignored.
    pub(crate) reads_for_all: bool,
    /// There if records are kept, and a face takes tokens.
    pub(crate) token_service: Option<TokenService>,
    /// How long each answer waits.
    pub(crate) latency: Duration,
    pub(crate) examples: Examples,
    /// Hosts that may be sent to.
    pub(crate) hosts: Hosts,
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

    /// Whether a request for an operation reads one record, which is bounded, and need not wait for that.
    pub(crate) fn is_short(&self, request: &Incoming) -> bool {
        let Mode::State(state) = &self.mode else {
            return false;
        };
        let last = request.path.rsplit('/').next().unwrap_or_default();
        let names_one = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
        names_one && request.method == Method::GET && state.store.is_free()
    }

    /// Puts so many records at the front of a list.
    pub(crate) fn grow(&self, list: &str, rows: usize) {
        if rows > 0 {
            self.examples.growth.add(list, rows);
        }
    }

    /// Answers a request that has no body, or whose body is there. All that a request sees that reads is of one point in
    /// time.
    pub(crate) fn handle(&self, request: &Incoming) -> Answered {
        let left = self.on_basis(request, |basis| {
            let admitted = self.judge(basis, request)?;
            if self.writes(&admitted) {
                return Ok(admitted);
            }
            Err(Box::new(self.answer_on(basis.view(), &admitted, request)))
        });
        match left {
            Ok(admitted) => self.answer(&admitted, request),
            Err(answered) => *answered,
        }
    }

    /// Stages 1 to 4: from where, which operation, who, how often. They look at nothing but the headers, so that no
    /// body is read without a key. Only requests with a key count against the limit.
    pub(crate) fn admit(&self, request: &Incoming) -> Result<Admitted, Box<Answered>> {
        self.on_basis(request, |basis| self.judge(basis, request))
    }

    /// Opens the store for a request, if there is one: what follows has no reason to open it again.
    fn on_basis<T>(
        &self,
        request: &Incoming,
        stages: impl FnOnce(Basis<'_, '_>) -> Result<T, Box<Answered>>,
    ) -> Result<T, Box<Answered>> {
        let (face, _) = self.faces.of(&request.path);
        let refused = |refusal: Refusal| self.uncounted(face, refusal.into_reply());
        check_form(request).map_err(refused)?;
        match &self.mode {
            Mode::Examples { key, .. } => stages(Basis::Examples { key }),
            Mode::State(state) => state
                .read(face, |view| Ok(stages(Basis::Records { state, view })))
                .map_err(refused)?,
        }
    }

    fn judge(&self, basis: Basis<'_, '_>, request: &Incoming) -> Result<Admitted, Box<Answered>> {
        let (face, document) = self.faces.of(&request.path);
        let uncounted = |reply| self.uncounted(face, reply);
        let refused = |refusal: Refusal| uncounted(refusal.into_reply());
        basis.check_address(&request.sender).map_err(refused)?;
        if let Some(file) = basis.file(request) {
            return Err(uncounted(file.unwrap_or_else(Refusal::into_reply)).into());
        }
        let found = document.router.find(&request.method, &request.path);
        let found = found.map_err(|unfound| uncounted(unfound.reply(&request.path)))?;
        let operation = &document.operations[found.operation];
        let named = operation.parameters.named_user(&request.headers);
        let pass = match basis.check_credential(operation, request) {
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
        self.answer_on(None, admitted, request)
    }

    /// The same, in the view of the records that the request has already, if it has one.
    fn answer_on(
        &self,
        view: Option<&View<'_>>,
        admitted: &Admitted,
        request: &Incoming,
    ) -> Answered {
        let (face, _) = admitted.operation;
        let tolerance = self.tolerances.get(face).copied();
        let mut overlooked = Overlooked::within(tolerance.unwrap_or(Tolerance::Described));
        let reply = self.check_and_answer(view, admitted, request, &mut overlooked);
        let reply = reply.unwrap_or_else(Refusal::into_reply);
        let mut reply = self.formed(admitted.operation, reply);
        if overlooked.is_lenient() {
            reply = shortened(reply);
        }
        self.conclude(admitted, overlooked.noted(reply))
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
            // As observed on all.
            .with_header(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"))
    }

    /// Whether what answers a request changes records.
    fn writes(&self, admitted: &Admitted) -> bool {
        let Mode::State(state) = &self.mode else {
            return false;
        };
        let (face, _) = admitted.operation;
        let operation = self.faces.operation(admitted.operation);
        matches!(state.handler(face, &operation.id), Some(Handler::Write(_)))
    }

    /// Stages 5 to 7: parameters, body, answer. The body is judged before it is known whether the user is one who may act,
    /// so that the store is opened once, for what the request is going to do; a user who may not act learns of that alone.
    fn check_and_answer(
        &self,
        view: Option<&View<'_>>,
        admitted: &Admitted,
        request: &Incoming,
        overlooked: &mut Overlooked,
    ) -> Outcome {
        let (face, _) = admitted.operation;
        let operation = self.faces.operation(admitted.operation);
        let path = &admitted.path;
        let query = Query::parse(&request.query);
        query.check_count()?;
        let resumed = self.resume(request, operation, &query)?;
        let after = resumed.as_ref().map(|cursor| cursor.after);
        let query = resumed.map_or(query, |cursor| cursor.query);
        let named = operation.parameters.check(path, &query, &request.headers)?;
        operation.check_unknown(&query, overlooked)?;
        let is_for_all = self.reads_for_all && operation.method == Method::GET;
        let named = match named {
            Acting::User(_) if is_for_all => Acting::NoUser,
            named => named,
        };
        let acting = admitted.pass.subject.map_or(named, Acting::Subject);
        let content = content(operation, request, overlooked);
        let ids = operation.path_names.iter().map(String::as_str);
        let ids = ids.zip(path.iter().map(String::as_str));
        let ids: Vec<(&str, &str)> = ids.filter(|(_, id)| id.parse::<i64>().is_ok()).collect();
        let target = Target {
            base: request.host.base(),
            path: &request.path,
            ids: &ids,
            query: &query,
            after,
            cursors: &self.cursors,
            now: self.now(),
        };
        let example = |prefer: &Prefer| {
            self.examples.answer(Checked {
                operation,
                target,
                prefer,
            })
        };
        let call = |body| Call {
            operation,
            credential: admitted.pass.credential,
            path,
            target,
            body,
            names_user: matches!(acting, Acting::User(_)),
            row: None,
            is_row: false,
            hosts: &self.hosts,
            inserted: self.examples.growth.of(&operation.id),
        };
        let state = match &self.mode {
            Mode::State(state) => state,
            Mode::Examples { users, .. } => {
                users.check(acting)?;
                return Ok(example(&content?.prefer));
            }
        };
        match (content, state.handler(face, &operation.id)) {
            (Ok(content), Some(Handler::Write(write))) if content.wants_no_example() => {
                state.write(face, write, &call(content.body), acting)
            }
            (content, handler) => state.read_for(face, view, acting, |view, user| {
                let content = content?;
                match handler {
                    Some(Handler::Read(read)) if content.wants_no_example() => {
                        let call = call(content.body);
                        let reply = read(&Reading {
                            view,
                            call: &call,
                            user,
                        })?;
                        state.resolved(reply, target.base)
                    }
                    None if content.wants_no_example() => {
                        state.check_handled(face)?;
                        Ok(example(&content.prefer))
                    }
                    _ => Ok(example(&content.prefer)),
                }
            }),
        }
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
}
