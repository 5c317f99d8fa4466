use harvest_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::organization::{Organization, ids};

/// An open job that is not confidential, as an application shows it, found by way of candidates.
async fn job(organization: &Organization) -> Value {
    let applications = organization.read("/v1/applications?per_page=500").await;
    let applications = applications.as_array().unwrap().iter();
    let mut jobs = applications.filter(|one| one["current_stage"]["name"] == "Application Review");
    jobs.next().unwrap()["jobs"][0].clone()
}

#[tokio::test]
async fn the_last_page_is_where_the_link_says() {
    let organization = Organization::with(Sandbox::builder().candidates(230)).await;
    let first = organization.get("/v1/candidates").await;
    assert_eq!(ids(&first.json()).len(), 100);
    assert!(
        first
            .header("link")
            .contains("page=3&per_page=100>; rel=\"last\"")
    );
    let last = organization.get("/v1/candidates?page=3").await;
    assert_eq!(ids(&last.json()).len(), 30);
    let mut all = Vec::new();
    for page in 1..=8 {
        all.extend(ids(&organization
            .read(&format!("/v1/candidates?per_page=31&page={page}"))
            .await));
    }
    assert_eq!(all.len(), 230);
    assert!(all.is_sorted());
    for place in [0, 99, 229] {
        let candidate = organization
            .read(&format!("/v1/candidates/{}", all[place]))
            .await;
        assert_eq!(candidate["id"], all[place]);
        assert_eq!(
            ids(&candidate["applications"]),
            serde_json::from_value::<Vec<i64>>(candidate["application_ids"].clone()).unwrap()
        );
    }
    assert_eq!(
        Organization::with(Sandbox::builder().candidates(0))
            .await
            .read("/v1/candidates")
            .await,
        json!([])
    );
}

#[tokio::test]
async fn a_candidate_is_added_with_an_application_and_found_everywhere() {
    let organization = Organization::start().await;
    let job = job(&organization).await;
    let user = organization.read("/v1/users").await[1].clone();
    let source = organization.read("/v1/sources").await[4].clone();
    let candidate = organization
        .write(
            "POST",
            "/v1/candidates",
            json!({
                "first_name": "Noor", "last_name": "Lindqvist", "company": "Tidewater Survey",
                "email_addresses": [{"value": "noor@example.com", "type": "personal"}],
                "tags": ["Portuguese", "portuguese", "Dives"],
                "custom_fields": [{"name_key": "notice_period_1", "value": "One month"}],
                "recruiter": {"email": user["primary_email_address"]},
                "educations": [{"start_month": 9, "start_year": 2012}],
                "employments": [{"company_name": "A", "title": "B",
                    "start_date": "2014-08-15T10:00:00Z"}],
                "activity_feed_notes": [{"user_id": user["id"], "body": "Came recommended.",
                    "visibility": "public"}],
                "applications": [{"job_id": job["id"], "source_id": source["id"],
                                  "referrer": {"type": "id", "value": user["id"]}}],
            }),
            201,
        )
        .await;
    assert_eq!(candidate["recruiter"]["name"], user["name"]);
    assert_eq!(candidate["tags"], json!(["Portuguese", "Dives"]));
    assert_eq!(
        candidate["keyed_custom_fields"]["notice_period_1"]["value"],
        "One month"
    );
    assert_eq!(candidate["custom_fields"]["notice_period"], "One month");
    assert_eq!(
        candidate["educations"][0]["start_date"],
        "2012-09-01T00:00:00.000000"
    );
    assert_eq!(candidate["employments"][0]["start_date"], "2014-08-15");
    let application = &candidate["applications"][0];
    assert_eq!(application["jobs"], json!([job]));
    assert_eq!(
        application["source"],
        json!({"id": source["id"], "public_name": source["name"]})
    );
    assert_eq!(application["credited_to"]["id"], user["id"]);
    assert_eq!(application["current_stage"]["name"], "Application Review");
    assert_eq!(application["prospect"], false);

    let id = candidate["id"].as_i64().unwrap();
    assert_eq!(
        organization.read(&format!("/v1/candidates/{id}")).await,
        candidate
    );
    for filter in [
        "email=NOOR@example.com".to_owned(),
        format!("candidate_ids={id},7"),
        format!(
            "created_after={}",
            candidate["created_at"].as_str().unwrap()
        ),
    ] {
        let found = organization.read(&format!("/v1/candidates?{filter}")).await;
        assert_eq!(ids(&found), [id], "{filter}");
    }
    let found = organization
        .read(&format!("/v1/candidates?job_id={}&per_page=500", job["id"]))
        .await;
    assert!(ids(&found).contains(&id));
    let alone = organization
        .read(&format!("/v1/applications/{}", application["id"]))
        .await;
    assert_eq!(alone["candidate_id"], id);
    assert!(alone["custom_fields"].is_object());
    let feed = organization
        .read(&format!("/v1/candidates/{id}/activity_feed"))
        .await;
    assert_eq!(feed["notes"][0]["body"], "Came recommended.");
    assert_eq!(
        feed["activities"][0]["user"]["id"],
        organization.sandbox.user_id()
    );
    let tags = organization.read("/v1/tags/candidate").await;
    assert!(
        tags.as_array()
            .unwrap()
            .iter()
            .any(|tag| tag["name"] == "Dives")
    );
}

#[tokio::test]
async fn an_edit_replaces_lists_and_leaves_the_rest() {
    let organization = Organization::start().await;
    let before = organization.read("/v1/candidates").await[0].clone();
    let path = format!("/v1/candidates/{}", before["id"]);
    let after = organization
        .write(
            "PATCH",
            &path,
            json!({"company": null, "title": "Diver", "tags": [],
                "email_addresses": [{"value": "new@example.com", "type": "work"}],
                   "custom_fields": [{"name_key": "driving_licence", "delete_value": "true"}]}),
            200,
        )
        .await;
    assert_eq!(after["company"], Value::Null);
    assert_eq!(after["title"], "Diver");
    assert_eq!(after["tags"], json!([]));
    assert_eq!(
        after["keyed_custom_fields"]["driving_licence"]["value"],
        Value::Null
    );
    assert_eq!(after["first_name"], before["first_name"]);
    assert_eq!(after["applications"], before["applications"]);
    assert!(after["updated_at"].as_str() > before["updated_at"].as_str());
    let old = before["email_addresses"][0]["value"].as_str().unwrap();
    assert_eq!(
        organization
            .read(&format!("/v1/candidates?email={old}"))
            .await,
        json!([])
    );
    assert_eq!(organization.read(&path).await, after);
}

#[tokio::test]
async fn a_user_who_is_renamed_is_renamed_in_candidates() {
    let organization = Organization::start().await;
    let candidates = organization.read("/v1/candidates").await;
    let recruited = candidates
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["recruiter"]["employee_id"].is_string());
    let recruited = recruited.unwrap();
    let body = json!({"user": {"user_id": recruited["recruiter"]["id"]},
        "payload": {"first_name": "Renamed"}});
    organization.write("PATCH", "/v2/users", body, 200).await;
    let page = organization.read("/v1/candidates?per_page=500").await;
    let mut seen = 0;
    for candidate in page.as_array().unwrap() {
        if candidate["recruiter"]["id"] == recruited["recruiter"]["id"] {
            assert_eq!(candidate["recruiter"]["first_name"], "Renamed");
            seen += 1;
        }
    }
    assert!(seen > 0);
}

#[tokio::test]
async fn a_deleted_candidate_is_gone_with_everything() {
    let organization = Organization::start().await;
    let candidate = organization.read("/v1/candidates").await[3].clone();
    let path = format!("/v1/candidates/{}", candidate["id"]);
    let answer = organization.write("DELETE", &path, Value::Null, 200).await;
    assert_eq!(
        answer,
        json!({"message": format!("Person {} has been deleted.", candidate["id"])})
    );
    for gone in [
        path.clone(),
        format!("{path}/activity_feed"),
        format!("/v1/applications/{}", candidate["application_ids"][0]),
    ] {
        assert_eq!(organization.get(&gone).await.status, 404, "{gone}");
    }
    assert_eq!(
        organization.send("DELETE", &path, Value::Null).await.status,
        404
    );
    let rest = organization.read("/v1/candidates?per_page=500").await;
    assert_eq!(ids(&rest).len(), 59);
    assert!(!ids(&rest).contains(&candidate["id"].as_i64().unwrap()));
}

#[tokio::test]
async fn all_that_is_wrong_is_told_and_nothing_is_kept() {
    let organization = Organization::start().await;
    let job = job(&organization).await;
    // Not the whole records: links to files are signed when they are sent.
    let before = ids(&organization.read("/v1/candidates").await);
    let problems = organization
        .problems(
            "POST",
            "/v1/candidates",
            json!({
                "first_name": "A", "last_name": "B", "tags": ["Unheard of"],
                "recruiter": {"id": 1},
                "custom_fields": [{"name_key": "no_such", "value": 1},
                    {"name_key": "expected_salary", "value": 5}],
                "educations": [{"start_month": 9, "school_id": 5}],
                "applications": [{"job_id": 1}, {"job_id": job["id"], "initial_stage_id": 1},
                                 {"prospect": "true", "prospective_office_id": 3}],
            }),
        )
        .await;
    assert_eq!(
        problems,
        [
            "recruiter",
            "custom_fields.0",
            "custom_fields.1",
            "educations.0.school_id",
            "educations.0.start_date",
            "applications.0.job_id",
            "applications.1.initial_stage_id",
            "applications.2.prospective_office_id",
            "applications.2.prospective_office_id",
        ]
    );
    assert_eq!(ids(&organization.read("/v1/candidates").await), before);
    let tags = organization.read("/v1/tags/candidate").await;
    assert!(
        tags.as_array()
            .unwrap()
            .iter()
            .all(|tag| tag["name"] != "Unheard of")
    );
}

#[tokio::test]
async fn a_basic_user_may_not_and_a_private_candidate_is_seen_by_few() {
    let organization = Organization::start().await;
    let job = job(&organization).await;
    let basic = organization.basic_user().await;
    let body = json!({"first_name": "A", "last_name": "B", "is_private": true,
        "applications": [{"job_id": job["id"]}]});
    let answer = organization
        .send_as(basic, "POST", "/v1/candidates", body.clone())
        .await;
    assert_eq!(answer.status, 403);
    let candidate = organization
        .write("POST", "/v1/candidates", body, 201)
        .await;
    let path = format!("/v1/candidates/{}", candidate["id"]);
    // Not even a site admin, unless the candidate is theirs.
    let answer = organization
        .send("PATCH", &path, json!({"title": "X"}))
        .await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn prospects_are_candidates_with_another_kind_of_application() {
    let organization = Organization::start().await;
    let job = job(&organization).await;
    let body = json!({"first_name": "Rui", "last_name": "Sá", "application": {
        "job_ids": [job["id"]],
        "custom_fields": [{"name_key": "available_from", "value": "2026-09-01"}]}});
    let prospect = organization.write("POST", "/v1/prospects", body, 201).await;
    let application = &prospect["applications"][0];
    assert_eq!(application["prospect"], true);
    assert_eq!(application["jobs"], json!([job]));
    assert_eq!(application["current_stage"], Value::Null);
    let alone = organization
        .read(&format!("/v1/applications/{}", application["id"]))
        .await;
    assert_eq!(alone["custom_fields"]["available_from"], "2026-09-01");
    // Without an application in the body, too.
    let body = json!({"first_name": "Rui", "last_name": "Sá"});
    let prospect = organization.write("POST", "/v1/prospects", body, 201).await;
    assert_eq!(prospect["applications"][0]["jobs"], json!([]));
}

#[tokio::test]
async fn files_are_fetched_by_links_that_run_out() {
    let organization = Organization::start().await;
    let job = job(&organization).await;
    let file = json!({"filename": "Ré sumé.txt", "type": "resume", "content": "SGVsbG8=",
        "content_type": "text/plain"});
    let body = json!({"first_name": "A", "last_name": "B",
        "applications": [{"job_id": job["id"], "attachments": [file.clone()]}]});
    let candidate = organization
        .write("POST", "/v1/candidates", body, 201)
        .await;
    let attachment = &candidate["attachments"][0];
    assert_eq!(attachment["filename"], "Ré sumé.txt");
    assert_eq!(candidate["applications"][0]["attachments"][0], *attachment);
    let url = attachment["url"].as_str().unwrap();
    assert!(url.starts_with(organization.sandbox.url()), "{url}");

    let client = reqwest::Client::new();
    let fetched = crate::support::send(client.get(url)).await;
    assert_eq!((fetched.status, fetched.text.as_str()), (200, "Hello"));
    assert_eq!(fetched.header("content-type"), "text/plain");
    let key = organization.sandbox.key();
    let with_key = client.get(url).basic_auth(key, Some(""));
    assert_eq!(crate::support::send(with_key).await.status, 400);
    for wrong in [
        url.replace("expires=1", "expires=2"),
        url.replace("signature=", "signature=00"),
    ] {
        assert_eq!(crate::support::send(client.get(wrong)).await.status, 403);
    }

    let path = format!("/v1/candidates/{}/attachments", candidate["id"]);
    let added = organization.write("POST", &path, file, 201).await;
    assert_eq!(added["content_type"], "text/plain");
    let read = organization
        .read(&format!("/v1/candidates/{}", candidate["id"]))
        .await;
    assert_eq!(read["attachments"].as_array().unwrap().len(), 2);
    for (field, body) in [
        ("content", json!({"filename": "x", "type": "resume"})),
        (
            "content",
            json!({"filename": "x", "type": "resume", "content": "%",
                "content_type": "text/plain"}),
        ),
        (
            "content_type",
            json!({"filename": "x", "type": "resume", "content": "SGVsbG8="}),
        ),
    ] {
        assert_eq!(organization.problems("POST", &path, body).await, [field]);
    }
}
