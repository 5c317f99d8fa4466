//! Requests whose signature is right.

use std::fmt;

use bytes::Bytes;
use http::{HeaderValue, StatusCode};
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use crate::DecodeError;
use crate::decode;

/// The longest id of an event that is taken for one.
const LONGEST_ID: usize = 200;

/// A request that the service signed. [`Verifier::verify`](super::Verifier::verify) makes it, and nothing else does.
///
/// Its `Debug` shows the length of the body and nothing in it.
#[derive(Clone)]
pub struct Delivery {
    key: DeliveryKey,
    body: Bytes,
}

/// The name by which a repeated delivery is recognized: the id of the event, or the hash of the body where there is no id.
///
/// The id is not covered by the signature. Where that matters, compare [`Delivery::body`] with what was handled before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeliveryKey(String);

impl Delivery {
    pub(super) fn new(id: Option<&HeaderValue>, body: Bytes) -> Self {
        let id = id.and_then(|id| id.to_str().ok()).map(str::trim);
        let key = match id {
            Some(id) if !id.is_empty() && id.len() <= LONGEST_ID => format!("id {id}"),
            // One that is no id, too: the body is there in any case.
            _ => format!("sha256 {:x}", Sha256::digest(&body)),
        };
        Self {
            key: DeliveryKey(key),
            body,
        }
    }

    /// The name of this delivery, the same for each time that it is repeated.
    pub fn key(&self) -> &DeliveryKey {
        &self.key
    }

    /// The id of the event, as the header has it.
    pub fn event_id(&self) -> Option<&str> {
        self.key.0.strip_prefix("id ")
    }

    /// The body as it came.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Decodes the body, usually as the `Event` of the generated crate.
    ///
    /// # Errors
    ///
    /// If the body is no JSON, or is of another shape than `T`. What is signed and not understood is best stored and
    /// answered with a success: it would not come in another form the next time.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        decode::json(StatusCode::OK, &self.body)
    }
}

impl DeliveryKey {
    /// The key as a text, to be stored: at most 203 visible characters and spaces of ASCII.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DeliveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("key", &self.key)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
