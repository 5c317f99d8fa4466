//! A client that costs next to nothing, so that what is measured is the server.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use base64::Engine;

use crate::Outcome;

/// One connection that is kept alive.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    authorization: String,
    body: Vec<u8>,
    next: Option<String>,
}

impl Connection {
    /// With the value of the `Authorization` header.
    pub(crate) fn open(address: &str, authorization: &str) -> Outcome<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::with_capacity(1 << 16, stream),
            authorization: authorization.to_owned(),
            body: Vec::new(),
            next: None,
        })
    }

    /// Asks, and reads the answer to its end. It has to be 200.
    pub(crate) fn get(&mut self, path: &str) -> Outcome<()> {
        self.send(&format!("GET {path} HTTP/1.1\r\n"), "")
    }

    /// Sends a form. The answer has to be 200.
    pub(crate) fn post(&mut self, path: &str, form: &str) -> Outcome<()> {
        let head = format!(
            "POST {path} HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n",
            form.len()
        );
        self.send(&head, form)
    }

    /// The body of the last answer.
    pub(crate) fn json(&self) -> Outcome<serde_json::Value> {
        Ok(serde_json::from_slice(&self.body)?)
    }

    /// The path of the page after the one that was read last, if there is one.
    pub(crate) fn next(&self) -> Option<&str> {
        self.next.as_deref()
    }

    fn send(&mut self, head: &str, body: &str) -> Outcome<()> {
        let request = format!(
            "{head}Host: localhost\r\nAuthorization: {}\r\n\r\n{body}",
            self.authorization
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.trim().to_owned();
        let mut length = None;
        self.next = None;
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            if line.trim().is_empty() {
                break;
            }
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            if name.eq_ignore_ascii_case("content-length") {
                length = Some(value.trim().parse()?);
            } else if name.eq_ignore_ascii_case("link") {
                self.next = next(value);
            }
        }
        self.body
            .resize(length.ok_or("an answer of unknown length")?, 0);
        self.stream.read_exact(&mut self.body)?;
        if status.contains(" 200") {
            Ok(())
        } else {
            let request = head.lines().next().unwrap_or_default();
            Err(format!("{request}: {status}").into())
        }
    }
}

/// The path behind `rel="next"`.
fn next(links: &str) -> Option<String> {
    let mut links = links.split(',');
    let link = links.find(|link| link.contains("rel=\"next\""))?;
    let (target, _) = link.split_once('<')?.1.split_once('>')?;
    let path = target.split_once("://")?.1;
    path.find('/').map(|at| path[at..].to_owned())
}

/// An `Authorization` header of HTTP Basic.
pub(crate) fn basic(user: &str, password: &str) -> String {
    let text = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"));
    format!("Basic {text}")
}
