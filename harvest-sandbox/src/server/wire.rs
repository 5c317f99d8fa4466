//! Connections: they can be cut, and end when their client is too slow.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until};

use crate::bounds::Bounds;

/// The handle by which a connection is cut, and by which its pace is known. Each request has that of its connection.
#[derive(Clone, Debug)]
pub(crate) struct Wire(Arc<State>);

#[derive(Debug)]
struct State {
    cut: AtomicBool,
    /// How many requests have come.
    requests: AtomicU64,
    stage: Mutex<Stage>,
    head_time: Duration,
    idle_time: Duration,
}

/// How far the exchange is that a connection is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Nothing of a request has come, or an answer is being sent. The client has until then.
    Idle(Instant),
    /// A part of a request's headers has come. The client has until then for the rest.
    Head(Instant),
    /// The request with this number is being answered. What answers it keeps an eye on the time.
    Busy(u64),
}

/// A request that is being answered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Exchange(u64);

/// What a client was too slow for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slow {
    /// It sent nothing, or took nothing of its answer.
    Idle,
    /// It began a request and did not end its headers.
    Head,
}

impl Wire {
    pub(super) fn new(bounds: &Bounds) -> Self {
        Self(Arc::new(State {
            cut: AtomicBool::new(false),
            requests: AtomicU64::new(0),
            stage: Mutex::new(Stage::Idle(Instant::now() + bounds.idle_time)),
            head_time: bounds.head_time,
            idle_time: bounds.idle_time,
        }))
    }

    /// Ends the connection with a TCP reset before another byte is written. What answers the request that is under way
    /// has only to return.
    pub(crate) fn cut(&self) {
        self.0.cut.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_cut(&self) -> bool {
        self.0.cut.load(Ordering::Relaxed)
    }

    /// The headers of a request are there.
    pub(super) fn begin(&self) -> Exchange {
        let number = self.0.requests.fetch_add(1, Ordering::Relaxed);
        *self.stage() = Stage::Busy(number);
        Exchange(number)
    }

    /// All of the request was read, and its answer is known. The next one may have begun already.
    pub(super) fn rest(&self, Exchange(number): Exchange) {
        let mut stage = self.stage();
        if *stage == Stage::Busy(number) {
            *stage = Stage::Idle(Instant::now() + self.0.idle_time);
        }
    }

    fn received(&self) {
        let mut stage = self.stage();
        if let Stage::Idle(_) = *stage {
            *stage = Stage::Head(Instant::now() + self.0.head_time);
        }
    }

    fn sent(&self) {
        let mut stage = self.stage();
        if let Stage::Idle(until) = &mut *stage {
            *until = Instant::now() + self.0.idle_time;
        }
    }

    fn stage(&self) -> MutexGuard<'_, Stage> {
        // Nothing panics while it is held.
        self.0.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the client was too slow.
    pub(super) async fn expired(&self) -> Slow {
        // No deadline is set that is nearer than this, so none is missed by looking up only as often.
        let step = self.0.head_time.min(self.0.idle_time);
        loop {
            let now = Instant::now();
            let next = match *self.stage() {
                Stage::Idle(until) if until <= now => return Slow::Idle,
                Stage::Head(until) if until <= now => return Slow::Head,
                Stage::Idle(until) | Stage::Head(until) => until.min(now + step),
                Stage::Busy(_) => now + step,
            };
            sleep_until(next).await;
        }
    }
}

/// The other end of a connection, for the requests that come over it.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) address: SocketAddr,
    /// This end.
    pub(crate) local: SocketAddr,
    pub(crate) wire: Wire,
}

/// A connection that fails to write once it is cut. The server drops it then, and without lingering that is a reset.
pub(super) struct Connection {
    stream: TcpStream,
    wire: Wire,
    /// Whether a part of an answer is still to be sent, which the client does not take.
    blocked: bool,
}

impl Connection {
    pub(super) fn new(stream: TcpStream, wire: Wire) -> Self {
        Self {
            stream,
            wire,
            blocked: false,
        }
    }

    /// Sends a last answer, as far as the client takes it at once, unless it would come in the middle of another.
    pub(super) fn say_goodbye(&self, answer: &[u8]) {
        if !self.blocked {
            // Whether it arrives is for the client to care.
            let _ = self.stream.try_write(answer);
        }
    }

    fn check(&self) -> io::Result<()> {
        if !self.wire.is_cut() {
            return Ok(());
        }
        self.stream.set_zero_linger()?;
        Err(io::ErrorKind::ConnectionReset.into())
    }

    fn wrote(&mut self, polled: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        self.blocked = polled.is_pending();
        if let Poll::Ready(Ok(1..)) = polled {
            self.wire.sent();
        }
        polled
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check()?;
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.wire.received();
        }
        polled
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.wrote(polled)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        let polled = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.wrote(polled)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
