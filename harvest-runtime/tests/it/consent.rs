//! The consent of a user: the URL of its page, what comes back, and the tokens.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use harvest_runtime::reqwest::Url;
use harvest_runtime::{
    AuthorizationCode, ClientBuilder, FileTokenStore, TokenError, TokenPair, TokenStore as _,
};
use serde_json::json;

use crate::refresh_server::{Service, file, folder, stored};
use crate::server::{Server, reply, reply_with};
use crate::tokens::{Harvest, ID, SECRET, builder, list};

const REDIRECT: &str = "https://acme.example/harvest/callback?tenant=7";
const CODE: &str = "made-up-code-5e";

fn consent(server: &Server) -> AuthorizationCode {
    of(builder(server), server)
        .authorization_code(REDIRECT)
        .unwrap()
}

fn of(builder: ClientBuilder<Harvest>, server: &Server) -> ClientBuilder<Harvest> {
    builder.authorization_url(format!("{}/authorize", server.url()))
}

/// A token service that answers a code with tokens.
async fn service() -> Server {
    Server::start(|asked, _| match &*asked.target {
        "/token" => {
            let pair = json!({
                "access_token": "made-up-access", "refresh_token": "made-up-refresh",
                "expires_in": 3600,
            });
            reply(200, pair.to_string())
        }
        _ => reply(200, "[]"),
    })
    .await
}

fn says_nothing_secret(error: &TokenError, state: &str) {
    for text in [error.to_string(), format!("{error:?}")] {
        for secret in [SECRET, CODE, state, "made-up-refresh", "acme.example"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

#[tokio::test]
async fn the_page_is_asked_for_with_a_state_of_its_own() {
    let server = service().await;
    let consent = consent(&server);
    let scopes = ["harvest:candidates:list", "harvest:jobs:list"];
    let (one, other) = (
        consent.begin(scopes).unwrap(),
        consent.begin(scopes).unwrap(),
    );
    assert_ne!(one.state(), other.state());
    assert_eq!(one.state().len(), 43);
    assert!(
        one.url()
            .as_str()
            .starts_with(&format!("{}/authorize?", server.url()))
    );
    let query: BTreeMap<_, _> = one.url().query_pairs().into_owned().collect();
    let expected = [
        ("client_id", ID),
        ("redirect_uri", REDIRECT),
        ("response_type", "code"),
        ("scope", "harvest:candidates:list harvest:jobs:list"),
        ("state", one.state()),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(query, BTreeMap::from(expected));
    for text in [format!("{one:?}"), format!("{consent:?}")] {
        assert!(text.ends_with("{ .. }"), "{text}");
    }
    for scopes in [&[][..], &[""], &["a b"], &["a\"b"], &["ä"]] {
        let error = consent.begin(scopes).unwrap_err();
        assert!(error.is_configuration(), "{scopes:?}");
    }
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn a_code_becomes_tokens_in_the_store_and_a_client() {
    let server = service().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tokens.json");
    let store = FileTokenStore::open(&path).unwrap();
    let consent = consent(&server);
    let request = consent.begin(["harvest:users:list"]).unwrap();
    // As a server sees it, without the origin.
    let callback = format!(
        "/harvest/callback?tenant=7&code={CODE}&state={}",
        request.state()
    );
    consent
        .finish(&callback, request.state(), &store)
        .await
        .unwrap();
    let asked = server.only();
    let form: BTreeMap<_, _> = url::form_urlencoded::parse(&asked.body)
        .into_owned()
        .collect();
    assert_eq!(form["grant_type"], "authorization_code");
    assert_eq!((&*form["code"], &*form["redirect_uri"]), (CODE, REDIRECT));
    assert!(asked.header("authorization").unwrap().starts_with("Basic "));
    let text = std::fs::read_to_string(path).unwrap();
    assert_eq!(
        TokenPair::from_json(&text).unwrap().refresh_token(),
        "made-up-refresh"
    );

    // Its access token is used as long as it lasts.
    list(&builder(&server).token_store(store).build().unwrap().0)
        .await
        .unwrap();
    let asked = server.asked();
    assert_eq!(asked.len(), 2);
    assert_eq!(
        asked[1].header("authorization"),
        Some("Bearer made-up-access")
    );
}

#[tokio::test]
async fn callbacks_that_are_not_believed() {
    let server = service().await;
    let folder = tempfile::tempdir().unwrap();
    let store = FileTokenStore::open(folder.path().join("tokens.json")).unwrap();
    let consent = consent(&server);
    let request = consent.begin(["harvest:users:list"]).unwrap();
    let state = request.state();
    let other = consent
        .begin(["harvest:users:list"])
        .unwrap()
        .state()
        .to_owned();
    let at = "https://acme.example/harvest/callback";
    for (callback, known, says, code) in [
        (
            format!("{at}?code={CODE}"),
            state,
            "state of the callback",
            None,
        ),
        (
            format!("{at}?code={CODE}&state="),
            state,
            "state of the callback",
            None,
        ),
        (
            format!("{at}?code={CODE}&state="),
            "",
            "state of the callback",
            None,
        ),
        (
            format!("{at}?code={CODE}"),
            "",
            "state of the callback",
            None,
        ),
        (
            format!("{at}?code={CODE}&state={other}"),
            state,
            "state of the callback",
            None,
        ),
        (
            format!("{at}?code={CODE}&state={state}x"),
            state,
            "state of the callback",
            None,
        ),
        (
            format!("{at}?code={CODE}&state={}", &state[1..]),
            state,
            "state of the callback",
            None,
        ),
        // Its error is not believed either.
        (
            format!("{at}?error=access_denied&state={other}"),
            state,
            "state of the callback",
            None,
        ),
        (
            format!("{at}?code={CODE}&state={state}&state={other}"),
            state,
            "twice",
            None,
        ),
        (
            format!("{at}?code={CODE}&code=b&state={state}"),
            state,
            "twice",
            None,
        ),
        (format!("{at}?state={state}"), state, "no code", None),
        (format!("{at}?code=&state={state}"), state, "no code", None),
        (
            format!("{at}/?code={CODE}&state={state}"),
            state,
            "not at the redirect URL",
            None,
        ),
        (
            format!("/?code={CODE}&state={state}"),
            state,
            "not at the redirect URL",
            None,
        ),
        (
            format!("//evil.example/harvest/callback?code={CODE}&state={state}"),
            state,
            "not at",
            None,
        ),
        (
            format!("http://acme.example/harvest/callback?code={CODE}&state={state}"),
            state,
            "not at",
            None,
        ),
        (
            format!("https://acme.example:8443/harvest/callback?code={CODE}&state={state}"),
            state,
            "not at",
            None,
        ),
        (
            format!("https://a@acme.example/harvest/callback?code={CODE}&state={state}"),
            state,
            "not at",
            None,
        ),
        (
            format!("{at}?code={}&state={state}", "x".repeat(20_000)),
            state,
            "not at",
            None,
        ),
        (
            format!("{at}?error=access_denied&state={state}"),
            state,
            "did not consent",
            Some("access_denied"),
        ),
        (
            format!("{at}?error=invalid_scope&state={state}"),
            state,
            "lacks one of the scopes",
            Some("invalid_scope"),
        ),
        (
            format!("{at}?error={SECRET}&state={state}"),
            state,
            "OAuth does not have",
            None,
        ),
    ] {
        let error = consent.finish(&callback, known, &store).await.unwrap_err();
        assert!(error.to_string().contains(says), "{callback}: {error}");
        assert_eq!(error.code(), code, "{callback}");
        assert!(!error.is_transient());
        says_nothing_secret(&error, state);
    }
    assert!(server.asked().is_empty(), "no code was sent");
}

#[tokio::test]
async fn codes_that_the_service_refuses_and_answers_without_a_refresh_token() {
    for (status, body, says) in [
        (400, r#"{"error":"invalid_grant"}"#, "lives for a minute"),
        (401, r#"{"error":"invalid_client"}"#, "client_credentials"),
        (
            200,
            r#"{"access_token":"made-up-access"}"#,
            "no refresh token",
        ),
    ] {
        let server = Server::answering(status, body).await;
        let folder = tempfile::tempdir().unwrap();
        let store = FileTokenStore::open(folder.path().join("tokens.json")).unwrap();
        let consent = consent(&server);
        let request = consent.begin(["harvest:users:list"]).unwrap();
        let state = request.state();
        let callback = format!("{REDIRECT}&code={CODE}&state={state}");
        let error = consent.finish(&callback, state, &store).await.unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
        says_nothing_secret(&error, state);
        assert!(!folder.path().join("tokens.json").exists());
    }
}

#[test]
fn consents_that_cannot_be_set_up() {
    let of = || ClientBuilder::<Harvest>::new().client_credentials(ID, SECRET);
    let good = of().authorization_code(REDIRECT).unwrap();
    let url: Url = good.begin(["harvest:users:list"]).unwrap().url().clone();
    assert_eq!(url.host_str(), Some("auth.example.com"));
    for (builder, redirect, says) in [
        (ClientBuilder::new(), REDIRECT, "client_credentials"),
        (of(), "http://acme.example/callback", "not https"),
        (of(), "https://a@acme.example/callback", "user name"),
        (of(), "https://acme.example/callback#a", "fragment"),
        (of(), "callback", "redirect URL"),
        (
            of().base_url("http://localhost:1"),
            REDIRECT,
            "authorization_url",
        ),
        (
            of().authorization_url("http://auth.example.com"),
            REDIRECT,
            "authorization_url is plain",
        ),
    ] {
        let error = builder.authorization_code(redirect).unwrap_err();
        assert!(
            error.is_configuration() && error.to_string().contains(says),
            "{error}"
        );
    }
    let basic = ClientBuilder::<crate::server::Harvest>::new().credential("a-key");
    let error = basic.authorization_code(REDIRECT).unwrap_err();
    assert!(error.to_string().contains("no page"), "{error}");
}

/// A token service that is overloaded the first time, and then gives out tokens.
async fn busy(seconds: &'static str) -> Server {
    let asked_for = AtomicUsize::new(0);
    Server::start(move |_, _| match asked_for.fetch_add(1, Ordering::SeqCst) {
        0 => reply_with(429, &[("retry-after", seconds)], ""),
        _ => reply(200, Service::pair(1)),
    })
    .await
}

/// Finishes a consent by a builder with these settings, within some seconds.
async fn finish_with(
    server: &Server,
    store: &FileTokenStore,
    set: fn(ClientBuilder<Harvest>) -> ClientBuilder<Harvest>,
) -> Result<(), TokenError> {
    let consent = of(set(builder(server)), server);
    let consent = consent.authorization_code(REDIRECT).unwrap();
    let request = consent.begin(["harvest:users:list"]).unwrap();
    let callback = format!("{REDIRECT}&code={CODE}&state={}", request.state());
    let finished = consent.finish(&callback, request.state(), store);
    let finished = tokio::time::timeout(Duration::from_secs(20), finished).await;
    finished.expect("it hangs")
}

#[tokio::test]
async fn a_pause_that_is_too_long_ends_a_consent_at_once() {
    const SECOND: Duration = Duration::from_secs(1);
    let folder = folder();
    let store = file(&folder);
    for (seconds, set, says) in [
        (
            "30",
            (|it| it.max_pause(SECOND)) as fn(ClientBuilder<Harvest>) -> ClientBuilder<Harvest>,
            "pauses of more than 1 s are not waited for",
        ),
        (
            "30",
            |it| it.timeout(5 * SECOND),
            "raise ClientBuilder::timeout",
        ),
        ("280", |it| it, "an authorization code lives for a minute"),
        ("86400", |it| it, "an authorization code lives for a minute"),
        (
            "400",
            |it| it.max_pause(Duration::MAX).timeout(Duration::MAX),
            "an authorization code lives for a minute",
        ),
    ] {
        let server = busy(seconds).await;
        let begun = Instant::now();
        let error = finish_with(&server, &store, set).await.unwrap_err();
        assert!(error.is_paused() && error.is_transient(), "{error}");
        assert!(error.to_string().contains(says), "{error}");
        assert!(error.to_string().contains("at the earliest"), "{error}");
        assert!(begun.elapsed() < 5 * SECOND, "{:?}", begun.elapsed());
        says_nothing_secret(&error, "no state");
        // No other reader waits for it.
        drop(store.lock().await.unwrap());
    }
}

#[tokio::test]
async fn a_consent_waits_in_a_pause_without_the_store_and_within_its_time() {
    let folder = folder();
    let store = file(&folder);
    let server = busy("4").await;
    let others = async {
        tokio::time::sleep(Duration::from_secs(2)).await;
        let begun = Instant::now();
        drop(store.lock().await.unwrap());
        begun.elapsed()
    };
    let (finished, waited) = tokio::join!(finish_with(&server, &store, |it| it), others);
    finished.unwrap();
    assert!(waited < Duration::from_secs(1), "{waited:?}");
    assert_eq!(stored(&folder).refresh_token(), "made-up-refresh-1");

    let deaf = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = format!("http://{}/token", deaf.local_addr().unwrap());
    let consent = of(builder(&server), &server).token_url(at);
    let consent = consent.timeout(Duration::from_millis(300));
    let consent = consent.authorization_code(REDIRECT).unwrap();
    let request = consent.begin(["harvest:users:list"]).unwrap();
    let callback = format!("{REDIRECT}&code={CODE}&state={}", request.state());
    let begun = Instant::now();
    let error = consent.finish(&callback, request.state(), &store).await;
    let error = error.unwrap_err();
    assert!(
        error.to_string().contains("ClientBuilder::timeout"),
        "{error}"
    );
    assert!(begun.elapsed() < Duration::from_secs(3));
}
