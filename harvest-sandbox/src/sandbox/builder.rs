//! What a sandbox is to be like, and starting it.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::bounds::Bounds;
use crate::control::{ClientCredentials, Control, Routes, Start};
use crate::dev_center::{Site, Welcome};
use crate::domain::access::{Network, check_key, first_site_admin};
use crate::domain::oauth::ClientSecret;
use crate::domain::organization::Plan;
use crate::error::StartError;
use crate::examples;
use crate::examples::{Examples, Tokens, Users};
use crate::faces::Face;
use crate::faces::v1;
use crate::fault::{Fault, Faults, Growth};
use crate::http::guard::{Names, Proxies, PublicUrl};
use crate::log::Log;
use crate::openapi::Key;
use crate::openapi::document::Document;
use crate::openapi::paging::{Cursors, LIFE};
use crate::pipeline::state::State;
use crate::pipeline::{Faces, Mode, Pipeline};
use crate::sandbox::rate_limit::RateLimit;
use crate::sandbox::versions::{embedded, face, others, parsed, read_all, served};
use crate::sandbox::{Sandbox, ranges};
use crate::server;
use crate::server::Shared;
use crate::store::{Folder, Place};
use crate::token_service::{Endpoint, TOKEN_PATH, TokenService};
use crate::webhooks::{Running, Webhooks};

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
    api: Api,
    addr: SocketAddr,
    key: Option<String>,
    /// Answer from examples only.
    examples: bool,
    plan: Plan,
    place: Place,
    trusted_proxies: Vec<String>,
    public_urls: Vec<String>,
    latency: Duration,
    log: bool,
    control: bool,
    webhook_hosts: Vec<String>,
    users: Option<Vec<i64>>,
    list_len: usize,
    rate_limit: RateLimit,
    faults: Vec<Fault>,
    bounds: Bounds,
    cursor_life: Duration,
}

#[derive(Clone)]
enum Api {
    Version(String),
    Document(String),
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            api: Api::Version("v1".to_owned()),
            addr: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            key: None,
            examples: false,
            plan: Plan::default(),
            place: Place::default(),
            trusted_proxies: Vec::new(),
            public_urls: Vec::new(),
            latency: Duration::ZERO,
            log: false,
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
    /// that is named here is what [`Sandbox::operations`], [`Sandbox::emulated`], [`Sandbox::curl`] and the API reference
    /// are about. From [`examples`](Self::examples), it is the only one that is served.
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

    /// Which organization to begin with. The same seed and number of candidates give the same people, ids and times.
    pub fn seed(mut self, seed: u64) -> Self {
        self.plan.seed = seed;
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
    /// otherwise: see [`StartError::Folder`].
    pub fn data(mut self, folder: impl Into<PathBuf>) -> Self {
        self.place = Place::Folder(folder.into());
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

    /// Writes a line about each request to standard error: method, operation, status, milliseconds. Nothing that was sent
    /// is in it.
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
    /// secret of the client that the token service issues it to: see [`Sandbox::token_url`].
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// The ids of the users in whose name a client may act; the first is [`Sandbox::user_id`].
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

    /// Lets something go wrong; several add up. See [`Fault`], and [`Sandbox::faults`] for changing them later.
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
    /// Whoever can send such a request needs no key, so it is off by default; it is taken from this computer, and from
    /// addresses that the organization lists. [`Sandbox`] has the same as methods, which are always there.
    pub fn control(mut self) -> Self {
        self.control = true;
        self
    }

    /// How long the cursor of a list is good for, by the clock of the sandbox. A day unless something else is said.
    pub fn cursor_life(mut self, life: Duration) -> Self {
        self.cursor_life = life;
        self
    }

    /// Lets [webhooks](Sandbox::webhooks) deliver to these hosts, too: names or addresses, without a port. Otherwise they deliver
    /// to this computer alone, whatever a name leads to.
    pub fn webhook_hosts(mut self, hosts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.webhook_hosts.extend(hosts.into_iter().map(Into::into));
        self
    }

    /// Reads the document, listens and serves, on the Tokio runtime that this is called on.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(StartError::NoRuntime {});
        }
        if let Api::Version(_) = &self.api
            && !self.examples
        {
            read_all();
        }
        let (document, face) = match &self.api {
            Api::Version(version) => (parsed(version)?, face(version)),
            Api::Document(json) => (Arc::new(Document::parse(json)?), None),
        };
        if let Api::Version(version) = &self.api
            && face.is_none()
            && !self.examples
        {
            let version = version.clone();
            return Err(StartError::NoRecords { version });
        }
        if let Some(key) = &self.key {
            check_key(key).map_err(|problem| StartError::Key { problem })?;
        }
        self.check_ranges()?;
        let bounds = self.bounds.check();
        bounds.map_err(|problem| StartError::Bounds { problem })?;
        let keeps_records = face.is_some() && !self.examples;
        let beside = match &self.api {
            Api::Version(version) if keeps_records => others(version)?,
            _ => Vec::new(),
        };
        let all = || std::iter::once(&document).chain(beside.iter().map(|(_, it)| it));
        let ids = all().flat_map(|it| &it.operations).map(|it| it.id.clone());
        let wants_tokens = all().any(|it| wants_tokens(it));
        let issuing = Endpoint::ALL.iter().filter(|_| wants_tokens);
        let issuing = issuing.map(|it| it.operation().to_owned());
        let faults = Faults::new(ids.chain(issuing).collect());
        for fault in &self.faults {
            let refuse = |source| StartError::Fault { source };
            faults.add(fault.clone()).map_err(refuse)?;
        }
        let (proxies, names) = self.edge()?;
        let log = Log::echoing(self.log);

        let fail = |source| StartError::Address {
            address: self.addr,
            source,
        };
        let listener = TcpListener::bind(self.addr).await.map_err(fail)?;
        let local = listener.local_addr().map_err(fail)?;
        let url = format!("http://{}", reachable(local));

        let Opened {
            mode,
            key,
            client,
            user_id,
            state,
        } = match face.filter(|_| keeps_records) {
            None => self.without_state(&document)?,
            Some(face) => self.with_state(&document, face, &beside).await?,
        };
        let emulated = document.operations.iter().map(|it| it.id.as_str());
        let emulated =
            emulated.filter(|id| state.as_ref().is_some_and(|it| it.handler(0, id).is_some()));

        let cursors = match &state {
            Some(state) => state.cursors()?,
            None => Cursors::of_this_process()?,
        };
        let cursors = cursors.living(self.cursor_life);
        let store = state.as_ref().map(|state| &state.store);
        let base = self
            .public_urls
            .first()
            .unwrap_or(&url)
            .trim_end_matches('/');
        let webhooks = Webhooks::new(self.webhook_hosts.clone(), store, base);
        let growth = Growth::default();
        let control = Arc::new(Control {
            state: state.clone(),
            faults: faults.clone(),
            growth: growth.clone(),
            log: log.clone(),
            webhooks: webhooks.clone(),
            start: Start {
                faults: self.faults,
                key: key.clone(),
                client: client.clone(),
            },
        });
        let others = beside.iter().map(|(face, _)| face.limit);
        let first = face.map_or(v1::FACE.limit, |face| face.limit);
        let limits = std::iter::once(first).chain(others);
        let limits = limits.map(|rule| self.rate_limit.of(rule)).collect();
        let enforced = !matches!(self.rate_limit, RateLimit::Shown);
        let credentials = client.map(ClientCredentials::from);
        let routes = self.control.then(Routes::new).transpose()?;
        let curl: Vec<String> = all()
            .filter_map(|document| curl(document, &url, &key, credentials.as_ref()))
            .collect();
        let welcome = Welcome {
            url: url.clone(),
            curl: curl.clone(),
            has_control: self.control,
        };
        let dev_center = match (&state, &self.api) {
            (Some(state), Api::Version(version)) => Some(Site::new(
                embedded(version)?,
                served().map(|document| document.json).collect(),
                state,
                &self.place,
                local,
                &proxies,
                &names,
                welcome,
            )?),
            _ => None,
        };

        let (stop, stopped) = oneshot::channel();
        Ok(Sandbox {
            user_id,
            operations: document.operations.len(),
            emulated: emulated.map(str::to_owned).collect(),
            curl,
            credentials,
            control: Arc::clone(&control),
            _delivering: Running::start(webhooks),
            dev_center_url: dev_center
                .as_ref()
                .and_then(|site| Some(format!("{url}{}", site.path()?))),
            token_url: wants_tokens.then(|| format!("{url}{TOKEN_PATH}")),
            stop,
            server: server::spawn(
                listener,
                Shared {
                    pipeline: Pipeline {
                        faces: Faces::new(document, beside.into_iter().map(|(_, it)| it)),
                        mode,
                        limits,
                        token_service: (keeps_records && wants_tokens)
                            .then(|| TokenService::new(enforced)),
                        latency: self.latency,
                        examples: Examples {
                            list_len: self.list_len,
                            growth,
                        },
                        requests: AtomicU64::new(0),
                        cursors,
                    },
                    control,
                    routes,
                    dev_center,
                    names,
                    proxies,
                    bounds: self.bounds,
                },
                stopped,
            ),
            url,
            key,
        })
    }
}

/// What stands behind the pipeline.
struct Opened {
    mode: Mode,
    key: String,
    /// The first integration, if records are kept.
    client: Option<ClientSecret>,
    user_id: i64,
    state: Option<Arc<State>>,
}

impl Builder {
    /// Refuses numbers and times with which a sandbox makes no sense.
    fn check_ranges(&self) -> Result<(), StartError> {
        ranges::records("number of candidates", self.plan.candidates)?;
        ranges::records("length of lists", self.list_len)?;
        ranges::latency(self.latency)?;
        ranges::users(self.users.as_deref().unwrap_or_default())?;
        match self.rate_limit {
            RateLimit::Given(limit, window) => ranges::rate_limit(limit, window),
            RateLimit::Shown | RateLimit::OfService => Ok(()),
        }
    }

    /// What was declared about proxies and names.
    fn edge(&self) -> Result<(Proxies, Names), StartError> {
        let proxies = self.trusted_proxies.iter().map(|network| {
            let parsed = network.parse::<Network>();
            let parsed = parsed.and_then(Network::check_proxies);
            parsed.map_err(|problem| StartError::Proxy { problem })
        });
        let names = self.public_urls.iter().map(|url| {
            let parsed = url.parse::<PublicUrl>();
            parsed.map_err(|problem| StartError::PublicUrl { problem })
        });
        Ok((
            Proxies::new(proxies.collect::<Result<_, _>>()?),
            Names::new(names.collect::<Result<_, _>>()?),
        ))
    }

    /// Nothing is kept.
    fn without_state(&self, document: &Document) -> Result<Opened, StartError> {
        let users = match self.users.clone() {
            Some(ids) => Users::given(ids).ok_or(StartError::NoUsers {})?,
            None => Users::of(document, self.list_len),
        };
        let user_id = users.first();
        let key = self.key.clone().unwrap_or_else(examples::hex);
        let mode = Mode::Examples {
            key: Key::new(&key),
            users,
            tokens: wants_tokens(document).then(|| Tokens::new(&key)),
        };
        Ok(Opened {
            mode,
            key,
            client: None,
            user_id,
            state: None,
        })
    }

    /// Records are kept, and are filled in if there are none.
    async fn with_state(
        &self,
        document: &Document,
        face: &'static Face,
        beside: &[(&'static Face, Arc<Document>)],
    ) -> Result<Opened, StartError> {
        let mut permissions = document.permissions();
        let mut scopes = document.scopes();
        for (_, other) in beside {
            permissions.extend(other.permissions());
            scopes.extend(other.scopes());
        }
        let (place, plan, given) = (self.place.clone(), self.plan, self.key.clone());
        let beside = beside.iter().map(|(face, _)| *face);
        let faces: Vec<_> = std::iter::once(face).chain(beside).collect();
        // A large organization takes minutes.
        let opening = tokio::task::spawn_blocking(move || {
            // Locked until this is done.
            let folder = Folder::open(&place)?;
            let folder = folder.as_ref();
            let state = State::open(folder, &faces, permissions, scopes, plan)?;
            let key = state.demo_key(folder, given)?;
            let client = state.demo_credential(folder)?;
            let user_id = state.store.read(first_site_admin)?;
            Ok::<_, StartError>((Arc::new(state), key, client, user_id))
        });
        let opened = opening.await.map_err(|_| StartError::Store {
            problem: "filling it was given up".to_owned(),
        })?;
        let (state, key, client, user_id) = opened?;
        Ok(Opened {
            mode: Mode::State(Arc::clone(&state)),
            key,
            client: Some(client),
            user_id,
            state: Some(state),
        })
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

/// A line for a shell that tries a description.
fn curl(
    document: &Document,
    url: &str,
    key: &str,
    credentials: Option<&ClientCredentials>,
) -> Option<String> {
    if let Some(credentials) = credentials
        && document.takes_tokens()
    {
        return Some(credentials.curl(url));
    }
    let list = examples::list(document).into_iter();
    let mut operations = list.chain(&document.operations);
    operations.find_map(|operation| operation.curl(url, key))
}

/// Whether operations take a bearer token, so that there has to be a token service beside them. A path of the document's
/// own goes before that of the service.
fn wants_tokens(document: &Document) -> bool {
    let mut operations = document.operations.iter();
    document.takes_tokens() && !operations.any(|operation| operation.path == TOKEN_PATH)
}

/// "All addresses" is a place to listen at, but not one to connect to.
fn reachable(mut addr: SocketAddr) -> SocketAddr {
    if addr.ip().is_unspecified() {
        addr.set_ip(match addr {
            SocketAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            SocketAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
        });
    }
    addr
}
