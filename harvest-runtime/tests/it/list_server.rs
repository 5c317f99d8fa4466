//! A server that holds one list, counts its pages, and can be slow, moving and wrong.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request as Asked;
use axum::http::{Response, Uri};
use harvest_runtime::{ClientBuilder, Core, Limiter, Operation, Request, model};
use tokio::net::TcpListener;

use crate::server::{Harvest, KEY, LIST_USERS, reply, reply_with};

#[derive(Clone, Default, PartialEq)]
pub struct Row {
    pub id: i64,
}

model!(Row[id] {
    0 "id" => id: plain,
});

pub const PER_PAGE: usize = 3;

/// What the server does with a page before it answers: it may change the list, and take its time before and after.
type Before = dyn Fn(usize, &mut State) -> (Duration, Duration) + Send + Sync;
/// What the server answers in place of a page.
type Instead = dyn Fn(usize) -> Option<Response<Body>> + Send + Sync;
/// The `Link` header of a page: of the server's URL, the query without `page`, the page and the last page.
type Link = dyn Fn(&str, &str, usize, usize) -> String + Send + Sync;

pub struct State {
    pub ids: Vec<i64>,
    /// Target of each request, in the order in which they came.
    pub targets: Vec<String>,
    /// Pages in the order in which they were read from the list.
    pub read: Vec<usize>,
}

impl State {
    /// Puts a record at the front.
    pub fn insert(&mut self) {
        let id = self.ids.iter().max().unwrap() + 1;
        self.ids.insert(0, id);
    }
}

pub struct ListServer {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    under_way: AtomicUsize,
    most_under_way: AtomicUsize,
    before: Box<Before>,
    instead: Box<Instead>,
    link: Box<Link>,
}

pub struct Setup {
    pub records: i64,
    pub before: Box<Before>,
    pub instead: Box<Instead>,
    pub link: Box<Link>,
}

impl Setup {
    pub fn new(records: i64) -> Self {
        Self {
            records,
            before: Box::new(|_, _| (Duration::ZERO, Duration::ZERO)),
            instead: Box::new(|_| None),
            link: Box::new(link),
        }
    }

    pub async fn start(self) -> ListServer {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            state: Mutex::new(State {
                ids: (1..=self.records).rev().collect(),
                targets: Vec::new(),
                read: Vec::new(),
            }),
            under_way: AtomicUsize::new(0),
            most_under_way: AtomicUsize::new(0),
            before: self.before,
            instead: self.instead,
            link: self.link,
        });
        let serving = Arc::clone(&shared);
        let app = Router::new().fallback(move |request: Asked| {
            let shared = Arc::clone(&serving);
            let uri = request.uri().clone();
            async move { shared.answer(uri, format!("http://{address}")).await }
        });
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        ListServer { address, shared }
    }
}

/// Next and last, in the service's order, where there is a next one; the last one always.
pub fn link(url: &str, rest: &str, page: usize, last: usize) -> String {
    let to = |page: usize, rel: &str| format!(r#"<{url}/v1/users?page={page}{rest}>; rel="{rel}""#);
    if page < last {
        format!("{},{}", to(page + 1, "next"), to(last, "last"))
    } else {
        to(last, "last")
    }
}

/// Counts a request while it is answered, or given up by the client.
struct UnderWay<'a>(&'a Shared);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    async fn answer(&self, asked: Uri, url: String) -> Response<Body> {
        let now = self.under_way.fetch_add(1, Ordering::SeqCst) + 1;
        let _counted = UnderWay(self);
        self.most_under_way.fetch_max(now, Ordering::SeqCst);
        let query = asked.query().unwrap_or_default();
        let mut page = 1;
        let mut rest = String::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.strip_prefix("page=") {
                Some(number) => page = number.parse().unwrap(),
                None => rest = format!("{rest}&{pair}"),
            }
        }
        let (before, after) = {
            let mut state = self.state();
            state.targets.push(asked.to_string());
            (self.before)(page, &mut state)
        };
        tokio::time::sleep(before).await;
        let answer = (self.instead)(page).unwrap_or_else(|| {
            let mut state = self.state();
            state.read.push(page);
            let last = state.ids.len().div_ceil(PER_PAGE).max(1);
            let ids = state.ids.chunks(PER_PAGE).nth(page - 1).unwrap_or_default();
            let rows: Vec<String> = ids.iter().map(|id| format!(r#"{{"id":{id}}}"#)).collect();
            let body = format!("[{}]", rows.join(","));
            match (self.link)(&url, &rest, page, last) {
                link if link.is_empty() => reply(200, body),
                link => reply_with(200, &[("link", &link)], body),
            }
        });
        tokio::time::sleep(after).await;
        answer
    }
}

impl ListServer {
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state()
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn client(&self) -> Core {
        let builder = ClientBuilder::<Harvest>::new().credential(KEY);
        let builder = builder.base_url(self.url());
        // The server has no limit.
        builder.limiter(Limiter::unlimited()).build().unwrap().0
    }

    pub fn list(&self) -> Request {
        self.list_as(&LIST_USERS)
    }

    pub fn list_as(&self, operation: &'static Operation) -> Request {
        let mut request = self.client().request(operation);
        request.query("email", "PERSONAL-MARK@b");
        request
    }

    pub fn most_under_way(&self) -> usize {
        self.shared.most_under_way.load(Ordering::SeqCst)
    }

    pub fn asked(&self) -> usize {
        self.state().targets.len()
    }

    /// How many requests there were, once no more come.
    pub async fn asked_at_rest(&self) -> usize {
        let mut asked = self.asked();
        loop {
            tokio::time::sleep(Duration::from_millis(40)).await;
            if self.asked() == asked {
                return asked;
            }
            asked = self.asked();
        }
    }
}

/// Numbers that look random and are always the same.
pub struct Random(Mutex<u64>);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1))
    }

    pub fn below(&self, bound: u64) -> u64 {
        let mut state = self.0.lock().unwrap();
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        *state % bound
    }

    pub fn millis(&self, bound: u64) -> Duration {
        Duration::from_millis(self.below(bound))
    }
}
