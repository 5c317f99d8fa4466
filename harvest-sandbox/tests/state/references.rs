//! References: whatever a document names by an id can be read, where there is an operation for it.

mod records;

use serde_json::{Value, json};

use crate::organization::Organization;
use records::Records;

/// What an id is of, by its name: the key that ends in `_id` or `_ids`, or the key of the object that it is in. `.` and
/// the key around that goes before, where the name alone doesn't tell.
const KINDS: &[(&str, &str)] = &[
    ("candidate_id", "candidate"),
    ("linked_candidate_ids", "candidate"),
    ("application_id", "application"),
    ("application_ids", "application"),
    ("applications", "application"),
    ("job_id", "job"),
    ("jobs", "job"),
    ("copied_from_id", "job"),
    ("job_post_id", "job_post"),
    ("current_stage", "job_stage"),
    ("interview", "interview"),
    ("interview_step", "interview"),
    ("interviews", "interview"),
    ("scorecard_id", "scorecard"),
    ("opening", "opening"),
    ("openings", "opening"),
    ("offer_id", "offer"),
    ("source", "source"),
    ("rejection_reason", "rejection_reason"),
    ("close_reason", "close_reason"),
    ("departments", "department"),
    ("department_id", "department"),
    ("prospective_department", "department"),
    ("offices", "office"),
    ("office_id", "office"),
    ("prospective_office", "office"),
    ("prospect_pool", "prospect_pool"),
    ("prospect_stage", "prospect_stage"),
    ("prospect_stages", "prospect_stage"),
    ("user_role_id", "user_role"),
    ("approval_flow_id", "approval_flow"),
    ("custom_field_options", "custom_field_option"),
    ("job_post_custom_location_id", "custom_location"),
    ("demographic_question_set_id", "question_set"),
    ("demographic_question_id", "question"),
    ("demographic_answer_option_id", "answer_option"),
    ("coordinator", "user"),
    ("coordinators", "user"),
    ("recruiter", "user"),
    ("recruiters", "user"),
    ("hiring_managers", "user"),
    ("sourcers", "user"),
    ("credited_to", "user"),
    ("prospect_owner", "user"),
    ("user", "user"),
    ("user_id", "user"),
    ("linked_user_ids", "user"),
    ("primary_contact_user_id", "user"),
    ("requested_by_user_id", "user"),
    ("organizer", "user"),
    ("interviewer", "user"),
    ("interviewers", "user"),
    ("default_interviewer_users", "user"),
    ("submitted_by", "user"),
    ("approvers", "user"),
];

/// What no operation reads by itself, so that its id is that of the place where it stands.
const OF_THEIR_PLACE: &[&str] = &[
    "educations",
    "employments",
    "notes",
    "emails",
    "activities",
    "approver_groups",
    "approver_group_id",
    "hiring_plan_id",
    "interview_kit",
    "questions",
    "location",
    "job_post_location_type",
    "greenhouse_job_board_id",
    "job_board",
    "related_post_id",
    "type",
    "race",
    "gender",
    "veteran_status",
    "disability_status",
];

/// Finds all ids in a document, each under the name that says what it is of; under none, those of records like itself.
fn visit(value: &Value, name: &str, found: &mut Vec<(String, i64)>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| visit(item, name, found)),
        Value::Object(fields) => {
            for (key, value) in fields {
                // Above and below, in a tree of the same kind.
                let of_same_kind = ["id", "parent_id", "child_ids"].contains(&key.as_str());
                let name = if of_same_kind { name } else { key };
                let is_id = of_same_kind || key.ends_with("_id") || key.ends_with("_ids");
                for id in value.as_array().unwrap_or(&vec![value.clone()]) {
                    if let Some(id) = id.as_i64().filter(|_| is_id) {
                        found.push((name.to_owned(), id));
                    }
                }
                visit(value, key, found);
            }
        }
        _ => {}
    }
}

/// What a name in a document of this kind is of; none for what stands in the place that it names.
fn kind_of<'a>(of: &'a str, name: &str) -> Option<&'a str> {
    if name.is_empty() {
        return Some(of);
    }
    if OF_THEIR_PLACE.contains(&name) {
        return None;
    }
    let known = KINDS.iter().find(|(known, _)| *known == name);
    let (_, kind) = known.unwrap_or_else(|| panic!("{of}: it is not known what {name} is"));
    Some(kind)
}

/// What names a record that can't be read, with where it stands.
fn dangling(records: &Records) -> Vec<String> {
    let mut dangling = Vec::new();
    for (of, document) in records.documents() {
        let mut found = Vec::new();
        visit(document, "", &mut found);
        for (name, id) in found {
            if let Some(kind) = kind_of(of, &name)
                && !records.has(kind, id)
            {
                dangling.push(format!("{of} {}: {name} {id} is no {kind}", document["id"]));
            }
        }
    }
    dangling
}

/// No operation makes a user and a candidate the same person, and no such user is seeded.
const NEVER_USED: [&str; 2] = ["linked_candidate_ids", "linked_user_ids"];

#[tokio::test]
async fn a_new_organization_names_nothing_that_is_not_there() {
    let organization = Organization::start().await;
    let records = Records::read(&organization).await;
    assert_eq!(dangling(&records), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_deleted_is_named_no_more() {
    let organization = Organization::start().await;
    let things = add(&organization).await;
    let records = Records::read(&organization).await;
    assert_eq!(dangling(&records), Vec::<String>::new());
    let mut used = Vec::new();
    for (_, document) in records.documents() {
        visit(document, "", &mut used);
    }
    let known = KINDS.iter().map(|(name, _)| name).chain(OF_THEIR_PLACE);
    let unused: Vec<_> = known
        .filter(|known| !used.iter().any(|(name, _)| name == *known))
        .collect();
    assert_eq!(unused, NEVER_USED.iter().collect::<Vec<_>>());

    remove(&organization, &records, things).await;
    let records = Records::read(&organization).await;
    assert_eq!(dangling(&records), Vec::<String>::new());
}

/// A candidate and a user.
struct Things {
    candidate: Value,
    user: Value,
}

/// What a new organization has nothing of.
async fn add(organization: &Organization) -> Things {
    let admin = organization.sandbox.user_id();
    let write = async |method: &str, path: &str, body: Value, status: u16| {
        organization.write(method, path, body, status).await
    };
    let job = crate::jobs::open_job(organization).await["id"].clone();
    let copy = json!({"template_job_id": job, "number_of_openings": 1});
    write("POST", "/v1/jobs", copy, 201).await;
    let office = json!({"name": "Delta", "primary_contact_user_id": admin});
    write("POST", "/v1/offices", office, 201).await;
    let user = json!({"first_name": "A", "last_name": "B", "email": "new@example.com"});
    let user = write("POST", "/v1/users", user, 201).await["id"].clone();
    let role = organization.read("/v1/user_roles").await[0]["id"].clone();
    let departments = organization.read("/v1/departments").await;
    let future = json!({"department_id": departments[0]["id"], "user_role_id": role});
    let path = format!("/v1/users/{user}/permissions/future_jobs");
    write("PUT", &path, future, 201).await;
    let candidate = json!({"first_name": "A", "last_name": "B", "tags": ["New"],
        "recruiter": {"id": user}, "coordinator": {"id": user},
        "applications": [{"job_id": job}, {"job_id": job}]});
    let candidate = write("POST", "/v1/candidates", candidate, 201).await;
    let feed = format!("/v1/candidates/{}/activity_feed", candidate["id"]);
    let note = json!({"user_id": user, "body": "A", "visibility": "public"});
    write("POST", &format!("{feed}/notes"), note, 200).await;
    let mail = json!({"user_id": user, "to": "a", "from": "b", "subject": "c", "body": "d"});
    write("POST", &format!("{feed}/emails"), mail, 201).await;
    Things { candidate, user }
}

/// Deletes one of each kind that can be deleted, of those that others name; and disables a user.
async fn remove(organization: &Organization, records: &Records, things: Things) {
    let write = async |method: &str, path: &str, body: Value| {
        let answer = organization.send(method, path, body).await;
        assert_eq!(answer.status, 200, "{method} {path}: {}", answer.text);
    };
    let Things { candidate, user } = things;
    let disable = json!({"user": {"user_id": user}});
    write("PATCH", "/v2/users/disable", disable).await;
    let application = &candidate["application_ids"][0];
    let path = format!("/v1/applications/{application}");
    write("DELETE", &path, Value::Null).await;
    let tags = organization.read("/v1/tags/candidate").await;
    let tag = &tags.as_array().unwrap().last().unwrap()["id"];
    write("DELETE", &format!("/v1/tags/candidate/{tag}"), Value::Null).await;
    for of in [
        "scorecard",
        "offer",
        "scheduled_interview",
        "eeoc",
        "answer",
    ] {
        let applications = records
            .all(of)
            .filter_map(|it| it["application_id"].as_i64());
        let candidates: Vec<_> = applications
            .filter_map(|id| records.one("application", id)["candidate_id"].as_i64())
            .collect();
        let mut deleted = 0;
        for id in candidates {
            let path = format!("/v1/candidates/{id}");
            let answer = organization.send("DELETE", &path, Value::Null).await;
            deleted += usize::from(answer.status == 200);
            if deleted == 2 {
                break;
            }
        }
        assert!(deleted > 0, "no candidate with a record of {of} is deleted");
    }
    for field in records.all("custom_field") {
        let options = field["custom_field_options"].as_array().unwrap();
        if let Some(option) = options.first() {
            let path = format!("/v1/custom_field/{}/custom_field_options", field["id"]);
            let body = json!({"option_ids": [option["id"]]});
            write("DELETE", &path, body).await;
        }
    }
    let mut jobs = records
        .all("job")
        .filter(|job| job["confidential"] == false);
    let is_open = |opening: &&Value| opening["status"] == "open";
    let (job, opening) = jobs
        .find_map(|job| {
            let mut openings = job["openings"].as_array()?.iter();
            Some((&job["id"], &openings.find(is_open)?["id"]))
        })
        .unwrap();
    let reasons = organization.read("/v1/close_reasons").await;
    let close = json!({"status": "closed", "close_reason_id": reasons[0]["id"]});
    write(
        "PATCH",
        &format!("/v1/jobs/{job}/openings/{opening}"),
        close,
    )
    .await;
    let path = format!("/v2/jobs/{job}/openings");
    write("DELETE", &path, json!({"ids": [opening]})).await;
}
