//! Requests as they are sent, and those that are refused before.

use harvest_runtime::{
    ClientBuilder, Core, Date, Error, Operation, Patch, Request, Timestamp, decode,
};
use serde::Serialize;
use serde_json::Value;

use crate::server::{
    Bearer, CREATE_USER, GET_TAG, Harvest, KEY, LIST_USERS, Server, acting, reply, reply_with,
};

async fn send(
    core: &Core,
    operation: &'static Operation,
    fill: impl FnOnce(&mut Request),
) -> Result<Value, Error> {
    let mut request = core.request(operation);
    fill(&mut request);
    request
        .send(decode::json::<Value>)
        .await
        .map(harvest_runtime::Response::into_value)
}

#[tokio::test]
async fn a_read() {
    let server = Server::start(|_, _| {
        reply_with(200, &[("x-request-id", "r-1"), ("x-a", "b")], r#"{"id":5}"#)
    })
    .await;
    let response = server
        .client()
        .request(&LIST_USERS)
        .send(decode::json::<Value>)
        .await
        .unwrap();
    assert_eq!(response["id"], 5);
    assert_eq!(response.value()["id"], 5);
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["x-a"], "b");
    assert_eq!(response.request_id(), Some("r-1"));
    assert_eq!(
        response.map(|value| value["id"].as_i64()).into_value(),
        Some(5)
    );

    let asked = server.only();
    assert_eq!(
        (asked.method.as_str(), asked.target.as_str()),
        ("GET", "/v1/users")
    );
    assert!(asked.body.is_empty());
    let mut names: Vec<_> = asked
        .headers
        .keys()
        .map(|name| name.as_str().to_owned())
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "accept",
            "accept-encoding",
            "authorization",
            "host",
            "user-agent"
        ]
    );
    assert_eq!(asked.header("accept"), Some("application/json"));
    // base64 of "a-key:"
    assert_eq!(asked.header("authorization"), Some("Basic YS1rZXk6"));
    assert_eq!(
        asked.header("user-agent"),
        Some(concat!("harvest-rust/", env!("CARGO_PKG_VERSION")))
    );
}

#[tokio::test]
async fn a_token() {
    let server = Server::answering(200, "{}").await;
    let bearer: Bearer = ClientBuilder::new()
        .credential("a.b:c")
        .base_url(server.url())
        .build()
        .unwrap();
    send(&bearer.0, &LIST_USERS, |_| {}).await.unwrap();
    assert_eq!(server.only().header("authorization"), Some("Bearer a.b:c"));
}

#[tokio::test]
async fn a_write() {
    #[derive(Serialize)]
    struct UserCreate {
        name: &'static str,
        #[serde(skip_serializing_if = "Patch::is_leave")]
        title: Patch<String>,
        #[serde(skip_serializing_if = "Patch::is_leave")]
        company: Patch<String>,
    }

    let server = Server::answering(201, r#"{"id":7}"#).await;
    let core = server.builder().acting_user(11).build().unwrap().0;
    let body = UserCreate {
        name: "Mira",
        title: Patch::Leave,
        company: Patch::Clear,
    };
    let created = send(&core, &CREATE_USER, |request| {
        request.json(&body);
    });
    assert_eq!(created.await.unwrap()["id"], 7);
    let asked = server.only();
    assert_eq!(asked.method, "POST");
    assert_eq!(asked.header("content-type"), Some("application/json"));
    assert_eq!(asked.header("on-behalf-of"), Some("11"));
    assert_eq!(asked.body, r#"{"name":"Mira","company":null}"#);
}

#[tokio::test]
async fn who_acts() {
    let server = Server::answering(200, "{}").await;
    let without = server.client();
    let with = without.with_acting_user(11);
    assert_eq!(
        (without.acting_user(), with.acting_user()),
        (None, Some(11))
    );
    for (core, operation, own, sent) in [
        (&with, &CREATE_USER, None, Some("11")),
        (&with, &CREATE_USER, Some(12), Some("12")),
        (&without, &CREATE_USER, Some(12), Some("12")),
        // A default is not sent where it is not needed.
        (&with, &LIST_USERS, None, None),
        (&with, &LIST_USERS, Some(12), Some("12")),
        (&without, &LIST_USERS, None, None),
    ] {
        send(core, operation, |request| {
            if let Some(user) = own {
                request.acting_user(user);
            }
        })
        .await
        .unwrap();
        assert_eq!(server.asked().last().unwrap().header("on-behalf-of"), sent);
    }

    let before = server.asked().len();
    let error = send(&without, &CREATE_USER, |_| {}).await.unwrap_err();
    assert!(error.is_missing_acting_user() && error.is_invalid_request());
    assert_eq!(
        error.to_string(),
        "create_user (POST /v1/users): not sent: it is done in the name of a user and none is \
         named; name one on the call, or for all calls with ClientBuilder::acting_user (header \
         On-Behalf-Of)"
    );
    assert_eq!(server.asked().len(), before, "nothing is sent");
}

#[tokio::test]
async fn paths() {
    let server = Server::answering(200, "{}").await;
    let core = server.client();
    for (tag, target) in [
        ("plain", "/v1/users/5/tags/plain"),
        ("a/b", "/v1/users/5/tags/a%2Fb"),
        ("../x", "/v1/users/5/tags/..%2Fx"),
        ("a b?c#d%e", "/v1/users/5/tags/a%20b%3Fc%23d%25e"),
        ("é{id}", "/v1/users/5/tags/%C3%A9%7Bid%7D"),
        ("...", "/v1/users/5/tags/..."),
    ] {
        let sent = send(&core, &GET_TAG, |request| {
            request.path("tag", tag);
            request.path("id", &5);
        });
        sent.await.unwrap();
        assert_eq!(server.targets().last().unwrap(), target);
    }

    let before = server.asked().len();
    for (tag, reason) in [
        ("", "`tag` is empty"),
        (".", "`tag` would name another path"),
        ("..", "`tag` would name another path"),
    ] {
        let error = send(&core, &GET_TAG, |request| {
            request.path("id", &5);
            request.path("tag", tag);
        })
        .await
        .unwrap_err();
        assert_invalid(
            &error,
            &format!("get_tag (GET /v1/users/{{id}}/tags/{{tag}}): not sent: {reason}"),
        );
    }
    let error = send(&core, &GET_TAG, |request| request.path("id", &5))
        .await
        .unwrap_err();
    assert!(error.is_invalid_request());
    let error = send(&core, &GET_TAG, |request| request.path("nothing", &5))
        .await
        .unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(server.asked().len(), before, "nothing is sent");
}

#[tokio::test]
async fn queries() {
    let server = Server::answering(200, "{}").await;
    let core = server.client();
    send(&core, &LIST_USERS, |request| {
        request.query("email", "a+b@example.com");
        request.query("name", "plain");
        request.query("name", &"Mira & Co".to_owned());
        request.query("skip_count", &true);
        request.query(
            "created_after",
            &"2026-01-02T03:04:05.000Z".parse::<Timestamp>().unwrap(),
        );
        request.query("on", &"2026-01-02".parse::<Date>().unwrap());
        request.query_in("per_page", 500_i32, 1..=500);
        request.query_in("page", 1_i64, 1..=i64::MAX);
        request.query_csv("ids", &[1, 2], Some(2));
        request.query_repeat("job_ids[]", &["a", "b"]);
        request.header("X-Extra", "extra");
    })
    .await
    .unwrap();
    let asked = server.only();
    assert_eq!(
        asked.target,
        "/v1/users?email=a%2Bb%40example.com&name=Mira+%26+Co&skip_count=true\
         &created_after=2026-01-02T03%3A04%3A05.000Z&on=2026-01-02&per_page=500&page=1&ids=1%2C2\
         &job_ids%5B%5D=a&job_ids%5B%5D=b"
    );
    assert_eq!(asked.header("x-extra"), Some("extra"));
}

#[tokio::test]
async fn mistakes() {
    type Fill = fn(&mut Request);
    let server = Server::answering(200, "[]").await;
    let core = server.client();
    let fills: [(Fill, &str); 13] = [
        (
            |r| r.query_in("per_page", 501, 1..=500),
            "`per_page` is 501; it has to be from 1 to 500",
        ),
        (
            |r| r.query_in("per_page", 0, 1..=500),
            "`per_page` is 0; it has to be from 1 to 500",
        ),
        (
            |r| r.query_in("page", 0, 1..=i64::MAX),
            "`page` is 0; it has to be 1 or more",
        ),
        (
            |r| r.query_in("x", 6, i64::MIN..=5),
            "`x` is 6; it has to be 5 or less",
        ),
        (
            |r| r.query_csv("ids", &[1, 2, 3], Some(2)),
            "`ids` has 3 items; at most 2 can be sent",
        ),
        (
            |r| r.query_csv::<i64>("ids", &[], None),
            "`ids` has no items, which would mean no filter at all; leave it out if that is meant",
        ),
        (
            |r| r.query_csv("ids", &["a,b"], None),
            "`ids` has an item that is empty or contains a comma",
        ),
        (
            |r| r.query_csv("ids", &["a", ""], None),
            "`ids` has an item that is empty or contains a comma",
        ),
        (
            |r| r.query_repeat::<i64>("ids", &[]),
            "`ids` has no items, which would mean no filter at all; leave it out if that is meant",
        ),
        (
            |r| r.header("X-Extra", "a\r\nb"),
            "`X-Extra` has characters that a header cannot hold",
        ),
        (
            |r| r.header("X Extra", "a"),
            "`X Extra` is not the name of a header",
        ),
        (
            |r| r.json(&std::collections::HashMap::from([(vec![1], 1)])),
            "the body cannot be written as JSON",
        ),
        (
            // The first mistake counts.
            |r| {
                r.query_in("per_page", 501, 1..=500);
                r.query_in("page", 0, 1..=i64::MAX);
            },
            "`per_page` is 501; it has to be from 1 to 500",
        ),
    ];
    for (fill, reason) in fills {
        let reason = format!("list_users (GET /v1/users): not sent: {reason}");
        assert_invalid(&send(&core, &LIST_USERS, fill).await.unwrap_err(), &reason);

        let mut request = core.request(&LIST_USERS);
        fill(&mut request);
        let mut items = request.items::<Value>();
        assert_invalid(&items.next().await.unwrap().unwrap_err(), &reason);
        assert!(items.next().await.is_none());
    }
    assert!(server.asked().is_empty(), "nothing is sent");
}

fn assert_invalid(error: &Error, text: &str) {
    assert!(error.is_invalid_request());
    assert_eq!(error.status(), None);
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn a_base_url_with_a_path() {
    let server = Server::answering(200, "{}").await;
    for base in ["/harvest", "/harvest/"] {
        let core = server
            .builder()
            .base_url(server.url() + base)
            .build()
            .unwrap()
            .0;
        send(&core, &LIST_USERS, |request| request.query("a", &1))
            .await
            .unwrap();
        assert_eq!(server.targets().last().unwrap(), "/harvest/v1/users?a=1");
    }
}

#[tokio::test]
async fn answers_without_a_body() {
    let server = Server::start(|asked, _| match asked.method.as_str() {
        "POST" => reply(204, ""),
        _ => reply(200, "<html>ignored</html>"),
    })
    .await;
    let core = server.client();
    let response = acting(&core, &CREATE_USER)
        .send(decode::optional::<Value>)
        .await
        .unwrap();
    assert_eq!(
        (response.status().as_u16(), response.into_value()),
        (204, None)
    );
    core.request(&LIST_USERS)
        .send(decode::empty)
        .await
        .unwrap()
        .into_value();
}

#[tokio::test]
async fn names_of_the_program() {
    let server = Server::answering(200, "{}").await;
    let core = server
        .builder()
        .user_agent("acme-sync/2.1")
        .build()
        .unwrap()
        .0;
    send(&core, &LIST_USERS, |_| {}).await.unwrap();
    let expected = concat!("acme-sync/2.1 harvest-rust/", env!("CARGO_PKG_VERSION"));
    assert_eq!(server.only().header("user-agent"), Some(expected));
}

#[tokio::test]
async fn a_http_client_of_ones_own() {
    let server = Server::answering(200, "{}").await;
    let client = harvest_runtime::reqwest::Client::new();
    let core = server
        .builder()
        .http_client(client.clone())
        .build()
        .unwrap()
        .0;
    send(&core, &LIST_USERS, |_| {}).await.unwrap();
    assert_eq!(
        server.only().header("authorization"),
        Some("Basic YS1rZXk6")
    );

    let error = server
        .builder()
        .http_client(client)
        .connect_timeout(std::time::Duration::from_secs(1))
        .build()
        .unwrap_err();
    assert!(error.is_configuration());
}

#[test]
fn what_cannot_be_built() {
    let new = ClientBuilder::<Harvest>::new;
    for (builder, text) in [
        (new(), "there is no credential"),
        (new().credential(""), "the credential is empty"),
        (new().credential("a-key\n"), "white space around it"),
        (new().credential("a:b"), "contains ':'"),
        (new().credential("a\u{e9}b"), "characters that no key has"),
        (new().credential("a b"), "characters that no key has"),
        (
            new().credential(KEY).base_url("harvest.example.com"),
            "base_url is not a URL",
        ),
        (
            new().credential(KEY).base_url("http://harvest.example.com"),
            "plain http to another machine",
        ),
        (
            new()
                .credential(KEY)
                .base_url("https://a:b@harvest.example.com"),
            "user name or password",
        ),
        (
            new()
                .credential(KEY)
                .base_url("https://harvest.example.com?a=b"),
            "query or fragment",
        ),
        (
            new()
                .credential(KEY)
                .base_url("http://[::1]")
                .user_agent("a\nb"),
            "user agent",
        ),
    ] {
        let error = builder.build().unwrap_err();
        assert!(error.is_configuration() && !error.is_invalid_request());
        assert!(error.operation().is_none() && error.permission().is_none());
        let error = error.to_string();
        assert!(
            error.starts_with("the client cannot be built: ") && error.contains(text),
            "{error}"
        );
    }
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
#[test]
fn https_without_tls() {
    let error = ClientBuilder::<Harvest>::new()
        .credential(KEY)
        .build()
        .unwrap_err();
    assert!(error.is_configuration());
    assert!(
        error
            .to_string()
            .contains("turn on the feature `rustls` or `native-tls`"),
        "{error}"
    );
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[test]
fn https_with_tls() {
    let harvest: Harvest = ClientBuilder::new().credential(KEY).build().unwrap();
    assert_eq!(
        harvest.0.base_url().as_str(),
        "https://harvest.example.com/"
    );
}

#[test]
fn everything_can_cross_threads() {
    fn send_sync<T: Send + Sync + 'static>() {}
    fn sendable<T: Send + 'static>(_: T) {}
    send_sync::<Core>();
    send_sync::<Error>();
    send_sync::<ClientBuilder<Harvest>>();
    send_sync::<harvest_runtime::Response<Value>>();

    let core = ClientBuilder::<Harvest>::new()
        .credential(KEY)
        .base_url("http://[::1]")
        .build()
        .unwrap()
        .0;
    sendable(core.request(&LIST_USERS));
    sendable(core.request(&LIST_USERS).send(decode::json::<Value>));
    sendable(core.request(&LIST_USERS).pages::<Value>());
    sendable(core.request(&LIST_USERS).items::<Value>());
}
