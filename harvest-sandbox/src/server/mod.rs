//! HTTP in, HTTP out: connections are taken, bounded and served.

mod active_faults;
mod body;
mod corrupt;
mod live;
mod requests;
mod turned_away;
mod wire;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot, watch};
use tokio::task::{JoinHandle, JoinSet};

use crate::bounds::{Bounds, HEAD_BYTES};
use crate::control::{Control, Routes};
use crate::dev_center::{Landing, Site};
use crate::http::guard::{Names, Proxies};
use crate::http::reply::Reply;
use crate::pipeline::Pipeline;
use body::Bodies;
use live::Live;
use turned_away::{TurnedAway, raw};
pub(crate) use wire::{Caller, Wire};
use wire::{Connection, Slow};

/// After this long another connection is tried to be taken, if the operating system could not give one.
const BREATH: Duration = Duration::from_millis(100);

/// What each request is answered with.
pub(crate) struct Shared {
    pub(crate) pipeline: Pipeline,
    pub(crate) control: Arc<Control>,
    /// What there is under `/_sandbox/`, if that is on.
    pub(crate) routes: Option<Routes>,
    /// None if nothing is kept.
    pub(crate) dev_center: Option<Site>,
    /// There where no records are kept.
    pub(crate) landing: Option<Landing>,
    pub(crate) names: Names,
    pub(crate) proxies: Proxies,
    pub(crate) bounds: Bounds,
}

/// Serves until the sender of `stop` is used or dropped, then finishes what has begun.
pub(crate) fn spawn(
    listener: TcpListener,
    shared: Shared,
    stop: oneshot::Receiver<()>,
) -> JoinHandle<()> {
    tokio::spawn(serve(listener, shared, stop))
}

/// A running server, as its connections see it.
struct Server {
    shared: Arc<Shared>,
    bodies: Arc<Bodies>,
    live: Live,
}

async fn serve(listener: TcpListener, shared: Shared, mut stop: oneshot::Receiver<()>) {
    let free = Arc::new(Semaphore::new(shared.bounds.connections));
    let turned_away = TurnedAway::default();
    let (stopping, stopped) = watch::channel(());
    let server = Arc::new(Server {
        bodies: Arc::new(Bodies::new(&shared.bounds)),
        live: Live::new(&shared.bounds, stopped.clone()),
        shared: Arc::new(shared),
    });
    // Aborted with this task, if a client does not come to an end.
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            // An error says that the sender was dropped: stop all the same.
            _ = &mut stop => break,
            Some(_) = connections.join_next() => continue,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, address)) => match Arc::clone(&free).try_acquire_owned() {
                Ok(permit) => {
                    let (server, stopped) = (Arc::clone(&server), stopped.clone());
                    connections.spawn(converse(server, stream, address, stopped, permit));
                }
                Err(_) => turned_away.add(stream),
            },
            Err(error) if is_of_one_client(&error) => {}
            // Most likely there are too many open files. Some will be closed.
            Err(_) => tokio::time::sleep(BREATH).await,
        }
    }
    drop((listener, stopping));
    while connections.join_next().await.is_some() {}
}

/// Whether a connection was gone before it could be taken.
fn is_of_one_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}

/// Serves one connection until it ends, the client is too slow, or the server stops and its request is answered.
async fn converse(
    server: Arc<Server>,
    stream: TcpStream,
    address: SocketAddr,
    mut stopped: watch::Receiver<()>,
    _permit: OwnedSemaphorePermit,
) {
    // Answers are small: they are not to wait for more. Without it they are slower, but the same.
    let _ = stream.set_nodelay(true);
    // A connection that is gone has none.
    let Ok(local) = stream.local_addr() else {
        return;
    };
    let wire = Wire::new(&server.shared.bounds);
    let caller = Caller {
        address,
        local,
        wire: wire.clone(),
    };
    let service = service_fn(move |request| {
        let (server, caller) = (Arc::clone(&server), caller.clone());
        async move { Ok::<_, std::convert::Infallible>(server.answer(caller, request).await) }
    });
    let io = TokioIo::new(Connection::new(stream, wire.clone()));
    let mut connection = http1::Builder::new()
        .max_buf_size(HEAD_BYTES)
        .max_header_size(HEAD_BYTES)
        // The wire knows more about the pace of a client than this would.
        .header_read_timeout(None)
        .serve_connection(io, service);
    let mut stops = false;
    let slow = loop {
        tokio::select! {
            // An error is one of the client, or of the network: there is no reader for it.
            _ = &mut connection => return,
            _ = stopped.changed(), if !stops => {
                stops = true;
                std::pin::Pin::new(&mut connection).graceful_shutdown();
            }
            slow = wire.expired() => break slow,
        }
    };
    if slow == Slow::Head {
        let message = "The headers of the request took too long";
        let late = raw(&Reply::message(StatusCode::REQUEST_TIMEOUT, message));
        connection.into_parts().io.into_inner().say_goodbye(&late);
    }
}
