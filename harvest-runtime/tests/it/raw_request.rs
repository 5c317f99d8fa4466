//! Requests that the description does not have.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use harvest_runtime::retry::{ExponentialBackoff, RetryPolicy as _, Standard};
use harvest_runtime::{
    CallOptions, Completeness, Core, Error, Identity, Incomplete, Limiter, Method, RawRequest,
};
use serde_json::{Value, json};

use crate::server::{Server, reply, reply_with};

fn request(core: &Core, method: Method, path: &str) -> RawRequest {
    RawRequest::new(core, method, path)
}

#[derive(Debug, serde::Deserialize, PartialEq)]
struct Label {
    id: i64,
    name: Option<String>,
}

impl Identity for Label {
    fn identity(&self) -> Option<i64> {
        Some(self.id)
    }
}

#[tokio::test]
async fn everything_arrives() {
    let server = Server::answering(201, r#"{"id":7}"#).await;
    let answer = request(&server.client(), Method::Post, "/v9/people/{id}/labels")
        .path("id", "a/b")
        .query("q", "a&b")
        .query("tag[]", 1)
        .query("tag[]", 2)
        .header("X-Extra", "yes")
        .header("Accept", "application/vnd.example+json")
        .json(&json!({"name": "Referred"}))
        .on_behalf_of(12)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 201);
    assert_eq!(&**answer, br#"{"id":7}"#);
    assert_eq!(answer.bytes(), &**answer);

    let asked = server.only();
    assert_eq!(asked.method, "POST");
    assert_eq!(
        asked.target,
        "/v9/people/a%2Fb/labels?q=a%26b&tag%5B%5D=1&tag%5B%5D=2"
    );
    for (name, value) in [
        ("x-extra", "yes"),
        ("accept", "application/vnd.example+json"),
        ("content-type", "application/json"),
        ("on-behalf-of", "12"),
    ] {
        assert_eq!(asked.header(name), Some(value));
    }
    assert!(asked.header("authorization").unwrap().starts_with("Basic "));
    assert!(
        asked
            .header("user-agent")
            .unwrap()
            .starts_with("harvest-rust/")
    );
    assert_eq!(asked.headers.get_all("accept").iter().count(), 1);
    assert_eq!(asked.body, r#"{"name":"Referred"}"#);
}

#[tokio::test]
async fn answers_are_decoded_on_request() {
    let server = Server::start(|asked, _| match asked.target.as_str() {
        "/nothing" => reply(204, ""),
        "/page" => reply(200, "<p>Hello.</p>"),
        _ => reply(200, r#"{"id":7,"name":null}"#),
    })
    .await;
    let core = server.client();
    let get = |path| request(&core, Method::Get, path);

    let label = get("/label").send_as::<Label>().await.unwrap();
    assert_eq!((label.id, &label.name), (7, &None));
    assert_eq!(label.bytes(), r#"{"id":7,"name":null}"#);
    let nothing = get("/nothing").send_as::<Option<Label>>().await.unwrap();
    assert_eq!(*nothing, None);
    assert_eq!(&**get("/page").send().await.unwrap(), b"<p>Hello.</p>");

    for path in ["/page", "/nothing"] {
        let error = get(path).send_as::<Label>().await.unwrap_err();
        assert!(error.is_decode(), "{error}");
        assert!(
            error.to_string().starts_with("undescribed (GET /…): 20"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn lists_are_followed() {
    let server = Server::start(|asked, url| match asked.target.as_str() {
        "/v9/labels?active=true" => reply_with(
            200,
            &[(
                "link",
                &format!(r#"<{url}/v9/labels?active=true&page=2>; rel="next""#),
            )],
            r#"[{"id":1},{"id":2}]"#,
        ),
        _ => reply(200, r#"[{"id":2},{"id":3}]"#),
    })
    .await;
    let core = server.client();
    let list = || request(&core, Method::Get, "/v9/labels").query("active", true);

    let mut items = list().items::<Label>();
    let mut ids = Vec::new();
    while let Some(label) = items.next().await {
        ids.push(label.unwrap().id);
    }
    assert_eq!(ids, [1, 2, 3]);
    assert_eq!(
        items.completeness(),
        Completeness::Unproven(Incomplete::ChangedWhileReading)
    );

    let mut pages = list().pages::<Value>();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.unwrap().len());
    }
    assert_eq!(sizes, [2, 2]);
}

#[tokio::test]
async fn a_change_needs_acting_who_acts() {
    let server = Server::answering(200, "{}").await;
    let plain = server.client();
    let acting = plain.with_acting_user(11);
    let sent = |request: RawRequest| async {
        let before = server.asked().len();
        request.send().await.unwrap();
        let asked = server.asked();
        assert_eq!(asked.len(), before + 1);
        asked[before].header("on-behalf-of").map(str::to_owned)
    };
    for method in [Method::Post, Method::Put, Method::Patch, Method::Delete] {
        let change = |core| request(core, method, "/v9/labels");
        let error = change(&plain).send().await.unwrap_err();
        assert!(error.is_missing_acting_user(), "{error}");
        assert!(error.to_string().contains("not sent"), "{error}");
        for (request, user) in [
            (change(&plain).on_behalf_of(12), Some("12")),
            (change(&acting), Some("11")),
            (change(&acting).on_behalf_of(12), Some("12")),
            (change(&plain).without_acting_user(), None),
            (change(&acting).without_acting_user(), None),
            (
                change(&acting).without_acting_user().on_behalf_of(12),
                Some("12"),
            ),
        ] {
            assert_eq!(sent(request).await.as_deref(), user, "{method}");
        }
    }
    for method in [Method::Get, Method::Head, Method::Options] {
        let read = |core| request(core, method, "/v9/labels");
        for (request, user) in [
            (read(&plain), None),
            (read(&acting), None),
            (read(&acting).on_behalf_of(12), Some("12")),
        ] {
            assert_eq!(sent(request).await.as_deref(), user, "{method}");
        }
    }

    // An API that knows no acting users asks for none, and takes none.
    let core = server.bearer().with_acting_user(11);
    let without = |method| RawRequest::new(&core, method, "/");
    assert_eq!(sent(without(Method::Post)).await, None);
    let error = without(Method::Post).on_behalf_of(12).send().await;
    assert!(error.unwrap_err().is_invalid_request());
}

#[tokio::test]
async fn what_may_be_repeated_is() {
    for (method, said, attempts) in [
        (Method::Get, None, 3),
        (Method::Head, None, 3),
        (Method::Put, None, 3),
        (Method::Delete, None, 3),
        (Method::Post, None, 1),
        (Method::Patch, None, 1),
        (Method::Post, Some(true), 3),
        (Method::Get, Some(false), 1),
    ] {
        let asked = AtomicUsize::new(0);
        let server = Server::start(move |_, _| {
            let fails = asked.fetch_add(1, Ordering::Relaxed) < 2;
            reply(if fails { 503 } else { 200 }, "{}")
        })
        .await;
        let options = CallOptions::new()
            .retry(Standard.with_attempt_limit(5))
            .backoff(ExponentialBackoff::new().with_maximum(Duration::from_millis(2)))
            .limiter(Limiter::unlimited());
        let mut call = request(&server.client(), method, "/v9/labels")
            .on_behalf_of(12)
            .with_options(options);
        if let Some(idempotent) = said {
            call = call.idempotent(idempotent);
        }
        let result = call.send().await;
        assert_eq!(server.asked().len(), attempts, "{method} {said:?}");
        assert_eq!(result.is_ok(), attempts == 3);
    }
}

#[tokio::test]
async fn mistakes_are_not_sent() {
    let server = Server::answering(200, "{}").await;
    let core = server.client();
    let get = |path| request(&core, Method::Get, path);
    for (request, reason) in [
        (get("//other.example/v1"), "another host"),
        (get("https://other.example/v1"), "another host"),
        (get("/v1/../v2"), "another path"),
        (get("/v1/%2e%2e/v2"), "another path"),
        (get("/v1?email=mira.whitcombe@example.com"), "query"),
        (get("/v1/{id}"), "not given"),
        (get("/v1/{id}").path("id", ".."), "another path"),
        (get("/v1/{id}").path("id", ""), "empty"),
        (get("/v1").path("id", 4711), "`id`"),
        (
            get("/v1").header("Authorization", "Basic abc"),
            "`Authorization`",
        ),
        (get("/v1").header("host", "other.example"), "`host`"),
        (get("/v1").header("ON-BEHALF-OF", 4711), "`ON-BEHALF-OF`"),
        (get("/v1").header("a b", "c"), "header"),
        (get("/v1").header("X-Extra", "a\nb"), "`X-Extra`"),
    ] {
        let error: Error = request.send().await.unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(error.is_invalid_request(), "{text}");
        assert!(text.contains(reason), "{text}");
        for private in ["4711", "example", "v1", "abc"] {
            assert!(!text.contains(private), "{text}");
        }
    }
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn errors_do_not_show_where_it_went() {
    let server = Server::answering(403, r#"{"message":"You do not have the permission"}"#).await;
    let core = server.client();
    let call =
        request(&core, Method::Get, "/v9/people/471147/labels").query("email", "mira@example.com");
    assert_eq!(format!("{call:?}"), "RawRequest { method: Get, .. }");
    let error = call.send().await.unwrap_err();
    assert!(error.is_forbidden());
    assert_eq!(error.permission(), None);
    let text = format!("{error} {error:?}");
    assert!(text.contains("undescribed (GET /…): 403"), "{text}");
    assert!(text.contains("the permission for this endpoint"), "{text}");
    for private in ["471147", "mira", "v9", "labels"] {
        assert!(!text.contains(private), "{text}");
    }
}

/// A text that is not decoded is bounded by its size alone.
#[tokio::test]
async fn the_values_of_what_is_not_decoded_are_not_counted() {
    let table = || "1,2,3,4\n".repeat(20_000);
    let server = Server::start(move |_, _| reply(200, table())).await;
    let core = server.builder().max_response_bytes(1_000_000).build();
    let core = core.unwrap().0;
    let report = || request(&core, Method::Get, "/v9/report");
    let answer = report().send().await.unwrap();
    assert_eq!(&**answer, table().as_bytes());
    assert_eq!(answer.bytes(), &**answer);
    let error = report().send_as::<Value>().await.unwrap_err();
    assert!(error.is_response_too_large(), "{error}");
    assert_eq!(error.attempts(), 1);
    let error = report().items::<Value>().next().await.unwrap().unwrap_err();
    assert!(error.is_response_too_large(), "{error}");
    let small = CallOptions::new().max_response_bytes(100_000);
    let error = report().with_options(small).send().await.unwrap_err();
    assert!(error.is_response_too_large(), "{error}");
}
