//! Applications are moved, rejected, converted, changed and deleted.

use serde_json::{Value, json};

use crate::organization::{Organization, ids};

/// An active application that the first site admin may change, with its job and the stages of it, first to last.
struct Applied {
    id: i64,
    job: i64,
    stages: Vec<i64>,
}

/// Stages are found by going through them.
async fn applied(organization: &Organization) -> Applied {
    let list = organization
        .read("/v1/applications?status=active&per_page=500")
        .await;
    let first = list
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["current_stage"]["name"] == "Application Review")
        .unwrap()
        .clone();
    let candidate = json!({"first_name": "Iva", "last_name": "Sol",
        "applications": [{"job_id": first["jobs"][0]["id"]}]});
    let candidate = organization
        .write("POST", "/v1/candidates", candidate, 201)
        .await;
    let application = &candidate["applications"][0];
    let id = application["id"].as_i64().unwrap();
    let mut stages = vec![application["current_stage"]["id"].as_i64().unwrap()];
    loop {
        let body = json!({"from_stage_id": stages.last()});
        let answer = organization.send("POST", &path(id, "/advance"), body).await;
        if answer.status == 422 {
            break;
        }
        stages.push(answer.json()["current_stage"]["id"].as_i64().unwrap());
    }
    let back = json!({"from_stage_id": stages.last(), "to_stage_id": stages[0]});
    organization
        .write("POST", &path(id, "/move"), back, 200)
        .await;
    Applied {
        id,
        job: application["jobs"][0]["id"].as_i64().unwrap(),
        stages,
    }
}

fn path(id: i64, rest: &str) -> String {
    format!("/v1/applications/{id}{rest}")
}

/// Another open job that the site admin may change.
async fn other_job(organization: &Organization, not: i64) -> i64 {
    let list = organization.read("/v1/applications?per_page=500").await;
    for one in list.as_array().unwrap() {
        if let Some(job) = one["jobs"][0]["id"].as_i64().filter(|job| *job != not) {
            let body =
                json!({"first_name": "A", "last_name": "B", "applications": [{"job_id": job}]});
            let answer = organization.send("POST", "/v1/candidates", body).await;
            if answer.status == 201 {
                return job;
            }
        }
    }
    panic!("there is no other job");
}

/// The application as each endpoint shows it is the same; the one that it is embedded in shows it without its fields.
async fn shown_everywhere(organization: &Organization, application: &Value) {
    let id = application["id"].as_i64().unwrap();
    assert_eq!(organization.read(&path(id, "")).await, *application);
    let candidate = organization
        .read(&format!("/v1/candidates/{}", application["candidate_id"]))
        .await;
    let embedded = candidate["applications"].as_array().unwrap().iter();
    let embedded = embedded.filter(|one| one["id"] == id).collect::<Vec<_>>();
    for field in ["status", "current_stage", "jobs", "last_activity_at"] {
        assert_eq!(embedded[0][field], application[field], "{field}");
    }
    assert!(candidate["last_activity"].as_str() >= application["last_activity_at"].as_str());
    let status = application["status"].as_str().unwrap();
    let list = organization
        .read(&format!("/v1/applications?status={status}&per_page=500"))
        .await;
    assert!(ids(&list).contains(&id));
}

/// What the feed of the application's candidate says last, and who did it.
pub async fn latest(organization: &Organization, application: &Value) -> (Value, Value) {
    let feed = organization
        .read(&format!(
            "/v1/candidates/{}/activity_feed",
            application["candidate_id"]
        ))
        .await;
    let entry = &feed["activities"][0];
    (entry["subject"].clone(), entry["user"]["id"].clone())
}

/// A refusal that names no field, and leaves the application as it was.
async fn refused(organization: &Organization, method: &str, path_of: &str, body: Value) -> String {
    let id = path_of.split('/').nth(3).unwrap();
    let before = organization.read(&format!("/v1/applications/{id}")).await;
    let answer = organization.send(method, path_of, body).await;
    assert_eq!(answer.status, 422, "{path_of}: {}", answer.text);
    let after = organization.read(&format!("/v1/applications/{id}")).await;
    assert_eq!(before, after);
    let errors = &answer.json()["errors"];
    assert_eq!(errors[0].get("field"), None, "{errors}");
    errors[0]["message"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_application_goes_through_the_stages_of_its_job() {
    let organization = Organization::start().await;
    let Applied { id, stages, .. } = applied(&organization).await;
    assert!(stages.len() > 2, "{stages:?}");
    let before = organization.read(&path(id, "")).await;
    let body = json!({"from_stage_id": stages[0]});
    let after = organization
        .write("POST", &path(id, "/advance"), body.clone(), 200)
        .await;
    assert_eq!(after["current_stage"]["id"], stages[1]);
    assert!(after["last_activity_at"].as_str() > before["last_activity_at"].as_str());
    assert_eq!(after["applied_at"], before["applied_at"]);
    shown_everywhere(&organization, &after).await;
    let (subject, user) = latest(&organization, &after).await;
    assert_eq!(subject, "Candidate Stage Change");
    assert_eq!(user, organization.sandbox.user_id());
    moved_as_documented(&organization, &after).await;

    // Someone who doesn't know that it has moved is refused.
    let problems = organization
        .problems("POST", &path(id, "/advance"), body)
        .await;
    assert_eq!(problems, ["from_stage_id"]);
    let body = json!({"from_stage_id": stages[0], "to_stage_id": 1});
    let problems = organization
        .problems("POST", &path(id, "/move"), body)
        .await;
    assert_eq!(problems, ["from_stage_id", "to_stage_id"]);
    assert_eq!(organization.read(&path(id, "")).await, after);
}

#[tokio::test]
async fn a_rejected_application_stands_still_until_it_is_taken_back() {
    let organization = Organization::start().await;
    let Applied { id, stages, .. } = applied(&organization).await;
    let reasons = organization.read("/v1/rejection_reasons").await;
    let body = json!({"rejection_reason_id": reasons[0]["id"], "notes": "Has never dived."});
    let rejected = organization
        .write("POST", &path(id, "/reject"), body.clone(), 200)
        .await;
    assert_eq!(rejected["status"], "rejected");
    assert_eq!(rejected["rejection_reason"], reasons[0]);
    assert_eq!(rejected["rejected_at"], rejected["last_activity_at"]);
    assert!(rejected["rejection_details"].is_object());
    assert_eq!(rejected["current_stage"]["id"], stages[0]);
    shown_everywhere(&organization, &rejected).await;
    let candidate = rejected["candidate_id"].as_i64().unwrap();
    let feed = organization
        .read(&format!("/v1/candidates/{candidate}/activity_feed"))
        .await;
    assert_eq!(feed["notes"][0]["body"], "Has never dived.");

    let still = "Application must be 'active', is currently 'rejected'";
    let moves = json!({"from_stage_id": stages[0], "to_stage_id": stages[1]});
    for (what, body) in [
        ("/reject", body),
        ("/advance", json!({"from_stage_id": stages[0]})),
        ("/move", moves),
    ] {
        assert_eq!(
            refused(&organization, "POST", &path(id, what), body).await,
            still
        );
    }

    let body = json!({"rejection_reason_id": reasons[1]["id"]});
    let answer = organization
        .write("PATCH", &path(id, "/reject"), body, 200)
        .await;
    assert_eq!(answer["id"], id);
    let named = reasons[1]["name"].as_str().unwrap();
    assert_eq!(
        answer["message"],
        format!("Rejection reason updated to {} ({named})", reasons[1]["id"])
    );
    let details = json!({"rejection_details":
        {"custom_fields": [{"name_key": "stay_in_touch", "value": "In autumn"}]}});
    let answered = organization
        .write("PATCH", &path(id, ""), details.clone(), 200)
        .await;
    assert_eq!(answered["rejection_reason"], reasons[1]);
    assert_eq!(
        answered["rejection_details"]["keyed_custom_fields"]["stay_in_touch"]["value"],
        "In autumn"
    );
    shown_everywhere(&organization, &answered).await;

    let back = organization
        .write("POST", &path(id, "/unreject"), json!({}), 200)
        .await;
    assert_eq!(back["status"], "active");
    for field in ["rejected_at", "rejection_reason", "rejection_details"] {
        assert_eq!(back[field], Value::Null, "{field}");
    }
    assert_eq!(back["current_stage"]["id"], stages[0]);
    shown_everywhere(&organization, &back).await;
    let problems = organization.problems("PATCH", &path(id, ""), details).await;
    assert_eq!(problems, ["rejection_details"]);
}

#[tokio::test]
async fn what_is_not_rejected_has_no_reason_and_is_not_taken_back() {
    let organization = Organization::start().await;
    let Applied { id, .. } = applied(&organization).await;
    let answer = organization
        .send("POST", &path(id, "/unreject"), json!({}))
        .await;
    assert_eq!(answer.status, 422);
    assert_eq!(
        answer.json(),
        json!({"errors": [{"message": "Application must be 'rejected', is currently 'active'"}]})
    );
    let reasons = organization.read("/v1/rejection_reasons").await;
    let body = json!({"rejection_reason_id": reasons[0]["id"]});
    refused(&organization, "PATCH", &path(id, "/reject"), body).await;
    let body = json!({"rejection_reason_id": 1});
    let problems = organization
        .problems("POST", &path(id, "/reject"), body)
        .await;
    assert_eq!(problems, ["rejection_reason_id"]);
    assert_eq!(organization.read(&path(id, "")).await["status"], "active");
}

#[tokio::test]
async fn a_transferred_application_starts_anew_on_the_other_job() {
    let organization = Organization::start().await;
    let Applied { id, job, stages } = applied(&organization).await;
    let other = other_job(&organization, job).await;
    for (body, fields) in [
        (json!({"new_job_id": 1}), ["new_job_id"].as_slice()),
        (json!({"new_job_id": job}), &["new_job_id"]),
        (
            json!({"new_job_id": other, "new_stage_id": stages[0]}),
            &["new_stage_id"],
        ),
    ] {
        let problems = organization
            .problems("POST", &path(id, "/transfer_to_job"), body)
            .await;
        assert_eq!(problems, fields);
    }
    let moved = organization
        .write(
            "POST",
            &path(id, "/transfer_to_job"),
            json!({"new_job_id": other}),
            200,
        )
        .await;
    assert_eq!(moved["id"], id);
    assert_eq!(moved["jobs"][0]["id"], other);
    assert_eq!(moved["current_stage"]["name"], "Application Review");
    assert_ne!(moved["current_stage"]["id"], stages[0]);
    shown_everywhere(&organization, &moved).await;
    for (job, there) in [(job, false), (other, true)] {
        let list = organization
            .read(&format!("/v1/applications?job_id={job}&per_page=500"))
            .await;
        assert_eq!(ids(&list).contains(&id), there, "{job}");
    }
}

#[tokio::test]
async fn a_prospect_is_converted_and_neither_moved_nor_deleted() {
    let organization = Organization::start().await;
    let Applied { id, job, stages } = applied(&organization).await;
    let candidate = organization.read(&path(id, "")).await["candidate_id"].clone();
    let body = json!({"job_id": job});
    refused(
        &organization,
        "PATCH",
        &path(id, "/convert_prospect"),
        body.clone(),
    )
    .await;

    let to = format!("/v1/candidates/{candidate}/applications");
    let pool = organization.read("/v1/prospect_pools").await[0].clone();
    let prospect = json!({"prospect": "true", "job_ids": [job], "prospect_pool_id": pool["id"]});
    let prospect = organization.write("POST", &to, prospect, 201).await;
    assert_eq!(prospect["prospect"], true);
    shown_everywhere(&organization, &prospect).await;
    let old = prospect["id"].as_i64().unwrap();
    refused(&organization, "DELETE", &path(old, ""), Value::Null).await;
    let transfer = json!({"new_job_id": job});
    refused(
        &organization,
        "POST",
        &path(old, "/transfer_to_job"),
        transfer,
    )
    .await;
    let stage = json!({"prospect_stage_id": pool["prospect_stages"][1]["id"]});
    let staged = organization
        .write("PATCH", &path(old, ""), stage, 200)
        .await;
    assert_eq!(
        staged["prospect_detail"]["prospect_stage"],
        pool["prospect_stages"][1]
    );

    let body = json!({"job_id": job, "initial_stage_id": stages[1]});
    let answer = organization
        .write("PATCH", &path(old, "/convert_prospect"), body.clone(), 200)
        .await;
    assert_eq!(answer["old_application_id"], old);
    assert_eq!(answer["new_job_id"], job);
    let new = organization
        .read(&path(answer["new_application_id"].as_i64().unwrap(), ""))
        .await;
    assert_ne!(new["id"], old);
    assert_eq!(new["prospect"], false);
    assert_eq!(new["prospect_detail"]["prospect_pool"], Value::Null);
    assert_eq!(new["current_stage"]["id"], stages[1]);
    shown_everywhere(&organization, &new).await;
    let old_one = organization.read(&path(old, "")).await;
    assert_eq!(old_one["status"], "converted");
    let again = organization
        .send("PATCH", &path(old, "/convert_prospect"), body)
        .await;
    assert_eq!(again.status, 422);
    let edit = json!({"source_id": null});
    refused(&organization, "PATCH", &path(old, ""), edit).await;
}

#[tokio::test]
async fn an_application_is_edited_field_by_field() {
    let organization = Organization::start().await;
    let Applied { id, .. } = applied(&organization).await;
    let before = organization.read(&path(id, "")).await;
    let sources = organization.read("/v1/sources").await;
    let user = organization.read("/v1/users").await[2].clone();
    let body = json!({"source_id": sources[2]["id"], "recruiter_id": user["id"],
        "coordinator_id": null, "referrer": {"type": "id", "value": user["id"]},
        "custom_fields": [{"name_key": "portfolio", "value": "https://example.com/iva"}]});
    let after = organization.write("PATCH", &path(id, ""), body, 200).await;
    assert_eq!(after["source"]["id"], sources[2]["id"]);
    assert_eq!(after["recruiter"]["id"], user["id"]);
    assert_eq!(after["credited_to"]["id"], user["id"]);
    assert_eq!(after["coordinator"], Value::Null);
    assert_eq!(
        after["custom_fields"]["portfolio"],
        "https://example.com/iva"
    );
    for field in ["status", "jobs", "current_stage", "applied_at"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    shown_everywhere(&organization, &after).await;
    let body = json!({"source_id": 1, "recruiter_id": 1, "custom_fields": [{"name_key": "no"}],
        "prospect_pool_id": 1});
    let problems = organization.problems("PATCH", &path(id, ""), body).await;
    assert_eq!(
        problems,
        [
            "source_id",
            "recruiter_id",
            "custom_fields.0",
            "prospect_pool_id",
            "prospect_pool_id"
        ]
    );
    assert_eq!(organization.read(&path(id, "")).await, after);
}

#[tokio::test]
async fn a_file_of_an_application_is_fetched_without_credentials() {
    let organization = Organization::start().await;
    let Applied { id, .. } = applied(&organization).await;
    let file = json!({"filename": "cv.txt", "type": "resume", "content": "SGVsbG8=",
        "content_type": "text/plain"});
    let added = organization
        .write("POST", &path(id, "/attachments"), file, 201)
        .await;
    assert_eq!(added["content_type"], "text/plain");
    let application = organization.read(&path(id, "")).await;
    let attachment = &application["attachments"][0];
    assert_eq!(attachment["filename"], "cv.txt");
    assert!(attachment["created_at"].is_string());
    shown_everywhere(&organization, &application).await;
    let url = attachment["url"].as_str().unwrap();
    let fetched = crate::support::send(reqwest::Client::new().get(url)).await;
    assert_eq!((fetched.status, fetched.text.as_str()), (200, "Hello"));
    let empty = json!({"filename": "cv.txt", "type": "resume"});
    let problems = organization
        .problems("POST", &path(id, "/attachments"), empty)
        .await;
    assert_eq!(problems, ["content"]);
}

#[tokio::test]
async fn a_deleted_application_is_gone_and_its_candidate_stays() {
    let organization = Organization::start().await;
    let Applied { id, job, .. } = applied(&organization).await;
    let candidate = organization.read(&path(id, "")).await["candidate_id"].clone();
    let to = format!("/v1/candidates/{candidate}/applications");
    let second = organization
        .write("POST", &to, json!({"job_id": job}), 201)
        .await;
    let answer = organization
        .write("DELETE", &path(id, ""), Value::Null, 200)
        .await;
    assert_eq!(
        answer,
        json!({"message": format!("Application {id} has been deleted.")})
    );
    assert_eq!(organization.get(&path(id, "")).await.status, 404);
    let list = organization
        .read(&format!("/v1/applications?job_id={job}&per_page=500"))
        .await;
    assert!(!ids(&list).contains(&id));
    let candidate = organization
        .read(&format!("/v1/candidates/{candidate}"))
        .await;
    assert_eq!(candidate["application_ids"], json!([second["id"]]));
    let again = organization
        .send("DELETE", &path(id, ""), Value::Null)
        .await;
    assert_eq!(again.status, 404);
}

#[tokio::test]
async fn a_basic_user_changes_no_application() {
    let organization = Organization::start().await;
    let Applied { id, job, stages } = applied(&organization).await;
    let basic = organization.basic_user().await;
    let before = organization.read(&path(id, "")).await;
    let moves = json!({"from_stage_id": stages[0], "to_stage_id": stages[1]});
    for (method, what, body) in [
        ("POST", "/advance", json!({"from_stage_id": stages[0]})),
        ("POST", "/move", moves),
        ("POST", "/transfer_to_job", json!({"new_job_id": job})),
        ("POST", "/reject", json!({})),
        ("POST", "/unreject", json!({})),
        ("PATCH", "", json!({"source_id": null})),
        ("DELETE", "", Value::Null),
    ] {
        let answer = organization
            .send_as(basic, method, &path(id, what), body)
            .await;
        assert_eq!(answer.status, 404, "{what}: {}", answer.text);
    }
    assert_eq!(organization.read(&path(id, "")).await, before);
}

/// The latest move in the feed says who was moved where, for which job, when and by whom, as the documentation shows it.
async fn moved_as_documented(organization: &Organization, application: &Value) {
    let candidate = format!("/v1/candidates/{}", application["candidate_id"]);
    let feed = organization
        .read(&format!("{candidate}/activity_feed"))
        .await;
    let move_made = &feed["activities"][0];
    let name = |it: &Value| {
        let part = |of: &str| it[of].as_str().unwrap().to_owned();
        format!("{} {}", part("first_name"), part("last_name"))
    };
    let at = move_made["created_at"].as_str().unwrap();
    let day = format!("{}/{}/{}", &at[5..7], &at[8..10], &at[..4]);
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    assert_eq!(
        text(&move_made["body"]),
        format!(
            "{} was moved into {} for {} on {day} by {}",
            name(&organization.read(&candidate).await),
            text(&application["current_stage"]["name"]),
            text(&application["jobs"][0]["name"]),
            text(&move_made["user"]["name"]),
        )
    );
}
