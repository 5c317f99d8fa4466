//! The credentials that a builder was given, and which of them count.

use std::sync::Arc;

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use super::or_set;
use crate::auth::{ClientCredentials, Credential, Flaw, flaw};
use crate::base_url::{BaseUrl, is_loopback};
use crate::limit::Limiter;
use crate::{Auth, Conventions, Error, TokenSource};

/// The credentials that a builder was given. The environment can give several: a token that is there counts before one
/// that is to be fetched.
pub(super) struct Credentials {
    pub(super) fixed: Option<SecretString>,
    pub(super) client: (Option<String>, Option<SecretString>),
    pub(super) source: Option<Arc<dyn TokenSource>>,
    pub(super) token_url: Option<String>,
}

impl Credentials {
    /// `sender` makes the HTTP client and the `User-Agent` for a token service.
    pub(super) fn check(
        self,
        auth: Auth,
        conventions: &Conventions,
        base_url: &BaseUrl,
        sender: impl FnOnce(&BaseUrl) -> Result<(reqwest::Client, HeaderValue), Error>,
    ) -> Result<Credential, Error> {
        let names = conventions.environment;
        if let Some(secret) = self.fixed {
            return Credential::fixed(auth, secret).map_err(Error::configuration);
        }
        if let Some(source) = self.source {
            return match auth {
                Auth::Basic => Err(Error::configuration(
                    "token_source has no effect, since this API takes no tokens; pass the API key to \
                     ClientBuilder::credential",
                )),
                Auth::Bearer | Auth::OAuth(_) => Ok(Credential::sourced(source)),
            };
        }
        let Auth::OAuth(service) = auth else {
            if self.client.0.is_some() || self.client.1.is_some() {
                return Err(Error::configuration(
                    "client_credentials has no effect, since this API has no token service; use \
                     ClientBuilder::credential",
                ));
            }
            return Err(Error::configuration(format!(
                "there is no credential; pass the API key to ClientBuilder::credential{}",
                or_set(&[names.credential])
            )));
        };
        let (id, secret) = match self.client {
            (Some(id), Some(secret)) => (id, secret),
            (id, secret) => {
                let missing = match (id, secret) {
                    (Some(_), _) => "the client secret is missing",
                    (None, Some(_)) => "the client id is missing",
                    (None, None) => "there is no credential",
                };
                return Err(Error::configuration(format!(
                    "{missing}; pass both to ClientBuilder::client_credentials{}",
                    or_set(&[names.client_id, names.client_secret])
                )));
            }
        };
        check_part("id", &id)?;
        check_part("secret", secret.expose_secret())?;
        if id.contains(':') {
            return Err(Error::configuration(
                "the client id contains ':'; pass the id and the secret by themselves",
            ));
        }
        if self.token_url.is_none() && is_loopback(base_url.url()) {
            return Err(Error::configuration(format!(
                "base_url is on this machine, and the token URL is that of the live service; pass the one of the \
                 program here to ClientBuilder::token_url{}",
                or_set(&[names.token_url])
            )));
        }
        let token_url = BaseUrl::parse(self.token_url.as_deref().unwrap_or(service.token_url));
        let token_url = token_url.map_err(|reason| {
            Error::configuration(format!(
                "of the token URL: {}",
                reason.replace("base_url", "token_url")
            ))
        })?;
        let (http_client, user_agent) = sender(&token_url)?;
        Ok(Credential::issued(ClientCredentials {
            http_client,
            token_url,
            user_agent,
            id,
            secret,
            limiter: Limiter::guessing(service.limit),
        }))
    }
}

fn check_part(what: &str, text: &str) -> Result<(), Error> {
    let reason = match flaw(text) {
        None => return Ok(()),
        Some(Flaw::Empty) => "is empty",
        Some(Flaw::Padded) => {
            "has white space around it (a line break from a file, perhaps); trim it"
        }
        Some(Flaw::Characters) => "has characters that none has; check where it comes from",
    };
    Err(Error::configuration(format!("the client {what} {reason}")))
}
