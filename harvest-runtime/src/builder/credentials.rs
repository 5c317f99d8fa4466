//! The credentials that a builder was given, and which of them count.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use super::sending::Sender;
use crate::auth::{
    AuthorizationCode, ClientCredentials, Credential, Flaw, RefreshTokens, TokenEndpoint, flaw,
};
use crate::base_url::{BaseUrl, is_loopback};
use crate::conventions::or_set;
use crate::limit::Limiter;
use crate::{Auth, CallOptions, Conventions, Error, TokenService, TokenSource, TokenStore};

/// The credentials that a builder was given. The environment can give several: a token that is there counts before one
/// that is to be fetched.
#[derive(Default)]
pub(super) struct Credentials {
    pub(super) fixed: Option<SecretString>,
    /// The id and the secret of a client of the token service, either of which the environment may lack.
    pub(super) client: (Option<String>, Option<SecretString>),
    pub(super) source: Option<Arc<dyn TokenSource>>,
    pub(super) consent: Option<Consent>,
    pub(super) token_url: Option<String>,
    pub(super) authorization_url: Option<String>,
}

/// The refresh tokens of a user who consented.
pub(super) struct Consent {
    pub(super) store: Arc<dyn TokenStore>,
    pub(super) first: Option<SecretString>,
}

impl Credentials {
    /// Of several kinds of credentials, the one set last counts.
    pub(super) fn forget(&mut self) {
        *self = Self {
            token_url: self.token_url.take(),
            authorization_url: self.authorization_url.take(),
            ..Self::default()
        };
    }

    pub(super) fn check(
        self,
        auth: Auth,
        conventions: &Conventions,
        sender: &Sender,
    ) -> Result<Credential, Error> {
        if let Some(secret) = self.fixed {
            return Credential::fixed(auth, secret).map_err(Error::configuration);
        }
        if let Some(source) = self.source {
            return match auth {
                Auth::Basic => Err(Error::configuration(
                    "token_source has no effect, since this API takes no tokens; pass the API key \
                     to ClientBuilder::credential",
                )),
                Auth::Bearer | Auth::OAuth(_) => Ok(Credential::sourced(source)),
            };
        }
        let Auth::OAuth(service) = auth else {
            if self.client.0.is_some() || self.client.1.is_some() || self.consent.is_some() {
                return Err(Error::configuration(
                    "client_credentials and refresh tokens have no effect, since this API has no \
                     token service; use ClientBuilder::credential",
                ));
            }
            return Err(Error::configuration(format!(
                "there is no credential; pass the API key to ClientBuilder::credential{}",
                or_set(&[conventions.environment.credential])
            )));
        };
        let consent = self.consent;
        let token_url = self.token_url.as_deref();
        let endpoint = endpoint(self.client, token_url, service, conventions, sender)?;
        let Some(Consent { store, first }) = consent else {
            return Ok(Credential::issued(ClientCredentials(endpoint)));
        };
        if let Some(first) = &first {
            check_part("refresh token", first.expose_secret())?;
        }
        let tokens = RefreshTokens::new(endpoint, store, first);
        Ok(Credential::consented(tokens))
    }

    /// The consent of a user of a client of the token service.
    pub(super) fn authorization_code(
        self,
        auth: Auth,
        conventions: &Conventions,
        sender: &Sender,
        redirect_url: &str,
        options: &CallOptions,
    ) -> Result<AuthorizationCode, Error> {
        let service = match auth {
            Auth::OAuth(service) => Some(service),
            Auth::Basic | Auth::Bearer => None,
        };
        let page = service.and_then(|service| Some((service, service.authorization_url?)));
        let Some((service, page)) = page else {
            return Err(Error::configuration(
                "this API has no page on which a user consents; use ClientBuilder::credential, or \
                 client_credentials if it has a token service",
            ));
        };
        if self.authorization_url.is_none() && is_loopback(sender.base_url.url()) {
            return Err(Error::configuration(
                "base_url is on this machine, and the page of the consent is that of the live \
                 service; pass the one of the program here to ClientBuilder::authorization_url",
            ));
        }
        let page = checked_url(
            "authorization_url",
            self.authorization_url.as_deref().unwrap_or(page),
        )?;
        let token_url = self.token_url.as_deref();
        let endpoint = endpoint(self.client, token_url, service, conventions, sender)?;
        AuthorizationCode::new(endpoint, page.url().clone(), redirect_url, options)
    }
}

/// A URL that was passed by the setting of this name, checked as a base URL is.
fn checked_url(setting: &str, url: &str) -> Result<BaseUrl, Error> {
    BaseUrl::parse(url).map_err(|reason| Error::configuration(reason.replace("base_url", setting)))
}

/// The token service, as one client of it.
fn endpoint(
    client: (Option<String>, Option<SecretString>),
    token_url: Option<&str>,
    service: TokenService,
    conventions: &Conventions,
    sender: &Sender,
) -> Result<TokenEndpoint, Error> {
    let names = conventions.environment;
    let (id, secret) = match client {
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
    check_part("client id", &id)?;
    check_part("client secret", secret.expose_secret())?;
    if id.contains(':') {
        return Err(Error::configuration(
            "the client id contains ':'; pass the id and the secret by themselves",
        ));
    }
    if token_url.is_none() && is_loopback(sender.base_url.url()) {
        return Err(Error::configuration(format!(
            "base_url is on this machine, and the token URL is that of the live service; pass the \
             one of the program here to ClientBuilder::token_url{}",
            or_set(&[names.token_url])
        )));
    }
    let token_url = checked_url("token_url", token_url.unwrap_or(service.token_url))?;
    Ok(TokenEndpoint {
        http_client: sender.client_to(&token_url)?,
        token_url,
        user_agent: sender.user_agent.clone(),
        id,
        secret,
        limiter: Limiter::guessing(service.limit),
    })
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
    Err(Error::configuration(format!("the {what} {reason}")))
}
