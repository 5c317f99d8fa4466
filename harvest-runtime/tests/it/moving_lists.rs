//! Lists that change while they are read.

use std::time::Duration;

use harvest_runtime::{Completeness, Incomplete, Items, Operation, Pagination};
use serde_json::Value;

use crate::list_server::{ListServer, Random, Row, Setup};
use crate::server::{LIST_USERS, Server, reply_with};

/// The ids and what is known at the end.
async fn read(mut items: Items<Row>) -> (Vec<i64>, Completeness) {
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item.unwrap().id);
    }
    (ids, items.completeness())
}

/// No record comes twice, and none of those that were there all the time is missing.
#[track_caller]
fn each_once(ids: &[i64], records: i64, what: &str) {
    let mut sorted = ids.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(
        sorted.len(),
        ids.len(),
        "{what}: a record came twice: {ids:?}"
    );
    for id in 1..=records {
        assert!(
            sorted.binary_search(&id).is_ok(),
            "{what}: {id} is missing: {ids:?}"
        );
    }
}

const MOVED: Completeness = Completeness::Unproven(Incomplete::ChangedWhileReading);

#[tokio::test]
async fn records_put_at_the_front_come_once() {
    let server = Setup {
        before: Box::new(|_, state| {
            state.insert();
            Default::default()
        }),
        ..Setup::new(40)
    };
    let server = server.start().await;
    let (ids, completeness) = read(server.list().items()).await;
    each_once(&ids, 40, "one by one");
    assert_eq!(completeness, MOVED);

    // Pages are handed out as they are.
    let server = Setup {
        before: Box::new(|page, state| {
            if page == 2 {
                state.insert();
            }
            Default::default()
        }),
        ..Setup::new(8)
    };
    let server = server.start().await;
    let mut pages = server.list().pages::<Row>();
    let mut ids = Vec::new();
    while let Some(page) = pages.next().await {
        ids.push(page.unwrap().iter().map(|row| row.id).collect::<Vec<_>>());
    }
    assert_eq!(ids, [vec![8, 7, 6], vec![6, 5, 4], vec![3, 2, 1]]);
    assert_eq!(pages.completeness(), MOVED);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_any_time_and_concurrency() {
    let mut moved = 0;
    for seed in 0..25 {
        let random = Random::new(seed + 1);
        let server = Setup {
            before: Box::new(move |_, state| {
                if random.below(4) == 0 {
                    for _ in 0..=random.below(5) {
                        state.insert();
                    }
                }
                (random.millis(4), random.millis(4))
            }),
            ..Setup::new(60)
        };
        let server = server.start().await;
        let concurrency = 2 + usize::try_from(seed % 7).unwrap();
        let (ids, completeness) = read(server.list().items().concurrency(concurrency)).await;
        each_once(&ids, 60, &format!("seed {seed}"));
        moved += usize::from(completeness == MOVED);
    }
    assert!(moved > 15, "only {moved} lists moved");
}

/// Page 3 is read, then a record put at the front, then page 2 read: what was last on page 2 is now first on page 3.
#[tokio::test]
async fn what_moved_behind_the_reader_is_fetched_again() {
    let server = Setup {
        before: Box::new(|page, _| match page {
            2 => (Duration::from_millis(200), Duration::ZERO),
            _ => Default::default(),
        }),
        ..Setup::new(15)
    };
    let server = server.start().await;
    let change = async {
        while server.state().read.len() < 3 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert_eq!(server.state().read[0], 1);
        assert!(!server.state().read.contains(&2));
        server.state().insert();
    };
    let items = server.list().items().concurrency(3);
    let ((ids, completeness), ()) = tokio::join!(read(items), change);
    assert!(ids.iter().copied().eq((1..=15).rev()), "{ids:?}");
    assert_eq!(completeness, MOVED);
    let read = server.state().read.clone();
    assert_eq!(
        read.iter().filter(|page| **page == 3).count(),
        2,
        "{read:?}"
    );
    // From there on one by one, with the records in order.
    assert_eq!(read[read.len() - 4..], [3, 4, 5, 6], "{read:?}");
}

#[tokio::test]
async fn a_list_that_grows_is_read_to_its_new_end() {
    for concurrency in [1, 4] {
        let server = Setup {
            before: Box::new(|page, state| {
                if page == 4 && state.ids.len() == 12 {
                    state.ids.extend([-1, -2, -3, -4]);
                }
                // Page 4 is read last.
                (
                    Duration::from_millis(if page == 4 { 60 } else { 0 }),
                    Duration::ZERO,
                )
            }),
            ..Setup::new(12)
        };
        let server = server.start().await;
        let (ids, completeness) = read(server.list().items().concurrency(concurrency)).await;
        assert_eq!(ids[11..], [1, -1, -2, -3, -4]);
        assert_eq!((ids.len(), completeness), (16, MOVED));
    }
}

#[tokio::test]
async fn a_list_that_shrinks_ends_where_it_ends() {
    for concurrency in [1, 3, 20] {
        let server = Setup {
            before: Box::new(|page, state| {
                if page == 2 {
                    state.ids.truncate(10);
                }
                Default::default()
            }),
            ..Setup::new(60)
        };
        let server = server.start().await;
        let (ids, completeness) = read(server.list().items().concurrency(concurrency)).await;
        assert!(ids[..10].iter().copied().eq((51..=60).rev()), "{ids:?}");
        each_once(&ids, 0, "shrunk");
        assert_eq!(completeness, MOVED);
        // The page that shows it, those ahead of it in vain, and the few that are left.
        assert!(server.asked() <= concurrency + 5, "{}", server.asked());
    }
}

/// Pages that were read before the list shrank still have records. They are handed out.
#[tokio::test]
async fn what_was_read_before_the_list_shrank_is_kept() {
    let server = Setup {
        before: Box::new(|page, state| {
            if page == 2 && state.ids.len() == 9 {
                return (Duration::from_millis(100), Duration::ZERO);
            }
            Default::default()
        }),
        ..Setup::new(9)
    };
    let server = server.start().await;
    let change = async {
        while server.state().read.len() < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        server.state().ids.truncate(3);
    };
    let (result, ()) = tokio::join!(read(server.list().items().concurrency(2)), change);
    assert_eq!(server.state().read, [1, 3, 2]);
    assert_eq!(result, (vec![9, 8, 7, 3, 2, 1], MOVED));
}

static CURSOR: Operation = Operation {
    pagination: Pagination::Cursor,
    ..LIST_USERS
};

#[tokio::test]
async fn what_is_proven() {
    async fn known(server: &ListServer, operation: &'static Operation) -> Completeness {
        read(server.list_as(operation).items()).await.1
    }
    let unproven = Completeness::Unproven;
    let server = Setup::new(3).start().await;
    assert_eq!(known(&server, &LIST_USERS).await, Completeness::Proven);
    let server = Setup::new(7).start().await;
    assert_eq!(
        known(&server, &LIST_USERS).await,
        Completeness::NoSignOfChange
    );
    assert_eq!(known(&server, &CURSOR).await, Completeness::Proven);
    assert_eq!(
        read(server.list().items().concurrency(3)).await.1,
        Completeness::NoSignOfChange
    );

    let mut items = server.list_as(&CURSOR).items::<Row>();
    assert_eq!(items.completeness(), unproven(Incomplete::Unfinished));
    for _ in 0..6 {
        items.next().await.unwrap().unwrap();
        assert_eq!(items.completeness(), unproven(Incomplete::Unfinished));
    }
    items.next().await.unwrap().unwrap();
    assert!(items.next().await.is_none());
    assert!(items.completeness().is_proven() && items.completeness().incomplete().is_none());

    let url = format!("{}/v1/users?page=3", server.url());
    let resumed = server.list_as(&CURSOR).items().resume_from(url);
    assert_eq!(
        read(resumed).await,
        (vec![1], unproven(Incomplete::Resumed))
    );

    let refusing = Server::answering(404, "{}").await;
    let mut items = refusing.client().request(&CURSOR).items::<Row>();
    let error = items.next().await.unwrap().err().unwrap();
    assert_eq!(error.delivered(), Some(0));
    assert_eq!(
        error.resume_url(),
        Some(format!("{}/v1/users", refusing.url()).as_str())
    );
    assert_eq!(items.completeness(), unproven(Incomplete::Unfinished));
}

/// A page that names no next one, though the list has more, is no silent end.
#[tokio::test]
async fn a_page_without_a_next_one_before_the_last() {
    for concurrency in [1, 4] {
        let server = Setup {
            link: Box::new(|url, rest, page, last| match page {
                2 => format!("<{url}/v1/users?page={last}{rest}>; rel=\"last\""),
                _ => crate::list_server::link(url, rest, page, last),
            }),
            ..Setup::new(12)
        };
        let server = server.start().await;
        let (ids, completeness) = read(server.list().items().concurrency(concurrency)).await;
        assert_eq!(completeness, MOVED);
        // One by one, the service has the last word; by numbers, the pages are known to be there.
        assert_eq!(ids.len(), if concurrency == 1 { 6 } else { 12 });
    }
}

#[tokio::test]
async fn records_without_an_id_all_come() {
    let server = Server::start(|asked, _| {
        let body = r#"[{"name":"a"},{"id":0},{"id":null},{"id":7},{"id":7}]"#;
        if asked.target.contains("page=2") {
            reply_with(200, &[], body)
        } else {
            reply_with(200, &[("link", r#"<?page=2>; rel="next""#)], body)
        }
    });
    let server = server.await;
    let mut items = server.client().request(&LIST_USERS).items::<Row>();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item.unwrap().id);
    }
    assert_eq!(ids, [0, 0, 0, 7, 0, 0, 0]);

    let mut items = server.client().request(&LIST_USERS).items::<Value>();
    let mut count = 0;
    while let Some(item) = items.next().await {
        item.unwrap();
        count += 1;
    }
    assert_eq!(
        count, 6,
        "two without id on each page, the one with 0 and the one with 7 once"
    );
}

/// The count on an error is that of what came before it, without what was left out.
#[tokio::test]
async fn what_was_left_out_was_not_delivered() {
    let server = Setup {
        before: Box::new(|page, state| {
            if page == 2 {
                state.insert();
            }
            Default::default()
        }),
        instead: Box::new(|page| (page == 3).then(|| crate::server::reply(404, "{}"))),
        ..Setup::new(20)
    };
    let server = server.start().await;
    let mut items = server.list().items::<Row>();
    let mut count = 0;
    let error = loop {
        match items.next().await.unwrap() {
            Ok(_) => count += 1,
            Err(error) => break error,
        }
    };
    assert_eq!((count, error.delivered()), (5, Some(5)));
    assert!(error.resume_url().unwrap().contains("page=3"));
}
