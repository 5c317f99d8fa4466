//! Who may come in.

use std::hint::black_box;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use serde_json::Value;

use crate::source::{Read, Source, text};

/// How the key is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// As the user name of HTTP Basic, with an empty password.
    Basic,
    /// As a bearer token.
    Bearer,
}

/// What an operation asks for: any of these is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Access {
    /// Whether it can be had without a key.
    open: bool,
    schemes: Vec<Scheme>,
}

impl Access {
    /// Reads `security` of the operation, or else of the document.
    pub(crate) fn read(source: Source<'_>, operation: &Value) -> Read<Self> {
        let Some(security) = operation
            .get("security")
            .or_else(|| source.root().get("security"))
        else {
            return Ok(Self {
                open: true,
                schemes: Vec::new(),
            });
        };
        let requirements = security.as_array().ok_or("`security` is not a list")?;
        let mut access = Self {
            open: requirements.is_empty(),
            schemes: Vec::new(),
        };
        for requirement in requirements {
            let requirement = requirement
                .as_object()
                .ok_or("an entry of `security` is not an object")?;
            let mut names = requirement.keys();
            match (names.next(), names.next()) {
                (None, _) => access.open = true,
                (Some(name), None) => access.schemes.push(scheme(source, name)?),
                (Some(_), Some(_)) => {
                    return Err(
                        "`security` asks for two schemes at once, but there is one `Authorization`"
                            .to_owned(),
                    );
                }
            }
        }
        Ok(access)
    }

    /// The scheme to name to a client that came without a key.
    pub(crate) fn scheme(&self) -> Option<Scheme> {
        self.schemes.first().copied()
    }
}

fn scheme(source: Source<'_>, name: &str) -> Read<Scheme> {
    let found = source
        .component("securitySchemes", name)
        .ok_or_else(|| format!("the security scheme `{name}` is not described"))?;
    let found = source.resolve(found)?;
    let kind = text(found, "type")?.unwrap_or_default();
    let scheme = text(found, "scheme")?.unwrap_or_default();
    match (kind, scheme.to_ascii_lowercase().as_str()) {
        ("http", "basic") => Ok(Scheme::Basic),
        ("http", "bearer") => Ok(Scheme::Bearer),
        _ => Err(format!(
            "the security scheme `{name}` ({kind} {scheme}) is neither HTTP Basic nor HTTP Bearer"
        )),
    }
}

/// The key that is let in, in the forms in which it can be sent.
pub(crate) struct Key {
    basic: String,
    bearer: String,
}

impl Key {
    /// Refuses keys that no `Authorization` header could carry.
    pub(crate) fn new(key: &str) -> Result<Self, &'static str> {
        if key.is_empty() {
            return Err("it is empty");
        }
        if !key.bytes().all(|b| b.is_ascii_graphic()) {
            return Err("it has characters other than visible ASCII");
        }
        if key.contains(':') {
            return Err("it has a colon, which ends the user name in HTTP Basic");
        }
        Ok(Self {
            basic: base64(format!("{key}:").as_bytes()),
            bearer: key.to_owned(),
        })
    }

    /// Whether a request with these headers may come in.
    pub(crate) fn opens(&self, access: &Access, headers: &HeaderMap) -> bool {
        if access.open {
            return true;
        }
        let mut all = headers.get_all(AUTHORIZATION).iter();
        // Two are one too many: it is not for the sandbox to pick.
        let (Some(header), None) = (all.next(), all.next()) else {
            return false;
        };
        let Some((name, credentials)) = header
            .to_str()
            .ok()
            .and_then(|header| header.split_once(' '))
        else {
            return false;
        };
        access.schemes.iter().any(|scheme| {
            let (expected_name, expected) = match scheme {
                Scheme::Basic => ("basic", &self.basic),
                Scheme::Bearer => ("bearer", &self.bearer),
            };
            name.eq_ignore_ascii_case(expected_name)
                && same(credentials.trim().as_bytes(), expected.as_bytes())
        })
    }
}

/// Compares in a time that depends on the lengths only, so that the key can't be guessed piece by piece.
fn same(given: &[u8], expected: &[u8]) -> bool {
    given.len() == expected.len()
        && given
            .iter()
            .zip(expected)
            .fold(0, |difference, (a, b)| black_box(difference | (a ^ b)))
            == 0
}

/// Base64 with padding. Credentials are compared in their encoded form, so that nothing has to be decoded.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let group = (0..3).fold(0, |group, i| {
            group << 8 | usize::from(chunk.get(i).copied().unwrap_or(0))
        });
        for i in 0..4 {
            out.push(if i <= chunk.len() {
                char::from(ALPHABET[group >> (18 - 6 * i) & 63])
            } else {
                '='
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn base64_of_the_rfc() {
        for (plain, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("Aladdin:open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        ] {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }

    fn access(operation: &Value) -> Read<Access> {
        let root = json!({
            "security": [{"Basic": []}],
            "components": {"securitySchemes": {
                "Basic": {"type": "http", "scheme": "basic"},
                "Bearer": {"type": "http", "scheme": "Bearer"},
                "Cookie": {"type": "apiKey", "in": "cookie", "name": "session"},
            }},
        });
        Access::read(Source::new(&root), operation)
    }

    fn opens(access: &Access, authorization: &[&str]) -> bool {
        let mut headers = HeaderMap::new();
        for value in authorization {
            headers.append(AUTHORIZATION, value.parse().unwrap());
        }
        Key::new("foobar").unwrap().opens(access, &headers)
    }

    #[test]
    fn basic_takes_the_key_and_an_empty_password() {
        let basic = access(&json!({})).unwrap();
        assert_eq!(basic.scheme(), Some(Scheme::Basic));
        let good = format!("Basic {}", base64(b"foobar:"));
        assert!(opens(&basic, &[&good]));
        assert!(opens(&basic, &[&good.replace("Basic ", "basic  ")]));
        assert!(!opens(&basic, &[]));
        assert!(!opens(&basic, &[&good, &good]));
        for bad in [
            "foobar",
            "foobar:x",
            "foobaz:",
            "foobarfoobar:",
            ":foobar",
            "",
        ] {
            assert!(
                !opens(&basic, &[&format!("Basic {}", base64(bad.as_bytes()))]),
                "{bad}"
            );
        }
        assert!(!opens(&basic, &["Bearer foobar"]));
        assert!(!opens(&basic, &["Basic"]));
        assert!(!opens(&basic, &["Basic é"]));
    }

    #[test]
    fn the_document_decides() {
        let bearer = access(&json!({"security": [{"Bearer": []}]})).unwrap();
        assert!(opens(&bearer, &["Bearer foobar"]));
        assert!(!opens(&bearer, &["Bearer fooba"]));
        assert!(!opens(&bearer, &[&format!("Basic {}", base64(b"foobar:"))]));
        let either = access(&json!({"security": [{"Bearer": []}, {"Basic": []}]})).unwrap();
        assert!(opens(&either, &["Bearer foobar"]));
        assert!(opens(&either, &[&format!("Basic {}", base64(b"foobar:"))]));
        assert!(opens(&access(&json!({"security": []})).unwrap(), &[]));
        assert!(opens(
            &access(&json!({"security": [{}, {"Basic": []}]})).unwrap(),
            &[]
        ));
        assert!(
            access(&json!({"security": [{"Nobody": []}]}))
                .unwrap_err()
                .contains("Nobody")
        );
        assert!(
            access(&json!({"security": [{"Cookie": []}]}))
                .unwrap_err()
                .contains("Cookie")
        );
        assert!(access(&json!({"security": [{"Basic": [], "Bearer": []}]})).is_err());
        assert!(access(&json!({"security": {}})).is_err());
    }

    #[test]
    fn keys_that_cannot_be_sent_are_refused() {
        for bad in ["", "a:b", "a b", "clé", "a\nb"] {
            assert!(Key::new(bad).is_err(), "{bad}");
        }
    }
}
