//! How a key comes with a request.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use subtle::ConstantTimeEq;

use crate::json::Value;
use crate::openapi::source::{Read, Source, text};

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

    /// The key that came with a request, as long as it came in a way that the operation takes.
    pub(crate) fn presented(&self, headers: &HeaderMap) -> Option<String> {
        let mut all = headers.get_all(AUTHORIZATION).iter();
        // Two are one too many: it is not for the sandbox to pick.
        let (Some(header), None) = (all.next(), all.next()) else {
            return None;
        };
        let (name, credentials) = header.to_str().ok()?.split_once(' ')?;
        let credentials = credentials.trim();
        self.schemes.iter().find_map(|scheme| match scheme {
            Scheme::Basic if name.eq_ignore_ascii_case("basic") => {
                let decoded = String::from_utf8(STANDARD.decode(credentials).ok()?).ok()?;
                // The password is empty, but the colon before it has to be there.
                decoded.strip_suffix(':').map(str::to_owned)
            }
            Scheme::Bearer if name.eq_ignore_ascii_case("bearer") => Some(credentials.to_owned()),
            _ => None,
        })
    }

    /// Whether it can be had without a key.
    pub(crate) fn is_open(&self) -> bool {
        self.open
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
        // Tokens are sent alike, whoever issued them.
        ("http", "bearer") | ("oauth2", _) => Ok(Scheme::Bearer),
        _ => Err(format!(
            "the security scheme `{name}` ({kind} {scheme}) is neither HTTP Basic nor HTTP Bearer nor OAuth 2.0"
        )),
    }
}

/// The one key that a sandbox without state lets in.
pub(crate) struct Key(String);

impl Key {
    pub(crate) fn new(key: &str) -> Self {
        Self(key.to_owned())
    }

    /// Whether a request with these headers may come in.
    pub(crate) fn opens(&self, access: &Access, headers: &HeaderMap) -> bool {
        access.open
            || access
                .presented(headers)
                .is_some_and(|key| bool::from(key.as_bytes().ct_eq(self.0.as_bytes())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::json;

    fn access(operation: &Value) -> Read<Access> {
        let root = json!({
            "security": [{"Basic": []}],
            "components": {"securitySchemes": {
                "Basic": {"type": "http", "scheme": "basic"},
                "Bearer": {"type": "http", "scheme": "Bearer"},
                "Tokens": {"type": "oauth2", "flows": {}},
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
        Key::new("foobar").opens(access, &headers)
    }

    #[test]
    fn basic_takes_the_key_and_an_empty_password() {
        let basic = access(&json!({})).unwrap();
        assert_eq!(basic.scheme(), Some(Scheme::Basic));
        let good = format!("Basic {}", STANDARD.encode("foobar:"));
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
                !opens(&basic, &[&format!("Basic {}", STANDARD.encode(bad))]),
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
        assert!(!opens(
            &bearer,
            &[&format!("Basic {}", STANDARD.encode("foobar:"))]
        ));
        let tokens = json!({"security": [{"Tokens": ["a:list"]}, {"Bearer": []}]});
        assert!(opens(&access(&tokens).unwrap(), &["Bearer foobar"]));
        assert_eq!(access(&tokens).unwrap().scheme(), Some(Scheme::Bearer));
        let either = access(&json!({"security": [{"Bearer": []}, {"Basic": []}]})).unwrap();
        assert!(opens(&either, &["Bearer foobar"]));
        assert!(opens(
            &either,
            &[&format!("Basic {}", STANDARD.encode("foobar:"))]
        ));
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
}
