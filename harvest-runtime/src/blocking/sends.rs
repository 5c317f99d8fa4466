//! The ways in which requests are sent, each as one that blocks.

use http::StatusCode;
use serde::de::DeserializeOwned;

use super::{Items, Pages, Waiter};
use crate::bulk;
use crate::exchange::{exchange, exchange_undecoded};
use crate::ready::until_ready;
use crate::{
    Blocking, BulkOutcome, Bytes, Created, DecodeError, Error, JobReader, Param, PollOptions,
    PollTarget, RawRequest, Record, Request, Response, decode,
};

impl Request {
    /// [`send`](Self::send), on this thread: see [`blocking`](crate::blocking).
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send); and [`Error::is_invalid_request`] where it must not block.
    pub fn send_blocking<T>(
        self,
        decode: fn(StatusCode, &[u8]) -> Result<T, DecodeError>,
    ) -> Result<Response<T>, Error> {
        let waiter = self.waiter();
        waiter.wait(exchange(self.prepare()))??.decode(decode)
    }

    /// [`wait_until_ready`](Self::wait_until_ready), on this thread.
    ///
    /// # Errors
    ///
    /// Those of [`wait_until_ready`](Self::wait_until_ready); and [`Error::is_invalid_request`] where it must not block.
    pub fn wait_until_ready_blocking<T>(
        self,
        decode: fn(StatusCode, &[u8]) -> Result<T, DecodeError>,
        poll: PollOptions,
    ) -> Result<Response<T>, Error> {
        let waiter = self.waiter();
        waiter
            .wait(until_ready(self.prepare(), poll))??
            .decode(decode)
    }

    /// [`run_job`](Self::run_job), on this thread.
    ///
    /// # Errors
    ///
    /// Those of [`run_job`](Self::run_job); and [`Error::is_invalid_request`] where it must not block.
    pub fn run_job_blocking(
        self,
        reader: JobReader,
        poll: PollOptions,
    ) -> Result<BulkOutcome, Error> {
        let waiter = self.waiter();
        waiter.wait(bulk::run(self.prepare(), reader, poll))?
    }

    /// [`pages`](Self::pages) as an iterator.
    pub fn pages_blocking<T: Record>(self) -> Pages<T> {
        let waiter = self.waiter();
        Pages::new(self.pages(), waiter)
    }

    /// [`items`](Self::items) as an iterator.
    pub fn items_blocking<T: Record>(self) -> Items<T> {
        let waiter = self.waiter();
        Items::new(self.items(), waiter)
    }

    fn waiter(&self) -> Waiter {
        Waiter {
            core: self.core.clone(),
            operation: Some(self.operation),
        }
    }
}

impl PollTarget {
    /// [`poll`](Self::poll), on this thread.
    pub fn poll_blocking<S, T>(
        self,
        answer: Response<S>,
        id: impl Param,
        decode: fn(StatusCode, &[u8]) -> Result<T, DecodeError>,
        poll: PollOptions,
    ) -> Created<S, T> {
        let ready = self.of(&id).wait_until_ready_blocking(decode, poll);
        Created::new(answer, ready)
    }
}

impl RawRequest<Blocking> {
    /// Sends the request. The answer is the body as it came, whatever it is.
    pub fn send(self) -> Result<Response<Bytes>, Error> {
        let waiter = self.request.waiter();
        let answer = waiter.wait(exchange_undecoded(self.request.prepare()))??;
        Ok(answer.undecoded())
    }

    /// Sends the request and decodes the answer from JSON. Where there may be none, `T` is an `Option`.
    pub fn send_as<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        self.request.send_blocking(decode::nothing_is_null)
    }

    /// Sends the request, and one for each further page: an iterator over whole pages. It follows `Link`, as all lists do.
    pub fn pages<T: Record>(self) -> Pages<T> {
        self.request.pages_blocking()
    }

    /// Sends the request, and one for each further page: an iterator over records.
    pub fn items<T: Record>(self) -> Items<T> {
        self.request.items_blocking()
    }
}
