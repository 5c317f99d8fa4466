//! One request over the wire and its answer back.

use std::pin::Pin;

use bytes::Bytes;
use http::StatusCode;
use http::header::{ACCEPT, HeaderValue, USER_AGENT};

use crate::error_answer::ErrorAnswer;
use crate::request::Prepared;
use crate::response::Head;
use crate::{DecodeError, Error, Operation, Response};

/// More than any error of the API takes; a proxy's page may be longer.
const MAX_ERROR_BODY: usize = 64 * 1024;

/// A future on the heap: what awaits it is generic, and stays small that way.
pub(crate) type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A successful answer, read and not yet decoded.
pub(crate) struct Answer {
    pub(crate) operation: &'static Operation,
    pub(crate) head: Head,
    body: Bytes,
}

impl Answer {
    pub(crate) fn decode<T>(
        self,
        decode: fn(StatusCode, &[u8]) -> Result<T, DecodeError>,
    ) -> Result<Response<T>, Error> {
        match decode(self.head.status, &self.body) {
            Ok(value) => Ok(Response::new(value, self.head)),
            Err(error) => Err(Error::decode(self.operation, &self.head, error)),
        }
    }
}

/// Sends a request that was filled without mistakes, and reads its answer. An answer that is not 2xx is an error.
pub(crate) fn exchange(request: Result<Prepared, Error>) -> BoxFuture<Result<Answer, Error>> {
    Box::pin(async move { attempt(&request?).await })
}

async fn attempt(request: &Prepared) -> Result<Answer, Error> {
    let operation = request.operation;
    let shared = request.core.shared();
    let mut outgoing = shared
        .http_client
        .request(request.method.clone(), request.url.clone())
        .headers(request.headers.clone())
        .header(ACCEPT, HeaderValue::from_static("application/json"))
        .header(USER_AGENT, shared.user_agent.clone());
    if let Some(timeout) = shared.timeout {
        outgoing = outgoing.timeout(timeout);
    }
    if let Some(body) = &request.body {
        outgoing = outgoing.body(body.clone());
    }
    // Followed links are checked where they are read; this is the last line of defence.
    if shared.base_url.is_origin_of(&request.url) {
        outgoing = shared.credential.attach(outgoing);
    }

    let incoming = outgoing
        .send()
        .await
        .map_err(|error| Error::transport(operation, error))?;
    // Only an HTTP client of the user's own follows redirects.
    if !shared.base_url.is_origin_of(incoming.url()) {
        return Err(Error::strayed(operation));
    }
    let head = Head {
        status: incoming.status(),
        headers: incoming.headers().clone(),
        url: incoming.url().clone(),
    };
    if head.status.is_success() {
        let body = incoming
            .bytes()
            .await
            .map_err(|error| Error::transport(operation, error))?;
        Ok(Answer {
            operation,
            head,
            body,
        })
    } else {
        let body = read_error_body(incoming).await;
        Err(Error::refused(
            operation,
            ErrorAnswer::read(head.status, &head.headers, &body),
        ))
    }
}

/// The beginning of the body of an error. If it breaks off, the status is still worth more than a broken connection.
async fn read_error_body(mut incoming: reqwest::Response) -> Vec<u8> {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = incoming.chunk().await {
        let room = MAX_ERROR_BODY - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if body.len() == MAX_ERROR_BODY {
            break;
        }
    }
    body
}
