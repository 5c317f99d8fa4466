//! Texts that authorize, and never show.

use std::iter;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use memchr::memmem;
use secrecy::{ExposeSecret, SecretString};

use crate::substrings::Substrings;

/// The form in which a secret is put on a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// HTTP Basic, with the secret as user name.
    Basic,
    /// A bearer token.
    Bearer,
}

/// The longest token that fits into a header which servers accept.
const LONGEST: usize = 16 * 1024;

/// Secrets that no text for people may hold.
pub(crate) trait Secrets {
    /// Whether a text of a server holds one of them, in either case of letters: a host name loses it.
    fn is_in(&self, text: &str) -> bool {
        self.is_in_lowercase(&text.to_ascii_lowercase())
    }

    /// The same of a text whose letters are in lower case.
    fn is_in_lowercase(&self, text: &str) -> bool;
}

/// The secrets of both.
impl<A: Secrets, B: Secrets> Secrets for (&A, &B) {
    fn is_in_lowercase(&self, text: &str) -> bool {
        self.0.is_in_lowercase(text) || self.1.is_in_lowercase(text)
    }
}

/// Why a text is no credential, nor a part of one.
pub(crate) enum Flaw {
    Empty,
    /// White space around it.
    Padded,
    /// Characters beyond visible ASCII.
    Characters,
}

/// What is wrong with a text that is to authorize. For Basic too, where base64 would hide it: no key has such characters,
/// so something went wrong.
pub(crate) fn flaw(text: &str) -> Option<Flaw> {
    if text.is_empty() {
        Some(Flaw::Empty)
    } else if text.trim() != text {
        Some(Flaw::Padded)
    } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Some(Flaw::Characters)
    } else {
        None
    }
}

/// A checked text that authorizes. It has no `Debug` on purpose, and is wiped from memory with its last user.
pub(crate) struct Secret {
    text: SecretString,
    /// In base64, at each of the places that it can begin at: as HTTP Basic encodes it, and with something before it. What
    /// comes before and after does not show in it.
    encoded: [SecretString; 3],
}

impl Secret {
    /// A secret that a person passed. The reason of a refusal is for that person; it never repeats the secret.
    pub(crate) fn of_person(scheme: Scheme, text: SecretString) -> Result<Self, &'static str> {
        let exposed = text.expose_secret();
        match flaw(exposed) {
            None => {}
            Some(Flaw::Empty) => {
                return Err(
                    "the credential is empty; pass the API key to ClientBuilder::credential",
                );
            }
            Some(Flaw::Padded) => {
                return Err(
                    "the credential has white space around it (a line break from a file, perhaps); \
                     trim it",
                );
            }
            Some(Flaw::Characters) => {
                return Err(
                    "the credential has characters that no key has; check where it comes from",
                );
            }
        }
        if scheme == Scheme::Basic && exposed.contains(':') {
            return Err(
                "the credential contains ':'; pass the bare API key, without a password or \
                 `user:password` form",
            );
        }
        if exposed.len() > LONGEST {
            return Err("the credential is too long for a header; check where it comes from");
        }
        Ok(Self::new(text))
    }

    /// A token that a service issued, or a source of a program's own.
    pub(crate) fn of_service(text: SecretString) -> Result<Self, &'static str> {
        let exposed = text.expose_secret();
        if exposed.len() <= LONGEST && flaw(exposed).is_none() {
            Ok(Self::new(text))
        } else {
            Err("has a token that a header cannot hold")
        }
    }

    pub(crate) fn new(text: SecretString) -> Self {
        let exposed = text.expose_secret();
        let encoded = ["", "-", "--"].map(|before| {
            let plain = SecretString::from(format!("{before}{exposed}"));
            let encoded = SecretString::from(STANDARD.encode(plain.expose_secret()));
            // A character of base64 stands for six bits.
            let begin = (before.len() * 8).div_ceil(6);
            let end = plain.expose_secret().len() * 8 / 6;
            let own = encoded.expose_secret().get(begin..end);
            own.unwrap_or_default().into()
        });
        Self { text, encoded }
    }

    /// In all forms that are looked for.
    fn forms(&self) -> impl Iterator<Item = &str> {
        let forms = iter::once(&self.text).chain(&self.encoded);
        forms.map(ExposeSecret::expose_secret)
    }

    pub(crate) fn expose(&self) -> &str {
        self.text.expose_secret()
    }

    /// The same as [`is_in_lowercase`](Secrets::is_in_lowercase) of a text in which many are looked for.
    pub(crate) fn is_among(&self, lowercase: &Substrings) -> bool {
        self.forms().any(|secret| {
            let letters = secret.bytes().map(|byte| byte.to_ascii_lowercase());
            !secret.is_empty() && lowercase.contain(letters)
        })
    }

    #[cfg(test)]
    pub(crate) fn for_tests() -> Self {
        Self::new("f06b2b153e016f8e7c3632627af56b1d-7".to_owned().into())
    }
}

/// Bare, or in base64.
impl Secrets for Secret {
    /// In a time that grows with the length of the text, whatever a server makes it and the secret of.
    fn is_in_lowercase(&self, text: &str) -> bool {
        self.forms().any(|secret| {
            if !(1..=text.len()).contains(&secret.len()) {
                return false;
            }
            let secret = SecretString::from(secret.to_ascii_lowercase());
            memmem::find(text.as_bytes(), secret.expose_secret().as_bytes()).is_some()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_in_base64_wherever_it_begins() {
        let secret = Secret::for_tests();
        let bare = secret.expose().to_owned();
        for before in ["", "x", "Bearer ", "id:", "some-client:", "ab", "abcde"] {
            for after in ["", ":", ":x", " and more"] {
                let text = format!("{before}{bare}{after}");
                for text in [STANDARD.encode(&text), text] {
                    let text = format!("said: {text}.");
                    assert!(secret.is_in(&text), "{before:?} {after:?}");
                    let substrings = Substrings::of(text.to_ascii_lowercase().as_bytes());
                    assert!(secret.is_among(&substrings), "{before:?} {after:?}");
                }
            }
            let other = format!("{before}{}", &bare[1..]);
            assert!(!secret.is_in(&STANDARD.encode(other)), "{before:?}");
        }
    }

    #[test]
    fn a_secret_of_any_length_has_its_forms() {
        for length in 1..20 {
            let secret = Secret::new("k".repeat(length).into());
            assert!(secret.is_in(&"k".repeat(length)));
            assert!(!secret.is_in(""));
        }
    }
}
