//! Lists whose pages are fetched at the same time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use harvest_runtime::{Error, Identity, Items, Operation, Pagination};
use serde::{Deserialize, Deserializer};

use crate::list_server::{ListServer, PER_PAGE, Random, Row, Setup, link};
use crate::server::{LIST_USERS, Server, reply};

/// The ids of all records up to the first error, and that error.
async fn drain(mut items: Items<Row>) -> (Vec<i64>, Option<Error>) {
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(row) => ids.push(row.id),
            Err(error) => {
                assert!(items.next().await.is_none());
                return (ids, Some(error));
            }
        }
    }
    (ids, None)
}

#[track_caller]
fn whole(drained: (Vec<i64>, Option<Error>), records: i64) {
    assert!(drained.1.is_none(), "{:?}", drained.1);
    assert!(drained.0.into_iter().eq((1..=records).rev()));
}

/// Answers in any order.
fn slow(records: i64, seed: u64) -> Setup {
    let random = Random::new(seed);
    Setup {
        before: Box::new(move |_, _| (random.millis(6), random.millis(6))),
        ..Setup::new(records)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_come_in_order_and_once() {
    for (seed, concurrency) in [(1, 0), (2, 1), (3, 2), (4, 8), (5, 100)] {
        let server = slow(100, seed).start().await;
        whole(
            drain(server.list().items().concurrency(concurrency)).await,
            100,
        );
        assert_eq!(server.asked(), 34, "each page is asked for once");
        let most = server.most_under_way();
        let bound = concurrency.clamp(1, 33);
        assert!(most <= bound, "{most} at once, of {concurrency}");
        assert!(most > bound / 3, "{most} at once, of {concurrency}");
        for target in &server.state().targets {
            assert!(target.contains("email=PERSONAL-MARK%40b"), "{target}");
        }
    }
}

#[tokio::test]
async fn a_page_that_fails_ends_the_list_and_it_can_be_resumed() {
    for concurrency in [1, 4] {
        let broken = Arc::new(AtomicBool::new(true));
        let fails = Arc::clone(&broken);
        let server = Setup {
            instead: Box::new(move |page| {
                (page == 7 && fails.load(Ordering::SeqCst)).then(|| reply(422, "{}"))
            }),
            ..slow(40, 7)
        };
        let server = server.start().await;
        let items = server.list().items().concurrency(concurrency);
        let (mut ids, error) = drain(items).await;
        let error = error.unwrap();
        assert!(ids.iter().copied().eq((23..=40).rev()));
        assert!(error.is_validation());
        assert_eq!(error.delivered(), Some(18));
        let url = error.resume_url().unwrap();
        assert!(url.contains("page=7") && url.contains("email=PERSONAL-MARK%40b"));
        let printed = format!("{error} {error:?} {error:#?}");
        assert!(!printed.contains("PERSONAL-MARK") && !printed.contains("page=7"));

        broken.store(false, Ordering::SeqCst);
        let asked = server.asked_at_rest().await;
        let resumed = server.list().items().concurrency(concurrency);
        let (rest, error) = drain(resumed.resume_from(url)).await;
        assert!(error.is_none());
        assert_eq!(server.asked() - asked, 8, "pages 7 to 14");
        ids.extend(rest);
        assert!(ids.into_iter().eq((1..=40).rev()));
    }
}

#[tokio::test]
async fn no_more_than_asked_is_fetched_ahead() {
    let server = Setup::new(60).start().await;
    let mut pages = server.list().pages::<Row>().concurrency(4);
    assert_eq!(server.asked_at_rest().await, 0);
    for read in 1..=20 {
        assert_eq!(pages.next().await.unwrap().unwrap().len(), PER_PAGE);
        if read % 5 == 1 {
            // Though the next page is not asked for.
            assert_eq!(server.asked_at_rest().await, (read + 4).min(20));
        }
    }
    assert!(pages.next().await.is_none());

    let server = Setup::new(60).start().await;
    let mut pages = server.list().pages::<Row>();
    for read in 1..=3 {
        pages.next().await.unwrap().unwrap();
        assert_eq!(server.asked_at_rest().await, read);
    }
}

static ALIVE: AtomicUsize = AtomicUsize::new(0);
static MOST_ALIVE: AtomicUsize = AtomicUsize::new(0);

/// A record that is counted while it exists.
struct Counted;

impl<'de> Deserialize<'de> for Counted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(deserializer)?;
        let alive = ALIVE.fetch_add(1, Ordering::SeqCst) + 1;
        MOST_ALIVE.fetch_max(alive, Ordering::SeqCst);
        Ok(Self)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Identity for Counted {}

#[tokio::test]
async fn records_exist_for_one_page_at_a_time() {
    let server = Setup::new(60).start().await;
    let mut items = server.list().items::<Counted>().concurrency(8);
    let mut count = 0;
    while let Some(item) = items.next().await {
        drop(item.unwrap());
        count += 1;
    }
    assert_eq!(count, 60);
    assert_eq!(MOST_ALIVE.load(Ordering::SeqCst), PER_PAGE);
}

#[tokio::test]
async fn what_is_under_way_ends_with_the_list() {
    let server = Setup {
        before: Box::new(|page, _| (Duration::from_secs(u64::from(page > 1)), Duration::ZERO)),
        ..Setup::new(60)
    };
    let server = server.start().await;
    let mut items = server.list().items::<Row>().concurrency(4);
    items.next().await.unwrap().unwrap();
    assert_eq!(server.asked_at_rest().await, 5);
    drop(items);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(server.asked(), 5);
    assert_eq!(server.state().read, [1], "the others were given up");
}

static NEXT_ONLY: Operation = Operation {
    pagination: Pagination::NextOnly,
    ..LIST_USERS
};

static CURSOR: Operation = Operation {
    pagination: Pagination::Cursor,
    ..LIST_USERS
};

/// These lists are read one by one, and whole.
#[tokio::test]
async fn not_every_list_is_counted() {
    type Change = fn(&str, &str, usize, usize) -> String;
    let counted: Change = link;
    // The count was skipped.
    let skipped: Change = |url, rest, page, last| {
        let header = link(url, rest, page, last);
        header
            .split_once(',')
            .map_or("", |(next, _)| next)
            .to_owned()
    };
    // `last` is behind, always.
    let behind: Change = |url, rest, page, last| {
        let header = link(url, rest, page, last);
        header.replace(
            &format!("page={last}{rest}>; rel=\"last\""),
            "page=1>; rel=\"last\"",
        )
    };
    // `last` lost the filters.
    let unfiltered: Change = |url, rest, page, last| {
        let header = link(url, rest, page, last);
        header.replace(
            &format!("page={last}{rest}>; rel=\"last\""),
            &format!("page={last}>; rel=\"last\""),
        )
    };
    let garbled: Change = |url, rest, page, last| {
        link(url, rest, page, last).replace(
            &format!("page={last}{rest}>; rel=\"last\""),
            "page=x>; rel=\"last\"",
        )
    };
    for (name, operation, change) in [
        ("next only", &NEXT_ONLY, counted),
        ("cursor", &CURSOR, counted),
        ("skipped", &LIST_USERS, skipped),
        ("behind", &LIST_USERS, behind),
        ("unfiltered", &LIST_USERS, unfiltered),
        ("garbled", &LIST_USERS, garbled),
    ] {
        let server = Setup {
            link: Box::new(change),
            ..slow(20, 3)
        };
        let server = server.start().await;
        let items = server.list_as(operation).items().concurrency(8);
        whole(drain(items).await, 20);
        assert_eq!((server.asked(), server.most_under_way()), (7, 1), "{name}");
    }
}

#[tokio::test]
async fn a_last_page_at_another_host_is_not_asked_for() {
    let elsewhere = Server::answering(200, "[]").await;
    let url = elsewhere.url();
    let server = Setup {
        link: Box::new(move |own, rest, page, last| {
            let header = link(own, rest, page, last);
            match header.split_once(',') {
                Some((next, last)) => format!("{next},{}", last.replace(own, &url)),
                None => header.replace(own, &url),
            }
        }),
        ..slow(20, 3)
    };
    let server = server.start().await;
    whole(drain(server.list().items().concurrency(8)).await, 20);
    assert_eq!(server.most_under_way(), 1);
    assert!(elsewhere.asked().is_empty());
}

/// The service's known bug: what was asked for is repeated before, or after, what is meant.
#[tokio::test]
async fn repeated_page_parameters() {
    for meant_last in [true, false] {
        let server = Setup {
            link: Box::new(move |url, rest, page, last| {
                let to = |number: usize, rel: &str| {
                    let (old, new) = (format!("page={page}"), format!("page={number}"));
                    let (first, second) = if meant_last { (old, new) } else { (new, old) };
                    format!("<{url}/v1/users?{first}{rest}&{second}{rest}>; rel=\"{rel}\"")
                };
                if page < last {
                    format!("{},{}", to(page + 1, "next"), to(last, "last"))
                } else {
                    to(last, "last")
                }
            }),
            ..slow(30, 5)
        };
        let server = server.start().await;
        let mut request = server.client().request(&LIST_USERS);
        request.query_in("per_page", 3, 1..=500);
        whole(drain(request.items().concurrency(3)).await, 30);
        assert_eq!(server.asked(), 10);
        assert!(server.most_under_way() > 1);
        for target in &server.state().targets[1..] {
            assert_eq!(target.matches("per_page=3").count(), 1, "{target}");
            assert_eq!(target.matches("page=").count(), 2, "{target}");
        }
    }
}

#[tokio::test]
async fn resuming_is_refused_where_it_makes_no_sense() {
    let server = Setup::new(20).start().await;
    let other = format!("{}/v1/jobs?page=2", server.url());
    for url in [
        "https://evil.example/v1/users?page=2",
        "http://127.0.0.1:1/v1/users?page=2",
        "PERSONAL-MARK",
        other.as_str(),
    ] {
        let (ids, error) = drain(server.list().items().resume_from(url)).await;
        let error = error.unwrap();
        assert!(ids.is_empty() && error.is_invalid_request(), "{url}");
        assert!(!format!("{error} {error:?}").contains("PERSONAL-MARK"));
    }
    assert_eq!(server.asked(), 0);

    let mut items = server.list().items::<Row>();
    items.next().await.unwrap().unwrap();
    let url = format!("{}/v1/users?page=3", server.url());
    let (rest, error) = drain(items.resume_from(url)).await;
    assert_eq!(rest.len(), 2, "the page that was read already");
    assert!(error.unwrap().is_invalid_request());
}

/// What is printed of a stream says nothing about a person.
#[tokio::test]
async fn nothing_personal_is_printed() {
    let server = Setup::new(20).start().await;
    let mut items = server.list().items::<Row>().concurrency(2);
    while items.next().await.is_some() {
        let printed = format!(
            "{items:?} {:?} {}",
            items.completeness(),
            items.completeness()
        );
        assert!(!printed.contains("PERSONAL-MARK"), "{printed}");
    }
}

/// The compiler checks what it is for: it can be moved to another task while pages are under way.
#[tokio::test]
async fn a_list_moves_between_tasks() {
    fn sent<T: Send + Unpin + 'static>(value: T) -> T {
        value
    }
    let server: ListServer = slow(30, 9).start().await;
    let mut items = sent(server.list().items::<Row>().concurrency(3));
    let first = items.next().await.unwrap().unwrap();
    let (rest, error) = tokio::spawn(drain(items)).await.unwrap();
    assert!(error.is_none());
    assert_eq!((first.id, rest.len()), (30, 29));
}
