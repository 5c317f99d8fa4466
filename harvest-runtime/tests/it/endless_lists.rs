//! Lists that go on without getting anywhere.

use axum::body::Body;
use axum::http::Response;
use harvest_runtime::{Completeness, Core, Error, Incomplete, Items, Limiter};
use serde_json::Value;

use crate::server::{Asked, LIST_USERS, Server, reply, reply_with};

/// It has nothing to keep to: hundreds of requests at once.
fn client(server: &Server) -> Core {
    let builder = server.builder().limiter(Limiter::unlimited());
    builder.build().unwrap().0
}

/// The number of the page that was asked for.
fn number(asked: &Asked) -> u64 {
    let (_, number) = asked.target.split_once("page=").unwrap_or(("", "1"));
    number.parse().unwrap()
}

fn page(asked: &Asked, url: &str, body: String) -> Response<Body> {
    let next = number(asked) + 1;
    let link = format!("<{url}/v1/users?page={next}>; rel=\"next\"");
    reply_with(200, &[("link", &link)], body)
}

/// How many records came, and what ended the list.
async fn drain(mut items: Items<Value>) -> (u64, Option<Error>, Completeness) {
    let (mut count, mut error) = (0, None);
    while let Some(item) = items.next().await {
        match item {
            Ok(_) => count += 1,
            Err(end) => error = Some(end),
        }
    }
    (count, error, items.completeness())
}

/// `good` pages with a record each, and then this, for ever.
async fn ends(good: u64, body: &'static str, concurrency: usize) {
    let server = Server::start(move |asked, url| {
        let number = number(asked);
        let body = if number <= good {
            format!("[{{\"id\":{number}}}]")
        } else {
            body.to_owned()
        };
        page(asked, url, body)
    })
    .await;
    let items = client(&server)
        .request(&LIST_USERS)
        .items()
        .concurrency(concurrency);
    let (count, error, completeness) = drain(items).await;
    let error = error.unwrap();
    assert!(error.is_pagination() && !error.is_transient());
    assert_eq!(error.delivered(), Some(count));
    assert_eq!(completeness, Completeness::Unproven(Incomplete::Unfinished));
    assert!(
        error
            .to_string()
            .contains("100 pages in a row had no new record"),
        "{error}"
    );
    let pages = server.asked().len() as u64;
    let next = format!("{}/v1/users?page={}", server.url(), pages + 1);
    assert_eq!(error.resume_url(), Some(next.as_str()));
    // A repeated page shows its records once, unless they have no ids: then it is new the first time.
    assert!((good + 100..=good + 101).contains(&pages), "{pages}");

    // It goes on there, and is patient again.
    let resumed = client(&server)
        .request(&LIST_USERS)
        .items()
        .resume_from(&next);
    let (_, error, _) = drain(resumed).await;
    assert!(error.unwrap().resume_url().is_some());
}

#[tokio::test]
async fn endless_pages_without_news_are_an_error() {
    for (good, concurrency) in [(0, 1), (3, 8)] {
        for body in [
            "[]",
            r#"[{"id":1}]"#,
            r#"[{"id":1},{"id":2}]"#,
            r#"[{"id":"a text"}]"#,
            "[null]",
        ] {
            ends(good, body, concurrency).await;
        }
    }
}

/// As where a few properties of each record were asked for.
#[tokio::test]
async fn records_without_ids_may_be_alike_and_end_all_the_same() {
    for (last, is_whole) in [(300, true), (u64::MAX, false)] {
        let server = Server::start(move |asked, url| {
            let body = r#"[{"status":"active"},{"status":"hired"}]"#;
            if number(asked) == last {
                return reply(200, body);
            }
            page(asked, url, body.to_owned())
        })
        .await;
        let (count, error, _) = drain(client(&server).request(&LIST_USERS).items()).await;
        assert_eq!(error.is_none(), is_whole, "{error:?}");
        if let Some(error) = error {
            assert!(error.is_pagination() && error.resume_url().is_some());
            assert!(error.to_string().contains("without an id"), "{error}");
            assert_eq!(count, 2 * 20_001);
        } else {
            assert_eq!(count, 2 * last);
        }
    }
}

#[tokio::test]
async fn pages_say_so_too() {
    let server = Server::start(|asked, url| page(asked, url, r#"[{"id":1}]"#.to_owned())).await;
    let mut pages = client(&server).request(&LIST_USERS).pages::<Value>();
    let mut count = 0;
    let error = loop {
        match pages.next().await.unwrap() {
            Ok(page) => count += page.len(),
            Err(error) => break error,
        }
    };
    assert!(error.is_pagination() && error.resume_url().is_some());
    assert_eq!(count, 101, "pages are handed out as they come");
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn pages_by_number_that_are_all_alike() {
    // The last page is far away, and what has no ids does not look like a list that moves.
    let server = Server::start(|asked, url| {
        let next = number(asked) + 1;
        let link = format!(
            "<{url}/v1/users?page={next}>; rel=\"next\", <{url}/v1/users?page=1000000000>; \
             rel=\"last\""
        );
        reply_with(200, &[("link", &link)], "[7]")
    })
    .await;
    let mut items = client(&server)
        .request(&LIST_USERS)
        .items::<i64>()
        .concurrency(8);
    let mut count = 0;
    let error = loop {
        match items.next().await.unwrap() {
            Ok(_) => count += 1,
            Err(error) => break error,
        }
    };
    assert!(error.is_pagination(), "{error}");
    assert_eq!(count, 101);
    let next = format!("{}/v1/users?page=102", server.url());
    assert_eq!(error.resume_url(), Some(next.as_str()));
}

#[tokio::test]
async fn a_list_that_has_something_new_now_and_then_goes_on() {
    // Every fiftieth page has a record; there are 10.
    let server = Server::start(|asked, url| {
        let number = number(asked);
        let body = if number.is_multiple_of(50) {
            format!("[{{\"id\":{number}}}]")
        } else {
            "[]".to_owned()
        };
        if number == 500 {
            return reply(200, body);
        }
        page(asked, url, body)
    })
    .await;
    let (count, error, _) = drain(client(&server).request(&LIST_USERS).items()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!((count, server.asked().len()), (10, 500));
}

#[tokio::test]
async fn a_hundred_empty_pages_at_the_end_are_none_too_many() {
    let server = Server::start(|asked, url| {
        if number(asked) == 100 {
            return reply(200, "[]");
        }
        page(asked, url, "[]".to_owned())
    })
    .await;
    let (count, error, _) = drain(client(&server).request(&LIST_USERS).items()).await;
    assert!(error.is_none() && count == 0);
}

/// 24 pages of 500, round and round, by URLs that are always new: all of them are remembered.
#[tokio::test]
async fn a_circle_of_many_records_ends() {
    for is_text in [true, false] {
        let server = Server::start(move |asked, url| {
            let first = (number(asked) - 1) % 24 * 500;
            let record = |number| {
                if is_text {
                    format!("{{\"id\":\"{number}\"}}")
                } else {
                    format!("{{\"id\":{number}}}")
                }
            };
            let records: Vec<String> = (first + 1..=first + 500).map(record).collect();
            page(asked, url, format!("[{}]", records.join(",")))
        })
        .await;
        let (count, error, completeness) =
            drain(client(&server).request(&LIST_USERS).items()).await;
        let error = error.unwrap();
        assert!(error.is_pagination() && error.resume_url().is_some());
        assert_eq!(error.delivered(), Some(count));
        assert_eq!(completeness, Completeness::Unproven(Incomplete::Unfinished));
        assert_eq!(server.asked().len(), 24 + 100);
    }
}

fn wide(number: u64) -> usize {
    usize::try_from(number).unwrap()
}

/// Records are identified by their ids or their own text: not by the page around them, nor by the white space in it.
#[tokio::test]
async fn the_same_record_in_other_pages_is_no_news() {
    type Make = fn(u64) -> String;
    let bodies: [Make; 12] = [
        |number| format!("[{{\"id\":1,\"n\":{number}}},{{\"name\":\"same\"}}]"),
        |number| format!("[{{\"id\":null,{:1$}\"a\":[1,2]}}]", "", wide(number)),
        |number| format!("[\"x\",{:1$}\"y\"]", "", wide(number)),
        // What is no object is identified by its own text, too, and no record beside it makes it a new one.
        |number| format!("[null,{{\"id\":1,\"n\":{number}}}]"),
        |number| format!("[{{\"id\":1,\"n\":{number}}},null,7,[],\"x\",true]"),
        |number| format!("[{}null]", "null,".repeat(wide(number))),
        // Ids that are no integers of 64 bits, and an integer in other spellings.
        |number| format!("[{{\"id\":\"5\",\"n\":{number}}}]"),
        |number| format!("[{{\"n\":{number},\"id\":\"\\u0035\"}}]"),
        |number| format!("[{{\"id\":5.0,\"n\":{number}}},{{\"id\":5}}]"),
        |number| format!("[{{\"id\":5e0,\"n\":{number}}}]"),
        |number| format!("[{{\"id\":18446744073709551615,\"n\":{number}}}]"),
        |number| format!("[{{\"id\":99999999999999999999999,\"n\":{number}}}]"),
    ];
    for body in bodies {
        for concurrency in [1, 4] {
            let server =
                Server::start(move |asked, url| page(asked, url, body(number(asked)))).await;
            let items = client(&server).request(&LIST_USERS).items();
            let (_, error, _) = drain(items.concurrency(concurrency)).await;
            assert!(error.unwrap().is_pagination());
            let pages = server.asked().len();
            assert!((100..=102).contains(&pages), "{}: {pages}", body(1));
        }
    }
    // In the lenient mode, too, also where what is no record cannot be read.
    for body in bodies {
        let server = Server::start(move |asked, url| page(asked, url, body(number(asked)))).await;
        let request = client(&server).request(&LIST_USERS);
        let mut items = request.items::<Value>().lenient();
        while let Some(Ok(_)) = items.next().await {}
        let request = client(&server).request(&LIST_USERS);
        let mut items = request.items::<Named>().lenient();
        while let Some(Ok(_)) = items.next().await {}
        assert!(server.asked().len() <= 2 * 102, "{}", body(1));
    }
}

/// A record without [`Identity`].
#[derive(serde::Deserialize)]
struct Named {
    #[expect(dead_code, reason = "only read")]
    #[serde(default)]
    name: Option<String>,
}

impl harvest_runtime::Identity for Named {}

/// The place to go on from leads there, although the list has another path.
#[tokio::test]
async fn a_list_that_leads_to_other_paths_goes_on_there() {
    let server = Server::start(|asked, url| {
        let number = asked.target.strip_prefix("/v1/others/").unwrap_or("0");
        let number = number.split('?').next().unwrap_or_default();
        let number: u64 = number.parse().unwrap();
        if number == 150 {
            return reply(200, r#"[{"id":7}]"#);
        }
        let link = format!("<{url}/v1/others/{}?x=a%26b>; rel=\"next\"", number + 1);
        reply_with(200, &[("link", &link)], "[]")
    })
    .await;
    let request = || client(&server).request(&LIST_USERS);
    let (_, error, _) = drain(request().items()).await;
    let error = error.unwrap();
    assert!(error.to_string().contains("resume_from"), "{error}");
    let url = error.resume_url().unwrap().to_owned();
    assert!(
        url.starts_with(&format!("{}/v1/users#", server.url())),
        "{url}"
    );
    let (count, error, _) = drain(request().items().resume_from(&url)).await;
    assert!(error.is_none() && count == 1, "{error:?}");
    let targets = server.targets();
    assert_eq!(targets[100], "/v1/others/100?x=a%26b");
    assert_eq!(targets.len(), 151);

    // Nothing but a path of this host stands there.
    let base = server.url();
    for place in ["//evil.example/x", "http://evil.example/x"] {
        let url = format!("{base}/v1/users#at={}", place.replace('/', "%2F"));
        let (_, error, _) = drain(request().items().resume_from(url)).await;
        assert!(error.unwrap().is_invalid_request(), "{place}");
    }
    assert_eq!(server.asked().len(), 151);
}
