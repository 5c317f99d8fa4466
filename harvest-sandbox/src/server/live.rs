//! Changes as they happen, as server-sent events. An event is a number and nothing else: the page that hears of a change
//! reads itself again, with all that guards it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use futures_util::stream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Instant, sleep, sleep_until};

use crate::bounds::Bounds;
use crate::http::reply::Reply;

/// Pages that hear of changes at the same time.
const MOST: usize = 64;
/// The least time between two events of a page: many changes at once are one.
const PACE: Duration = Duration::from_millis(300);
/// After so long, a page has to ask again, and to be let in again.
const LONGEST: Duration = Duration::from_secs(10 * 60);
/// The time between two signs of life, by which it is known whether the page is there.
const BEAT: Duration = Duration::from_secs(15);

const EVENTS: HeaderValue = HeaderValue::from_static("text/event-stream");

/// The streams of a server.
pub(super) struct Live {
    free: Arc<Semaphore>,
    stopped: watch::Receiver<()>,
    beat: Duration,
}

/// The stream of a page.
struct Stream {
    changes: watch::Receiver<u64>,
    stopped: watch::Receiver<()>,
    until: Instant,
    beat: Duration,
    /// Whether the number was sent that there was at first.
    is_begun: bool,
    _permit: OwnedSemaphorePermit,
}

impl Live {
    /// For a server that stops when the sender of `stopped` is dropped.
    pub(super) fn new(bounds: &Bounds, stopped: watch::Receiver<()>) -> Self {
        Self {
            // Most connections are for the API.
            free: Arc::new(Semaphore::new(MOST.min(bounds.connections / 4).max(1))),
            stopped,
            // A connection over which nothing goes is taken for idle.
            beat: BEAT.min(bounds.idle_time / 2),
        }
    }

    /// Goes on with an answer that lets a page follow changes.
    pub(super) fn respond(
        &self,
        mut reply: Reply,
        changes: watch::Receiver<u64>,
    ) -> Response<Body> {
        let Ok(permit) = Arc::clone(&self.free).try_acquire_owned() else {
            let message = "Too many pages wait for changes. Reload the page to see what is new.";
            return Reply::message(StatusCode::SERVICE_UNAVAILABLE, message).into_response();
        };
        reply.headers.insert(CONTENT_TYPE, EVENTS);
        let stream = Stream {
            changes,
            stopped: self.stopped.clone(),
            until: Instant::now() + LONGEST,
            beat: self.beat,
            is_begun: false,
            _permit: permit,
        };
        let events = stream::unfold(stream, |mut stream| async move {
            let event = stream.next().await?;
            Some((Ok::<_, Infallible>(event), stream))
        });
        let mut response = Response::new(Body::from_stream(events));
        *response.status_mut() = reply.status;
        *response.headers_mut() = reply.headers;
        response
    }
}

impl Stream {
    /// The next event or sign of life; none at the end.
    async fn next(&mut self) -> Option<Bytes> {
        if !self.is_begun {
            self.is_begun = true;
            return Some(self.event());
        }
        tokio::select! {
            _ = self.stopped.changed() => None,
            () = sleep_until(self.until) => None,
            () = sleep(self.beat) => Some(Bytes::from_static(b":\n\n")),
            changed = self.changes.changed() => {
                changed.ok()?;
                sleep(PACE).await;
                Some(self.event())
            }
        }
    }

    fn event(&mut self) -> Bytes {
        let number = *self.changes.borrow_and_update();
        format!("retry: 3000\ndata: {number}\n\n").into()
    }
}
