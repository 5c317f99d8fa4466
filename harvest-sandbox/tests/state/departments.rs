use serde_json::json;

use crate::organization::{Organization, ids};

#[tokio::test]
async fn a_department_appears_wherever_it_is_shown() {
    let organization = Organization::start().await;
    let parent = organization
        .write(
            "POST",
            "/v1/departments",
            json!({"name": "Rivers", "external_id": "RIV"}),
            201,
        )
        .await;
    assert_eq!(parent["parent_department_external_ids"], "");
    let child = organization
        .write(
            "POST",
            "/v1/departments",
            json!({"name": "Deltas", "external_parent_id": "RIV"}),
            201,
        )
        .await;
    assert_eq!(child["parent_id"], parent["id"]);
    assert_eq!(child["parent_department_external_ids"], "RIV");

    let path = format!("/v1/departments/{}", parent["id"]);
    let read = organization.read(&path).await;
    assert_eq!(read["child_ids"], json!([child["id"]]));
    assert_eq!(read["child_department_external_ids"], json!([null]));
    let tree = organization.read(&format!("{path}?render_as=tree")).await;
    assert_eq!(
        tree,
        json!({"id": parent["id"], "name": "Rivers", "external_id": "RIV", "children": [
            {"id": child["id"], "name": "Deltas", "children": [], "external_id": null},
        ]})
    );

    // A change of the one above shows below it.
    organization
        .write("PATCH", &path, json!({"external_id": "R-2"}), 200)
        .await;
    let list = organization.read("/v1/departments?external_id=R-2").await;
    assert_eq!(ids(&list), [parent["id"].as_i64().unwrap()]);
    let child = organization
        .read(&format!("/v1/departments/{}", child["id"]))
        .await;
    assert_eq!(child["parent_department_external_ids"], "R-2");
}

/// How many there are in a tree.
fn count(list: &serde_json::Value) -> usize {
    let list = list.as_array().unwrap();
    list.len()
        + list
            .iter()
            .map(|one| count(&one["children"]))
            .sum::<usize>()
}

#[tokio::test]
async fn the_tree_has_each_department_once() {
    let organization = Organization::start().await;
    let flat = organization.read("/v1/departments").await;
    let tree = organization.read("/v1/departments?render_as=tree").await;
    assert_eq!(count(&tree), ids(&flat).len());
    assert!(ids(&tree).len() < ids(&flat).len());
}

#[tokio::test]
async fn faults_are_told_all_at_once_and_change_nothing() {
    let organization = Organization::start().await;
    let before = organization.read("/v1/departments").await;
    let name = before[0]["name"].as_str().unwrap().to_uppercase();
    let problems = organization
        .problems(
            "POST",
            "/v1/departments",
            json!({"name": name, "parent_id": 1, "external_parent_id": "none"}),
        )
        .await;
    assert_eq!(problems, ["name", "parent_id"]);
    assert_eq!(organization.read("/v1/departments").await, before);

    let basic = organization.basic_user().await;
    let answer = organization
        .send_as(basic, "POST", "/v1/departments", json!({"name": "Lakes"}))
        .await;
    assert_eq!(answer.status, 403);
    assert_eq!(organization.read("/v1/departments").await, before);
    assert_eq!(organization.get("/v1/departments/1").await.status, 404);
}

#[tokio::test]
async fn a_rename_shows_in_prospects() {
    let organization = Organization::start().await;
    let department = organization.read("/v1/departments").await[0]["id"].clone();
    let office = organization.read("/v1/offices").await[0]["id"].clone();
    let body = json!({"first_name": "A", "last_name": "B"});
    let prospect = organization.write("POST", "/v1/prospects", body, 201).await;
    let candidate = format!("/v1/candidates/{}", prospect["id"]);
    let body = json!({"prospect": "true", "prospective_department_id": department,
                      "prospective_office_id": office});
    let path = format!("{candidate}/applications");
    let application = organization.write("POST", &path, body, 201).await;
    let name = json!({"name": "Renamed"});
    for (kind, id) in [("departments", &department), ("offices", &office)] {
        let path = format!("/v1/{kind}/{id}");
        organization.write("PATCH", &path, name.clone(), 200).await;
    }
    let application = format!("/v1/applications/{}", application["id"]);
    let application = organization.read(&application).await;
    let candidate = organization.read(&candidate).await;
    for shown in [&application, &candidate["applications"][1]] {
        assert_eq!(shown["prospective_department"]["name"], "Renamed");
        assert_eq!(shown["prospective_office"]["name"], "Renamed");
    }
}
