//! Requests to the token service, and its answers.

use std::time::Duration;

use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use http::{Method, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::{Instant, sleep, timeout};

use super::answer::{self, Issued};
use super::{Asked, Failure, Secret, Secrets, TokenError, TokenFuture, TokenSource};
use crate::answer_body;
use crate::base_url::BaseUrl;
use crate::limit::{Limiter, NoTurn, Patience};
use crate::retry_after::retry_after;
use crate::transient::is_transient;

/// The time of one attempt.
const ATTEMPT: Duration = Duration::from_secs(10);
/// How long a fetch waits in pauses. It holds up all calls, and a store those of other processes: the calls wait, as long as
/// each of them does.
pub(super) const FETCH_PAUSE: Duration = Duration::from_secs(1);
/// The waits before further attempts.
const BACKOFF: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];

/// A grant by which tokens are asked for.
#[derive(Clone, Copy)]
pub(super) enum Grant<'a> {
    /// By the credentials of the client alone (RFC 6749, section 4.4). The acting user is the subject (`sub`) of the token.
    ClientCredentials { acting_user: Option<i64> },
    /// By what an earlier answer had for the next time (section 6).
    RefreshToken(&'a str),
    /// By what a user's browser brought back (section 4.1.3).
    AuthorizationCode {
        code: &'a str,
        redirect_url: &'a str,
    },
}

/// The reason for which none were issued.
pub(super) struct Unissued {
    pub(super) error: TokenError,
    /// An attempt may have been acted on, and its answer was not read.
    pub(super) unanswered: bool,
}

/// The endpoint of a token service, as one client of it.
pub(crate) struct TokenEndpoint {
    pub(crate) http_client: reqwest::Client,
    pub(crate) token_url: BaseUrl,
    pub(crate) user_agent: HeaderValue,
    pub(crate) id: String,
    pub(crate) secret: SecretString,
    pub(crate) limiter: Limiter,
}

/// Tokens by client credentials.
pub(crate) struct ClientCredentials(pub(crate) TokenEndpoint);

impl TokenSource for ClientCredentials {
    fn token(&self, acting_user: Option<i64>) -> TokenFuture<'_> {
        Box::pin(async move {
            let grant = Grant::ClientCredentials { acting_user };
            let issued = self.0.issue(grant, FETCH_PAUSE).await;
            issued
                .map(|issued| issued.access)
                .map_err(|unissued| unissued.error)
        })
    }
}

impl Secrets for ClientCredentials {
    fn is_in_lowercase(&self, text: &str) -> bool {
        self.0.is_in_lowercase(text)
    }
}

/// The secret of the client: bare, or with the id as HTTP Basic encodes both.
impl Secrets for TokenEndpoint {
    fn is_in_lowercase(&self, text: &str) -> bool {
        let basic = format!("{}:{}", self.id, self.secret.expose_secret());
        let secrets = [self.secret.clone(), basic.into()];
        secrets
            .into_iter()
            .any(|it| Secret::new(it).is_in_lowercase(text))
    }
}

impl TokenEndpoint {
    /// Whatever passes is tried again, unless that has to wait for its turn, which can be a minute away: a store is locked
    /// meanwhile. To ask twice by client credentials does no harm; and what an attempt without an answer may have used up is
    /// lost anyway, unless the service did not see it.
    pub(super) async fn issue(
        &self,
        grant: Grant<'_>,
        max_pause: Duration,
    ) -> Result<Issued, Unissued> {
        let mut waits = BACKOFF.into_iter();
        let mut unanswered = false;
        let mut patience = Patience::new(None, max_pause);
        loop {
            let failure = match self.attempt(grant, &mut patience).await {
                Ok(issued) => return Ok(issued),
                Err(failure) => failure,
            };
            unanswered |= failure.may_have_been_acted_on();
            let error = TokenError::from(failure);
            match waits
                .next()
                .filter(|_| error.is_transient() && error.pause().is_none())
            {
                Some(wait) => sleep(wait).await,
                None => return Err(Unissued { error, unanswered }),
            }
            let allowance = self.limiter.snapshot();
            if allowance.remaining == 0 && allowance.pause.is_none() {
                return Err(Unissued { error, unanswered });
            }
        }
    }

    async fn attempt(&self, grant: Grant<'_>, patience: &mut Patience) -> Result<Issued, Failure> {
        let permit = self.limiter.acquire(patience).await;
        let permit = permit.map_err(|no_turn| match no_turn {
            NoTurn::Paused(pause) => Failure::Paused(pause),
            // It books in this process.
            NoTurn::Unbooked(reason) => Failure::Source(reason.to_string().into()),
        })?;
        let sending = async {
            let incoming = self.request(grant).send().await;
            let incoming = match incoming {
                Ok(incoming) => incoming,
                Err(error) => {
                    self.limiter.failed(permit);
                    return Err(Failure::Transport(error.without_url()));
                }
            };
            let (status, headers) = (incoming.status(), incoming.headers().clone());
            let observed = pausing(status, &headers);
            self.limiter
                .observe(permit, observed, &headers, Instant::now());
            // Only an HTTP client of the user's own follows redirects.
            if !self.token_url.is_origin_of(incoming.url()) {
                return Err(Failure::UnexpectedOrigin);
            }
            answer::read(incoming, status, headers, grant.asked()).await
        };
        timeout(ATTEMPT, sending)
            .await
            .unwrap_or(Err(Failure::Late(ATTEMPT)))
    }

    fn request(&self, grant: Grant<'_>) -> reqwest::RequestBuilder {
        let form_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        self.http_client
            .request(Method::POST, self.token_url.url().clone())
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .header(ACCEPT_ENCODING, answer_body::ACCEPTED)
            .header(CONTENT_TYPE, form_type)
            .header(USER_AGENT, self.user_agent.clone())
            .basic_auth(&self.id, Some(self.secret.expose_secret()))
            .body(grant.form())
    }
}

/// The status of an answer as the limiter takes it. A service that asks to be left alone gets a pause, by whatever status it
/// does: each call needs a token, and would ask again.
fn pausing(status: StatusCode, headers: &HeaderMap) -> StatusCode {
    let asked = retry_after(headers).filter(|wait| !wait.is_zero());
    if is_transient(status) && asked.is_some() {
        StatusCode::TOO_MANY_REQUESTS
    } else {
        status
    }
}

impl Grant<'_> {
    fn form(self) -> String {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        match self {
            Self::ClientCredentials { acting_user } => {
                form.append_pair("grant_type", "client_credentials");
                if let Some(user) = acting_user {
                    form.append_pair("sub", &user.to_string());
                }
            }
            Self::RefreshToken(token) => {
                form.append_pair("grant_type", "refresh_token");
                form.append_pair("refresh_token", token);
            }
            Self::AuthorizationCode { code, redirect_url } => {
                form.append_pair("grant_type", "authorization_code");
                form.append_pair("code", code);
                form.append_pair("redirect_uri", redirect_url);
            }
        }
        form.finish()
    }

    fn asked(self) -> Asked {
        match self {
            Self::ClientCredentials { acting_user: None } => Asked::Integration,
            Self::ClientCredentials { .. } => Asked::User,
            Self::RefreshToken(_) => Asked::Refresh,
            Self::AuthorizationCode { .. } => Asked::Code,
        }
    }
}
