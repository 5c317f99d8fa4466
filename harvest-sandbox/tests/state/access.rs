use harvest_sandbox::Sandbox;
use reqwest::Client;
use serde_json::json;

use crate::organization::Organization;
use crate::support;

#[tokio::test]
async fn the_key_has_to_be_right() {
    let organization = Organization::start().await;
    let url = format!("{}/v1/users", organization.sandbox.url());
    let client = Client::new();
    let key = organization.sandbox.key();
    for (request, status) in [
        (client.get(&url), 401),
        (client.get(&url).basic_auth("wrong", Some("")), 401),
        (client.get(&url).basic_auth(key, Some("password")), 401),
        (client.get(&url).bearer_auth(key), 401),
        (client.get(&url).basic_auth(key, Some("")), 200),
        (client.get(&url).basic_auth(key, None::<&str>), 200),
    ] {
        assert_eq!(support::send(request).await.status, status);
    }
}

#[tokio::test]
async fn the_acting_user_has_to_be_there() {
    let organization = Organization::start().await;
    let body = json!({"name": "Lakes"});
    let request = support::request(
        &Client::new(),
        &organization.sandbox,
        "POST",
        "/v1/departments",
    );
    let answer = support::send(support::with_body(request, body.to_string())).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.json()["errors"][0]["field"], "On-Behalf-Of");
    let answer = organization
        .send_as(7, "POST", "/v1/departments", body)
        .await;
    assert_eq!(answer.status, 404);
    let request = support::request(&Client::new(), &organization.sandbox, "GET", "/v1/users");
    assert_eq!(
        support::send(request.header("On-Behalf-Of", "7"))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn the_same_seed_gives_the_same_organization() {
    let organization = |seed| Organization::with(Sandbox::builder().seed(seed));
    let (a, b, other) = (
        organization(5).await,
        organization(5).await,
        organization(6).await,
    );
    for path in ["/v1/users", "/v1/departments", "/v1/offices"] {
        assert_eq!(a.read(path).await, b.read(path).await);
    }
    assert_ne!(a.read("/v1/users").await, other.read("/v1/users").await);
}

#[tokio::test]
async fn what_is_kept_in_a_folder_is_there_again() {
    let folder = std::env::temp_dir().join(format!("harvest-sandbox-{}", std::process::id()));
    let start = || Organization::with(Sandbox::builder().data(&folder).key("kept"));
    let first = start().await;
    let made = first
        .write("POST", "/v1/departments", json!({"name": "Lakes"}), 201)
        .await;
    let path = format!("/v1/departments/{}", made["id"]);
    first.sandbox.stop().await;
    let second = start().await;
    assert_eq!(second.read(&path).await, made);
    second.sandbox.stop().await;
    std::fs::remove_dir_all(folder).unwrap();
}
