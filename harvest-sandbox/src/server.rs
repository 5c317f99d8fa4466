//! HTTP in, HTTP out.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::HOST;
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use axum::routing::any;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::control::{self, Control, Routes};
use crate::dev_center::{self, Site, Trace};
use crate::fault::{Caller, Listening};
use crate::pipeline::{Answered, Incoming, Pipeline};
use crate::refusal::{Outcome, broken};
use crate::reply::Reply;

/// The largest body that is read, in bytes. Attachments are sent inside of JSON, so this is large.
const MAX_BODY: usize = 64 << 20;
/// The largest form, in bytes. All permissions checked are some 7,000.
const MAX_FORM: usize = 1 << 20;

/// What each request is answered with.
pub(crate) struct Shared {
    pub(crate) pipeline: Pipeline,
    pub(crate) control: Arc<Control>,
    /// What there is under `/_sandbox/`, if that is on.
    pub(crate) routes: Option<Routes>,
    /// None if nothing is kept.
    pub(crate) dev_center: Option<Site>,
    /// For the few clients that send no `Host`.
    pub(crate) host: String,
}

/// Serves until the sender of `stop` is used or dropped, then finishes what has begun.
pub(crate) fn spawn(
    listener: TcpListener,
    shared: Shared,
    stop: oneshot::Receiver<()>,
) -> JoinHandle<()> {
    let router = Router::new()
        .route(dev_center::ROOT, any(configure))
        .route(dev_center::PAGES, any(configure))
        .fallback(answer)
        .with_state(Arc::new(shared))
        .into_make_service_with_connect_info::<Caller>();
    tokio::spawn(async move {
        let stopped = async {
            // An error says that the sender was dropped: stop all the same.
            let _ = stop.await;
        };
        // axum documents that this never returns an error.
        let _ = axum::serve(Listening(listener), router)
            .with_graceful_shutdown(stopped)
            .await;
    })
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(caller): ConnectInfo<Caller>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    if shared.routes.is_some() && Routes::own(parts.uri.path()) {
        return manage(shared, caller.address.ip(), parts, body).await;
    }
    let trace = shared
        .control
        .request_log
        .arrived(&parts.method, parts.uri.path());
    let wire = caller.wire.clone();
    let response = respond(&shared, caller, parts, body, &trace).await;
    trace.answered((!wire.is_cut()).then(|| response.status()));
    response
}

/// Answers a request to the API, unless a fault does.
async fn respond(
    shared: &Arc<Shared>,
    Caller { address, wire }: Caller,
    parts: Parts,
    body: Body,
    trace: &Trace,
) -> Response<Body> {
    let operation = shared.pipeline.find(&parts.method, parts.uri.path());
    let entry = shared.control.log.arrived(operation, &parts.method);
    let hit = shared.control.faults.strike(operation, wire);
    if let Some(response) = hit.before(&entry).await {
        return response;
    }
    let request = match read(shared, address.ip(), parts, body, MAX_BODY).await {
        Ok(request) => Arc::new(request),
        Err(refusal) => {
            entry.answered(refusal.status);
            return refusal.into_reply().into_response();
        }
    };
    if let Some(list) = operation {
        shared.pipeline.grow(list, hit.rows_inserted(&entry));
    }
    // A write may have to wait for the disk, and for other writes: not on a thread that serves connections.
    let (serving, asked) = (Arc::clone(shared), Arc::clone(&request));
    let answered = tokio::task::spawn_blocking(move || serving.pipeline.handle(&asked)).await;
    let answered = answered.unwrap_or_else(|_| Answered {
        reply: broken("it gave up on the request").into_reply(),
        delay: Duration::ZERO,
        key_id: None,
        user_id: None,
    });
    trace.understood(&request, &answered);
    if !answered.delay.is_zero() {
        tokio::time::sleep(answered.delay).await;
    }
    hit.after(answered.reply, &request, &entry).await
}

/// Answers a request to `/_sandbox/`, which no fault hits and no log has.
async fn manage(shared: Arc<Shared>, peer: IpAddr, parts: Parts, body: Body) -> Response<Body> {
    let request = match read(&shared, peer, parts, body, MAX_BODY).await {
        Ok(request) => request,
        Err(refusal) => return refusal.into_reply().into_response(),
    };
    let answered = tokio::task::spawn_blocking(move || match &shared.routes {
        Some(routes) => control::http::answer(&shared.control, routes, &request),
        None => Reply::not_found(),
    });
    answered
        .await
        .unwrap_or_else(|_| broken("it gave up on the request").into_reply())
        .into_response()
}

/// Answers a request for a page of Dev Center, which no fault hits and no log has.
async fn configure(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(caller): ConnectInfo<Caller>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let request = match read(&shared, caller.address.ip(), parts, body, MAX_FORM).await {
        Ok(request) => request,
        Err(refusal) => return refusal.into_reply().into_response(),
    };
    let answered = tokio::task::spawn_blocking(move || match &shared.dev_center {
        Some(site) => site.answer(&shared.pipeline, &shared.control, &request),
        None => Reply::not_found(),
    });
    answered
        .await
        .unwrap_or_else(|_| broken("it gave up on the page").into_reply())
        .into_response()
}

/// Reads a request to its end, unless its body is longer than `most` bytes.
async fn read(
    shared: &Shared,
    peer: IpAddr,
    parts: Parts,
    body: Body,
    most: usize,
) -> Outcome<Incoming> {
    let Ok(body) = to_bytes(body, most).await else {
        let message = format!("The body is incomplete, or longer than {most} bytes");
        return Err(Reply::message(StatusCode::PAYLOAD_TOO_LARGE, &message).into());
    };
    let host = parts.headers.get(HOST);
    let host = host.and_then(|host| host.to_str().ok());
    Ok(Incoming {
        host: host.unwrap_or(&shared.host).to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        method: parts.method,
        headers: parts.headers,
        peer,
        body,
    })
}
