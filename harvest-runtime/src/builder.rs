//! How a client is set up.

mod credentials;

use std::ffi::OsString;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use secrecy::SecretString;

use self::credentials::Credentials;
use crate::base_url::BaseUrl;
use crate::core::Shared;
use crate::error::Reached;
use crate::limit::Limiter;
use crate::options::Settings;
use crate::retry::{BackoffPolicy, RetryBudget, RetryPolicy};
use crate::{Api, Auth, CallOptions, Conventions, Core, DryRun, Error, TokenSource, Wait};

const USER_AGENT: &str = concat!("harvest-rust/", env!("CARGO_PKG_VERSION"));
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const HAS_TLS: bool = cfg!(any(
    feature = "rustls",
    feature = "rustls-ring",
    feature = "native-tls"
));

/// Sets up a client. Only the [credential](Self::credential) has to be given.
///
/// Generated clients offer it as `Harvest::builder()`.
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
    credential: Option<SecretString>,
    /// The id and the secret of a client of the token service, either of which the environment may lack.
    client: (Option<String>, Option<SecretString>),
    source: Option<Arc<dyn TokenSource>>,
    token_url: Option<String>,
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
            credential: None,
            client: (None, None),
            source: None,
            token_url: None,
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
        builder.credential = names.credential.and_then(given).map(SecretString::from);
        let secret = names.client_secret.and_then(given).map(SecretString::from);
        builder.client = (names.client_id.and_then(given), secret);
        builder.token_url = names.token_url.and_then(given);
        builder.base_url = names.base_url.and_then(given);
        if let Some(user) = names.acting_user.and_then(given) {
            builder.acting_user = user.trim().parse().ok();
            builder.acting_user_mistake = builder.acting_user.is_none();
        }
        builder
    }

    /// The API key or token. It is sent to the origin (scheme, host and port) of the base URL and nowhere else, is
    /// never printed, and is wiped from memory with the last copy of the client.
    pub fn credential(mut self, credential: impl Into<String>) -> Self {
        self.forget_credentials();
        self.credential = Some(SecretString::from(credential.into()));
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
    /// (401), when the refused call is made again. The tokens of the 1,024 users last used are kept. The token service has
    /// a rate limit of its own, and up to three attempts of 10 seconds each; if there is no token, calls end with
    /// [`Error::is_token`].
    ///
    /// The secret is sent to the [token URL](Self::token_url) and nowhere else, and tokens to the origin of the base URL.
    ///
    /// ```
    /// # use harvest_runtime::{Api, ClientBuilder, Error};
    /// fn connect<A: Api>(id: &str, secret: &str) -> Result<A, Error> {
    ///     ClientBuilder::new().client_credentials(id, secret).acting_user(1_049_756).build()
    /// }
    /// ```
    pub fn client_credentials(mut self, id: impl Into<String>, secret: impl Into<String>) -> Self {
        self.forget_credentials();
        self.client = (Some(id.into()), Some(SecretString::from(secret.into())));
        self
    }

    /// A source of access tokens of your own: see [`TokenSource`].
    pub fn token_source(mut self, source: impl TokenSource + 'static) -> Self {
        self.forget_credentials();
        self.source = Some(Arc::new(source));
        self
    }

    /// The endpoint that issues tokens, if it is not where the description says: a sandbox, a proxy. As the base URL it
    /// has to be https, except on this machine.
    ///
    /// If the base URL is on this machine it has to be set: the live service would otherwise be asked for a token that
    /// goes to a program here.
    pub fn token_url(mut self, token_url: impl Into<String>) -> Self {
        self.token_url = Some(token_url.into());
        self
    }

    /// Of several kinds of credentials, the one set last counts.
    fn forget_credentials(&mut self) {
        self.credential = None;
        self.client = (None, None);
        self.source = None;
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

    /// How long one attempt may take, from connecting to the last byte of the answer. 60 seconds if not set, or, with an
    /// [`http_client`](Self::http_client) of your own, what that client says.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options = self.options.attempt_timeout(timeout);
        self
    }

    /// How long a call may take as a whole: all its attempts, the waits between them, and waiting for its turn under the
    /// rate limit. Of a list, each page is a call.
    ///
    /// There is no limit if not set. A call ends all the same: attempts have their own times, there are only so many,
    /// and none is begun more than 5 minutes after the first. Only how long it waits for its turn depends on how many
    /// others wait.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options = self.options.timeout(timeout);
        self
    }

    /// Whether a failed attempt is made again. What happens if not set, and what else there is: see
    /// [`retry`](crate::retry).
    pub fn retry(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.options = self.options.retry(policy);
        self
    }

    /// How long to wait before a failed attempt is made again. See [`retry`](crate::retry).
    pub fn backoff(mut self, policy: impl BackoffPolicy + 'static) -> Self {
        self.options = self.options.backoff(policy);
        self
    }

    /// How many retries all calls of the client have together. See [`retry`](crate::retry).
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.retry_budget = budget;
        self
    }

    /// What keeps the calls to the service's rate limit. If not set, the client and its copies have one of their own,
    /// which learns the limit from the answers. Several clients with one key should share one.
    pub fn limiter(mut self, limiter: Limiter) -> Self {
        self.options = self.options.limiter(limiter);
        self
    }

    /// The longest pause that calls wait for if the service asks for one (429 with `Retry-After`). 5 minutes if not set;
    /// [`Duration::MAX`] is no limit.
    ///
    /// While a longer one lasts, calls fail at once ([`Error::is_paused`]), those too that wait in a queue when it begins;
    /// and so do calls whose own [time](Self::timeout) ends before the pause does. Nothing is sent to the service meanwhile.
    pub fn max_pause(mut self, pause: Duration) -> Self {
        self.options = self.options.max_pause(pause);
        self
    }

    /// How many bytes an answer may have, decompressed. 64 MiB if not set. It is counted while they come, whatever the
    /// service says of its length, and the rest is not read ([`Error::is_response_too_large`]).
    ///
    /// It limits the memory that an answer takes once it is decoded, too: for each 256 bytes of it there may be one object or
    /// list, and for each 16 one value (262,144 and 4,194,304 if not set; never less than 16,384 and 262,144).
    ///
    /// A page of 500 candidates has a few MiB. Files have a limit of their own
    /// ([`Download::max_bytes`](crate::attachment::Download::max_bytes)).
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.options = self.options.max_response_bytes(bytes);
        self
    }

    /// Calls a function before each wait of more than a second, so that a program can say why it stands still: for a turn
    /// under the rate limit, for a pause that the service asks for, before another attempt, for a record that is not ready
    /// yet. The [`Wait`](crate::Wait) names the operation, how long and why, and holds nothing about a person.
    ///
    /// It is called once for each wait of each call, when the wait begins; if that it takes long was not to be foreseen,
    /// after a second. A hundred calls that wait at once make it a hundred times. It is called on the thread that makes the
    /// call, so it should not block.
    ///
    /// ```
    /// # use harvest_runtime::{Api, ClientBuilder, Error};
    /// fn connect<A: Api>() -> Result<A, Error> {
    ///     // list_users (GET /v1/users): waits about 8.2 s for its turn under the rate limit
    ///     ClientBuilder::from_env().on_wait(|wait| eprintln!("{wait}")).build()
    /// }
    /// ```
    pub fn on_wait(mut self, listener: impl Fn(&Wait) + Send + Sync + 'static) -> Self {
        self.options = self.options.on_wait(listener);
        self
    }

    /// Sends reads only: writes are recorded, and end with [`Error::is_dry_run`]. See [`DryRun`].
    ///
    /// ```
    /// # use harvest_runtime::{Api, ClientBuilder, DryRun, Error};
    /// fn connect<A: Api>(recorder: &DryRun) -> Result<A, Error> {
    ///     ClientBuilder::from_env().dry_run(recorder).build()
    /// }
    /// ```
    pub fn dry_run(mut self, recorder: &DryRun) -> Self {
        self.options = self.options.dry_run(recorder);
        self
    }

    /// How long connecting may take, TLS included. 10 seconds if not set. Cannot be combined with
    /// [`http_client`](Self::http_client).
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Names your program to the service, before this library's own name: `acme-sync/2.1` makes the header
    /// `User-Agent: acme-sync/2.1 harvest-rust/0.1.0`.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Sends through this client: for a proxy, certificates of your own, or a shared connection pool.
    ///
    /// Nothing of this client is relied on for safety: the credential is put on single requests to the configured
    /// origin, not on the client. Turn its redirects off nevertheless (`redirect(Policy::none())`), as the client built
    /// here does. A followed redirect to another origin loses the credential but keeps other headers; its answer is
    /// then refused with an [`Error`]. And because a change may have been carried out before a redirect, calls that are
    /// not idempotent are not sent again after a failed connection, as they are with the client built here. For the same
    /// reason leave the client's own retries off.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
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

    /// Not generic over the API, so that it is compiled once.
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
        let base_url = BaseUrl::parse(self.base_url.as_deref().unwrap_or(base_url))
            .map_err(Error::configuration)?;
        let user_agent = match self.user_agent {
            Some(own) => HeaderValue::from_str(&format!("{own} {USER_AGENT}")).map_err(|_| {
                Error::configuration("the user agent has characters that a header cannot hold")
            })?,
            None => HeaderValue::from_static(USER_AGENT),
        };
        let mut settings = Settings::new(Limiter::guessing(conventions.limit));
        let mut unconnected = Reached::No;
        let own_client = self.http_client.clone();
        let connect_timeout = self.connect_timeout.unwrap_or(CONNECT_TIMEOUT);
        let http_client = match self.http_client {
            Some(_) if self.connect_timeout.is_some() => {
                return Err(Error::configuration(
                    "connect_timeout has no effect on an http_client of your own; set it on that \
                     client",
                ));
            }
            Some(client) => {
                settings.attempt_timeout = None;
                // It may follow redirects, and its errors do not tell.
                unconnected = Reached::Perhaps;
                client
            }
            None => build_http_client(&base_url, connect_timeout)?,
        };
        let credentials = Credentials {
            fixed: self.credential,
            client: self.client,
            source: self.source,
            token_url: self.token_url,
        };
        let credential = credentials.check(auth, conventions, &base_url, |token_url| {
            let http_client = match &own_client {
                Some(client) => client.clone(),
                None => build_http_client(token_url, connect_timeout)?,
            };
            Ok((http_client, user_agent.clone()))
        })?;
        let shared = Shared {
            http_client,
            base_url,
            credential,
            user_agent,
            conventions,
            retry_budget: self.retry_budget,
            unconnected,
            #[cfg(feature = "blocking")]
            background: crate::blocking::Background::default(),
        };
        let settings = settings.with(self.options);
        Ok(Core::new(shared, settings, self.acting_user))
    }
}

fn build_http_client(
    base_url: &BaseUrl,
    connect_timeout: Duration,
) -> Result<reqwest::Client, Error> {
    if !HAS_TLS && !base_url.is_plain() {
        return Err(Error::configuration(
            "the base URL is https, but this build has no TLS; turn on the feature `rustls`, \
             `rustls-ring` or `native-tls`, or pass an http_client that has it",
        ));
    }
    // A redirect could carry the acting user elsewhere and turn a POST into a GET; the API has no use for them.
    let mut builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        // Answers are decompressed where their size is limited. With these features, which any other crate of a program
        // can turn on, reqwest would do it before, and for files, too.
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        .connect_timeout(connect_timeout);
    if base_url.is_plain() {
        // A proxy from the environment would get the credential in the clear.
        builder = builder.no_proxy();
    } else {
        builder = builder.https_only(true);
    }
    #[cfg(all(feature = "rustls-ring", not(feature = "rustls")))]
    {
        builder = crate::tls::with_ring(builder)?;
    }
    builder
        .build()
        .map_err(|error| Error::http_client(error.without_url()))
}

/// The other way to set what is missing: `, or start with ClientBuilder::from_env and set A_VARIABLE`.
pub(crate) fn or_set(variables: &[Option<&str>]) -> String {
    let names: Vec<_> = variables.iter().copied().flatten().collect();
    if names.is_empty() {
        return String::new();
    }
    let names = names.join(" and ");
    format!(", or start with ClientBuilder::from_env and set {names}")
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
mod tests {
    use super::*;
    use crate::{Auth, Conventions, Environment};

    #[derive(Debug)]
    struct Harvest(Core);

    impl Api for Harvest {
        const NAME: &'static str = "Harvest";
        const BASE_URL: &'static str = "http://localhost:1";
        const AUTH: Auth = Auth::Basic;
        const CONVENTIONS: &'static Conventions = &Conventions {
            environment: Environment {
                credential: Some("HARVEST_API_KEY"),
                acting_user: Some("HARVEST_ON_BEHALF_OF"),
                base_url: Some("HARVEST_BASE_URL"),
                ..Environment::NONE
            },
            ..Conventions::DEFAULT
        };

        fn from_core(core: Core) -> Self {
            Self(core)
        }

        fn core(&self) -> &Core {
            &self.0
        }
    }

    fn from(variables: &[(&str, &str)]) -> ClientBuilder<Harvest> {
        ClientBuilder::from_variables(|name| {
            let found = variables.iter().find(|(other, _)| *other == name);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn the_environment() {
        let harvest = from(&[
            ("HARVEST_API_KEY", "a-key"),
            ("HARVEST_ON_BEHALF_OF", "4711"),
            ("HARVEST_BASE_URL", "http://localhost:2"),
        ]);
        let core = harvest.build().unwrap().0;
        assert_eq!(core.acting_user(), Some(4711));
        assert_eq!(core.base_url().as_str(), "http://localhost:2/");

        let little = from(&[("HARVEST_API_KEY", "a-key"), ("HARVEST_BASE_URL", "")]);
        let core = little.build().unwrap().0;
        assert_eq!(core.acting_user(), None);
        assert_eq!(core.base_url().as_str(), "http://localhost:1/");

        for nothing in [from(&[]), from(&[("HARVEST_API_KEY", "")])] {
            let error = nothing.build().unwrap_err();
            assert!(error.is_configuration());
            assert!(error.to_string().contains("HARVEST_API_KEY"), "{error}");
        }
    }

    #[test]
    fn the_builder_goes_before_the_environment() {
        let odd = || {
            from(&[
                ("HARVEST_API_KEY", "not a key"),
                ("HARVEST_ON_BEHALF_OF", "Jane"),
                ("HARVEST_BASE_URL", "nowhere"),
            ])
        };
        let error = odd().build().unwrap_err().to_string();
        assert!(error.contains("HARVEST_ON_BEHALF_OF"), "{error}");
        assert!(!error.contains("Jane"), "{error}");
        let core = odd()
            .acting_user(5)
            .credential("a-key")
            .base_url("http://localhost:3")
            .build()
            .unwrap()
            .0;
        assert_eq!(core.acting_user(), Some(5));
        assert_eq!(core.base_url().as_str(), "http://localhost:3/");
    }
}
