use std::time::Duration;

use harvest_sandbox::{Builder, Sandbox};
use rusqlite::types::Value;
use serde_json::json;

use crate::organization::{Organization, ids};
use crate::temp_dir::TempDir;
use crate::walk::File;

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

/// A line of units, each below the one before, as long as one can be.
async fn line(organization: &Organization, path: &str, name: &str) -> Vec<i64> {
    let mut ids: Vec<i64> = Vec::new();
    loop {
        let mut body = json!({"name": format!("{name} {}", ids.len())});
        if let Some(above) = ids.last() {
            body["parent_id"] = (*above).into();
        }
        let answer = organization.send("POST", path, body).await;
        if answer.status == 422 {
            assert!(answer.text.contains("maximum"), "{}", answer.text);
            return ids;
        }
        assert!(ids.len() < 1_000, "there is no end of levels");
        ids.push(answer.json()["id"].as_i64().unwrap());
    }
}

/// Its recursion ends, and parsers of JSON can read it.
#[tokio::test]
async fn a_tree_is_as_deep_as_can_be_read() {
    let organization = patient(Sandbox::builder()).await;
    for path in ["/v1/departments", "/v1/offices"] {
        let ids = line(&organization, path, "Level").await;
        assert_eq!(ids.len(), 50, "{path}");
        let url = format!("{path}/{}?render_as=tree", ids[0]);
        let mut tree = organization.read(&url).await;
        for id in ids {
            assert_eq!(tree["id"], id, "{path}");
            let below = tree["children"].as_array_mut().unwrap();
            assert!(below.len() <= 1, "{path}");
            tree = below.pop().unwrap_or_default();
        }
        assert!(tree.is_null(), "{path}");
        organization.read(&format!("{path}?render_as=tree")).await;
    }
}

/// A folder from before there was a bound may have a deeper one.
#[tokio::test]
async fn a_tree_that_is_too_deep_is_refused() {
    let folder = TempDir::new("deep-tree");
    let organization = patient(Sandbox::builder().data(folder.path())).await;
    for (path, table) in [("/v1/departments", "department"), ("/v1/offices", "office")] {
        let upper = line(&organization, path, "Upper").await;
        let lower = line(&organization, path, "Lower").await;
        let above = json!({"parent_id": upper.last()});
        File::of(folder.path()).patch(table, lower[0], &above);
        for url in [
            format!("{path}?render_as=tree"),
            format!("{path}/{}?render_as=tree", upper[1]),
        ] {
            let answer = organization.get(&url).await;
            assert_eq!(answer.status, 422, "{url}: {}", answer.text);
        }
        organization.read(path).await;
        let part = format!("{path}/{}?render_as=tree", lower[0]);
        organization.read(&part).await;
        let body = json!({"name": "Lowest", "parent_id": lower.last()});
        assert_eq!(
            organization.problems("POST", path, body).await,
            ["parent_id"]
        );
    }
}

/// To render all of a tree for each that is added would be work that grows with the square.
#[tokio::test]
async fn a_change_makes_only_documents_of_neighbours_anew() {
    let folder = TempDir::new("neighbours");
    let organization = patient(Sandbox::builder().data(folder.path())).await;
    for (path, table) in [("/v1/departments", "department"), ("/v1/offices", "office")] {
        let ids = line(&organization, path, "Level").await;
        let file = File::of(folder.path());
        let middle = ids[ids.len() / 2];
        for (method, url, body, neighbours) in [
            (
                "POST",
                path.to_owned(),
                json!({"name": "Beside", "parent_id": middle}),
                1,
            ),
            (
                "PATCH",
                format!("{path}/{middle}"),
                json!({"external_id": "M"}),
                4,
            ),
        ] {
            file.execute(&format!("UPDATE {table} SET document = '{{}}'"), []);
            let status = if method == "POST" { 201 } else { 200 };
            organization.write(method, &url, body, status).await;
            let sql = format!("SELECT count(*) FROM {table} WHERE document <> '{{}}'");
            // Those that were changed or added are among them.
            let made = if method == "POST" {
                neighbours + 1
            } else {
                neighbours
            };
            assert_eq!(file.value(&sql, []), Value::Integer(made), "{method} {url}");
            file.forget_documents();
        }
    }
}

async fn patient(builder: Builder) -> Organization {
    Organization::with(builder.rate_limit(1_000_000, Duration::from_secs(1))).await
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
