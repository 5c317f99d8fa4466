use serde_json::{Value, json};

use crate::organization::{Organization, ids};

/// A field of candidates of which several options can be chosen, and the path of its options.
async fn languages(organization: &Organization) -> (Value, String) {
    let fields = organization.read("/v1/custom_fields/candidate").await;
    let mut fields = fields.as_array().unwrap().iter();
    let field = fields
        .find(|field| field["name_key"] == "languages")
        .unwrap();
    let path = format!("/v1/custom_field/{}/custom_field_options", field["id"]);
    (field.clone(), path)
}

#[tokio::test]
async fn options_are_added_renamed_and_deleted() {
    let organization = Organization::start().await;
    let (field, path) = languages(&organization).await;
    let before = organization.read(&path).await;
    assert_eq!(before, field["custom_field_options"]);
    let body = json!({"options": [
        {"name": "Galician", "priority": 7, "external_id": "gl"},
        // There already, and ignored.
        {"name": "Norwegian", "priority": 8},
    ]});
    let answer = organization.write("POST", &path, body, 201).await;
    assert_eq!(answer, json!({"success": true}));
    let after = organization.read(&path).await;
    assert_eq!(after.as_array().unwrap().len(), 4);
    assert_eq!(after[1], before[1]);
    let galician = &after[3];
    assert_eq!(galician["external_id"], "gl");

    let candidates = organization.read("/v1/candidates?per_page=1").await;
    let candidate = format!("/v1/candidates/{}", candidates[0]["id"]);
    let value = json!({"custom_fields": [
        {"name_key": "languages", "value": [galician["id"], before[0]["id"]]},
    ]});
    organization
        .write("PATCH", &candidate, value.clone(), 200)
        .await;
    let body = json!({"options": [
        {"id": galician["id"], "name": "Galego", "external_id": null},
        {"id": before[0]["id"], "priority": 9},
    ]});
    organization.write("PATCH", &path, body, 200).await;
    let shown = organization.read(&candidate).await;
    assert_eq!(
        shown["custom_fields"]["languages"],
        json!(["Galego", before[0]["name"]])
    );
    let list = organization.read(&path).await;
    assert_eq!(list[3]["id"], before[0]["id"], "by priority");

    let body = json!({"option_ids": [galician["id"], 1]});
    for message in [
        "1 option(s) deleted. 1 option(s) not found.",
        "0 option(s) deleted. 2 option(s) not found.",
    ] {
        let answer = organization.write("DELETE", &path, body.clone(), 200).await;
        assert_eq!(answer, json!({"message": message}));
    }
    // It can't be chosen any more; who has it keeps it.
    assert_eq!(ids(&organization.read(&path).await).len(), 3);
    let inactive = organization.read(&format!("{path}?type=inactive")).await;
    assert_eq!(ids(&inactive), [galician["id"].as_i64().unwrap()]);
    assert_eq!(
        ids(&organization.read(&format!("{path}?type=all")).await).len(),
        4
    );
    assert_eq!(
        organization.problems("PATCH", &candidate, value).await,
        ["custom_fields.0"]
    );
    assert_eq!(
        organization.read(&candidate).await["custom_fields"],
        shown["custom_fields"]
    );
}

#[tokio::test]
async fn options_come_in_pages_that_only_know_the_next() {
    let organization = Organization::start().await;
    let (_, path) = languages(&organization).await;
    let first = organization.get(&format!("{path}?per_page=2")).await;
    assert_eq!(ids(&first.json()).len(), 2);
    let host = organization.sandbox.url();
    let id = path.split('/').nth(3).unwrap();
    let next = format!("<{host}{path}?id={id}&page=2&per_page=2>; rel=\"next\"");
    assert_eq!(first.header("link"), next);
    let last = organization.get(&format!("{path}?per_page=2&page=2")).await;
    assert_eq!(ids(&last.json()).len(), 1);
    assert!(!last.header("link").contains("next"));
}

#[tokio::test]
async fn what_is_no_option_is_refused() {
    let organization = Organization::start().await;
    let (_, path) = languages(&organization).await;
    let before = organization.read(&path).await;
    let body = json!({"options": [
        {"id": before[0]["id"], "name": before[1]["name"]},
        {"id": before[1]["id"], "name": " "},
        {"id": 1, "name": "A"},
    ]});
    let problems = organization.problems("PATCH", &path, body).await;
    assert_eq!(
        problems,
        ["options.0.name", "options.1.name", "options.2.id"]
    );
    let body = json!({"options": [{"name": "A", "priority": 1}, {"name": "", "priority": 2}]});
    let problems = organization.problems("POST", &path, body.clone()).await;
    assert_eq!(problems, ["options.1.name"]);
    assert_eq!(organization.read(&path).await, before);

    let fields = organization.read("/v1/custom_fields/candidate").await;
    let of_text = fields.as_array().unwrap().iter();
    let mut of_text = of_text.filter(|field| field["value_type"] == "yes_no");
    let id = &of_text.next().unwrap()["id"];
    let other = format!("/v1/custom_field/{id}/custom_field_options");
    assert_eq!(
        organization.problems("POST", &other, body.clone()).await,
        [""]
    );
    assert_eq!(organization.read(&other).await, json!([]));
    let basic = organization.basic_user().await;
    assert_eq!(
        organization
            .send_as(basic, "POST", &path, body)
            .await
            .status,
        403
    );
}
