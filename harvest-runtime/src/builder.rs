//! Construction of a client.

mod authorization;
mod credentials;
mod options;
mod sending;

use std::ffi::OsString;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use secrecy::SecretString;

use self::credentials::Credentials;
use self::sending::Sender;
use crate::core::Shared;
use crate::error::Delivery;
use crate::limit::Limiter;
use crate::options::Settings;
use crate::retry::RetryBudget;
use crate::{Api, Auth, CallOptions, Conventions, Core, Error};

/// Sets up a client. Only the [credential](Self::credential) has to be given.
///
/// Generated clients offer it as `Harvest::builder()`.
///
/// A client can be used from several async runtimes. One of a single thread is driven by its `block_on` alone, and with it
/// the connections and the calls that were begun there and neither ended nor dropped: others may wait for them.
///
/// ```
/// use std::time::Duration;
/// use harvest_runtime::ClientBuilder;
/// # use harvest_runtime::{Api, Auth, Core};
/// # struct Harvest(Core);
/// # impl Api for Harvest {
/// #     const NAME: &'static str = "Harvest v1";
/// #     const BASE_URL: &'static str = "https://harvest.greenhouse.io";
/// #     const AUTH: Auth = Auth::Basic;
/// #     fn from_core(core: Core) -> Self { Self(core) }
/// #     fn core(&self) -> &Core { &self.0 }
/// # }
///
/// let harvest: Harvest = ClientBuilder::new()
///     .credential("a-key")
///     .acting_user(1_049_756)
///     .timeout(Duration::from_secs(20))
///     .base_url("http://localhost:4010")
///     .build()?;
/// # assert_eq!(harvest.core().acting_user(), Some(1_049_756));
/// # Ok::<(), harvest_runtime::Error>(())
/// ```
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<A> {
    credentials: Credentials,
    base_url: Option<String>,
    acting_user: Option<i64>,
    /// Of what came from the environment, unless it was replaced.
    acting_user_mistake: bool,
    options: CallOptions,
    retry_budget: RetryBudget,
    connect_timeout: Option<Duration>,
    user_agent: Option<String>,
    http_client: Option<reqwest::Client>,
    api: PhantomData<fn() -> A>,
}

impl<A: Api> ClientBuilder<A> {
    /// Starts with nothing set.
    pub fn new() -> Self {
        Self {
            credentials: Credentials::default(),
            base_url: None,
            acting_user: None,
            acting_user_mistake: false,
            options: CallOptions::new(),
            retry_budget: RetryBudget::default(),
            connect_timeout: None,
            user_agent: None,
            http_client: None,
            api: PhantomData,
        }
    }

    /// Starts with what the environment says, in the variables that the [conventions](Api::CONVENTIONS) of the API name;
    /// the documentation of a generated client lists them.
    ///
    /// Any may be missing or empty, which is the same. What is set on the builder takes the place of what was found; a
    /// mistake in what stays is reported by [`build`](Self::build).
    ///
    /// ```no_run
    /// # use harvest_runtime::{Api, ClientBuilder, Error};
    /// fn connect<A: Api>() -> Result<A, Error> {
    ///     ClientBuilder::from_env().build()
    /// }
    /// ```
    pub fn from_env() -> Self {
        Self::from_variables(|name| std::env::var_os(name))
    }

    fn from_variables(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        // What is not Unicode is no key, URL or number. Made so, it is refused where it is checked.
        let text = |name| Some(variable(name)?.to_string_lossy().into_owned());
        let given = |name| text(name).filter(|text| !text.is_empty());
        let mut builder = Self::new();
        let names = A::CONVENTIONS.environment;
        builder.credentials.fixed = names.credential.and_then(given).map(SecretString::from);
        let secret = names.client_secret.and_then(given).map(SecretString::from);
        builder.credentials.client = (names.client_id.and_then(given), secret);
        builder.credentials.token_url = names.token_url.and_then(given);
        builder.base_url = names.base_url.and_then(given);
        if let Some(user) = names.acting_user.and_then(given) {
            builder.acting_user = user.trim().parse().ok();
            builder.acting_user_mistake = builder.acting_user.is_none();
        }
        builder
    }

    /// Where the API is, if not where [`Api::BASE_URL`] says: a proxy, a sandbox, a test server.
    ///
    /// It has to be https, except on this machine (`localhost`, `127.0.0.0/8`, `[::1]`). A path is kept and put before
    /// that of each operation: `https://proxy.example/harvest` makes `https://proxy.example/harvest/v1/users`.
    ///
    /// Lists are followed through URLs that the server names. A proxy on another host therefore has to rewrite the
    /// `Link` header of answers, or lists end with an [`Error`] after their first page.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// The id of the user in whose name changes are made where a call names no other. It is sent with calls that need
    /// one, and never with calls that merely allow it.
    pub fn acting_user(mut self, user: impl Into<i64>) -> Self {
        self.acting_user = Some(user.into());
        self.acting_user_mistake = false;
        self
    }

    /// Checks what was set and makes the client. Nothing is sent.
    ///
    /// The HTTP client made here follows no redirects, sends nothing twice on its own account but what the service
    /// cannot have seen, and uses no proxy for a plain base URL on this machine;
    /// otherwise it honours the environment's `HTTPS_PROXY`.
    ///
    /// # Errors
    ///
    /// [`Error::is_configuration`] if the credential is missing, empty or not a key at all; if the base URL is no URL,
    /// is plain http to another machine, or has a user name, query or fragment; if the acting user of the environment is no
    /// number; if it is https and this crate was
    /// built without TLS; if [`connect_timeout`](Self::connect_timeout) is combined with
    /// [`http_client`](Self::http_client); or if the platform's TLS cannot be set up.
    pub fn build(self) -> Result<A, Error> {
        self.into_core(A::BASE_URL, A::AUTH, A::CONVENTIONS)
            .map(A::from_core)
    }

    fn into_core(
        self,
        base_url: &str,
        auth: Auth,
        conventions: &'static Conventions,
    ) -> Result<Core, Error> {
        let variables = conventions.environment;
        if self.acting_user_mistake {
            return Err(Error::configuration(format!(
                "{} in the environment is not the id of a user, which is a number",
                variables.acting_user.unwrap_or("the acting user")
            )));
        }
        let sender = self.sender(base_url)?;
        let mut settings = Settings::new(Limiter::guessing(conventions.limit));
        let mut unconnected = Delivery::NotSent;
        if sender.own_client.is_some() {
            settings.attempt_timeout = None;
            // It may follow redirects, and its errors do not tell.
            unconnected = Delivery::MaybeSent;
        }
        let http_client = sender.client_to(&sender.base_url)?;
        let credential = self.credentials.check(auth, conventions, &sender)?;
        let Sender {
            base_url,
            user_agent,
            ..
        } = sender;
        let shared = Shared {
            http_client,
            base_url,
            credential,
            user_agent,
            conventions,
            retry_budget: self.retry_budget,
            unconnected,
            #[cfg(feature = "blocking")]
            background: crate::background::Background::default(),
        };
        let settings = settings.with(self.options);
        settings.limiter.align(conventions.limit);
        Ok(Core::new(shared, settings, self.acting_user))
    }
}

impl<A: Api> Default for ClientBuilder<A> {
    fn default() -> Self {
        Self::new()
    }
}

/// Prints which API it is for, and nothing that was set.
impl<A: Api> fmt::Debug for ClientBuilder<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("api", &A::NAME)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
