//! Names that requests give to the sandbox.

use harvest_sandbox::Sandbox;

use crate::browser::Browser;
use crate::{API, DOORS, send, send_bytes};

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    /// It names the sandbox.
    Passes,
    /// It names something else. The API answers, and its links lead to the sandbox.
    Refused,
    /// It is no proper HTTP.
    Malformed,
}

async fn check(sandbox: &Sandbox, lines: &[&[u8]], fate: Fate, base: &str) {
    let shown: Vec<_> = lines.iter().map(|it| String::from_utf8_lossy(it)).collect();
    for (request, status) in DOORS {
        let answer = send_bytes(sandbox, request, lines).await;
        let expected = match fate {
            Fate::Passes => *status,
            Fate::Refused => 403,
            Fate::Malformed => 400,
        };
        assert_eq!(answer.status, expected, "{request} {shown:?}: {answer:?}");
        if fate == Fate::Refused && !request.starts_with("HEAD") {
            let words = ["http://localhost", "--public-url"];
            assert!(
                words.iter().all(|it| answer.body.contains(it)),
                "{answer:?}"
            );
        }
    }
    let answer = send_bytes(sandbox, API, lines).await;
    if fate == Fate::Malformed {
        assert_eq!(answer.status, 400, "{shown:?}: {answer:?}");
        assert!(!answer.head.contains("link: "), "{answer:?}");
        return;
    }
    assert_eq!(answer.status, 200, "{shown:?}: {answer:?}");
    let link = format!("link: <{base}/v1/users?page=1&per_page=100>; rel=\"last\"");
    let found: Vec<_> = answer
        .head
        .lines()
        .filter(|it| it.starts_with("link: "))
        .collect();
    assert_eq!(found, [link], "{shown:?}");
}

#[tokio::test]
async fn only_names_of_this_computer_pass() {
    let sandbox = Sandbox::builder().control().start().await.unwrap();
    let url = sandbox.url().to_owned();
    let own = url.strip_prefix("http://").unwrap();
    for name in [
        own,
        "localhost",
        "LOCALHOST:1",
        "a.localhost:9",
        "127.0.0.1",
        "127.8.8.8:80",
        "[::1]:8765",
    ] {
        let line = format!("Host: {name}");
        check(
            &sandbox,
            &[line.as_bytes()],
            Fate::Passes,
            &format!("http://{name}"),
        )
        .await;
    }
    for name in [
        "rebound.example.com",
        "rebound.example.com:8765",
        "localhost.example.com",
        "127.0.0.1.example.com",
        "notlocalhost",
        "192.0.2.1",
        "[2001:db8::1]:8765",
        "0.0.0.0:8765",
    ] {
        let line = format!("Host: {name}");
        check(&sandbox, &[line.as_bytes()], Fate::Refused, &url).await;
    }
    let malformed: &[&[&[u8]]] = &[
        &[b"Host: localhost", b"Host: rebound.example.com"],
        &[b"Host: rebound.example.com", b"Host: localhost"],
        &[b"Host: localhost", b"Host: localhost"],
        &[b"Host:"],
        &[b"Host: \xff"],
        &[b"Host: localhost, rebound.example.com"],
        &[b"Host: localhost@rebound.example.com"],
        &[b"Host: rebound.example.com/localhost"],
        &[b"Host: a>; rel=\"next\", <http://rebound.example.com"],
        // HTTP/1.1 requires one.
        &[],
    ];
    for lines in malformed {
        check(&sandbox, lines, Fate::Malformed, "").await;
    }
}

#[tokio::test]
async fn a_name_in_the_target_counts() {
    let sandbox = Sandbox::builder().control().start().await.unwrap();
    for (target, host, status) in [
        ("http://localhost", "rebound.example.com", 200),
        ("http://rebound.example.com", "localhost", 403),
        ("http://user@localhost", "localhost", 400),
    ] {
        for path in ["/_sandbox/", "/configure"] {
            let request = format!("GET {target}{path}");
            let answer = send(&sandbox, &request, &[&format!("Host: {host}")]).await;
            assert_eq!(answer.status, status, "{request}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn so_do_names_that_were_declared() {
    let builder = Sandbox::builder().control();
    let builder = builder.public_url("https://harvest.example/");
    let sandbox = builder
        .public_url("http://desk.example:8765")
        .start()
        .await
        .unwrap();
    // What is published has a password.
    let cookie = Browser::sign_in(&sandbox).await.line();
    for (name, fate, base) in [
        ("harvest.example", Fate::Passes, "https://harvest.example"),
        (
            "HARVEST.example:443",
            Fate::Passes,
            "https://harvest.example",
        ),
        (
            "desk.example:8765",
            Fate::Passes,
            "http://desk.example:8765",
        ),
        ("localhost:1", Fate::Passes, "http://localhost:1"),
        ("desk.example", Fate::Refused, "https://harvest.example"),
        (
            "x.harvest.example",
            Fate::Refused,
            "https://harvest.example",
        ),
    ] {
        let line = format!("Host: {name}");
        check(&sandbox, &[line.as_bytes(), cookie.as_bytes()], fate, base).await;
    }
}

#[tokio::test]
async fn an_address_that_is_connected_to_is_a_name() {
    let any = std::net::SocketAddr::from(([0, 0, 0, 0], 0));
    let builder = Sandbox::builder().addr(any).control().candidates(0);
    let sandbox = builder.start().await.unwrap();
    for (name, status) in [("127.0.0.1", 200), ("192.0.2.1", 403), ("0.0.0.0", 403)] {
        let answer = send(&sandbox, "GET /_sandbox/", &[&format!("Host: {name}")]).await;
        assert_eq!(answer.status, status, "{name}: {answer:?}");
    }
}
