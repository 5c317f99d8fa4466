use std::collections::HashSet;

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

/// The records of later ones of a process are copied. Nothing else is, and nothing goes from one to another.
#[tokio::test]
async fn organizations_that_begin_alike_go_apart() {
    let mut first = None;
    let mut secrets = HashSet::new();
    for _ in 0..5 {
        let builder = Sandbox::builder().seed(77).candidates(70);
        let organization = Organization::with(builder).await;
        let mut begun = Vec::new();
        for path in ["/v1/users", "/v1/departments", "/v1/jobs", "/v1/scorecards"] {
            begun.push(organization.read(path).await);
        }
        assert_eq!(*first.get_or_insert_with(|| begun.clone()), begun);
        organization
            .write("POST", "/v1/departments", json!({"name": "Lakes"}), 201)
            .await;
        assert!(secrets.insert(organization.sandbox.key().to_owned()));
        let candidates = organization.read("/v1/candidates").await.to_string();
        let link = candidates.split("/_files/").nth(1);
        let signed = link.and_then(|link| link.split('"').next());
        let signature = signed.and_then(|signed| signed.rsplit('=').next());
        assert!(secrets.insert(signature.expect("a signature").to_owned()));
    }
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

#[tokio::test]
async fn a_key_may_do_what_it_was_permitted_until_it_is_revoked() {
    let organization = Organization::start().await;
    let dev_center = organization.sandbox.dev_center().unwrap();
    let key = dev_center.create_key("Nightly export").unwrap();
    let client = Client::new();
    let url = format!("{}/v1/users", organization.sandbox.url());
    let get = || support::send(client.get(&url).basic_auth(&key.key, Some("")));
    let answer = get().await;
    assert_eq!(answer.status, 403);
    let message = "This API Key does not have permission for this endpoint";
    assert_eq!(answer.json(), json!({"message": message}));
    dev_center.permit(key.id, ["GET: List Users"]).unwrap();
    assert_eq!(get().await.status, 200);
    let jobs = format!("{}/v1/jobs", organization.sandbox.url());
    let answer = support::send(client.get(&jobs).basic_auth(&key.key, Some(""))).await;
    assert_eq!(answer.status, 403);
    dev_center.permit(key.id, []).unwrap();
    assert_eq!(get().await.status, 403);
    dev_center.permit(key.id, ["GET: List Users"]).unwrap();
    dev_center.revoke(key.id).unwrap();
    assert_eq!(get().await.status, 401);
    assert!(!format!("{key:?}").contains(&key.key));
}

#[tokio::test]
async fn a_permission_is_taken_by_its_name_in_the_documentation_too() {
    let organization = Organization::start().await;
    let dev_center = organization.sandbox.dev_center().unwrap();
    let key = dev_center.create_key("Old notes").unwrap();
    let client = Client::new();
    let jobs = format!("{}/v1/jobs", organization.sandbox.url());
    let get = || support::send(client.get(&jobs).basic_auth(&key.key, Some("")));
    for names in [["GET: List Jobs"].as_slice(), &["GET: List jobs"]] {
        dev_center.permit(key.id, []).unwrap();
        assert_eq!(get().await.status, 403);
        dev_center.permit(key.id, names.iter().copied()).unwrap();
        assert_eq!(get().await.status, 200);
    }
    dev_center
        .permit(key.id, ["GET: List Jobs", "GET: List jobs"])
        .unwrap();
    let error = dev_center.permit(key.id, ["GET: List Users", "GET: Jobs"]);
    let error = error.unwrap_err().to_string();
    assert!(error.contains("\"GET: Jobs\""), "{error}");
    // What could be done before can still be done.
    assert_eq!(get().await.status, 200);
}

#[tokio::test]
async fn requests_come_from_where_they_may() {
    let organization = Organization::with(Sandbox::builder().trusted_proxy("127.0.0.1")).await;
    let dev_center = organization.sandbox.dev_center().unwrap();
    let from = async |address: &str| {
        let request = support::request(&Client::new(), &organization.sandbox, "GET", "/v1/users");
        let request = request.header("X-Forwarded-For", address);
        support::send(request).await.status
    };
    assert_eq!(from("203.0.113.9").await, 200);
    dev_center.allow(["192.0.2.0/24", "2001:db8::/32"]).unwrap();
    assert_eq!(from("192.0.2.77").await, 200);
    assert_eq!(from("2001:db8::7").await, 200);
    assert_eq!(from("203.0.113.9").await, 403);
    // Loopback is an address like any other.
    assert_eq!(organization.get("/v1/users").await.status, 403);
    assert_eq!(organization.get("/nowhere").await.status, 403);
    assert!(dev_center.allow(["here"]).is_err());
    dev_center.allow([]).unwrap();
    assert_eq!(organization.get("/v1/users").await.status, 200);
}

#[tokio::test]
async fn the_key_of_a_folder_stays_the_same() {
    let folder = std::env::temp_dir().join(format!("harvest-sandbox-key-{}", std::process::id()));
    let start = || Organization::with(Sandbox::builder().data(&folder).candidates(0));
    let first = start().await;
    let key = first.sandbox.key().to_owned();
    first.sandbox.stop().await;
    let database = std::fs::read(folder.join("harvest.sqlite3")).unwrap();
    assert!(
        !database
            .windows(key.len())
            .any(|bytes| bytes == key.as_bytes())
    );
    let second = start().await;
    assert_eq!(second.sandbox.key(), key);
    assert_eq!(second.get("/v1/users").await.status, 200);
    second.sandbox.stop().await;
    std::fs::remove_dir_all(folder).unwrap();
}
