//! The permission to see salaries, without which there are no offers.

use harvest_sandbox::DevCenterError;
use reqwest::Client;
use serde_json::{Value, json};

use crate::both::Both;
use crate::support;

#[tokio::test]
async fn without_the_permission_there_are_no_offers() {
    let both = Both::start().await;
    let offers = both.list("/v3/offers").await;
    let offer = offers.iter().find(|it| it["status"] == "Created").unwrap();
    let path = format!("/v3/offers/{}", offer["id"]);
    let change = json!({"starts_on": "2027-02-01"});
    let new = json!({"application_id": offer["application_id"], "starts_on": "2027-02-01"});
    let user = both.sandbox.user_id();
    let permit = |permitted: bool| {
        let dev_center = both.sandbox.dev_center().unwrap();
        dev_center.permit_salaries(user, permitted).unwrap();
    };
    permit(false);
    assert_eq!(both.list("/v3/offers").await, Vec::<Value>::new());
    assert_eq!(
        both.list(&format!("/v3/offers?ids={}", offer["id"])).await,
        Vec::<Value>::new()
    );
    for (method, path, body) in [("PATCH", &*path, &change), ("POST", "/v3/offers", &new)] {
        let answer = both.send(method, path, body).await;
        assert_eq!(answer.status, 403, "{method}: {}", answer.text);
        assert!(answer.text.contains("salaries"), "{}", answer.text);
    }
    // It is for offers alone, and for tokens with a subject: v1 asks for none.
    assert!(!both.list("/v3/jobs").await.is_empty());
    assert!(!both.list("/v1/offers").await.is_empty());
    let token = both.sandbox.access_token(None).unwrap();
    let url = format!("{}/v3/offers", both.sandbox.url());
    let answer = support::send(Client::new().get(url).bearer_auth(token)).await;
    assert_eq!(answer.json().as_array().unwrap().len(), offers.len());
    permit(true);
    assert_eq!(both.list("/v3/offers").await, offers);
    assert_eq!(both.send("PATCH", &path, &change).await.status, 200);
}

#[tokio::test]
async fn a_user_that_is_not_there_is_named() {
    let both = Both::start().await;
    let refused = both.sandbox.dev_center().unwrap().permit_salaries(7, false);
    assert!(
        matches!(refused, Err(DevCenterError::User { id: 7, .. })),
        "{refused:?}"
    );
}
