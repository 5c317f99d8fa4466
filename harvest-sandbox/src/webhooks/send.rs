//! An attempt to deliver.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request as HttpRequest, header};
use futures_util::StreamExt as _;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::payload::Signed;
use super::target::{Hosts, Target};

/// How long a receiver has to answer, and the longest part of the answer that is kept, in bytes.
const TIMEOUT: Duration = Duration::from_secs(10);
const ANSWER_BYTES: usize = 4 << 10;

/// What is sent.
pub(super) struct Request {
    pub(super) event_id: i64,
    pub(super) signed: Signed,
}

/// What was answered.
pub(super) struct Sent {
    pub(super) status: u16,
    pub(super) answer: String,
}

/// Sends a delivery once. A redirect is an answer like others: it is not followed.
pub(super) async fn send(hosts: &Hosts, target: &Target, request: Request) -> Result<Sent, String> {
    let attempt = attempt(hosts, target, request);
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

async fn attempt(hosts: &Hosts, target: &Target, request: Request) -> Result<Sent, String> {
    let addresses = hosts.resolve(target).await?;
    let stream = TcpStream::connect(&addresses[..]).await;
    let stream = stream.map_err(|error| format!("no connection: {}", error.kind()))?;
    let broken = |_: hyper::Error| "the connection broke".to_owned();
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(broken)?;
    let _connection = Connection(tokio::spawn(async move {
        let _ = connection.await;
    }));
    let Request { event_id, signed } = request;
    let request = HttpRequest::post(&target.path)
        .header(header::HOST, &target.authority)
        .header(header::USER_AGENT, "harvest-sandbox")
        .header(header::CONTENT_TYPE, "application/json")
        .header("Greenhouse-Event-ID", event_id)
        .header("Signature", signed.signature)
        .body(Body::from(signed.body));
    let request = request.map_err(|_| "the address cannot be requested".to_owned())?;
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
