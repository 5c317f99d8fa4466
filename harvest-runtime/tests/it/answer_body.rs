//! Answers that are too large, compressed, or both.

use std::convert::Infallible;
use std::io::Write as _;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::http::Response;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::stream;
use harvest_runtime::chrono::Utc;
use harvest_runtime::retry::{Never, RetryPolicy as _, Standard};
use harvest_runtime::{
    CallOptions, ClientBuilder, Core, Error, Limiter, Method, RawRequest, decode, reqwest,
};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::server::{CREATE_USER, Harvest, LIST_USERS, Server, reply, reply_with};

const MIB: u64 = 1024 * 1024;

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

fn encoded(coding: &str, body: impl Into<Body>) -> Response<Body> {
    reply_with(200, &[("content-encoding", coding)], body)
}

/// Pieces without an end.
/// A piece of an answer that never ends.
static SPACES: &[u8] = &[b' '; 16 * 1024];

fn endless(piece: &'static [u8]) -> Body {
    let pieces = std::iter::repeat_with(move || Ok::<_, Infallible>(Bytes::from_static(piece)));
    Body::from_stream(stream::iter(pieces))
}

/// A client that takes answers of so many bytes.
fn limited(server: &Server, bytes: u64) -> Core {
    let builder = server.builder().max_response_bytes(bytes);
    builder.build().unwrap().0
}

async fn read(core: &Core) -> Result<Value, Error> {
    let answer = core.request(&LIST_USERS).send(decode::json::<Value>).await;
    answer.map(harvest_runtime::Response::into_value)
}

#[tokio::test]
async fn an_endless_answer_is_given_up_at_the_limit() {
    let server = Server::start(|_, _| Response::new(endless(SPACES))).await;
    let error = read(&server.client()).await.unwrap_err();
    assert!(error.is_response_too_large() && !error.is_decode() && !error.is_transient());
    assert!(!error.is_too_large(), "that is about files");
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert_eq!(
        error.to_string(),
        "list_users (GET /v1/users): 200 OK: the answer has more than 67108864 bytes and was not \
         read; ask for less (smaller pages, filters), or raise ClientBuilder::max_response_bytes"
    );
}

#[tokio::test]
async fn the_limit_is_what_is_set() {
    let server = Server::start(|_, _| reply(200, format!("[{}1]", " ".repeat(997)))).await;
    let strict = |bytes| limited(&server, bytes);
    // One byte less than it has, and what it says it has is not even asked for.
    assert!(
        read(&strict(999))
            .await
            .unwrap_err()
            .is_response_too_large()
    );
    assert_eq!(read(&strict(1000)).await.unwrap(), serde_json::json!([1]));
    let generous = CallOptions::new().max_response_bytes(1000);
    read(&strict(10).with_options(generous)).await.unwrap();

    // Without a length.
    let server = Server::start(|_, _| {
        let pieces =
            std::iter::repeat_n(Ok::<_, Infallible>(Bytes::from_static(b"          ")), 100);
        Response::new(Body::from_stream(stream::iter(pieces)))
    })
    .await;
    let strict = |bytes| limited(&server, bytes);
    assert!(
        read(&strict(999))
            .await
            .unwrap_err()
            .is_response_too_large()
    );
    assert!(read(&strict(1000)).await.unwrap_err().is_decode());
}

#[tokio::test]
async fn a_change_with_too_large_an_answer_is_not_sent_again() {
    let server = Server::start(|_, _| Response::new(endless(SPACES))).await;
    let core = server
        .builder()
        .retry(Standard.with_attempt_limit(5))
        .max_response_bytes(MIB)
        .build()
        .unwrap()
        .0;
    let mut request = core.request(&CREATE_USER);
    request.acting_user(5);
    let error = request.send(decode::empty).await.unwrap_err();
    assert!(error.is_response_too_large());
    assert_eq!((error.attempts(), server.asked().len()), (1, 1));
}

#[tokio::test]
async fn an_endless_error_is_cut_off() {
    let server = Server::start(|_, _| {
        let mut answer = Response::new(endless(SPACES));
        *answer.status_mut() = axum::http::StatusCode::BAD_REQUEST;
        answer
    })
    .await;
    let error = read(&server.client()).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 400);
}

#[tokio::test]
async fn gzip_is_asked_for_and_taken() {
    let body = gzip(br#"[{"id":1,"name":"Mira"}]"#);
    let server = Server::start(move |_, _| encoded("gzip", body.clone())).await;
    let request = server.client().request(&LIST_USERS);
    let answer = request.send(decode::json::<Value>).await.unwrap();
    assert_eq!(answer[0]["name"], "Mira");
    assert_eq!(answer.bytes().as_ref(), br#"[{"id":1,"name":"Mira"}]"#);
    assert!(!answer.headers().contains_key("content-encoding"));
    assert!(!answer.headers().contains_key("content-length"));
    assert_eq!(server.only().header("accept-encoding"), Some("gzip"));
}

#[tokio::test]
async fn a_list_of_compressed_pages() {
    let server = Server::start(|asked, url| {
        if asked.target.contains("page=2") {
            return encoded("GZIP", gzip(b"[3]"));
        }
        let link = format!("<{url}/v1/users?page=2>; rel=\"next\"");
        let headers = [("link", link.as_str()), ("content-encoding", "gzip")];
        reply_with(200, &headers, gzip(b"[1,2]"))
    })
    .await;
    let mut items = server.client().request(&LIST_USERS).items::<i64>();
    for id in [1, 2, 3] {
        assert_eq!(items.next().await.unwrap().unwrap(), id);
    }
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn an_error_may_be_compressed_too() {
    let body = gzip(br#"{"errors":[{"message":"is taken","field":"email"}]}"#);
    let server =
        Server::start(move |_, _| reply_with(422, &[("content-encoding", "gzip")], body.clone()))
            .await;
    let error = read(&server.client()).await.unwrap_err();
    assert_eq!(error.field_errors()[0].field(), Some("email"));
    // And one that cannot be read still has its status.
    let server = Server::start(|_, _| reply_with(422, &[("content-encoding", "br")], "x")).await;
    let error = read(&server.client()).await.unwrap_err();
    assert!(error.is_validation() && error.field_errors().is_empty());
}

#[tokio::test]
async fn the_limit_counts_what_comes_out() {
    let bomb = gzip(&vec![b' '; usize::try_from(65 * MIB).unwrap()]);
    assert!((bomb.len() as u64) < MIB);
    let server = Server::start(move |_, _| encoded("gzip", bomb.clone())).await;
    let error = read(&server.client()).await.unwrap_err();
    assert!(error.is_response_too_large(), "{error}");

    // What comes in counts as well: empty members decompress to nothing, for ever.
    let member: &'static [u8] = gzip(b"").leak();
    let server = Server::start(move |_, _| encoded("gzip", endless(member))).await;
    let core = server.builder().max_response_bytes(MIB).build().unwrap().0;
    assert!(read(&core).await.unwrap_err().is_response_too_large());
}

#[tokio::test]
async fn a_damaged_stream_is_an_error_and_passes() {
    let whole = gzip(format!("[{}]", "1,".repeat(5000) + "1").as_bytes());
    let mut wrong = whole.clone();
    let last = wrong.len() - 6;
    wrong[last] ^= 1;
    let trailing = [whole.as_slice(), b"garbage"].concat();
    for damaged in [
        &whole[..whole.len() / 2],
        &whole[..5],
        &wrong,
        &trailing,
        b"[1]".as_slice(),
    ] {
        let damaged = damaged.to_vec();
        let whole = whole.clone();
        let once = std::sync::Once::new();
        let server = Server::start(move |_, _| {
            let mut body = whole.clone();
            once.call_once(|| body.clone_from(&damaged));
            encoded("gzip", body)
        })
        .await;
        let error = read(&server.client()).await.unwrap_err();
        assert!(error.is_bad_encoding() && error.is_transient(), "{error:?}");
        read(&server.client()).await.unwrap();
    }
    // It is read again, as what breaks off is.
    let once = std::sync::Once::new();
    let server = Server::start(move |_, _| {
        let mut body = whole.clone();
        once.call_once(|| body.truncate(20));
        encoded("gzip", body)
    })
    .await;
    let builder = server
        .builder()
        .retry(Standard)
        .limiter(Limiter::unlimited());
    assert_eq!(
        read(&builder.build().unwrap().0)
            .await
            .unwrap()
            .as_array()
            .unwrap()
            .len(),
        5001
    );
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn another_encoding_is_an_error_that_says_so() {
    for coding in ["br", "zstd", "deflate", "gzip, br", "compress"] {
        let server = Server::start(move |_, _| encoded(coding, "\u{1}\u{2}")).await;
        let error = read(&server.client()).await.unwrap_err();
        assert!(error.is_bad_encoding() && !error.is_transient() && !error.is_decode());
        let text = error.to_string();
        assert!(
            text.contains(&format!(
                "200 OK: the answer is encoded ({coding}), and this was not asked for"
            )),
            "{text}"
        );
    }
    let server = Server::start(|_, _| encoded("jane@example.com", "x")).await;
    let text = read(&server.client()).await.unwrap_err().to_string();
    assert!(
        text.contains("is encoded, and") && !text.contains("jane"),
        "{text}"
    );
    // No coding at all, and no body at all.
    for coding in ["identity", ""] {
        let server = Server::start(move |_, _| encoded(coding, "[1]")).await;
        read(&server.client()).await.unwrap();
    }
    let server = Server::start(|_, _| encoded("gzip", "")).await;
    server
        .client()
        .request(&LIST_USERS)
        .send(decode::empty)
        .await
        .unwrap();
}

#[tokio::test]
async fn the_header_is_the_clients() {
    let server = Server::answering(200, "[]").await;
    let request = RawRequest::new(&server.client(), Method::Get, "/v1/users");
    let error = request
        .header("Accept-Encoding", "br")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_invalid_request());
}

#[tokio::test]
async fn a_client_of_ones_own_may_decompress_or_not() {
    let body = gzip(b"[1]");
    let server = Server::start(move |_, _| encoded("gzip", body.clone())).await;
    let own = reqwest::Client::builder().no_proxy().build().unwrap();
    let core = server.builder().http_client(own).build().unwrap().0;
    assert_eq!(read(&core).await.unwrap(), serde_json::json!([1]));
}

#[tokio::test]
async fn a_file_is_asked_for_as_it_is() {
    let server = Server::start(|asked, _| match asked.target.as_str() {
        "/plain" => reply(200, "%PDF"),
        _ => encoded("gzip", gzip(b"%PDF")),
    })
    .await;
    let core = server.client();
    let plain = core
        .download(&format!("{}/plain", server.url()))
        .bytes()
        .await
        .unwrap();
    assert_eq!(plain.as_ref(), b"%PDF");
    assert_eq!(server.only().header("accept-encoding"), Some("identity"));
    let error = core
        .download(&format!("{}/odd", server.url()))
        .bytes()
        .await
        .unwrap_err();
    assert!(error.is_download() && !error.is_transient());
    assert!(
        error.to_string().contains("the file is encoded (gzip)"),
        "{error}"
    );
}

#[tokio::test]
async fn a_small_answer_of_very_many_values_is_not_decoded() {
    for item in ["{\"id\":1},", "[],", "{\"a\":[]},", "null,", "\"\",", "0,"] {
        let body = gzip(format!("[{}0]", item.repeat(1_000_000)).as_bytes());
        assert!(body.len() < 200 * 1024, "{}", body.len());
        let server = Server::start(move |_, _| encoded("gzip", body.clone())).await;
        let error = server
            .client()
            .request(&LIST_USERS)
            .items::<Value>()
            .next()
            .await;
        let error = error.unwrap().unwrap_err();
        assert!(
            error.is_response_too_large() && !error.is_transient(),
            "{error}"
        );
        let text = error.to_string();
        assert!(
            text.contains("more than 174762 objects and lists, or 349524 values")
                && text.contains("ClientBuilder::max_response_bytes"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn three_megabytes_of_numbers_are_not_decoded_by_lenient_lists_either() {
    for item in ["0", "true", "-1"] {
        let body = format!("[{}{item}]", format!("{item},").repeat(1_500_000));
        let server = Server::start(move |_, _| encoded("gzip", gzip(body.as_bytes()))).await;
        let mut items = server
            .client()
            .request(&LIST_USERS)
            .items::<Value>()
            .lenient();
        let error = items.next().await.unwrap().unwrap_err();
        assert!(error.is_response_too_large(), "{error}");
    }
}

/// Within the limit as they came, they become six times as long.
#[tokio::test]
async fn an_answer_of_control_characters_is_not_decoded() {
    for (before, after) in [
        ("[{\"id\":1,\"other\":\"", "\"}]"),
        ("[{\"id\":1,\"first_name\":[\"", "\"]}]"),
        ("[[\"", "\"],]"),
    ] {
        for (text, count, refused) in [
            (&b"\x01"[..], 2_000_000, true),
            (b"\xff\n", 1_300_000, true),
            (b"\x01", 100, false),
        ] {
            let body = [before.as_bytes(), &text.repeat(count), after.as_bytes()].concat();
            let server = Server::start(move |_, _| encoded("gzip", gzip(&body))).await;
            let core = limited(&server, 4 << 20);
            let items = || core.request(&LIST_USERS).items::<Value>();
            let strict = items().next().await.unwrap().err();
            let lenient = items().lenient().next().await.unwrap().err();
            for error in [&strict, &lenient].into_iter().flatten() {
                let text = error.to_string();
                assert_eq!(error.is_response_too_large(), refused, "{text}");
                assert_eq!(
                    text.contains("eight times the limit of 4194304 bytes"),
                    refused,
                    "{text}"
                );
            }
            assert!(!refused || strict.is_some() && lenient.is_some());
        }
    }
}

#[tokio::test]
async fn gzip_of_very_many_members_is_given_up() {
    let one = [gzip(b"[1"), gzip(b"").repeat(900), gzip(b"]")].concat();
    let server = Server::start(move |_, _| encoded("gzip", one.clone())).await;
    assert_eq!(
        read(&server.client()).await.unwrap(),
        serde_json::json!([1])
    );

    let many: &'static [u8] = gzip(b"").repeat(800).leak();
    let server = Server::start(move |_, _| encoded("gzip", endless(many))).await;
    let error = read(&server.client()).await.unwrap_err();
    assert!(error.is_response_too_large() && !error.is_transient());
    assert!(
        error.to_string().contains("more than 1000 parts"),
        "{error}"
    );
}

/// A header alone makes no room.
#[tokio::test]
async fn an_announced_length_is_no_allocation() {
    let announced = "1000000000000";
    let server =
        Server::start(move |_, _| reply_with(200, &[("content-length", announced)], "[")).await;
    let builder = server.builder().max_response_bytes(u64::MAX).retry(Never);
    // The rest never comes.
    let builder = builder.attempt_timeout(Duration::from_secs(1));
    let error = read(&builder.build().unwrap().0).await.unwrap_err();
    assert!(!error.is_response_too_large(), "{error}");
}

#[tokio::test]
async fn a_refusal_in_a_foreign_coding_says_so() {
    for status in [401, 404, 422, 429, 500] {
        let body = r#"{"message":"PERSONAL-MARK"}"#;
        let server =
            Server::start(move |_, _| reply_with(status, &[("content-encoding", "br")], body))
                .await;
        let core = server.builder().retry(Never).build().unwrap().0;
        let error = read(&core).await.unwrap_err();
        assert!(error.is_bad_encoding(), "{status}");
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.message(), None);
        let says = "its reasons are in a coding that was not asked for (br)";
        assert!(error.to_string().contains(says), "{error}");
    }
}

/// Without a body there is nothing to decode, and nothing to refuse.
#[tokio::test]
async fn an_answer_without_a_body_needs_no_decoding() {
    for coding in ["br", "gzip", "deflate, br", "x-made-up"] {
        let server = Server::start(move |asked, _| {
            let status = if asked.method == "DELETE" { 204 } else { 200 };
            reply_with(status, &[("content-encoding", coding)], "")
        })
        .await;
        let core = server.bearer();
        for method in [Method::Delete, Method::Head, Method::Get] {
            let sent = RawRequest::new(&core, method, "/v1/users/1").send().await;
            let answer = sent.unwrap_or_else(|error| panic!("{coding} {method:?}: {error}"));
            assert!(answer.bytes().is_empty());
        }
        // Of a body that comes in pieces, the length is not known before.
        let url = raw(format!(
            "HTTP/1.1 200 OK\r\ncontent-encoding: {coding}\r\ntransfer-encoding: chunked\r\n\
             connection: close\r\n\r\n0\r\n\r\n"
        ))
        .await;
        let builder = ClientBuilder::<Harvest>::new().credential("a-key");
        let core = builder.base_url(url).retry(Never).build().unwrap().0;
        let sent = core.request(&LIST_USERS).send(decode::empty).await;
        sent.unwrap_or_else(|error| panic!("{coding}: {error}"));
    }
    // Nor are there reasons that were not read.
    let server = Server::start(|_, _| reply_with(404, &[("content-encoding", "br")], "")).await;
    let error = read(&server.client()).await.unwrap_err();
    assert!(!error.is_bad_encoding(), "{error}");
}

/// A coding between two neighbours, which was not asked for by `TE` either.
#[tokio::test]
async fn a_transfer_coding_that_was_not_asked_for_says_so() {
    for (status, coding) in [
        ("200 OK", "gzip, chunked"),
        ("200 OK", "gzip"),
        ("200 OK", "deflate, chunked"),
        ("422 Unprocessable Entity", "gzip, chunked"),
    ] {
        let body = if coding.ends_with("chunked") {
            "4\r\n\u{1f}\u{8}\u{8}x\r\n0\r\n\r\n"
        } else {
            "\u{1f}\u{8}\u{8}x"
        };
        let url = raw(format!(
            "HTTP/1.1 {status}\r\ntransfer-encoding: {coding}\r\nconnection: close\r\n\r\n{body}"
        ))
        .await;
        let builder = ClientBuilder::<Harvest>::new().credential("a-key");
        let core = builder.base_url(url).retry(Never).build().unwrap().0;
        let error = read(&core).await.unwrap_err();
        assert!(
            error.is_bad_encoding() && !error.is_decode(),
            "{coding}: {error}"
        );
        let name = coding.trim_end_matches(", chunked");
        let says = format!("{name} as Transfer-Encoding");
        assert!(error.to_string().contains(&says), "{error}");
    }
}

/// Answers one connection with this text.
async fn raw(answer: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let _ = socket.read(&mut [0; 4096]).await;
        let _ = socket.write_all(answer.as_bytes()).await;
    });
    url
}

/// A refusal whose reasons come byte by byte ends with its status, in a time of its own.
#[tokio::test]
async fn reasons_that_drip_do_not_use_up_the_time_of_the_call() {
    for (status, timeout, retry_after, most) in [
        (429, Some(2), "86400", 1500),
        (429, None, "86400", 1500),
        (503, None, "86400", 1500),
        (429, Some(1), "86400", 1000),
        (404, Some(2), "", 2000),
        (401, None, "", 5500),
    ] {
        let server = Server::start(move |_, _| {
            let drips = stream::unfold((), async |()| {
                tokio::time::sleep(Duration::from_millis(50)).await;
                Some((Ok::<_, Infallible>(Bytes::from_static(b" ")), ()))
            });
            let headers = [("retry-after", retry_after)];
            let named = usize::from(!retry_after.is_empty());
            reply_with(status, &headers[..named], Body::from_stream(drips))
        })
        .await;
        let mut builder = server.builder().retry(Standard.with_attempt_limit(2));
        if let Some(timeout) = timeout {
            builder = builder.timeout(Duration::from_secs(timeout));
        }
        let core = builder.build().unwrap().0;
        let begun = Instant::now();
        let error = read(&core).await.unwrap_err();
        let took = begun.elapsed();
        assert!(took < Duration::from_millis(most), "{status}: {took:?}");
        assert_eq!(error.status().unwrap(), status, "{error}");
        assert!(!error.is_call_timeout(), "{error}");
        if status == 429 {
            assert!(error.is_paused(), "{error}");
            let wait = error.paused_until().unwrap() - Utc::now();
            assert!(wait.num_seconds() > 86_000, "{wait}");
        }
    }
}
