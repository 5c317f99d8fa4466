//! Secrets by which deliveries are signed.

use std::fmt;

use hmac::{Hmac, Mac as _};
use sha2::Sha256;

/// How many secrets a receiver can have at a time. Each of them costs one hash of each body that comes.
const MOST_SECRETS: usize = 8;

/// An HMAC of SHA-256.
pub(super) type Code = Hmac<Sha256>;

/// The secrets that may have signed a delivery, the newest first.
///
/// A secret is whatever text was typed in where the webhook was made, taken as its bytes in UTF-8: letters outside ASCII
/// and spaces count. To replace one, accept the new one and the old one at once until
/// [`Protocol::span`](super::Protocol::span) has passed, since deliveries that are being repeated may carry the signature
/// that they were made with.
///
/// It has a `Debug` that shows nothing but their number.
#[derive(Clone)]
pub struct Secrets {
    /// The keys, as the HMAC has prepared them: a secret's own text is not kept.
    codes: Vec<Code>,
}

/// A list that holds no secret, an empty one, or more than can be tried for each delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidSecrets {
    /// There is none.
    None,
    /// One of them is empty: anyone could sign with it.
    Empty,
    /// There are more than eight.
    TooMany,
}

impl Secrets {
    /// The secrets, the newest first.
    ///
    /// # Errors
    ///
    /// If there are none or more than eight, or one is empty. White space is taken as it is: trim what was read from a
    /// file.
    pub fn new<I>(secrets: I) -> Result<Self, InvalidSecrets>
    where
        I: IntoIterator<Item: AsRef<[u8]>>,
    {
        let mut codes = Vec::new();
        for secret in secrets {
            let secret = secret.as_ref();
            if secret.is_empty() {
                return Err(InvalidSecrets::Empty);
            }
            if codes.len() == MOST_SECRETS {
                return Err(InvalidSecrets::TooMany);
            }
            // An HMAC takes a key of any length.
            codes.extend(Code::new_from_slice(secret).ok());
        }
        if codes.is_empty() {
            return Err(InvalidSecrets::None);
        }
        Ok(Self { codes })
    }

    /// Whether one of the secrets signed the body. Each is tried, whichever fits, and compared in constant time.
    pub(super) fn signed(&self, body: &[u8], signature: &[u8; 32]) -> bool {
        let mut is_signed = false;
        for code in &self.codes {
            let code = code.clone().chain_update(body);
            is_signed |= code.verify_slice(signature).is_ok();
        }
        is_signed
    }

    /// The signature by the newest secret.
    pub(super) fn sign(&self, body: &[u8]) -> impl AsRef<[u8]> + use<> {
        let newest = self.codes.first().map(|code| {
            let code = code.clone().chain_update(body);
            code.finalize().into_bytes()
        });
        newest.unwrap_or_default()
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secrets({})", self.codes.len())
    }
}

impl fmt::Display for InvalidSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "there is no secret to verify deliveries with; pass that of the webhook",
            Self::Empty => {
                "a secret is empty, so that anyone could sign with it; give the webhook a secret"
            }
            Self::TooMany => {
                "there are more than eight secrets; leave out those whose last delivery is long \
                 past"
            }
        })
    }
}

impl std::error::Error for InvalidSecrets {}
