//! A client that costs next to nothing, so that what is measured is the server.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use crate::Outcome;
use crate::process::KEY;

/// One connection that is kept alive.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    authorization: String,
    body: Vec<u8>,
}

impl Connection {
    pub(crate) fn open(address: &str) -> Outcome<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::with_capacity(1 << 16, stream),
            authorization: base64(&format!("{KEY}:")),
            body: Vec::new(),
        })
    }

    /// Asks, and reads the answer to its end. It has to be 200.
    pub(crate) fn get(&mut self, path: &str) -> Outcome<()> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic {}\r\n\r\n",
            self.authorization
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.trim().to_owned();
        let mut length = None;
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = Some(value.trim().parse()?);
            }
        }
        self.body
            .resize(length.ok_or("an answer of unknown length")?, 0);
        self.stream.read_exact(&mut self.body)?;
        if status.contains(" 200") {
            Ok(())
        } else {
            Err(format!("{path}: {status}").into())
        }
    }
}

fn base64(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(text)
}
