//! Two faces on the same records: what one writes the other reads.

use reqwest::{Client, Method, RequestBuilder, StatusCode};

use crate::http::fault::Fault;
use crate::json::{Value, json};
use crate::sandbox::Sandbox;

async fn start() -> Sandbox {
    Sandbox::start().await.unwrap()
}

fn v1(sandbox: &Sandbox, method: Method, path: &str) -> RequestBuilder {
    let request = Client::new().request(method, format!("{}/v1{path}", sandbox.url()));
    let request = request.basic_auth(sandbox.key(), Some(""));
    request.header("On-Behalf-Of", sandbox.user_id().to_string())
}

fn v3(sandbox: &Sandbox, method: Method, path: &str) -> RequestBuilder {
    let request = Client::new().request(method, format!("{}/v3{path}", sandbox.url()));
    request.bearer_auth(sandbox.access_token(None).unwrap())
}

fn with_name(request: RequestBuilder, name: &str) -> RequestBuilder {
    let request = request.header("content-type", "application/json");
    request.body(json!({"name": name}).to_string())
}

async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.unwrap();
    let status = response.status();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or_default())
}

async fn names(request: RequestBuilder) -> Vec<String> {
    let (status, list) = answer(request).await;
    assert_eq!(status, 200, "{list}");
    let tags = list.as_array().unwrap().iter();
    tags.map(|it| it["name"].as_str().unwrap().to_owned())
        .collect()
}

/// A candidate, with the names of the tags.
async fn tags_of(sandbox: &Sandbox, candidate: &str) -> Value {
    let (_, shown) = answer(v1(sandbox, Method::GET, candidate)).await;
    shown["tags"].clone()
}

#[tokio::test]
async fn what_one_face_writes_the_other_reads() {
    let sandbox = start().await;
    let request = v3(&sandbox, Method::POST, "/candidate_tags");
    let (status, made) = answer(with_name(request, "Diving licence")).await;
    assert_eq!(status, 201, "{made}");
    let id = made["id"].as_i64().unwrap();
    assert_eq!(made["created_at"], made["updated_at"]);
    let (_, all) = answer(v1(&sandbox, Method::GET, "/tags/candidate")).await;
    let listed = all.as_array().unwrap().last().unwrap();
    assert_eq!(*listed, json!({"id": id, "name": "Diving licence"}));

    let request = v1(&sandbox, Method::POST, "/tags/candidate");
    let (status, other) = answer(with_name(request, "Speaks Danish")).await;
    assert_eq!(status, 201, "{other}");
    let all = names(v3(&sandbox, Method::GET, "/candidate_tags")).await;
    // The latest first.
    assert_eq!(all[..2], ["Speaks Danish", "Diving licence"]);
    let one = format!("/candidate_tags?ids={id}");
    assert_eq!(
        names(v3(&sandbox, Method::GET, &one)).await,
        ["Diving licence"]
    );
}

#[tokio::test]
async fn a_write_of_one_face_invalidates_what_the_other_has_stored() {
    let sandbox = start().await;
    let (_, all) = answer(v1(&sandbox, Method::GET, "/candidates?per_page=1")).await;
    let candidate = format!("/candidates/{}", all[0]["id"]);
    let request = v3(&sandbox, Method::POST, "/candidate_tags");
    let (_, made) = answer(with_name(request, "Diving licence")).await;
    let id = &made["id"];
    let before = tags_of(&sandbox, &candidate).await;

    let tag = format!("{candidate}/tags/{id}");
    let (status, _) = answer(v1(&sandbox, Method::PUT, &tag)).await;
    assert_eq!(status, 200);
    let tagged = tags_of(&sandbox, &candidate).await;
    let tagged = tagged.as_array().unwrap();
    assert!(tagged.contains(&"Diving licence".into()), "{tagged:?}");

    let path = format!("/candidate_tags/{id}");
    let (status, deleted) = answer(v3(&sandbox, Method::DELETE, &path)).await;
    assert_eq!((status, &deleted["id"]), (StatusCode::OK, id));
    assert_eq!(tags_of(&sandbox, &candidate).await, before);
    let (status, _) = answer(v3(&sandbox, Method::DELETE, &path)).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn each_face_has_its_own_rules_and_credentials() {
    let sandbox = start().await;
    let create = |request| with_name(request, "Field work");
    let (status, refused) = answer(create(v3(&sandbox, Method::POST, "/candidate_tags"))).await;
    assert_eq!(status, 422);
    assert_eq!(refused["errors"][0]["field"], "name");
    let (status, _) = answer(create(v1(&sandbox, Method::POST, "/tags/candidate"))).await;
    assert_eq!(status, 200);

    let url = sandbox.url();
    for (path, basic, bearer) in [("/v1/users", 200, 401), ("/v3/candidate_tags", 401, 200)] {
        let get = || Client::new().get(format!("{url}{path}"));
        let (status, _) = answer(get().basic_auth(sandbox.key(), Some(""))).await;
        assert_eq!(status, basic, "{path}");
        let (status, _) = answer(get().bearer_auth(sandbox.access_token(None).unwrap())).await;
        assert_eq!(status, bearer, "{path}");
    }
}

#[tokio::test]
async fn faces_share_a_clock_a_log_and_a_set_of_faults() {
    let sandbox = start().await;
    let now: chrono::DateTime<chrono::Utc> = "2027-02-03T04:05:06Z".parse().unwrap();
    sandbox.clock().freeze(now).unwrap();
    let request = v3(&sandbox, Method::POST, "/candidate_tags");
    let (_, made) = answer(with_name(request, "Diving licence")).await;
    let at = made["created_at"].as_str().unwrap();
    assert!(at.starts_with("2027-02-03T04:05"), "{at}");

    answer(v1(&sandbox, Method::GET, "/users")).await;
    let asked = sandbox.requests().into_iter();
    let asked: Vec<String> = asked.filter_map(|it| it.operation).collect();
    assert_eq!(asked, ["create_candidate_tag", "list_users"]);

    let fault = Fault::status(503).on("create_candidate_tag");
    sandbox.faults().add(fault).unwrap();
    for request in [
        v1(&sandbox, Method::POST, "/tags/candidate"),
        v3(&sandbox, Method::POST, "/candidate_tags"),
    ] {
        let (status, _) = answer(with_name(request, "Any")).await;
        assert_eq!(status, 503);
    }
}
