use harvest_sandbox::{Fault, Sandbox};
use serde_json::json;

use crate::organization::{Organization, ids};

#[tokio::test]
async fn the_list_begins_as_in_the_support_article() {
    let organization = Organization::start().await;
    let answer = organization.get("/v1/users").await;
    let first = concat!(
        r#"[{"id":1049756,"name":"Integration User","first_name":"Integration","#,
        r#""last_name":"User","primary_email_address":"integrationuser@gmail.com","#,
        r#""updated_at":"2019-03-28T18:29:46.015Z","created_at":"2019-03-26T22:23:46.414Z","#,
        r#""disabled":false,"site_admin":true,"emails":["integrationuser@gmail.com"],"#,
        r#""employee_id":"INTUSER123","linked_candidate_ids":[]},"#
    );
    assert!(answer.text.starts_with(first), "{}", answer.text);
    assert_eq!(organization.sandbox.user_id(), 1_049_756);
}

#[tokio::test]
async fn a_user_is_added_changed_disabled_and_enabled() {
    let organization = Organization::start().await;
    let department = organization.read("/v1/departments").await[0].clone();
    let user = organization
        .write(
            "POST",
            "/v1/users",
            json!({"first_name": "Mira", "last_name": "Whitcombe", "email": "mira@example.com",
                   "employee_id": "MW-0042", "department_ids": [department["id"]]}),
            201,
        )
        .await;
    assert_eq!(user["site_admin"], false);
    assert_eq!(user["emails"], json!(["mira@example.com"]));
    assert_eq!(user["departments"][0], department);
    let path = format!("/v1/users/{}", user["id"]);
    assert_eq!(organization.read(&path).await, user);
    for filter in ["employee_id=MW-0042", "email=MIRA@example.com"] {
        let found = organization.read(&format!("/v1/users?{filter}")).await;
        assert_eq!(ids(&found), [user["id"].as_i64().unwrap()], "{filter}");
    }

    let by_email = json!({"user": {"email": "mira@example.com"}});
    let result = organization
        .write(
            "PATCH",
            "/v2/users",
            json!({"user": {"employee_id": "MW-0042"},
                "payload": {"first_name": "Miriam", "department_ids": []}}),
            200,
        )
        .await;
    assert_eq!(result, json!({"success": "true"}));
    let changed = organization.read(&path).await;
    assert_eq!(changed["name"], "Miriam Whitcombe");
    assert_eq!(changed["departments"], json!([]));
    assert_eq!(changed["created_at"], user["created_at"]);

    let disabled = organization
        .write("PATCH", "/v2/users/disable", by_email.clone(), 200)
        .await;
    assert_eq!(disabled["disabled"], true);
    let answer = organization
        .send_as(
            user["id"].as_i64().unwrap(),
            "POST",
            "/v1/departments",
            json!({"name": "X"}),
        )
        .await;
    assert_eq!(answer.status, 403);
    let enabled = organization
        .write("PATCH", "/v2/users/enable", by_email, 200)
        .await;
    assert_eq!(enabled["disabled"], false);
}

#[tokio::test]
async fn a_rename_of_a_department_shows_in_its_users() {
    let organization = Organization::start().await;
    let users = organization.read("/v1/users").await;
    let user = users
        .as_array()
        .unwrap()
        .iter()
        .find(|user| user["departments"][0]["id"].is_i64());
    let user = user.unwrap();
    let path = format!("/v1/departments/{}", user["departments"][0]["id"]);
    organization
        .write("PATCH", &path, json!({"name": "Renamed"}), 200)
        .await;
    let user = organization
        .read(&format!("/v1/users/{}", user["id"]))
        .await;
    assert_eq!(user["departments"][0]["name"], "Renamed");
}

#[tokio::test]
async fn addresses_are_added_once() {
    let organization = Organization::start().await;
    let user = organization.basic_user().await;
    let path = format!("/v1/users/{user}/email_addresses");
    let body = json!({"email": "second@example.com"});
    let added = organization.write("POST", &path, body.clone(), 201).await;
    assert_eq!(added["user_id"], user);
    assert_eq!(added["verified"], "false");
    assert_eq!(organization.send("POST", &path, body).await.status, 204);
    let again = json!({"email": "SECOND@example.com", "send_verification": true});
    assert_eq!(organization.write("POST", &path, again, 200).await, added);
    // Not verified, so not shown; but no other user can have it.
    let shown = organization.read(&format!("/v1/users/{user}")).await;
    assert_eq!(shown["emails"].as_array().unwrap().len(), 1);
    let problems = organization
        .problems(
            "POST",
            "/v1/users",
            json!({"first_name": "A", "last_name": "B", "email": "second@example.com",
                "office_ids": [1]}),
        )
        .await;
    assert_eq!(problems, ["email", "office_ids.0"]);
}

#[tokio::test]
async fn an_admin_can_be_made_basic() {
    let organization = Organization::start().await;
    let users = organization.read("/v1/users").await;
    let admin = users
        .as_array()
        .unwrap()
        .iter()
        .skip(1)
        .find(|user| user["site_admin"] == true);
    let admin = admin.unwrap()["id"].as_i64().unwrap();
    let body = json!({"user": {"user_id": admin}, "level": "basic"});
    organization
        .write("PATCH", "/v1/users/permission_level", body.clone(), 200)
        .await;
    assert_eq!(
        organization.read(&format!("/v1/users/{admin}")).await["site_admin"],
        false
    );
    let answer = organization
        .send_as(admin, "PATCH", "/v1/users/permission_level", body)
        .await;
    assert_eq!(answer.status, 403);
    let unknown = json!({"user": {"email": "nobody@example.com"}, "level": "basic"});
    let problems = organization
        .problems("PATCH", "/v1/users/permission_level", unknown)
        .await;
    assert_eq!(problems, ["user.email"]);
}

#[tokio::test]
async fn filters_have_the_documented_bounds() {
    let organization = Organization::start().await;
    let users = organization.read("/v1/users").await;
    let user = &users[5];
    let at = user["created_at"].as_str().unwrap();
    let after = ids(&organization
        .read(&format!("/v1/users?created_after={at}"))
        .await);
    let before = ids(&organization
        .read(&format!("/v1/users?created_before={at}"))
        .await);
    let id = user["id"].as_i64().unwrap();
    assert!(after.contains(&id) && !before.contains(&id));
    assert_eq!(after.len() + before.len(), users.as_array().unwrap().len());
}

#[tokio::test]
async fn pages_are_cut_and_linked() {
    let organization = Organization::start().await;
    let all = ids(&organization.read("/v1/users").await);
    let first = organization.get("/v1/users?per_page=6&x=1").await;
    assert_eq!(ids(&first.json()), all[..6]);
    let host = organization.sandbox.url();
    assert_eq!(
        first.header("link"),
        format!(
            "<{host}/v1/users?page=2&per_page=6&x=1>; \
             rel=\"next\",<{host}/v1/users?page=3&per_page=6&x=1>; rel=\"last\""
        )
    );
    let last = organization
        .get("/v1/users?per_page=6&page=3&skip_count=true")
        .await;
    assert_eq!(ids(&last.json()), all[12..]);
    assert_eq!(
        last.header("link"),
        format!("<{host}/v1/users?page=2&per_page=6&skip_count=true>; rel=\"prev\"")
    );
    assert_eq!(organization.read("/v1/users?page=9").await, json!([]));
}

#[tokio::test]
async fn a_list_grows_at_its_front_when_a_fault_says_so() {
    let fault = Fault::rows_inserted(2).on("list_users").nth(2);
    let organization = Organization::with(Sandbox::builder().fault(fault)).await;
    let first = ids(&organization.read("/v1/users?per_page=6").await);
    let second = organization.get("/v1/users?per_page=6&page=2").await;
    assert_eq!(ids(&second.json())[..2], first[4..]);
    let all = ids(&organization.read("/v1/users?per_page=100").await);
    assert_eq!(all.len(), 17);
    assert_eq!(all[2..8], first);
    assert!(!first.contains(&all[0]) && all[0] != all[1]);
}
