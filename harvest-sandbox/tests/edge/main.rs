//! The edge of the sandbox: which requests come in at all, and what guessing costs.

#[path = "../support/mod.rs"]
mod support;

#[path = "../state/temp_dir.rs"]
mod temp_dir;

#[allow(dead_code, reason = "it is shared")]
#[path = "../bounds/raw.rs"]
mod raw;

mod browser;
mod hosts;
mod methods;
mod pages;
mod senders;
#[cfg(target_os = "linux")]
mod storm;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use harvest_sandbox::Sandbox;

use raw::{Answer, Raw};

/// What no key protects: requests to all kinds of it, and what they are answered if they come in.
const DOORS: &[(&str, u16)] = &[
    ("GET /configure", 200),
    ("HEAD /configure/users", 200),
    ("GET /configure/assets/style.css", 200),
    ("GET /configure/nowhere", 404),
    ("GET /_sandbox/", 200),
    ("GET /_sandbox/requests", 200),
    ("POST /_sandbox/reset", 204),
    ("DELETE /_sandbox/faults", 204),
    ("PUT /_sandbox/nothing", 404),
];

/// A request to the API that is always answered, with a link in the answer.
const API: &str = "GET /v1/users";

/// Sends a request with these lines of headers, and with the key if it is one to the API.
async fn send(sandbox: &Sandbox, request: &str, lines: &[&str]) -> Answer {
    let bytes: Vec<&[u8]> = lines.iter().map(|line| line.as_bytes()).collect();
    send_bytes(sandbox, request, &bytes).await
}

async fn send_bytes(sandbox: &Sandbox, request: &str, lines: &[&[u8]]) -> Answer {
    let mut head = format!("{request} HTTP/1.1\r\n").into_bytes();
    for line in lines {
        head.extend_from_slice(line);
        head.extend_from_slice(b"\r\n");
    }
    if request == API {
        let key = STANDARD.encode(format!("{}:", sandbox.key()));
        head.extend_from_slice(format!("Authorization: Basic {key}\r\n").as_bytes());
    }
    // What an answer to HEAD says of its length does not follow.
    head.extend_from_slice(b"Connection: close\r\n\r\n");
    let mut client = Raw::connect(sandbox).await;
    client.send(&head).await;
    let text = client.end().await.expect("an answer");
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    Answer {
        status: head[9..12].parse().unwrap(),
        head: head.to_owned(),
        body: body.to_owned(),
        after: std::time::Duration::ZERO,
    }
}
