//! Connections that are one too many.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::http::reply::Reply;
use crate::refusal::CROWDED;

/// Number of refused connections that are answered with the reason at the same time. Others are closed without an answer.
const ANSWERED: usize = 64;
/// How long a client has for sending its request and taking its answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Answers 503 to connections that are not served.
pub(super) struct TurnedAway(Arc<Semaphore>);

impl Default for TurnedAway {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(ANSWERED)))
    }
}

impl TurnedAway {
    pub(super) fn add(&self, stream: TcpStream) {
        if let Ok(permit) = Arc::clone(&self.0).try_acquire_owned() {
            tokio::spawn(async move {
                // A client that is late, or gone, has nothing to complain about.
                let _ = timeout(PATIENCE, tell(stream)).await;
                drop(permit);
            });
        }
    }
}

pub(super) fn busy() -> Reply {
    Reply::later(CROWDED)
}

async fn tell(mut stream: TcpStream) -> std::io::Result<()> {
    let mut ignored = [0; 4 << 10];
    // Clients take an answer for a mistake that comes before they have sent anything.
    if stream.read(&mut ignored).await? > 0 {
        stream.write_all(&raw(&busy())).await?;
        stream.shutdown().await?;
        // To close with something unread is to reset the connection, and the answer may be lost with it.
        while stream.read(&mut ignored).await? > 0 {}
    }
    Ok(())
}

/// An answer as it is sent, the last one on its connection.
pub(super) fn raw(reply: &Reply) -> Vec<u8> {
    let mut raw = format!("HTTP/1.1 {}\r\n", reply.status).into_bytes();
    for (name, value) in &reply.headers {
        raw.extend_from_slice(name.as_str().as_bytes());
        raw.extend_from_slice(b": ");
        raw.extend_from_slice(value.as_bytes());
        raw.extend_from_slice(b"\r\n");
    }
    let rest = format!(
        "connection: close\r\ncontent-length: {}\r\n\r\n",
        reply.body.len()
    );
    raw.extend_from_slice(rest.as_bytes());
    raw.extend_from_slice(&reply.body);
    raw
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_last_is_http() {
        let raw = String::from_utf8(raw(&busy())).unwrap();
        let (head, body) = raw.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 503 Service Unavailable\r\n"));
        assert!(head.contains("content-type: application/json"), "{head}");
        assert!(head.contains("retry-after: 1\r\n"), "{head}");
        assert!(head.contains(&format!("content-length: {}", body.len())));
        assert!(body.starts_with(r#"{"message":"#), "{body}");
    }
}
