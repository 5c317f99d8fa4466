//! Credentials for the sandbox.

use reqwest::blocking::RequestBuilder;

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
    pub(crate) fn sign(&self, request: RequestBuilder) -> RequestBuilder {
        if self.bearer {
            request.bearer_auth(&self.secret)
        } else {
            request.basic_auth(&self.secret, Some(""))
        }
    }
}
