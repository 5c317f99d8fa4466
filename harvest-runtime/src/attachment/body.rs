//! The bytes of a file on their way.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_TYPE;
use tokio::time::{Instant, Sleep, sleep_until};

use super::Failure;
use crate::{Error, printable};

/// The bytes of a file on their way, piece by piece: what [`Download::stream`](super::Download::stream) returns.
///
/// It ends after the last byte, or after the first error. An end without an error means that the file is complete, as
/// far as the server said how long it is. A stream is not restarted automatically when it breaks.
#[must_use = "a stream does nothing until it is asked for its next piece"]
pub struct FileStream {
    body: Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send>>,
    content_type: Option<String>,
    expected: Option<u64>,
    read: u64,
    bounds: Bounds,
    /// When the next piece has to be there.
    patience: Pin<Box<Sleep>>,
    ended: bool,
}

/// What a file may take.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    /// The most bytes.
    pub(super) limit: u64,
    /// The longest time without any.
    pub(super) idle: Duration,
    /// The end of all.
    pub(super) deadline: Option<Instant>,
    /// When a file of that many bytes would be there at the slowest pace that is waited for.
    pub(super) slowest: Option<Instant>,
}

/// The slowest pace that is waited for where the time of the call has no end, in bytes a second. A server that sends a byte
/// now and then would be waited for as long as it likes.
const SLOWEST: u64 = 16 * 1024;

/// In place of a time that no clock can hold.
const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

impl Bounds {
    /// The bounds of an attempt that begins now.
    pub(super) fn new(limit: u64, idle: Duration, deadline: Option<Instant>) -> Self {
        let longest = idle.saturating_add(Duration::from_secs(limit / SLOWEST));
        Self {
            limit,
            idle,
            deadline,
            slowest: Instant::now().checked_add(longest),
        }
    }

    /// When something has to be there, if the waiting begins now.
    pub(super) fn until(&self) -> Instant {
        let now = Instant::now();
        let idle = now.checked_add(self.idle).unwrap_or_else(|| now + FAR);
        let ends = self.deadline.into_iter().chain(self.slowest);
        ends.fold(idle, Instant::min)
    }

    /// It was not there in time.
    pub(super) fn late(&self) -> Failure {
        let now = Instant::now();
        let is_over = |end: Option<Instant>| end.is_some_and(|end| end <= now);
        match (is_over(self.deadline), is_over(self.slowest)) {
            (true, _) => Failure::Late { whole: true },
            (false, true) => Failure::TooSlow,
            (false, false) => Failure::Late { whole: false },
        }
    }
}

impl FileStream {
    pub(super) fn new(incoming: reqwest::Response, bounds: Bounds) -> Result<Self, Failure> {
        let limit = bounds.limit;
        let expected = incoming.content_length();
        if expected.is_some_and(|expected| expected > limit) {
            return Err(Failure::TooLargeToFetch { limit });
        }
        let content_type = incoming.headers().get(CONTENT_TYPE);
        Ok(Self {
            content_type: content_type
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned),
            expected,
            body: Box::pin(incoming.bytes_stream()),
            read: 0,
            patience: Box::pin(sleep_until(bounds.until())),
            bounds,
            ended: false,
        })
    }

    /// What the server calls the file's type. Of an attachment it need not be the one that it was sent with.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// How many bytes the file has, if the server says so.
    pub fn content_length(&self) -> Option<u64> {
        self.expected
    }

    /// How many bytes came so far.
    pub fn bytes_read(&self) -> u64 {
        self.read
    }

    /// The next piece, or `None` after the last one and after an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, Failure>> {
        let Poll::Ready(piece) = self.body.as_mut().poll_next(context) else {
            ready!(self.patience.as_mut().poll(context));
            return Poll::Ready(Err(self.bounds.late()));
        };
        self.patience.as_mut().reset(self.bounds.until());
        Poll::Ready(match piece {
            Some(Ok(piece)) => self.count(piece).map(Some),
            Some(Err(error)) => Err(Failure::Transport(error.without_url())),
            None => match self.expected {
                Some(expected) if expected != self.read => Err(Failure::Truncated {
                    expected,
                    read: self.read,
                }),
                _ => Ok(None),
            },
        })
    }

    fn count(&mut self, piece: Bytes) -> Result<Bytes, Failure> {
        let limit = self.bounds.limit;
        self.read += piece.len() as u64;
        if self.read > limit {
            return Err(Failure::TooLargeToFetch { limit });
        }
        Ok(piece)
    }
}

impl Stream for FileStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.ended {
            return Poll::Ready(None);
        }
        let piece = ready!(this.poll_piece(context));
        this.ended = !matches!(piece, Ok(Some(_)));
        Poll::Ready(piece.map_err(Error::from).transpose())
    }
}

/// Prints the type, without its parameters, and the lengths.
impl fmt::Debug for FileStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileStream")
            .field(
                "content_type",
                &self.content_type().map(printable::media_type),
            )
            .field("content_length", &self.expected)
            .field("bytes_read", &self.read)
            .finish_non_exhaustive()
    }
}
