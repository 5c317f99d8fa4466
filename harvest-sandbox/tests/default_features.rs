//! Records, keys, faults and the log with and without default features: `cargo test -p harvest-sandbox
//! --no-default-features --test default_features` is a sandbox as tests of other crates start it.

mod support;

use harvest_sandbox::{Fault, Sandbox};
use support::{get, request, send, with_body};

#[tokio::test]
async fn keys_records_and_faults_need_no_feature() {
    let sandbox = Sandbox::builder().candidates(5).start().await.unwrap();
    let client = reqwest::Client::new();
    let department = request(&client, &sandbox, "POST", "/v1/departments");
    let department = department.header("On-Behalf-Of", sandbox.user_id());
    let created = send(with_body(
        department,
        r#"{"name": "Tidal power"}"#.to_owned(),
    ))
    .await;
    assert_eq!(created.status, 201);
    let departments = get(&sandbox, "/v1/departments").await;
    assert!(departments.text.contains("Tidal power"));

    let dev_center = sandbox.dev_center().unwrap();
    let key = dev_center.create_key("Export").unwrap();
    dev_center.permit(key.id, ["GET: List Users"]).unwrap();
    let with_key = |path: &str| {
        let request = client.get(format!("{}{path}", sandbox.url()));
        send(request.basic_auth(&key.key, Some("")))
    };
    assert_eq!(with_key("/v1/users").await.status, 200);
    assert_eq!(with_key("/v1/departments").await.status, 403);

    let fault = Fault::status(502).on("list_users").first(1);
    sandbox.faults().add(fault).unwrap();
    assert_eq!(get(&sandbox, "/v1/users").await.status, 502);
    let requests = sandbox.requests();
    let statuses: Vec<_> = requests.iter().map(|request| request.status).collect();
    assert_eq!(
        statuses,
        [201, 200, 200, 403, 502].map(Some),
        "{requests:?}"
    );

    sandbox.reset().unwrap();
    assert_eq!(with_key("/v1/users").await.status, 401);
}

#[cfg(not(feature = "dev-center"))]
#[tokio::test]
async fn pages_name_the_feature_that_they_need() {
    let sandbox = Sandbox::start().await.unwrap();
    assert_eq!(sandbox.dev_center_url(), None);
    let client = reqwest::Client::new();
    for (method, path) in [
        ("GET", "/configure"),
        ("POST", "/configure/set_up"),
        ("PUT", "/configure/dev_center/credentials"),
    ] {
        let page = request(&client, &sandbox, method, path);
        let answer = send(with_body(page, "name=value".to_owned())).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.text.contains("`dev-center`"), "{}", answer.text);
    }
    assert!(sandbox.requests().is_empty(), "they are not of the API");
}
