//! Credentials for the sandbox.

use reqwest::blocking::RequestBuilder;
use serde_json::Value;

use super::Error;
use super::sandbox::{self, Sandbox};

/// The way that a document names, and what is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Access {
    /// The name of the security scheme.
    pub scheme: String,
    /// Whether the secret is sent as a bearer token, and not as the user name of HTTP Basic.
    pub bearer: bool,
    /// A key, or an access token.
    pub secret: String,
    /// The acting user, who may do everything.
    pub user: i64,
}

impl Access {
    /// What a sandbox wants from a client of this document: its key, or an access token with all scopes where the document
    /// has bearer tokens and the sandbox a service that issues them.
    pub(crate) fn to(sandbox: &Sandbox, document: &Value) -> Result<Self, Error> {
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
        let secret = match &sandbox.integration {
            Some(integration) if bearer => integration.token(Some(sandbox.user))?,
            _ => sandbox::KEY.to_owned(),
        };
        Ok(Self {
            scheme,
            bearer,
            secret,
            user: sandbox.user,
        })
    }

    pub(crate) fn sign(&self, request: RequestBuilder) -> RequestBuilder {
        if self.bearer {
            request.bearer_auth(&self.secret)
        } else {
            request.basic_auth(&self.secret, Some(""))
        }
    }
}
