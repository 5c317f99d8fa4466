//! Every way in which a call fails, and what its error says.

use std::error::Error as _;
use std::time::Duration;

use harvest_runtime::retry::Never;
use harvest_runtime::{ClientBuilder, Core, Error, FieldError, Operation, decode};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::server::{CREATE_USER, Harvest, KEY, LIST_USERS, Refusing, Server, acting, reply_with};

async fn fail(core: &Core, operation: &'static Operation) -> Error {
    acting(core, operation)
        .send(decode::json::<Vec<i64>>)
        .await
        .unwrap_err()
}

/// What the predicates say, by name.
fn kinds(error: &Error) -> Vec<&'static str> {
    [
        ("unauthorized", error.is_unauthorized()),
        ("missing permission", error.is_missing_permission()),
        ("forbidden", error.is_forbidden()),
        ("not found", error.is_not_found()),
        ("validation", error.is_validation()),
        ("rate limited", error.is_rate_limited()),
        ("server error", error.is_server_error()),
        ("timeout", error.is_timeout()),
        ("connect", error.is_connect()),
        ("decode", error.is_decode()),
        ("invalid request", error.is_invalid_request()),
        ("missing acting user", error.is_missing_acting_user()),
        ("pagination", error.is_pagination()),
        ("configuration", error.is_configuration()),
    ]
    .into_iter()
    .filter_map(|(name, is)| is.then_some(name))
    .collect()
}

struct Case {
    status: u16,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
    kinds: &'static [&'static str],
    message: Option<&'static str>,
    text: &'static str,
}

const HTML: &str = "<html><body>502 Bad Gateway</body></html>";

const CASES: &[Case] = &[
    Case {
        status: 401,
        headers: &[],
        body: r#"{"message":"Invalid Basic Auth credentials"}"#,
        kinds: &["unauthorized"],
        message: Some("Invalid Basic Auth credentials"),
        text: "401 Unauthorized: the key is unknown or revoked; check ClientBuilder::credential \
         (see Error::message)",
    },
    Case {
        status: 401,
        headers: &[("content-type", "text/html")],
        body: HTML,
        kinds: &["unauthorized"],
        message: None,
        text: "401 Unauthorized: the key is unknown or revoked; check ClientBuilder::credential",
    },
    Case {
        status: 403,
        headers: &[("x-request-id", "r-1")],
        body: r#"{"message":"This API Key does not have permission for this endpoint"}"#,
        kinds: &["missing permission", "forbidden"],
        message: Some("This API Key does not have permission for this endpoint"),
        text: "403 Forbidden: the key lacks the permission \"GET: List Users\"; tick it in Dev \
         Center (API Credential Management) [request id r-1]",
    },
    Case {
        status: 403,
        headers: &[],
        body: r#"{"message":"User may not see this candidate"}"#,
        kinds: &["forbidden"],
        message: Some("User may not see this candidate"),
        text: "403 Forbidden: not allowed; either the key lacks the permission \"GET: List \
         Users\", or the acting user may not do this (see Error::message)",
    },
    Case {
        status: 404,
        headers: &[],
        body: r#"{"message":"Resource not found"}"#,
        kinds: &["not found"],
        message: Some("Resource not found"),
        text: "404 Not Found: there is no such record, or no such acting user; check the ids \
         (see Error::message)",
    },
    Case {
        status: 422,
        headers: &[],
        body: r#"{"errors":[{"message":"Missing required field: body","field":"body"}]}"#,
        kinds: &["validation"],
        message: None,
        text: "422 Unprocessable Entity: refused: body (1 field error; see Error::field_errors)",
    },
    Case {
        status: 422,
        headers: &[],
        body: r#"{"message":"Validation error","errors":[{"message":"taken","field":"email"},
                 {"message":"short","field":"first_name"},{"message":"bad","field":"email"}]}"#,
        kinds: &["validation"],
        message: Some("Validation error"),
        text: "422 Unprocessable Entity: refused: email, first_name (3 field errors; see \
         Error::field_errors)",
    },
    Case {
        status: 422,
        headers: &[],
        body: "",
        kinds: &["validation"],
        message: None,
        text: "422 Unprocessable Entity: refused",
    },
    Case {
        status: 429,
        headers: &[("retry-after", "7")],
        body: "Retry later",
        kinds: &["rate limited"],
        message: None,
        text: "429 Too Many Requests: the rate limit is reached; the service asked for a pause; it \
         takes requests again at … at the earliest (in 7 s); try again then",
    },
    Case {
        status: 429,
        headers: &[],
        body: r#"{"message":"Rate limit exceeded"}"#,
        kinds: &["rate limited"],
        message: Some("Rate limit exceeded"),
        text: "429 Too Many Requests: the rate limit is reached; try again later (see \
         Error::message)",
    },
    Case {
        status: 500,
        headers: &[],
        body: "",
        kinds: &["server error"],
        message: None,
        text: "500 Internal Server Error: the service failed; try again later",
    },
    Case {
        status: 502,
        headers: &[("content-type", "text/html")],
        body: HTML,
        kinds: &["server error"],
        message: None,
        text: "502 Bad Gateway: the service failed; try again later",
    },
    Case {
        status: 302,
        headers: &[("location", "/elsewhere")],
        body: "",
        kinds: &[],
        message: None,
        text: "302 Found: redirects are not followed; check base_url",
    },
    Case {
        status: 418,
        headers: &[],
        body: "[]",
        kinds: &[],
        message: None,
        text: "418 I'm a teapot: refused",
    },
    Case {
        status: 499,
        headers: &[],
        body: "{",
        kinds: &[],
        message: None,
        text: "499: refused",
    },
    Case {
        status: 200,
        headers: &[("x-request-id", "r-2")],
        body: r#"[1,"Jane"]"#,
        kinds: &["decode"],
        message: None,
        text: "200 OK: the answer cannot be decoded: at [1]: found a string, expected i64 (line \
         1, column 9) [request id r-2]",
    },
    Case {
        status: 200,
        headers: &[("content-type", "text/html")],
        body: HTML,
        kinds: &["decode"],
        message: None,
        text: "200 OK: the answer cannot be decoded: it is not JSON (line 1, column 1)",
    },
];

/// The text without the end of a pause, which is another one each time.
fn without_moment(text: &str) -> String {
    let parts = text.split_once(" again at ").and_then(|(before, behind)| {
        let (_, behind) = behind.split_once(" at the earliest")?;
        Some(format!("{before} again at … at the earliest{behind}"))
    });
    parts.unwrap_or_else(|| text.to_owned())
}

#[tokio::test]
async fn answers() {
    for case in CASES {
        let server = Server::start(|_, _| reply_with(case.status, case.headers, case.body)).await;
        let error = fail(&server.client(), &LIST_USERS).await;
        assert_eq!(
            without_moment(&error.to_string()),
            format!("list_users (GET /v1/users): {}", case.text)
        );
        assert_eq!(kinds(&error), case.kinds, "{error}");
        assert_eq!(error.message(), case.message);
        assert_eq!(
            error.status().map(|status| status.as_u16()),
            Some(case.status)
        );
        assert_eq!(error.operation(), Some(&LIST_USERS));
        assert_eq!(error.permission(), Some("GET: List Users"));
        assert!(error.source().is_none());
        assert_eq!(server.asked().len(), 1, "sent once");
    }
}

#[tokio::test]
async fn details() {
    let server = Server::start(|_, _| {
        let headers = [("retry-after", "2"), ("x-request-id", "r-3")];
        reply_with(
            503,
            &headers,
            r#"{"errors":[{"message":"m","field":"f"},{"message":"n"}]}"#,
        )
    })
    .await;
    let error = fail(&server.client(), &LIST_USERS).await;
    assert_eq!(error.retry_after(), Some(Duration::from_secs(2)));
    assert_eq!(error.request_id(), Some("r-3"));
    let fields: Vec<_> = error
        .field_errors()
        .iter()
        .map(|e| (e.field(), e.message()))
        .collect();
    assert_eq!(fields, [(Some("f"), "m"), (None, "n")]);
    let printed: Vec<_> = error
        .field_errors()
        .iter()
        .map(|e: &FieldError| format!("{e:?}"))
        .collect();
    assert_eq!(
        printed,
        [
            r#"FieldError { field: Some("f"), .. }"#,
            "FieldError { field: None, .. }"
        ]
    );

    let server = Server::answering(200, r#"[1, {"a": 5}]"#).await;
    let error = fail(&server.client(), &LIST_USERS).await;
    assert_eq!(error.decode_path(), Some("[1]"));
}

#[tokio::test]
async fn a_failed_change_may_have_been_made() {
    let server = Server::answering(500, "").await;
    let error = fail(&server.client(), &CREATE_USER).await;
    assert_eq!(
        error.to_string(),
        "create_user (POST /v1/users): 500 Internal Server Error: the service failed; it may or \
         may not have been carried out, so look before you send it again"
    );
    for (status, is_unknown) in [(408, true), (425, false), (503, true), (422, false)] {
        let server = Server::answering(status, "").await;
        let error = fail(&server.client(), &CREATE_USER).await;
        assert_eq!(error.may_have_been_acted_on(), is_unknown, "{error}");
        let says_so = error.to_string().contains("may not have been carried out");
        assert_eq!(says_so, is_unknown, "{error}");
    }
}

#[tokio::test]
async fn a_huge_error_is_cut_short() {
    let server = Server::start(|_, _| {
        reply_with(
            500,
            &[],
            format!(r#"{{"message":"{}"}}"#, "x".repeat(16 * 1024 * 1024)),
        )
    })
    .await;
    let error = fail(&server.client(), &LIST_USERS).await;
    assert!(error.is_server_error());
    assert_eq!(error.message(), None);
}

/// A server that reads a request, answers these bytes, and then hangs up or not.
async fn raw(answer: &'static str, hang_up: bool) -> Core {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.read(&mut [0; 4096]).await;
        stream.write_all(answer.as_bytes()).await.unwrap();
        if !hang_up {
            std::future::pending::<()>().await;
        }
    });
    let builder = ClientBuilder::<Harvest>::new()
        .credential(KEY)
        .base_url(url);
    builder
        .attempt_timeout(Duration::from_millis(300))
        .retry(Never)
        .build()
        .unwrap()
        .0
}

#[tokio::test]
async fn no_answer_in_time() {
    let error = fail(&raw("", false).await, &LIST_USERS).await;
    assert_eq!(kinds(&error), ["timeout"]);
    assert!(error.source().is_some());
    assert_eq!(
        error.to_string(),
        "list_users (GET /v1/users): no complete answer in time; raise \
         ClientBuilder::attempt_timeout; try again later"
    );

    let error = fail(&raw("", false).await, &CREATE_USER).await;
    assert!(
        error
            .to_string()
            .ends_with("it may or may not have been carried out, so look before you send it again")
    );

    // The time runs to the last byte of the answer.
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n[1";
    assert_eq!(
        kinds(&fail(&raw(cut, false).await, &LIST_USERS).await),
        ["timeout"]
    );
    // The status of a refusal is kept, though its body never ends.
    let cut = "HTTP/1.1 404 Not Found\r\ncontent-length: 9\r\n\r\n{\"m";
    assert_eq!(
        kinds(&fail(&raw(cut, false).await, &LIST_USERS).await),
        ["not found"]
    );
}

#[tokio::test]
async fn broken_connections() {
    for answer in [
        "",
        "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n[1",
        "no http at all\r\n\r\n",
    ] {
        let error = fail(&raw(answer, true).await, &LIST_USERS).await;
        assert_eq!(kinds(&error), [""; 0], "{error}");
        assert_eq!(error.status(), None);
        assert!(
            error.to_string().contains("the connection broke"),
            "{error}"
        );
        assert!(error.source().is_some());
    }
    // The status of a refusal is kept, though its body breaks off.
    let cut = "HTTP/1.1 404 Not Found\r\ncontent-length: 9\r\n\r\n{\"m";
    assert_eq!(
        kinds(&fail(&raw(cut, true).await, &LIST_USERS).await),
        ["not found"]
    );
}

#[tokio::test]
async fn no_connection() {
    let refusing = Refusing::new();
    let core = ClientBuilder::<Harvest>::new()
        .credential(KEY)
        .base_url(refusing.url())
        .retry(Never)
        .build()
        .unwrap()
        .0;
    let error = fail(&core, &CREATE_USER).await;
    assert_eq!(kinds(&error), ["connect"]);
    assert!(error.source().is_some());
    assert_eq!(
        error.to_string(),
        "create_user (POST /v1/users): not sent: could not connect; check the network, base_url \
         and TLS"
    );
}

#[test]
fn an_error_is_small() {
    assert!(size_of::<Error>() < 64);
    assert!(size_of::<Result<(), Error>>() <= size_of::<usize>());
}
