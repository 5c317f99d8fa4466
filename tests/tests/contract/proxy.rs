//! A server between client and sandbox. It remembers what arrived, passes it on, and can ask the sandbox for a certain
//! answer, which a client cannot; or it answers by itself.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response};
use harvest_generated::v1::{ActingClient, Client, blocking};
use harvest_runtime::retry::Never;
use harvest_runtime::{Api, ClientBuilder, Limiter, reqwest};
use harvest_sandbox::Sandbox;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The user for whom an acting client acts, which no example names.
pub const DEFAULT_USER: i64 = 77;

/// A running proxy. It stops when it is dropped.
pub struct Proxy {
    pub url: String,
    key: String,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
    /// Kept alive as long as the proxy.
    _sandbox: Option<Sandbox>,
}

struct Shared {
    /// Where the sandbox is.
    upstream: Option<String>,
    http: reqwest::Client,
    arrived: Mutex<Vec<Arrived>>,
    /// What is sent to the sandbox as `Prefer`.
    prefer: Mutex<Prefer>,
    /// Answers instead of asking the sandbox.
    canned: Mutex<Canned>,
}

/// What answer to a request the sandbox is asked for.
type Prefer = Arc<dyn Fn(&Arrived) -> Option<String> + Send + Sync>;

/// What is answered to a request: a status and a body.
type Canned = Arc<dyn Fn(&Arrived) -> (u16, String) + Send + Sync>;

/// A request as it arrived.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrived {
    pub method: String,
    pub path: String,
    /// Decoded, in order.
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub body: String,
}

impl Arrived {
    /// The value of a parameter of the query, if it came exactly once.
    pub fn query(&self, name: &str) -> Option<&str> {
        let mut values = self.query.iter().filter(|(known, _)| known == name);
        match (values.next(), values.next()) {
            (Some((_, value)), None) => Some(value),
            _ => None,
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl Proxy {
    /// In front of a sandbox.
    pub async fn before(sandbox: Sandbox) -> Self {
        Self::start(Some(sandbox)).await
    }

    /// In front of nothing: it answers by itself.
    pub async fn alone(status: u16, body: impl Into<String>) -> Self {
        let proxy = Self::start(None).await;
        proxy.answer(status, body);
        proxy
    }

    async fn start(sandbox: Option<Sandbox>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared {
            upstream: sandbox.as_ref().map(|sandbox| sandbox.url().to_owned()),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            arrived: Mutex::default(),
            prefer: Mutex::new(Arc::new(|_| None)),
            canned: Mutex::new(Arc::new(|_| (200, String::new()))),
        });
        let app = Router::new()
            .fallback(handle)
            .with_state(Arc::clone(&shared));
        Self {
            url,
            key: sandbox
                .as_ref()
                .map_or("a-key", |sandbox| sandbox.key())
                .to_owned(),
            shared,
            server: tokio::spawn(async move { axum::serve(listener, app).await.unwrap() }),
            _sandbox: sandbox,
        }
    }

    /// The key of the sandbox behind it.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// A client with the right key and without an acting user.
    pub fn client(&self) -> Client {
        self.client_with(&self.key)
    }

    /// The same, acting for [`DEFAULT_USER`].
    pub fn acting(&self) -> ActingClient {
        self.client().with_on_behalf_of(DEFAULT_USER)
    }

    /// The same, whose calls block.
    pub fn blocking(&self) -> blocking::ActingClient {
        self.set_up::<blocking::Client>(&self.key)
            .with_on_behalf_of(DEFAULT_USER)
    }

    pub fn client_with(&self, key: &str) -> Client {
        self.set_up(key)
    }

    fn set_up<C: Api>(&self, key: &str) -> C {
        // One attempt a call, and no waiting for the next window: what is counted here is what was asked for.
        ClientBuilder::new()
            .credential(key)
            .base_url(&self.url)
            .retry(Never)
            .limiter(Limiter::unlimited())
            .build()
            .unwrap()
    }

    /// What has arrived since this was last asked.
    pub fn arrived(&self) -> Vec<Arrived> {
        std::mem::take(&mut self.shared.arrived.lock().unwrap())
    }

    /// The one request that has arrived since then.
    pub fn only(&self) -> Arrived {
        let mut arrived = self.arrived();
        assert_eq!(arrived.len(), 1, "requests arrived");
        arrived.remove(0)
    }

    /// What to ask the sandbox for from now on.
    pub fn prefer(&self, prefer: String) {
        self.prefer_by(move |_| Some(prefer.clone()));
    }

    /// The same, by what is asked.
    pub fn prefer_by(&self, prefer: impl Fn(&Arrived) -> Option<String> + Send + Sync + 'static) {
        *self.shared.prefer.lock().unwrap() = Arc::new(prefer);
    }

    /// What to answer from now on.
    pub fn answer(&self, status: u16, body: impl Into<String>) {
        let body = body.into();
        self.answer_by(move |_| (status, body.clone()));
    }

    /// The same, by what is asked.
    pub fn answer_by(&self, answer: impl Fn(&Arrived) -> (u16, String) + Send + Sync + 'static) {
        *self.shared.canned.lock().unwrap() = Arc::new(answer);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn handle(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let target = parts
        .uri
        .path_and_query()
        .map_or("/", |target| target.as_str());
    let url = reqwest::Url::parse("http://proxy")
        .unwrap()
        .join(target)
        .unwrap();
    let arrived = Arrived {
        method: parts.method.to_string(),
        path: url.path().to_owned(),
        query: url.query_pairs().into_owned().collect(),
        headers: parts.headers.clone(),
        body: String::from_utf8(body.to_vec()).unwrap(),
    };
    shared.arrived.lock().unwrap().push(arrived.clone());
    if let Some(upstream) = &shared.upstream {
        let url = format!("{upstream}{target}");
        let prefer = Arc::clone(&shared.prefer.lock().unwrap());
        let request = shared.http.request(parts.method, url);
        let mut request = request.headers(parts.headers).body(body);
        if let Some(prefer) = prefer(&arrived) {
            request = request.header("Prefer", prefer);
        }
        return pass_on(request).await;
    }
    let canned = Arc::clone(&shared.canned.lock().unwrap());
    let (status, body) = canned(&arrived);
    let response = Response::builder().status(status);
    response.body(Body::from(body)).unwrap()
}

/// `Host` goes along, so that the sandbox's links lead back here.
async fn pass_on(request: reqwest::RequestBuilder) -> Response<Body> {
    let answer = request.send().await.unwrap();
    let mut response = Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        response = response.header(name, value);
    }
    response
        .body(Body::from(answer.bytes().await.unwrap()))
        .unwrap()
}
