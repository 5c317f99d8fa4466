//! Stores that answer what does harm: each of these tests is of a kind of it, through the connector.

mod copies;
mod server;
mod waits;

use std::time::{Duration, Instant};

use bytes::Bytes;
use object_store::PutMode;
use object_store::aws::AmazonS3Builder;

use self::server::{ON_ITS_WAY, Said, Server};
use super::Put;
use crate::error::ExportError;

const OBJECT: &str = "Last-Modified: Mon, 02 Mar 2026 10:00:00 GMT\r\nETag: \"a\"\r\n";
const EMPTY: &str = "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 0\r\n\r\n";

fn ok(headers: &str, body: &str) -> Said {
    let length = body.len();
    Said::Text(format!(
        "HTTP/1.1 200 OK\r\n{OBJECT}{headers}Content-Length: {length}\r\n\r\n{body}"
    ))
}

fn refuses(status: u16, headers: &str) -> Said {
    refuses_with(status, headers, "")
}

fn refuses_with(status: u16, headers: &str, body: &str) -> Said {
    let length = body.len();
    Said::Text(format!(
        "HTTP/1.1 {status} No\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
    ))
}

/// A page of a list, with a name or none, behind which there is another one.
fn page(number: usize, name: Option<&str>) -> Said {
    let about = name.map(|name| {
        format!(
            "<Contents><Key>greenhouse/{name}</Key><LastModified>2026-03-02T10:00:00.000Z\
             </LastModified><ETag>\"a\"</ETag><Size>1</Size></Contents>"
        )
    });
    let about = about.unwrap_or_default();
    ok(
        "",
        &format!(
            "<ListBucketResult><IsTruncated>true</IsTruncated>{about}\
             <NextContinuationToken>{number}</NextContinuationToken></ListBucketResult>"
        ),
    )
}

#[track_caller]
fn says<T>(outcome: Result<T, ExportError>, expected: &[&str]) -> ExportError {
    let error = outcome.map(drop).expect_err("it is not taken");
    let text = error.to_string();
    for expected in expected {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(!text.to_lowercase().contains("hunter2"), "{text}");
    error
}

const NO_PAUSE: Duration = Duration::ZERO;

#[tokio::test]
async fn an_object_is_read_up_to_what_is_asked_for_whatever_its_length_says() {
    let lies = Server::start(|_, _| {
        let head = format!("HTTP/1.1 200 OK\r\n{OBJECT}Content-Length: 100\r\n");
        Said::Endless(head, "")
    });
    let honest = Server::start(|_, _| ok("", &" ".repeat(5_000)));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("page");
    for server in [&lies, &honest] {
        let store = server.store(NO_PAUSE);
        let outcome = store.get("lock", 4_096).await;
        says(
            outcome,
            &["s3://people/greenhouse/lock", "4096 bytes", "GET"],
        );
        // What is not taken is not asked for again.
        assert_eq!(server.count(), 1);
        let outcome = store.get_file("users/1.ndjson", &path, 60).await;
        says(outcome, &["/users/1.ndjson", "60 bytes", "replaced"]);
        server.assert_left_alone();
        std::fs::remove_file(&path).expect("a file");
    }
    let store = honest.store(NO_PAUSE);
    let found = store.get("lock", 5_000).await.expect("an object");
    assert_eq!(found.expect("it is there").bytes.len(), 5_000);
}

/// Each answer is short enough, and all of them together are not.
#[tokio::test]
async fn an_object_that_is_begun_again_has_one_bound() {
    let server = Server::start(|_, number| {
        let body = " ".repeat(3_000);
        if number == 1 {
            return Said::Text(format!(
                "HTTP/1.1 200 OK\r\n{OBJECT}Content-Length: 4000\r\n\r\n{body}"
            ));
        }
        Said::Text(format!(
            "HTTP/1.1 206 Partial Content\r\n{OBJECT}Content-Range: bytes 3000-3999/4000\r\n\
             Content-Length: 3000\r\n\r\n{body}"
        ))
    });
    let outcome = server.store(NO_PAUSE).get("lock", 4_096).await;
    says(outcome, &["/lock", "4096 bytes"]);
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn answers_that_are_no_objects_have_a_bound() {
    let begin = "<ListBucketResult><Name>people</Name>";
    let server = Server::start(move |_, _| Said::Endless("HTTP/1.1 200 OK\r\n".to_owned(), begin));
    let bound = "16777216 bytes";
    let store = server.store(NO_PAUSE);
    says(store.list().await, &["s3://people/greenhouse: ", bound]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large");
    std::fs::write(&path, vec![0; 9 * 1024 * 1024]).expect("written");
    let outcome = store.put_file("large", &path, None, None).await;
    says(outcome, &["/large", "POST", bound]);
    // The answer with the role of the machine.
    let metadata = AmazonS3Builder::new();
    let metadata = metadata.with_metadata_endpoint(format!("http://{}", server.address));
    let store = server.store_by(metadata, NO_PAUSE);
    says(store.get("lock", 10).await, &["/lock", bound]);
    assert_eq!(server.count(), 3);
    assert!(*server.sent.lock().expect("a lock") < 4 * ON_ITS_WAY);

    let begins = Server::start(move |line, _| {
        if line.starts_with("post") && line.contains("uploads") {
            return ok(
                "",
                "<InitiateMultipartUploadResult><UploadId>7</UploadId>\
                 </InitiateMultipartUploadResult>",
            );
        }
        if line.starts_with("post") {
            return Said::Endless("HTTP/1.1 200 OK\r\n".to_owned(), "");
        }
        Said::Text(EMPTY.to_owned())
    });
    let outcome = begins
        .store(NO_PAUSE)
        .put_file("large", &path, None, None)
        .await;
    says(outcome, &["/large", "POST", bound]);
    begins.assert_left_alone();
}

#[tokio::test]
async fn lists_that_get_nowhere_end() {
    for name in [None, Some("users/1.ndjson")] {
        let server = Server::start(move |_, number| page(number, name));
        let outcome = server.store(NO_PAUSE).list().await;
        says(outcome, &["s3://people/greenhouse: ", "100 pages"]);
        assert!(server.count() <= 101, "{}", server.count());
    }
    // One that gets somewhere after a while does not.
    let server = Server::start(|_, number| match number {
        99 | 198 => page(number, Some(&format!("{number}"))),
        250 => ok(
            "",
            "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>",
        ),
        _ => page(number, None),
    });
    let names = server.store(NO_PAUSE).list().await.expect("a list");
    assert_eq!(names.into_keys().collect::<Vec<_>>(), ["198", "99"]);
}

/// Not of an answer to another request, nor of an earlier try.
#[tokio::test]
async fn errors_speak_of_the_request_at_hand() {
    let server = Server::start(|line, _| {
        if line.contains("lock") {
            return refuses_with(404, "", "<Error><Code>NoSuchKey</Code></Error>");
        }
        ok("", "<ListBucketResult><IsTruncated>")
    });
    let store = server.store(NO_PAUSE);
    assert!(store.get("lock", 100).await.expect("none").is_none());
    let error = says(store.list().await, &["HTTP 200", "makes no sense"]);
    assert!(!error.to_string().contains("404"), "{error}");
    // A write whose answer has no version, and one that has no answer at all.
    let other = Server::start(|line, _| {
        if line.contains("absent") {
            return refuses(404, "");
        }
        Said::Text("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".to_owned())
    });
    let store = other.store(NO_PAUSE);
    assert!(store.get("absent", 100).await.expect("none").is_none());
    let put = store.put("a", Bytes::from_static(b"b"), PutMode::Create);
    let error = says(put.await, &["HTTP 200", "makes no sense"]);
    assert!(!error.to_string().contains("404"), "{error}");
}

#[tokio::test]
async fn a_coding_that_was_not_asked_for_is_told() {
    let server = Server::start(|_, _| ok("Content-Encoding: br\r\n", "\u{b}\u{5}hello\u{3}"));
    let store = server.store(NO_PAUSE);
    for (outcome, place) in [
        (store.get("lock", 100).await.map(drop), "greenhouse/lock"),
        (store.list().await.map(drop), "s3://people/greenhouse"),
    ] {
        says(
            outcome,
            &[place, "(br)", "not asked for", "Content-Encoding"],
        );
    }
    assert_eq!(server.count(), 2);
    let plain = Server::start(|line, _| {
        if line.contains("empty") {
            return ok("Content-Encoding: br\r\n", "");
        }
        ok("Content-Encoding: identity\r\n", "hello")
    });
    for (name, length) in [("lock", 5), ("empty", 0)] {
        let found = plain.store(NO_PAUSE).get(name, 100).await.expect(name);
        assert_eq!(found.expect("it is there").bytes.len(), length);
    }
}

#[tokio::test]
async fn what_passes_is_asked_for_again() {
    for status in [408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524] {
        let server = Server::start(move |_, number| match number {
            1 | 3 => refuses(status, ""),
            _ => Said::Text(format!(
                "HTTP/1.1 200 OK\r\n{OBJECT}Content-Length: 0\r\n\r\n"
            )),
        });
        let store = server.store(NO_PAUSE);
        store.get("lock", 10).await.expect("an object");
        assert_eq!(server.count(), 2, "{status}");
        let put = store.put("lock", Bytes::from("a"), PutMode::Create).await;
        assert!(matches!(put, Ok(Put::Done(_))), "{status}");
        assert_eq!(server.count(), 4, "{status}");
    }
    let server = Server::start(|_, _| refuses(404, ""));
    let found = server.store(NO_PAUSE).get("lock", 10).await;
    assert!(found.expect("an answer").is_none());
    assert_eq!(server.count(), 1);
}

/// What a bound goes along with, and where errors are found, is not the same in all of them.
#[tokio::test]
async fn all_kinds_of_stores_are_bounded_alike() {
    let server = Server::start(|line, number| {
        let is_list = line.contains("prefix=");
        match number % 4 {
            1 => {
                let head = format!("HTTP/1.1 200 OK\r\n{OBJECT}Content-Length: 100\r\n");
                Said::Endless(head, if is_list { "<A>" } else { "" })
            }
            2 => ok("Content-Encoding: br\r\n", "hello"),
            3 => refuses(425, ""),
            _ => refuses(425, "Retry-After: 86400\r\n"),
        }
    });
    let stores = [
        (server.store(NO_PAUSE), server.store(NO_PAUSE)),
        (server.google(NO_PAUSE), server.google(NO_PAUSE)),
        (server.azure(NO_PAUSE), server.azure(NO_PAUSE)),
    ];
    for (store, other) in stores {
        let place = store.address.of("lock");
        says(store.get("lock", 4_096).await, &[&place, "4096 bytes"]);
        says(store.get("lock", 4_096).await, &[&place, "(br)"]);
        let paused = says(store.get("lock", 4_096).await, &[&place, "HTTP 425"]);
        assert!(matches!(paused, ExportError::Paused { .. }), "{paused:?}");
        says(other.list().await, &["16777216 bytes"]);
        says(other.list().await, &["(br)"]);
        let paused = says(other.list().await, &["HTTP 425"]);
        assert!(matches!(paused, ExportError::Paused { .. }), "{paused:?}");
    }
    let pages = Server::start(|line, number| {
        if line.contains("comp=list") {
            let body = format!(
                "<EnumerationResults><Blobs></Blobs><NextMarker>{number}</NextMarker>\
                 </EnumerationResults>"
            );
            return ok("", &body);
        }
        page(number, None)
    });
    for store in [pages.google(NO_PAUSE), pages.azure(NO_PAUSE)] {
        says(store.list().await, &["100 pages"]);
    }
    assert_eq!(pages.count(), 200);
}

/// Its status says enough.
#[tokio::test]
async fn a_refusal_that_comes_byte_by_byte_is_not_waited_for() {
    let head = "HTTP/1.1 403 No\r\n";
    let server = Server::start(|_, _| Said::Slowly(head.to_owned()));
    let begun = Instant::now();
    let outcome = server.store(NO_PAUSE).get("lock", 10).await;
    says(outcome, &["greenhouse/lock", "HTTP 403"]);
    assert!(begun.elapsed() < Duration::from_secs(30), "it waited");
}
