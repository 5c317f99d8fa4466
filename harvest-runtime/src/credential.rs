//! The secret that proves who calls, and how it is put on a request.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::RequestBuilder;
use secrecy::{ExposeSecret, SecretString};

use crate::Scheme;

/// A checked credential. It has no `Debug` on purpose; the text is wiped from memory with the last client.
pub(crate) struct Credential {
    scheme: Scheme,
    secret: SecretString,
    /// As HTTP Basic encodes it, as far as what follows the secret does not show in it.
    encoded: SecretString,
}

impl Credential {
    /// The reason of a refusal is for the person who set the client up; it never repeats the credential.
    pub(crate) fn new(scheme: Scheme, secret: SecretString) -> Result<Self, &'static str> {
        let text = secret.expose_secret();
        if text.is_empty() {
            return Err("the credential is empty; pass the API key to ClientBuilder::credential");
        }
        if text.trim() != text {
            return Err(
                "the credential has white space around it (a line break from a file, perhaps); \
                 trim it",
            );
        }
        // Checked for Basic too, where base64 would hide it: no key has such characters, so something went wrong.
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("the credential has characters that no key has; check where it comes from");
        }
        if scheme == Scheme::Basic && text.contains(':') {
            return Err(
                "the credential contains ':'; pass the bare API key, without a password or \
                 `user:password` form",
            );
        }
        let mut encoded = STANDARD.encode(text);
        encoded.truncate(text.len() * 8 / 6);
        Ok(Self {
            scheme,
            encoded: encoded.into(),
            secret,
        })
    }

    #[cfg(test)]
    pub(crate) fn for_tests() -> Self {
        let secret = "f06b2b153e016f8e7c3632627af56b1d-7".to_owned();
        Self::new(Scheme::Basic, secret.into()).unwrap_or_else(|reason| panic!("{reason}"))
    }

    /// Whether a text of a server holds it, bare or as HTTP Basic encodes it. Letters count in either case: a host name
    /// loses it.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        [&self.secret, &self.encoded].into_iter().any(|secret| {
            let secret = secret.expose_secret().as_bytes();
            let mut parts = text.as_bytes().windows(secret.len().max(1));
            parts.any(|part| part.eq_ignore_ascii_case(secret))
        })
    }

    /// Whoever calls this has made sure that the request goes to the configured origin.
    pub(crate) fn attach(&self, request: RequestBuilder) -> RequestBuilder {
        // Both mark the header as sensitive.
        match self.scheme {
            Scheme::Basic => request.basic_auth(self.secret.expose_secret(), None::<&str>),
            Scheme::Bearer => request.bearer_auth(self.secret.expose_secret()),
        }
    }
}
