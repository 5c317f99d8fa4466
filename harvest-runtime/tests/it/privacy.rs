//! Nothing that is printed holds a credential or personal data.

use std::error::Error as _;
use std::fmt::Debug;
use std::time::Duration;

use axum::body::Body;
use axum::http::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use harvest_runtime::retry::Never;
use harvest_runtime::{
    ClientBuilder, Core, Date, Error, Identity, Patch, Timestamp, UnknownValue, decode, open_enum,
    redacted_debug,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::net::TcpListener;

use crate::refresh_server::{FIRST, Service, file};
use crate::server::{Asked, GET_TAG, Harvest, LIST_USERS, Refusing, Server, reply, reply_with};
use crate::tokens::{ID, LIST, SECRET, builder, client};

const KEY: &str = "K3Y-SECRET";
/// base64 of "K3Y-SECRET:", without its end.
const ENCODED_KEY: &str = "SzNZLVNFQ1JFVD";
const PERSON: &str = "PERSONAL-MARK";

#[track_caller]
fn clean(text: &str) {
    for mark in [KEY, ENCODED_KEY, PERSON, "4711"] {
        assert!(!text.contains(mark), "{mark} in {text}");
    }
}

#[track_caller]
fn clean_debug(value: &impl Debug) {
    clean(&format!("{value:?}"));
    clean(&format!("{value:#?}"));
}

#[track_caller]
fn clean_error(error: &Error) {
    clean_debug(error);
    clean(&error.to_string());
    let mut source = error.source();
    while let Some(cause) = source {
        clean(&format!("{cause} {cause:?} {cause:#?}"));
        source = cause.source();
    }
}

#[derive(Serialize, Deserialize)]
struct Person {
    id: i64,
    name: String,
}

impl Identity for Person {
    fn identity(&self) -> Option<i64> {
        Some(self.id)
    }
}

redacted_debug! { Person { id } }

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Status {
    Open,
    Unknown(UnknownValue),
}

open_enum!(Status {
    Open = "open",
});

/// A request with the mark wherever it can be.
fn marked(core: &Core) -> harvest_runtime::Request {
    let mut request = core.request(&GET_TAG);
    request.path("id", &4711);
    request.path("tag", PERSON);
    request.query("email", PERSON);
    request.query_csv("names", &[PERSON], None);
    request.header("X-Extra", PERSON);
    request.acting_user(4711);
    request.json(&json!({ "name": PERSON }));
    clean_debug(&request);
    request
}

#[test]
fn clients_and_mistakes() {
    let builder = ClientBuilder::<Harvest>::new()
        .credential(KEY)
        .acting_user(4711)
        .base_url("http://localhost/PERSONAL-MARK");
    clean_debug(&builder);
    let core = builder.build().unwrap().0;
    clean_debug(&core);
    assert_eq!(format!("{core:?}"), r#"Core { host: "localhost", .. }"#);
    clean_debug(&marked(&core));

    for (credential, base_url) in [
        ("K3Y-SECRET:", "https://localhost"),
        ("K3Y-SECRET\n", "https://localhost"),
        ("K3Y-SECRETé", "https://localhost"),
        (KEY, "https://PERSONAL-MARK:K3Y-SECRET@localhost"),
        (KEY, "https://localhost?key=K3Y-SECRET"),
        (KEY, "http://example.com/K3Y-SECRET"),
        (KEY, "K3Y-SECRET"),
        (KEY, "K3Y-SECRET://localhost"),
        (KEY, "https://localhost:K3Y-SECRET"),
    ] {
        let builder = ClientBuilder::<Harvest>::new()
            .credential(credential)
            .base_url(base_url);
        clean_error(&builder.build().unwrap_err());
    }
}

#[tokio::test]
async fn mistakes_in_requests() {
    let core = ClientBuilder::<Harvest>::new()
        .credential(KEY)
        .base_url("http://localhost")
        .build()
        .unwrap()
        .0;
    let fills: [fn(&mut harvest_runtime::Request); 4] = [
        |r| r.header("X-Extra", "PERSONAL-MARK\n"),
        |r| r.query_csv("names", &["PERSONAL-MARK,"], None),
        |r| r.path("nothing", PERSON),
        |r| {
            struct Unserializable;
            impl Serialize for Unserializable {
                fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                    Err(serde::ser::Error::custom(PERSON))
                }
            }
            r.json(&Unserializable);
        },
    ];
    for fill in fills {
        let mut request = core.request(&LIST_USERS);
        fill(&mut request);
        clean_debug(&request);
        clean_error(&request.send(decode::empty).await.unwrap_err());
    }
}

#[tokio::test]
async fn answers() {
    let server = Server::start(|asked, url| {
        let link = format!("<{url}{}&PERSONAL-MARK>; rel=\"next\"", asked.target);
        let headers = [
            ("link", link.as_str()),
            ("x-request-id", "PERSONAL-MARK 1"),
            ("x-extra", PERSON),
        ];
        reply_with(200, &headers, r#"[{"id":1,"name":"PERSONAL-MARK"}]"#)
    })
    .await;
    let core = server.builder().credential(KEY).build().unwrap().0;

    let response = marked(&core)
        .send(decode::json::<Vec<Person>>)
        .await
        .unwrap();
    assert_eq!(response[0].name, PERSON);
    clean_debug(&response);
    clean_debug(&response.links());
    clean_debug(&response.value());
    assert_eq!(format!("{:?}", response[0]), "Person { id: 1, .. }");

    let mut pages = marked(&core).pages::<Person>();
    clean_debug(&pages);
    clean_debug(&pages.next().await);
    clean_debug(&pages);
    let mut items = marked(&core).items::<Person>();
    clean_debug(&items);
    clean_debug(&items.next().await);
    clean_debug(&items);

    // What cannot be decoded.
    clean_error(&marked(&core).send(decode::json::<i64>).await.unwrap_err());
    clean_error(
        &marked(&core)
            .send(decode::json::<Vec<std::collections::HashMap<String, i64>>>)
            .await
            .unwrap_err(),
    );
    clean_error(
        &marked(&core)
            .items::<i64>()
            .next()
            .await
            .unwrap()
            .unwrap_err(),
    );
}

#[tokio::test]
async fn refusals() {
    for status in [302, 400, 401, 403, 404, 409, 422, 429, 500, 503] {
        for body in [
            r#"{"message":"API key K3Y-SECRET has no permission for PERSONAL-MARK"}"#,
            r#"{"errors":[{"message":"PERSONAL-MARK","field":"PERSONAL-MARK is taken"}]}"#,
            r#"{"errors":{"K3Y-SECRET ":["PERSONAL-MARK"]}}"#,
            "PERSONAL-MARK",
            "<html>PERSONAL-MARK K3Y-SECRET</html>",
        ] {
            let server = Server::start(move |_, _| {
                let headers = [
                    ("location", "/PERSONAL-MARK"),
                    ("x-request-id", "PERSONAL-MARK@example.com"),
                    ("retry-after", PERSON),
                    ("www-authenticate", KEY),
                ];
                reply_with(status, &headers, body)
            })
            .await;
            let core = server.builder().credential(KEY).build().unwrap().0;
            let error = marked(&core).send(decode::empty).await.unwrap_err();
            assert_eq!(error.status().unwrap().as_u16(), status);
            clean_error(&error);
            clean_debug(&error.field_errors());
        }
    }
}

/// What a service could repeat of what it was sent: the key, and people.
#[tokio::test]
async fn echoes() {
    for echo in [
        KEY,
        "id-K3Y-SECRET.1",
        "k3y-secret",
        "SzNZLVNFQ1JFVDo",
        "x.SzNZLVNFQ1JFVDp4",
    ] {
        for status in [200, 422] {
            let server = Server::start(move |_, _| {
                let body = json!({ "errors": { echo: ["y"], "jane.doe": ["y"], "Jane": ["y"],
                    "email": ["y"] } });
                reply_with(status, &[("x-request-id", echo)], body.to_string())
            })
            .await;
            let core = server.builder().credential(KEY).build().unwrap().0;
            let sent = core.request(&LIST_USERS).send(decode::json::<i64>).await;
            let error = sent.unwrap_err();
            assert_eq!(error.request_id(), None);
            let shown = format!("{error} {error:?} {error:#?}").to_lowercase();
            for mark in [echo, KEY, ENCODED_KEY, "jane"] {
                assert!(!shown.contains(&mark.to_lowercase()), "{mark} in {shown}");
            }
            assert_eq!(
                shown.contains("refused: email (4 field errors"),
                status == 422,
                "{shown}"
            );
            let named = error.field_errors().iter();
            let named: Vec<_> = named
                .filter_map(harvest_runtime::FieldError::field)
                .collect();
            assert_eq!(
                named.contains(&echo),
                status == 422,
                "the accessor has them all"
            );

            let response = core.request(&LIST_USERS).send(decode::empty).await;
            assert_eq!(response.is_ok(), status == 200);
            let shown = format!("{response:?}").to_lowercase();
            assert!(!shown.contains(&echo.to_lowercase()), "{shown}");
        }
    }
}

#[tokio::test]
async fn content_codings() {
    for coding in [
        KEY,
        PERSON,
        "jane",
        "gzip, jane",
        "gzip, br, gzip, br, gzip",
    ] {
        let server =
            Server::start(move |_, _| reply_with(200, &[("content-encoding", coding)], "[]")).await;
        let core = server.builder().credential(KEY).build().unwrap().0;
        let error = core
            .request(&LIST_USERS)
            .send(decode::empty)
            .await
            .unwrap_err();
        assert!(error.is_bad_encoding());
        clean_error(&error);
        let text = error.to_string();
        assert!(
            text.contains("by an unknown coding") && !text.contains("jane"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn connections() {
    let at = |url: &str| {
        ClientBuilder::<Harvest>::new()
            .credential(KEY)
            .attempt_timeout(Duration::from_millis(200))
            .retry(Never)
            .base_url(url)
            .build()
            .unwrap()
            .0
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent = at(&format!("http://{}", listener.local_addr().unwrap()));
    let error = marked(&silent).send(decode::empty).await.unwrap_err();
    assert!(error.is_timeout());
    clean_error(&error);
    let refusing = Refusing::new();
    let error = marked(&at(&refusing.url()))
        .send(decode::empty)
        .await
        .unwrap_err();
    assert!(error.is_connect());
    clean_error(&error);
}

#[tokio::test]
async fn pages_elsewhere() {
    for link in [
        "https://example.com/PERSONAL-MARK?K3Y-SECRET",
        "http://K3Y-SECRET@example.com/",
        "http://[PERSONAL-MARK",
        "https://k3y-secret.example.com/",
        "https://sznzlvnfq1jfvdo.example.com/",
        "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.\
         aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaa.personal-mark/",
    ] {
        let server = Server::start(move |_, _| {
            reply_with(200, &[("link", &format!(r#"<{link}>; rel="next""#))], "[]")
        })
        .await;
        let core = server.builder().credential(KEY).build().unwrap().0;
        let mut pages = core.request(&LIST_USERS).pages::<i64>();
        clean_debug(&pages.next().await);
        let error = pages.next().await.unwrap().unwrap_err();
        clean_error(&error);
        let text = error.to_string();
        for mark in ["k3y-secret", "sznzlvnfq1jfvd", "personal-mark"] {
            assert!(!text.contains(mark), "{text}");
        }
    }
}

#[tokio::test]
async fn types_of_files() {
    for (sent, shown) in [
        (
            "application/pdf; name=\"PERSONAL-MARK.pdf\"",
            "application/pdf",
        ),
        ("application/PERSONAL-MARK", "other"),
        ("K3Y-SECRET", "other"),
    ] {
        let server =
            Server::start(move |_, _| reply_with(200, &[("content-type", sent)], "x")).await;
        let core = server.builder().credential(KEY).build().unwrap().0;
        let url = format!("{}/file", server.url());
        let stream = core.download(url.as_str()).stream().await.unwrap();
        clean_debug(&stream);
        assert_eq!(stream.content_type(), Some(sent));
        let path = std::env::temp_dir().join(format!("harvest-types-{}", std::process::id()));
        let downloaded = core.download(url.as_str()).to_file(&path).await.unwrap();
        std::fs::remove_file(&path).unwrap();
        clean_debug(&downloaded);
        assert!(format!("{downloaded:?}").contains(shown), "{downloaded:?}");
        assert_eq!(downloaded.content_type.as_deref(), Some(sent));
    }
}

#[test]
fn values() {
    clean_debug(&Patch::Set(PERSON));
    clean_debug(&Status::from(PERSON));
    clean_debug(&UnknownValue::default());
    clean_debug(&serde_json::from_value::<Status>(json!({ PERSON: PERSON })).unwrap());
    clean_debug(&serde_json::from_value::<Timestamp>(json!(PERSON)).unwrap());
    clean_debug(&serde_json::from_value::<Timestamp>(json!([PERSON])).unwrap());
    clean_debug(&serde_json::from_value::<Date>(json!(PERSON)).unwrap());
    clean_debug(&PERSON.parse::<Timestamp>().unwrap_err());
    clean(&PERSON.parse::<Timestamp>().unwrap_err().to_string());
    clean_debug(&PERSON.parse::<Date>().unwrap_err());
    clean(&PERSON.parse::<Date>().unwrap_err().to_string());
}

/// What an API could repeat beside the token of the call: what tokens are issued for, and the token of another user.
#[tokio::test]
async fn echoes_of_other_secrets() {
    let basic = STANDARD.encode(format!("{ID}:{SECRET}"));
    let basic = basic.trim_end_matches('=').to_owned();
    let shown = "made-up-id-7".to_owned();
    let consented = [SECRET, &basic, FIRST, "made-up-refresh-1", &shown].map(str::to_owned);
    for echo in consented {
        let folder = tempfile::tempdir().unwrap();
        let answer = echoing(&echo, |_| Service::pair(1));
        let server = Server::start(answer).await;
        let core = builder(&server).refresh_token(FIRST, file(&folder));
        let core = core.build().unwrap().0;
        assert_echo(&core, &echo, echo == shown).await;
    }
    for echo in [
        SECRET.to_owned(),
        basic,
        "token-of-11".to_owned(),
        shown.clone(),
    ] {
        let answer = echoing(&echo, |form| {
            let user = form.rsplit('=').next().unwrap_or_default();
            json!({ "token_type": "Bearer", "access_token": format!("token-of-{user}") })
                .to_string()
        });
        let server = Server::start(answer).await;
        let core = client(&server);
        for user in [11, 12] {
            assert_echo(&core.with_acting_user(user), &echo, echo == shown).await;
        }
    }
}

/// A token service that makes its answers of forms, and an API that refuses everything with a request id.
fn echoing(
    echo: &str,
    issue: impl Fn(&str) -> String + Send + Sync + 'static,
) -> impl Fn(&Asked, &str) -> Response<Body> + Send + Sync + 'static {
    let echo = echo.to_owned();
    move |asked, _| {
        if asked.target == "/token" {
            return reply(200, issue(&String::from_utf8_lossy(&asked.body)));
        }
        reply_with(422, &[("x-request-id", &echo)], "{}")
    }
}

async fn assert_echo(core: &Core, echo: &str, shown: bool) {
    let sent = core.request(&LIST).send(decode::json::<i64>).await;
    let error = sent.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(422));
    assert_eq!(error.request_id().is_some(), shown, "{echo}");
    let printed = format!("{error} {error:?} {error:#?}");
    assert_eq!(printed.contains(echo), shown, "{echo} in {printed}");
}
