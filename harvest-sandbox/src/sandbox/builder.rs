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
use crate::control::{Control, Routes, Start};
use crate::dev_center::Site;
use crate::domain::access::{Network, check_key, first_site_admin};
use crate::domain::organization::Plan;
use crate::error::StartError;
use crate::examples;
use crate::examples::{Examples, Tokens, Users, tokens};
use crate::faces::Face;
use crate::faces::v1;
use crate::fault::{Fault, Faults, Growth};
use crate::http::guard::{Names, Proxies, PublicUrl};
use crate::http::limit::Limit;
use crate::log::Log;
use crate::openapi::document::{Document, Operation};
use crate::openapi::paging::Cursors;
use crate::openapi::{Key, Scheme};
use crate::pipeline::state::State;
use crate::pipeline::{Faces, Mode, Pipeline};
use crate::sandbox::{Sandbox, ranges};
use crate::server;
use crate::server::Shared;
use crate::store::{Folder, Place};

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
    users: Option<Vec<i64>>,
    list_len: usize,
    rate_limit: Option<(u32, Duration)>,
    faults: Vec<Fault>,
    bounds: Bounds,
    /// Faces that are served beside that of the version, on the same records, each with its description.
    beside: Vec<(&'static Face, String)>,
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
            users: None,
            list_len: 0,
            rate_limit: None,
            faults: Vec::new(),
            bounds: Bounds::default(),
            beside: Vec::new(),
        }
    }
}

impl Builder {
    /// Which of the documents embedded in `harvest-spec` to serve, `v1` by default. Takes the place of
    /// [`document`](Self::document).
    ///
    /// Records are kept for v1 and v2 only, which are one document. `v3` is answered from its
    /// [`examples`](Self::examples), and without them refused at the start.
    ///
    /// ```
    /// # async fn demo() -> Result<(), harvest_sandbox::StartError> {
    /// use harvest_sandbox::Sandbox;
    ///
    /// let sandbox = Sandbox::builder().version("v3").examples().start().await?;
    /// assert!(sandbox.token_url().is_some_and(|url| url.ends_with("/token")));
    /// assert!(Sandbox::builder().version("v3").start().await.is_err());
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

    /// A key with all permissions: visible ASCII without a colon. A fresh one by default.
    ///
    /// Of a document whose operations want a bearer token, it is that token, and the secret of the client that the token
    /// service issues it to: see [`Sandbox::token_url`].
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

    /// Refuses more than `limit` requests in a `window` with 429, as the service does. By default the headers count 50
    /// requests in 10 seconds, but nothing is refused. From 1 to 1,000,000,000 requests, in 1 millisecond to 24 hours: a
    /// sandbox that refuses everything is one with [`Fault::status(429)`](Fault::status).
    pub fn rate_limit(mut self, limit: u32, window: Duration) -> Self {
        self.rate_limit = Some((limit, window));
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

    /// Serves another face beside that of the version, on the same records.
    #[cfg(test)]
    pub(crate) fn beside(mut self, face: &'static Face, document: impl Into<String>) -> Self {
        self.beside.push((face, document.into()));
        self
    }

    /// Reads the document, listens and serves, on the Tokio runtime that this is called on.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(StartError::NoRuntime {});
        }
        let (document, face) = match &self.api {
            Api::Version(version) => (Document::parse(embedded(version)?)?, face(version)),
            Api::Document(json) => (Document::parse(json)?, None),
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
        let beside = self.beside.iter();
        let beside = beside.map(|(_, json)| Document::parse(json));
        let beside = beside.collect::<Result<Vec<_>, _>>()?;
        let all = std::iter::once(&document).chain(&beside);
        let ids = all.flat_map(|it| &it.operations).map(|it| it.id.clone());
        let wants_tokens = wants_tokens(&document);
        let issuing = wants_tokens.then(|| tokens::OPERATION.to_owned());
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
            user_id,
            state,
        } = match face.filter(|_| !self.examples) {
            None => self.without_state(&document)?,
            Some(face) => self.with_state(&document, face).await?,
        };
        let emulated = document.operations.iter().map(|it| it.id.as_str());
        let emulated =
            emulated.filter(|id| state.as_ref().is_some_and(|it| it.handler(0, id).is_some()));

        let cursors = match &state {
            Some(state) => state.cursors()?,
            None => Cursors::of_this_process()?,
        };
        let growth = Growth::default();
        let control = Arc::new(Control {
            state: state.clone(),
            faults: faults.clone(),
            growth: growth.clone(),
            log: log.clone(),
            start: Start {
                faults: self.faults,
                key: key.clone(),
            },
        });
        let routes = self.control.then(Routes::new).transpose()?;
        let dev_center = match (&state, &self.api) {
            (Some(state), Api::Version(version)) => Some(Site::new(
                embedded(version)?,
                state,
                &self.place,
                local,
                &proxies,
                &names,
            )?),
            _ => None,
        };

        let (stop, stopped) = oneshot::channel();
        Ok(Sandbox {
            user_id,
            operations: document.operations.len(),
            emulated: emulated.map(str::to_owned).collect(),
            curl: examples::list(&document)
                .into_iter()
                .chain(&document.operations)
                .find_map(|operation| operation.curl(&url, &key)),
            control: Arc::clone(&control),
            dev_center_url: dev_center
                .as_ref()
                .and_then(|site| Some(format!("{url}{}", site.path()?))),
            token_url: wants_tokens.then(|| format!("{url}{}", tokens::PATH)),
            stop,
            server: server::spawn(
                listener,
                Shared {
                    pipeline: Pipeline {
                        faces: Faces::new(document, beside),
                        mode,
                        limit: self
                            .rate_limit
                            .map_or_else(Limit::shown, |(limit, window)| {
                                Limit::enforced(limit, window)
                            }),
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
        self.rate_limit
            .map_or(Ok(()), |(limit, window)| ranges::rate_limit(limit, window))
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
            user_id,
            state: None,
        })
    }

    /// Records are kept, and are filled in if there are none.
    async fn with_state(
        &self,
        document: &Document,
        face: &'static Face,
    ) -> Result<Opened, StartError> {
        let permissions = document.permissions();
        let (place, plan, given) = (self.place.clone(), self.plan, self.key.clone());
        let beside = self.beside.iter().map(|(face, _)| *face);
        let faces: Vec<_> = std::iter::once(face).chain(beside).collect();
        // A large organization takes minutes.
        let opening = tokio::task::spawn_blocking(move || {
            // Locked until this is done.
            let folder = Folder::open(&place)?;
            let folder = folder.as_ref();
            let state = State::open(folder, &faces, permissions, plan)?;
            let key = state.demo_key(folder, given)?;
            let user_id = state.store.read(first_site_admin)?;
            Ok::<_, StartError>((Arc::new(state), key, user_id))
        });
        let opened = opening.await.map_err(|_| StartError::Store {
            problem: "filling it was given up".to_owned(),
        })?;
        let (state, key, user_id) = opened?;
        Ok(Opened {
            mode: Mode::State(Arc::clone(&state)),
            key,
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

/// Whether operations take a bearer token, so that there has to be a token service beside them. A path of the document's
/// own goes before that of the service.
fn wants_tokens(document: &Document) -> bool {
    let bearer = |operation: &Operation| operation.access.scheme() == Some(Scheme::Bearer);
    let is_taken = |operation: &Operation| operation.path == tokens::PATH;
    document.operations.iter().any(bearer) && !document.operations.iter().any(is_taken)
}

/// The face of a version, as far as it is known what its operations do.
pub(crate) fn face(version: &str) -> Option<&'static Face> {
    match version {
        "v1" => Some(&v1::FACE),
        _ => None,
    }
}

pub(crate) fn embedded(version: &str) -> Result<&'static str, StartError> {
    match harvest_spec::document(version) {
        Some(document) => Ok(document.json),
        None => Err(StartError::UnknownVersion {
            version: version.to_owned(),
            known: harvest_spec::DOCUMENTS
                .iter()
                .map(|document| document.version)
                .collect(),
        }),
    }
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
