//! Security schemes: the ways in which a key comes with a request.

use axum::http::HeaderMap;
use subtle::ConstantTimeEq;

use crate::http::{authorization, basic};
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
    /// The scope that a token needs.
    scope: Option<String>,
}

/// A credential that came with a request, as it was sent. No `Debug`: it is a secret.
pub(crate) struct Presented {
    pub(crate) scheme: Scheme,
    /// The key or the token.
    pub(crate) secret: String,
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
                scope: None,
            });
        };
        let requirements = security.as_array().ok_or("`security` is not a list")?;
        let mut access = Self {
            open: requirements.is_empty(),
            schemes: Vec::new(),
            scope: None,
        };
        for requirement in requirements {
            let requirement = requirement
                .as_object()
                .ok_or("an entry of `security` is not an object")?;
            let mut schemes = requirement.iter();
            match (schemes.next(), schemes.next()) {
                (None, _) => access.open = true,
                (Some((name, scopes)), None) => {
                    access.schemes.push(scheme(source, name)?);
                    let scopes = scopes.as_array().into_iter().flatten();
                    let mut scopes = scopes.filter_map(Value::as_str);
                    access.scope = access.scope.or(scopes.next().map(str::to_owned));
                    if scopes.next().is_some() {
                        return Err("`security` asks for two scopes at once".to_owned());
                    }
                }
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
    pub(crate) fn presented(&self, headers: &HeaderMap) -> Option<Presented> {
        let (name, credentials) = authorization(headers)?;
        self.schemes.iter().find_map(|scheme| {
            let secret = match scheme {
                // A user name has no colon, so one in the key would be of the password.
                Scheme::Basic => basic(headers)
                    .filter(|(_, password)| password.is_empty())
                    .map(|(key, _)| key),
                Scheme::Bearer => name
                    .eq_ignore_ascii_case("bearer")
                    .then(|| credentials.to_owned()),
            };
            secret.map(|secret| Presented {
                scheme: *scheme,
                secret,
            })
        })
    }

    /// The scope that a token needs.
    pub(crate) fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
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
        // Tokens are sent alike, whichever service issued them.
        ("http", "bearer") | ("oauth2", _) => Ok(Scheme::Bearer),
        _ => Err(format!(
            "the security scheme `{name}` ({kind} {scheme}) is neither HTTP Basic nor HTTP Bearer \
             nor OAuth 2.0"
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
                .is_some_and(|it| bool::from(it.secret.as_bytes().ct_eq(self.0.as_bytes())))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header::AUTHORIZATION;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

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
        assert_eq!(access(&tokens).unwrap().scope(), Some("a:list"));
        assert_eq!(bearer.scope(), None);
        assert!(access(&json!({"security": [{"Tokens": ["a:list", "b:list"]}]})).is_err());
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
