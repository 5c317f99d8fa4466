//! The steps of the support article, as a person does them.

use harvest_sandbox::Sandbox;

use crate::chromium::Chromium;
use crate::tools::Tools;

/// The status that curl gets with a key.
async fn curl(tools: &Tools, sandbox: &Sandbox, key: &str) -> String {
    let url = format!("{}/v1/users", sandbox.url());
    let mut command = tokio::process::Command::new(&tools.curl);
    command.args([
        "--silent",
        "--output",
        "/dev/null",
        "--write-out",
        "%{http_code}",
    ]);
    let output = command.arg("-u").arg(format!("{key}:")).arg(&url).output();
    let status = String::from_utf8(output.await.unwrap().stdout).unwrap();
    println!("curl -u KEY: {url} -> {status}");
    status
}

pub async fn follow(tools: Tools) {
    let sandbox = Sandbox::start().await.unwrap();
    let chromium = Chromium::open(&tools, "article").await;
    let url = sandbox.dev_center_url().unwrap();
    chromium.client.goto(url).await.unwrap();
    chromium.inspect("configure").await;

    // The first thing that the keyboard reaches is the way past the navigation.
    chromium
        .find("body")
        .await
        .send_keys("\u{e004}")
        .await
        .unwrap();
    assert_eq!(
        chromium
            .evaluate("document.activeElement.textContent")
            .await,
        "Skip to content"
    );

    let key = create_key(&chromium).await;
    assert_eq!(curl(&tools, &sandbox, &key).await, "403");
    chromium.follow("I have stored the API key").await;
    permit(&chromium).await;
    assert_eq!(curl(&tools, &sandbox, &key).await, "200");
    take_away(&chromium).await;
    assert_eq!(curl(&tools, &sandbox, &key).await, "403");
    users(&chromium).await;
    requests(&chromium).await;
    revoke(&chromium).await;
    assert_eq!(curl(&tools, &sandbox, &key).await, "401");
    others(&chromium).await;

    let complaints = chromium.complaints().await;
    assert!(complaints.is_empty(), "{complaints:#?}");
    chromium.close().await;
}

/// Configure, Dev Center, API Credential Management, Create New API Key, … until the key is there.
async fn create_key(chromium: &Chromium) -> String {
    chromium.follow("Configure").await;
    chromium.follow("Dev Center").await;
    chromium.inspect("dev-center").await;
    chromium
        .client
        .goto(&at(chromium, "/configure/dev_center").await)
        .await
        .unwrap();
    chromium
        .find("a[href='/configure/dev_center/credentials']")
        .await
        .click()
        .await
        .unwrap();
    chromium.inspect("credentials").await;
    chromium.follow("Create New API Key").await;
    chromium
        .find("#api_type")
        .await
        .select_by_label("Harvest")
        .await
        .unwrap();
    chromium.fill("Description", "Nightly export").await;
    chromium.inspect("new-key").await;
    chromium.press("Manage Permissions").await;
    let field = chromium.find("#key").await;
    let key = field.prop("value").await.unwrap().unwrap();
    chromium.press("Copy").await;
    chromium
        .until("document.querySelector('[data-copied]').textContent === 'Copied'")
        .await;
    chromium.inspect("key").await;
    key
}

/// Checks permissions with the filter and with the box for a whole resource, and saves.
async fn permit(chromium: &Chromium) {
    chromium
        .until("!document.querySelector('[data-filter]').hidden")
        .await;
    chromium.inspect("permissions").await;
    let visible = "[...document.querySelectorAll('input[name=permission]')].filter((it) => \
                   it.offsetParent).length";
    let all = "document.querySelectorAll('input[name=permission]').length";
    let all = chromium.evaluate(all).await;
    assert!(all.as_u64() > Some(100), "{all}");
    assert_eq!(chromium.evaluate(visible).await, all);
    chromium.fill("Filter permissions", "list users").await;
    chromium.until(&format!("{visible} === 3")).await;
    chromium
        .find("input[value='GET: List Users']")
        .await
        .click()
        .await
        .unwrap();
    chromium.inspect("filtered").await;
    let filter = chromium.find("#filter").await;
    filter.clear().await.unwrap();
    chromium.fill("Filter permissions", "offices").await;
    let all =
        "//fieldset[legend = 'Offices']//label[starts-with(normalize-space(), 'Check all')]/input";
    let all = chromium
        .client
        .find(fantoccini::Locator::XPath(all))
        .await
        .unwrap();
    all.click().await.unwrap();
    let count = "Number(document.querySelector('[data-count]').textContent.split(' ')[0])";
    assert!(chromium.evaluate(count).await.as_u64().unwrap() > 2);
    // Enter in the filter doesn't save, and Save saves what the filter hides, too.
    chromium.fill("Filter permissions", "\u{e007}").await;
    chromium.press("Save").await;
    chromium
        .until("document.querySelector('.notice').textContent.includes('Saved: Nightly export')")
        .await;
    chromium.inspect("saved").await;
}

/// Takes the permission away again.
async fn take_away(chromium: &Chromium) {
    edit(chromium).await;
    let listed = chromium.find("input[value='GET: List Users']").await;
    assert!(listed.is_selected().await.unwrap());
    chromium.fill("Filter permissions", "list users").await;
    chromium
        .find("input[value='GET: List Users']")
        .await
        .click()
        .await
        .unwrap();
    chromium.press("Save").await;
    chromium
        .until("document.querySelector('.notice').textContent.includes('Saved')")
        .await;
}

async fn edit(chromium: &Chromium) {
    let path =
        "//tr[th[normalize-space() = 'Nightly export']]//a[starts-with(., 'Manage Permissions')]";
    let link = chromium
        .client
        .find(fantoccini::Locator::XPath(path))
        .await
        .unwrap();
    link.click().await.unwrap();
    chromium
        .until("!document.querySelector('[data-filter]').hidden")
        .await;
}

/// Users: an existing one, whose id is in the address; then a new one.
async fn users(chromium: &Chromium) {
    chromium.follow("Configure").await;
    chromium.follow("Users").await;
    chromium.inspect("users").await;
    chromium
        .fill("Search by name or e-mail", "integration\u{e007}")
        .await;
    chromium
        .until("document.querySelectorAll('tbody tr').length === 1")
        .await;
    chromium.follow("Integration User").await;
    chromium
        .until("location.pathname.endsWith('/1049756')")
        .await;
    chromium.inspect("profile").await;
    chromium.follow("Users").await;
    chromium.follow("+ New Users").await;
    chromium.inspect("new-user").await;
    chromium.fill("First name", "Nightly").await;
    chromium.fill("Last name", "<Export>").await;
    chromium.fill("E-mail", "export@example.com").await;
    chromium
        .find("input[value='site_admin']")
        .await
        .click()
        .await
        .unwrap();
    chromium.press("Create user").await;
    chromium
        .until("document.querySelector('h1').textContent === 'Nightly <Export>'")
        .await;
    chromium.inspect("created-user").await;
}

async fn requests(chromium: &Chromium) {
    open(chromium, "/configure/dev_center/requests").await;
    chromium.press("Keep them from now on").await;
    chromium
        .until("document.querySelector('.switch').textContent.includes('are kept')")
        .await;
    assert!(
        chromium
            .text()
            .await
            .contains("This API Key does not have permission for this endpoint")
    );
    chromium.inspect("requests").await;
    chromium.find("tbody a").await.click().await.unwrap();
    chromium.inspect("request").await;
}

async fn revoke(chromium: &Chromium) {
    open(chromium, "/configure/dev_center/credentials").await;
    let path = "//tr[th[normalize-space() = 'Nightly export']]//a[starts-with(., 'Revoke')]";
    let link = chromium
        .client
        .find(fantoccini::Locator::XPath(path))
        .await
        .unwrap();
    link.click().await.unwrap();
    chromium.inspect("revoke").await;
    chromium.press("Revoke").await;
    chromium
        .until("document.querySelector('.notice').textContent.includes('Revoked')")
        .await;
    chromium.inspect("revoked").await;
}

/// What the article doesn't have.
async fn others(chromium: &Chromium) {
    open(chromium, "/configure/dev_center/rate_limit").await;
    chromium.inspect("rate-limit").await;
    open(chromium, "/configure/dev_center/ip_allowlist").await;
    chromium
        .fill("Addresses and ranges, one a line", "192.0.2.0/24")
        .await;
    chromium.press("Save").await;
    chromium.find("[name=lock_me_out]").await;
    chromium.inspect("ip-allowlist").await;
}

async fn at(chromium: &Chromium, path: &str) -> String {
    let current = chromium.client.current_url().await.unwrap();
    current.join(path).unwrap().to_string()
}

async fn open(chromium: &Chromium, path: &str) {
    chromium
        .client
        .goto(&at(chromium, path).await)
        .await
        .unwrap();
}
