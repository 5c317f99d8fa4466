//! Shortcuts for users.

use harvest_runtime::chrono::{DateTime, Utc};
use harvest_runtime::{
    CallOptions, Core, Error, Items, Method, Pages, PollOptions, RawRequest, Record,
    SetOption as _, Timestamp, decode,
};
use serde_json::Value;

use crate::server::{Asked, LIST_USERS, Server, reply, reply_with};

/// Two pages with the ids 1 to 4.
async fn list() -> Server {
    Server::start(|asked: &Asked, url: &str| {
        if asked.target.contains("page=2") {
            return reply(200, r#"[{"id":3},{"id":4}]"#);
        }
        let link = format!("<{url}/v1/users?page=2>; rel=\"next\"");
        reply_with(200, &[("link", &link)], r#"[{"id":1},{"id":2}]"#)
    })
    .await
}

fn items(core: &Core) -> Items<Value> {
    core.request(&LIST_USERS).items()
}

#[tokio::test]
async fn a_list_is_collected_looked_through_and_peeked_at() {
    let server = list().await;
    let core = server.client();
    let all: Vec<Value> = items(&core).collect().await.unwrap();
    assert_eq!(all.len(), 4);
    assert_eq!(server.asked().len(), 2);

    let first = items(&core).first().await.unwrap().unwrap();
    assert_eq!(first["id"], 1);
    assert_eq!(server.asked().len(), 3, "the second page is not asked for");

    let found = items(&core).find(|item| item["id"] == 3).await.unwrap();
    assert_eq!(found.unwrap()["id"], 3);
    let found = items(&core).find(|item| item["id"] == 9).await.unwrap();
    assert!(found.is_none());

    let server = Server::answering(403, "{}").await;
    let core = server.client();
    assert!(
        items(&core)
            .collect::<Vec<_>>()
            .await
            .unwrap_err()
            .is_forbidden()
    );
    assert!(items(&core).first().await.unwrap_err().is_forbidden());
    assert!(
        items(&core)
            .find(|_| true)
            .await
            .unwrap_err()
            .is_forbidden()
    );
}

#[cfg(feature = "blocking")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_that_blocks_is_looked_through() {
    let server = list().await;
    let core = server.client();
    let items = move || core.request(&LIST_USERS).items_blocking::<Value>();
    let asked = std::thread::spawn(move || {
        assert_eq!(items().first().unwrap().unwrap()["id"], 1);
        let found = items().find(|item| item["id"] == 3).unwrap();
        assert_eq!(found.unwrap()["id"], 3);
        assert!(items().find(|item| item["id"] == 9).unwrap().is_none());
        let all: Result<Vec<_>, Error> = items().collect();
        assert_eq!(all.unwrap().len(), 4);
    });
    asked.join().unwrap();
    assert_eq!(server.asked().len(), 1 + 2 + 2 + 2);

    let server = Server::answering(403, "{}").await;
    let core = server.client();
    let items = move || core.request(&LIST_USERS).items_blocking::<Value>();
    let asked = std::thread::spawn(move || {
        assert!(items().first().unwrap_err().is_forbidden());
        assert!(items().find(|_| false).unwrap_err().is_forbidden());
    });
    asked.join().unwrap();
}

/// One bound is enough, for the lenient mode, too.
async fn sync<T: Record>(mut pages: Pages<T>) -> Result<usize, Error> {
    let mut count = 0;
    while let Some(page) = pages.next().await {
        count += page?.len();
    }
    Ok(count)
}

async fn readable<T: Record>(items: Items<T>) -> Result<Vec<T>, Error> {
    let all: Vec<_> = items.lenient().collect().await?;
    Ok(all.into_iter().filter_map(Result::ok).collect())
}

#[tokio::test]
async fn a_function_over_any_list() {
    let server = list().await;
    let pages = server.client().request(&LIST_USERS).pages::<Value>();
    assert_eq!(sync(pages).await.unwrap(), 4);
    let items = server.client().request(&LIST_USERS).items::<Value>();
    assert_eq!(readable(items).await.unwrap().len(), 4);
}

#[tokio::test]
async fn debug_begins_with_the_text_for_people() {
    let server = Server::answering(
        403,
        r#"{"message":"This API Key does not have permission for this endpoint"}"#,
    )
    .await;
    let request = server.client().request(&LIST_USERS);
    let error = request.send(decode::empty).await.unwrap_err();
    let (text, debug) = (error.to_string(), format!("{error:?}"));
    assert!(
        text.contains("GET: List Users") && text.contains("Dev Center"),
        "{text}"
    );
    assert!(debug.starts_with(&format!("{text}\n")), "{debug}");
    assert!(!debug.contains("This API Key"), "{debug}");
    // In a chain, too.
    let boxed: Box<dyn std::error::Error> = error.into();
    assert!(format!("{boxed:?}").starts_with(&text));
    assert!(boxed.source().is_none());
}

#[tokio::test]
async fn a_request_is_awaited() {
    let server = Server::answering(200, "[]").await;
    let request = RawRequest::new(&server.client(), Method::Get, "/v1/users");
    assert_eq!(request.await.unwrap().as_ref(), b"[]");
    let request = server.client().request(&LIST_USERS);
    assert!(
        request
            .sending(decode::json::<Vec<Value>>)
            .await
            .unwrap()
            .is_empty()
    );
}

#[test]
fn an_option_for_a_setter() {
    let options = |timeout| {
        format!(
            "{:?}",
            CallOptions::new().set_option(timeout, CallOptions::timeout)
        )
    };
    let second = std::time::Duration::from_secs(1);
    assert!(options(Some(second)).contains("timeout: Some(1s)"));
    assert!(!options(None).contains("1s"));
}

#[test]
fn moments_compare() {
    let time = |text: &str| Timestamp::from(text);
    let early = time("2026-01-02T03:04:05.000Z");
    for later in [
        "2026-01-02T03:04:05.001Z",
        "2026-01-02T03:04:05-01:00",
        "2026-01-03",
    ] {
        assert!(early < time(later) && time(later) > early, "{later}");
    }
    // The same moment in other words is another timestamp, and neither is equal to the other.
    let same = time("2026-01-02T04:04:05+01:00");
    assert!(
        early != same
            && early
                .partial_cmp(&same)
                .is_some_and(std::cmp::Ordering::is_ne)
    );
    let odd = time("soon");
    assert_eq!(odd.partial_cmp(&early), None);
    assert_eq!(odd.partial_cmp(&odd), Some(std::cmp::Ordering::Equal));
    assert_eq!(odd.as_str(), "soon");

    let moment: DateTime<Utc> = "2026-01-02T03:04:05Z".parse().unwrap();
    assert!(early == moment && same == moment && odd != moment);
    assert!(early < moment + std::time::Duration::from_secs(1));
    assert_eq!(DateTime::<Utc>::try_from(&same), Ok(moment));
    assert!(DateTime::<Utc>::try_from(&odd).is_err());
}

/// What a task of a runtime with several threads can be given.
fn is_send<T: Send>(future: T) -> T {
    future
}

/// Checked by the compiler; nothing is sent.
#[tokio::test]
async fn futures_can_be_spawned() {
    let core = Server::answering(200, "[]").await.client();
    let request = || core.request(&LIST_USERS);
    let file = "https://files.example.com/cv.pdf";
    drop(is_send(request().send(decode::json::<Value>)));
    drop(is_send(
        request().wait_until_ready(decode::json::<Value>, PollOptions::new()),
    ));
    drop(is_send(items(&core).collect::<Vec<_>>()));
    drop(is_send(items(&core)));
    drop(is_send(request().pages::<Value>()));
    drop(is_send(core.download(file).bytes()));
    drop(is_send(core.download(file).stream()));
    let again = core.download(file).refetch(async || Ok(file.to_owned()));
    drop(is_send(again.to_file("cv.pdf")));
}
