//! Settings of a builder: the HTTP client, and the one that is made.

use std::time::Duration;

use http::HeaderValue;

use super::ClientBuilder;
use crate::base_url::BaseUrl;
use crate::{Api, Error};

const USER_AGENT: &str = concat!("harvest-rust/", env!("CARGO_PKG_VERSION"));
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const HAS_TLS: bool = cfg!(any(
    feature = "rustls",
    feature = "rustls-ring",
    feature = "native-tls"
));

impl<A: Api> ClientBuilder<A> {
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
}

/// The settings of everything that is sent, checked.
pub(super) struct Sender {
    pub(super) base_url: BaseUrl,
    pub(super) user_agent: HeaderValue,
    /// An HTTP client of the user's own.
    pub(super) own_client: Option<reqwest::Client>,
    connect_timeout: Duration,
}

impl Sender {
    /// The HTTP client for requests to this place.
    pub(super) fn client_to(&self, url: &BaseUrl) -> Result<reqwest::Client, Error> {
        match &self.own_client {
            Some(client) => Ok(client.clone()),
            None => build_http_client(url, self.connect_timeout),
        }
    }
}

impl<A> ClientBuilder<A> {
    pub(super) fn sender(&self, base_url: &str) -> Result<Sender, Error> {
        if self.http_client.is_some() && self.connect_timeout.is_some() {
            return Err(Error::configuration(
                "connect_timeout has no effect on an http_client of your own; set it on that \
                 client",
            ));
        }
        let base_url = BaseUrl::parse(self.base_url.as_deref().unwrap_or(base_url))
            .map_err(Error::configuration)?;
        let user_agent = match &self.user_agent {
            Some(own) => HeaderValue::from_str(&format!("{own} {USER_AGENT}")).map_err(|_| {
                Error::configuration("the user agent has characters that a header cannot hold")
            })?,
            None => HeaderValue::from_static(USER_AGENT),
        };
        Ok(Sender {
            base_url,
            user_agent,
            own_client: self.http_client.clone(),
            connect_timeout: self.connect_timeout.unwrap_or(CONNECT_TIMEOUT),
        })
    }
}

/// How long a connection is kept for further requests. A call that has waited for the rate limit would otherwise be sent at
/// the moment in which the service closes a connection that was idle for as long, and whether a write arrived then is not
/// known, so that it is not sent again. The sandbox closes them after 30 s, load balancers after 60 or more.
const IDLE_TIMEOUT: Duration = Duration::from_secs(20);

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
        .connect_timeout(connect_timeout)
        .pool_idle_timeout(IDLE_TIMEOUT);
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
