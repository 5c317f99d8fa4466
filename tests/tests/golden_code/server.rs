//! A server with scripted answers, which records its requests.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

/// Answers one request for each of its replies, and is gone then.
pub struct Server {
    /// Where it is.
    pub url: String,
    requests: JoinHandle<Vec<String>>,
}

impl Server {
    /// A server with these replies: the status, further headers, and the body. `{url}` in one is the server's.
    pub fn new(replies: &[(u16, &str, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let replies: Vec<String> = replies
            .iter()
            .map(|(status, headers, body)| {
                let headers = headers.replace("{url}", &url);
                let body = body.replace("{url}", &url);
                format!(
                    "HTTP/1.1 {status} Said\r\ncontent-type: application/json\r\nconnection: \
                     close\r\ncontent-length: {}\r\n{headers}\r\n{body}",
                    body.len()
                )
            })
            .collect();
        let requests = std::thread::spawn(move || {
            replies
                .iter()
                .map(|reply| {
                    let (mut stream, _) = listener.accept().expect("a connection");
                    let request = read(&mut stream);
                    stream.write_all(reply.as_bytes()).expect("an answer");
                    request
                })
                .collect()
        });
        Self { url, requests }
    }

    /// The requests that came, when all have come: the head with header names in lower case, and the body.
    pub fn requests(self) -> Vec<String> {
        self.requests.join().expect("all requests came")
    }
}

fn read(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    loop {
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .map_or(0, |length| length.parse().expect("a length"));
            if body.len() >= length {
                return text;
            }
        }
        let count = stream.read(&mut buffer).expect("a request");
        assert!(count > 0, "the request ends in the middle: {text}");
        text.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
}
