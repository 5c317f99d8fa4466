//! Websites that reach for the sandbox: under a name of their own that leads to this computer, and from another origin.

use harvest_sandbox::Sandbox;
use serde_json::json;

use crate::chromium::{Chromium, REBOUND};
use crate::tools::Tools;

pub async fn refuse(tools: Tools) {
    let sandbox = Sandbox::builder().control().start().await.unwrap();
    let (_, port) = sandbox.url().rsplit_once(':').unwrap();
    let chromium = Chromium::open(&tools, "rebinding").await;

    // The browser takes these for one origin, which they are not.
    let rebound = format!("http://{REBOUND}:{port}");
    let page = format!("{rebound}/configure/users");
    chromium.client.goto(&page).await.unwrap();
    let text = chromium.text().await;
    assert!(text.contains("does not name this sandbox"), "{text}");
    // A page of the API has no policy that would forbid the rest.
    let page = format!("{rebound}/v1/nothing");
    chromium.client.goto(&page).await.unwrap();
    for (method, path) in [
        ("GET", "/_sandbox/requests"),
        ("POST", "/_sandbox/reset"),
        ("GET", "/configure/dev_center/credentials"),
    ] {
        let fetch = format!("fetch('{path}', {{method: '{method}'}}).then(it => it.status)");
        assert_eq!(
            chromium.evaluate(&fetch).await,
            json!(403),
            "{method} {path}"
        );
    }
    assert!(!sandbox.requests().is_empty(), "it was reset");

    // From elsewhere, under its right name.
    let other = Sandbox::start().await.unwrap();
    let page = format!("{}/v1/nothing", other.url());
    chromium.client.goto(&page).await.unwrap();
    let reset = format!("{}/_sandbox/reset", sandbox.url());
    let fetch =
        format!("fetch('{reset}', {{method: 'POST', mode: 'no-cors'}}).then(it => it.type)");
    assert_eq!(chromium.evaluate(&fetch).await, json!("opaque"));
    assert!(!sandbox.requests().is_empty(), "it was reset");

    // And as it is meant to be: from here, by itself.
    let page = format!("{}/v1/nothing", sandbox.url());
    chromium.client.goto(&page).await.unwrap();
    let fetch = "fetch('/_sandbox/reset', {method: 'POST'}).then(it => it.status)";
    assert_eq!(chromium.evaluate(fetch).await, json!(204));
    assert!(sandbox.requests().is_empty());
    chromium.close().await;
}
