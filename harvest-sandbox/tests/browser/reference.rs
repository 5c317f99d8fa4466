//! The API reference: all operations, and a request that is really sent.

use harvest_sandbox::Sandbox;

use crate::chromium::Chromium;
use crate::tools::Tools;

pub async fn try_it(tools: Tools) {
    let sandbox = Sandbox::start().await.unwrap();
    let chromium = Chromium::open(&tools, "reference").await;
    let url = format!("{}/dev_center/reference", sandbox.dev_center_url().unwrap());
    chromium.client.goto(&url).await.unwrap();
    chromium
        .until("document.querySelectorAll('.opblock-tag').length > 20")
        .await;
    chromium.inspect("reference").await;

    // By its name, not by that of its resource alone.
    let filter = chromium.find(".operation-filter-input").await;
    filter.send_keys("list users").await.unwrap();
    chromium
        .until(
            "document.querySelectorAll('.opblock').length === 0 || \
             document.querySelectorAll('.opblock-tag').length < 5",
        )
        .await;
    chromium
        .until("document.querySelector('#operations-tag-users') !== null")
        .await;
    // Backspace, as a person would: the viewer does not hear of a field that is emptied otherwise.
    filter.send_keys(&"\u{e003}".repeat(10)).await.unwrap();
    chromium
        .until("document.querySelectorAll('.opblock-tag').length > 20")
        .await;

    chromium.find(".authorize").await.click().await.unwrap();
    let name = chromium
        .find("input[aria-label='auth-basic-username'], #auth-basic-username")
        .await;
    name.send_keys(sandbox.key()).await.unwrap();
    chromium.inspect("authorize").await;
    chromium
        .find(".auth-btn-wrapper .authorize")
        .await
        .click()
        .await
        .unwrap();
    chromium.find(".btn-done").await.click().await.unwrap();

    chromium
        .find("[id='operations-tag-users'] button, #operations-tag-users")
        .await
        .click()
        .await
        .unwrap();
    chromium
        .find("#operations-users-list_users .opblock-summary-control")
        .await
        .click()
        .await
        .unwrap();
    chromium
        .until(
            "document.querySelector('#operations-users-list_users').textContent.includes('GET: \
             List Users')",
        )
        .await;
    chromium
        .find("#operations-users-list_users .try-out__btn")
        .await
        .click()
        .await
        .unwrap();
    chromium
        .find("#operations-users-list_users .execute")
        .await
        .click()
        .await
        .unwrap();
    chromium
        .until(
            "document.querySelector('.live-responses-table tbody \
             .response-col_status')?.textContent.includes('200')",
        )
        .await;
    let answer = chromium.find(".live-responses-table").await;
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("integrationuser@gmail.com")
    );
    chromium.inspect("tried").await;
    let seen = sandbox.requests();
    assert_eq!(
        seen.last().unwrap().operation.as_deref(),
        Some("list_users")
    );

    let complaints = chromium.complaints().await;
    assert!(complaints.is_empty(), "{complaints:#?}");
    chromium.close().await;
}
