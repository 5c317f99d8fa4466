//! Credentials of v3.

use std::fmt;

use crate::domain::oauth::ClientSecret;
use crate::faces::token_service::TOKEN_PATH;

/// A client id and its secret: [`Sandbox::v3_credentials`](crate::Sandbox::v3_credentials), and those that
/// [`DevCenter`](crate::DevCenter) creates.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClientCredentials {
    /// The user name of HTTP Basic at the token service.
    pub client_id: String,
    /// The password of HTTP Basic at the token service.
    pub client_secret: String,
}

impl ClientCredentials {
    /// A line for a shell that asks for a token.
    pub(crate) fn curl(&self, url: &str) -> String {
        let Self {
            client_id,
            client_secret,
        } = self;
        format!(
            "curl -u {client_id}:{client_secret} -d grant_type=client_credentials {url}{TOKEN_PATH}"
        )
    }
}

impl From<ClientSecret> for ClientCredentials {
    fn from(ClientSecret { client_id, secret }: ClientSecret) -> Self {
        Self {
            client_id,
            client_secret: secret,
        }
    }
}

impl fmt::Debug for ClientCredentials {
    /// Leaves the secret out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials")
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}
