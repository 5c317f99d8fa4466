//! A token service that takes each refresh token once, beside an API that takes the latest access token for a while.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use serde_json::json;

pub struct TokenService {
    pub url: String,
    shared: Arc<Shared>,
}

struct Shared {
    /// The time for which an access token works.
    lifetime: Duration,
    books: Mutex<Books>,
}

#[derive(Default)]
struct Books {
    /// The number of the latest pair, and since when it is.
    latest: u32,
    since: Option<Instant>,
    /// How many pairs each client was given.
    rotations: BTreeMap<String, u32>,
    /// Requests with a refresh token that was used before.
    reused: u32,
    on_rotation: OnRotation,
    /// The clients whose requests for a pair are held now.
    held: Vec<String>,
}

/// What becomes of a request for a pair.
#[derive(Clone, Copy, Default, PartialEq)]
pub enum OnRotation {
    #[default]
    Answer,
    /// It waits, and the refresh token stays valid, until this changes.
    Hold,
    /// The refresh token is used up, and the answer never sent.
    LoseAnswer,
}

impl TokenService {
    pub async fn start(lifetime: Duration) -> Self {
        let shared = Arc::new(Shared {
            lifetime,
            books: Mutex::default(),
        });
        let app = Router::new()
            .route("/token", post(token))
            .fallback(get(list))
            .with_state(Arc::clone(&shared));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async { axum::serve(listener, app).await });
        Self { url, shared }
    }

    /// The refresh token that the service takes next.
    pub fn refresh_token(&self) -> String {
        refresh_token(self.shared.books().latest)
    }

    pub fn rotations(&self) -> u32 {
        self.shared.books().latest
    }

    /// How many pairs a client was given.
    pub fn rotations_of(&self, client: &str) -> u32 {
        let books = self.shared.books();
        books.rotations.get(client).copied().unwrap_or_default()
    }

    /// How many requests had a refresh token that was used before.
    pub fn reused(&self) -> u32 {
        self.shared.books().reused
    }

    pub fn on_rotation(&self, what: OnRotation) {
        self.shared.books().on_rotation = what;
    }

    /// The clients whose requests are held. Those of a process that was killed leave with its connection.
    pub fn held(&self) -> Vec<String> {
        self.shared.books().held.clone()
    }
}

fn refresh_token(number: u32) -> String {
    format!("made-up-refresh-{number}")
}

fn access_token(number: u32) -> String {
    format!("made-up-access-{number}")
}

impl Shared {
    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap()
    }
}

/// A request that is held, for as long as its client waits.
struct Held<'a> {
    shared: &'a Shared,
    client: String,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut books = self.shared.books();
        let place = books.held.iter().position(|of| *of == self.client);
        books.held.remove(place.unwrap());
    }
}

async fn token(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: String) -> Response {
    let client = headers["authorization"].to_str().unwrap().to_owned();
    if shared.books().on_rotation == OnRotation::Hold {
        shared.books().held.push(client.clone());
        let held = Held {
            shared: &shared,
            client: client.clone(),
        };
        while shared.books().on_rotation == OnRotation::Hold {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        drop(held);
    }
    let (answer, is_lost) = {
        let mut books = shared.books();
        let is_lost = books.on_rotation == OnRotation::LoseAnswer;
        (books.rotate(&client, &body), is_lost)
    };
    if is_lost {
        std::future::pending::<()>().await;
    }
    answer
}

impl Books {
    fn rotate(&mut self, client: &str, body: &str) -> Response {
        let sent = body
            .split('&')
            .find_map(|of| of.strip_prefix("refresh_token="));
        if sent != Some(&refresh_token(self.latest)) {
            self.reused += 1;
            let error = json!({ "error": "invalid_grant" }).to_string();
            return (StatusCode::BAD_REQUEST, error).into_response();
        }
        self.latest += 1;
        self.since = Some(Instant::now());
        *self.rotations.entry(client.to_owned()).or_default() += 1;
        let pair = json!({
            "token_type": "Bearer",
            "access_token": access_token(self.latest),
            "refresh_token": refresh_token(self.latest),
        });
        pair.to_string().into_response()
    }
}

async fn list(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let books = shared.books();
    let good = format!("Bearer {}", access_token(books.latest));
    let is_latest = headers.get("authorization").is_some_and(|of| *of == *good);
    let is_fresh = books.since.is_some_and(|of| of.elapsed() < shared.lifetime);
    if is_latest && is_fresh {
        return ([("content-type", "application/json")], "[]").into_response();
    }
    let error = json!({ "message": "Unauthorized" }).to_string();
    (StatusCode::UNAUTHORIZED, error).into_response()
}
