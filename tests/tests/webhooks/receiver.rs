//! A receiver as programs have one: a route with the extractor.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{FromRef, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use harvest_generated::runtime::webhook::{Delivery, Secrets, Verifier};
use harvest_generated::webhooks::PROTOCOL;

pub const SECRET: &str = "clé à molette 鍵";

/// A receiver, and what it got with a right signature. What has none gets no further than the extractor.
#[derive(Clone, Default)]
pub struct Receiver(Arc<Mutex<Vec<(HeaderMap, Delivery)>>>);

impl Receiver {
    pub async fn start() -> (Self, String) {
        let receiver = Self::default();
        let app = Router::new().route("/hooks", post(receive));
        let app = app.with_state(receiver.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hooks", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        (receiver, url)
    }

    pub fn got(&self) -> Vec<(HeaderMap, Bytes)> {
        let got = self.0.lock().unwrap();
        let got = got.iter();
        got.map(|(headers, delivery)| (headers.clone(), delivery.body().clone()))
            .collect()
    }

    pub fn deliveries(&self) -> Vec<Delivery> {
        let got = self.0.lock().unwrap();
        got.iter().map(|(_, delivery)| delivery.clone()).collect()
    }
}

impl FromRef<Receiver> for Verifier {
    fn from_ref(_: &Receiver) -> Self {
        verifier()
    }
}

async fn receive(
    State(receiver): State<Receiver>,
    headers: HeaderMap,
    delivery: Delivery,
) -> StatusCode {
    receiver.0.lock().unwrap().push((headers, delivery));
    StatusCode::OK
}

fn verifier() -> Verifier {
    Verifier::new(PROTOCOL, Secrets::new([SECRET]).unwrap())
}

/// Whether the bytes are signed, apart from what the extractor found.
pub fn is_signed(headers: &HeaderMap, body: &[u8]) -> bool {
    let body = Bytes::copy_from_slice(body);
    verifier().verify(headers, body).is_ok()
}
