//! A small Harvest v3 on a port: its token service, its scopes, and the operations that the recipes call, on records that a
//! test puts there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use harvest_generated::runtime::{Limiter, Operation};
use harvest_generated::v3::Client;
use harvest_generated::v3::operations::OPERATIONS;
use reqwest::Url;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::index::scopes;
use super::records::{Answer, Query, Records};
use super::writes;

/// A call that came with a token.
#[derive(Clone, Debug)]
pub struct Sent {
    pub operation: &'static str,
    pub query: Query,
    /// The user whose token it had.
    pub user: Option<i64>,
    pub body: Value,
}

/// A hook before the nth call of an operation, counted from 1. It can answer in place of the server.
type Meanwhile = Box<dyn FnMut(&str, usize, &mut Records) -> Option<Answer> + Send>;

#[derive(Default)]
struct Inner {
    url: String,
    records: Records,
    sent: Vec<Sent>,
    scopes_used: BTreeSet<&'static str>,
    scopes_denied: BTreeSet<&'static str>,
    /// By access token: the users whom they are for.
    tokens: Vec<Option<i64>>,
    users_denied: BTreeSet<i64>,
    /// By path: status and content.
    files: BTreeMap<String, (u16, &'static str)>,
    page_size: usize,
    /// The operation whose next call is answered late.
    late: Option<&'static str>,
    meanwhile: Option<Meanwhile>,
}

pub struct Server {
    inner: Arc<Mutex<Inner>>,
}

impl Server {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let inner = Arc::new(Mutex::new(Inner {
            url: format!("http://{}", listener.local_addr().unwrap()),
            page_size: 500,
            ..Inner::default()
        }));
        let app = axum::Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&inner));
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { inner }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap()
    }

    pub fn client(&self) -> Client {
        let url = self.lock().url.clone();
        Client::builder()
            .client_credentials("made-up-id", "made-up-secret")
            .base_url(&url)
            .token_url(format!("{url}/token"))
            .limiter(Limiter::unlimited())
            .build()
            .unwrap()
    }

    pub fn put<const N: usize>(&self, list: &str, records: [Value; N]) {
        for record in records {
            self.lock().records.put(list, record);
        }
    }

    pub fn all(&self, list: &str) -> Vec<Value> {
        self.lock().records.all(list).to_vec()
    }

    pub fn get(&self, list: &str, id: i64) -> Value {
        let mut inner = self.lock();
        inner.records.get(list, id).expect("a record").clone()
    }

    /// Puts a file at a path, and returns its URL.
    pub fn file(&self, path: &str, status: u16, content: &'static str) -> String {
        let mut inner = self.lock();
        inner.files.insert(path.to_owned(), (status, content));
        format!("{}{path}", inner.url)
    }

    /// No page has more records than this.
    pub fn page_size(&self, size: usize) {
        self.lock().page_size = size;
    }

    /// The credential lacks this scope.
    pub fn deny(&self, scope: &'static str) {
        self.lock().scopes_denied.insert(scope);
    }

    /// There is no token for this user.
    pub fn deny_user(&self, user: i64) {
        self.lock().users_denied.insert(user);
    }

    /// The next call of this operation is answered after those that come soon behind it.
    pub fn answer_late(&self, operation: &'static str) {
        self.lock().late = Some(operation);
    }

    /// Changes records before a call is answered, or answers it: a function of the operation and of how many of its calls
    /// came, with this one.
    pub fn meanwhile(
        &self,
        change: impl FnMut(&str, usize, &mut Records) -> Option<Answer> + Send + 'static,
    ) {
        self.lock().meanwhile = Some(Box::new(change));
    }

    pub fn sent(&self, operation: &str) -> Vec<Sent> {
        let sent = self.lock().sent.clone();
        sent.into_iter()
            .filter(|sent| sent.operation == operation)
            .collect()
    }

    /// The users for whom tokens were fetched, in order.
    pub fn tokens(&self) -> Vec<Option<i64>> {
        self.lock().tokens.clone()
    }

    /// What the recipe names at its head is what it used.
    pub fn assert_scopes(&self, recipe: &str) {
        let named = scopes(recipe);
        let named: BTreeSet<_> = named.iter().map(String::as_str).collect();
        assert_eq!(self.lock().scopes_used, named, "{recipe}");
    }
}

async fn answer(State(inner): State<Arc<Mutex<Inner>>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let (answer, is_late) = {
        let mut inner = inner.lock().unwrap();
        (inner.answer(&head, &body), inner.is_late())
    };
    if is_late {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    answer
}

impl Inner {
    fn answer(&mut self, head: &Parts, body: &Bytes) -> Response {
        let url = Url::parse(&format!("{}{}", self.url, head.uri)).unwrap();
        let bearer = head.headers.get(header::AUTHORIZATION);
        let bearer = bearer.map_or("", |value| value.to_str().unwrap());
        if let Some((status, content)) = self.files.get(url.path()) {
            assert_eq!(bearer, "", "a file gets no credential");
            return (StatusCode::from_u16(*status).unwrap(), *content).into_response();
        }
        let result = match url.path() {
            "/token" => self.token(bearer, body).map(|body| (200, None, body)),
            _ => self.call(head.method.as_str(), &url, bearer, body),
        };
        let (status, next, body) = result.unwrap_or_else(|(status, body)| (status, None, body));
        let link = next.map(|next| format!("<{next}>; rel=\"next\""));
        let headers = [
            (header::CONTENT_TYPE, "application/json".to_owned()),
            (header::LINK, link.unwrap_or_default()),
        ];
        let body = match body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        (StatusCode::from_u16(status).unwrap(), headers, body).into_response()
    }

    /// Whether the call that came last is to be answered late.
    fn is_late(&mut self) -> bool {
        let last = self.sent.last().map(|sent| sent.operation);
        self.late.take_if(|late| last == Some(*late)).is_some()
    }

    fn token(&mut self, basic: &str, form: &Bytes) -> Result<Value, Answer> {
        assert!(basic.starts_with("Basic "), "{basic}");
        let form = std::str::from_utf8(form).unwrap();
        let user = match form.strip_prefix("grant_type=client_credentials") {
            Some("") => None,
            Some(more) => Some(more.strip_prefix("&sub=").unwrap().parse().unwrap()),
            None => panic!("{form}"),
        };
        if user.is_some_and(|user| self.users_denied.contains(&user)) {
            return Err((400, json!({"error": "invalid_grant"})));
        }
        self.tokens.push(user);
        let token = format!("token-{}", self.tokens.len());
        Ok(json!({
            "token_type": "Bearer",
            "access_token": token,
            "expires_at": "2999-01-01T00:00:00Z",
        }))
    }

    /// The status, the URL of the next page, and the body.
    fn call(
        &mut self,
        method: &str,
        url: &Url,
        bearer: &str,
        body: &Bytes,
    ) -> Result<(u16, Option<String>, Value), Answer> {
        let number = bearer.strip_prefix("Bearer token-");
        let number: usize = number.and_then(|n| n.parse().ok()).unwrap_or_default();
        let user = self.tokens.get(number.wrapping_sub(1));
        let Some(&user) = user else {
            return Err((401, json!({"message": "Unauthorized"})));
        };
        let Some((operation, path)) = find(method, url.path()) else {
            return Err((404, json!({"message": "Resource not found"})));
        };
        let sent = Sent {
            operation: operation.id,
            query: url
                .query_pairs()
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
            user,
            body: serde_json::from_slice(body).unwrap_or(Value::Null),
        };
        self.sent.push(sent.clone());
        self.scopes_used.insert(operation.permission);
        if self.scopes_denied.contains(operation.permission) {
            let message = "The token does not have the required scope";
            return Err((403, json!({ "message": message })));
        }
        if let Some(meanwhile) = &mut self.meanwhile {
            let calls = self.sent.iter();
            let nth = calls.filter(|sent| sent.operation == operation.id).count();
            if let Some((status, body)) = meanwhile(operation.id, nth, &mut self.records) {
                return Ok((status, None, body));
            }
        }
        let list = path[0].as_str();
        if method != "GET" || path.len() > 1 {
            let (status, body) = writes::answer(&mut self.records, &sent, &path)?;
            return Ok((status, None, body));
        }
        let page = self.records.page(list, &sent.query, self.page_size)?;
        let next = page
            .next
            .map(|cursor| format!("{}/v3/{list}?cursor={cursor}", self.url));
        Ok((200, next, page.records.into()))
    }
}

/// The operation of a request, and its path behind the version.
fn find(method: &str, path: &str) -> Option<(&'static Operation, Vec<String>)> {
    let parts = |path: &str| path.split('/').skip(2).map(str::to_owned).collect();
    let given: Vec<String> = parts(path);
    let operation = OPERATIONS.iter().find(|operation| {
        let known: Vec<String> = parts(operation.path);
        operation.method.as_str() == method
            && known.len() == given.len()
            && known
                .iter()
                .zip(&given)
                .all(|(a, b)| a.starts_with('{') || a == b)
    })?;
    Some((operation, given))
}
