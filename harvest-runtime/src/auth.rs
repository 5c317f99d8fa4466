//! The authorization of requests: credentials, the tokens that they stand for, and the user who acts.

mod answer;
mod authorization_code;
mod refresh;
mod service;
mod source;
mod store;
mod token;
mod tokens;

use std::sync::Arc;
use std::time::Duration;

use reqwest::RequestBuilder;
use secrecy::SecretString;

pub use self::authorization_code::{AuthorizationCode, AuthorizationRequest};
pub(crate) use self::refresh::RefreshTokens;
pub(crate) use self::service::{ClientCredentials, TokenEndpoint};
pub use self::source::{TokenFuture, TokenSource};
pub use self::store::{FileTokenStore, LockedTokenStore, StoreFuture, TokenPair, TokenStore};
pub use self::token::AccessToken;
use self::tokens::Tokens;
use crate::conventions::Auth;
use crate::error::token::Asked;
pub(crate) use crate::error::token::Failure;
pub use crate::error::token::TokenError;
use crate::limit::{Limiter, Patience};
pub(crate) use crate::secret::{Flaw, Scheme, Secret, Secrets, flaw};
use crate::substrings::Substrings;

/// The time that the token service has for a token, with all waits for its rate limit.
const SERVICE_PATIENCE: Duration = Duration::from_secs(10 * 60);
/// The time that a source of a program's own has.
const SOURCE_PATIENCE: Duration = Duration::from_secs(2 * 60);

/// The way in which a request names the user who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Actor {
    /// By a header, if the API has one.
    Header,
    /// As the subject of its token.
    Subject,
    /// Not at all: the one token there is has a subject of its own.
    OfToken,
}

/// The credential of a client. It has no `Debug` on purpose; its texts are wiped from memory with the last client.
pub(crate) enum Credential {
    /// One secret for all requests, and whether it is a token that has a subject.
    Fixed(Authorization, Actor),
    /// A token for each acting user, or the one of a consent.
    Tokens(Tokens, Actor),
}

impl Credential {
    /// One secret for all requests. The reason of a refusal is for the person who set the client up; it never repeats
    /// the secret.
    pub(crate) fn fixed(auth: Auth, secret: SecretString) -> Result<Self, &'static str> {
        let (scheme, actor) = match auth {
            Auth::Basic => (Scheme::Basic, Actor::Header),
            Auth::Bearer => (Scheme::Bearer, Actor::Header),
            Auth::OAuth(_) => (Scheme::Bearer, Actor::OfToken),
        };
        let authorization = Authorization {
            scheme,
            secret: Arc::new(Secret::of_person(scheme, secret)?),
            number: 0,
        };
        Ok(Self::Fixed(authorization, actor))
    }

    /// Tokens of the token service.
    pub(crate) fn issued(client: ClientCredentials) -> Self {
        let limiter = client.0.limiter.clone();
        let tokens = Tokens::with_secrets(client, SERVICE_PATIENCE);
        Self::Tokens(tokens.paced_by(limiter), Actor::Subject)
    }

    /// Tokens of the token service for the user who consented.
    pub(crate) fn consented(tokens: RefreshTokens) -> Self {
        let limiter = tokens.limiter().clone();
        let tokens = Tokens::with_secrets(tokens, SERVICE_PATIENCE);
        Self::Tokens(tokens.paced_by(limiter), Actor::OfToken)
    }

    /// Tokens of a source of the program's own.
    pub(crate) fn sourced(source: Arc<dyn TokenSource>) -> Self {
        Self::Tokens(Tokens::new(source, SOURCE_PATIENCE), Actor::Subject)
    }

    pub(crate) fn actor(&self) -> Actor {
        match self {
            Self::Fixed(_, actor) | Self::Tokens(_, actor) => *actor,
        }
    }

    /// Authorizes a request for a user. A pause of the token service that outlasts this patience ends it at once.
    pub(crate) async fn authorize(
        &self,
        user: Option<i64>,
        patience: &mut Patience,
    ) -> Result<Authorization, TokenError> {
        match self {
            Self::Fixed(authorization, _) => Ok(authorization.clone()),
            // On the heap: every call would have room for it, and most use a token that is there.
            Self::Tokens(tokens, _) => Box::pin(tokens.authorize(user, patience)).await,
        }
    }

    /// The limit of the token service, where there is one.
    pub(crate) fn limiter(&self) -> Option<&Limiter> {
        match self {
            Self::Fixed(..) => None,
            Self::Tokens(tokens, _) => tokens.limiter(),
        }
    }

    /// An authorization was refused. Returns whether there can be another.
    pub(crate) fn invalidate(&self, user: Option<i64>, refused: &Authorization) -> bool {
        match self {
            Self::Fixed(..) => false,
            Self::Tokens(tokens, _) => {
                tokens.invalidate(user, refused);
                true
            }
        }
    }
}

impl Secrets for Credential {
    fn is_in_lowercase(&self, text: &str) -> bool {
        match self {
            Self::Fixed(authorization, _) => authorization.is_in_lowercase(text),
            Self::Tokens(tokens, _) => tokens.is_in_lowercase(text),
        }
    }
}

/// The authorization of one request.
#[derive(Clone)]
pub(crate) struct Authorization {
    scheme: Scheme,
    secret: Arc<Secret>,
    /// Distinguishes tokens.
    number: u64,
}

impl Authorization {
    /// Puts it on a request. The caller has made sure that the request goes to the configured origin.
    pub(crate) fn attach(&self, request: RequestBuilder) -> RequestBuilder {
        // Both mark the header as sensitive.
        match self.scheme {
            Scheme::Basic => request.basic_auth(self.secret.expose(), None::<&str>),
            Scheme::Bearer => request.bearer_auth(self.secret.expose()),
        }
    }
}

impl Authorization {
    /// Whether the text whose substrings these are holds its secret.
    pub(crate) fn is_among(&self, lowercase: &Substrings) -> bool {
        self.secret.is_among(lowercase)
    }
}

impl Secrets for Authorization {
    fn is_in_lowercase(&self, text: &str) -> bool {
        self.secret.is_in_lowercase(text)
    }
}
