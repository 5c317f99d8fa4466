//! The consent of a user, by an authorization code (RFC 6749, section 4.1).

use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq as _;
use tokio::time::Instant;

use super::service::{FETCH_PAUSE, Grant, TokenEndpoint};
use super::{Failure, LockedTokenStore, TokenError, TokenPair, TokenStore};
use crate::base_url::{has_user_info, is_loopback};
use crate::deadline::within;
use crate::error::token::{Callback, StoreStep};
use crate::limit::Patience;
use crate::options::MAX_PAUSE;
use crate::time_option::TimeOption;
use crate::{CallOptions, Error};

/// How long a code lives.
const CODE_LIFE: Duration = Duration::from_secs(60);
/// Bytes of a state: too many to guess.
const STATE_BYTES: usize = 32;
/// More than a callback takes.
const LONGEST_CALLBACK: usize = 16 * 1024;
/// The codes of RFC 6749, section 4.1.2.1.
const CODES: [&str; 7] = [
    "invalid_request",
    "unauthorized_client",
    "access_denied",
    "unsupported_response_type",
    "invalid_scope",
    "server_error",
    "temporarily_unavailable",
];

/// The consent of a user, which is asked for by sending the user to a page of the service and back.
///
/// [`ClientBuilder::authorization_code`](crate::ClientBuilder::authorization_code) makes it.
///
/// 1. [`begin`](Self::begin) makes the URL of the page, and a state. Keep the state in the session of the user, and
///    redirect there.
/// 2. The service sends the user to the redirect URL. Pass the whole URL of that request to [`finish`](Self::finish),
///    with the state out of the session. It checks that the answer belongs to this session, exchanges the code, which
///    is short-lived, and writes the tokens to a store.
/// 3. [`ClientBuilder::token_store`](crate::ClientBuilder::token_store) makes a client of that store.
///
/// ```no_run
/// use harvest_runtime::{Api, ClientBuilder, Error, FileTokenStore, TokenError};
///
/// /// The user wants to connect. What is returned is kept in the session, and where to redirect.
/// fn connect<A: Api>(builder: ClientBuilder<A>) -> Result<(String, String), Error> {
///     let consent = builder.authorization_code("https://acme.example/harvest/callback")?;
///     let request = consent.begin(["harvest:candidates:list", "harvest:jobs:list"])?;
///     Ok((request.state().to_owned(), request.url().to_string()))
/// }
///
/// /// The user came back. The state is taken out of the session, so that it is valid once.
/// async fn came_back<A: Api>(
///     builder: ClientBuilder<A>,
///     callback: &str,
///     state: &str,
///     store: FileTokenStore,
/// ) -> Result<(), Box<dyn std::error::Error>> {
///     let consent = builder.authorization_code("https://acme.example/harvest/callback")?;
///     Ok(consent.finish(callback, state, &store).await?)
/// }
/// ```
pub struct AuthorizationCode {
    endpoint: TokenEndpoint,
    page: Url,
    redirect_url: Url,
    timeout: Option<Duration>,
    max_pause: Duration,
}

/// One request for a consent.
pub struct AuthorizationRequest {
    url: Url,
    state: SecretString,
}

impl AuthorizationRequest {
    /// The page on which the user consents.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The text by which the answer is recognized as that to this request: 43 random letters, digits, `-` and `_`. Keep
    /// it in the session of the user until the answer comes, and no longer.
    pub fn state(&self) -> &str {
        self.state.expose_secret()
    }
}

/// Prints nothing of it: the URL holds the state.
impl fmt::Debug for AuthorizationRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizationRequest")
            .finish_non_exhaustive()
    }
}

impl AuthorizationCode {
    pub(crate) fn new(
        endpoint: TokenEndpoint,
        page: Url,
        redirect_url: &str,
        options: &CallOptions,
    ) -> Result<Self, Error> {
        let redirect_url = Url::parse(redirect_url)
            .map_err(|error| Error::configuration(format!("the redirect URL is none ({error})")))?;
        let flaw = match redirect_url.scheme() {
            "https" => None,
            "http" if is_loopback(&redirect_url) => None,
            _ => Some("is not https (plain http is allowed to localhost, 127.0.0.0/8 and [::1])"),
        };
        let flaw = flaw
            .or_else(|| has_user_info(&redirect_url).then_some("contains a user name or password"));
        let flaw = flaw.or_else(|| redirect_url.fragment().map(|_| "contains a fragment"));
        if let Some(flaw) = flaw {
            return Err(Error::configuration(format!("the redirect URL {flaw}")));
        }
        Ok(Self {
            endpoint,
            page,
            redirect_url,
            timeout: options.timeout,
            max_pause: options.max_pause.unwrap_or(MAX_PAUSE),
        })
    }

    /// A request for a consent to these scopes, with a state of its own. Nothing is sent.
    ///
    /// Ask for those alone that the program uses: the service refuses the whole if the integration lacks one of them
    /// (`invalid_scope`).
    ///
    /// # Errors
    ///
    /// [`Error::is_configuration`] if there is no scope, or one that cannot be, or if the system gives no random
    /// numbers.
    pub fn begin<S: AsRef<str>>(
        &self,
        scopes: impl IntoIterator<Item = S>,
    ) -> Result<AuthorizationRequest, Error> {
        let mut list = String::new();
        for scope in scopes {
            let scope = scope.as_ref();
            let is_scope = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\');
            if scope.is_empty() || !scope.bytes().all(is_scope) {
                return Err(Error::configuration(
                    "a scope is empty, or has characters that none has; pass one scope at a time",
                ));
            }
            if !list.is_empty() {
                list.push(' ');
            }
            list.push_str(scope);
        }
        if list.is_empty() {
            return Err(Error::configuration(
                "there is no scope to consent to; pass those of the operations that are called",
            ));
        }
        let mut random = [0; STATE_BYTES];
        getrandom::fill(&mut random).map_err(|error| {
            Error::configuration(format!("the system gives no random numbers ({error})"))
        })?;
        let state = URL_SAFE_NO_PAD.encode(random);
        let mut url = self.page.clone();
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.endpoint.id)
            .append_pair("redirect_uri", self.redirect_url.as_str())
            .append_pair("scope", &list)
            .append_pair("state", &state);
        Ok(AuthorizationRequest {
            url,
            state: state.into(),
        })
    }

    /// Takes the URL at which the user came back, whole or from its path on, exchanges the code in it, and writes the
    /// tokens to the store. What the store held before is replaced.
    ///
    /// `state` is that of the [request](AuthorizationRequest::state) which this session began. It is compared before
    /// anything else is believed: the URL is what the browser says, which a link in a mail may have made it say. The
    /// comparison takes the same time wherever they differ.
    ///
    /// The code is valid once, so a callback that failed is not to be finished again: begin again.
    ///
    /// It takes no longer than [`ClientBuilder::timeout`](crate::ClientBuilder::timeout), and waits in pauses as calls do
    /// ([`ClientBuilder::max_pause`](crate::ClientBuilder::max_pause)), but in none that the code does not outlive: it lives
    /// for a minute. The store is not locked meanwhile.
    ///
    /// # Errors
    ///
    /// If the URL is not at the redirect URL or its state is another; if the user or the service refused, with the
    /// [code](TokenError::code) (`access_denied`, `invalid_scope`); if the code is refused; if the token service asked for a
    /// pause that is not waited for, or the time ran out; or if the store fails.
    pub async fn finish(
        &self,
        callback: &str,
        state: &str,
        store: &dyn TokenStore,
    ) -> Result<(), TokenError> {
        let code = self.code(callback, state)?;
        let begun = Instant::now();
        let deadline = self.timeout.and_then(|time| begun.checked_add(time));
        let mut patience = Patience::new(deadline, self.max_pause);
        let (mut store, pair) = loop {
            let exchanged = within(deadline, self.exchange(&code, store)).await;
            let error = match exchanged {
                Some(Ok(exchanged)) => break exchanged,
                Some(Err(error)) => error,
                None => return Err(Failure::OutOfTime(TimeOption::Call).into()),
            };
            let Some(pause) = error.pause().copied() else {
                return Err(error);
            };
            if begun.elapsed().saturating_add(pause.left) >= CODE_LIFE {
                return Err(Failure::Paused(pause.outlasting_code()).into());
            }
            let waited = self.endpoint.limiter.wait_out(pause, &mut patience).await;
            waited.map_err(Failure::Paused)?;
        };
        store
            .write(&pair)
            .await
            .map_err(StoreStep::Consent.failed())
    }

    /// Exchanges the code, while the store is locked: before the code is sent, which is valid once. It waits in no long
    /// pause, since that would hold up all who use the store.
    async fn exchange(
        &self,
        code: &SecretString,
        store: &dyn TokenStore,
    ) -> Result<(Box<dyn LockedTokenStore>, TokenPair), TokenError> {
        let store = store.lock().await.map_err(StoreStep::Lock.failed())?;
        let grant = Grant::AuthorizationCode {
            code: code.expose_secret(),
            redirect_url: self.redirect_url.as_str(),
        };
        let issued = self.endpoint.issue(grant, FETCH_PAUSE).await;
        let issued = issued.map_err(|unissued| unissued.error)?;
        let Some(refresh) = issued.refresh else {
            let reason = "has no refresh token; check that the integration may have one";
            return Err(Failure::Unusable(reason).into());
        };
        Ok((store, TokenPair::issued(refresh, &issued.access)))
    }

    /// The code in a callback that answers the request with this state.
    fn code(&self, callback: &str, state: &str) -> Result<SecretString, Failure> {
        if callback.len() > LONGEST_CALLBACK {
            return Err(Callback::Elsewhere.into());
        }
        let url = self.redirect_url.join(callback);
        let url = url.map_err(|_| Callback::Elsewhere)?;
        let own = &self.redirect_url;
        let is_here =
            url.origin() == own.origin() && url.path() == own.path() && !has_user_info(&url);
        if !is_here {
            return Err(Callback::Elsewhere.into());
        }
        let sent = one(&url, "state")?.unwrap_or_default();
        // An empty one would be equal to none.
        let is_known = !state.is_empty() && bool::from(sent.as_bytes().ct_eq(state.as_bytes()));
        if !is_known {
            return Err(Callback::State.into());
        }
        if let Some(error) = one(&url, "error")? {
            let code = CODES.into_iter().find(|code| *code == error);
            return Err(Callback::Denied(code).into());
        }
        let code = one(&url, "code")?.filter(|code| !code.is_empty());
        Ok(code.ok_or(Callback::NoCode)?.into())
    }
}

/// The value of a parameter that may come once.
fn one(url: &Url, name: &str) -> Result<Option<String>, Callback> {
    let mut values = url.query_pairs().filter(|(other, _)| other == name);
    let value = values.next().map(|(_, value)| value.into_owned());
    match values.next() {
        Some(_) => Err(Callback::Repeated),
        None => Ok(value),
    }
}

/// Prints nothing of it.
impl fmt::Debug for AuthorizationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizationCode").finish_non_exhaustive()
    }
}
