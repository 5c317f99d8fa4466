//! The guard: visitors who are kept out, and headers for browsers.

use harvest_sandbox::Sandbox;

use crate::support;
use crate::visitor::{Visitor, between};

const NEW: &str = "/configure/dev_center/credentials/new";

/// Pages of every kind.
const PAGES: &[&str] = &[
    "/configure",
    "/configure/dev_center",
    "/configure/dev_center/credentials",
    NEW,
    "/configure/users",
    "/configure/users/1049756",
    "/configure/nowhere",
    "/configure/assets/style.css",
    "/configure/assets/dev_center.js",
];

#[tokio::test]
async fn each_answer_has_the_headers() {
    let visitor = Visitor::start().await;
    for path in PAGES {
        let answer = visitor.open(path).await.answer;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; "),
            "{path}: {policy}"
        );
        for part in [
            "script-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        if !path.contains("assets") {
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            assert!(
                !answer.text.contains("<script>")
                    && !answer.text.contains(" style=")
                    && !answer.text.contains(" onclick="),
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn the_cookie_is_out_of_reach() {
    let visitor = Visitor::start().await;
    let answer = support::send(visitor.request("GET", "/configure")).await;
    let cookie = answer.header("set-cookie");
    let port = visitor.sandbox.url().rsplit_once(':').unwrap().1;
    assert!(
        cookie.starts_with(&format!("harvest_dev_center_{port}=")),
        "{cookie}"
    );
    assert!(
        cookie.ends_with("; Path=/configure; HttpOnly; SameSite=Strict"),
        "{cookie}"
    );

    let builder = Sandbox::builder().trusted_proxy("127.0.0.1");
    let behind = Visitor::with(builder).await;
    let https = |visitor: &Visitor| {
        visitor
            .request("GET", "/configure")
            .header("X-Forwarded-Proto", "https")
    };
    let answer = support::send(https(&behind)).await;
    assert!(answer.header("set-cookie").ends_with("; Secure"));
    // No other sender is trusted.
    let answer = support::send(https(&visitor)).await;
    assert!(!answer.header("set-cookie").contains("Secure"));
}

#[tokio::test]
async fn a_form_without_its_token_changes_nothing() {
    let visitor = Visitor::start().await;
    let form = visitor.open(NEW).await;
    let fields = [("api_type", "harvest"), ("description", "Forged")];
    let other = Visitor::start().await;
    let foreign = other.open(NEW).await;
    let foreign = between(foreign.html(), "csrf_token\" value=\"", "\"");
    for token in [None, Some(""), Some("0"), Some(foreign)] {
        let mut sent = fields.to_vec();
        sent.extend(token.map(|token| ("csrf_token", token)));
        let answer = visitor.send(visitor.request("POST", NEW).form(&sent)).await;
        assert_eq!(answer.status, 403, "{token:?}");
        assert!(answer.text.contains("Nothing was changed"));
    }
    let token = between(form.html(), "csrf_token\" value=\"", "\"");
    let mut sent = fields.to_vec();
    sent.push(("csrf_token", token));
    for (name, value) in [
        ("Origin", "http://example.com"),
        ("Origin", "null"),
        ("Sec-Fetch-Site", "cross-site"),
    ] {
        let request = visitor.request("POST", NEW).form(&sent).header(name, value);
        assert_eq!(visitor.send(request).await.status, 403, "{name}: {value}");
    }
    // Without the session that the token belongs to.
    let url = format!("{}{NEW}", visitor.sandbox.url());
    let answer = support::send(reqwest::Client::new().post(url).form(&sent)).await;
    assert_eq!(answer.status, 403);
    let credentials = visitor.open("/configure/dev_center/credentials").await;
    assert!(!credentials.has("Forged"));
    // Reading is no way to change anything either.
    let revoke = visitor
        .open("/configure/dev_center/credentials/5001/revoke")
        .await;
    assert!(revoke.html().contains("Revoke API key"));
    assert_eq!(
        visitor
            .get_with_key(visitor.sandbox.key(), "/v1/users")
            .await,
        200
    );

    let origin = visitor.sandbox.url();
    let request = visitor
        .request("POST", NEW)
        .form(&sent)
        .header("Origin", origin);
    assert_eq!(visitor.send(request).await.status, 303);
}

#[tokio::test]
async fn names_of_others_are_not_answered() {
    let visitor = Visitor::start().await;
    for (host, status) in [
        ("rebound.example.com", 403),
        ("rebound.example.com:8765", 403),
        ("localhost.example.com", 403),
        ("localhost", 200),
        ("127.0.0.1:1", 200),
        ("[::1]:8765", 200),
    ] {
        let request = visitor
            .request("GET", "/configure/users")
            .header("Host", host);
        let answer = support::send(request).await;
        assert_eq!(answer.status, status, "{host}");
        assert_eq!(
            answer.text.contains("Integration User"),
            status == 200,
            "{host}"
        );
    }
}

#[tokio::test]
async fn there_is_none_where_nothing_is_kept() {
    let visitor = Visitor::with(Sandbox::builder().examples()).await;
    assert_eq!(visitor.sandbox.dev_center_url(), None);
    assert_eq!(visitor.open("/configure").await.answer.status, 404);
}

#[tokio::test]
async fn pages_are_not_requests_of_the_api() {
    let visitor = Visitor::start().await;
    visitor.open("/configure/users").await;
    assert!(visitor.sandbox.requests().is_empty());
}
