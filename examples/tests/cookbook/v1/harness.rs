//! A sandbox behind a recording proxy: everything that a recipe sends passes by, is written down, and is checked and answered by
//! the sandbox, unless the test has an answer of its own.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use harvest_generated::v1::{ActingClient, Client};
use harvest_sandbox::Sandbox;
use serde_json::Value;
use tokio::net::TcpListener;

/// What a recipe sent.
#[derive(Clone, Debug)]
pub struct Sent {
    pub method: String,
    pub path: String,
    /// As it stands in the URL, but decoded.
    pub query: String,
    pub acting_user: Option<String>,
    pub has_credentials: bool,
    pub body: Value,
}

/// A sandbox behind a recording proxy.
pub struct Harness {
    url: String,
    inner: Arc<Inner>,
}

struct Inner {
    sandbox: Sandbox,
    http: reqwest::Client,
    url: String,
    sent: Mutex<Vec<Sent>>,
    /// By method and path. The last answer stays.
    answers: Mutex<HashMap<String, VecDeque<Answer>>>,
}

#[derive(Clone)]
struct Answer {
    status: StatusCode,
    body: Bytes,
    /// It is not of the API: the sandbox is not asked what it thinks of the request.
    is_file: bool,
}

impl Harness {
    pub async fn set() -> Self {
        let sandbox = Sandbox::builder()
            // It keeps nothing, so that what the test says is all that there is.
            .examples()
            // Recipes do not wait, however many requests they send.
            .rate_limit(10_000, Duration::from_secs(10))
            .start()
            .await
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let inner = Arc::new(Inner {
            sandbox,
            http: reqwest::Client::new(),
            url: url.clone(),
            sent: Mutex::default(),
            answers: Mutex::default(),
        });
        let app = axum::Router::new()
            .fallback(pass)
            .with_state(Arc::clone(&inner));
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { url, inner }
    }

    pub fn client(&self) -> Client {
        self.client_with(self.inner.sandbox.key())
    }

    pub fn client_with(&self, key: &str) -> Client {
        Client::builder()
            .base_url(&self.url)
            .credential(key)
            .acting_user(self.inner.sandbox.user_id())
            .build()
            .unwrap()
    }

    pub fn acting(&self) -> ActingClient {
        self.client().acting().unwrap()
    }

    /// Answers this from now on, if the sandbox finds nothing wrong with the request. Given several times, the answers
    /// come one after the other, and the last one stays.
    pub fn answer(&self, request: &str, status: u16, body: &Value) {
        self.put(request, status, body.to_string().into(), false);
    }

    /// Has a file at a path, as some other host would, and returns its URL.
    pub fn file(&self, path: &str, status: u16, content: &'static str) -> String {
        self.put(&format!("GET {path}"), status, content.into(), true);
        format!("{}{path}", self.url)
    }

    fn put(&self, request: &str, status: u16, body: Bytes, is_file: bool) {
        let status = StatusCode::from_u16(status).unwrap();
        let answer = Answer {
            status,
            body,
            is_file,
        };
        let mut answers = lock(&self.inner.answers);
        answers
            .entry(request.to_owned())
            .or_default()
            .push_back(answer);
    }

    /// Everything that was sent, in order.
    pub fn sent(&self) -> Vec<Sent> {
        lock(&self.inner.sent).clone()
    }

    /// What was sent with this method and to this path.
    pub fn sent_to(&self, request: &str) -> Vec<Sent> {
        let mut sent = self.sent();
        sent.retain(|sent| format!("{} {}", sent.method, sent.path) == request);
        sent
    }

    pub fn user_id(&self) -> String {
        self.inner.sandbox.user_id().to_string()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap()
}

async fn pass(State(inner): State<Arc<Inner>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let url = reqwest::Url::parse(&format!("{}{}", inner.sandbox.url(), head.uri)).unwrap();
    let text = |name: &str| Some(head.headers.get(name)?.to_str().unwrap().to_owned());
    lock(&inner.sent).push(Sent {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: url
            .query_pairs()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("&"),
        acting_user: text("on-behalf-of"),
        has_credentials: head.headers.contains_key(header::AUTHORIZATION),
        body: serde_json::from_slice(&body).unwrap_or(Value::Null),
    });
    let answer = next(&inner, &format!("{} {}", head.method, head.uri.path()));
    if let Some(answer) = answer.as_ref().filter(|answer| answer.is_file) {
        return (answer.status, answer.body.clone()).into_response();
    }
    let mut headers = head.headers;
    headers.remove(header::HOST);
    let request = inner
        .http
        .request(head.method, url)
        .headers(headers)
        .body(body);
    let response = request.send().await.unwrap();
    // What the sandbox finds wrong with a request stays wrong.
    let refused =
        [StatusCode::UNAUTHORIZED, StatusCode::UNPROCESSABLE_ENTITY].contains(&response.status());
    match answer.filter(|_| !refused) {
        Some(answer) => {
            let json = [(header::CONTENT_TYPE, "application/json")];
            (answer.status, json, answer.body).into_response()
        }
        None => relay(&inner, response).await,
    }
}

/// The answer of the sandbox, with links that lead here.
async fn relay(inner: &Inner, response: reqwest::Response) -> Response {
    let status = response.status();
    let mut headers = HeaderMap::new();
    for (name, value) in response.headers() {
        if *name == header::LINK {
            let link = value
                .to_str()
                .unwrap()
                .replace(inner.sandbox.url(), &inner.url);
            headers.insert(name, link.parse().unwrap());
        } else if *name != header::CONTENT_LENGTH && *name != header::TRANSFER_ENCODING {
            headers.insert(name, value.clone());
        }
    }
    (status, headers, response.bytes().await.unwrap()).into_response()
}

fn next(inner: &Inner, request: &str) -> Option<Answer> {
    let mut answers = lock(&inner.answers);
    let answers = answers.get_mut(request)?;
    match answers.len() {
        0 | 1 => answers.front().cloned(),
        _ => answers.pop_front(),
    }
}
