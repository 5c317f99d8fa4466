//! The reason for which a request is no delivery.

use std::fmt;

use http::StatusCode;

/// Why a request is no delivery of the service.
///
/// Neither its text nor its `Debug` holds anything of the request, and the answer should not say which one it is: send
/// [`status`](Self::status) with an empty body. The service repeats a delivery that is rejected, so a receiver with a wrong
/// secret loses nothing if that is put right before the last attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rejected {
    /// There is no signature.
    Unsigned,
    /// The signature is not of the documented form, or there are several.
    Malformed,
    /// No secret makes this signature of this body.
    Forged,
    /// The body is longer than [`Verifier::most_bytes`](super::Verifier::most_bytes) allows.
    TooLong,
    /// The body ended too early, or did not arrive in time.
    Unread,
    /// So many other bodies are being read that there is no room for this one
    /// ([`Verifier::bytes_at_once`](super::Verifier::bytes_at_once)).
    Busy,
}

impl Rejected {
    /// The status to answer with: 401, 413 for what is too long, 408 for what did not arrive, and 503 where
    /// there is no room.
    pub fn status(self) -> StatusCode {
        match self {
            Self::Unsigned | Self::Malformed | Self::Forged => StatusCode::UNAUTHORIZED,
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unread => StatusCode::REQUEST_TIMEOUT,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unsigned => {
                "the request has no signature: it is not from the service, or its webhook has no \
                 secret"
            }
            Self::Malformed => {
                "the signature is not one algorithm, one space and 64 hexadecimal digits"
            }
            Self::Forged => {
                "no secret makes this signature of this body: another secret, or a body that was \
                 changed or parsed and written again on its way"
            }
            Self::TooLong => "the body is longer than the receiver takes",
            Self::Unread => "the body did not arrive whole in time",
            Self::Busy => {
                "so many bodies are being read that there is no room for this one; the service \
                 repeats it"
            }
        })
    }
}

impl std::error::Error for Rejected {}
