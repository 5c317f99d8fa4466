//! The changes that the recipes make, and the bulk job that they wait for.

use serde_json::{Value, json};

use super::records::{Answer, Records, missing, refused};
use super::server::Sent;

/// The id of the one bulk job.
const JOB: &str = "0b1c7a9e";

/// Carries out a call, and answers with a status and a body.
pub fn answer(records: &mut Records, sent: &Sent, path: &[String]) -> Result<(u16, Value), Answer> {
    let id = || path[1].parse().expect("an id");
    let body = &sent.body;
    match sent.operation {
        "create_candidate" => create_candidate(records, body),
        "create_candidate_tag" => {
            let known = records.all("candidate_tags").iter();
            match known.filter(|tag| tag["name"] == body["name"]).count() {
                0 => Ok((201, records.create("candidate_tags", body, &json!({})))),
                _ => Err(refused("Name has already been taken")),
            }
        }
        "add_tag_to_candidate" => {
            let candidate = body["candidate_id"].as_i64().expect("an id");
            match records.get("candidates", candidate) {
                Some(_) => Ok((
                    201,
                    records.create("applied_candidate_tags", body, &json!({})),
                )),
                None => Err(refused("Candidate must exist")),
            }
        }
        "create_note" => {
            let note = records.create("notes", body, &json!({"user_id": sent.user}));
            Ok((201, note))
        }
        "move_application" => move_application(records, id(), body),
        "reject_application" => {
            let application = records.get("applications", id());
            let application = application.ok_or_else(|| missing("Application"))?;
            if application["status"] != "in_process" {
                return Err(refused("Application is not active"));
            }
            application["status"] = json!("rejected");
            application["rejection_reason_id"] = body["rejection_reason_id"].clone();
            Ok((204, Value::Null))
        }
        "bulk_disable_users" => Ok(disable_users(records, &body["data"])),
        "get_bulk_request" => {
            assert_eq!(path[1], JOB);
            let polls = records.all("polls").len();
            records.create("polls", &json!({}), &json!({}));
            let failures = records.all("failure_files").first().cloned();
            let job = records.get("bulk_requests", 1).expect("a job");
            if polls > 0 {
                job["status"] = json!("completed");
                job["failure_results_url"] =
                    failures.map_or(Value::Null, |file| file["url"].clone());
            }
            Ok((200, json!([job])))
        }
        other => panic!("{other} is not called by a recipe"),
    }
}

fn create_candidate(records: &mut Records, body: &Value) -> Result<(u16, Value), Answer> {
    let email = body["email_addresses"][0]["value"].as_str();
    let email = email.expect("an address");
    if !email.contains('@') {
        let errors =
            json!([{"field": "email_addresses", "message": format!("{email} is no address")}]);
        return Err((
            422,
            json!({"message": "Validation failed", "errors": errors}),
        ));
    }
    let mut candidate = body.clone();
    let application = candidate.as_object_mut().unwrap().remove("application");
    let candidate = records.create("candidates", &candidate, &json!({}));
    let more = json!({"candidate_id": candidate["id"], "status": "in_process"});
    let application = application.map(|body| records.create("applications", &body, &more));
    let answer = json!({"candidate": candidate, "application": application});
    Ok((201, answer))
}

fn move_application(records: &mut Records, id: i64, body: &Value) -> Result<(u16, Value), Answer> {
    let application = records.get("applications", id);
    let application = application.ok_or_else(|| missing("Application"))?;
    if application["job_interview_stage_id"] != body["from_stage_id"] {
        return Err(refused("The application is in another stage"));
    }
    application["job_interview_stage_id"] = body["to_stage_id"].clone();
    Ok((204, Value::Null))
}

/// Deactivates the users there are, and refuses the rows of others.
fn disable_users(records: &mut Records, ids: &Value) -> (u16, Value) {
    let ids = ids.as_array().expect("ids");
    let mut done = 0;
    for id in ids {
        if let Some(user) = records.get("users", id.as_i64().expect("an id")) {
            user["deactivated"] = json!(true);
            done += 1;
        }
    }
    records.put(
        "bulk_requests",
        json!({
            "id": 1,
            "bulk_action_uuid": JOB,
            "status": "in_progress",
            "record_count": ids.len(),
            "success_count": done,
            "failure_count": ids.len() - done,
        }),
    );
    let accepted = json!({
        "bulk_action_uuid": JOB,
        "status": "building",
        "status_url": format!("v3/bulk_requests/{JOB}"),
    });
    (202, accepted)
}
