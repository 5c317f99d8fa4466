//! Lists in which some records cannot be read.

use std::collections::BTreeSet;

use harvest_runtime::{Completeness, Error, Identity, Incomplete, Items, Unreadable};
use serde::{Deserialize, Deserializer, Serialize};

use crate::list_server::{ListServer, Row, Setup};
use crate::server::reply_with;

/// A record that not every object is, as a user's own type.
#[derive(Deserialize, Serialize)]
struct Strict {
    id: i64,
    #[serde(default, deserialize_with = "small")]
    emails: Vec<u8>,
}

impl Identity for Strict {
    fn identity(&self) -> Option<i64> {
        Some(self.id)
    }
}

fn small<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    Vec::deserialize(deserializer)
}

/// Ten pages of three records each, of which the second and the fourth have some that cannot be read.
async fn server() -> ListServer {
    Setup {
        instead: Box::new(|page| {
            let body: &[u8] = match page {
                2 => br#"[{"id":27,"emails":[1]}, {"id":26,"emails":[1,"MARK"]},null,{"id":25}]"#,
                4 => br#"[{"id":21,"x":NaN},"MARK",{"id":20},{"id":19,"emails":[]}]"#,
                _ => return None,
            };
            let link = format!(
                "</v1/users?page={}&email=PERSONAL-MARK%40b>; rel=\"next\",\
                 </v1/users?page=10&email=PERSONAL-MARK%40b>; rel=\"last\"",
                page + 1
            );
            Some(reply_with(200, &[("link", &link)], body))
        }),
        ..Setup::new(30)
    }
    .start()
    .await
}

async fn drain<T: Identity + Send + 'static>(
    mut items: Items<Result<T, Unreadable>>,
    id: fn(&T) -> i64,
) -> (Vec<i64>, Vec<Unreadable>, Completeness) {
    let (mut ids, mut unreadable) = (Vec::new(), Vec::new());
    while let Some(item) = items.next().await {
        match item.unwrap() {
            Ok(record) => ids.push(id(&record)),
            Err(error) => unreadable.push(error),
        }
    }
    (ids, unreadable, items.completeness())
}

/// All but those on the broken pages that cannot be read.
fn readable() -> Vec<i64> {
    let lost = BTreeSet::from([26, 21]);
    // The broken pages have fewer records than the others.
    (1..=30).rev().filter(|id| !lost.contains(id)).collect()
}

fn check(unreadable: &[Unreadable]) {
    let found: Vec<_> = unreadable
        .iter()
        .map(|unreadable| {
            assert!(unreadable.page_url().contains("email=PERSONAL-MARK%40b"));
            let printed = format!("{unreadable} {unreadable:?}");
            assert!(
                !printed.contains("MARK") && !printed.contains("lenient"),
                "{printed}"
            );
            let page = unreadable.page_url().split("page=").nth(1).unwrap();
            (
                page.split('&').next().unwrap(),
                unreadable.index(),
                unreadable.path(),
                str::from_utf8(unreadable.bytes()).unwrap(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (
                "2",
                Some(1),
                Some("emails[1]"),
                r#"{"id":26,"emails":[1,"MARK"]}"#
            ),
            ("4", Some(0), None, r#"{"id":21,"x":NaN}"#),
            ("4", Some(1), None, "\"MARK\""),
        ]
    );
    assert_eq!(
        unreadable[0].to_string(),
        "record 1 of a page was not read: at emails[1]: found a string, expected u8 (line 1, \
         column 27)"
    );
}

#[tokio::test]
async fn the_rest_is_handed_out() {
    let server = server().await;
    for concurrency in [1, 4] {
        let items = server.list().items::<Strict>().concurrency(concurrency);
        let (ids, unreadable, completeness) = drain(items.lenient(), |record| record.id).await;
        assert_eq!(ids, readable());
        check(&unreadable);
        assert_eq!(
            completeness,
            Completeness::Unproven(Incomplete::UnreadableRecord)
        );
    }
    // A model takes any object.
    let (ids, unreadable, _) = drain(server.list().items::<Row>().lenient(), |row| row.id).await;
    assert_eq!((ids.len(), unreadable.len()), (29, 2));
}

#[tokio::test]
async fn pages_have_a_result_for_each_record() {
    let server = server().await;
    let mut pages = server.list().pages::<Strict>().lenient().concurrency(3);
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        sizes.push((
            page.len(),
            page.iter().filter(|record| record.is_err()).count(),
        ));
    }
    assert_eq!(sizes[..5], [(3, 0), (3, 1), (3, 0), (4, 2), (3, 0)]);
    assert_eq!(sizes.len(), 10);
}

#[tokio::test]
async fn without_it_the_list_ends_and_the_error_names_it() {
    let server = server().await;
    let mut items = server.list().items::<Strict>();
    let mut ids = Vec::new();
    let error = loop {
        match items.next().await.unwrap() {
            Ok(record) => ids.push(record.id),
            Err(error) => break error,
        }
    };
    assert_eq!(ids, [30, 29, 28]);
    let text = error.to_string();
    assert!(error.is_decode(), "{error}");
    assert!(
        text.contains("at [1].emails[1]: found a string, expected u8"),
        "{text}"
    );
    assert!(text.contains("`lenient()`"), "{text}");
    assert!(items.next().await.is_none());

    // And where it ended, the lenient mode goes on.
    let url = error.resume_url().unwrap().to_owned();
    let rest = server.list().items::<Strict>().resume_from(&url).lenient();
    let (ids, unreadable, _) = drain(rest, |record| record.id).await;
    assert_eq!(ids, readable()[3..]);
    check(&unreadable);
    let rest = server.list().items::<Strict>().lenient().resume_from(&url);
    assert_eq!(drain(rest, |record| record.id).await.0.len(), ids.len());
}

#[tokio::test]
async fn other_errors_end_the_list_all_the_same() {
    let server = Setup {
        instead: Box::new(|page| (page == 2).then(|| reply_with(422, &[], "{}"))),
        ..Setup::new(9)
    }
    .start()
    .await;
    let mut items = server.list().items::<Strict>().lenient();
    for _ in 0..3 {
        assert!(items.next().await.unwrap().unwrap().is_ok());
    }
    let error: Error = items.next().await.unwrap().map(|_| ()).unwrap_err();
    assert!(error.is_validation());
    assert_eq!(error.delivered(), Some(3));
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn what_is_no_list_is_one_item() {
    for (body, index, bytes) in [
        ("<html>MARK</html>", None, "<html>MARK</html>"),
        (r#"{"message":"MARK"}"#, None, r#"{"message":"MARK"}"#),
        (r#"[{"id":1}] MARK"#, None, "MARK"),
        (r#"[{"id":1},{"id":2"#, Some(1), r#"{"id":2"#),
    ] {
        let server = Setup {
            instead: Box::new(move |_| Some(reply_with(200, &[], body))),
            ..Setup::new(1)
        }
        .start()
        .await;
        let (_, unreadable, completeness) =
            drain(server.list().items::<Strict>().lenient(), |record| {
                record.id
            })
            .await;
        assert_eq!(
            (unreadable[0].index(), &**unreadable[0].bytes()),
            (index, bytes.as_bytes())
        );
        assert!(!completeness.is_proven(), "{body}");
        assert!(
            server
                .list()
                .items::<Strict>()
                .next()
                .await
                .unwrap()
                .is_err(),
            "{body}"
        );
    }
    // Nulls are no records, and no failures.
    let server = Setup {
        instead: Box::new(|_| Some(reply_with(200, &[], r#"[null,{"id":1},null]"#))),
        ..Setup::new(1)
    }
    .start()
    .await;
    let (ids, unreadable, completeness) =
        drain(server.list().items::<Strict>().lenient(), |record| {
            record.id
        })
        .await;
    assert_eq!(
        (ids, unreadable.len(), completeness.is_proven()),
        (vec![1], 0, true)
    );
    let page = server.list().pages::<Row>().next().await.unwrap().unwrap();
    assert_eq!((page.len(), page.places_len()), (1, 3));
    assert_eq!(
        serde_json::to_string(page.value()).unwrap(),
        r#"[null,{"id":1},null]"#
    );
}

#[cfg(feature = "blocking")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn iterators_have_it_too() {
    let server = server().await;
    let request = server.list();
    let (ids, unreadable) = std::thread::spawn(move || {
        let mut items = request.items_blocking::<Strict>().lenient().concurrency(2);
        let (mut ids, mut unreadable) = (Vec::new(), Vec::new());
        for item in items.by_ref() {
            match item.unwrap() {
                Ok(record) => ids.push(record.id),
                Err(error) => unreadable.push(error),
            }
        }
        assert_eq!(
            items.completeness(),
            Completeness::Unproven(Incomplete::UnreadableRecord)
        );
        (ids, unreadable)
    })
    .join()
    .unwrap();
    assert_eq!(ids, readable());
    check(&unreadable);
    let request = server.list();
    let pages = std::thread::spawn(move || request.pages_blocking::<Strict>().lenient().count());
    assert_eq!(pages.join().unwrap(), 10);
}
