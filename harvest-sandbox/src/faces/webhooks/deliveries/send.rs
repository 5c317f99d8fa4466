//! An attempt to deliver.

use std::time::Duration;

use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{HeaderValue, Request as HttpRequest, header};
use data_encoding::BASE64;
use futures_util::StreamExt as _;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;

use crate::domain::webhooks::{Delivery, Webhook};
use crate::http::endpoint::{self, Endpoint};
use crate::http::hosts::Hosts;

/// How long a receiver has to answer, and the longest part of the answer that is kept, in bytes.
const TIMEOUT: Duration = Duration::from_secs(10);
const ANSWER_BYTES: usize = 4 << 10;
/// What is read of an answer with all that comes before its body, in bytes. Interim answers are no answer, however many
/// come, and reading them takes time that others wait for.
const MOST_READ: u64 = 1 << 20;

/// What was answered.
pub(super) struct Sent {
    pub(super) status: u16,
    pub(super) answer: String,
}

/// Sends a delivery once, of a webhook unless it is a callback. A redirect is an answer like others: it is not followed.
pub(super) async fn send(
    hosts: &Hosts,
    webhook: Option<&Webhook>,
    delivery: &Delivery,
) -> Result<Sent, String> {
    let attempt = attempt(hosts, webhook, delivery);
    let within = tokio::time::timeout(TIMEOUT, attempt).await;
    within.unwrap_or_else(|_| Err(format!("no answer within {} seconds", TIMEOUT.as_secs())))
}

/// A task that ends with what it was made for.
struct Connection(tokio::task::JoinHandle<()>);

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn attempt(
    hosts: &Hosts,
    webhook: Option<&Webhook>,
    delivery: &Delivery,
) -> Result<Sent, String> {
    let endpoint = Endpoint::parse(&delivery.url)?;
    let request = request(&endpoint, webhook, delivery)?;
    let addresses = hosts.resolve(&endpoint).await?;
    let stream = TcpStream::connect(&addresses[..]).await;
    let stream = stream.map_err(|error| format!("no connection: {}", error.kind()))?;
    let broken = |_: hyper::Error| "the connection broke".to_owned();
    let (reader, writer) = stream.into_split();
    let stream = tokio::io::join(reader.take(MOST_READ), writer);
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(broken)?;
    let _connection = Connection(tokio::spawn(async move {
        let _ = connection.await;
    }));
    let answer = sender.send_request(request).await.map_err(broken)?;
    let status = answer.status().as_u16();
    let mut parts = Body::new(answer.into_body()).into_data_stream();
    let mut text = Vec::new();
    while text.len() < ANSWER_BYTES {
        match parts.next().await {
            Some(part) => {
                let part = part.map_err(|_| "the answer broke off".to_owned())?;
                let left = ANSWER_BYTES - text.len();
                text.extend_from_slice(&part[..part.len().min(left)]);
            }
            None => break,
        }
    }
    Ok(Sent {
        status,
        answer: String::from_utf8_lossy(&text).into_owned(),
    })
}

fn request(
    endpoint: &Endpoint,
    webhook: Option<&Webhook>,
    delivery: &Delivery,
) -> Result<HttpRequest<Body>, String> {
    let mut request = HttpRequest::post(&endpoint.path)
        .header(header::HOST, &endpoint.authority)
        .header(header::USER_AGENT, endpoint::OWN_AGENT)
        .header(header::CONTENT_TYPE, "application/json");
    if let Some(signature) = &delivery.signature {
        request = request
            .header("Greenhouse-Event-ID", &delivery.event_id)
            .header("Signature", signature);
    }
    // What the webhook says now is for the address that it has now.
    if let Some(webhook) = webhook.filter(|it| it.endpoint_url == delivery.url) {
        request = with_settings(request, webhook)?;
    }
    let request = request.body(Body::from(delivery.body.clone()));
    request.map_err(|_| unsendable())
}

/// With the credentials and headers of a webhook.
fn with_settings(mut request: Builder, webhook: &Webhook) -> Result<Builder, String> {
    if webhook.basic_auth_username.is_some() || webhook.basic_auth_password.is_some() {
        let part = |text: &Option<String>| text.clone().unwrap_or_default();
        let (user, password) = (
            part(&webhook.basic_auth_username),
            part(&webhook.basic_auth_password),
        );
        let credentials = BASE64.encode(format!("{user}:{password}").as_bytes());
        let value = HeaderValue::from_str(&format!("Basic {credentials}"));
        request = request.header(header::AUTHORIZATION, value.map_err(|_| unsendable())?);
    }
    for (name, value) in
        endpoint::headers(webhook.additional_headers.as_deref().unwrap_or_default())?
    {
        request = request.header(name, value);
    }
    Ok(request)
}

fn unsendable() -> String {
    "the address cannot be requested".to_owned()
}
