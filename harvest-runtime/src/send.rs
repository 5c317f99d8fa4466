//! The sending of filled requests: as one call, or as a list.

use std::pin::Pin;

use http::StatusCode;

use crate::exchange::exchange;
use crate::{DecodeError, Error, Items, Pages, Record, Request, Response};

/// A call under way: what `request.await` of a generated builder makes.
pub type Sending<T> = Pin<Box<dyn Future<Output = Result<Response<T>, Error>> + Send>>;

impl Request {
    /// Sends the call and decodes its answer, by one of the functions of [`decode`](crate::decode). Any 2xx is a
    /// success.
    ///
    /// # Errors
    ///
    /// A mistake made while filling, no answer, an answer that is not a success, or one that cannot be decoded:
    /// see [`Error`]. What may pass was tried again, as [`retry`](crate::retry) says.
    ///
    /// Dropping the future ends the call wherever it is. If it was sent, its outcome is unknown.
    pub async fn send<T>(
        self,
        decode: fn(StatusCode, &[u8]) -> Result<T, DecodeError>,
    ) -> Result<Response<T>, Error> {
        // What is generic stays small: generated clients have a hundred kinds of answers.
        let answer = exchange(self.prepare()).await?;
        answer.decode(decode)
    }

    /// [`send`](Self::send) as a future that has a name, for implementations of [`IntoFuture`].
    pub fn sending<T: 'static>(
        self,
        decode: fn(StatusCode, &[u8]) -> Result<T, DecodeError>,
    ) -> Sending<T> {
        Box::pin(self.send(decode))
    }

    /// The list, page by page. Nothing is sent before the first page is asked for.
    pub fn pages<T: Record>(self) -> Pages<T> {
        Pages::new(self.prepare_parts())
    }

    /// The list, record by record. Nothing is sent before the first record is asked for.
    pub fn items<T: Record>(self) -> Items<T> {
        Items::new(self.pages())
    }
}
