use serde_json::{Value, json};

use crate::organization::{Organization, ids};

/// The first open job that is not confidential.
pub async fn open_job(organization: &Organization) -> Value {
    let jobs = organization.read("/v1/jobs?status=open").await;
    let jobs = jobs.as_array().unwrap().iter();
    let mut jobs = jobs.filter(|job| job["confidential"] == false);
    jobs.next().unwrap().clone()
}

#[tokio::test]
async fn a_job_is_read_with_what_belongs_to_it() {
    let organization = Organization::start().await;
    let job = open_job(&organization).await;
    let path = format!("/v1/jobs/{}", job["id"]);
    assert_eq!(organization.read(&path).await, job);
    let openings = organization.read(&format!("{path}/openings")).await;
    assert_eq!(ids(&job["openings"]), ids(&openings));
    assert!(job["openings"][0].get("custom_fields").is_none());
    assert_eq!(organization.get("/v1/jobs/1").await.status, 404);
}

#[tokio::test]
async fn jobs_are_filtered() {
    let organization = Organization::start().await;
    let all = organization.read("/v1/jobs").await;
    let all = all.as_array().unwrap();
    let job = open_job(&organization).await;
    let path = format!("/v1/jobs/{}", job["id"]);
    let fields = organization.read("/v1/custom_fields/job").await;
    let basin = fields
        .as_array()
        .unwrap()
        .iter()
        .find(|field| field["name_key"] == "river_basin");
    let option = &basin.unwrap()["custom_field_options"][1];
    organization
        .write(
            "PATCH",
            &path,
            json!({"requisition_id": "R-77",
                "custom_fields": [{"name_key": "river_basin", "value": option["id"]}]}),
            200,
        )
        .await;
    let opening = format!("{path}/openings");
    organization
        .write(
            "POST",
            &opening,
            json!({"openings": [{"opening_id": "only-here"}]}),
            201,
        )
        .await;
    for filter in [
        "requisition_id=R-77".to_owned(),
        "opening_id=only-here".to_owned(),
        format!("custom_field_option_id={}", option["id"]),
    ] {
        let found = organization.read(&format!("/v1/jobs?{filter}")).await;
        assert_eq!(ids(&found), [job["id"].as_i64().unwrap()], "{filter}");
    }
    for (one, many) in [("department", "departments"), ("office", "offices")] {
        let unit = &job[many][0];
        let expected: Vec<i64> = all
            .iter()
            .filter(|job| job[many][0]["id"] == unit["id"])
            .map(|job| job["id"].as_i64().unwrap())
            .collect();
        let by_id = format!("/v1/jobs?{one}_id={}", unit["id"]);
        assert_eq!(ids(&organization.read(&by_id).await), expected);
        let change = json!({"external_id": "X-1"});
        let unit_path = format!("/v1/{many}/{}", unit["id"]);
        organization.write("PATCH", &unit_path, change, 200).await;
        let by_external_id = format!("/v1/jobs?external_{one}_id=X-1");
        assert_eq!(ids(&organization.read(&by_external_id).await), expected);
    }
    let mut by_status = 0;
    for status in ["open", "closed", "draft"] {
        let found = organization
            .read(&format!("/v1/jobs?status={status}"))
            .await;
        let found = found.as_array().unwrap();
        assert!(found.iter().all(|job| job["status"] == status));
        by_status += found.len();
    }
    assert_eq!(by_status, all.len());
}

#[tokio::test]
async fn a_change_shows_everywhere() {
    let organization = Organization::start().await;
    let job = open_job(&organization).await;
    let path = format!("/v1/jobs/{}", job["id"]);
    let changed = organization
        .write(
            "PATCH",
            &path,
            json!({"name": "Ice Watcher", "notes": "<p>Cold.</p>", "requisition_id": null,
                "anywhere": true,
                   "office_ids": [], "department_id": null,
                   "custom_fields": [{"name_key": "pay_band", "min_value": 1, "max_value": 2,
                       "unit": "EUR"},
                                     {"name_key": "field_work", "value": "true"}]}),
            200,
        )
        .await;
    assert_eq!(changed["name"], "Ice Watcher");
    assert_eq!(changed["requisition_id"], Value::Null);
    assert_eq!(changed["offices"], json!([]));
    // As the service was seen to say it.
    assert_eq!(changed["departments"], json!([null]));
    assert_eq!(changed["custom_fields"]["field_work"], true);
    assert_eq!(
        changed["keyed_custom_fields"]["pay_band"]["value"],
        json!({"min_value": 1, "max_value": 2, "unit": "EUR"})
    );
    assert!(changed["updated_at"].as_str() > job["updated_at"].as_str());
    // Only this answer shows the custom fields of the openings.
    assert!(changed["openings"][0]["custom_fields"].is_object());
    let mut read = organization.read(&path).await;
    assert_eq!(ids(&read["openings"]), ids(&changed["openings"]));
    read["openings"] = changed["openings"].clone();
    assert_eq!(read, changed);
    let applications = organization
        .read(&format!("/v1/applications?job_id={}", job["id"]))
        .await;
    assert_eq!(applications[0]["jobs"][0]["name"], "Ice Watcher");
    let cleared = json!({"custom_fields": [{"name_key": "field_work", "delete_value": "true"}]});
    let changed = organization.write("PATCH", &path, cleared, 200).await;
    assert_eq!(changed["custom_fields"]["field_work"], Value::Null);
}

#[tokio::test]
async fn wrong_changes_change_nothing() {
    let organization = Organization::start().await;
    let job = open_job(&organization).await;
    let path = format!("/v1/jobs/{}", job["id"]);
    for (body, at) in [
        (json!({"name": " "}), "name"),
        (json!({"name": "A", "office_ids": [1]}), "office_ids.0"),
        (
            json!({"external_office_ids": ["?"]}),
            "external_office_ids.0",
        ),
        (
            json!({"office_ids": [], "external_office_ids": []}),
            "office_ids",
        ),
        (json!({"department_id": 1}), "department_id"),
        (
            json!({"external_department_id": "?"}),
            "external_department_id",
        ),
        (
            json!({"department_id": null, "external_department_id": "?"}),
            "department_id",
        ),
        (
            json!({"name": "A", "custom_fields": [{"name_key": "?", "value": 1}]}),
            "custom_fields.0",
        ),
    ] {
        let problems = organization.problems("PATCH", &path, body.clone()).await;
        assert_eq!(problems, [at], "{body}");
    }
    let basic = organization.basic_user().await;
    let answer = organization
        .send_as(basic, "PATCH", &path, json!({"name": "A"}))
        .await;
    assert_eq!(answer.status, 403);
    assert_eq!(organization.read(&path).await, job);
    let answer = organization.send("PATCH", "/v1/jobs/1", json!({})).await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn a_job_is_made_by_copying_one() {
    let organization = Organization::start().await;
    let template = open_job(&organization).await;
    let job = organization
        .write(
            "POST",
            "/v1/jobs",
            json!({"template_job_id": template["id"], "number_of_openings": 2,
                "requisition_id": "R-9",
                   "opening_ids": ["a", "b"], "office_ids": []}),
            201,
        )
        .await;
    let name = format!("Copy Of {}", template["name"].as_str().unwrap());
    assert_eq!(job["name"], name);
    assert_eq!(job["copied_from_id"], template["id"]);
    assert_eq!(job["status"], "open");
    assert_eq!(job["requisition_id"], "R-9");
    assert_eq!(job["hiring_team"], template["hiring_team"]);
    assert_eq!(job["departments"], template["departments"]);
    assert_eq!(job["offices"], json!([]));
    assert_eq!(job["openings"].as_array().unwrap().len(), 2);
    assert_eq!(job["openings"][1]["opening_id"], "b");
    assert_eq!(job["openings"][1]["status"], "open");
    let path = format!("/v1/jobs/{}", job["id"]);
    assert_eq!(organization.read(&path).await, job);
    let stages = organization.read(&format!("{path}/stages")).await;
    let theirs = organization
        .read(&format!("/v1/jobs/{}/stages", template["id"]))
        .await;
    let names = |stages: &Value| -> Vec<Value> {
        let stages = stages.as_array().unwrap().iter();
        stages.map(|stage| stage["name"].clone()).collect()
    };
    assert_eq!(names(&stages), names(&theirs));
    assert!(ids(&stages).iter().all(|id| !ids(&theirs).contains(id)));
    assert_ne!(
        stages[1]["interviews"][0]["id"],
        theirs[1]["interviews"][0]["id"]
    );
}

#[tokio::test]
async fn a_job_admin_who_copies_a_job_is_an_admin_of_the_copy() {
    let organization = Organization::start().await;
    let mut admin = None;
    for user in organization.read("/v1/users").await.as_array().unwrap() {
        for job in organization.read("/v1/jobs").await.as_array().unwrap() {
            let path = format!("/v1/jobs/{}", job["id"]);
            let id = user["id"].as_i64().unwrap();
            let may = user["site_admin"] == false && user["disabled"] == false;
            if admin.is_none()
                && may
                && organization
                    .send_as(id, "PATCH", &path, json!({}))
                    .await
                    .status
                    == 200
            {
                admin = Some((id, job["id"].clone()));
            }
        }
        if admin.is_some() {
            break;
        }
    }
    let (user, job) = admin.unwrap();
    let copy = json!({"template_job_id": job, "number_of_openings": 1, "job_name": "Mine"});
    let answer = organization
        .send_as(user, "POST", "/v1/jobs", copy.clone())
        .await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let path = format!("/v1/jobs/{}", answer.json()["id"]);
    let answer = organization
        .send_as(user, "PATCH", &path, json!({"notes": "<p>Mine.</p>"}))
        .await;
    assert_eq!(answer.status, 200);
    let basic = organization.basic_user().await;
    let answer = organization.send_as(basic, "POST", "/v1/jobs", copy).await;
    assert_eq!(answer.status, 403);
}

#[tokio::test]
async fn permissions_on_jobs_to_come_are_given_on_copies() {
    let organization = Organization::start().await;
    let template = open_job(&organization).await;
    let basic = organization.basic_user().await;
    let department = &template["departments"][0]["id"];
    let role = organization.read("/v1/user_roles").await[0]["id"].clone();
    let future = format!("/v1/users/{basic}/permissions/future_jobs");
    let body = json!({"department_id": department, "user_role_id": role});
    organization.write("PUT", &future, body, 201).await;
    let mut copies = Vec::new();
    for department in [department, &Value::Null] {
        let body = json!({"template_job_id": template["id"], "number_of_openings": 1,
            "department_id": department});
        let job = organization.write("POST", "/v1/jobs", body, 201).await;
        copies.push(job["id"].clone());
    }
    let permissions = format!("/v1/users/{basic}/permissions/jobs");
    let permissions = organization.read(&permissions).await;
    let permissions = permissions.as_array().unwrap().iter();
    let jobs: Vec<&Value> = permissions
        .filter(|it| it["user_role_id"] == role)
        .map(|it| &it["job_id"])
        .collect();
    assert!(jobs.contains(&&copies[0]));
    assert!(!jobs.contains(&&copies[1]));
}

#[tokio::test]
async fn wrong_copies_are_refused() {
    let organization = Organization::start().await;
    let template = open_job(&organization).await["id"].clone();
    let before = organization.read("/v1/jobs").await;
    for (body, at) in [
        (
            json!({"template_job_id": 1, "number_of_openings": 1}),
            "template_job_id",
        ),
        (
            json!({"template_job_id": template, "number_of_openings": 0}),
            "number_of_openings",
        ),
        (
            json!({"template_job_id": template, "number_of_openings": 101}),
            "number_of_openings",
        ),
        (
            json!({"template_job_id": template, "number_of_openings": 2, "opening_ids": ["a"]}),
            "opening_ids",
        ),
        (
            json!({"template_job_id": template, "number_of_openings": 1, "job_name": ""}),
            "job_name",
        ),
        (
            json!({"template_job_id": template, "number_of_openings": 1, "department_id": 1}),
            "department_id",
        ),
    ] {
        let problems = organization
            .problems("POST", "/v1/jobs", body.clone())
            .await;
        assert_eq!(problems, [at], "{body}");
    }
    assert_eq!(organization.read("/v1/jobs").await, before);
}
