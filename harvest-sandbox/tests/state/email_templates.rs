use serde_json::json;

use crate::organization::{Organization, ids};

#[tokio::test]
async fn templates_are_read_one_by_one_and_together() {
    let organization = Organization::start().await;
    let list = organization.read("/v1/email_templates").await;
    assert!(ids(&list).len() > 3);
    for template in list.as_array().unwrap() {
        let one = format!("/v1/email_templates/{}", template["id"]);
        assert_eq!(organization.read(&one).await, *template);
        assert_eq!(template["body"], json!(null));
    }
    assert_eq!(organization.get("/v1/email_templates/1").await.status, 404);

    let at = list[2]["updated_at"].as_str().unwrap();
    let path = "/v1/email_templates?updated_";
    let after = ids(&organization.read(&format!("{path}after={at}")).await);
    let before = ids(&organization.read(&format!("{path}before={at}")).await);
    let id = list[2]["id"].as_i64().unwrap();
    assert!(after.contains(&id) && !before.contains(&id));
    assert_eq!(after.len() + before.len(), ids(&list).len());
}

#[tokio::test]
async fn a_template_names_its_owner_as_the_owner_is_called() {
    let organization = Organization::start().await;
    let list = organization.read("/v1/email_templates").await;
    let mut owned = list.as_array().unwrap().iter();
    let template = owned.find(|one| one["user"] != json!(null)).unwrap();
    let user = &template["user"]["id"];
    let body = json!({"user": {"user_id": user}, "payload": {"first_name": "Marit"}});
    organization.write("PATCH", "/v2/users", body, 200).await;
    let one = format!("/v1/email_templates/{}", template["id"]);
    assert_eq!(organization.read(&one).await["user"]["first_name"], "Marit");
}
