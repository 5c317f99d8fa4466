use serde_json::{Value, json};

use crate::custom_fields::define;
use crate::jobs::open_job;
use crate::organization::Organization;

/// An organization in which openings need a number, and the path of the openings of one of its jobs.
async fn strict(limits: Value) -> (Organization, Value, String) {
    let organization = Organization::start().await;
    let job = open_job(&organization).await;
    let mut field =
        json!({"name": "Grade", "field_type": "opening", "value_type": "number", "required": true});
    let fields = field.as_object_mut().unwrap();
    for (key, value) in limits.as_object().unwrap() {
        fields.insert(key.clone(), value.clone());
    }
    define(&organization, field).await;
    let path = format!("/v1/jobs/{}/openings", job["id"]);
    (organization, job, path)
}

#[tokio::test]
async fn a_new_opening_has_to_have_what_is_required() {
    let (organization, _, path) = strict(json!({})).await;
    let before = organization.read(&path).await;
    let good = json!({"opening_id": "G-1", "custom_fields": [{"name_key": "grade", "value": 7}]});
    let with =
        |value: Value| json!({"openings": [good, {"opening_id": "G-2", "custom_fields": value}]});
    for (sent, places) in [
        (json!([]), ["openings.1.custom_fields"]),
        (
            json!([{"name_key": "grade", "value": null}]),
            ["openings.1.custom_fields"],
        ),
        // Wrong is not missing: reported once.
        (
            json!([{"name_key": "grade", "value": "high"}]),
            ["openings.1.custom_fields.0"],
        ),
    ] {
        let body = with(sent.clone());
        let problems = organization.problems("POST", &path, body).await;
        assert_eq!(problems, places, "{sent}");
    }
    let answer = organization
        .send("POST", &path, json!({"openings": [{"opening_id": null}]}))
        .await;
    assert!(answer.text.contains("Missing required custom field: grade"));
    assert_eq!(organization.read(&path).await, before);

    let added = organization
        .write("POST", &path, json!({"openings": [good]}), 201)
        .await;
    let one = format!("{path}/{}", added["openings"][0]["id"]);
    assert_eq!(organization.read(&one).await["custom_fields"]["grade"], 7);
    let cleared = json!({"custom_fields": [{"name_key": "grade", "delete_value": "true"}]});
    assert_eq!(
        organization.problems("PATCH", &one, cleared).await,
        ["custom_fields.0"]
    );
    // Older than the rule, and changed in another respect.
    let older = format!("{path}/{}", before[0]["id"]);
    organization
        .write("PATCH", &older, json!({"opening_id": "Old"}), 200)
        .await;
}

#[tokio::test]
async fn what_is_limited_to_other_offices_is_not_required() {
    let organization = Organization::start().await;
    let job = open_job(&organization).await;
    let own = &job["offices"][0]["id"];
    let offices = organization.read("/v1/offices").await;
    let mut others = offices.as_array().unwrap().iter();
    let other = &others.find(|office| office["id"] != *own).unwrap()["id"];
    for (office, status) in [(other, 201), (own, 422)] {
        let (organization, _, path) = strict(json!({"office_ids": [office]})).await;
        let body = json!({"openings": [{"opening_id": null}]});
        let answer = organization.send("POST", &path, body).await;
        assert_eq!(answer.status, status, "{}", answer.text);
    }
}

#[tokio::test]
async fn jobs_are_copied_whatever_is_required() {
    let (organization, job, _) = strict(json!({})).await;
    let field =
        json!({"name": "Season", "field_type": "job", "value_type": "date", "required": true});
    define(&organization, field).await;
    let body = json!({"template_job_id": job["id"], "number_of_openings": 2});
    let copy = organization.write("POST", "/v1/jobs", body, 201).await;
    assert_eq!(copy["openings"].as_array().unwrap().len(), 2);
    assert_eq!(copy["custom_fields"]["season"], Value::Null);
}
