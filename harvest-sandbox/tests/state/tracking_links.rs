//! Tracking links are read by their token.

use serde_json::json;

use crate::organization::Organization;

#[tokio::test]
async fn a_link_says_whom_it_credits() {
    let organization = Organization::start().await;
    let path = "/v1/tracking_links/fieldwork";
    let link = organization.read(path).await;
    assert_eq!(link["token"], "fieldwork");
    let sources = organization.read("/v1/sources").await;
    let source = sources.as_array().unwrap().iter();
    let mut source = source.filter(|one| one["id"] == link["source"]["id"]);
    assert_eq!(
        source.next().unwrap()["name"],
        link["source"]["public_name"]
    );

    let user = json!({"user": {"user_id": link["credited_to"]["id"]},
        "payload": {"first_name": "Renamed"}});
    organization.write("PATCH", "/v2/users", user, 200).await;
    let renamed = organization.read(path).await;
    assert_eq!(renamed["credited_to"]["first_name"], "Renamed");
    let unknown = organization.get("/v1/tracking_links/6004841").await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test]
async fn a_link_says_where_it_leads() {
    let organization = Organization::start().await;
    let mut related = Vec::new();
    for token in ["fieldwork", "meetup26", "alumni"] {
        let link = organization
            .read(&format!("/v1/tracking_links/{token}"))
            .await;
        let post = organization
            .read(&format!("/v1/job_posts/{}", link["job_post_id"]))
            .await;
        assert_eq!(post["job_id"], link["job_id"], "{token}");
        assert_eq!(post["active"], true, "{token}");
        let board = &link["job_board"];
        assert_eq!(board["company_name"], "Rivermark", "{token}");
        let internal = board["url_token"] == "rivermark-internal";
        assert_eq!(post["internal"], internal, "{token}");
        related.push(link["related_post_type"].clone());
        assert_eq!(
            link["related_post_id"].is_null(),
            link["related_post_type"].is_null()
        );
    }
    assert!(related.contains(&json!("SocialMediaPost")) && related.contains(&json!(null)));
}
