//! Pauses that a store asks for: which ones are waited for, and for how long in all.

use std::time::{Duration, Instant};

use bytes::Bytes;
use object_store::PutMode;

use super::{OBJECT, Said, Server, ok, page, refuses, says};
use crate::error::ExportError;
use crate::store::Put;

#[tokio::test]
async fn a_long_pause_is_an_error_at_once() {
    for (status, after) in [
        (503, "86400"),
        (429, "86400"),
        (425, "3600.5"),
        (522, "Fri, 31 Dec 9999 23:59:59 GMT"),
        (503, "99999999999999999999"),
    ] {
        let server =
            Server::start(move |_, _| refuses(status, &format!("Retry-After: {after}\r\n")));
        let store = server.store(Duration::from_secs(3_600));
        let begun = Instant::now();
        for (outcome, place) in [
            (store.get("lock", 10).await.map(drop), "greenhouse/lock"),
            (store.list().await.map(drop), "s3://people/greenhouse"),
            (
                store
                    .put("lock", Bytes::new(), PutMode::Create)
                    .await
                    .map(drop),
                "greenhouse/lock",
            ),
            (store.remove("lock").await, "greenhouse/lock"),
        ] {
            let status = format!("HTTP {status}");
            let error = says(outcome, &[place, &status, "at the earliest", "then"]);
            assert!(matches!(error, ExportError::Paused { .. }), "{error:?}");
        }
        // It is left alone, too.
        assert_eq!(server.count(), 1);
        assert!(begun.elapsed() < Duration::from_secs(10));
    }
}

#[tokio::test]
async fn a_short_pause_is_waited_for() {
    let server = Server::start(|_, number| match number {
        1 | 3 => refuses(503, "Retry-After: 1\r\n"),
        5 => refuses(503, "Retry-After: 0.01\r\n"),
        _ => Said::Text(format!(
            "HTTP/1.1 200 OK\r\n{OBJECT}Content-Length: 0\r\n\r\n"
        )),
    });
    let store = server.store(Duration::from_secs(10));
    for count in [2, 4, 6] {
        let begun = Instant::now();
        if count == 4 {
            let put = store.put("lock", Bytes::from("a"), PutMode::Create).await;
            assert!(matches!(put, Ok(Put::Done(_))));
        } else {
            store.get("lock", 10).await.expect("an object");
        }
        assert_eq!(server.count(), count);
        assert!(begun.elapsed() >= Duration::from_secs(1));
    }
    // So do all requests that are made meanwhile.
    let server = Server::start(|_, number| match number {
        1 => refuses(429, "Retry-After: 2\r\n"),
        _ => ok("", ""),
    });
    let store = server.store(Duration::from_secs(10));
    let begun = Instant::now();
    let later = async {
        tokio::time::sleep(Duration::from_millis(800)).await;
        let found = store.get("ledger.ndjson", 10).await;
        (found, begun.elapsed())
    };
    let (first, (second, took)) = tokio::join!(store.get("lock", 10), later);
    assert!(first.is_ok() && second.is_ok());
    assert_eq!(server.count(), 3);
    assert!(took >= Duration::from_secs(2), "{took:?}");
    // In all, it is not more than is set.
    let server = Server::start(|_, _| refuses(503, "Retry-After: 1\r\n"));
    let begun = Instant::now();
    let outcome = server.store(Duration::from_secs(2)).get("lock", 10).await;
    says(outcome, &["takes requests again"]);
    assert!(
        begun.elapsed() < Duration::from_secs(9),
        "{:?}",
        begun.elapsed()
    );
    assert!(server.count() <= 3);
}

/// Each try by itself waits for less than is set, and none of them ends the request.
#[tokio::test]
async fn pauses_between_other_failures_are_one_wait() {
    let start = || {
        Server::start(|_, number| match number % 2 {
            1 => refuses(503, "Retry-After: 1\r\n"),
            _ => refuses(500, ""),
        })
    };
    let most = Duration::from_millis(1_900);
    let folder = tempfile::tempdir().expect("a folder");
    let (copy, large) = (folder.path().join("copy"), folder.path().join("large"));
    std::fs::write(&large, vec![0; 9 * 1024 * 1024]).expect("written");
    let servers: [Server; 7] = std::array::from_fn(|_| start());
    let [read, other, another, copied, put, listed, begun] = &servers;
    let (read, put) = (read.store(most), put.store(most));
    let (google, azure) = (other.google(most), another.azure(most));
    let (copied, listed, begun) = (copied.store(most), listed.store(most), begun.store(most));
    let before = Instant::now();
    let all = tokio::join!(
        async { read.get("lock", 10).await.map(drop) },
        async { google.get("lock", 10).await.map(drop) },
        async { azure.get("lock", 10).await.map(drop) },
        copied.get_file("users/1.ndjson", &copy, 10),
        async {
            put.put("lock", Bytes::new(), PutMode::Create)
                .await
                .map(drop)
        },
        async { listed.list().await.map(drop) },
        async { begun.put_file("large", &large, None, None).await.map(drop) },
    );
    let outcomes = [all.0, all.1, all.2, all.3, all.4, all.5, all.6];
    for (outcome, server) in outcomes.into_iter().zip(&servers) {
        let error = says(
            outcome,
            &["asked for a pause (HTTP 503)", "at the earliest"],
        );
        assert!(matches!(error, ExportError::Paused { .. }), "{error:?}");
        assert!(server.count() <= 3, "{}", server.count());
    }
    assert!(before.elapsed() < Duration::from_secs(15), "it waited");
    // Pages of a list are no requests of their own.
    let pages = Server::start(|_, number| match number % 2 {
        1 => refuses(503, "Retry-After: 1\r\n"),
        _ => page(number, Some(&format!("{number}"))),
    });
    says(pages.store(most).list().await, &["asked for a pause"]);
    assert_eq!(pages.count(), 3);
}
