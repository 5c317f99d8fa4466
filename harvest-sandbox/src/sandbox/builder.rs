//! Options: what a sandbox is to be like.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use crate::bounds::Bounds;
use crate::domain::organization::Plan;
use crate::http::fault::Fault;
use crate::openapi::paging::LIFE;
use crate::sandbox::descriptions::Api;
use crate::sandbox::rate_limit::RateLimit;
use crate::store::Storage;

/// What a sandbox is to be like.
///
/// ```
/// # async fn demo() -> Result<(), harvest_sandbox::StartError> {
/// use std::time::Duration;
/// use harvest_sandbox::Sandbox;
///
/// let sandbox = Sandbox::builder()
///     .key("a-key-of-my-own")
///     .repeat(250)
///     .rate_limit(50, Duration::from_secs(10))
///     .start()
///     .await?;
/// assert_eq!(sandbox.key(), "a-key-of-my-own");
/// # Ok(())
/// # }
/// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
/// ```
#[must_use = "a sandbox runs only once it is started"]
#[derive(Clone)]
pub struct Builder {
    pub(super) api: Api,
    pub(super) addr: SocketAddr,
    pub(super) key: Option<String>,
    /// Answer from examples only.
    pub(super) examples: bool,
    pub(super) plan: Plan,
    pub(super) now: Option<SystemTime>,
    pub(super) place: Storage,
    pub(super) trusted_proxies: Vec<String>,
    pub(super) public_urls: Vec<String>,
    pub(super) latency: Duration,
    pub(super) log: bool,
    pub(super) strict: bool,
    pub(super) reads_for_all: bool,
    pub(super) control: bool,
    pub(super) webhook_hosts: Vec<String>,
    pub(super) users: Option<Vec<i64>>,
    pub(super) list_len: usize,
    pub(super) rate_limit: RateLimit,
    pub(super) faults: Vec<Fault>,
    pub(super) bounds: Bounds,
    pub(super) cursor_life: Duration,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            api: Api::Version("v1".to_owned()),
            addr: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            key: None,
            examples: false,
            plan: Plan::default(),
            now: None,
            place: Storage::default(),
            trusted_proxies: Vec::new(),
            public_urls: Vec::new(),
            latency: Duration::ZERO,
            log: false,
            strict: false,
            reads_for_all: false,
            control: false,
            webhook_hosts: Vec::new(),
            users: None,
            list_len: 0,
            rate_limit: RateLimit::Shown,
            faults: Vec::new(),
            bounds: Bounds::default(),
            cursor_life: LIFE,
        }
    }
}

impl Builder {
    /// The version of the API, `v1` (and v2, which is of the same document) by default. Takes the place of
    /// [`document`](Self::document).
    ///
    /// Where records are kept, every version is served, each under its own paths and with its own credentials; the one
    /// that is named here is what [`operations`](crate::Sandbox::operations), [`emulated`](crate::Sandbox::emulated) and
    /// [`curl`](crate::Sandbox::curl) of a sandbox, and the API reference, are about. From [`examples`](Self::examples), it is the only one that is served.
    ///
    /// ```
    /// # async fn demo() -> Result<(), harvest_sandbox::StartError> {
    /// use harvest_sandbox::Sandbox;
    ///
    /// let sandbox = Sandbox::builder().version("v3").examples().start().await?;
    /// assert!(sandbox.token_url().is_some_and(|url| url.ends_with("/token")));
    /// let sandbox = Sandbox::builder().version("v3").start().await?;
    /// assert!(sandbox.curl().is_some_and(|line| line.ends_with("/token")));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
    /// ```
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.api = Api::Version(version.into());
        self
    }

    /// Serves a document of your own: `OpenAPI` 3.0 as JSON, in one file. It is answered from its
    /// [`examples`](Self::examples), since nothing is known about what its operations do. Takes the place of [`version`](Self::version).
    ///
    /// ```
    /// # async fn demo() -> Result<(), harvest_sandbox::StartError> {
    /// let document = r#"{
    ///     "openapi": "3.0.3",
    ///     "paths": {"/ping": {"get": {"responses": {"204": {"description": "Alive."}}}}}
    /// }"#;
    /// let sandbox = harvest_sandbox::Sandbox::builder().document(document).start().await?;
    /// assert_eq!(sandbox.operations(), 1);
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
    /// ```
    pub fn document(mut self, json: impl Into<String>) -> Self {
        self.api = Api::Document(json.into());
        self
    }

    /// Where to listen. A free port of 127.0.0.1 by default; port 0 is a free one.
    pub fn addr(mut self, addr: impl Into<SocketAddr>) -> Self {
        self.addr = addr.into();
        self
    }

    /// Keeps no records, and answers every operation from the examples of the document. One key is let in, whatever its
    /// permissions, and filters don't filter.
    ///
    /// That is good for testing a client operation by operation: each answer is known in advance, and the header `Prefer`
    /// chooses among the documented ones.
    pub fn examples(mut self) -> Self {
        self.examples = true;
        self
    }

    /// How many candidates the organization begins with, 60 by default, and up to 1,000,000.
    ///
    /// ```
    /// # async fn demo() -> Result<(), harvest_sandbox::StartError> {
    /// let sandbox = harvest_sandbox::Sandbox::builder().candidates(500).start().await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
    /// ```
    pub fn candidates(mut self, candidates: usize) -> Self {
        self.plan.candidates = candidates;
        self
    }

    /// Which organization to begin with. The same seed, number of candidates and [present](Self::now) give the same people,
    /// ids and times.
    pub fn seed(mut self, seed: u64) -> Self {
        self.plan.seed = seed;
        self
    }

    /// Up to when things have happened in the organization to begin with: from 2020 to 9998, and the start of today (UTC)
    /// unless something else is said. A `chrono::DateTime` will do, too. The clock of the sandbox is another matter: see
    /// [`Sandbox::clock`](crate::Sandbox::clock).
    ///
    /// ```
    /// # async fn demo() -> Result<(), harvest_sandbox::StartError> {
    /// use std::time::{Duration, SystemTime};
    ///
    /// let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_780_315_200);
    /// let sandbox = harvest_sandbox::Sandbox::builder().now(now).start().await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
    /// ```
    pub fn now(mut self, now: impl Into<SystemTime>) -> Self {
        self.now = Some(now.into());
        self
    }

    /// Keeps the records in a folder, as an SQLite database. If there is one already, it is taken up where it was left,
    /// and nothing is added to it. By default it is in a temporary file without a
    /// name, which is gone when the sandbox ends.
    ///
    /// Without a [`key`](Self::key) of yours there is one in the file `demo-key` of the folder.
    ///
    /// The folder and all that is in it are for the user who runs the sandbox alone (modes 0700 and 0600). One that was
    /// there and that others can use is closed to them if there is nothing in it but what a sandbox keeps, and refused
    /// otherwise: see [`StartError::Folder`](crate::StartError::Folder).
    pub fn data(mut self, folder: impl Into<PathBuf>) -> Self {
        self.place = Storage::Folder(folder.into());
        self
    }

    /// An address (`10.0.0.1`) or a range (`10.0.0.0/8`) of proxies that are believed when they say in `X-Forwarded-For`
    /// where a request came from. Can be given several times; no proxy is believed by default. A range that takes in whole
    /// parts of the internet (larger than `/8`, of IPv6 `/7`) is refused: everyone in it could claim to come from anywhere.
    ///
    /// Where it matters that a request comes from this computer, or from an address on the IP allowlist, what has passed a
    /// proxy that was not declared is refused.
    pub fn trusted_proxy(mut self, network: impl Into<String>) -> Self {
        self.trusted_proxies.push(network.into());
        self
    }

    /// A URL by which others know the sandbox, without a path: `https://harvest.example.com`. Can be given several times.
    ///
    /// Dev Center and `/_sandbox/` answer under names of this computer and of these URLs only, since a website could point
    /// a name of its own at it (DNS rebinding). Links lead to the name that a client uses, if it is one of them, or else
    /// to the first of these URLs, or without one to the IP address that the client is connected to.
    ///
    /// ```
    /// # async fn demo() -> Result<(), harvest_sandbox::StartError> {
    /// let sandbox = harvest_sandbox::Sandbox::builder()
    ///     .addr(([0, 0, 0, 0], 8765))
    ///     .public_url("http://sandbox.internal:8765")
    ///     .start()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn public_url(mut self, url: impl Into<String>) -> Self {
        self.public_urls.push(url.into());
        self
    }

    /// Refuses with 422 what is not as described, though the service takes it: unknown properties of bodies and parameters of
    /// queries, and texts of digits where numbers belong. Errors tell the whole way to a property, `applications.0.job_id`.
    ///
    /// Otherwise v1 takes these as the service does, and names them in the header `X-Sandbox-Overlooked` of the answer, in
    /// [`LoggedRequest::overlooked`](crate::LoggedRequest::overlooked) and in Dev Center. v3 refuses them in either case, as
    /// the service does.
    ///
    /// ```
    /// # async fn demo() -> Result<(), harvest_sandbox::StartError> {
    /// use harvest_sandbox::Sandbox;
    ///
    /// let sandbox = Sandbox::builder().strict().start().await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
    /// ```
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Ignores the user whom a read names in `On-Behalf-Of`. Otherwise a read is answered with what that user may see, and the
    /// answer says in `X-Sandbox-Left-Out` how many records were left out, and why; so does
    /// [`LoggedRequest::left_out`](crate::LoggedRequest::left_out). Writes, and v3, are as ever.
    pub fn ignore_acting_user_on_reads(mut self) -> Self {
        self.reads_for_all = true;
        self
    }

    /// Writes a line about each request to standard error: method, operation, status, milliseconds, and what was overlooked.
    /// No value that was sent is in it.
    pub fn log(mut self) -> Self {
        self.log = true;
        self
    }

    /// How long to wait before each answer, up to 24 hours. Not at all by default.
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// A key of v1 with all permissions: visible ASCII without a colon. A fresh one by default.
    ///
    /// With [`examples`](Self::examples) of a document whose operations want a bearer token, it is that token, and the
    /// secret of the client that the token service issues it to: see [`Sandbox::token_url`](crate::Sandbox::token_url).
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// The ids of the users in whose name a client may act; the first is [`Sandbox::user_id`](crate::Sandbox::user_id).
    ///
    /// By default they are those that the example of `list_users` lists. In a document without that operation they are
    /// the examples of the header that names the acting user, or else there is one user, 1.
    ///
    /// Users that are only ids go with answers from [`examples`](Self::examples), which this implies.
    pub fn users(mut self, ids: impl IntoIterator<Item = i64>) -> Self {
        self.users = Some(ids.into_iter().collect());
        self.examples()
    }

    /// Makes each paged list `records` long, by repeating its example with fresh ids. The example itself is never cut
    /// short, and an empty one stays empty. By default a list is as long as its example; up to 1,000,000.
    ///
    /// Implies [`examples`](Self::examples).
    pub fn repeat(mut self, records: usize) -> Self {
        self.list_len = records;
        self.examples()
    }

    /// Refuses more than `limit` requests in a `window` with 429, as the service does. By default the headers count, v1 50
    /// requests in 10 seconds and v3 150 in 30 seconds, but nothing is refused.
    ///
    /// Windows of v1 begin with a request. Those of v3 begin by the clock, and each credential has its own count. The token
    /// service then has its own limit: 60 requests in 60 seconds.
    ///
    /// From 1 to 1,000,000,000 requests, in 1 millisecond to 24 hours: a sandbox that refuses everything is one with
    /// [`Fault::status(429)`](Fault::status).
    pub fn rate_limit(mut self, limit: u32, window: Duration) -> Self {
        self.rate_limit = RateLimit::Given(limit, window);
        self
    }

    /// Refuses with 429 what the service would refuse: in v1 more than 50 requests in 10 seconds, in v3 more than 150 in 30
    /// seconds, and of the token service more than 60 in 60 seconds.
    ///
    /// ```
    /// # async fn demo() -> Result<(), harvest_sandbox::StartError> {
    /// let sandbox = harvest_sandbox::Sandbox::builder().service_rate_limits().start().await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
    /// ```
    pub fn service_rate_limits(mut self) -> Self {
        self.rate_limit = RateLimit::OfService;
        self
    }

    /// What clients can use: connections, time and memory.
    pub fn bounds(mut self, bounds: Bounds) -> Self {
        self.bounds = bounds;
        self
    }

    /// Lets something go wrong; several add up. See [`Fault`], and [`Sandbox::faults`](crate::Sandbox::faults) for changing
    /// them later.
    ///
    /// ```
    /// # async fn demo() -> Result<(), harvest_sandbox::StartError> {
    /// use harvest_sandbox::{Fault, Sandbox};
    ///
    /// let fault = Fault::status(502).on("list_candidates").every(7);
    /// let sandbox = Sandbox::builder().fault(fault).start().await?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
    /// ```
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// Lets tests that are not in Rust control the sandbox by requests to `/_sandbox/`: reset it, keep and restore its
    /// records, set its clock, add faults and records, and read which requests it had. `GET /_sandbox/` lists them.
    ///
    /// A client that can send such a request needs no key, so it is off by default; it is taken from this computer, and from
    /// addresses that the organization lists. [`Sandbox`](crate::Sandbox) has the same as methods, which are always there.
    pub fn control(mut self) -> Self {
        self.control = true;
        self
    }

    /// How long the cursor of a list is good for, by the clock of the sandbox. A day unless something else is said.
    pub fn cursor_life(mut self, life: Duration) -> Self {
        self.cursor_life = life;
        self
    }

    /// Lets [webhooks](crate::Sandbox::webhooks) deliver to these hosts, too, and bulk jobs report their end to them: names or
    /// addresses, without a port. Otherwise they go to this computer alone, whatever a name leads to.
    pub fn webhook_hosts(mut self, hosts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.webhook_hosts.extend(hosts.into_iter().map(Into::into));
        self
    }
}

impl fmt::Debug for Builder {
    /// Leaves key and document out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("addr", &self.addr)
            .field("users", &self.users)
            .field("repeat", &self.list_len)
            .field("rate_limit", &self.rate_limit)
            .field("faults", &self.faults)
            .finish_non_exhaustive()
    }
}
