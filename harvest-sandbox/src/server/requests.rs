//! Requests: what each is for, and in which order it is looked at. Its body comes last.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::CONNECTION;
use axum::http::request::Parts;
use axum::http::{Method, Request, Response, StatusCode};
use axum::response::IntoResponse;
use bytes::Bytes;
use tokio::sync::watch;

use super::active_faults::ActiveFaults;
use super::body::{Unread, is_framed};
use super::{Caller, Server, Shared};
use crate::control;
use crate::control::Routes;
use crate::dev_center;
use crate::dev_center::Topic;
use crate::faces::token_service::Endpoint;
use crate::http::Incoming;
use crate::http::files::{self, Links};
use crate::http::log;
use crate::http::log::Entry;
use crate::http::reply::Reply;
use crate::openapi::router::is_under;
use crate::pipeline::Answered;
use crate::refusal::{Refusal, broken};

/// The longest form of Dev Center or for a token, in bytes. All permissions checked are some 7,000.
const MAX_FORM: usize = 64 << 10;
/// The longest body under `/_sandbox/`, in bytes.
const MAX_SCRIPT: usize = 64 << 10;

impl Server {
    /// Answers a request, and lets the client finish one that is answered before its end.
    pub(super) async fn answer(
        &self,
        caller: Caller,
        request: Request<hyper::body::Incoming>,
    ) -> Response<Body> {
        let wire = caller.wire.clone();
        let exchange = wire.begin();
        let (parts, body) = request.into_parts();
        let bounds = &self.shared.bounds;
        let mut unread = Unread::new(&parts.headers, Body::new(body), bounds.body_time);
        let is_for_file = Links::lead_to(parts.uri.path());
        let mut response = if is_framed(&parts.headers) {
            self.dispatch(caller, parts, &mut unread).await
        } else {
            // As Hyper answers what is no HTTP.
            (StatusCode::BAD_REQUEST, [(CONNECTION, "close")]).into_response()
        };
        if is_for_file {
            files::contain(response.headers_mut());
        }
        if unread.is_done() {
            wire.rest(exchange);
        } else {
            let most = bounds.file_body_bytes.max(bounds.body_bytes);
            tokio::spawn(async move {
                unread.discard(most).await;
                wire.rest(exchange);
            });
        }
        response
    }

    async fn dispatch(&self, caller: Caller, parts: Parts, unread: &mut Unread) -> Response<Body> {
        let path = parts.uri.path();
        let has_pages = self.shared.dev_center.is_some() || self.shared.landing.is_some();
        if is_under(path, dev_center::ROOT) || has_pages && dev_center::is_for_browser(&parts) {
            let topic = dev_center::topic_of(&parts);
            let reply = self.configure(caller, parts, unread).await;
            return match topic.and_then(|topic| self.changes(topic)) {
                Some(changes) if reply.status == StatusCode::OK => {
                    self.live.respond(reply, changes)
                }
                _ => self.bodies.count(reply).into_response(),
            };
        }
        if has_pages && path == "/" && !matches!(parts.method, Method::GET | Method::HEAD) {
            let reply = Reply::method_not_allowed(&[Method::GET]);
            return self.bodies.count(reply).into_response();
        }
        if self.shared.routes.is_some() && Routes::own(path) {
            let reply = self.manage(caller, parts, unread).await;
            return self.bodies.count(reply).into_response();
        }
        let operation = self.shared.pipeline.find(&parts.method, path);
        let log = &self.shared.control.log;
        let entry = log.arrived(operation, &parts.method, path);
        let wire = caller.wire.clone();
        let response = self.respond(caller, parts, unread, operation, &entry).await;
        entry.answered((!wire.is_cut()).then(|| response.status()));
        response
    }

    /// Answers a request to the API, unless a fault does.
    async fn respond(
        &self,
        caller: Caller,
        parts: Parts,
        unread: &mut Unread,
        operation: Option<&str>,
        entry: &Entry,
    ) -> Response<Body> {
        let shared = &self.shared;
        let faults = shared.control.faults.strike(operation);
        let active = ActiveFaults::new(faults, caller.wire.clone());
        if let Some(response) = active.before(entry).await {
            return response;
        }
        if let Some(list) = operation {
            shared.pipeline.grow(list, active.rows_inserted(entry));
        }
        let mut request = Arc::new(incoming(shared, &caller, parts));
        let is_operation = operation.is_some();
        let mut answered = self.pass(&mut request, unread, is_operation).await;
        answered.reply = self.bodies.count(answered.reply);
        let by = log::Caller {
            credential: answered.credential,
            user_id: answered.user_id,
        };
        entry.understood(&request, &answered.reply, by, answered.is_secret);
        if !answered.delay.is_zero() {
            tokio::time::sleep(answered.delay).await;
        }
        active.after(answered.reply, &request, entry).await
    }

    /// Takes a request through the pipeline. The body is read where it is known that the request may be answered, and how
    /// long its body may be.
    async fn pass(
        &self,
        request: &mut Arc<Incoming>,
        unread: &mut Unread,
        is_operation: bool,
    ) -> Answered {
        if let Some(endpoint) = self.shared.pipeline.token_endpoint(&request.path) {
            return self.issue(endpoint, request, unread).await;
        }
        let handed = Arc::clone(request);
        if unread.is_done() {
            let bodies = Arc::clone(&self.bodies);
            let answered = move |shared: &Shared| bodies.counted(shared.pipeline.handle(&handed));
            let answered = if is_operation && self.shared.pipeline.is_short(request) {
                self.work_here(answered)
            } else {
                self.work(answered).await
            };
            return answered.unwrap_or_else(gave_up);
        }
        let admitted = self.work(move |shared| shared.pipeline.admit(&handed));
        let admitted = match admitted.await {
            Some(Ok(admitted)) => admitted,
            Some(Err(answered)) => return *answered,
            None => return gave_up(),
        };
        let pipeline = &self.shared.pipeline;
        let most = pipeline.most_bytes(&admitted, &self.shared.bounds);
        let body = match self.bodies.read(unread, most).await {
            Ok(body) => body,
            Err(refusal) => return pipeline.conclude(&admitted, refusal.into_reply()),
        };
        Arc::make_mut(request).body = body.bytes;
        let handed = Arc::clone(request);
        let bodies = Arc::clone(&self.bodies);
        let answered = self.work(move |shared| {
            // Held until it is answered, even if the client has gone away.
            let share = body.share;
            let answered = shared.pipeline.answer(&admitted, &handed);
            drop(share);
            bodies.counted(answered)
        });
        answered.await.unwrap_or_else(gave_up)
    }

    /// Answers a request to the token service.
    async fn issue(
        &self,
        endpoint: Endpoint,
        request: &mut Arc<Incoming>,
        unread: &mut Unread,
    ) -> Answered {
        let is_bare = unread.is_done();
        if !is_bare {
            let handed = Arc::clone(request);
            let turned_away = self.work(move |shared| shared.pipeline.turn_away(&handed));
            if let Some(answered) = turned_away.await.unwrap_or_else(|| Some(gave_up())) {
                return answered;
            }
        }
        match self.bodies.read(unread, MAX_FORM).await {
            Ok(body) => Arc::make_mut(request).body = body.bytes,
            Err(refusal) => return self.shared.pipeline.unread(refusal),
        }
        let handed = Arc::clone(request);
        let answered = self.work(move |shared| {
            let pipeline = &shared.pipeline;
            let turned_away = is_bare.then(|| pipeline.turn_away(&handed)).flatten();
            turned_away.unwrap_or_else(|| pipeline.issue(endpoint, &handed))
        });
        answered.await.unwrap_or_else(gave_up)
    }

    /// Answers a request to `/_sandbox/`, which no fault hits and no log has.
    async fn manage(&self, caller: Caller, parts: Parts, unread: &mut Unread) -> Reply {
        let mut request = incoming(&self.shared, &caller, parts);
        if !unread.is_done() {
            let head = request.clone();
            let checked = self.work(move |shared| shared.control.check(&head)).await;
            if let Err(refusal) = checked.unwrap_or_else(|| Err(stuck())) {
                return refusal.into_reply();
            }
        }
        let body = match self.bodies.read(unread, MAX_SCRIPT).await {
            Ok(body) => body,
            Err(refusal) => return refusal.into_reply(),
        };
        request.body = body.bytes;
        let answered = self.work(move |shared| match &shared.routes {
            Some(routes) => control::answer(&shared.control, routes, &request),
            None => Reply::not_found(),
        });
        answered.await.unwrap_or_else(|| stuck().into_reply())
    }

    /// Answers a request for a page of Dev Center, which no fault hits and no log has.
    async fn configure(&self, caller: Caller, parts: Parts, unread: &mut Unread) -> Reply {
        let mut request = incoming(&self.shared, &caller, parts);
        if !unread.is_done() {
            let head = request.clone();
            let shut = self.work(move |shared| {
                let site = shared.dev_center.as_ref()?;
                site.shut(&shared.pipeline, &head)
            });
            if let Some(refused) = shut.await.unwrap_or_else(|| Some(stuck().into_reply())) {
                return refused;
            }
        }
        let body = match self.bodies.read(unread, MAX_FORM).await {
            Ok(body) => body,
            Err(refusal) => return refusal.into_reply(),
        };
        request.body = body.bytes;
        let answered = self.work(move |shared| match (&shared.dev_center, &shared.landing) {
            (Some(site), _) => site.answer(&shared.pipeline, &shared.control, &request),
            (None, Some(landing)) => landing.answer(&request),
            (None, None) => Reply::not_found(),
        });
        answered.await.unwrap_or_else(|| stuck().into_reply())
    }

    /// What happens from now on to records, or in the request log.
    fn changes(&self, topic: Topic) -> Option<watch::Receiver<u64>> {
        let control = &self.shared.control;
        match topic {
            Topic::Records => Some(control.state.as_ref()?.store.changes.follow()),
            Topic::Requests => Some(control.log.changes.follow()),
        }
    }

    /// Does what may have to wait for the disk, and for other writes: not on a thread that serves connections. `None` if
    /// it panicked.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Shared) -> T + Send + 'static,
    ) -> Option<T> {
        let shared = Arc::clone(&self.shared);
        let room = Arc::clone(&self.bodies.room);
        let done = tokio::task::spawn_blocking(move || room.within(|| work(&shared))).await;
        done.ok()
    }

    /// Does what takes less time than handing it to another thread.
    fn work_here<T>(&self, work: impl FnOnce(&Shared) -> T) -> Option<T> {
        let work = || self.bodies.room.within(|| work(&self.shared));
        panic::catch_unwind(AssertUnwindSafe(work)).ok()
    }
}

/// A request of which only the headers are there.
fn incoming(shared: &Shared, caller: &Caller, parts: Parts) -> Incoming {
    Incoming {
        host: shared.names.host(&parts, caller.local),
        sender: shared.proxies.sender(caller.address.ip(), &parts.headers),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        method: parts.method,
        headers: parts.headers,
        body: Bytes::new(),
    }
}

fn stuck() -> Refusal {
    broken("it gave up on the request")
}

fn gave_up() -> Answered {
    Answered {
        reply: stuck().into_reply(),
        delay: Duration::ZERO,
        credential: None,
        user_id: None,
        is_secret: true,
    }
}
