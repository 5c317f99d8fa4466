//! The fault matrix of tokens: every way to get one, and every call, under every fault of the token service and of tokens.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::http::Response;
use harvest_runtime::{ClientBuilder, Core, Error, FileTokenStore, decode};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::server::{Asked, Server, reply, reply_with};
use crate::tokens::{CREATE, Harvest, LIST, SECRET, builder, list, says_nothing_secret};

/// Calls that are made at once.
const AT_ONCE: usize = 20;
/// Pages of the list.
const PAGES: usize = 3;

/// The way in which tokens are asked for.
#[derive(Clone, Copy, Debug)]
enum Grant {
    ClientCredentials,
    RefreshToken,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Call {
    Read,
    /// Of several pages, to its end.
    List,
    Create,
    /// Reads of several tasks.
    AtOnce,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Failure {
    /// There is no token, and there may be one later.
    NoTokenYet,
    /// There is none, and a person has to act.
    NoToken,
    /// The API refuses every token.
    Unauthorized,
}

/// A fault, by how the token service answers its `n`th request from 1, and whether the API refuses the `n`th token in its
/// `m`th request.
struct Fault {
    name: &'static str,
    service: fn(usize) -> Answer,
    refuses: fn(usize, usize) -> bool,
    failure: Option<Failure>,
    /// Requests to the token service, by a call of one request and by the list.
    asked: (usize, usize),
    /// Requests to the API, by the same.
    sent: (usize, usize),
}

/// An answer of the token service.
enum Answer {
    /// A token that ends after so many seconds by the service's clock, which is so many ahead of ours.
    Token {
        lifetime: i64,
        ahead: i64,
    },
    Status(u16, &'static str),
}

const HOUR: Answer = Answer::Token {
    lifetime: 3600,
    ahead: 0,
};

fn faults() -> Vec<Fault> {
    let none = || Fault {
        name: "none",
        service: |_| HOUR,
        refuses: |_, _| false,
        failure: None,
        asked: (1, 1),
        sent: (1, PAGES),
    };
    vec![
        none(),
        Fault {
            name: "expired amid a list",
            refuses: |token, request| token == 1 && request > 1,
            asked: (1, 2),
            sent: (1, PAGES + 1),
            ..none()
        },
        Fault {
            name: "revoked",
            refuses: |token, _| token == 1,
            asked: (2, 2),
            sent: (2, PAGES + 1),
            ..none()
        },
        Fault {
            name: "401 after renewal",
            refuses: |_, _| true,
            failure: Some(Failure::Unauthorized),
            asked: (2, 2),
            sent: (2, 2),
            ..none()
        },
        Fault {
            name: "token service down",
            service: |_| Answer::Status(503, ""),
            failure: Some(Failure::NoTokenYet),
            asked: (3, 3),
            sent: (0, 0),
            ..none()
        },
        Fault {
            name: "token service down at first",
            service: |asked| {
                if asked < 3 {
                    Answer::Status(429, "")
                } else {
                    HOUR
                }
            },
            asked: (3, 3),
            ..none()
        },
        Fault {
            name: "token service down when the token is revoked",
            service: |asked| {
                if asked == 1 {
                    HOUR
                } else {
                    Answer::Status(429, "")
                }
            },
            refuses: |token, _| token == 1,
            failure: Some(Failure::NoTokenYet),
            asked: (4, 4),
            sent: (1, 1),
        },
        Fault {
            name: "client refused",
            service: |_| Answer::Status(401, r#"{"error":"invalid_client"}"#),
            failure: Some(Failure::NoToken),
            asked: (1, 1),
            sent: (0, 0),
            ..none()
        },
        Fault {
            name: "no token in the answer",
            service: |_| Answer::Status(200, "<html>"),
            failure: Some(Failure::NoToken),
            asked: (1, 1),
            sent: (0, 0),
            ..none()
        },
        Fault {
            name: "the clock of the service a day behind",
            service: |_| Answer::Token {
                lifetime: 3600,
                ahead: -86_400,
            },
            ..none()
        },
        Fault {
            name: "the clock of the service a day ahead",
            service: |_| Answer::Token {
                lifetime: 3600,
                ahead: 86_400,
            },
            ..none()
        },
        Fault {
            // It is renewed once the API refuses it, and not before each request.
            name: "ended before it came",
            service: |_| Answer::Token {
                lifetime: -5,
                ahead: 0,
            },
            ..none()
        },
    ]
}

/// What happened at a service under a fault.
#[derive(Default)]
struct Seen {
    asked: AtomicUsize,
    issued: AtomicUsize,
    sent: AtomicUsize,
    created: AtomicUsize,
}

async fn serve(fault: &Fault) -> (Server, Arc<Seen>) {
    let seen = Arc::<Seen>::default();
    let (log, service, refuses) = (Arc::clone(&seen), fault.service, fault.refuses);
    let server = Server::start(move |asked, url| {
        if asked.target == "/token" {
            return issue(&service(log.asked.fetch_add(1, Ordering::SeqCst) + 1), &log);
        }
        let request = log.sent.fetch_add(1, Ordering::SeqCst) + 1;
        let token = asked.header("authorization").unwrap();
        let number = token.strip_prefix("Bearer made-up-access-").unwrap();
        if refuses(number.parse().unwrap(), request) {
            return reply(401, r#"{"message":"Unauthorized"}"#);
        }
        answer(asked, url, &log)
    })
    .await;
    (server, seen)
}

fn issue(answer: &Answer, log: &Seen) -> Response<Body> {
    match *answer {
        Answer::Status(status, body) => reply_with(status, &[("retry-after", "0")], body),
        Answer::Token { lifetime, ahead } => {
            let number = log.issued.fetch_add(1, Ordering::SeqCst) + 1;
            let now = chrono::Utc::now() + chrono::TimeDelta::seconds(ahead);
            let date = now.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
            let end = (now + chrono::TimeDelta::seconds(lifetime)).to_rfc3339();
            let body = json!({
                "token_type": "Bearer", "access_token": format!("made-up-access-{number}"),
                "refresh_token": format!("made-up-refresh-{number}"), "expires_at": end,
            });
            reply_with(200, &[("date", &date)], body.to_string())
        }
    }
}

fn answer(asked: &Asked, url: &str, log: &Seen) -> Response<Body> {
    if asked.method == "POST" {
        log.created.fetch_add(1, Ordering::SeqCst);
        return reply(201, "{}");
    }
    let page = asked.target.split("cursor=p").nth(1);
    let page: usize = page.map_or(1, |page| page.parse().unwrap());
    let next = format!("<{url}/v3/users?cursor=p{}>; rel=\"next\"", page + 1);
    let link = if page < PAGES { next.as_str() } else { "" };
    reply_with(200, &[("link", link)], json!([{"id": page}]).to_string())
}

fn client(server: &Server, grant: Grant, folder: &TempDir) -> Core {
    let builder: ClientBuilder<Harvest> = builder(server);
    let builder = match grant {
        Grant::ClientCredentials => builder,
        Grant::RefreshToken => {
            let store = FileTokenStore::open(folder.path().join("tokens.json")).unwrap();
            builder.refresh_token("made-up-refresh-0", store)
        }
    };
    builder.build().unwrap().0
}

async fn make(core: &Core, call: Call) -> Result<(), Error> {
    match call {
        Call::Read => list(core).await.map(drop),
        Call::Create => {
            let mut request = core.request(&CREATE);
            request.json(&json!({"name": "Rin"}));
            request.send(decode::json::<Value>).await.map(drop)
        }
        Call::List => {
            let mut items = core.request(&LIST).items::<Value>();
            let mut ids = Vec::new();
            while let Some(item) = items.next().await {
                ids.push(item?["id"].as_u64().unwrap());
            }
            assert_eq!(ids, [1, 2, 3]);
            assert!(items.completeness().is_proven());
            Ok(())
        }
        Call::AtOnce => {
            let calls = (0..AT_ONCE).map(|_| list(core));
            let ends = futures_util::future::join_all(calls).await;
            ends.into_iter().try_for_each(|end| end.map(drop))
        }
    }
}

fn failure(error: &Error) -> Failure {
    match (error.is_token(), error.is_transient()) {
        (true, true) => Failure::NoTokenYet,
        (true, false) => Failure::NoToken,
        (false, _) => {
            assert!(error.is_unauthorized(), "{error}");
            Failure::Unauthorized
        }
    }
}

#[tokio::test]
async fn every_call_under_every_fault_of_tokens() {
    let mut names = BTreeSet::new();
    let mut cases = Vec::new();
    for fault in faults() {
        assert!(names.insert(fault.name));
        let fault = Arc::new(fault);
        for grant in [Grant::ClientCredentials, Grant::RefreshToken] {
            for call in [Call::Read, Call::List, Call::Create, Call::AtOnce] {
                cases.push(case(Arc::clone(&fault), grant, call));
            }
        }
    }
    let count = cases.len();
    futures_util::future::join_all(cases).await;
    println!("{count} cases hold: {} faults", names.len());
}

async fn case(fault: Arc<Fault>, grant: Grant, call: Call) {
    let case = format!("{}, {grant:?}, {call:?}", fault.name);
    let (server, seen) = serve(&fault).await;
    let folder = tempfile::tempdir().unwrap();
    let core = client(&server, grant, &folder);
    let end = tokio::time::timeout(Duration::from_secs(60), make(&core, call)).await;
    let end = end.unwrap_or_else(|_| panic!("{case}: hangs"));
    assert_eq!(
        end.as_ref().err().map(failure),
        fault.failure,
        "{case}: {end:?}"
    );
    if let Err(error) = &end {
        says_nothing_secret(error, &[SECRET, "made-up-access", "made-up-refresh"]);
    }
    let count = |counter: &AtomicUsize| counter.load(Ordering::SeqCst);
    let (asked, sent) = (count(&seen.asked), count(&seen.sent));
    let created = count(&seen.created);
    let is_done = usize::from(call == Call::Create && end.is_ok());
    assert_eq!(created, is_done, "{case}: made once or not at all");
    match call {
        Call::List => assert_eq!((asked, sent), (fault.asked.1, fault.sent.1), "{case}"),
        // In which order they come to know of a refusal is not certain; that they share tokens is.
        Call::AtOnce => {
            assert!(asked <= fault.asked.1 + 1, "{case}: {asked} tokens");
            assert!(sent <= AT_ONCE * 2, "{case}: {sent} requests");
        }
        _ => assert_eq!((asked, sent), (fault.asked.0, fault.sent.0), "{case}"),
    }
}

/// It takes connections, and never answers.
#[tokio::test]
async fn a_token_service_that_is_too_slow_for_the_call() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let server = Server::answering(200, "[]").await;
    for grant in [Grant::ClientCredentials, Grant::RefreshToken] {
        for call in [Call::Read, Call::List, Call::Create, Call::AtOnce] {
            let folder = tempfile::tempdir().unwrap();
            let store = FileTokenStore::open(folder.path().join("tokens.json")).unwrap();
            let mut builder = builder(&server)
                .token_url(format!("http://{}/token", silent.local_addr().unwrap()))
                .timeout(Duration::from_millis(100));
            if matches!(grant, Grant::RefreshToken) {
                builder = builder.refresh_token("made-up-refresh-0", store);
            }
            let core = builder.build().unwrap().0;
            let error = make(&core, call).await.unwrap_err();
            assert!(
                error.is_token() && error.is_timeout(),
                "{grant:?}, {call:?}: {error}"
            );
            assert!(server.asked().is_empty());
        }
    }
}
