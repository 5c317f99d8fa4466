//! HTTP in, HTTP out.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::HOST;
use axum::http::{Response, StatusCode};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::fault::{Caller, Faults, Listening};
use crate::log::Log;
use crate::pipeline::{Answered, Incoming, Pipeline};
use crate::refusal::broken;
use crate::reply::Reply;

/// The largest body that is read, in bytes. Attachments are sent inside of JSON, so this is large.
const MAX_BODY: usize = 64 << 20;

/// What each request is answered with.
pub(crate) struct Shared {
    pub(crate) pipeline: Pipeline,
    pub(crate) faults: Faults,
    pub(crate) log: Log,
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
    ConnectInfo(Caller { address, wire }): ConnectInfo<Caller>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let operation = shared.pipeline.find(&parts.method, parts.uri.path());
    let entry = shared.log.arrived(operation, &parts.method);
    let hit = shared.faults.strike(operation, wire);
    if let Some(response) = hit.before(&entry).await {
        return response;
    }
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        let message = format!("The body is incomplete, or longer than {MAX_BODY} bytes");
        let reply = Reply::message(StatusCode::PAYLOAD_TOO_LARGE, &message);
        entry.answered(reply.status);
        return reply.into_response();
    };
    let host = parts
        .headers
        .get(HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or(&shared.host);
    let request = Arc::new(Incoming {
        host: host.to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        method: parts.method,
        headers: parts.headers,
        peer: address.ip(),
        body,
    });
    if let Some(list) = operation {
        shared.pipeline.grow(list, hit.rows_inserted(&entry));
    }
    // A write may have to wait for the disk, and for other writes: not on a thread that serves connections.
    let (serving, asked) = (Arc::clone(&shared), Arc::clone(&request));
    let answered = tokio::task::spawn_blocking(move || serving.pipeline.handle(&asked)).await;
    let Answered { reply, delay } = answered.unwrap_or_else(|_| Answered {
        reply: broken("it gave up on the request").into_reply(),
        delay: Duration::ZERO,
    });
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    hit.after(reply, &request, &entry).await
}
