//! Memory for bodies. They are read not before it is known that they are wanted, and no more of them than is allowed.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::http::header::{CONTENT_LENGTH, EXPECT, TRANSFER_ENCODING};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use bytes::Bytes;
use hyper::body::Frame;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, timeout_at};

use super::turned_away::busy;
use crate::bounds::{Bounds, SMALL_ANSWER};
use crate::http::buffer;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::pipeline::Answered;
use crate::refusal::Refusal;
use crate::store::Room;

/// The capacity that a body begins with, in bytes.
const FIRST: usize = 1 << 10;

/// The body of a request, as far as it is not read yet.
pub(super) struct Unread {
    body: Body,
    /// As the client says. Hyper holds it to that.
    length: Option<usize>,
    /// Whether the client waits to be asked for it.
    waits: bool,
    /// By when all of it has to be there.
    until: Instant,
    ended: bool,
}

/// A body that was read.
#[derive(Default)]
pub(super) struct Held {
    pub(super) bytes: Bytes,
    /// Of the memory for bodies. Free again when it is dropped.
    pub(super) share: Option<OwnedSemaphorePermit>,
}

/// Whether a body is framed as it is read here: in chunks and nothing else, if there is a transfer coding (RFC 9112,
/// section 6.1). Hyper looks at the last coding alone, and a proxy in front may look at another one.
pub(super) fn is_framed(headers: &HeaderMap) -> bool {
    let mut codings = headers.get_all(TRANSFER_ENCODING).iter();
    let is_chunked = |it: &HeaderValue| it.as_bytes().eq_ignore_ascii_case(b"chunked");
    codings.next().is_none_or(is_chunked) && codings.next().is_none()
}

/// The memory for bodies, of requests and of answers.
pub(super) struct Bodies {
    pub(super) room: Arc<Room>,
}

impl Unread {
    pub(super) fn new(headers: &HeaderMap, body: Body, time: Duration) -> Self {
        let length = headers
            .get(CONTENT_LENGTH)
            .and_then(|it| it.to_str().ok()?.parse().ok());
        Self {
            body,
            length,
            waits: headers.contains_key(EXPECT),
            until: Instant::now() + time,
            ended: false,
        }
    }

    /// Whether there is nothing to read, or nothing left.
    pub(super) fn is_done(&self) -> bool {
        self.ended || self.body.is_end_stream()
    }

    /// Reads on and keeps nothing, so that the client can end its request and read the answer that it has got: to close a
    /// connection on which it is still sending would take the answer from it. Not more than `most` bytes, though, nor
    /// longer than the body would have had. A client that waits to be asked sends nothing.
    pub(super) async fn discard(mut self, most: usize) {
        if self.waits {
            return;
        }
        let until = self.until;
        let all = async {
            let mut read = 0;
            while let Some(Ok(chunk)) = self.next().await {
                read += chunk.len();
                if read > most {
                    break;
                }
            }
        };
        // A client that is too slow, or sends too much, is cut off.
        let _ = timeout_at(until, all).await;
    }

    async fn next(&mut self) -> Option<Result<Bytes, axum::Error>> {
        loop {
            let frame = poll_fn(|context| Pin::new(&mut self.body).poll_frame(context)).await;
            let Some(frame) = frame else {
                self.ended = true;
                return None;
            };
            match frame.map(Frame::into_data) {
                Ok(Ok(data)) => return Some(Ok(data)),
                // What comes after a body means nothing to this API.
                Ok(Err(_)) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl Bodies {
    pub(super) fn new(bounds: &Bounds) -> Self {
        Self {
            room: Arc::new(Room::new(bounds.total_body_bytes)),
        }
    }

    /// Reads a body to its end: 413 for one that is longer than `most` bytes, 408 for one that does not come in time, 503
    /// if there is no memory for it for as long, 400 if it ends too early or is no HTTP.
    pub(super) async fn read(&self, unread: &mut Unread, most: usize) -> Outcome<Held> {
        if unread.is_done() {
            return Ok(Held::default());
        }
        let too_long = || too_long(most);
        let expected = unread.length.unwrap_or(most);
        if expected > most {
            return Err(too_long());
        }
        let share = self.room.acquire(expected);
        let Ok(Ok(share)) = timeout_at(unread.until, share).await else {
            return Err(Refusal::Crowded);
        };
        let until = unread.until;
        let all = async {
            // Memory is taken as it is filled: a length is easily said.
            let mut bytes = Vec::with_capacity(expected.min(FIRST));
            while let Some(chunk) = unread.next().await {
                let chunk = chunk.map_err(|_| malformed())?;
                if bytes.len() + chunk.len() > most {
                    return Err(too_long());
                }
                buffer::extend(&mut bytes, &chunk);
            }
            Ok(bytes)
        };
        let bytes = timeout_at(until, all).await.unwrap_or_else(|_| {
            let message = "The body of the request took too long";
            Err(Reply::message(StatusCode::REQUEST_TIMEOUT, message).into())
        })?;
        Ok(Held {
            bytes: bytes.into(),
            share: Some(share),
        })
    }
}

impl Bodies {
    /// Counts an answer to the API, on the thread that put it together.
    pub(super) fn counted(&self, answered: Answered) -> Answered {
        Answered {
            reply: self.count(answered.reply),
            ..answered
        }
    }

    /// Counts an answer as memory in use until the last of it was sent, or its client is gone. If there is not enough left,
    /// the answer is 503, and its own memory free at once: to wait with it would be to keep it.
    pub(super) fn count(&self, mut reply: Reply) -> Reply {
        if !reply.is_to_count || reply.body.len() <= SMALL_ANSWER {
            return reply;
        }
        if let Some(share) = self.room.keep(reply.body.len()) {
            reply.is_to_count = false;
            let bytes = std::mem::take(&mut reply.body);
            reply.body = Bytes::from_owner(Counted {
                bytes,
                _share: share,
            });
            return reply;
        }
        let mut refused = busy();
        for (name, value) in reply
            .headers
            .iter()
            .filter(|(it, _)| it.as_str().starts_with("x-"))
        {
            refused.headers.insert(name.clone(), value.clone());
        }
        refused
    }
}

/// The bytes of an answer, with their share of the memory. Hyper drops a body when it has taken all of it, which is before
/// it is sent; the bytes it keeps until then.
struct Counted {
    bytes: Bytes,
    _share: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for Counted {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

fn too_long(most: usize) -> Refusal {
    let message = format!("The body is longer than {most} bytes");
    Reply::message(StatusCode::PAYLOAD_TOO_LARGE, &message).into()
}

fn malformed() -> Refusal {
    let message = "The body is incomplete, or not sent as HTTP wants it";
    Reply::message(StatusCode::BAD_REQUEST, message).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Memory is counted in pieces of so many bytes.
    const PIECE: usize = 1 << 10;

    /// One that says how long it is, and is as long as it says.
    fn whole(bytes: usize, time: Duration) -> Unread {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_LENGTH, bytes.into());
        Unread::new(&headers, Body::from(vec![b' '; bytes]), time)
    }

    #[tokio::test]
    async fn memory_is_shared_and_given_back() {
        let bodies = Bodies::new(&Bounds::default().total_body_bytes(4 * PIECE));
        let long = Duration::from_secs(60);
        let soon = Duration::from_millis(20);
        let read = async |bytes, time| bodies.read(&mut whole(bytes, time), 100 * PIECE).await;
        let first = read(3 * PIECE, long).await.unwrap();
        assert_eq!(first.bytes.len(), 3 * PIECE);
        let second = read(PIECE, soon).await.unwrap();
        let refused = read(1, soon).await.err().unwrap();
        assert_eq!(refused.into_reply().status, 503);
        // Nothing takes nothing.
        assert!(read(0, soon).await.is_ok());
        drop(second);
        assert!(read(1, soon).await.is_ok());
        drop(first);
        // More than there is takes all there is.
        let all = read(50 * PIECE, soon).await.unwrap();
        assert_eq!(read(1, soon).await.err().unwrap().into_reply().status, 503);
        drop(all);
        assert!(read(1, soon).await.is_ok());
    }
}
