//! A receiver in this process.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use harvest_sandbox::{NewWebhook, Sandbox};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

pub use crate::until::until;

pub const SECRET: &str = "clé à molette 鍵";

/// A receiver: what it got, and what it answers next.
#[derive(Clone, Default)]
pub struct Receiver {
    got: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
    answers: Arc<Mutex<Vec<StatusCode>>>,
}

impl Receiver {
    pub async fn start() -> (Self, String) {
        let receiver = Self::default();
        let app = Router::new().fallback(receive).with_state(receiver.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hooks?a=b", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        (receiver, url)
    }

    pub fn got(&self) -> Vec<(HeaderMap, Bytes)> {
        self.got.lock().unwrap().clone()
    }

    pub fn answer(&self, statuses: impl IntoIterator<Item = u16>) {
        let statuses = statuses
            .into_iter()
            .map(|it| StatusCode::from_u16(it).unwrap());
        let mut statuses: Vec<_> = statuses.collect();
        statuses.reverse();
        *self.answers.lock().unwrap() = statuses;
    }
}

/// The answers set for it, and 200 after that. A redirect leads to itself.
async fn receive(
    State(receiver): State<Receiver>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, [(&'static str, &'static str); 1], String) {
    receiver.got.lock().unwrap().push((headers, body));
    let next = receiver.answers.lock().unwrap().pop();
    (
        next.unwrap_or(StatusCode::OK),
        [("location", "/elsewhere")],
        "é".repeat(5_000),
    )
}

pub fn is_signed(headers: &HeaderMap, body: &[u8]) -> bool {
    let mut code = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    code.update(body);
    let digits = data_encoding::HEXLOWER.encode(&code.finalize().into_bytes());
    headers["signature"] == format!("sha256 {digits}")
}

pub async fn with_webhook(action: &str) -> (Sandbox, Receiver, i64) {
    let sandbox = Sandbox::start().await.unwrap();
    let (receiver, url) = Receiver::start().await;
    let webhook = sandbox
        .webhooks()
        .add(NewWebhook::new(url, action, SECRET))
        .await
        .unwrap();
    assert!(webhook.active);
    (sandbox, receiver, webhook.id)
}
