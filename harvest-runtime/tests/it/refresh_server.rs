//! A token service that rotates refresh tokens, and a store with scripted failures.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::http::Response;
use harvest_runtime::{
    ClientBuilder, FileTokenStore, LockedTokenStore, StoreFuture, TokenPair, TokenStore,
};
use serde_json::json;
use tempfile::TempDir;
use tokio::sync::OwnedMutexGuard;

use crate::server::{Asked, Server, reply};
use crate::tokens::{Harvest, builder};

pub const FIRST: &str = "made-up-refresh-0";

/// A token service that takes each refresh token once, and an API that takes the latest access token alone.
pub struct Service {
    pub server: Server,
    pub rotations: Arc<AtomicUsize>,
}

impl Service {
    /// `answer` can take the place of the answer to a rotation, given how many there were before.
    pub async fn start(
        answer: impl Fn(usize) -> Option<Response<Body>> + Send + Sync + 'static,
    ) -> Self {
        let rotations = Arc::<AtomicUsize>::default();
        let (count, asked_for) = (Arc::clone(&rotations), AtomicUsize::new(0));
        let server = Server::start(move |asked, _| {
            let latest = count.load(Ordering::SeqCst);
            if asked.target != "/token" {
                let good = format!("Bearer made-up-access-{latest}");
                return if asked.header("authorization") == Some(&good) {
                    reply(200, "[]")
                } else {
                    reply(401, r#"{"message":"Unauthorized"}"#)
                };
            }
            if let Some(answer) = answer(asked_for.fetch_add(1, Ordering::SeqCst)) {
                return answer;
            }
            if sent(asked) != format!("made-up-refresh-{latest}") {
                return reply(400, r#"{"error":"invalid_grant"}"#);
            }
            reply(200, Self::pair(count.fetch_add(1, Ordering::SeqCst) + 1))
        })
        .await;
        Self { server, rotations }
    }

    pub fn pair(number: usize) -> String {
        json!({
            "token_type": "Bearer",
            "access_token": format!("made-up-access-{number}"),
            "refresh_token": format!("made-up-refresh-{number}"),
            "expires_in": 3600,
        })
        .to_string()
    }

    pub fn builder(&self) -> ClientBuilder<Harvest> {
        builder(&self.server)
    }

    pub fn rotations(&self) -> usize {
        self.rotations.load(Ordering::SeqCst)
    }

    /// The refresh tokens that were sent, in order.
    pub fn sent(&self) -> Vec<String> {
        let asked = self.server.asked();
        let asked = asked.iter().filter(|asked| asked.target == "/token");
        asked.map(sent).collect()
    }
}

fn sent(asked: &Asked) -> String {
    let body = std::str::from_utf8(&asked.body).unwrap();
    let token = body.strip_prefix("grant_type=refresh_token&refresh_token=");
    token
        .unwrap_or_else(|| panic!("another grant: {body}"))
        .to_owned()
}

pub fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

pub fn file(folder: &TempDir) -> FileTokenStore {
    FileTokenStore::open(folder.path().join("tokens.json")).unwrap()
}

pub fn stored(folder: &TempDir) -> TokenPair {
    let text = std::fs::read_to_string(folder.path().join("tokens.json")).unwrap();
    TokenPair::from_json(&text).unwrap()
}

/// A store in memory with scripted failures.
#[derive(Clone, Default)]
pub struct Failing {
    pub pair: Arc<tokio::sync::Mutex<Option<String>>>,
    /// Whether the next writings succeed; all after them do.
    writings: Arc<Mutex<VecDeque<bool>>>,
}

impl Failing {
    pub fn holding(token: &str) -> Self {
        let pair = TokenPair::new(token).to_json();
        Self {
            pair: Arc::new(tokio::sync::Mutex::new(Some(pair))),
            ..Self::default()
        }
    }

    pub fn then(&self, writings: &[bool]) {
        *self.writings.lock().unwrap_or_else(PoisonError::into_inner) =
            writings.iter().copied().collect();
    }

    pub async fn refresh_token(&self) -> String {
        let text = self.pair.lock().await.clone().unwrap();
        TokenPair::from_json(&text)
            .unwrap()
            .refresh_token()
            .to_owned()
    }
}

struct FailingLocked(OwnedMutexGuard<Option<String>>, Arc<Mutex<VecDeque<bool>>>);

impl TokenStore for Failing {
    fn lock(&self) -> StoreFuture<'_, Box<dyn LockedTokenStore>> {
        Box::pin(async {
            let pair = Arc::clone(&self.pair).lock_owned().await;
            let locked = FailingLocked(pair, Arc::clone(&self.writings));
            Ok(Box::new(locked) as Box<dyn LockedTokenStore>)
        })
    }
}

impl LockedTokenStore for FailingLocked {
    fn read(&mut self) -> StoreFuture<'_, Option<TokenPair>> {
        Box::pin(async { Ok(self.0.as_deref().map(TokenPair::from_json).transpose()?) })
    }

    fn write<'a>(&'a mut self, pair: &'a TokenPair) -> StoreFuture<'a, ()> {
        Box::pin(async {
            if self.1.lock().unwrap().pop_front() == Some(false) {
                return Err("the disk is full".into());
            }
            *self.0 = Some(pair.to_json());
            Ok(())
        })
    }
}
