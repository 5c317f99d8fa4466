//! Calls that block, against a server in this process.

use std::io::Read as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use harvest_runtime::retry::{ExponentialBackoff, Never, RetryPolicy as _, Standard};
use harvest_runtime::{
    Blocking, CallOptions, Completeness, Core, Created, Error, Incomplete, Limiter, Method,
    Operation, PollOptions, RawRequest, Request, Response, decode,
};
use serde_json::Value;

use crate::list_server::{ListServer, Row, Setup};
use crate::server::{CREATE_USER, LIST_USERS, Server, reply};

/// On a thread that no runtime knows.
fn on_a_thread<T: Send + 'static>(call: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::spawn(call).join().unwrap()
}

fn create(core: &Core) -> Request {
    let mut request = core.request(&CREATE_USER);
    request.json(&serde_json::json!({"name": "Mira"}));
    request
}

fn list(core: &Core) -> Request {
    core.request(&LIST_USERS)
}

/// Keeps no test waiting for a limit.
fn fast(core: &Core) -> Core {
    let options = CallOptions::new()
        .retry(Standard.with_attempt_limit(4))
        .backoff(ExponentialBackoff::new().with_maximum(Duration::from_millis(2)))
        .limiter(Limiter::unlimited());
    core.with_options(options)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reads_and_writes() {
    let server = Server::answering(201, r#"{"id":7}"#).await;
    let core = server.client();
    let made: Result<Response<Value>, Error> = on_a_thread(move || {
        let refused = create(&core).send_blocking(decode::empty).unwrap_err();
        assert!(refused.is_missing_acting_user(), "{refused}");
        list(&core).send_blocking(decode::empty).unwrap();
        create(&core.with_acting_user(11)).send_blocking(decode::json)
    });
    let made = made.unwrap();
    assert_eq!(
        (made.status().as_u16(), &made["id"]),
        (201, &Value::from(7))
    );
    let asked = server.asked();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[1].header("on-behalf-of"), Some("11"));
    assert_eq!(asked[1].body, r#"{"name":"Mira"}"#);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn errors_and_retries_are_the_same() {
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |_, _| {
        let status = [502, 503, 200, 404][asked.fetch_add(1, Ordering::Relaxed) % 4];
        reply(status, "[1]")
    })
    .await;
    let core = fast(&server.client());
    on_a_thread(move || {
        let answer = list(&core).send_blocking(decode::json::<Vec<i64>>).unwrap();
        assert_eq!((answer.value(), answer.attempts()), (&vec![1], 3));
        let error = list(&core).send_blocking(decode::empty).unwrap_err();
        assert!(error.is_not_found(), "{error}");
        assert_eq!(error.attempts(), 1);
    });

    let slow = Server::start(|_, _| {
        std::thread::sleep(Duration::from_millis(300));
        reply(200, "[]")
    })
    .await;
    let core = slow.client();
    let error = on_a_thread(move || {
        let options = CallOptions::new().timeout(Duration::from_millis(50));
        let begun = Instant::now();
        let error = list(&core.with_options(options)).send_blocking(decode::empty);
        assert!(begun.elapsed() < Duration::from_millis(250));
        error.unwrap_err()
    });
    assert!(error.is_timeout(), "{error}");
}

async fn hundred() -> ListServer {
    Setup::new(100).start().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_are_iterators() {
    let server = hundred().await;
    let core = server.client();
    on_a_thread(move || {
        for concurrency in [1, 8] {
            let mut items = list(&core).items_blocking::<Row>().concurrency(concurrency);
            let ids: Vec<i64> = items.by_ref().map(|row| row.unwrap().id).collect();
            assert_eq!(ids, (1..=100).rev().collect::<Vec<_>>());
            assert_eq!(items.completeness(), Completeness::NoSignOfChange);
            let mut pages = list(&core).pages_blocking::<Row>().concurrency(concurrency);
            assert_eq!(pages.next().unwrap().unwrap().len(), 3);
            assert_eq!(
                pages.completeness(),
                Completeness::Unproven(Incomplete::Unfinished)
            );
            assert_eq!(pages.map(|page| page.unwrap().len()).sum::<usize>(), 97);
        }
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_goes_on_where_it_broke_off() {
    let asked = AtomicUsize::new(0);
    let server = Setup {
        instead: Box::new(move |page| {
            let fails = page == 5 && asked.fetch_add(1, Ordering::Relaxed) == 0;
            fails.then(|| reply(500, ""))
        }),
        ..Setup::new(30)
    }
    .start()
    .await;
    let core = server
        .client()
        .with_options(CallOptions::new().retry(Never));
    on_a_thread(move || {
        let mut ids = Vec::new();
        let mut items = list(&core).items_blocking::<Row>();
        let error = loop {
            match items.next().expect("an error comes first") {
                Ok(row) => ids.push(row.id),
                Err(error) => break error,
            }
        };
        assert!(items.next().is_none());
        assert_eq!(error.delivered(), Some(12));
        let rest = list(&core)
            .items_blocking::<Row>()
            .resume_from(error.resume_url().unwrap());
        ids.extend(rest.map(|row| row.unwrap().id));
        assert_eq!(ids, (1..=30).rev().collect::<Vec<_>>());
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_described_blocks_too() {
    let server = hundred().await;
    let core = server.client();
    on_a_thread(move || {
        let get = || RawRequest::<Blocking>::in_mode(&core, Method::Get, "/v1/users");
        assert!(get().send().unwrap().starts_with(b"[{"));
        assert_eq!(get().send_as::<Vec<Row>>().unwrap().len(), 3);
        assert_eq!(get().items::<Row>().count(), 100);
        assert_eq!(get().pages::<Row>().count(), 34);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn threads_share_a_client() {
    let server = hundred().await;
    let core = server.client();
    let calls: Vec<_> = (0..4)
        .map(|_| {
            let core = core.clone();
            std::thread::spawn(move || list(&core).items_blocking::<Row>().count())
        })
        .collect();
    for call in calls {
        assert_eq!(call.join().unwrap(), 100);
    }
}

#[tokio::test]
async fn on_a_runtime_that_would_stand_still_it_is_an_error() {
    let server = hundred().await;
    let core = server.client();
    let error = list(&core).send_blocking(decode::empty).unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    assert!(error.to_string().contains("async runtime"), "{error}");
    let mut items = list(&core).items_blocking::<Row>();
    assert!(items.next().unwrap().unwrap_err().is_invalid_request());
    assert!(items.next().is_none());
    assert!(list(&core).pages_blocking::<Row>().next().unwrap().is_err());
    assert_eq!(server.asked(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn spawn_blocking_is_a_place_for_it() {
    let server = hundred().await;
    let core = server.client();
    let inner = core.clone();
    let count = tokio::task::spawn_blocking(move || list(&inner).items_blocking::<Row>().count());
    assert_eq!(count.await.unwrap(), 100);
    // Nothing that is dropped here panics, though a runtime goes with it.
    drop(core);
}

/// A list of numbers to answer reads with, one after the other; the last one again and again.
async fn statuses(statuses: &'static [u16], body: &'static str) -> Server {
    let asked = AtomicUsize::new(0);
    Server::start(move |request, _| {
        if request.method == "POST" {
            return reply(201, "4711");
        }
        let nth = asked.fetch_add(1, Ordering::Relaxed);
        reply(statuses[nth.min(statuses.len() - 1)], body)
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_created_is_waited_for() {
    static GET_USER: Operation = Operation {
        id: "get_user",
        method: Method::Get,
        path: "/v1/users/{id}",
        ..LIST_USERS
    };
    let server = statuses(&[404, 404, 200], "5").await;
    let core = fast(&server.client()).with_acting_user(11);
    let poll = PollOptions::new().interval(Duration::from_millis(1));
    let created: Created<i64, i64> = on_a_thread(move || {
        let creation = create(&core);
        let target = creation.poll_target(&GET_USER, "id");
        let answer = creation.send_blocking(decode::json::<i64>).unwrap();
        let id = *answer.value();
        target.poll_blocking(answer, id, decode::json, poll)
    });
    assert_eq!(*created.answer().value(), 4711);
    assert_eq!(created.into_ready().unwrap().into_value(), 5);
    let asked = server.asked();
    assert_eq!(asked.len(), 4);
    assert_eq!(asked[3].target, "/v1/users/4711");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_are_fetched() {
    let expired = statuses(&[403], "").await;
    let fresh = statuses(&[502, 200], "a file").await;
    let core = fast(&expired.client()).with_acting_user(11);
    let link = |server: &Server| format!("{}/cv.pdf", server.url());
    let (old, new) = (link(&expired), link(&fresh));
    on_a_thread(move || {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cv.pdf");
        let error = core.download_blocking(&old).to_file(&path).unwrap_err();
        assert!(error.is_expired() && !path.exists(), "{error}");

        // The record is read again by another call that blocks.
        let read_anew = || {
            list(&core).send_blocking(decode::empty).unwrap_err();
            Ok(new.clone())
        };
        let written = core
            .download_blocking(&old)
            .refetch(read_anew)
            .to_file(&path)
            .unwrap();
        assert_eq!(written.bytes, 6);
        assert_eq!(std::fs::read(&path).unwrap(), b"a file");

        let missing = None::<String>;
        let bytes = core
            .download_blocking(&missing)
            .refetch(|| Ok(new.clone()))
            .bytes();
        assert_eq!(&bytes.unwrap()[..], b"a file");

        let mut text = String::new();
        let mut reader = core.download_blocking(&new).reader().unwrap();
        assert_eq!(reader.content_length(), Some(6));
        reader.read_to_string(&mut text).unwrap();
        assert_eq!(text, "a file");

        let download = core.download_blocking(&new).max_bytes(5);
        assert!(download.bytes().unwrap_err().is_too_large());
    });
    for request in fresh.asked() {
        assert_eq!(request.header("authorization"), None);
        assert_eq!(request.header("on-behalf-of"), None);
    }
}
