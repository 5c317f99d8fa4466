//! Settings of a builder: by what its requests are authorized.

use std::sync::Arc;

use secrecy::SecretString;

use super::ClientBuilder;
use super::credentials::Consent;
use crate::{Api, AuthorizationCode, Error, TokenSource, TokenStore};

impl<A: Api> ClientBuilder<A> {
    /// The API key or token. It is sent to the origin (scheme, host and port) of the base URL and nowhere else, is
    /// never printed, and is wiped from memory with the last copy of the client.
    pub fn credential(mut self, credential: impl Into<String>) -> Self {
        self.credentials.forget();
        self.credentials.fixed = Some(SecretString::from(credential.into()));
        self
    }

    /// An access token that something else keeps. It is not renewed, and acts for the user whom it was issued for: with
    /// an API that names the acting user in the token, calls for another one are not sent
    /// ([`Error::is_invalid_request`]). It is otherwise as a [credential](Self::credential).
    pub fn access_token(self, token: impl Into<String>) -> Self {
        self.credential(token)
    }

    /// The id and the secret of a client of the API's token service (OAuth 2, client credentials).
    ///
    /// Each acting user has an access token, and the integration itself has one. A token is fetched when it is first
    /// needed, once for all calls that wait for it; again a minute before its end; and once after the API refused it
    /// (401), when the refused call is made again. The tokens of the 1,024 users last used are kept. The token service
    /// has a rate limit of its own, and up to three attempts of 10 seconds each; if there is no token, calls end with
    /// [`Error::is_token`].
    ///
    /// The secret is sent to the [token URL](Self::token_url) and nowhere else, and tokens to the origin of the base
    /// URL.
    ///
    /// ```
    /// # use harvest_runtime::{Api, ClientBuilder, Error};
    /// fn connect<A: Api>(id: &str, secret: &str) -> Result<A, Error> {
    ///     ClientBuilder::new().client_credentials(id, secret).acting_user(1_049_756).build()
    /// }
    /// ```
    pub fn client_credentials(mut self, id: impl Into<String>, secret: impl Into<String>) -> Self {
        let consent = self.credentials.consent.take();
        self.credentials.forget();
        self.credentials.consent = consent;
        self.credentials.client = (Some(id.into()), Some(SecretString::from(secret.into())));
        self
    }

    /// The refresh tokens of a user who consented, for the client that [`client_credentials`](Self::client_credentials)
    /// names. All calls act for that user; calls for another one are not sent ([`Error::is_invalid_request`]).
    ///
    /// A refresh token is valid once, and its answer holds the next one. That is written to the store before the access
    /// token of the same answer is used; then it is this store that counts, and `first` is used only where the store is
    /// empty, or holds a token that is refused (after a new consent). Processes with one store take over what one of
    /// them fetched. If the token is lost, calls end with an error whose
    /// [`TokenError::needs_consent`](crate::TokenError::needs_consent) says so.
    ///
    /// ```no_run
    /// # use harvest_runtime::{Api, ClientBuilder, FileTokenStore};
    /// fn connect<A: Api>(id: &str, secret: &str, first: &str) -> Result<A, Box<dyn std::error::Error>> {
    ///     let store = FileTokenStore::open("/var/lib/acme-sync/harvest-tokens.json")?;
    ///     Ok(ClientBuilder::new().client_credentials(id, secret).refresh_token(first, store).build()?)
    /// }
    /// ```
    pub fn refresh_token(self, first: impl Into<String>, store: impl TokenStore + 'static) -> Self {
        self.consent(Some(SecretString::from(first.into())), store)
    }

    /// The same with a store that holds a token already, such as the one that a consent was written to.
    pub fn token_store(self, store: impl TokenStore + 'static) -> Self {
        self.consent(None, store)
    }

    fn consent(mut self, first: Option<SecretString>, store: impl TokenStore + 'static) -> Self {
        let client = std::mem::take(&mut self.credentials.client);
        self.credentials.forget();
        self.credentials.client = client;
        let store = Arc::new(store);
        self.credentials.consent = Some(Consent { store, first });
        self
    }

    /// A source of access tokens of your own: see [`TokenSource`].
    pub fn token_source(mut self, source: impl TokenSource + 'static) -> Self {
        self.credentials.forget();
        self.credentials.source = Some(Arc::new(source));
        self
    }

    /// The endpoint that issues tokens, if it is not where the description says: a sandbox, a proxy. As the base URL it
    /// has to be https, except on this machine.
    ///
    /// If the base URL is on this machine it has to be set: the live service would otherwise be asked for a token that
    /// goes to a program here.
    pub fn token_url(mut self, token_url: impl Into<String>) -> Self {
        self.credentials.token_url = Some(token_url.into());
        self
    }

    /// The page on which a user consents, if it is not where the description says: a sandbox. As the base URL it has to
    /// be https, except on this machine; and as the [token URL](Self::token_url), it has to be set if the base URL is
    /// there.
    pub fn authorization_url(mut self, authorization_url: impl Into<String>) -> Self {
        self.credentials.authorization_url = Some(authorization_url.into());
        self
    }

    /// The consent of a user, for the client that [`client_credentials`](Self::client_credentials) names: see
    /// [`AuthorizationCode`]. `redirect_url` is where the service sends the user afterwards, as it is registered with
    /// the service: https, or on this machine. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`Error::is_configuration`] if the API has no such page, if the client's id or secret is missing, or if one of
    /// the URLs cannot be used.
    pub fn authorization_code(self, redirect_url: &str) -> Result<AuthorizationCode, Error> {
        let sender = self.sender(A::BASE_URL)?;
        let (auth, conventions) = (A::AUTH, A::CONVENTIONS);
        self.credentials
            .authorization_code(auth, conventions, &sender, redirect_url, &self.options)
    }
}
