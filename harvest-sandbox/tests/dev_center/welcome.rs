//! The landing page, the icon, and pages that are not there.

use harvest_sandbox::Sandbox;

use crate::support;
use crate::visitor::{Page, Visitor};

const HTML: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// The landing page, as a browser asks for it.
async fn landing(visitor: &Visitor) -> Page {
    let request = visitor.request("GET", "/").header("accept", HTML);
    Page {
        path: "/".to_owned(),
        answer: visitor.send(request).await,
    }
}

#[tokio::test]
async fn browsers_are_welcomed() {
    let visitor = Visitor::start().await;
    let sandbox = &visitor.sandbox;
    let page = landing(&visitor).await;
    let secret = &sandbox.v3_credentials().unwrap().client_secret;
    for shown in [sandbox.url(), sandbox.key(), secret, "grant_type"] {
        assert!(page.html().contains(shown), "{shown}");
    }
    for link in ["reference", "requests", "credentials"] {
        let path = format!("href=\"/configure/dev_center/{link}\"");
        assert!(page.has(&path), "{link}");
    }
    assert!(!page.answer.header("content-security-policy").is_empty());
    let icon = visitor.send(visitor.request("GET", "/favicon.ico")).await;
    assert_eq!(
        (icon.status, icon.header("content-type")),
        (200, "image/svg+xml")
    );
    assert_eq!(sandbox.requests().len(), 0);

    // Clients of the API get what they always got, and are in its log.
    let answer = support::get(sandbox, "/").await;
    assert_eq!(answer.status, 404);
    assert_eq!(answer.json()["message"], "Resource not found");
    assert_eq!(sandbox.requests().len(), 1);
}

#[tokio::test]
async fn browsers_are_welcomed_where_no_records_are_kept_too() {
    for version in ["v1", "v3"] {
        let builder = Sandbox::builder().version(version).examples();
        let visitor = Visitor::with(builder.key("a-key-of-many-letters-and-digits-1")).await;
        let sandbox = &visitor.sandbox;
        let page = landing(&visitor).await;
        assert_eq!(page.answer.status, 200, "{}", page.html());
        for shown in [sandbox.url(), sandbox.key(), "keeps no records", "curl"] {
            assert!(page.html().contains(shown), "{shown}");
        }
        // No link leads to a page that is not there.
        for part in page.html().split("href=\"").skip(1) {
            let path = part.split('"').next().unwrap();
            // The page itself, and a place on it.
            let leads = path == "/" || path.starts_with('#');
            let leads = leads || visitor.open(path).await.answer.status == 200;
            assert!(leads, "{path}");
        }
        assert!(!page.answer.header("content-security-policy").is_empty());
        for (path, media_type) in [
            ("/favicon.ico", "image/svg+xml"),
            ("/configure/assets/style.css", "text/css; charset=utf-8"),
        ] {
            let part = visitor.send(visitor.request("GET", path)).await;
            assert_eq!(
                (part.status, part.header("content-type")),
                (200, media_type)
            );
        }
        let absent = visitor
            .send(visitor.request("GET", "/configure/users"))
            .await;
        assert_eq!(absent.status, 404);
        let elsewhere = visitor.request("GET", "/").header("accept", HTML);
        let elsewhere = elsewhere.header("host", "rebound.example");
        let refused = visitor.send(elsewhere).await;
        assert!(refused.status >= 400 && !refused.text.contains(sandbox.key()));
        assert_eq!(sandbox.requests().len(), 0);
        let answer = support::get(sandbox, "/").await;
        assert_eq!(answer.status, 404);
        assert_eq!(sandbox.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_key_that_was_revoked_is_not_offered() {
    let visitor = Visitor::start().await;
    let key = visitor.sandbox.key();
    let value = format!("value=\"{key}\"");
    assert!(landing(&visitor).await.has(&value));
    let list = "/configure/dev_center/credentials";
    let credentials = visitor.open(list).await;
    let permissions = credentials.link("Manage Permissions").to_owned();
    let revoke = permissions.replace("permissions", "revoke");
    let form = visitor.open(&revoke).await;
    visitor.submit(&form, &revoke, &[]).await;
    assert!(!landing(&visitor).await.has(&value));
}

#[tokio::test]
async fn secrets_are_for_those_who_signed_in() {
    let visitor = Visitor::signed_in(Sandbox::builder().public_url("https://hire.example")).await;
    let stranger = visitor.another();
    let page = landing(&stranger).await;
    let key = visitor.sandbox.key();
    let secret = &visitor.sandbox.v3_credentials().unwrap().client_secret;
    assert!(page.html().contains("has a password"));
    assert!(!page.has(key) && !page.has(secret));
    let page = stranger.open("/configure/welcome").await;
    assert!(page.html().contains("has a password") && !page.has(key));
    let page = visitor.open("/configure/welcome").await;
    assert!(page.html().contains(key));
}

#[tokio::test]
async fn what_is_not_there_keeps_the_navigation() {
    let visitor = Visitor::start().await;
    let page = visitor.open("/configure/nothing").await;
    assert_eq!(page.answer.status, 404);
    assert!(page.has("<nav ") && page.has("This page does not exist"));
    let visitor = Visitor::signed_in(Sandbox::builder().public_url("https://hire.example")).await;
    assert!(visitor.open("/configure/nothing").await.has("<nav "));
}
