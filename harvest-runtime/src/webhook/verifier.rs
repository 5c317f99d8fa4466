//! The check of signatures.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
#[cfg(feature = "axum")]
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::Semaphore;

use super::{Delivery, Protocol, Rejected, Secrets};

/// The longest body that is taken unless a receiver says otherwise: a page of HTML for each question of each interview
/// has its place in it.
const MOST_BYTES: usize = 10 * 1024 * 1024;

/// How many bytes of bodies are held at a time before it is known whose they are, unless a receiver says otherwise. One that
/// is made to fill memory has a signature of the right form like all others, until all of it is there.
const MOST_AT_ONCE: usize = 64 * 1024 * 1024;
/// What one permit of the room stands for.
const PERMIT: usize = 1024;

/// How long a body may take to arrive unless a receiver says otherwise.
const READ_TIMEOUT: Duration = Duration::from_secs(10);

/// The check of deliveries: one for each address that receives them. Clones share the secrets.
#[derive(Clone, Debug)]
pub struct Verifier {
    protocol: &'static Protocol,
    secrets: Arc<Secrets>,
    most_bytes: usize,
    read_timeout: Duration,
    /// The room for bodies that are being read, in permits. Who reads them otherwise keeps to bounds of its own.
    #[cfg_attr(not(feature = "axum"), allow(dead_code))]
    room: Arc<Semaphore>,
}

impl Verifier {
    /// A verifier that takes what one of the secrets has signed, up to 10 MiB that arrive within 10 seconds.
    pub fn new(protocol: &'static Protocol, secrets: Secrets) -> Self {
        Self {
            protocol,
            secrets: Arc::new(secrets),
            most_bytes: MOST_BYTES,
            read_timeout: READ_TIMEOUT,
            room: room(MOST_AT_ONCE),
        }
    }

    /// Takes bodies of up to so many bytes.
    #[must_use]
    pub fn most_bytes(mut self, bytes: usize) -> Self {
        self.most_bytes = bytes;
        self.bytes_at_once(bytes.max(MOST_AT_ONCE))
    }

    /// Holds so many bytes of bodies at a time while they are read by an extractor, 64 MiB unless it is said otherwise. What
    /// comes beyond them is [`Rejected::Busy`], and is repeated by the service. Clones that are made later share the room.
    #[must_use]
    pub fn bytes_at_once(mut self, bytes: usize) -> Self {
        self.room = room(bytes);
        self
    }

    /// Gives a body so much time to arrive, where it is read by an extractor.
    #[must_use]
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.read_timeout = timeout;
        self
    }

    /// How the service delivers.
    pub fn protocol(&self) -> &'static Protocol {
        self.protocol
    }

    /// Checks a request whose body was read whole. `body` has to be the bytes as they came: JSON that was parsed and
    /// written again has other bytes, and another signature.
    ///
    /// # Errors
    ///
    /// See [`Rejected`]. They say nothing of the request.
    pub fn verify(&self, headers: &HeaderMap, body: Bytes) -> Result<Delivery, Rejected> {
        if body.len() > self.most_bytes {
            return Err(Rejected::TooLong);
        }
        let signature = self.read_signature(headers)?;
        if !self.secrets.signed(&body, &signature) {
            return Err(Rejected::Forged);
        }
        Ok(Delivery::new(
            headers.get(self.protocol.event_id_header),
            body,
        ))
    }

    /// The value of the signature's header for a body, by the newest secret: for tests of a receiver.
    pub fn signature(&self, body: &[u8]) -> String {
        let mut text = format!("{} ", self.protocol.algorithm);
        for byte in self.secrets.sign(body).as_ref() {
            let _ = write!(text, "{byte:02x}");
        }
        text
    }

    /// Takes room for a part of a body, in addition to what it has.
    #[cfg(feature = "axum")]
    pub(super) fn take_room(
        &self,
        taken: &mut Option<OwnedSemaphorePermit>,
        bytes: usize,
    ) -> Result<(), Rejected> {
        let has = taken.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let more = bytes.div_ceil(PERMIT).saturating_sub(has);
        let more = u32::try_from(more).map_err(|_| Rejected::TooLong)?;
        let permit = Arc::clone(&self.room).try_acquire_many_owned(more);
        let permit = permit.map_err(|_| Rejected::Busy)?;
        match taken {
            Some(taken) => taken.merge(permit),
            None => *taken = Some(permit),
        }
        Ok(())
    }

    #[cfg(feature = "axum")]
    pub(super) fn bounds(&self) -> (usize, Duration) {
        (self.most_bytes, self.read_timeout)
    }

    /// The signature that a request claims to have.
    pub(super) fn read_signature(&self, headers: &HeaderMap) -> Result<[u8; 32], Rejected> {
        let mut values = headers.get_all(self.protocol.signature_header).iter();
        let value = values.next().ok_or(Rejected::Unsigned)?;
        if values.next().is_some() {
            // One of them may be from someone else than the service.
            return Err(Rejected::Malformed);
        }
        self.parse(value).ok_or(Rejected::Malformed)
    }

    fn parse(&self, value: &HeaderValue) -> Option<[u8; 32]> {
        let rest = value
            .as_bytes()
            .strip_prefix(self.protocol.algorithm.as_bytes())?;
        let digits: &[u8; 64] = rest.strip_prefix(b" ")?.try_into().ok()?;
        let mut signature = [0; 32];
        for (byte, pair) in signature.iter_mut().zip(digits.chunks_exact(2)) {
            let [high, low] = pair else { return None };
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Some(signature)
    }
}

fn room(bytes: usize) -> Arc<Semaphore> {
    let permits = bytes.div_ceil(PERMIT).clamp(1, Semaphore::MAX_PERMITS);
    Arc::new(Semaphore::new(permits))
}

/// The value of a hexadecimal digit, in either case of letters: they are the same number.
fn digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}
