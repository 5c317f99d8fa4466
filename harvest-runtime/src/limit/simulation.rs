//! The limiter on tokio's paused clock.

mod aligned;
mod answers;
mod idle;
mod pauses;
#[cfg(feature = "shared-limiter")]
mod processes;
mod queue;
mod service;
mod services;

use std::time::Duration;

use http::header::{HeaderMap, HeaderValue};
use http::{HeaderName, StatusCode};
use tokio::time::Instant;

use super::{Limiter, Patience, Permit};

const SECOND: Duration = Duration::from_secs(1);

const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    let pairs = pairs.iter().map(|(name, value)| {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        (name, HeaderValue::from_static(value))
    });
    pairs.collect()
}

impl Limiter {
    /// The next permit, however long it takes.
    async fn next(&self) -> Permit {
        let Ok(permit) = self.acquire(&mut Patience::endless()).await else {
            unreachable!("no pause is too long");
        };
        permit
    }
}

async fn accept(limiter: &Limiter, pairs: &[(&'static str, &'static str)]) {
    let permit = limiter.next().await;
    limiter.observe(permit, StatusCode::OK, &headers(pairs), Instant::now());
}

async fn refuse(limiter: &Limiter, pairs: &[(&'static str, &'static str)]) {
    let permit = limiter.next().await;
    let status = StatusCode::TOO_MANY_REQUESTS;
    limiter.observe(permit, status, &headers(pairs), Instant::now());
}
