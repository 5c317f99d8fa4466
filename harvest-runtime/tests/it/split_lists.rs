//! Lists of records that are named by their ids, more of them than one request takes.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use harvest_runtime::{
    Completeness, Incomplete, Items, Limiter, Operation, Pagination, Request, decode,
};

use crate::list_server::Row;
use crate::server::{Asked, LIST_USERS, Server, reply, reply_with};

static LIST_BY_CURSOR: Operation = Operation {
    pagination: Pagination::Cursor,
    ..LIST_USERS
};

const MOST: usize = 3;

fn query(asked: &Asked, name: &str) -> Option<String> {
    let query = asked.target.split_once('?')?.1;
    let pair = query
        .split('&')
        .find_map(|pair| pair.strip_prefix(&format!("{name}=")))?;
    Some(pair.replace("%2C", ",").replace("%40", "@"))
}

fn ids(asked: &Asked) -> Vec<i64> {
    let ids = query(asked, "ids").expect("every request names ids");
    ids.split(',').map(|id| id.parse().unwrap()).collect()
}

fn rows(ids: &[i64]) -> String {
    let rows: Vec<String> = ids.iter().map(|id| format!(r#"{{"id":{id}}}"#)).collect();
    format!("[{}]", rows.join(","))
}

/// Answers the records that are asked for, two a page, and counts pages.
fn two_a_page(asked: &Asked, url: &str) -> axum::http::Response<axum::body::Body> {
    let ids = ids(asked);
    let page: usize = query(asked, "page").map_or(1, |page| page.parse().unwrap());
    let body = rows(ids.chunks(2).nth(page - 1).unwrap_or_default());
    let last = ids.len().div_ceil(2);
    let to = |page: usize, rel: &str| {
        let all: Vec<String> = ids.iter().map(i64::to_string).collect();
        format!(
            r#"<{url}/v1/users?ids={}&page={page}>; rel="{rel}""#,
            all.join("%2C")
        )
    };
    if page < last {
        let link = format!("{},{}", to(page + 1, "next"), to(last, "last"));
        reply_with(200, &[("link", &link)], body)
    } else {
        reply(200, body)
    }
}

fn whole(asked: &Asked, _: &str) -> axum::http::Response<axum::body::Body> {
    reply(200, rows(&ids(asked)))
}

fn list(server: &Server, ids: &[i64]) -> Request {
    let builder = server.builder().limiter(Limiter::unlimited());
    let mut request = builder.build().unwrap().0.request(&LIST_USERS);
    request.query("email", "a@b");
    request.query_split("ids", ids, MOST);
    request
}

async fn read(items: &mut Items<Row>) -> Vec<i64> {
    let mut read = Vec::new();
    while let Some(item) = items.next().await {
        read.push(item.unwrap().id);
    }
    read
}

fn asked_for(server: &Server) -> Vec<Vec<i64>> {
    server.asked().iter().map(ids).collect()
}

#[tokio::test]
async fn as_many_requests_as_the_ids_take() {
    let server = Server::start(whole).await;
    // In their order; what comes twice is sent once.
    let mut items = list(&server, &[5, 1, 5, 9, 7, 1, 2, 8, 3]).items();
    assert_eq!(
        items.completeness(),
        Completeness::Unproven(Incomplete::Unfinished)
    );
    assert_eq!(read(&mut items).await, [5, 1, 9, 7, 2, 8, 3]);
    assert_eq!(items.completeness(), Completeness::Proven);
    assert_eq!(asked_for(&server), [vec![5, 1, 9], vec![7, 2, 8], vec![3]]);
    // Every request has the other filters, too.
    for asked in server.asked() {
        assert_eq!(query(&asked, "email").as_deref(), Some("a@b"));
    }
}

#[tokio::test]
async fn pages_come_one_behind_the_other() {
    let server = Server::start(two_a_page).await;
    let mut pages = list(&server, &[1, 2, 3, 4, 5, 6, 7]).pages::<Row>();
    let mut read = Vec::new();
    while let Some(page) = pages.next().await {
        read.push(page.unwrap().iter().map(|row| row.id).collect::<Vec<_>>());
    }
    assert_eq!(read, [vec![1, 2], vec![3], vec![4, 5], vec![6], vec![7]]);
    let unproven = Completeness::NoSignOfChange;
    assert_eq!(pages.completeness(), unproven);
}

#[tokio::test]
async fn as_few_as_fit_are_one_request_and_more_are_not_sent_as_one() {
    let server = Server::start(whole).await;
    let few = list(&server, &[1, 2, 3, 3, 2, 1]);
    let answer = few.send(decode::json::<Vec<Row>>).await.unwrap();
    assert_eq!(answer.len(), 3);
    assert_eq!(asked_for(&server), [vec![1, 2, 3]]);

    let many = list(&server, &[1, 2, 3, 4]);
    let error = many.send(decode::json::<Vec<Row>>).await.unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(
        error.to_string(),
        "list_users (GET /v1/users): not sent: `ids` has 4 values, and one request takes 3; get \
         them by `items` or `pages`, which send several"
    );
    // The last list counts.
    let mut again = list(&server, &[1, 2, 3, 4]);
    again.query_split("ids", &[8], MOST);
    assert_eq!(read(&mut again.items()).await, [8]);
    assert_eq!(asked_for(&server).len(), 2);
}

#[tokio::test]
async fn mistakes_in_any_part_are_told_before_the_first_is_sent() {
    let server = Server::start(whole).await;
    for ids in [
        &[][..],
        &["1", "2", "3", "PERSONAL,MARK"],
        &["1", "2", "3", ""],
    ] {
        let mut request = server.client().request(&LIST_USERS);
        request.query_split("ids", ids, MOST);
        let error = request.items::<Row>().next().await.unwrap().err().unwrap();
        assert!(error.is_invalid_request());
        assert!(!format!("{error} {error:?}").contains("PERSONAL"));
    }
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn parts_are_asked_for_ahead_and_come_in_order() {
    let under_way = std::sync::Arc::new((AtomicUsize::new(0), AtomicUsize::new(0)));
    // Slower for those asked first.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let counts = std::sync::Arc::clone(&under_way);
    let app = axum::Router::new().fallback(move |request: axum::extract::Request| {
        let counts = std::sync::Arc::clone(&counts);
        async move {
            let now = counts.0.fetch_add(1, Ordering::SeqCst) + 1;
            counts.1.fetch_max(now, Ordering::SeqCst);
            let asked = Asked {
                method: String::new(),
                target: request.uri().to_string(),
                headers: axum::http::HeaderMap::new(),
                body: axum::body::Bytes::new(),
            };
            let ids = ids(&asked);
            let slow = 60 - u64::try_from(ids[0]).unwrap().min(60);
            tokio::time::sleep(Duration::from_millis(slow)).await;
            counts.0.fetch_sub(1, Ordering::SeqCst);
            reply(200, rows(&ids))
        }
    });
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    let all: Vec<i64> = (1..=60).collect();
    let builder = harvest_runtime::ClientBuilder::<crate::server::Harvest>::new();
    let builder = builder
        .credential("a-key")
        .base_url(url)
        .limiter(Limiter::unlimited());
    let mut request = builder.build().unwrap().0.request(&LIST_USERS);
    request.query_split("ids", &all, MOST);
    let mut items = request.items::<Row>().concurrency(4);
    assert_eq!(read(&mut items).await, all);
    assert!(items.completeness().is_proven());
    assert_eq!(under_way.1.load(Ordering::SeqCst), 4);
}

/// Fails the first request for which this is true.
async fn failing_once(
    fails: impl Fn(&Asked) -> bool + Send + Sync + 'static,
    answer: fn(&Asked, &str) -> axum::http::Response<axum::body::Body>,
) -> Server {
    let failed = AtomicBool::new(false);
    Server::start(move |asked, url| {
        if fails(asked) && !failed.swap(true, Ordering::SeqCst) {
            reply(500, "PERSONAL-MARK")
        } else {
            answer(asked, url)
        }
    })
    .await
}

#[tokio::test]
async fn a_list_that_failed_goes_on_with_all_later_parts() {
    let all: Vec<i64> = (1..=11).collect();
    for concurrency in [1, 3] {
        // On the second page of the second part.
        let second = |asked: &Asked| ids(asked)[0] == 4 && query(asked, "page").is_some();
        let server = failing_once(second, two_a_page).await;
        let mut items = list(&server, &all).items::<Row>().concurrency(concurrency);
        let mut rows = Vec::new();
        let error = loop {
            match items.next().await.unwrap() {
                Ok(row) => rows.push(row.id),
                Err(error) => break error,
            }
        };
        assert!(items.next().await.is_none());
        assert_eq!(rows, [1, 2, 3, 4, 5]);
        assert_eq!(error.delivered(), Some(5));
        assert_eq!(
            items.completeness(),
            Completeness::Unproven(Incomplete::Unfinished)
        );
        let url = error.resume_url().unwrap().to_owned();
        assert!(!format!("{error} {error:?}").contains("ids"));

        // By the same list, and by one that says nothing of ids: the URL has all that is left.
        let mut bare = server.client().request(&LIST_USERS);
        bare.query("email", "another@b");
        for request in [list(&server, &all), bare] {
            let before = server.asked().len();
            let mut rest = request
                .items::<Row>()
                .concurrency(concurrency)
                .resume_from(&url);
            assert_eq!(read(&mut rest).await, [6, 7, 8, 9, 10, 11]);
            assert_eq!(
                rest.completeness(),
                Completeness::Unproven(Incomplete::Resumed)
            );
            let asked = server.asked().split_off(before);
            assert!(asked.iter().all(|asked| !asked.target.contains("then")));
            assert!(asked.iter().all(|asked| !asked.target.contains("another")));
            let parts: Vec<_> = asked.iter().map(ids).collect();
            assert!(parts.contains(&vec![10, 11]));
        }
    }
}

#[tokio::test]
async fn what_was_not_begun_is_in_the_url_of_the_first_part() {
    let server = failing_once(|_| true, whole).await;
    let all = [1, 2, 3, 4, 5, 6, 7];
    let mut pages = list(&server, &all).pages::<Row>();
    let error = pages.next().await.unwrap().unwrap_err();
    let url = error.resume_url().unwrap();
    let mut rest = list(&server, &[99]).items::<Row>().resume_from(url);
    assert_eq!(read(&mut rest).await, all);
    // A page that cannot be read is one of those that are asked for again.
    let odd = Mutex::new(1);
    let server = Server::start(move |asked, url| {
        let mut odd = odd.lock().unwrap();
        *odd += 1;
        if *odd == 3 {
            reply(200, "{}")
        } else {
            whole(asked, url)
        }
    })
    .await;
    let mut items = list(&server, &all).items::<Row>();
    let mut delivered = 0;
    let error = loop {
        match items.next().await.unwrap() {
            Ok(_) => delivered += 1,
            Err(error) => break error,
        }
    };
    assert!(error.is_decode());
    assert_eq!((delivered, error.delivered()), (3, Some(3)));
    let mut rest = list(&server, &all)
        .items::<Row>()
        .resume_from(error.resume_url().unwrap());
    assert_eq!(read(&mut rest).await, [4, 5, 6, 7]);
}

#[tokio::test]
async fn lists_by_cursor_go_on_with_whole_parts() {
    // The link to the second page has a cursor and nothing else.
    let server = Server::start(|asked, url| match query(asked, "cursor") {
        Some(cursor) if cursor.starts_with("broken") => reply(500, ""),
        Some(_) => reply(200, "[]"),
        None => {
            let ids = ids(asked);
            let to = if ids[0] == 1 { "broken" } else { "fine" };
            let link = format!(r#"<{url}/v1/users?cursor={to}>; rel="next""#);
            match ids[0] {
                7 => reply(200, rows(&ids)),
                _ => reply_with(200, &[("link", &link)], rows(&ids)),
            }
        }
    })
    .await;
    let mut request = server.client().request(&LIST_BY_CURSOR);
    request.query_split("ids", &[1, 2, 3, 4, 5, 6, 7], MOST);
    let mut pages = request.pages::<Row>();
    assert_eq!(pages.next().await.unwrap().unwrap().len(), 3);
    let error = pages.next().await.unwrap().unwrap_err();
    let url = error.resume_url().unwrap().replace("broken", "repaired");
    let request = server.client().request(&LIST_BY_CURSOR);
    let mut rest = request.items::<Row>().resume_from(url);
    assert_eq!(read(&mut rest).await, [4, 5, 6, 7]);
}

/// Each part has 40 empty pages before its end. That they are of several parts makes no difference.
#[tokio::test]
async fn empty_pages_of_all_parts_are_counted() {
    for concurrency in [1, 4] {
        let server = Server::start(|asked, url| {
            let page = query(asked, "page").map_or(1, |page| page.parse().unwrap());
            if page > 40 {
                return reply(200, "[]");
            }
            let (ids, next) = (query(asked, "ids").unwrap(), page + 1);
            let link = format!(r#"<{url}/v1/users?ids={ids}&page={next}>; rel="next""#);
            reply_with(200, &[("link", &link)], "[]")
        })
        .await;
        let all: Vec<i64> = (1..=30).collect();
        let mut items = list(&server, &all).items::<Row>().concurrency(concurrency);
        let error = items.next().await.unwrap().unwrap_err();
        assert!(error.is_pagination(), "{error}");
        assert!(error.resume_url().is_some_and(|url| url.contains("ids=")));
        assert!(items.next().await.is_none());
        // 41 requests of the first two parts, and 20 of the third.
        assert!(server.asked().len() < 41 * 2 + 20 + 4 * concurrency);
    }
}

/// The first and last page of a part is empty where none of its records is there.
#[tokio::test]
async fn parts_without_records_are_none_too_many() {
    let server = Server::start(|_, _| reply(200, "[]")).await;
    let all: Vec<i64> = (1..=450).collect();
    let mut items = list(&server, &all).items::<Row>();
    assert_eq!(read(&mut items).await, Vec::<i64>::new());
    assert_eq!(server.asked().len(), 150);
}
