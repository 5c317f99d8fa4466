//! Deliveries as an extractor of axum.

use std::pin::{Pin, pin};

use axum::body::BodyDataStream;
use axum::extract::{FromRef, FromRequest, Request};
use axum::response::{IntoResponse, Response};
use bytes::{Bytes, BytesMut};
use futures_core::Stream as _;
use tokio::sync::OwnedSemaphorePermit;

use super::{Delivery, Rejected, Verifier};

/// Reads and verifies the request. The state of the router is, or holds ([`FromRef`]), a [`Verifier`].
///
/// axum's own limit of bodies (`DefaultBodyLimit`) has no say: [`Verifier::most_bytes`] has. A request without a signature of the
/// right form is rejected before its body is read.
impl<S> FromRequest<S> for Delivery
where
    Verifier: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Rejected;

    async fn from_request(request: Request, state: &S) -> Result<Self, Rejected> {
        let verifier = Verifier::from_ref(state);
        let (parts, body) = request.into_parts();
        verifier.read_signature(&parts.headers)?;
        let (_, timeout) = verifier.bounds();
        // Given back when it is known whose body it is.
        let mut room = None;
        let body = read(body.into_data_stream(), &verifier, &mut room);
        let body = tokio::time::timeout(timeout, body).await;
        verifier.verify(&parts.headers, body.map_err(|_| Rejected::Unread)??)
    }
}

/// The whole body, if it has no more bytes than are taken, and there is room for them.
async fn read(
    stream: BodyDataStream,
    verifier: &Verifier,
    room: &mut Option<OwnedSemaphorePermit>,
) -> Result<Bytes, Rejected> {
    let (most, _) = verifier.bounds();
    let mut stream = pin!(stream);
    let mut whole = BytesMut::new();
    while let Some(part) = next(stream.as_mut()).await {
        let part = part.map_err(|_| Rejected::Unread)?;
        if part.len() > most - whole.len() {
            return Err(Rejected::TooLong);
        }
        verifier.take_room(room, whole.len() + part.len())?;
        whole.extend_from_slice(&part);
    }
    Ok(whole.freeze())
}

async fn next(mut stream: Pin<&mut BodyDataStream>) -> Option<Result<Bytes, axum::Error>> {
    std::future::poll_fn(|context| stream.as_mut().poll_next(context)).await
}

/// The status, and no body: the sender learns nothing that it could use.
impl IntoResponse for Rejected {
    fn into_response(self) -> Response {
        self.status().into_response()
    }
}
