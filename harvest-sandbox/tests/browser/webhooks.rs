//! Webhooks as a person makes them, and the log of what they deliver.

use axum::Router;
use harvest_sandbox::Sandbox;

use crate::chromium::Chromium;
use crate::tools::Tools;

pub async fn follow(tools: Tools) {
    let sandbox = Sandbox::start().await.unwrap();
    let app = Router::new().fallback(|| async { "<b>thank you</b>" });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    let chromium = Chromium::open(&tools, "webhooks").await;
    let list = format!("{}/configure/dev_center/webhooks", sandbox.url());
    chromium.client.goto(&list).await.unwrap();
    chromium.inspect("none").await;
    chromium.follow("New webhook").await;
    let event = chromium.find("#event").await;
    event.select_by_label("reject_candidate").await.unwrap();
    chromium.fill("Address", "http://192.0.2.7/").await;
    chromium.press("Create and send a ping").await;
    chromium
        .until("document.querySelector('#endpoint_url-problem') !== null")
        .await;
    chromium.inspect("refused").await;
    let new = format!("{list}/new");
    chromium.client.goto(&new).await.unwrap();
    let event = chromium.find("#event").await;
    event.select_by_label("reject_candidate").await.unwrap();
    chromium.fill("Address", &url).await;
    chromium.press("Create and send a ping").await;
    chromium
        .until("document.querySelector('#secret') !== null")
        .await;
    chromium.inspect("secret").await;
    let triggered = sandbox.webhooks().trigger("reject_candidate").unwrap();
    assert_eq!(triggered, 1);
    for _ in 0..500 {
        let all = sandbox.webhooks().deliveries().unwrap();
        if all.len() == 2 && all.iter().all(|it| !it.attempts.is_empty()) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    chromium.client.goto(&list).await.unwrap();
    chromium.inspect("listed").await;
    let number = sandbox.webhooks().deliveries().unwrap()[1].id;
    let delivery = format!("{}/configure/dev_center/deliveries/{number}", sandbox.url());
    chromium.client.goto(&delivery).await.unwrap();
    chromium.inspect("delivery").await;
    chromium.press("Send again").await;
    chromium
        .until("document.querySelector('.notice').textContent.includes('sent once more')")
        .await;
    let complaints = chromium.complaints().await;
    assert!(complaints.is_empty(), "{complaints:#?}");
    chromium.close().await;
}
