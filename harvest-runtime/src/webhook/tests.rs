use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::Value;

use super::{
    Deduplicator, Delivery, DeliveryKey, HandleError, HandledDeliveries, HandledInMemory,
    InvalidSecrets, Outcome, Protocol, Rejected, Secrets, Verifier,
};
use crate::StoreFuture;

const PROTOCOL: &Protocol = &Protocol {
    signature_header: "signature",
    algorithm: "sha256",
    event_id_header: "event-id",
    success: 200,
    waits: &[Duration::from_secs(60), Duration::from_secs(900)],
};

const PING: &str = r#"{"action":"ping","payload":{}}"#;
const ESCAPED: &str = concat!(
    r#"{"action":"job_post_updated","#,
    r#""payload":{"content":"\u003cp\u003eCaf\u00e9 \u0026 more\u003c/p\u003e"}}"#
);
const RAW: &str = r#"{"payload":{"content":"<p>Zoë Łukasz 東京</p>"}}"#;

/// Secret, body, and the HMAC as Python's `hmac` computes it.
const VECTORS: [(&str, &str, &str); 6] = [
    (
        "nest of wrens",
        PING,
        "b5c1fa07787c932c566dece98cb505a01502fcb2b147f71cecace9b6b2c6f2c0",
    ),
    (
        "nest of wrens",
        ESCAPED,
        "234808ae6697f984cc0079940709525aacfd37077846db66b50d53eef2b491fd",
    ),
    (
        "nest of wrens",
        RAW,
        "8d9b977352e431b18e4944621492ac7d78f35db6cbea6d1d7d27c703fd98fae4",
    ),
    (
        "clé à molette 鍵",
        PING,
        "7ade686d1f22727e18acc52863faa38eec4e6a7e625f0d0bb24c22a43672212f",
    ),
    (
        "x",
        "",
        "f27e6527d6b8408430a666b746070c307f542bb54ee7e6dcb303f3e52c0b09fb",
    ),
    (
        " spaced\t",
        "{}",
        "fe78c85e420b5248338c2a8677e7d321def438e0500e7f6005f5ae7e3a7e7978",
    ),
];

fn verifier(secrets: &[&str]) -> Verifier {
    Verifier::new(PROTOCOL, Secrets::new(secrets).unwrap())
}

fn signed(value: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(
        "signature",
        HeaderValue::from_bytes(value.as_bytes()).unwrap(),
    );
    headers
}

fn verify(verifier: &Verifier, value: &str, body: &str) -> Result<Delivery, Rejected> {
    verifier.verify(&signed(value), Bytes::from(body.to_owned()))
}

fn delivery(id: Option<&str>, body: &str) -> Delivery {
    let verifier = verifier(&["x"]);
    let mut headers = signed(&verifier.signature(body.as_bytes()));
    if let Some(id) = id {
        headers.insert("event-id", HeaderValue::from_bytes(id.as_bytes()).unwrap());
    }
    verifier
        .verify(&headers, Bytes::from(body.to_owned()))
        .unwrap()
}

#[test]
fn what_another_implementation_signed_is_taken() {
    for (secret, body, digits) in VECTORS {
        let verifier = verifier(&[secret]);
        let header = format!("sha256 {digits}");
        assert_eq!(verifier.signature(body.as_bytes()), header);
        let delivery = verify(&verifier, &header, body).unwrap();
        assert_eq!(delivery.body(), body.as_bytes());
        // The digits are a number; their case says nothing.
        let upper = format!("sha256 {}", digits.to_uppercase());
        assert!(verify(&verifier, &upper, body).is_ok());
    }
    // A key longer than the block of the hash is hashed itself.
    let long = verifier(&["k".repeat(200).as_str()]);
    let header = "sha256 854377059e948d72b6c302616a507ca1153be5be611a39bfc1770c26f4ade94e";
    assert_eq!(long.signature(b"{}"), header);
}

#[test]
fn any_byte_that_was_changed_added_or_lost_is_a_forgery() {
    for (secret, body, digits) in VECTORS {
        let verifier = verifier(&[secret]);
        let headers = signed(&format!("sha256 {digits}"));
        let rejects = |body: Vec<u8>| {
            let result = verifier.verify(&headers, body.into());
            assert_eq!(result.unwrap_err(), Rejected::Forged);
        };
        for at in 0..body.len() {
            let mut changed = body.as_bytes().to_vec();
            changed[at] ^= 1;
            rejects(changed);
            let mut shorter = body.as_bytes().to_vec();
            shorter.remove(at);
            rejects(shorter);
        }
        rejects([body.as_bytes(), b" "].concat());
        rejects([b"\n", body.as_bytes()].concat());
    }
}

#[test]
fn json_that_was_parsed_and_written_again_is_a_forgery() {
    let verifier = verifier(&["nest of wrens"]);
    let parsed: Value = serde_json::from_str(ESCAPED).unwrap();
    let again = parsed.to_string();
    assert_ne!(again, ESCAPED);
    let header = verifier.signature(ESCAPED.as_bytes());
    assert!(verify(&verifier, &header, ESCAPED).is_ok());
    let result = verify(&verifier, &header, &again);
    assert_eq!(result.unwrap_err(), Rejected::Forged);
}

#[test]
fn every_digit_of_the_signature_counts() {
    let (secret, body, digits) = VECTORS[1];
    let verifier = verifier(&[secret]);
    for at in 0..64 {
        let other = if &digits[at..=at] == "0" { "1" } else { "0" };
        let header = format!("sha256 {}{other}{}", &digits[..at], &digits[at + 1..]);
        let result = verify(&verifier, &header, body);
        assert_eq!(result.unwrap_err(), Rejected::Forged, "{at}");
    }
}

#[test]
fn signatures_of_another_form_are_malformed() {
    let (secret, body, digits) = VECTORS[0];
    let verifier = verifier(&[secret]);
    let cut = &digits[..63];
    for header in [
        String::new(),
        " ".to_owned(),
        "sha256".to_owned(),
        "sha256 ".to_owned(),
        digits.to_owned(),
        format!("sha256={digits}"),
        format!("sha256  {digits}"),
        format!("sha256\t{digits}"),
        format!("SHA256 {digits}"),
        format!("sha1 {digits}"),
        format!("sha2566 {digits}"),
        format!("sha256 {cut}"),
        format!("sha256 {cut}g"),
        format!("sha256 {cut} "),
        format!("sha256 {digits}0"),
        format!("sha256 {digits},sha256 {digits}"),
        format!("sha256 {}é", &digits[..62]),
        format!("sha256 +{cut}"),
        format!("sha256 0x{}", &digits[..62]),
    ] {
        let result = verify(&verifier, &header, body);
        assert_eq!(result.unwrap_err(), Rejected::Malformed, "{header}");
    }
    let none = verifier.verify(&HeaderMap::new(), Bytes::from_static(PING.as_bytes()));
    assert_eq!(none.unwrap_err(), Rejected::Unsigned);
    // One right signature beside another one, in either order: a proxy or a stranger added one.
    for extra in [0, 1] {
        let right = HeaderValue::from_str(&format!("sha256 {digits}")).unwrap();
        let mut values = [right.clone(), right];
        values[extra] = HeaderValue::from_static("sha256 00");
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("signature", value);
        }
        let result = verifier.verify(&headers, Bytes::from_static(PING.as_bytes()));
        assert_eq!(result.unwrap_err(), Rejected::Malformed);
    }
}

#[test]
fn each_of_several_secrets_is_taken_and_no_other() {
    let both = verifier(&["the new one", "the old one"]);
    for secret in ["the new one", "the old one"] {
        let header = verifier(&[secret]).signature(PING.as_bytes());
        assert!(verify(&both, &header, PING).is_ok(), "{secret}");
    }
    let newest = verifier(&["the new one"]).signature(PING.as_bytes());
    assert_eq!(both.signature(PING.as_bytes()), newest);
    for secret in [
        "the new one ",
        "The new one",
        "the",
        "the new onethe old one",
    ] {
        let header = verifier(&[secret]).signature(PING.as_bytes());
        let result = verify(&both, &header, PING);
        assert_eq!(result.unwrap_err(), Rejected::Forged, "{secret}");
    }
}

#[test]
fn secrets_that_protect_nothing_are_refused() {
    let new = |secrets: &[&str]| Secrets::new(secrets).map(|_| ()).unwrap_err();
    assert_eq!(new(&[]), InvalidSecrets::None);
    assert_eq!(new(&["a", ""]), InvalidSecrets::Empty);
    assert_eq!(new(&["a"; 9]), InvalidSecrets::TooMany);
    assert!(Secrets::new(["a"; 8]).is_ok());
    assert!(Secrets::new([vec![0xff, 0x00]]).is_ok());
}

#[test]
fn a_body_beyond_the_bound_is_not_hashed() {
    let short = verifier(&["x"]).most_bytes(PING.len() - 1);
    let result = verify(&short, "no signature at all", PING);
    assert_eq!(result.unwrap_err(), Rejected::TooLong);
    let exact = verifier(&["x"]).most_bytes(PING.len());
    let header = exact.signature(PING.as_bytes());
    assert!(verify(&exact, &header, PING).is_ok());
}

#[test]
fn a_delivery_is_named_by_its_id_or_its_body() {
    let by_id = delivery(Some("5f0c-1"), PING);
    assert_eq!(by_id.event_id(), Some("5f0c-1"));
    assert_eq!(by_id.key().as_str(), "id 5f0c-1");
    assert_eq!(by_id.key(), delivery(Some("5f0c-1"), ESCAPED).key());
    let hash = "sha256 46c6cfa93bc1b15dfe26c6feedfa0d717f9e7626f960c638e21f7dba80eaf483";
    let long = "a".repeat(201);
    for id in [None, Some(""), Some("  "), Some("é"), Some(long.as_str())] {
        let delivery = delivery(id, PING);
        assert_eq!(delivery.event_id(), None, "{id:?}");
        assert_eq!(delivery.key().as_str(), hash, "{id:?}");
    }
    // An id cannot pass for a body.
    assert_ne!(delivery(Some(hash), ESCAPED).key().as_str(), hash);
}

#[test]
fn bodies_and_secrets_are_in_no_text() {
    let (secret, body, digits) = VECTORS[1];
    let verifier = verifier(&[secret]);
    let delivery = verify(&verifier, &format!("sha256 {digits}"), body).unwrap();
    let error = verify(&verifier, &format!("sha256 {}", "0".repeat(64)), body).unwrap_err();
    let invalid = Secrets::new([secret, ""]).unwrap_err();
    let texts = [
        format!("{verifier:?} {delivery:?} {error:?} {error} {invalid:?} {invalid}"),
        format!("{:?}", delivery.decode::<Vec<u8>>().unwrap_err()),
        delivery.decode::<Vec<u8>>().unwrap_err().to_string(),
    ];
    for text in texts {
        for part in ["wrens", "Caf", "u003c", "job_post", &digits[..8]] {
            assert!(!text.contains(part), "{part} is in {text}");
        }
    }
}

#[test]
fn a_signed_body_that_is_no_json_is_a_decoding_error() {
    for body in ["", "no json", "[", "\u{feff}"] {
        assert!(delivery(None, body).decode::<Value>().is_err(), "{body}");
    }
    let value = delivery(None, ESCAPED).decode::<Value>().unwrap();
    assert_eq!(value["payload"]["content"], "<p>Café & more</p>");
}

#[test]
fn the_span_is_that_of_all_waits() {
    assert_eq!(PROTOCOL.span(), Duration::from_secs(960));
}

#[tokio::test]
async fn a_repeated_delivery_is_handled_once() {
    let events = Deduplicator::default();
    let calls = AtomicUsize::new(0);
    let handle = async || {
        calls.fetch_add(1, Ordering::Relaxed);
        Ok::<_, ()>("done")
    };
    let first = delivery(Some("1"), PING);
    let outcome = events.handle(&first, handle()).await.unwrap();
    assert_eq!(outcome, Outcome::Handled("done"));
    for repeated in [first.clone(), delivery(Some("1"), ESCAPED)] {
        let outcome = events.handle(&repeated, handle()).await.unwrap();
        assert_eq!(outcome, Outcome::Repeated);
        assert_eq!(outcome.status(), StatusCode::OK);
    }
    for other in [delivery(Some("2"), PING), delivery(None, PING)] {
        let outcome = events.clone().handle(&other, handle()).await.unwrap();
        assert_eq!(outcome, Outcome::Handled("done"));
    }
    assert_eq!(calls.into_inner(), 3);
}

#[tokio::test]
async fn a_delivery_that_failed_or_was_cancelled_is_handled_the_next_time() {
    let events = Deduplicator::default();
    let delivery = delivery(None, PING);
    let failed = events.handle(&delivery, async { Err::<(), _>("no") }).await;
    assert!(matches!(failed, Err(HandleError::Handling("no"))));
    let endless = events.handle(&delivery, std::future::pending::<Result<(), ()>>());
    let cancelled = tokio::time::timeout(Duration::from_millis(1), endless).await;
    assert!(cancelled.is_err());
    let outcome = events.handle(&delivery, async { Ok::<_, ()>(()) }).await;
    assert_eq!(outcome.unwrap(), Outcome::Handled(()));
}

#[tokio::test]
async fn a_repetition_meanwhile_has_to_come_again() {
    let events = Deduplicator::default();
    let delivery = delivery(None, PING);
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let (first, second) = tokio::join!(events.handle(&delivery, ended), async {
        let second = events.handle(&delivery, async { Ok::<_, ()>(()) }).await;
        end.send(()).unwrap();
        second
    });
    assert_eq!(first.unwrap(), Outcome::Handled(()));
    let second = second.unwrap();
    assert_eq!(second, Outcome::InProgress);
    assert_eq!(second.status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn memory_forgets_the_oldest_first() {
    let store = HandledInMemory::new(2);
    assert!(store.is_empty());
    let keys: Vec<_> = ["1", "2", "2", "3"]
        .into_iter()
        .map(|id| delivery(Some(id), PING).key().clone())
        .collect();
    for key in &keys {
        store.insert(key).await.unwrap();
        assert!(store.len() <= 2);
    }
    assert!(!store.contains(&keys[0]).await.unwrap());
    assert!(store.contains(&keys[1]).await.unwrap());
    assert!(store.contains(&keys[3]).await.unwrap());
    assert_eq!(store.len(), 2);
}

/// A store that fails.
struct Broken(Arc<AtomicUsize>);

impl HandledDeliveries for Broken {
    fn contains<'a>(&'a self, _: &'a DeliveryKey) -> StoreFuture<'a, bool> {
        Box::pin(async { Err("the disk is full".into()) })
    }

    fn insert<'a>(&'a self, _: &'a DeliveryKey) -> StoreFuture<'a, ()> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Ok(()) })
    }
}

#[tokio::test]
async fn without_a_store_nothing_is_handled() {
    let inserted = Arc::new(AtomicUsize::new(0));
    let events = Deduplicator::new(Broken(Arc::clone(&inserted)));
    let handling = async { Err::<(), _>(std::io::Error::other("handled")) };
    let result = events.handle(&delivery(None, PING), handling).await;
    let error = result.unwrap_err();
    assert!(matches!(error, HandleError::Store(_)));
    assert!(std::error::Error::source(&error).is_some());
    assert_eq!(inserted.load(Ordering::Relaxed), 0);
}

#[cfg(feature = "axum")]
mod extractor {
    use std::convert::Infallible;
    use std::task::Poll;

    use axum::Router;
    use axum::body::Body;
    use axum::extract::{FromRequest as _, Request};

    use super::*;

    async fn extract(verifier: &Verifier, request: Request) -> Result<Delivery, Rejected> {
        Delivery::from_request(request, verifier).await
    }

    fn request(signature: &str, body: Body) -> Request {
        let builder = Request::post("/").header("signature", signature);
        builder.header("event-id", "e-1").body(body).unwrap()
    }

    fn parts(parts: &'static [&'static str]) -> Body {
        let stream = futures_util::stream::iter(parts.iter().copied().map(Ok::<_, Infallible>));
        Body::from_stream(stream)
    }

    #[tokio::test]
    async fn a_body_in_parts_is_verified_as_a_whole() {
        let verifier = verifier(&["nest of wrens"]);
        let header = verifier.signature(b"{\"a\":1}");
        let whole = request(&header, parts(&["{\"a\"", "", ":1}"]));
        let delivery = extract(&verifier, whole).await.unwrap();
        assert_eq!(delivery.body(), "{\"a\":1}");
        assert_eq!(delivery.event_id(), Some("e-1"));
        let less = request(&header, parts(&["{\"a\"", ":1"]));
        assert_eq!(
            extract(&verifier, less).await.unwrap_err(),
            Rejected::Forged
        );
    }

    #[tokio::test]
    async fn a_body_is_read_up_to_its_bounds() {
        let verifier = verifier(&["x"]).most_bytes(6);
        let header = verifier.signature(b"{\"a\":1}");
        let long = request(&header, parts(&["{\"a\"", ":1}"]));
        assert_eq!(
            extract(&verifier, long).await.unwrap_err(),
            Rejected::TooLong
        );
        let never = Body::from_stream(futures_util::stream::pending::<Result<Bytes, Infallible>>());
        let verifier = verifier.read_timeout(Duration::from_millis(5));
        let never = request(&header, never);
        assert_eq!(
            extract(&verifier, never).await.unwrap_err(),
            Rejected::Unread
        );
    }

    #[tokio::test]
    async fn bodies_whose_sender_is_not_known_yet_share_some_room() {
        use futures_util::StreamExt as _;
        use futures_util::stream::{iter, pending};
        let piece = Bytes::from(vec![b' '; 64 * 1024]);
        let verifier = verifier(&["x"]).bytes_at_once(4 * piece.len());
        let verifier = verifier.read_timeout(Duration::from_millis(50));
        let header = verifier.signature(b"{}");
        let endless = |_| {
            let stream = iter([Ok::<_, Infallible>(piece.clone())]).chain(pending());
            extract(&verifier, request(&header, Body::from_stream(stream)))
        };
        let all = futures_util::future::join_all((0..20).map(endless)).await;
        let count = |why| {
            let found = all.iter().filter(|it| it.as_ref().err() == Some(&why));
            found.count()
        };
        assert_eq!((count(Rejected::Unread), count(Rejected::Busy)), (4, 16));
        assert_eq!(Rejected::Busy.status(), 503);
        // It is given back, also by what was not read to its end.
        for _ in 0..100 {
            let body = request(&header, Body::from("{}"));
            assert!(extract(&verifier, body).await.is_ok());
            let whole = request(&header, Body::from(vec![b' '; 4 * piece.len()]));
            assert_eq!(
                extract(&verifier, whole).await.unwrap_err(),
                Rejected::Forged
            );
            let more = request(&header, Body::from(vec![b' '; 4 * piece.len() + 1]));
            assert_eq!(extract(&verifier, more).await.unwrap_err(), Rejected::Busy);
        }
        // A body that is taken at all finds room.
        let large = verifier.most_bytes(80 * 1024 * 1024);
        let body = request(&header, Body::from(vec![b' '; 70 * 1024 * 1024]));
        assert_eq!(extract(&large, body).await.unwrap_err(), Rejected::Forged);
    }

    #[tokio::test]
    async fn a_request_without_a_signature_is_not_read() {
        let verifier = verifier(&["x"]);
        let unread =
            futures_util::stream::poll_fn(|_| -> Poll<Option<Result<Bytes, Infallible>>> {
                panic!("the body was read")
            });
        let request = request("sha256=00", Body::from_stream(unread));
        let result = extract(&verifier, request).await;
        assert_eq!(result.unwrap_err(), Rejected::Malformed);
    }

    #[tokio::test]
    async fn a_router_answers_with_the_status_alone() {
        let verifier = verifier(&["x"]);
        let app = Router::new().route("/", axum::routing::post(async |_: Delivery| "stored"));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let app = app.with_state(verifier.clone());
        let server = tokio::spawn(async move { axum::serve(listener, app).await });
        let client = reqwest::Client::new();
        for (header, status, text) in [
            (verifier.signature(b"{}"), 200, "stored"),
            (verifier.signature(b"{ }"), 401, ""),
            ("sha256".to_owned(), 401, ""),
        ] {
            let sent = client.post(&url).header("signature", header).body("{}");
            let answer = sent.send().await.unwrap();
            assert_eq!(answer.status(), status);
            assert_eq!(answer.text().await.unwrap(), text);
        }
        server.abort();
    }
}
