//! HTTP in, HTTP out.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::HOST;
use axum::http::{Response, StatusCode};
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::pipeline::{Incoming, Pipeline};
use crate::reply::Reply;

/// The largest body that is read, in bytes. Attachments are sent inside of JSON, so this is large.
const MAX_BODY: usize = 64 << 20;

struct Shared {
    pipeline: Pipeline,
    /// For the few clients that send no `Host`.
    host: String,
}

/// Serves until the sender of `stop` is used or dropped, then finishes what has begun.
pub(crate) fn spawn(
    listener: TcpListener,
    host: String,
    pipeline: Pipeline,
    stop: oneshot::Receiver<()>,
) -> JoinHandle<()> {
    let router = Router::new()
        .fallback(answer)
        .with_state(Arc::new(Shared { pipeline, host }));
    // Answers are small: they are not to wait for more.
    let listener = listener.tap_io(|connection| {
        // Without it answers are slower, but the same.
        let _ = connection.set_nodelay(true);
    });
    tokio::spawn(async move {
        let stopped = async {
            // An error says that the sender was dropped: stop all the same.
            let _ = stop.await;
        };
        // axum documents that this never returns an error.
        let _ = axum::serve(listener, router)
            .with_graceful_shutdown(stopped)
            .await;
    })
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        let message = format!("The body is incomplete, or longer than {MAX_BODY} bytes");
        return response(Reply::message(StatusCode::PAYLOAD_TOO_LARGE, &message));
    };
    let host = parts
        .headers
        .get(HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or(&shared.host);
    response(shared.pipeline.handle(&Incoming {
        host: host.to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        method: parts.method,
        headers: parts.headers,
        body,
    }))
}

fn response(reply: Reply) -> Response<Body> {
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() = reply.status;
    *response.headers_mut() = reply.headers;
    response
}
