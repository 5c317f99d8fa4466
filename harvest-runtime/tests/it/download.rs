//! Files that records name: fetched from another server, without credentials, within bounds.

use std::error::Error as _;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Response;
use futures_util::{StreamExt as _, TryStreamExt as _};
use harvest_runtime::attachment::{Download, Downloaded, PauseBudget, SignedFile};
use harvest_runtime::chrono::{TimeDelta, Utc};
use harvest_runtime::retry::{ExponentialBackoff, RetryPolicy as _, Standard};
use harvest_runtime::{Bytes, CallOptions, Core, Error, Limiter, decode};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::server::{LIST_USERS, Server, reply, reply_with};

const SECRET: &str = "PERSONAL-MARK.pdf?signature=S1GN4TURE";

/// As a record names it.
pub struct Attachment(Option<String>);

impl SignedFile for Attachment {
    fn url(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

pub fn at(url: impl AsRef<str>) -> Attachment {
    Attachment(Some(format!("{}/{SECRET}", url.as_ref())))
}

/// A client of an API on this machine, which gets no request; it acts for a user.
fn client() -> Core {
    let builder = harvest_runtime::ClientBuilder::<crate::server::Harvest>::new()
        .credential("K3Y-SECRET")
        .base_url("http://127.0.0.1:1")
        .acting_user(4711)
        .retry(Standard.with_attempt_limit(3))
        .backoff(ExponentialBackoff::new().with_maximum(Duration::from_millis(2)));
    builder.build().unwrap().0
}

/// Answers every connection with these bytes, and closes it.
async fn raw(answers: &'static [&'static str]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        for answer in answers
            .iter()
            .chain(std::iter::repeat(answers.last().unwrap()))
        {
            let (mut socket, _) = listener.accept().await.unwrap();
            let _ = socket.read(&mut [0; 4096]).await;
            let _ = socket.write_all(answer.as_bytes()).await;
        }
    });
    url
}

#[track_caller]
fn clean(error: &Error) {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(cause) = source {
        write!(text, " {cause} {cause:?}").unwrap();
        source = cause.source();
    }
    for mark in ["PERSONAL-MARK", "S1GN4TURE", "K3Y-SECRET", "4711"] {
        assert!(!text.contains(mark), "{mark} in {text}");
    }
}

async fn refused(download: Download<'_>) -> Error {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("PERSONAL-MARK.pdf");
    std::fs::write(&target, "before").unwrap();
    let error = download.to_file(&target).await.unwrap_err();
    assert!(error.is_download() && !error.is_upload(), "{error}");
    assert_eq!(error.operation(), None);
    clean(&error);
    // What was there is as it was, and nothing lies beside it.
    assert_eq!(std::fs::read(&target).unwrap(), b"before");
    assert_eq!(names(folder.path()), ["PERSONAL-MARK.pdf"]);
    error
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_file_without_credentials() {
    let files = Server::start(|_, _| {
        reply_with(
            200,
            &[("content-type", "application/pdf")],
            vec![7; 100_000],
        )
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("cv.pdf");
    std::fs::write(&target, "an older one").unwrap();
    let downloaded: Downloaded = client()
        .download(&at(files.url()))
        .to_file(&target)
        .await
        .unwrap();
    assert_eq!(downloaded.bytes, 100_000);
    assert_eq!(downloaded.content_type.as_deref(), Some("application/pdf"));
    assert_eq!(std::fs::read(&target).unwrap(), vec![7; 100_000]);
    assert_eq!(names(folder.path()), ["cv.pdf"]);

    let asked = files.only();
    assert_eq!(asked.method, "GET");
    assert_eq!(asked.target, format!("/{SECRET}"));
    assert_eq!(asked.header("authorization"), None);
    assert_eq!(asked.header("on-behalf-of"), None);
    assert_eq!(asked.header("cookie"), None);
    assert!(
        asked
            .header("user-agent")
            .unwrap()
            .starts_with("harvest-rust/")
    );
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let files = Server::answering(200, "x").await;
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("cv.pdf");
    client()
        .download(&at(files.url()))
        .to_file(&target)
        .await
        .unwrap();
    let mode = std::fs::metadata(&target).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn into_memory_and_as_a_stream() {
    let files = Server::answering(200, "Dear reader").await;
    let file = at(files.url());
    let bytes = client().download(&file).bytes().await.unwrap();
    assert_eq!(bytes, Bytes::from("Dear reader"));
    // The URL alone will do.
    let url = file.url().unwrap();
    let mut stream = client().download(url).stream().await.unwrap();
    assert_eq!(stream.content_length(), Some(11));
    let mut read = Vec::new();
    while let Some(piece) = stream.next().await {
        read.extend_from_slice(&piece.unwrap());
    }
    assert_eq!(
        (read.as_slice(), stream.bytes_read()),
        (&b"Dear reader"[..], 11)
    );
    let stream = client().download(url).stream().await.unwrap();
    let pieces: Vec<Bytes> = stream.try_collect().await.unwrap();
    assert_eq!(pieces.concat(), b"Dear reader");
}

#[tokio::test]
async fn no_turn_under_the_rate_limit_is_taken() {
    let files = Server::answering(200, "x").await;
    let limiter = Limiter::starting_with(1, Duration::from_secs(3600));
    let options = CallOptions::new().limiter(limiter.clone());
    for _ in 0..3 {
        let download = client().download(&at(files.url()));
        download
            .with_options(options.clone())
            .bytes()
            .await
            .unwrap();
    }
    assert_eq!(limiter.snapshot().remaining, 1);
}

#[tokio::test]
async fn where_it_may_not_be_fetched_nothing_is_asked() {
    let files = Server::answering(200, "x").await;
    for (url, says) in [
        (None, "names no URL"),
        (Some("PERSONAL-MARK"), "is no URL"),
        (
            Some("http://PERSONAL-MARK.example.com/S1GN4TURE"),
            "plain http",
        ),
        (
            Some("https://PERSONAL-MARK:S1GN4TURE@example.com"),
            "user name",
        ),
        (Some("file:///PERSONAL-MARK"), "not https"),
    ] {
        let file = Attachment(url.map(str::to_owned));
        let error = refused(client().download(&file)).await;
        assert!(error.to_string().contains(says), "{error}");
        assert_eq!(error.attempts(), 0);
    }
    // A client of an API elsewhere is not sent to this machine.
    let builder = harvest_runtime::ClientBuilder::<crate::server::Harvest>::new();
    let elsewhere = builder.credential("a-key").build().unwrap().0;
    refused(elsewhere.download(&at(files.url()))).await;
    assert!(files.asked().is_empty());
}

#[tokio::test]
async fn redirects_are_followed_without_credentials_and_not_for_ever() {
    let end = Server::answering(200, "the file").await;
    let to = end.url();
    let files = Server::start(move |asked, own| {
        let to = match asked.target.as_str() {
            "/near" => "/next".to_owned(),
            "/next" => format!("{to}/{SECRET}"),
            "/loop" => format!("{own}/loop"),
            "/plain" => "http://PERSONAL-MARK.example.com/".to_owned(),
            "/user" => own.replace("http://", "http://PERSONAL-MARK@"),
            "/other" => "ftp://PERSONAL-MARK/".to_owned(),
            "/nowhere" => return reply(302, ""),
            _ => return reply(404, ""),
        };
        reply_with(302, &[("location", &to)], "")
    })
    .await;
    let url = |path: &str| Attachment(Some(files.url() + path));
    let bytes = client().download(&url("/near")).bytes().await.unwrap();
    assert_eq!(bytes, "the file");
    assert_eq!(end.only().header("authorization"), None);
    for (path, says) in [
        ("/loop", "more often than is right"),
        ("/plain", "plain http"),
        ("/user", "user name"),
        ("/other", "not https"),
        ("/nowhere", "does not say where to"),
    ] {
        let error = refused(client().download(&url(path))).await;
        assert!(error.to_string().contains(says), "{error}");
        assert_eq!(error.attempts(), 1);
    }
    let loops = files
        .targets()
        .iter()
        .filter(|target| *target == "/loop")
        .count();
    assert_eq!(loops, 6);
}

#[tokio::test]
async fn no_more_is_read_than_is_wanted() {
    let said = Server::answering(200, "123456").await;
    // Without a length.
    let unsaid = Server::start(|_, _| {
        let pieces = (0..1_000_000).map(|_| Ok::<_, std::io::Error>("123"));
        Response::new(Body::from_stream(futures_util::stream::iter(pieces)))
    })
    .await;
    for files in [&said, &unsaid] {
        let error = refused(client().download(&at(files.url())).max_bytes(5)).await;
        assert!(error.is_too_large());
        assert_eq!(
            error.to_string(),
            "a file could not be fetched: the file has more than 5 bytes; raise \
             Download::max_bytes if it is wanted all the same"
        );
        assert_eq!(error.attempts(), 1);
    }
    let whole = client().download(&at(said.url())).max_bytes(6);
    assert_eq!(whole.bytes().await.unwrap(), "123456");
}

#[tokio::test]
async fn what_breaks_off_is_begun_again() {
    const BROKEN: &str = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345";
    const WHOLE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc";
    const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n12345\r\n";
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("cv.pdf");
    let file = at(raw(&[BROKEN, CHUNKED, WHOLE]).await);
    let downloaded = client().download(&file).to_file(&target).await.unwrap();
    assert_eq!(downloaded.bytes, 3);
    assert_eq!(std::fs::read(&target).unwrap(), b"abc");

    for answer in [&[BROKEN], &[CHUNKED]] {
        let error = refused(client().download(&at(raw(answer).await))).await;
        assert!(error.is_transient() && !error.is_timeout(), "{error}");
        assert_eq!(error.attempts(), 3);
        // A stream cannot begin again; it says that it broke.
        let url = raw(answer).await;
        let mut stream = client().download(&at(url)).stream().await.unwrap();
        assert_eq!(stream.next().await.unwrap().unwrap(), "12345");
        clean(&stream.next().await.unwrap().unwrap_err());
        assert!(stream.next().await.is_none());
    }
}

#[tokio::test]
async fn servers_that_fail_are_asked_again() {
    for (status, attempts) in [(500, 3), (503, 3), (429, 3), (418, 1), (204, 1), (206, 1)] {
        let files = Server::answering(status, "").await;
        let error = refused(client().download(&at(files.url()))).await;
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(error.attempts(), attempts, "{status}");
        assert_eq!(files.asked().len(), attempts as usize);
        assert!(!error.is_expired(), "{status}");
    }
    let failures = AtomicUsize::new(0);
    let files = Server::start(move |_, _| match failures.fetch_add(1, Ordering::Relaxed) {
        0 | 1 => reply(502, "bad gateway"),
        _ => reply(200, "x"),
    })
    .await;
    let bytes = client().download(&at(files.url())).bytes().await.unwrap();
    assert_eq!(bytes, "x");
    // No server there.
    let error = refused(client().download(&at("http://127.0.0.1:1"))).await;
    assert!(error.is_connect());
    assert_eq!(error.attempts(), 3);
}

#[tokio::test]
async fn a_pause_that_is_too_long_is_named() {
    let files = Server::start(|_, _| reply_with(429, &[("retry-after", "86400")], "")).await;
    let before = Utc::now();
    let error = refused(client().download(&at(files.url()))).await;
    assert_eq!(files.asked().len(), 1);
    assert!(error.is_paused() && error.is_rate_limited());
    let day = TimeDelta::days(1);
    let until = error.paused_until().unwrap();
    assert!(
        (before + day..=Utc::now() + day).contains(&until),
        "{until}"
    );
    assert!(!error.may_have_been_acted_on());
    let text = error.to_string();
    assert_eq!(text.matches("Z at the earliest").count(), 1, "{text}");
    assert!(text.contains("try again then, or raise"), "{text}");
    clean(&error);
}

/// Whatever servers they are of, and whatever comes of them.
#[tokio::test]
async fn downloads_with_one_budget_wait_for_pauses_as_one() {
    // Each file comes at its second request.
    let asked = AtomicUsize::new(0);
    let start = Server::start(
        move |_, _| match asked.fetch_add(1, Ordering::Relaxed) % 2 {
            0 => reply_with(503, &[("retry-after", "1")], ""),
            _ => reply(200, "x"),
        },
    );
    let files = start.await;
    let core = client().with_options(CallOptions::new().max_pause(Duration::from_secs(1)));
    let budget = PauseBudget::new();
    let file = at(files.url());
    let download = || core.download(&file).pauses(&budget);
    assert_eq!(download().bytes().await.unwrap(), "x");
    assert_eq!(budget.spent(), Duration::from_secs(1));
    let error = refused(download()).await;
    assert!(error.is_paused() && error.attempts() == 1, "{error}");
    // It is where the next request would be the second one.
    assert_eq!(download().bytes().await.unwrap(), "x");
    // Without the budget, each waits for itself.
    for _ in 0..2 {
        assert_eq!(core.download(&file).bytes().await.unwrap(), "x");
    }
    assert_eq!(budget.spent(), Duration::from_secs(1));
}

#[tokio::test]
async fn a_server_that_says_nothing_is_not_waited_for() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let begun = Instant::now();
    let short = CallOptions::new().attempt_timeout(Duration::from_millis(20));
    let error = refused(client().download(&at(&url)).with_options(short)).await;
    assert!(error.is_timeout());
    assert!(error.to_string().contains("attempt_timeout"), "{error}");
    let whole = CallOptions::new().timeout(Duration::from_millis(50));
    let error = refused(client().download(&at(&url)).with_options(whole)).await;
    assert!(error.is_timeout());
    assert!(
        error.to_string().contains("CallOptions::timeout"),
        "{error}"
    );
    assert!(begun.elapsed() < Duration::from_secs(10));

    // One that stops in the middle.
    let stuck = Server::start(|_, _| {
        let piece = futures_util::stream::iter([Ok::<_, std::io::Error>("123")]);
        let never = futures_util::stream::pending();
        Response::new(Body::from_stream(piece.chain(never)))
    })
    .await;
    let short = CallOptions::new().attempt_timeout(Duration::from_millis(20));
    let error = refused(client().download(&at(stuck.url())).with_options(short)).await;
    assert!(error.is_timeout());
    assert_eq!(stuck.asked().len(), 3);
}

/// Gives the file out for one link only.
async fn signed(status: u16) -> Server {
    Server::start(move |asked, _| match asked.target.as_str() {
        "/fresh" => reply(200, "the file"),
        _ => reply(status, "Request has expired"),
    })
    .await
}

#[tokio::test]
async fn an_expired_link_is_fetched_anew_once() {
    for status in [400, 401, 403, 404, 410] {
        let files = signed(status).await;
        let error = refused(client().download(&at(files.url()))).await;
        assert!(error.is_expired() && !error.is_forbidden() && !error.is_not_found());
        assert!(error.to_string().contains("refetch"), "{error}");
        assert_eq!(error.attempts(), 1);

        let fresh = Attachment(Some(format!("{}/fresh", files.url())));
        for file in [at(files.url()), Attachment(None)] {
            let download = client().download(&file);
            let download = download.refetch(async || Ok(Some(&fresh)));
            assert_eq!(download.bytes().await.unwrap(), "the file");
        }
        // Still expired: it is not asked for over and over.
        let asked = AtomicUsize::new(0);
        let stale = at(files.url());
        let download = client().download(&stale).refetch(async || {
            asked.fetch_add(1, Ordering::Relaxed);
            Ok(&stale)
        });
        assert!(refused(download).await.is_expired());
        assert_eq!(asked.load(Ordering::Relaxed), 1);
        // The record has it no more.
        let download = client().download(&stale);
        let error = refused(download.refetch(async || Ok(None::<Attachment>))).await;
        assert!(error.is_expired());
    }
}

/// Whatever it waits for, such as a pause of the API.
#[tokio::test]
async fn the_record_is_read_in_the_time_of_the_download() {
    let server = signed(403).await;
    let link = at(format!("{}/stale", server.url()));
    for file in [link, Attachment(None)] {
        let brief = CallOptions::new().timeout(Duration::from_millis(300));
        let download = client().download(&file).with_options(brief);
        let begun = Instant::now();
        let never = std::future::pending::<Result<Option<Attachment>, Error>>;
        let error = refused(download.refetch(never)).await;
        assert!(begun.elapsed() < Duration::from_secs(3), "{error}");
        assert!(error.is_download(), "{error}");
    }
}

#[tokio::test]
async fn the_record_is_read_by_the_api() {
    let files = signed(403).await;
    let url = format!("{}/fresh", files.url());
    let api = Server::start(move |asked, _| match asked.header("authorization") {
        Some(_) => reply(200, format!(r#"["{url}"]"#)),
        None => reply(401, ""),
    })
    .await;
    let core = api.client();
    let file = at(files.url());
    let download = core.download(&file).refetch(async || {
        let list = core.request(&LIST_USERS).send(decode::json::<Vec<String>>);
        Ok(list.await?.into_value().pop())
    });
    assert_eq!(download.bytes().await.unwrap(), "the file");
    assert_eq!(api.asked().len(), 1);
    assert!(
        files
            .asked()
            .iter()
            .all(|asked| asked.header("authorization").is_none())
    );

    // Its own error is returned.
    let broken = Server::answering(404, "{}").await;
    let core = broken.client();
    let error = core
        .download(&file)
        .refetch(async || {
            let list = core.request(&LIST_USERS).send(decode::json::<Vec<String>>);
            Ok(list.await?.into_value().pop())
        })
        .bytes()
        .await
        .unwrap_err();
    assert_eq!(error.operation(), Some(&LIST_USERS));
    assert!(error.is_not_found() && !error.is_download());
}

#[tokio::test]
async fn a_download_that_is_given_up_leaves_nothing() {
    let stuck = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", stuck.local_addr().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("cv.pdf");
    let download = client().download(&at(url)).to_file(&target);
    let given_up = tokio::time::timeout(Duration::from_millis(30), download).await;
    assert!(given_up.is_err());
    assert!(names(folder.path()).is_empty());
}

#[tokio::test]
async fn a_place_that_cannot_be_written_is_told_before_anything_is_fetched() {
    let files = Server::answering(200, "x").await;
    let folder = tempfile::tempdir().unwrap();
    for target in [
        folder.path().to_owned(),
        folder.path().join("PERSONAL-MARK/cv.pdf"),
        folder.path().join(".."),
    ] {
        let error = client()
            .download(&at(files.url()))
            .to_file(&target)
            .await
            .unwrap_err();
        assert!(error.is_download() && error.source().is_some(), "{error}");
        assert!(error.to_string().contains("cannot be written"), "{error}");
        clean(&error);
    }
    assert!(files.asked().is_empty());
}

#[tokio::test]
async fn nothing_is_printed_of_the_link() {
    let files = Server::answering(200, "x").await;
    let file = at(files.url());
    let download = client()
        .download(&file)
        .refetch(async || Ok(None::<Attachment>));
    assert_eq!(
        format!("{download:?}"),
        "Download { max_bytes: 104857600, refetch: true, .. }"
    );
    let stream = download.stream().await.unwrap();
    assert_eq!(
        format!("{stream:?}"),
        "FileStream { content_type: None, content_length: Some(1), bytes_read: 0, .. }"
    );
}

/// A server that always sends a little more in time, and never all of it.
#[tokio::test]
async fn a_file_that_comes_by_drops_is_given_up() {
    let begun = std::sync::Arc::new(AtomicUsize::new(0));
    let asked = std::sync::Arc::clone(&begun);
    let files = Server::start(move |_, _| {
        asked.fetch_add(1, Ordering::Relaxed);
        let drops = futures_util::stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_millis(20)).await;
            Some((Ok::<_, std::io::Error>(Bytes::from_static(b"x")), ()))
        });
        Response::new(Body::from_stream(drops))
    })
    .await;
    let options = CallOptions::new().attempt_timeout(Duration::from_millis(500));
    let core = client();
    let file = at(files.url());
    // A second for 16 KiB, and half a second for what comes first.
    let download = core
        .download(&file)
        .max_bytes(16 * 1024)
        .with_options(options);
    let since = Instant::now();
    let error = refused(download).await;
    assert!(
        error.is_timeout() && error.to_string().contains("16 KiB a second"),
        "{error}"
    );
    assert!(
        since.elapsed() >= Duration::from_millis(1_400),
        "{:?}",
        since.elapsed()
    );
    assert_eq!(begun.load(Ordering::Relaxed), 1, "it would come no faster");
}
