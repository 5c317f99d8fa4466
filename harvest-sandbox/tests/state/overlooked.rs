//! Mistakes that the service takes although it is not documented: taken, named and logged; refused by a strict sandbox.

use harvest_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::organization::Organization;

const OVERLOOKED: &str = "x-sandbox-overlooked";

/// A new candidate with a typing error, ids as texts, and something about a person in the place of a name.
async fn candidate(organization: &Organization) -> Value {
    let jobs = organization.read("/v1/jobs?status=open").await;
    let job_id = jobs[0]["id"].to_string();
    json!({"first_name": "Fritz", "last_name": "Morrow", "nickname": "Fritzi",
        "fritz@example.com": 1,
        "applications": [{"job_id": job_id, "initial_stag_id": 1}]})
}

#[tokio::test]
async fn what_is_overlooked_has_no_effect_and_is_named() {
    let organization = Organization::start().await;
    let body = candidate(&organization).await;
    let answer = organization
        .send("POST", "/v1/candidates", body.clone())
        .await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let named = "unknown property nickname, unknown property ?, text for a number \
                 applications.0.job_id, unknown property applications.0.initial_stag_id";
    assert_eq!(answer.header(OVERLOOKED), named);
    let made = answer.json();
    let job = made["applications"][0]["jobs"][0]["id"].to_string();
    assert_eq!(body["applications"][0]["job_id"], job);
    assert!(!answer.text.contains("Fritzi"));

    let log = organization.sandbox.requests();
    let last = log.last().unwrap();
    assert_eq!(last.overlooked.as_deref(), Some(named));
    assert!(
        log[..log.len() - 1]
            .iter()
            .all(|it| it.overlooked.is_none())
    );
    assert!(!format!("{log:?}").contains("fritz"));

    // What is refused for another mistake tells of these, too.
    let path = format!("/v1/candidates/{}", made["id"]);
    let body = json!({"first_name": 7, "nickname": "Fritzi"});
    let refused = organization.send("PATCH", &path, body).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.header(OVERLOOKED), "unknown property nickname");
    let body = json!({"title": "Porter", "nickname": "Fritzi"});
    let changed = organization.send("PATCH", &path, body).await;
    assert_eq!(
        (changed.status, &changed.json()["title"]),
        (200, &json!("Porter"))
    );
}

#[tokio::test]
async fn a_strict_sandbox_refuses_it() {
    let organization = Organization::with(Sandbox::builder().strict()).await;
    let body = candidate(&organization).await;
    let count = organization.read("/v1/candidates").await;
    let refused = organization.problems("POST", "/v1/candidates", body).await;
    assert_eq!(
        refused,
        [
            // Of two forms, neither of which takes it.
            "applications.0",
            "nickname",
            "fritz@example.com",
            "applications.0.initial_stag_id"
        ]
    );
    assert_eq!(organization.read("/v1/candidates").await, count);
    let answer = organization.get("/v1/candidates?per_page=2&jobid=7").await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.header(OVERLOOKED), "");
}

#[tokio::test]
async fn errors_name_the_property_and_a_header_the_way_to_it() {
    let organization = Organization::start().await;
    let body =
        json!({"first_name": "Fritz", "last_name": "Morrow", "applications": [{"job_id": 1}]});
    let answer = organization
        .send("POST", "/v1/candidates", body.clone())
        .await;
    assert_eq!(answer.status, 422);
    let expected =
        json!({"errors": [{"message": "A job with this id does not exist.", "field": "job_id"}]});
    assert_eq!(answer.json(), expected);
    assert_eq!(answer.header("x-sandbox-places"), "applications.0.job_id");

    let strict = Organization::with(Sandbox::builder().strict()).await;
    let answer = strict.send("POST", "/v1/candidates", body).await;
    assert_eq!(answer.json()["errors"][0]["field"], "applications.0.job_id");
}
