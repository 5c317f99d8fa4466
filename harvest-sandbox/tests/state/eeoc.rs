//! Answers to the questions of the EEOC.

use serde_json::{Value, json};

use crate::organization::Organization;

#[tokio::test]
async fn answers_are_read_by_application_and_by_time() {
    let organization = Organization::start().await;
    let all = organization.read("/v1/eeoc?per_page=500").await;
    let all = all.as_array().unwrap();
    assert!(all.len() > 5);
    assert!(all.iter().any(|one| one["veteran_status"].is_null()));
    assert!(
        all.iter()
            .any(|one| one["veteran_status"]["message"].is_string())
    );
    for one in all {
        let path = format!("/v1/applications/{}", one["application_id"]);
        assert_eq!(organization.read(&format!("{path}/eeoc")).await, *one);
        let application = organization.read(&path).await;
        assert_eq!(application["candidate_id"], one["candidate_id"]);
    }
    let time = all[2]["submitted_at"].as_str().unwrap();
    for (bound, inclusive) in [("submitted_after", true), ("submitted_before", false)] {
        let found = organization
            .read(&format!("/v1/eeoc?{bound}={time}&per_page=500"))
            .await;
        let found = found.as_array().unwrap();
        assert!(found.len() < all.len());
        assert_eq!(found.contains(&all[2]), inclusive, "{bound}");
    }
}

#[tokio::test]
async fn the_list_names_only_its_next_page() {
    let organization = Organization::start().await;
    let page = organization.get("/v1/eeoc?per_page=2").await;
    let link = page.header("link");
    assert!(link.contains("rel=\"next\""), "{link}");
    assert!(!link.contains("rel=\"last\""), "{link}");
    assert_eq!(page.json().as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn an_application_without_answers_has_none() {
    let organization = Organization::start().await;
    let body = json!({"first_name": "A", "last_name": "B"});
    let prospect = organization.write("POST", "/v1/prospects", body, 201).await;
    let path = format!("/v1/applications/{}/eeoc", prospect["application_ids"][0]);
    assert_eq!(organization.get(&path).await.status, 404);

    let one = organization.read("/v1/eeoc").await[0].clone();
    let candidate = format!("/v1/candidates/{}", one["candidate_id"]);
    let answer = organization.send("DELETE", &candidate, Value::Null).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let rest = organization.read("/v1/eeoc?per_page=500").await;
    assert!(!rest.as_array().unwrap().contains(&one));
}
