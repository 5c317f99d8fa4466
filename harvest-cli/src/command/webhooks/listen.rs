//! `harvest webhooks listen`: deliveries on this computer.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::HeaderMap;
use axum::routing::post;
use harvest_generated::webhooks::Event;
use harvest_sandbox::{NewWebhook, Sandbox};
use tokio::net::TcpListener;

use super::deliver::Target;
use super::receiver::Receiver;
use super::{saved, secrets, verifier};
use crate::arguments::{Global, Listen, PING};
use crate::connection::{Source, start_sandbox};
use crate::failure::{Exit, Failure};
use crate::output::is_for_person;
use crate::profile::ProfileFile;
use crate::version::Version;

pub(super) async fn run(global: &Global, listen: Listen) -> Result<(), Failure> {
    let own_secret = global.sandbox.then(random_secret);
    let verifier = match (&own_secret, listen.unverified) {
        (Some(secret), _) => Some(verifier(std::slice::from_ref(secret))?),
        (None, true) => None,
        (None, false) => Some(verifier(&secrets(&listen.secret)?)?),
    };
    let mut receiver = Receiver::new(verifier);
    receiver.target = listen.forward_to.as_deref().map(Target::new).transpose()?;
    let file = listen.save.as_deref().map(saved::open).transpose()?;
    receiver.file = file.map(Mutex::new);
    receiver.shows_body = listen.body;
    receiver.is_json = listen.json || !is_for_person();
    receiver.limit = listen.limit;
    let receiver = Arc::new(receiver);
    let failed = |error: io::Error| {
        Failure::new(
            Exit::Failed,
            format!("nothing can listen at {}: {error}", listen.address),
        )
    };
    let listener = TcpListener::bind(listen.address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let handler = {
        let receiver = Arc::clone(&receiver);
        move |headers: HeaderMap, body: Body| Arc::clone(&receiver).receive(headers, body)
    };
    let app = Router::new()
        .route("/", post(handler.clone()))
        .route("/{*path}", post(handler));
    let ended = Arc::clone(&receiver);
    let server = axum::serve(listener, app)
        .with_graceful_shutdown(async move { ended.ended.notified().await });
    let server = tokio::spawn(server.into_future());
    let sandbox = match own_secret {
        Some(secret) => {
            receiver.is_quiet.store(true, Ordering::Relaxed);
            let sandbox = delivering(global, address, &secret).await?;
            receiver.is_quiet.store(false, Ordering::Relaxed);
            Some(sandbox)
        }
        None => None,
    };
    if !global.quiet {
        eprintln!("listening at http://{address}/; Ctrl-C ends it");
    }
    let ending = server.await;
    if let Some(sandbox) = sandbox {
        // The change that was delivered may not have been answered yet.
        sandbox.stop().await;
    }
    match ending {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(failed(error)),
        Err(error) => Err(Failure::new(Exit::Failed, error.to_string())),
    }
}

/// A sandbox that delivers all events here, and says how its records are changed.
async fn delivering(
    global: &Global,
    address: SocketAddr,
    secret: &str,
) -> Result<Sandbox, Failure> {
    let (_, version) = Source::find(global, &ProfileFile::locate()?)?;
    let sandbox = start_sandbox(version, None, global.quiet).await?;
    let url = format!("http://{address}/");
    for action in Event::ACTIONS.iter().filter(|it| **it != PING) {
        let new = NewWebhook::new(&url, *action, secret);
        let added = sandbox.webhooks().add(new).await;
        let webhook = added.map_err(|error| Failure::new(Exit::Failed, error.to_string()))?;
        if !webhook.active {
            let message = format!("the sandbox cannot deliver {action} to {url}");
            return Err(Failure::new(Exit::Failed, message));
        }
    }
    eprintln!("a sandbox delivers here; change its records, such as by `harvest` with:");
    for line in environment(version, &sandbox) {
        eprintln!("  {line}");
    }
    Ok(sandbox)
}

/// The variables by which another program reaches a sandbox.
fn environment(version: &Version, sandbox: &Sandbox) -> Vec<String> {
    let names = version.conventions.environment;
    let credentials = sandbox.v3_credentials();
    let is_client = names.client_id.is_some();
    let id = credentials.map(|it| it.client_id.as_str());
    let secret = credentials.map(|it| it.client_secret.as_str());
    let key = (!is_client).then(|| sandbox.key());
    let user = sandbox.user_id().to_string();
    let all = [
        (names.base_url, Some(sandbox.url())),
        (names.token_url, sandbox.token_url()),
        (names.client_id, id),
        (names.client_secret, secret),
        (names.credential, key),
        (names.acting_user, Some(user.as_str())),
    ];
    all.into_iter()
        .filter_map(|(name, value)| Some(format!("export {}={}", name?, value?)))
        .collect()
}

/// A secret for this process alone.
fn random_secret() -> String {
    let part = || RandomState::new().hash_one(std::process::id());
    format!("{:016x}{:016x}", part(), part())
}
