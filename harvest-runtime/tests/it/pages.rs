//! Lists over several pages.

use std::pin::pin;
use std::task::{Context, Waker};

use axum::body::Body;
use axum::http::Response;
use futures_util::{Stream, TryStreamExt as _};
use harvest_runtime::{Error, Items, Pages};
use serde_json::Value;

use crate::server::{Asked, CREATE_USER, LIST_USERS, Server, reply, reply_with};

fn page(body: &str, next: &str) -> Response<Body> {
    reply_with(
        200,
        &[("link", &format!(r#"<{next}>; rel="next""#))],
        body.to_owned(),
    )
}

/// Three pages of two, none and one.
fn three(asked: &Asked, url: &str) -> Response<Body> {
    if asked.target.contains("?page=3") {
        reply_with(
            200,
            &[("link", &format!(r#"<{url}/v1/users?page=2>; rel="prev""#))],
            "[3]",
        )
    } else if asked.target.contains("?page=2") {
        page("[]", &format!("{url}/v1/users?page=3&per_page=2"))
    } else {
        page(
            "[1,2]",
            &format!("{url}/v1/users?page=2&per_page=2&email=a%40b"),
        )
    }
}

fn items(server: &Server) -> Items<i64> {
    server.client().request(&LIST_USERS).items()
}

/// Everything up to the first error, and that error.
async fn drain(mut items: Items<i64>) -> (Vec<i64>, Option<Error>) {
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => all.push(item),
            Err(error) => {
                assert!(
                    items.next().await.is_none(),
                    "the stream ends after an error"
                );
                assert!(items.next().await.is_none());
                return (all, Some(error));
            }
        }
    }
    assert!(items.next().await.is_none());
    (all, None)
}

#[tokio::test]
async fn pages_and_items() {
    let server = Server::start(three).await;
    let mut request = server.client().request(&LIST_USERS);
    request.query("email", "a@b");
    request.query_in("per_page", 2, 1..=500);
    request.acting_user(12);
    let mut pages: Pages<i64> = request.pages();
    assert!(
        server.asked().is_empty(),
        "nothing is fetched before it is asked for"
    );

    let first = pages.next().await.unwrap().unwrap();
    assert_eq!(*first, [1, 2]);
    assert_eq!(first.links().next().unwrap().path(), "/v1/users");
    assert_eq!(server.asked().len(), 1, "nothing is fetched ahead");
    assert_eq!(
        *pages.next().await.unwrap().unwrap(),
        [0_i64; 0],
        "an empty page is not the end"
    );
    let last = pages.next().await.unwrap().unwrap();
    assert_eq!(*last, [3]);
    assert!(last.links().next().is_none() && last.links().prev().is_some());
    assert!(pages.next().await.is_none());
    assert!(pages.next().await.is_none());

    // The URLs are followed as they are, with the same headers.
    assert_eq!(
        server.targets(),
        [
            "/v1/users?email=a%40b&per_page=2",
            "/v1/users?page=2&per_page=2&email=a%40b",
            "/v1/users?page=3&per_page=2"
        ]
    );
    for asked in server.asked() {
        assert_eq!(asked.method, "GET");
        assert_eq!(asked.header("on-behalf-of"), Some("12"));
        assert_eq!(asked.header("authorization"), Some("Basic YS1rZXk6"));
        assert_eq!(asked.header("accept"), Some("application/json"));
    }

    let server = Server::start(three).await;
    assert_eq!(drain(items(&server)).await.0, [1, 2, 3]);
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn streams() {
    fn unpin<T: Unpin + Send + 'static>(value: T) -> T {
        value
    }
    let server = Server::start(three).await;
    let all: Vec<i64> = unpin(items(&server)).try_collect().await.unwrap();
    assert_eq!(all, [1, 2, 3]);
    let pages = unpin(server.client().request(&LIST_USERS).pages::<i64>());
    let sizes: Vec<usize> = pages.map_ok(|page| page.len()).try_collect().await.unwrap();
    assert_eq!(sizes, [2, 0, 1]);
}

#[tokio::test]
async fn a_dropped_future_loses_nothing() {
    let server = Server::start(three).await;
    let mut items = items(&server);
    for _ in 0..3 {
        // Polled once and dropped, while the request is under way.
        let mut next = pin!(items.next());
        assert!(
            next.as_mut()
                .poll(&mut Context::from_waker(Waker::noop()))
                .is_pending()
        );
    }
    assert_eq!(drain(items).await.0, [1, 2, 3]);
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn a_list_on_one_page() {
    for link in [
        None,
        Some(r#"</v1/users?page=1>; rel="last""#),
        Some("</style.css>; rel=preload"),
    ] {
        let server = Server::start(move |_, _| match link {
            Some(link) => reply_with(200, &[("link", link)], "[1]"),
            None => reply(200, "[1]"),
        })
        .await;
        assert!(matches!(drain(items(&server)).await, (all, None) if all == [1]));
        assert_eq!(server.asked().len(), 1);
    }
}

#[tokio::test]
async fn relative_and_other_paths_are_followed() {
    let server = Server::start(|asked, _| match asked.target.as_str() {
        "/v1/users" => page("[1]", "?cursor=a"),
        "/v1/users?cursor=a" => page("[2]", "/v2/other#top"),
        _ => reply(200, "[3]"),
    })
    .await;
    assert_eq!(drain(items(&server)).await.0, [1, 2, 3]);
    assert_eq!(
        server.targets(),
        ["/v1/users", "/v1/users?cursor=a", "/v2/other"]
    );
}

#[tokio::test]
async fn loops_end() {
    // To itself; to the first page; to the one before.
    let itself = Server::start(|asked, url| page("[1]", &format!("{url}{}", asked.target))).await;
    let (all, error) = drain(items(&itself)).await;
    assert_eq!((all, itself.asked().len()), (vec![1], 1));
    assert!(error.as_ref().unwrap().is_pagination());
    assert_eq!(
        error.unwrap().to_string(),
        "list_users (GET /v1/users): the list is incomplete: the next page is one that was \
         fetched before, so the list would never end"
    );

    let first = Server::start(|asked, _| {
        page(
            "[1]",
            if asked.target.contains('?') {
                "/v1/users"
            } else {
                "?page=2"
            },
        )
    });
    let first = first.await;
    let (all, error) = drain(items(&first)).await;
    assert_eq!((all, first.asked().len()), (vec![1, 1], 2));
    assert!(error.unwrap().is_pagination());
}

#[tokio::test]
async fn errors_end_the_list() {
    let refused = Server::start(|asked, _| match asked.target.as_str() {
        "/v1/users" => page("[1]", "?page=2"),
        _ => reply_with(429, &[("retry-after", "3")], "Retry later"),
    })
    .await;
    let (all, error) = drain(items(&refused)).await;
    assert_eq!(all, [1]);
    let error = error.unwrap();
    assert!(error.is_rate_limited() && error.retry_after().is_some());
    assert_eq!(error.operation(), Some(&LIST_USERS));

    // The page cannot be decoded, though it names a next one.
    let undecodable = Server::start(|_, _| page(r#"["Jane"]"#, "?page=2")).await;
    let (all, error) = drain(items(&undecodable)).await;
    assert_eq!(all, [0_i64; 0]);
    assert_eq!(error.unwrap().decode_path(), Some("[0]"));
    assert_eq!(undecodable.asked().len(), 1);

    // A next page that makes no sense is not the end of the list.
    let broken = Server::start(|_, _| page("[1]", "http://[")).await;
    let (all, error) = drain(items(&broken)).await;
    assert_eq!(all, [1]);
    assert!(error.unwrap().is_pagination());
}

#[tokio::test]
async fn mistakes_are_told_at_the_first_page() {
    let server = Server::answering(200, "[]").await;
    let request = server.client().request(&CREATE_USER);
    let mut pages = request.pages::<Value>();
    assert!(
        pages
            .next()
            .await
            .unwrap()
            .unwrap_err()
            .is_missing_acting_user()
    );
    assert!(pages.next().await.is_none());
    assert!(server.asked().is_empty());
}

#[test]
fn they_are_streams() {
    fn stream<S: Stream<Item = Result<T, Error>>, T>() {}
    stream::<Pages<i64>, harvest_runtime::Response<harvest_runtime::List<i64>>>();
    stream::<Items<i64>, i64>();
}
