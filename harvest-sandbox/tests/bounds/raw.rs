//! A client that may be as slow, as long-winded and as incomplete as it likes.

use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use harvest_sandbox::Sandbox;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Long enough for whatever is to come, on a slow machine.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Raw {
    stream: TcpStream,
    /// What came after the last answer.
    rest: Vec<u8>,
}

/// An answer, and how long the client had been waiting for it.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
    pub after: Duration,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The sentence of an error, which has the form that all errors have.
    pub fn message(&self) -> String {
        assert!(self.head.contains("application/json"), "{self:?}");
        self.json()["message"].as_str().unwrap().to_owned()
    }
}

impl Raw {
    pub async fn connect(sandbox: &Sandbox) -> Self {
        let address = sandbox.url().strip_prefix("http://").unwrap();
        Self {
            stream: TcpStream::connect(address).await.unwrap(),
            rest: Vec::new(),
        }
    }

    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).await.unwrap();
    }

    /// What comes until the server closes, or `None` if the connection was reset.
    pub async fn end(&mut self) -> Option<String> {
        let mut all = std::mem::take(&mut self.rest);
        let read = timeout(PATIENCE, self.stream.read_to_end(&mut all)).await;
        read.expect("the connection ends").ok()?;
        Some(String::from_utf8(all).unwrap())
    }

    /// The headers of the next answer, and not more of it than came with them.
    pub async fn begin(&mut self) -> String {
        let head = timeout(PATIENCE, async {
            loop {
                if let Some(end) = self.rest.windows(4).position(|it| it == b"\r\n\r\n") {
                    return String::from_utf8(self.rest[..end].to_vec()).unwrap();
                }
                let mut piece = [0; 1024];
                let count = self.stream.read(&mut piece).await.unwrap();
                assert!(count > 0, "closed");
                self.rest.extend_from_slice(&piece[..count]);
            }
        });
        head.await.expect("an answer comes")
    }

    /// The next answer, which says how long it is.
    pub async fn answer(&mut self) -> Answer {
        let began = Instant::now();
        let answer = timeout(PATIENCE, self.whole()).await;
        let (head, body) = answer.expect("an answer comes");
        Answer {
            status: head[9..12].parse().unwrap(),
            head,
            body,
            after: began.elapsed(),
        }
    }

    async fn whole(&mut self) -> (String, String) {
        loop {
            if let Some(end) = self.rest.windows(4).position(|it| it == b"\r\n\r\n") {
                let head = String::from_utf8(self.rest[..end].to_vec()).unwrap();
                let length = head.lines().find_map(|line| {
                    let (name, value) = line.split_once(": ")?;
                    name.eq_ignore_ascii_case("content-length")
                        .then(|| value.parse::<usize>().unwrap())
                });
                let all = end + 4 + length.unwrap_or_default();
                if self.rest.len() >= all {
                    let body = String::from_utf8(self.rest[end + 4..all].to_vec()).unwrap();
                    self.rest.drain(..all);
                    return (head, body);
                }
            }
            let count = self.stream.read_buf(&mut self.rest).await.unwrap();
            assert!(
                count > 0,
                "closed after {:?}",
                String::from_utf8_lossy(&self.rest)
            );
        }
    }
}

/// A request line with headers: the key of the sandbox, and whatever else it takes to be answered.
pub fn head(sandbox: &Sandbox, request: &str, more: &[&str]) -> String {
    let key = STANDARD.encode(format!("{}:", sandbox.key()));
    let user = sandbox.user_id().to_string();
    let mut head = keyless(request, more);
    head.truncate(head.len() - 2);
    format!("{head}Authorization: Basic {key}\r\nOn-Behalf-Of: {user}\r\n\r\n")
}

/// A request line with headers, without a key.
pub fn keyless(request: &str, more: &[&str]) -> String {
    let mut head = format!("{request} HTTP/1.1\r\nHost: localhost\r\n");
    for header in more {
        head += header;
        head += "\r\n";
    }
    head + "\r\n"
}
