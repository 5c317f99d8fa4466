//! An attached page that a signed-in admin opens: it must not act as a page of Dev Center.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use harvest_sandbox::Sandbox;
use reqwest::Client;
use serde_json::{Value, json};

use crate::chromium::Chromium;
use crate::tools::Tools;

/// Reads the keys in Dev Center, and says so to the sandbox, which logs it.
const THEFT: &str = "fetch('/v1/ran', {method: 'POST'});
    fetch('/configure/dev_center/credentials').then((page) => page.text())
        .then(() => fetch('/v1/read', {method: 'POST'}));";

/// The time that a script gets.
const WHILE: Duration = Duration::from_secs(2);

fn documents() -> Vec<(&'static str, &'static str, String)> {
    let html = format!("<!doctype html><h1>CV</h1><script>{THEFT}</script>");
    let escaped = THEFT.replace('>', "&gt;");
    let xhtml = "http://www.w3.org/1999/xhtml";
    let xml = format!("<html xmlns='{xhtml}'><body><script>{escaped}</script></body></html>");
    vec![
        ("cv.html", "text/html", html.clone()),
        ("cv.xml", "application/xml", xml),
        // As a browser would guess.
        ("cv", "multipart/form-data", html.clone()),
        ("cv.txt", "text/plain", html),
    ]
}

async fn write(sandbox: &Sandbox, path: &str, body: &Value) -> Value {
    let request = Client::new()
        .post(format!("{}{path}", sandbox.url()))
        .basic_auth(sandbox.key(), Some(""))
        .header("On-Behalf-Of", sandbox.user_id())
        .header("content-type", "application/json")
        .body(body.to_string());
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 201, "{path}");
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}

/// The number of requests that scripts of attached files have sent.
fn sent_by_scripts(sandbox: &Sandbox) -> usize {
    let requests = sandbox.requests();
    let theirs = requests
        .iter()
        .filter(|it| it.method == "POST" && it.operation.is_none());
    theirs.count()
}

pub async fn open(tools: Tools) {
    let sandbox = Sandbox::start().await.unwrap();
    let chromium = Chromium::open(&tools, "attached").await;
    let dev_center = sandbox.dev_center_url().unwrap();
    chromium.client.goto(dev_center).await.unwrap();
    // That it would be seen: the same script, run by a page of the same origin that has no policy.
    let elsewhere = format!("{}/nothing", sandbox.url());
    chromium.client.goto(&elsewhere).await.unwrap();
    let script = format!("(() => {{ {THEFT} }})()");
    chromium.evaluate(&script).await;
    tokio::time::sleep(WHILE).await;
    let own = sent_by_scripts(&sandbox);
    assert_eq!(own, 2, "a script that runs is not seen");

    let person = json!({"first_name": "Iva", "last_name": "Sol"});
    let person = write(&sandbox, "/v1/prospects", &person).await;
    let path = format!("/v1/candidates/{}/attachments", person["id"]);
    for (name, content_type, content) in documents() {
        let file = json!({"filename": name, "type": "resume", "content": STANDARD.encode(content),
            "content_type": content_type});
        let added = write(&sandbox, &path, &file).await;
        let link = added["url"].as_str().unwrap();
        // Saving a file leaves the page as it is, which some drivers call an error.
        let _ = chromium.client.goto(link).await;
        tokio::time::sleep(WHILE).await;
        // As a page of the same origin can, in a frame and in a window.
        chromium.client.goto(&elsewhere).await.unwrap();
        let embed = format!(
            "(() => {{ const frame = document.createElement('iframe'); frame.src = {link:?};
                       document.body.append(frame); window.open({link:?}); }})()"
        );
        chromium.evaluate(&embed).await;
        tokio::time::sleep(WHILE).await;
        assert_eq!(sent_by_scripts(&sandbox), own, "{name} ran its script");
    }
    chromium.close().await;
}
