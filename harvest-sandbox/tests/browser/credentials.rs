//! The same path as the support article's with credentials of v3, and consent, as a person does them.

use fantoccini::Locator;
use harvest_sandbox::Sandbox;

use crate::chromium::Chromium;
use crate::tools::Tools;

const CALLBACK: &str = "http://127.0.0.1:9/callback";
const SCOPE: &str = "harvest:users:list";

pub async fn follow(tools: Tools) {
    let sandbox = Sandbox::start().await.unwrap();
    let chromium = Chromium::open(&tools, "credentials").await;
    let new = format!("{}/configure/dev_center/credentials/new", sandbox.url());
    let page = format!("{}/configure/dev_center/credentials", sandbox.url());
    chromium.client.goto(&new).await.unwrap();
    create(&chromium, "Harvest v3 (OAuth), custom integration").await;
    chromium.inspect("secret").await;
    let secret = value(&chromium, "#secret").await;
    assert_eq!(secret.len(), 40);
    chromium.follow("I have stored the secret").await;
    scopes(&chromium).await;
    chromium.inspect("listed").await;
    assert!(!chromium.client.source().await.unwrap().contains(&secret));

    chromium.client.goto(&new).await.unwrap();
    chromium
        .fill(
            "Redirect URIs of a partner integration, one a line",
            CALLBACK,
        )
        .await;
    create(&chromium, "Harvest v3 (OAuth), partner integration").await;
    let client_id = value(&chromium, "#client_id").await;
    chromium.follow("I have stored the secret").await;
    scopes(&chromium).await;
    let asked = format!(
        "{}/authorize?response_type=code&client_id={client_id}&redirect_uri={CALLBACK}&state=7",
        sandbox.url()
    );
    chromium.client.goto(&asked).await.unwrap();
    chromium.inspect("consent").await;
    let complaints = chromium.complaints().await;
    assert!(complaints.is_empty(), "{complaints:#?}");
    chromium.press("Allow").await;
    // Nothing listens there, but the policy of the page lets the browser go.
    let mut address = String::new();
    for _ in 0..50 {
        address = chromium.client.current_url().await.unwrap().to_string();
        if address.starts_with(CALLBACK) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert!(
        address.starts_with(&format!("{CALLBACK}?code=")),
        "{address}"
    );
    assert!(address.ends_with("&state=7"), "{address}");

    chromium.client.goto(&page).await.unwrap();
    let revoke =
        "//a[starts-with(@href, '/configure/dev_center/integrations/')][starts-with(., 'Revoke')]";
    let revoke = chromium.client.find(Locator::XPath(revoke)).await.unwrap();
    revoke.click().await.unwrap();
    chromium.inspect("revoke").await;
    chromium.press("Revoke").await;
    chromium
        .until("document.querySelector('.notice').textContent.includes('Revoked')")
        .await;
    chromium.close().await;
}

async fn create(chromium: &Chromium, api_type: &str) {
    let types = chromium.find("#api_type").await;
    types.select_by_label(api_type).await.unwrap();
    chromium.fill("Description", "Nightly export").await;
    chromium.inspect("new").await;
    chromium.press("Manage Permissions").await;
}

async fn value(chromium: &Chromium, field: &str) -> String {
    let field = chromium.find(field).await;
    field.prop("value").await.unwrap().unwrap()
}

/// Chooses one scope with the filter, and saves.
async fn scopes(chromium: &Chromium) {
    chromium
        .until("!document.querySelector('[data-filter]').hidden")
        .await;
    chromium.inspect("scopes").await;
    chromium.fill("Filter scopes", SCOPE).await;
    let visible = "[...document.querySelectorAll('input[name=scope]')].filter((it) => \
                   it.offsetParent).length";
    chromium.until(&format!("{visible} === 1")).await;
    let scope = chromium.find(&format!("input[value='{SCOPE}']")).await;
    scope.click().await.unwrap();
    chromium
        .until("document.querySelector('[data-count]').textContent.startsWith('1 of 161 scopes')")
        .await;
    chromium.press("Save").await;
    chromium
        .until("document.querySelector('.notice').textContent.includes('has 1 scope')")
        .await;
}
