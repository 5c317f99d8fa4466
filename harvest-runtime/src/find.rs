//! One record out of a list that takes ids.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;

use http::StatusCode;

use crate::{Async, CallOptions, DecodeError, Error, Record, Request, Response, Sending, decode};

/// A request of a list for one record by its id: it answers with the record, or with nothing where there is none, or
/// none that may be read.
///
/// `M` is how the call is made.
#[must_use = "a request does nothing until it is sent"]
pub struct Find<T, M = Async> {
    request: Request,
    state: PhantomData<fn() -> (T, M)>,
}

impl<T, M> Find<T, M> {
    /// The request of a list that names one id.
    #[doc(hidden)]
    pub fn new(request: Request) -> Self {
        Self {
            request,
            state: PhantomData,
        }
    }

    /// Time limits, retries and pacing of this call, in place of the client's own.
    pub fn with_options(mut self, options: CallOptions) -> Self {
        self.request.set_options(options);
        self
    }
}

impl<T: Record> Find<T, Async> {
    /// Sends the request. `None` is a list without the record.
    ///
    /// # Errors
    ///
    /// Those of [`Request::send`].
    pub async fn send(self) -> Result<Response<Option<T>>, Error> {
        self.request.send(first).await
    }
}

/// `request.await` is `request.send().await`.
impl<T: Record> IntoFuture for Find<T, Async> {
    type Output = Result<Response<Option<T>>, Error>;
    type IntoFuture = Sending<Option<T>>;

    fn into_future(self) -> Self::IntoFuture {
        self.request.sending(first)
    }
}

#[cfg(feature = "blocking")]
impl<T: Record> Find<T, crate::Blocking> {
    /// Sends the request, and waits for the answer. `None` is a list without the record.
    ///
    /// # Errors
    ///
    /// Those of [`Request::send_blocking`].
    pub fn send(self) -> Result<Response<Option<T>>, Error> {
        self.request.send_blocking(first)
    }
}

fn first<T: Record>(status: StatusCode, body: &[u8]) -> Result<Option<T>, DecodeError> {
    Ok(decode::page::<T>(status, body)?
        .into_vec()
        .into_iter()
        .next())
}

impl<T, M> fmt::Debug for Find<T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Find")
            .field("request", &self.request)
            .finish_non_exhaustive()
    }
}
