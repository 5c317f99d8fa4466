//! Client credentials: tokens of custom integrations.

use harvest_sandbox::Sandbox;
use reqwest::Client;
use serde_json::Value;

use crate::support::{request as v1, send, with_body};
use crate::{LIST, SCOPE, ask, demo, dev_center, issued, list, refused, request, token};

#[tokio::test]
async fn a_token_opens_v3_for_an_hour_of_the_clock() {
    let sandbox = Sandbox::start().await.unwrap();
    let noon: chrono::DateTime<chrono::Utc> = "2027-02-03T12:00:00Z".parse().unwrap();
    sandbox.clock().freeze(noon).unwrap();
    let issued = issued(
        &sandbox,
        demo(&sandbox),
        &[("grant_type", "client_credentials")],
    )
    .await;
    assert_eq!(issued["token_type"], "Bearer");
    assert_eq!(issued["expires_at"], "2027-02-03T13:00:00Z");
    assert!(issued.get("refresh_token").is_none());
    let token = issued["access_token"].as_str().unwrap();
    assert_eq!(list(&sandbox, token).await.status, 200);
    let almost = std::time::Duration::from_secs(3_599);
    sandbox.clock().advance(almost).unwrap();
    assert_eq!(list(&sandbox, token).await.status, 200);
    sandbox
        .clock()
        .advance(std::time::Duration::from_secs(1))
        .unwrap();
    let ended = list(&sandbox, token).await;
    assert_eq!(ended.status, 401, "{}", ended.text);
    assert_eq!(ended.json()["message"], "Unauthorized");
    assert!(ended.header("www-authenticate").starts_with("Bearer"));
}

#[tokio::test]
async fn each_version_takes_its_own_credentials() {
    let sandbox = Sandbox::start().await.unwrap();
    let token = token(&sandbox, demo(&sandbox)).await;
    let url = sandbox.url();
    let get = |path: &str| Client::new().get(format!("{url}{path}"));
    for (request, status) in [
        (get("/v1/users").basic_auth(sandbox.key(), Some("")), 200),
        (get("/v1/users").bearer_auth(&token), 401),
        (get("/v1/users").basic_auth(&token, Some("")), 401),
        (get(LIST).bearer_auth(&token), 200),
        (get(LIST).basic_auth(sandbox.key(), Some("")), 401),
        (get(LIST).basic_auth(&token, Some("")), 401),
        (get(LIST).bearer_auth(sandbox.key()), 401),
        (get(LIST).bearer_auth(&demo(&sandbox).client_secret), 401),
        (get(LIST).bearer_auth(""), 401),
        (get(LIST), 401),
        (get(LIST).bearer_auth(&token).bearer_auth(&token), 401),
    ] {
        let answer = send(request).await;
        assert_eq!(answer.status, status, "{}", answer.text);
    }
}

#[tokio::test]
async fn a_token_acts_for_its_subject() {
    let sandbox = Sandbox::start().await.unwrap();
    let users = send(v1(
        &Client::new(),
        &sandbox,
        "GET",
        "/v1/users?per_page=500",
    ))
    .await
    .json();
    let id_of = |wanted: &dyn Fn(&Value) -> bool| {
        let user = users.as_array().unwrap().iter().find(|user| wanted(user));
        user.unwrap()["id"].to_string()
    };
    let basic = id_of(&|it| it["site_admin"] == false && it["disabled"] == false);
    let disabled = id_of(&|it| it["disabled"] == true);
    let admin = sandbox.user_id().to_string();
    for (sub, status) in [(admin.as_str(), 201), (&basic, 403)] {
        let form = [("grant_type", "client_credentials"), ("sub", sub)];
        let issued = issued(&sandbox, demo(&sandbox), &form).await;
        let create = Client::new().post(format!("{}{LIST}", sandbox.url()));
        let create = create.bearer_auth(issued["access_token"].as_str().unwrap());
        let body = format!(r#"{{"name": "Made by {sub}"}}"#);
        let answer = send(with_body(create, body)).await;
        assert_eq!(answer.status, status, "{}", answer.text);
    }
    let over = "9".repeat(30);
    for sub in [
        disabled.as_str(),
        "0",
        "-1",
        "7",
        "me@example.com",
        &over,
        "1 OR 1=1",
    ] {
        let form = [("grant_type", "client_credentials"), ("sub", sub)];
        refused(&sandbox, demo(&sandbox), &form, (400, "invalid_grant")).await;
    }
}

#[tokio::test]
async fn service_users_are_hidden_and_cannot_be_named() {
    let sandbox = Sandbox::start().await.unwrap();
    let http = Client::new();
    let before = send(v1(&http, &sandbox, "GET", "/v1/users?per_page=500"))
        .await
        .json();
    let made = dev_center(&sandbox)
        .create_custom_integration("Nightly export")
        .unwrap();
    dev_center(&sandbox)
        .permit_scopes(made.id, [SCOPE])
        .unwrap();
    let after = send(v1(&http, &sandbox, "GET", "/v1/users?per_page=500"))
        .await
        .json();
    assert_eq!(before, after);
    let token = token(&sandbox, &made.credentials).await;
    let form = [("token", token.as_str())];
    let of = send(request(&sandbox, &made.credentials, "/introspect").form(&form))
        .await
        .json();
    let id = of["sub"].as_str().unwrap().to_owned();
    let named = send(v1(&http, &sandbox, "GET", &format!("/v1/users/{id}"))).await;
    assert_eq!(named.status, 404);
    let acting = v1(&http, &sandbox, "POST", "/v1/tags/candidate").header("On-Behalf-Of", &id);
    assert_eq!(
        send(with_body(acting, r#"{"name": "x"}"#)).await.status,
        404
    );
    let body = format!(r#"{{"user": {{"user_id": {id}}}}}"#);
    let disable = v1(&http, &sandbox, "PATCH", "/v2/users/disable");
    let disable = disable.header("On-Behalf-Of", sandbox.user_id().to_string());
    assert_eq!(send(with_body(disable, body)).await.status, 422);
    let form = [("grant_type", "client_credentials"), ("sub", id.as_str())];
    refused(&sandbox, demo(&sandbox), &form, (400, "invalid_grant")).await;
}

#[tokio::test]
async fn grants_that_are_not_understood_are_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = demo(&sandbox);
    let grant = ("grant_type", "client_credentials");
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[], "invalid_request"),
        (&[("grant_type", "")], "invalid_request"),
        (&[("grant_type", "password")], "unsupported_grant_type"),
        (&[grant, grant], "invalid_request"),
        (&[grant, ("sub", "1"), ("sub", "2")], "invalid_request"),
        (&[grant, ("scope", "harvest:users:lists")], "invalid_scope"),
        (&[("grant_type", "authorization_code")], "invalid_request"),
        (
            &[("grant_type", "refresh_token"), ("refresh_token", "x")],
            "unauthorized_client",
        ),
        (
            &[
                ("grant_type", "authorization_code"),
                ("code", "x"),
                ("redirect_uri", "y"),
            ],
            "unauthorized_client",
        ),
    ];
    for (form, error) in cases {
        refused(&sandbox, client, form, (400, error)).await;
    }
    let json = with_body(
        request(&sandbox, client, "/token"),
        r#"{"grant_type": "client_credentials"}"#,
    );
    assert_eq!(send(json).await.json()["error"], "invalid_request");
    // As one published library does it.
    let query = request(&sandbox, client, "/token?grant_type=client_credentials");
    assert_eq!(send(query).await.status, 200);
    let get = Client::new().get(format!("{}/token", sandbox.url()));
    assert_eq!(send(get).await.status, 405);
}

#[tokio::test]
async fn wrong_secrets_are_refused_alike_and_slow_down() {
    let sandbox = Sandbox::start().await.unwrap();
    let grant = [("grant_type", "client_credentials")];
    let mut wrong = demo(&sandbox).clone();
    wrong.client_secret.pop();
    let mut unknown = demo(&sandbox).clone();
    unknown.client_id.pop();
    let mut empty = demo(&sandbox).clone();
    empty.client_secret.clear();
    let mut texts = Vec::new();
    for client in [&wrong, &unknown, &empty] {
        refused(&sandbox, client, &grant, (401, "invalid_client")).await;
        texts.push(ask(&sandbox, client, &grant).await.text);
    }
    assert!(texts.windows(2).all(|two| two[0] == two[1]), "{texts:?}");
    for _ in 0..20 {
        ask(&sandbox, &wrong, &grant).await;
    }
    let start = std::time::Instant::now();
    ask(&sandbox, &wrong, &grant).await;
    assert!(start.elapsed() > std::time::Duration::from_millis(300));
    assert_eq!(ask(&sandbox, demo(&sandbox), &grant).await.status, 200);
}

#[tokio::test]
async fn a_token_can_be_narrowed_and_looked_at() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = demo(&sandbox);
    let form = [
        ("grant_type", "client_credentials"),
        ("scope", "harvest:users:list"),
    ];
    let issued = issued(&sandbox, client, &form).await;
    let narrow = issued["access_token"].as_str().unwrap();
    let answer = list(&sandbox, narrow).await;
    assert_eq!(answer.status, 403);
    assert!(answer.text.contains(SCOPE), "{}", answer.text);
    assert!(
        answer
            .header("www-authenticate")
            .contains("insufficient_scope")
    );

    let look = async |client, token: &str| {
        let form = [("token", token)];
        send(request(&sandbox, client, "/introspect").form(&form))
            .await
            .json()
    };
    let looked = look(client, narrow).await;
    assert_eq!(
        (&looked["active"], &looked["scope"]),
        (&true.into(), &"harvest:users:list".into())
    );
    assert_eq!(looked["client_id"], client.client_id.as_str());
    let other = dev_center(&sandbox)
        .create_custom_integration("Other")
        .unwrap();
    let nothing = serde_json::json!({"active": false});
    assert_eq!(look(&other.credentials, narrow).await, nothing);
    assert_eq!(look(client, "unknown").await, nothing);
}
