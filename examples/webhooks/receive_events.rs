//! Receives webhooks: verifies each delivery, stores its event once, and answers at once.
//!
//! ```sh
//! export HARVEST_WEBHOOK_SECRET=…
//! cargo run --example webhooks_receive_events -- 127.0.0.1:8081 events.jsonl
//! ```
//!
//! While the secret is being replaced, `HARVEST_WEBHOOK_FORMER_SECRET` is the one before. The service delivers to HTTPS alone:
//! put a proxy in front of it.

use std::env;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use axum::routing::post;
use harvest_generated::runtime::webhook::{Deduplicator, Delivery, Secrets, Verifier};
use harvest_generated::webhooks::{Event, PROTOCOL};
use serde_json::json;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let address = arguments.next().context("name the address to listen at")?;
    let path = arguments.next().context("name the file for the events")?;
    let newest = env::var("HARVEST_WEBHOOK_SECRET").context("set HARVEST_WEBHOOK_SECRET")?;
    let former = env::var("HARVEST_WEBHOOK_FORMER_SECRET").ok();
    let secrets = Secrets::new([newest].into_iter().chain(former))?;
    let file = OpenOptions::new().create(true).append(true).open(path)?;
    run(
        TcpListener::bind(address).await?,
        Verifier::new(PROTOCOL, secrets),
        file,
    )
    .await
}

/// Writes each event to the file, one a line, until it is stopped.
pub async fn run(listener: TcpListener, verifier: Verifier, file: File) -> Result<()> {
    let receiver = Receiver {
        verifier,
        // What was handled before a restart is forgotten. A program with a database implements `HandledDeliveries`.
        events: Deduplicator::default(),
        file: Arc::new(Mutex::new(file)),
    };
    let app = Router::new().route("/", post(receive)).with_state(receiver);
    axum::serve(listener, app).await?;
    Ok(())
}

#[derive(Clone)]
struct Receiver {
    verifier: Verifier,
    events: Deduplicator,
    file: Arc<Mutex<File>>,
}

/// By this, the extractor `Delivery` finds the verifier.
impl FromRef<Receiver> for Verifier {
    fn from_ref(receiver: &Receiver) -> Self {
        receiver.verifier.clone()
    }
}

/// What has no right signature never gets here. Whatever else than 200 is answered, the service delivers again.
async fn receive(State(receiver): State<Receiver>, delivery: Delivery) -> StatusCode {
    let stored = receiver.events.handle(&delivery, receiver.store(&delivery));
    match stored.await {
        Ok(outcome) => outcome.status(),
        Err(error) => {
            eprintln!("{}: {error}", delivery.key());
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}

impl Receiver {
    /// Stores an event so that a crash does not lose it. Work on it comes later: the service waits for the answer.
    async fn store(&self, delivery: &Delivery) -> Result<()> {
        let event: Event = delivery.decode()?;
        // An event says that something happened, and maybe long ago: what a record is now, Harvest says.
        let note = match &event {
            Event::Ping(_) => "the webhook was saved",
            Event::MergeCandidate(_) => "another id takes the place of this one",
            Event::Unknown(_) => "not described yet",
            _ => "read the record",
        };
        let line = json!({
            "key": delivery.key().as_str(), "action": event.action(), "note": note, "event": event,
        });
        let file = Arc::clone(&self.file);
        tokio::task::spawn_blocking(move || {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            writeln!(file, "{line}")?;
            file.sync_data()
        })
        .await??;
        Ok(())
    }
}
