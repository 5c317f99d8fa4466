//! The landing page, the pages of the organization, the request log and the controls: every page looked at by axe, on a
//! screen and on a phone, and a change by the API that shows without a reload.

use harvest_sandbox::Sandbox;
use reqwest::Client;
use serde_json::{Value, json};

use crate::chromium::Chromium;
use crate::tools::Tools;

async fn read(sandbox: &Sandbox, path: &str) -> Value {
    let request = Client::new().get(format!("{}{path}", sandbox.url()));
    let request = request.basic_auth(sandbox.key(), Some(""));
    let text = request.send().await.unwrap().text().await.unwrap();
    serde_json::from_str(&text).unwrap()
}

async fn create_department(sandbox: &Sandbox, name: &str) {
    let request = Client::new()
        .post(format!("{}/v1/departments", sandbox.url()))
        .basic_auth(sandbox.key(), Some(""))
        .header("On-Behalf-Of", sandbox.user_id())
        .header("content-type", "application/json")
        .body(json!({ "name": name }).to_string());
    assert_eq!(request.send().await.unwrap().status(), 201);
}

/// One page of each kind, with a name for its picture.
async fn pages(sandbox: &Sandbox) -> Vec<(&'static str, String)> {
    let active = read(sandbox, "/v1/applications?status=active&per_page=1").await;
    let (candidate, job) = (&active[0]["candidate_id"], &active[0]["jobs"][0]["id"]);
    let drafts = read(sandbox, "/v1/jobs?status=draft").await;
    let flows = read(
        sandbox,
        &format!("/v1/jobs/{}/approval_flows", drafts[0]["id"]),
    )
    .await;
    let mut pages = vec![
        ("welcome", "/".to_owned()),
        ("candidate", format!("/configure/candidates/{candidate}")),
        ("job", format!("/configure/jobs/{job}")),
        (
            "approval",
            format!("/configure/approvals/{}", flows[0]["id"]),
        ),
        ("nothing", "/configure/nothing".to_owned()),
    ];
    let named = [
        "candidates",
        "jobs",
        "interviews",
        "offers",
        "approvals",
        "departments",
        "offices",
        "custom_fields",
    ];
    pages.extend(named.map(|name| (name, format!("/configure/{name}"))));
    pages.push(("requests", "/configure/dev_center/requests".to_owned()));
    pages.push(("request", "/configure/dev_center/requests/1".to_owned()));
    pages.push(("controls", "/configure/dev_center/controls".to_owned()));
    pages
}

pub async fn look(tools: Tools) {
    let sandbox = Sandbox::builder().control().start().await.unwrap();
    let chromium = Chromium::open(&tools, "hiring").await;
    let pages = pages(&sandbox).await;
    for (name, path) in &pages {
        let url = format!("{}{path}", sandbox.url());
        chromium.client.goto(&url).await.unwrap();
        chromium.inspect(name).await;
    }
    let changes = [
        ("/configure/departments", "Lakes and rivers"),
        ("/configure/dev_center/requests", "/v1/departments"),
    ];
    for (path, expected) in changes {
        sandbox.forget_requests();
        let url = format!("{}{path}", sandbox.url());
        chromium.client.goto(&url).await.unwrap();
        chromium
            .until("!document.querySelector('[data-live-state]').hidden")
            .await;
        let has =
            format!("document.querySelector('[data-live]').textContent.includes('{expected}')");
        assert_eq!(chromium.evaluate(&has).await, json!(false), "{path}");
        let name = format!("{expected} {}", path.len());
        create_department(&sandbox, &name).await;
        chromium.until(&has).await;
    }

    let complaints = chromium.complaints().await;
    let complaints: Vec<&String> = complaints
        .iter()
        .filter(|it| !it.contains("/configure/nothing"))
        .collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
    chromium.close().await;
}
