//! How a client is set up.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use http::HeaderValue;
use secrecy::SecretString;

use crate::base_url::BaseUrl;
use crate::core::Shared;
use crate::credential::Credential;
use crate::{Api, Core, Error};

const USER_AGENT: &str = concat!("harvest-rust/", env!("CARGO_PKG_VERSION"));
const TIMEOUT: Duration = Duration::from_secs(60);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const HAS_TLS: bool = cfg!(any(feature = "rustls", feature = "native-tls"));

/// Sets up a client. Only the [credential](Self::credential) has to be given.
///
/// Generated clients offer it as `Harvest::builder()`.
///
/// ```
/// use std::time::Duration;
/// use harvest_runtime::ClientBuilder;
/// # use harvest_runtime::{Api, Core, Scheme};
/// # struct Harvest(Core);
/// # impl Api for Harvest {
/// #     const NAME: &'static str = "Harvest v1";
/// #     const BASE_URL: &'static str = "https://harvest.greenhouse.io";
/// #     const SCHEME: Scheme = Scheme::Basic;
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
    base_url: Option<String>,
    acting_user: Option<i64>,
    timeout: Option<Duration>,
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
            base_url: None,
            acting_user: None,
            timeout: None,
            connect_timeout: None,
            user_agent: None,
            http_client: None,
            api: PhantomData,
        }
    }

    /// The API key or token. It is sent to the origin (scheme, host and port) of the base URL and nowhere else, is
    /// never printed, and is wiped from memory with the last copy of the client.
    pub fn credential(mut self, credential: impl Into<String>) -> Self {
        self.credential = Some(SecretString::from(credential.into()));
        self
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
        self
    }

    /// How long one attempt may take as a whole, from connecting to the last byte of the answer. 60 seconds if not
    /// set, or, with an [`http_client`](Self::http_client) of your own, what that client says.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
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
    /// then refused with an [`Error`].
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// Checks what was set and makes the client. Nothing is sent.
    ///
    /// The HTTP client made here follows no redirects, and uses no proxy for a plain base URL on this machine;
    /// otherwise it honours the environment's `HTTPS_PROXY`.
    ///
    /// # Errors
    ///
    /// [`Error::is_configuration`] if the credential is missing, empty or not a key at all; if the base URL is no URL,
    /// is plain http to another machine, or has a user name, query or fragment; if it is https and this crate was
    /// built without TLS; if [`connect_timeout`](Self::connect_timeout) is combined with
    /// [`http_client`](Self::http_client); or if the platform's TLS cannot be set up.
    pub fn build(self) -> Result<A, Error> {
        self.into_core(A::BASE_URL, A::SCHEME).map(A::from_core)
    }

    fn into_core(self, base_url: &str, scheme: crate::Scheme) -> Result<Core, Error> {
        let secret = self.credential.ok_or_else(|| {
            Error::configuration(
                "there is no credential; pass the API key to ClientBuilder::credential",
            )
        })?;
        let credential = Credential::new(scheme, secret).map_err(Error::configuration)?;
        let base_url = BaseUrl::parse(self.base_url.as_deref().unwrap_or(base_url))
            .map_err(Error::configuration)?;
        let user_agent = match self.user_agent {
            Some(own) => HeaderValue::from_str(&format!("{own} {USER_AGENT}")).map_err(|_| {
                Error::configuration("the user agent has characters that a header cannot hold")
            })?,
            None => HeaderValue::from_static(USER_AGENT),
        };
        let (http_client, timeout) = match self.http_client {
            Some(_) if self.connect_timeout.is_some() => {
                return Err(Error::configuration(
                    "connect_timeout has no effect on an http_client of your own; set it on that \
                     client",
                ));
            }
            Some(client) => (client, self.timeout),
            None => (
                build_http_client(&base_url, self.connect_timeout.unwrap_or(CONNECT_TIMEOUT))?,
                Some(self.timeout.unwrap_or(TIMEOUT)),
            ),
        };
        let shared = Shared {
            http_client,
            base_url,
            credential,
            user_agent,
            timeout,
        };
        Ok(Core::new(shared, self.acting_user))
    }
}

fn build_http_client(
    base_url: &BaseUrl,
    connect_timeout: Duration,
) -> Result<reqwest::Client, Error> {
    if !HAS_TLS && !base_url.is_plain() {
        return Err(Error::configuration(
            "the base URL is https, but this build has no TLS; turn on the feature `rustls` or \
             `native-tls`, or pass an http_client that has it",
        ));
    }
    // A redirect could carry the acting user elsewhere and turn a POST into a GET; the API has no use for them.
    let mut builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(connect_timeout);
    if base_url.is_plain() {
        // A proxy from the environment would get the credential in the clear.
        builder = builder.no_proxy();
    } else {
        builder = builder.https_only(true);
    }
    builder
        .build()
        .map_err(|error| Error::http_client(error.without_url()))
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
