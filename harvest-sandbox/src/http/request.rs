//! A request as the stages of the pipeline see it.

use axum::http::{HeaderMap, Method};
use bytes::Bytes;

use crate::http::guard::{Host, Sender};

/// A request as it came in.
#[derive(Clone, Debug)]
pub(crate) struct Incoming {
    pub(crate) method: Method,
    /// As it was sent, still encoded.
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) host: Host,
    pub(crate) sender: Sender,
    pub(crate) body: Bytes,
}
