//! Answers of a token service that hold no token: what is said of them, and what they cost.

use std::convert::Infallible;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::http::Response;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::stream;

use crate::server::{Server, reply, reply_with};
use crate::tokens::{builder, client, list, says_nothing_secret};

/// The token in every answer of these tests, which no error repeats.
const TOKEN: &str = "made-up-token-7f2e";

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

fn issued(more: &str) -> String {
    format!(r#"{{"access_token":"{TOKEN}","token_type":"Bearer"{more}}}"#)
}

/// A service whose tokens come in this answer, and an API that takes them.
async fn service(answer: impl Fn() -> Response<Body> + Send + Sync + 'static) -> Server {
    Server::start(move |asked, _| {
        if asked.target == "/token" {
            return answer();
        }
        assert_eq!(
            asked.header("authorization"),
            Some(format!("Bearer {TOKEN}").as_str())
        );
        reply(200, "[]")
    })
    .await
}

fn encoded(coding: &'static str, body: Vec<u8>) -> Box<dyn Fn() -> Response<Body> + Send + Sync> {
    Box::new(move || reply_with(200, &[("content-encoding", coding)], body.clone()))
}

fn plain(body: impl Into<Vec<u8>>) -> Box<dyn Fn() -> Response<Body> + Send + Sync> {
    let body = body.into();
    Box::new(move || reply(200, body.clone()))
}

#[tokio::test]
async fn an_answer_without_a_usable_token_says_what_is_wrong_with_it() {
    let whole = issued("");
    let compressed = gzip(whole.as_bytes());
    let utf_16: Vec<u8> = whole.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let long = issued(&format!(r#","scope":"{}""#, "x".repeat(70_000)));
    for (answer, words) in [
        (plain(long.clone()), "more than 64 KiB"),
        (encoded("gzip", gzip(long.as_bytes())), "more than 64 KiB"),
        (
            encoded("gzip", gzip(&vec![b' '; 64 << 20])),
            "more than 64 KiB",
        ),
        (
            encoded("gzip", compressed[..compressed.len() - 9].to_vec()),
            "damaged or incomplete",
        ),
        (
            encoded("gzip", whole.clone().into_bytes()),
            "damaged or incomplete",
        ),
        (
            encoded("br", whole.clone().into_bytes()),
            "is encoded (br), and this was not asked for",
        ),
        (encoded("gzip, gzip", gzip(&compressed)), "not asked for"),
        (plain(utf_16), "not in UTF-8"),
        (
            plain(
                issued(",\"name\":\"Zo\u{eb}\"")
                    .chars()
                    .map(|it| it as u8)
                    .collect::<Vec<_>>(),
            ),
            "not in UTF-8",
        ),
        (plain(&whole[..40]), "breaks off"),
        (plain("<html>Sign in</html>"), "is no JSON"),
        (plain("[]"), "no object"),
        (plain(""), "is empty"),
        (plain("{}"), "holds no `access_token`"),
        (plain(r#"{"access_token":5}"#), "empty or no text"),
    ] {
        let server = service(answer).await;
        let error = list(&client(&server)).await.unwrap_err();
        assert!(error.is_token() && !error.is_transient(), "{error}");
        let said = error.to_string();
        assert!(said.contains("the answer of the token service"), "{said}");
        assert!(said.contains(words), "{words}: {said}");
        let is_missing = said.contains("holds no `access_token`");
        assert_eq!(is_missing, words.starts_with("holds no"), "{said}");
        says_nothing_secret(&error, &[TOKEN]);
        assert_eq!(server.asked().len(), 1, "it would be the same again");
    }
}

/// It is asked for the coding that is taken, and a refusal in another one names it.
#[tokio::test]
async fn a_refusal_in_a_foreign_coding_says_so() {
    for (status, body, is_named) in [(400, "x", true), (401, "x", true), (400, "", false)] {
        let server = service(move || reply_with(status, &[("content-encoding", "br")], body)).await;
        let error = list(&client(&server)).await.unwrap_err();
        assert!(error.is_token(), "{error}");
        let says = "its reasons are in a coding that was not asked for (br)";
        assert_eq!(error.to_string().contains(says), is_named, "{error}");
        let asked = server.only();
        assert_eq!(asked.header("accept-encoding"), Some("gzip"));
    }
}

#[tokio::test]
async fn what_is_said_of_the_end_of_a_token_does_not_make_it_useless() {
    for lifetime in [
        "1e400", "-1e400", "-1", "0", "1e308", "\"soon\"", "\"\"", "null", "[]", "{}", "true",
    ] {
        for name in ["expires_in", "expires_at", "expires", "scope"] {
            let answer = plain(issued(&format!(r#","{name}":{lifetime}"#)));
            let server = service(answer).await;
            let answer = list(&client(&server)).await;
            assert!(answer.is_ok(), "{name}, {lifetime}: {answer:?}");
        }
    }
    let compressed = service(encoded("gzip", gzip(issued("").as_bytes()))).await;
    assert!(list(&client(&compressed)).await.is_ok());
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_asked_for_again() {
    let server = service(|| {
        let pieces = [
            Ok(Bytes::from_static(b"{\"access")),
            Err("broken on purpose"),
        ];
        reply(200, Body::from_stream(stream::iter(pieces)))
    })
    .await;
    let error = list(&client(&server)).await.unwrap_err();
    assert!(error.is_token() && error.is_transient(), "{error}");
    assert!(
        error
            .to_string()
            .contains("the connection to the token service broke"),
        "{error}"
    );
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn an_endless_answer_of_the_token_service_is_given_up() {
    let server = service(|| {
        let piece = || Ok::<_, Infallible>(Bytes::from_static(&[b' '; 16 * 1024]));
        reply(
            200,
            Body::from_stream(stream::iter(std::iter::repeat_with(piece))),
        )
    })
    .await;
    let error = list(&client(&server)).await.unwrap_err();
    assert!(error.to_string().contains("more than 64 KiB"), "{error}");
}

/// A service that answers every request with informational answers without an end. Not as fast as they are taken: hyper
/// parses up to 50 MB of them before a timer gets its turn, which is half a minute in a debug build, and half a second otherwise.
struct Flood {
    address: std::net::SocketAddr,
    over: Arc<AtomicBool>,
}

impl Flood {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let over = Arc::new(AtomicBool::new(false));
        let is_over = Arc::clone(&over);
        // Threads of their own, so that the service does not wait for the client.
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                let is_over = Arc::clone(&is_over);
                std::thread::spawn(move || {
                    let mut connection = connection.unwrap();
                    // hyper takes what comes before its request for a mistake.
                    let _ = connection.read(&mut [0; 4096]);
                    let hint = b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n";
                    while !is_over.load(Ordering::Relaxed) && connection.write_all(hint).is_ok() {
                        std::thread::sleep(Duration::from_millis(1));
                    }
                });
            }
        });
        Self { address, over }
    }
}

impl Drop for Flood {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
    }
}

#[tokio::test]
async fn informational_answers_without_an_end_do_not_outlast_the_time_of_a_call() {
    let flood = Flood::start();
    let api = Server::answering(200, "[]").await;
    let timeout = Duration::from_secs(1);
    let of_tokens = builder(&api).token_url(format!("http://{}/token", flood.address));
    let of_tokens = of_tokens.timeout(timeout).build().unwrap().0;
    let of_api = api.builder().base_url(format!("http://{}", flood.address));
    let of_api = of_api.timeout(timeout).build().unwrap().0;
    let of_attempts = api.builder().base_url(format!("http://{}", flood.address));
    let of_attempts = of_attempts.attempt_timeout(timeout).build().unwrap().0;
    for (what, core) in [
        ("token", of_tokens),
        ("call", of_api),
        ("attempt", of_attempts),
    ] {
        let began = Instant::now();
        let error = list(&core).await.unwrap_err();
        let took = began.elapsed();
        assert!(error.is_timeout(), "{what}: {error}");
        assert!(took < Duration::from_secs(8), "{what}: {took:?}");
    }
}
