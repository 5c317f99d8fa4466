//! Sign-in to the sandbox.

use reqwest::blocking::RequestBuilder;
use serde_json::Value;

use super::Error;

/// The way that a document names, and what is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Access {
    /// The name of the security scheme.
    pub scheme: String,
    /// Whether the key is sent as a bearer token, and not as the user name of HTTP Basic.
    pub bearer: bool,
    /// The key.
    pub key: String,
    /// The acting user, who may do everything.
    pub user: i64,
}

impl Access {
    pub(crate) fn read(document: &Value, key: &str, user: i64) -> Result<Self, Error> {
        let schemes = document["components"]["securitySchemes"].as_object();
        let mut known = schemes.into_iter().flatten().filter_map(|(name, scheme)| {
            let bearer = match scheme["scheme"].as_str()? {
                "basic" => false,
                "bearer" => true,
                _ => return None,
            };
            Some((name.clone(), bearer))
        });
        let (scheme, bearer) = known.next().ok_or_else(|| {
            Error::Document("no security scheme is HTTP Basic or Bearer".to_owned())
        })?;
        Ok(Self {
            scheme,
            bearer,
            key: key.to_owned(),
            user,
        })
    }

    pub(crate) fn sign(&self, request: RequestBuilder) -> RequestBuilder {
        if self.bearer {
            request.bearer_auth(&self.key)
        } else {
            request.basic_auth(&self.key, Some(""))
        }
    }
}
