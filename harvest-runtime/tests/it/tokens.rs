//! Access tokens: fetched once, renewed, refused, and what is said where there is none.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::http::Response;
use base64::Engine as _;
use harvest_runtime::retry::Never;
use harvest_runtime::{
    ActingUser, Api, Auth, CallOptions, ClientBuilder, Conventions, Core, Error, Limiter,
    Operation, Pagination, RateWindow, TokenService, decode,
};
use serde_json::{Value, json};

use crate::server::{Asked, LIST_USERS, Refusing, Server, reply, reply_with};

pub const ID: &str = "made-up-client";
pub const SECRET: &str = "made-up-secret-31c5";

pub static LIST: Operation = Operation {
    path: "/v3/users",
    permission: "harvest:users:list",
    pagination: Pagination::Cursor,
    acting_user: ActingUser::None,
    ..LIST_USERS
};
pub static CREATE: Operation = Operation {
    id: "create_user",
    method: harvest_runtime::Method::Post,
    pagination: Pagination::None,
    idempotent: false,
    ..LIST
};

/// A client of an API with a token service.
#[derive(Debug)]
pub struct Harvest(pub Core);

impl Api for Harvest {
    const NAME: &'static str = "Harvest v3";
    const BASE_URL: &'static str = "https://harvest.example.com";
    const AUTH: Auth = Auth::OAuth(TokenService {
        token_url: "https://auth.example.com/token",
        authorization_url: Some("https://auth.example.com/authorize"),
        limit: RateWindow {
            requests: 60,
            window: Duration::from_secs(60),
            aligned: false,
        },
    });
    const CONVENTIONS: &'static Conventions = &Conventions {
        credential_name: "token",
        permission_name: "scope",
        missing_permission: &[&["scope"]],
        unknown_parameter: &["invalid query params:"],
        ..Conventions::DEFAULT
    };

    fn from_core(core: Core) -> Self {
        Self(core)
    }

    fn core(&self) -> &Core {
        &self.0
    }
}

/// The same with a token service that allows two requests at a time.
#[derive(Debug)]
struct Narrow(Core);

/// A window of that token service.
const NARROW: Duration = Duration::from_millis(300);

impl Api for Narrow {
    const NAME: &'static str = Harvest::NAME;
    const BASE_URL: &'static str = Harvest::BASE_URL;
    const AUTH: Auth = Auth::OAuth(TokenService {
        token_url: "https://auth.example.com/token",
        authorization_url: None,
        limit: RateWindow {
            requests: 2,
            window: NARROW,
            aligned: false,
        },
    });
    const CONVENTIONS: &'static Conventions = Harvest::CONVENTIONS;

    fn from_core(core: Core) -> Self {
        Self(core)
    }

    fn core(&self) -> &Core {
        &self.0
    }
}

pub fn builder(server: &Server) -> ClientBuilder<Harvest> {
    builder_of(server)
}

fn builder_of<A: Api>(server: &Server) -> ClientBuilder<A> {
    ClientBuilder::new()
        .client_credentials(ID, SECRET)
        .base_url(server.url())
        .token_url(format!("{}/token", server.url()))
        .limiter(Limiter::unlimited())
        .retry(Never)
}

pub fn client(server: &Server) -> Core {
    builder(server).build().unwrap().0
}

pub async fn list(core: &Core) -> Result<Value, Error> {
    let answer = core.request(&LIST).send(decode::json::<Value>).await?;
    Ok(answer.into_value())
}

/// The answer of a token service: the `number`th token for the subject that was asked for.
fn issue(asked: &Asked, number: usize) -> Response<Body> {
    let token = format!("token-{number}-of-{}", subject(asked));
    let body = json!({"token_type": "Bearer", "access_token": token, "expires_in": 3600});
    reply(200, body.to_string())
}

fn subject(asked: &Asked) -> String {
    let body = std::str::from_utf8(&asked.body).unwrap();
    let subject = body.strip_prefix("grant_type=client_credentials");
    let subject = subject.unwrap_or_else(|| panic!("another grant: {body}"));
    subject.strip_prefix("&sub=").unwrap_or("itself").to_owned()
}

fn is_token_call(asked: &Asked) -> bool {
    asked.target == "/token"
}

/// How many tokens were asked for, by subject.
fn fetched(server: &Server) -> BTreeMap<String, usize> {
    let mut fetched = BTreeMap::new();
    for asked in server.asked().iter().filter(|asked| is_token_call(asked)) {
        *fetched.entry(subject(asked)).or_default() += 1;
    }
    fetched
}

/// A server whose API answers by `api`, which knows how many tokens were issued.
pub async fn serving(
    api: impl Fn(&Asked, &str, usize) -> Response<Body> + Send + Sync + 'static,
) -> Server {
    let issued = AtomicUsize::new(0);
    Server::start(move |asked, url| {
        if is_token_call(asked) {
            issue(asked, issued.fetch_add(1, Ordering::Relaxed) + 1)
        } else {
            api(asked, url, issued.load(Ordering::Relaxed))
        }
    })
    .await
}

pub fn says_nothing_secret(error: &Error, more: &[&str]) {
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{ID}:{SECRET}"));
    for text in [error.to_string(), format!("{error:?}")] {
        for secret in [SECRET, &basic].into_iter().chain(more.iter().copied()) {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_acting_user_has_one_token_however_many_tasks_ask() {
    let server = serving(|asked, _, _| {
        let token = asked.header("authorization").unwrap();
        reply(200, json!(token).to_string())
    })
    .await;
    let core = client(&server);
    let tasks = (0..200).map(|number| {
        let core = core.with_acting_user(1 + number % 3);
        tokio::spawn(async move { (core.acting_user(), list(&core).await) })
    });
    for task in tasks.collect::<Vec<_>>() {
        let (user, token) = task.await.unwrap();
        let token = token.unwrap();
        let token = token.as_str().unwrap();
        assert!(token.starts_with("Bearer token-"), "{token}");
        assert!(
            token.ends_with(&format!("-of-{}", user.unwrap())),
            "{token}"
        );
    }
    let three = ["1", "2", "3"].map(|user| (user.to_owned(), 1));
    assert_eq!(fetched(&server), BTreeMap::from(three));

    list(&core).await.unwrap();
    assert_eq!(fetched(&server)["itself"], 1, "without an acting user");
    let asked = server.asked();
    let call = asked.iter().find(|asked| is_token_call(asked)).unwrap();
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{ID}:{SECRET}"));
    assert_eq!(call.method, "POST");
    assert_eq!(
        call.header("authorization"),
        Some(&*format!("Basic {basic}"))
    );
    assert_eq!(
        call.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_the_call_made_again() {
    let server = serving(|asked, _, issued| {
        let is_old = asked.header("authorization") == Some("Bearer token-1-of-itself");
        match (is_old, issued) {
            (true, _) => reply(401, r#"{"message":"Unauthorized"}"#),
            (false, 2) => reply(201, asked.body.clone()),
            _ => reply(500, ""),
        }
    })
    .await;
    let core = client(&server);
    let mut request = core.request(&CREATE);
    request.json(&json!({"name": "Rin"}));
    let answer = request.send(decode::json::<Value>).await.unwrap();
    // A 401 was not acted on, so that even this is safe.
    assert_eq!(answer.value()["name"], "Rin");
    assert_eq!(fetched(&server)["itself"], 2);
    assert_eq!(server.asked().len(), 4);
}

#[tokio::test]
async fn a_token_that_is_refused_after_renewal_ends_the_call() {
    let server = serving(|_, _, _| reply(401, r#"{"message":"Unauthorized"}"#)).await;
    let core = client(&server);
    let error = list(&core).await.unwrap_err();
    assert!(error.is_unauthorized() && !error.is_token());
    assert_eq!(error.attempts(), 2);
    let text = error.to_string();
    assert!(
        text.contains("so is the one that was fetched in its place"),
        "{text}"
    );
    says_nothing_secret(&error, &["token-1", "token-2"]);
    assert_eq!(fetched(&server)["itself"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_whose_token_is_revoked_at_once_fetch_one_between_them() {
    let server = serving(|asked, _, _| {
        let is_old = asked.header("authorization") == Some("Bearer token-1-of-itself");
        if is_old && asked.target.contains("late") {
            reply(401, "")
        } else {
            reply(200, "[]")
        }
    })
    .await;
    let core = client(&server);
    list(&core).await.unwrap();
    let tasks = (0..50).map(|_| {
        let mut request = core.request(&LIST);
        request.query("late", "yes");
        tokio::spawn(request.send(decode::json::<Value>))
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap().unwrap();
    }
    assert_eq!(fetched(&server)["itself"], 2);
}

#[tokio::test]
async fn a_list_goes_on_when_its_token_ends_amid() {
    let server = serving(|asked, url, _| {
        let page: usize = asked
            .target
            .split("cursor=p")
            .nth(1)
            .map_or(1, |page| page.parse().unwrap());
        let is_old = asked.header("authorization") == Some("Bearer token-1-of-7");
        if is_old && page > 1 {
            return reply(401, "");
        }
        let next = format!("<{url}/v3/users?cursor=p{}>; rel=\"next\"", page + 1);
        let link = if page < 3 { next.as_str() } else { "" };
        reply_with(200, &[("link", link)], json!([{"id": page}]).to_string())
    })
    .await;
    let core = builder(&server).acting_user(7).build().unwrap().0;
    let mut items = core.request(&LIST).items::<Value>();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item.unwrap()["id"].as_i64().unwrap());
    }
    assert_eq!(ids, [1, 2, 3]);
    assert!(items.completeness().is_proven());
    assert_eq!(fetched(&server)["7"], 2);
}

#[tokio::test]
async fn what_the_token_service_refuses() {
    for (status, body, attempts, says, code) in [
        (
            401,
            r#"{"error":"invalid_client"}"#,
            1,
            "client_credentials",
            Some("invalid_client"),
        ),
        (401, "", 1, "client_credentials", None),
        (
            400,
            r#"{"error":"invalid_grant"}"#,
            1,
            "acting user",
            Some("invalid_grant"),
        ),
        (
            403,
            r#"{"message":"made-up-secret-31c5"}"#,
            1,
            "acting user",
            None,
        ),
        (404, "", 1, "token_url", None),
        (500, "", 3, "try again later", None),
        (425, "", 3, "try again later", None),
        (523, "", 3, "try again later", None),
        (200, "{}", 1, "access_token", None),
        (200, "<html>", 1, "is no JSON", None),
        (200, r#"{"access_token":"a b"}"#, 1, "header", None),
    ] {
        let server = Server::answering(status, body).await;
        let core = builder(&server).acting_user(5).build().unwrap().0;
        let error = list(&core).await.unwrap_err();
        assert!(error.is_token(), "{error}");
        assert_eq!(error.status(), None, "the API answered nothing");
        assert_eq!(error.is_transient(), attempts == 3, "{status}");
        let text = error.to_string();
        assert!(
            text.starts_with("list_users (GET /v3/users): not sent: "),
            "{text}"
        );
        assert!(text.contains(says), "{text}");
        assert_eq!(error.token_error().unwrap().code(), code);
        assert_eq!(server.asked().len(), attempts, "{status} {body}");
        assert!(server.asked().iter().all(is_token_call));
        says_nothing_secret(&error, &["a b"]);
    }
}

/// The pause of the token service is bounded as that of the API is: by the time of the call, and by its `max_pause`.
#[tokio::test]
async fn a_pause_of_the_token_service_that_is_too_long_fails_at_once() {
    let cases = [
        (429, "50", Some(3), None, 40..=50),
        (429, "50", None, Some(1), 40..=50),
        (429, "400", None, None, 390..=400),
        (429, "86400", None, None, 86_390..=86_400),
    ];
    // By whatever status it asks.
    let others = [503, 500, 502, 504, 408, 425, 520, 524];
    let others = others.map(|status| (status, "86400", None, None, 86_390..=86_400));
    for (status, retry_after, timeout, max_pause, left) in cases.into_iter().chain(others) {
        let server =
            Server::start(move |_, _| reply_with(status, &[("retry-after", retry_after)], ""))
                .await;
        let mut options = CallOptions::new();
        if let Some(timeout) = timeout {
            options = options.timeout(Duration::from_secs(timeout));
        }
        if let Some(pause) = max_pause {
            options = options.max_pause(Duration::from_secs(pause));
        }
        let core = builder(&server).acting_user(5).build().unwrap().0;
        let core = core.with_options(options);
        let began = std::time::Instant::now();
        // The second one is not even sent.
        for _ in 0..2 {
            let error = list(&core).await.unwrap_err();
            assert!(error.is_token() && error.is_paused() && error.is_rate_limited());
            let wait = error.retry_after().unwrap().as_secs() + 1;
            assert!(left.contains(&wait), "{wait}");
            assert!(error.paused_until().is_some());
            let text = error.to_string();
            assert!(text.contains("asked for a pause"), "{text}");
            says_nothing_secret(&error, &[]);
        }
        assert!(began.elapsed() < Duration::from_secs(2));
        assert_eq!(server.asked().len(), 1, "{retry_after}");
    }
}

/// A retry that has to wait for its turn would keep a store locked for as long.
#[tokio::test]
async fn a_fetch_is_not_repeated_where_its_turn_is_far() {
    for (limit, attempts) in [("1", 1), ("2", 2), ("60", 3)] {
        let begun = std::time::Instant::now();
        let answered = AtomicUsize::new(1);
        let server = Server::start(move |_, _| {
            let answered = answered.fetch_add(1, Ordering::Relaxed);
            let left = limit.parse::<usize>().unwrap().saturating_sub(answered);
            let headers = [
                ("x-ratelimit-limit", limit),
                ("x-ratelimit-remaining", &*left.to_string()),
            ];
            reply_with(503, &headers, "")
        })
        .await;
        let error = list(&client(&server)).await.unwrap_err();
        assert!(error.is_token() && error.is_transient(), "{error}");
        assert!(error.to_string().contains("503"), "{error}");
        assert_eq!(server.asked().len(), attempts, "{limit}");
        assert!(begun.elapsed() < Duration::from_secs(20));
    }
}

#[tokio::test]
async fn a_token_service_that_is_down_or_slow() {
    let server = serving(|_, _, _| reply(200, "[]")).await;
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap();
    // It takes connections, and never answers.
    let slow = builder(&server)
        .token_url(format!("http://{address}/token"))
        .timeout(Duration::from_millis(200));
    let error = list(&slow.build().unwrap().0).await.unwrap_err();
    assert!(
        error.is_token() && error.is_timeout() && error.is_transient(),
        "{error}"
    );
    assert!(
        error.to_string().contains("ClientBuilder::timeout"),
        "{error}"
    );

    let refusing = Refusing::new();
    let down = builder(&server).token_url(format!("{}/token", refusing.url()));
    let error = list(&down.build().unwrap().0).await.unwrap_err();
    assert!(error.is_token(), "{error}");
    assert!(
        error
            .to_string()
            .contains("could not connect to the token service"),
        "{error}"
    );
    assert!(server.asked().is_empty());
    says_nothing_secret(&error, &[]);
}

#[tokio::test]
async fn a_token_that_someone_else_keeps_acts_for_its_own_user() {
    let server = serving(|_, _, _| reply(200, "[]")).await;
    let core = builder(&server)
        .access_token("made-up-token")
        .build()
        .unwrap()
        .0;
    list(&core).await.unwrap();
    assert_eq!(
        server.only().header("authorization"),
        Some("Bearer made-up-token")
    );
    let error = list(&core.with_acting_user(5)).await.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn clients_that_cannot_be_built() {
    let of = || ClientBuilder::<Harvest>::new();
    for (builder, says) in [
        (of(), "client_credentials"),
        (of().client_credentials("", SECRET), "id is empty"),
        (of().client_credentials(ID, "a b"), "secret has characters"),
        (of().client_credentials("a:b", SECRET), "':'"),
        (
            of().client_credentials(ID, SECRET)
                .base_url("http://localhost:1"),
            "token_url",
        ),
        (
            of().client_credentials(ID, SECRET)
                .token_url("http://auth.example.com"),
            "token_url is plain http",
        ),
    ] {
        let error = builder.build().unwrap_err();
        assert!(error.is_configuration());
        assert!(error.to_string().contains(says), "{error}");
        says_nothing_secret(&error, &[]);
    }
}

#[tokio::test]
async fn the_token_service_has_a_limit_of_its_own() {
    const USERS: i64 = 5;
    let server = serving(|_, _, _| reply(200, "[]")).await;
    // As many calls as this, and not one more for a token.
    let allowed = Limiter::starting_with(u32::try_from(USERS).unwrap(), Duration::from_secs(3600));
    let narrow = builder_of::<Narrow>(&server).limiter(allowed);
    let narrow = narrow.build().unwrap();
    let began = std::time::Instant::now();
    for user in 1..=USERS {
        let acting = narrow.0.with_acting_user(user);
        let answer = tokio::time::timeout(Duration::from_secs(20), list(&acting)).await;
        answer
            .expect("the limit of the API is not used up")
            .unwrap();
    }
    assert_eq!(fetched(&server).len(), 5);
    assert!(began.elapsed() >= NARROW * 2, "{:?}", began.elapsed());
}
