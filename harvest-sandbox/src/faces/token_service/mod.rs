//! Token service: issues the tokens of integrations, and says what they are good for.
//!
//! The service has a host of its own; the sandbox answers for it at the same address as the API. The API's description
//! knows nothing of it, and neither do permissions, acting users or the rate limit of the API.

mod authorize;
mod error;
mod introspect;
mod redirect;
mod token;

#[cfg(feature = "dev-center")]
pub(crate) use authorize::{Checked, Request as AuthorizationRequest};
use redirect::back;

use std::time::{Duration, Instant};

use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::http::{Method, StatusCode};

use crate::domain::access::{Credential, Throttle};
use crate::domain::oauth::{ClientSecret, Integration, Integrations};
use crate::http::limit::{Limit, Rule, Usage};
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::http::{Incoming, basic};
use crate::refusal::Refusal;
use crate::store::Store;
use error::TokenError;

/// The path at which tokens are issued.
pub(crate) const TOKEN_PATH: &str = "/token";

/// The limit of the service, as it was observed.
const LIMIT: Rule = Rule {
    requests: 60,
    window: Duration::from_secs(60),
    aligned: true,
};

/// What a request to the service is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint {
    Authorize,
    Introspect,
    Token,
}

/// The service.
pub(crate) struct TokenService {
    limit: Limit,
}

/// What it stands on.
#[derive(Clone, Copy)]
pub(crate) struct Ground<'a> {
    pub(crate) store: &'a Store,
    pub(crate) throttle: &'a Throttle,
}

/// An answer of the service.
pub(crate) struct Served {
    pub(crate) reply: Reply,
    pub(crate) usage: Usage,
    /// How long to sit on it.
    pub(crate) delay: Duration,
    pub(crate) credential: Option<Credential>,
    /// The user whom an issued token acts for.
    pub(crate) user_id: Option<i64>,
}

impl Endpoint {
    pub(crate) const ALL: [Self; 3] = [Self::Authorize, Self::Introspect, Self::Token];

    /// The endpoint at a path.
    pub(crate) fn at(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.path() == path)
    }

    fn path(self) -> &'static str {
        match self {
            Self::Authorize => "/authorize",
            Self::Introspect => "/introspect",
            Self::Token => TOKEN_PATH,
        }
    }

    fn takes(self, method: &Method) -> bool {
        match self {
            Self::Authorize => matches!(*method, Method::GET | Method::HEAD),
            Self::Introspect | Self::Token => *method == Method::POST,
        }
    }

    /// The name of its operation, as in the description of the service.
    pub(crate) fn operation(self) -> &'static str {
        match self {
            Self::Authorize => "authorize_integration",
            Self::Introspect => "introspect_token",
            Self::Token => "create_token",
        }
    }

    /// The operation of a request, if the endpoint has its method.
    pub(crate) fn operation_of(self, method: &Method) -> Option<&'static str> {
        self.takes(method).then(|| self.operation())
    }
}

impl TokenService {
    /// `enforced` says whether requests beyond the limit are refused.
    pub(crate) fn new(enforced: bool) -> Self {
        Self {
            limit: if enforced {
                Limit::enforced(LIMIT)
            } else {
                Limit::shown(LIMIT)
            },
        }
    }

    /// Answers a request that may come from where it comes from.
    pub(crate) fn answer(
        &self,
        endpoint: Endpoint,
        ground: Ground<'_>,
        request: &Incoming,
    ) -> Served {
        if !endpoint.takes(&request.method) {
            let method = match endpoint {
                Endpoint::Authorize => Method::GET,
                Endpoint::Introspect | Endpoint::Token => Method::POST,
            };
            return self.anonymous(Reply::method_not_allowed(&[method]));
        }
        let served = match endpoint {
            Endpoint::Authorize => {
                authorize::answer(ground.store, request).map(|it| self.anonymous(it))
            }
            Endpoint::Introspect | Endpoint::Token => self.answer_client(endpoint, ground, request),
        };
        served.unwrap_or_else(|refusal| self.anonymous(refusal.into_reply()))
    }

    fn answer_client(
        &self,
        endpoint: Endpoint,
        ground: Ground<'_>,
        request: &Incoming,
    ) -> Outcome<Served> {
        let client = request.sender.nearest();
        let Some(integration) = authenticate(ground.store, request)? else {
            let delay = ground.throttle.wrong(client, Instant::now());
            let reply = TokenError::INVALID_CLIENT.reply();
            return Ok(Served {
                delay,
                ..self.anonymous(reply)
            });
        };
        ground.throttle.right(client);
        let credential = Some(Credential::Integration(integration.id));
        let usage = self.limit.take(credential);
        let served = |reply, user_id| Served {
            reply,
            usage,
            delay: Duration::ZERO,
            credential,
            user_id,
        };
        if usage.refused {
            let plain = HeaderValue::from_static("text/plain");
            let words = "Retry later".to_owned();
            let reply = Reply::text(StatusCode::TOO_MANY_REQUESTS, plain, words);
            return Ok(served(reply, None));
        }
        let done = match endpoint {
            Endpoint::Introspect => introspect::answer(ground.store, &integration, request)
                .map(|it| it.map(|reply| (reply, None))),
            _ => token::answer(ground.store, &integration, request)
                .map(|it| it.map(|(reply, user_id)| (reply, Some(user_id)))),
        };
        let (reply, user_id) = match done {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => (error.reply(), None),
            Err(refusal) => (Refusal::into_reply(refusal), None),
        };
        Ok(served(reply, user_id))
    }

    /// An answer to a request that named no integration, or could not be read.
    pub(crate) fn anonymous(&self, reply: Reply) -> Served {
        Served {
            reply,
            usage: self.limit.look(None),
            delay: Duration::ZERO,
            credential: None,
            user_id: None,
        }
    }
}

/// The integration whose client id and secret came with a request. Read apart from what follows: a client that is unknown or
/// beyond its limit waits for no writer.
fn authenticate(store: &Store, request: &Incoming) -> Outcome<Option<Integration>> {
    let Some((client_id, secret)) = basic(&request.headers) else {
        return Ok(None);
    };
    let client = ClientSecret { client_id, secret };
    store.read(|view| Integrations::authenticate(view, &client))
}

/// An answer that holds a secret, or says something of one.
fn not_stored(reply: Reply) -> Reply {
    reply.with_header(CACHE_CONTROL, HeaderValue::from_static("no-store"))
}
