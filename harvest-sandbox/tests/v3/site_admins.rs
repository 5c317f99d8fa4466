//! Site admins, one of whom an organization keeps.

use reqwest::Client;

use crate::both::Both;
use crate::support;

#[tokio::test]
async fn a_service_user_does_not_deactivate_the_last_site_admin() {
    let both = Both::start().await;
    let users = both.list("/v1/users?per_page=500").await;
    let admins = users
        .iter()
        .filter(|user| user["site_admin"] == true && user["disabled"] == false)
        .map(|user| user["id"].as_i64().unwrap());
    let mut answers = Vec::new();
    for id in admins {
        let url = format!("{}/v3/users/{id}/deactivate", both.sandbox.url());
        // Without a subject: the service user of the integration.
        let token = both.sandbox.access_token(None).unwrap();
        let request =
            support::with_body(Client::new().post(url).bearer_auth(token), "{}".to_owned());
        answers.push(support::send(request).await);
    }
    let last = answers.pop().unwrap();
    for answer in &answers {
        assert_eq!(answer.status, 204, "{}", answer.text);
    }
    assert_eq!(last.status, 422, "{}", last.text);
    assert!(
        last.text.contains("needs another site admin"),
        "{}",
        last.text
    );
}
