//! Records that v1 shows inside of others, or answers otherwise than v3: the lists of both hold the same records, whichever
//! version wrote the last one.

use serde_json::{Value, json};

use crate::both::Both;
use crate::people::{candidate, job, stages, write};

/// A creation of v3 and the lists in which both versions have the record. `{…}` stands for ids.
pub struct Within {
    pub operation: &'static str,
    path: &'static str,
    body: &'static str,
    /// Where the record is in the answer to the creation.
    made: &'static str,
    v3: &'static str,
    /// The path by which v1 reads the list, and where it is in the answer.
    v1: (&'static str, &'static str),
    /// Pointers to what names a record, in v3 and v1.
    by: (&'static str, &'static str),
    /// Pointers to what has to be the same.
    same: &'static [(&'static str, &'static str)],
    /// Method, path and body of the creation by v1, if it has one.
    reverse: Option<(&'static str, &'static str, &'static str)>,
}

const ID: (&str, &str) = ("/id", "/id");

pub const WITHIN: &[Within] = &[
    Within {
        operation: "create_candidate",
        path: "/v3/candidates",
        body: r#"{"first_name": "Ilse", "last_name": "Brand", "title": "Diver",
            "time_zone": "lisbon",
                  "application": {"job_id": {job}}}"#,
        made: "/candidate",
        v3: "/v3/candidates?per_page=500",
        v1: ("/v1/candidates?per_page=500", ""),
        by: ID,
        same: &[
            ("/first_name", "/first_name"),
            ("/last_name", "/last_name"),
            ("/title", "/title"),
            ("/created_at", "/created_at"),
            ("/private", "/is_private"),
            ("/tags", "/tags"),
            ("/email_addresses", "/email_addresses"),
        ],
        reverse: Some((
            "POST",
            "/v1/candidates",
            r#"{"first_name": "Oda", "last_name": "Lind", "applications": [{"job_id": {job}}]}"#,
        )),
    },
    Within {
        operation: "create_application",
        path: "/v3/applications",
        body: r#"{"candidate_id": {candidate}, "job_id": {other_job}}"#,
        made: "",
        v3: "/v3/applications?candidate_ids={candidate}",
        v1: ("/v1/candidates/{candidate}", "/applications"),
        by: ID,
        same: &[
            ("/candidate_id", "/candidate_id"),
            ("/created_at", "/applied_at"),
            ("/prospect", "/prospect"),
            ("/job_id", "/jobs/0/id"),
            ("/job_interview_stage_id", "/current_stage/id"),
            ("/stage_name", "/current_stage/name"),
            ("/recruiter_id", "/recruiter/id"),
        ],
        reverse: Some((
            "POST",
            "/v1/candidates/{candidate}/applications",
            r#"{"job_id": {other_job}}"#,
        )),
    },
    Within {
        operation: "create_education",
        path: "/v3/candidate_educations",
        body: r#"{"candidate_id": {candidate}}"#,
        made: "",
        v3: "/v3/candidate_educations?candidate_ids={candidate}",
        v1: ("/v1/candidates/{candidate}", "/educations"),
        by: ID,
        same: &[],
        reverse: Some((
            "POST",
            "/v1/candidates/{candidate}/educations",
            r#"{"school_id": {school}, "start_month": 9, "start_year": 2016}"#,
        )),
    },
    Within {
        operation: "create_employment",
        path: "/v3/candidate_employments",
        body: r#"{"candidate_id": {candidate}, "company_name": "Tidewater", "title": "Diver",
                  "start_date": "2015-03-01"}"#,
        made: "",
        v3: "/v3/candidate_employments?candidate_ids={candidate}",
        v1: ("/v1/candidates/{candidate}", "/employments"),
        by: ID,
        same: &[("/company_name", "/company_name"), ("/title", "/title")],
        reverse: Some((
            "POST",
            "/v1/candidates/{candidate}/employments",
            r#"{"company_name": "Skerry", "title": "Pilot", "start_date": "2016-03-01T00:00:00Z"}"#,
        )),
    },
    Within {
        operation: "add_tag_to_candidate",
        path: "/v3/applied_candidate_tags",
        body: r#"{"candidate_id": {candidate}, "candidate_tag_id": {tag}}"#,
        made: "",
        v3: "/v3/applied_candidate_tags?candidate_ids={candidate}",
        v1: ("/v1/candidates/{candidate}/tags", ""),
        by: ("/candidate_tag_id", "/id"),
        same: &[],
        reverse: Some(("PUT", "/v1/candidates/{candidate}/tags/{other_tag}", "null")),
    },
    Within {
        operation: "create_note",
        path: "/v3/notes",
        body: r#"{"candidate_id": {candidate}, "user_id": {admin}, "body": "Swims well.",
                  "note_type": "NOTE", "visibility": "private"}"#,
        made: "",
        v3: "/v3/notes?candidate_ids={candidate}&type=NOTE",
        v1: ("/v1/candidates/{candidate}/activity_feed", "/notes"),
        by: ID,
        same: &[("/body", "/body"), ("/user_id", "/user/id")],
        reverse: Some((
            "POST",
            "/v1/candidates/{candidate}/activity_feed/notes",
            r#"{"user_id": {admin}, "body": "Dives, too.", "visibility": "admin_only"}"#,
        )),
    },
    Within {
        operation: "create_attachment",
        path: "/v3/attachments",
        body: r#"{"application_id": {application}, "filename": "tides.txt", "type": "other",
                  "content": "SGlnaCBhdCBub29uLg=="}"#,
        made: "",
        v3: "/v3/attachments?application_ids={application}",
        v1: ("/v1/applications/{application}", "/attachments"),
        by: ("/filename", "/filename"),
        same: &[
            ("/type", "/type"),
            ("/created_at", "/created_at"),
            ("/url", "/url"),
        ],
        reverse: Some((
            "POST",
            "/v1/applications/{application}/attachments",
            r#"{"filename": "moon.txt", "type": "other", "content": "RnVsbA==",
                "content_type": "text/plain"}"#,
        )),
    },
    Within {
        operation: "create_offer",
        path: "/v3/offers",
        body: r#"{"application_id": {application}, "starts_on": "2027-05-04"}"#,
        made: "",
        v3: "/v3/offers?application_ids={application}",
        v1: ("/v1/applications/{application}/offers", ""),
        by: ID,
        same: &[
            ("/application_id", "/application_id"),
            ("/version", "/version"),
            ("/starts_on", "/starts_at"),
        ],
        // v1 makes none by itself.
        reverse: None,
    },
    Within {
        operation: "create_scheduled_interview",
        path: "/v3/interviews",
        body: r#"{"application_id": {application}, "job_interview_id": {interview},
                  "external_event_id": "pairs-3", "starts_at": "2027-01-01T10:00:00Z",
                  "ends_at": "2027-01-01T11:00:00Z",
                  "interviewers": [{"user_id": {admin}, "response_status": "accepted"}]}"#,
        made: "",
        v3: "/v3/interviews?application_ids={application}",
        v1: ("/v1/applications/{application}/scheduled_interviews", ""),
        by: ID,
        same: &[
            ("/external_event_id", "/external_event_id"),
            ("/starts_at", "/start/date_time"),
            ("/status", "/status"),
            ("/organizer_id", "/organizer/id"),
            ("/job_interview_id", "/interview/id"),
        ],
        reverse: Some((
            "POST",
            "/v1/scheduled_interviews",
            r#"{"application_id": {application}, "interview_id": {interview},
                "external_event_id": "pairs-1", "start": "2027-01-02T10:00:00Z",
                "end": "2027-01-02T11:00:00Z",
                "interviewers": [{"user_id": {admin}, "response_status": "accepted"}]}"#,
        )),
    },
    Within {
        operation: "create_job",
        path: "/v3/jobs",
        body: r#"{"template_job_id": {job}, "number_of_openings": 1, "job_name": "Tide reader"}"#,
        made: "",
        v3: "/v3/jobs?per_page=500",
        v1: ("/v1/jobs?per_page=500", ""),
        by: ID,
        same: &[
            ("/name", "/name"),
            ("/status", "/status"),
            ("/requisition_id", "/requisition_id"),
            ("/confidential", "/confidential"),
            ("/copied_from_id", "/copied_from_id"),
            ("/department_id", "/departments/0/id"),
            ("/office_ids/0", "/offices/0/id"),
        ],
        reverse: Some((
            "POST",
            "/v1/jobs",
            r#"{"template_job_id": {job}, "number_of_openings": 1, "job_name": "Moon reader"}"#,
        )),
    },
    Within {
        operation: "create_job_opening",
        path: "/v3/openings",
        body: r#"{"job_id": {job}, "opening_id": "PAIRS-3"}"#,
        made: "",
        v3: "/v3/openings?job_ids={job}",
        v1: ("/v1/jobs/{job}/openings", ""),
        by: ID,
        same: &[
            ("/opening_id", "/opening_id"),
            ("/opened_at", "/opened_at"),
            ("/closed_at", "/closed_at"),
            ("/application_id", "/application_id"),
            ("/close_reason_id", "/close_reason/id"),
        ],
        reverse: Some((
            "POST",
            "/v1/jobs/{job}/openings",
            r#"{"openings": [{"opening_id": "PAIRS-1"}]}"#,
        )),
    },
    Within {
        operation: "create_job_hiring_manager",
        path: "/v3/job_hiring_managers",
        body: r#"{"job_id": {job}, "user_id": {admin}}"#,
        made: "",
        v3: "/v3/job_hiring_managers?job_ids={job}",
        v1: ("/v1/jobs/{job}/hiring_team", "/hiring_managers"),
        by: ("/user_id", "/user_id"),
        same: &[],
        reverse: Some((
            "POST",
            "/v1/jobs/{job}/hiring_team",
            r#"{"hiring_managers": [{"user_id": {user}}]}"#,
        )),
    },
    Within {
        operation: "create_job_owner",
        path: "/v3/job_owners",
        body: r#"{"job_id": {job}, "user_id": {admin}, "type": "recruiter",
                  "candidate_responsibility": "future"}"#,
        made: "",
        v3: "/v3/job_owners?job_ids={job}&type=recruiter",
        v1: ("/v1/jobs/{job}/hiring_team", "/recruiters"),
        by: ("/user_id", "/user_id"),
        same: &[("/responsible", "/responsible")],
        reverse: Some((
            "POST",
            "/v1/jobs/{job}/hiring_team",
            r#"{"recruiters": [{"user_id": {user}, "responsible_for_future_candidates": true,
                "responsible_for_active_candidates": false,
                "responsible_for_inactive_candidates": false}]}"#,
        )),
    },
    Within {
        operation: "create_approval_flow",
        path: "/v3/approval_flows",
        body: r#"{"job_id": {job}, "approval_type": "offer_candidate", "sequential": true,
                  "approver_groups": [
                {"approvals_required": 1, "approvers": [{"user_id": {admin}}]}]}"#,
        made: "",
        v3: "/v3/approval_flows?job_ids={job}",
        v1: ("/v1/jobs/{job}/approval_flows", ""),
        by: ID,
        same: &[
            ("/sequential", "/sequential"),
            ("/version", "/version"),
            ("/approval_type", "/approval_type"),
            ("/offer_id", "/offer_id"),
        ],
        reverse: Some((
            "PUT",
            "/v1/jobs/{other_job}/approval_flows",
            r#"{"approval_type": "offer_candidate", "sequential": false,
                "approver_groups": [
                {"approvals_required": 1, "approvers": [{"user_id": {admin}}]}]}"#,
        )),
    },
];

/// Ids by what `{…}` calls them.
async fn ids(both: &Both) -> Vec<(&'static str, String)> {
    let job = job(both).await;
    let jobs = both.list("/v1/jobs?status=open").await;
    let mut others = jobs.iter().filter(|it| it["confidential"] == false);
    let other = others.find(|it| it["id"] != job["id"]).unwrap();
    let (person, application) = candidate(both, &job).await;
    let stages = stages(both, &job).await;
    let steps = stages
        .iter()
        .flat_map(|it| it["interviews"].as_array().unwrap());
    let mut steps = steps.filter(|it| it["schedulable"] == true);
    let team = both
        .read(&format!("/v1/jobs/{}/hiring_team", job["id"]))
        .await;
    let team = team.to_string();
    let users = both.list("/v3/users?deactivated=false").await;
    let user = users
        .iter()
        .find(|it| it["site_admin"] == false && !team.contains(&it["id"].to_string()));
    let tags = both.list("/v3/candidate_tags").await;
    let schools = both.list("/v1/schools").await;
    vec![
        ("{job}", job["id"].to_string()),
        ("{other_job}", other["id"].to_string()),
        ("{candidate}", person["id"].to_string()),
        ("{application}", application["id"].to_string()),
        ("{interview}", steps.next().unwrap()["id"].to_string()),
        ("{admin}", both.sandbox.user_id().to_string()),
        ("{user}", user.unwrap()["id"].to_string()),
        ("{tag}", tags[0]["id"].to_string()),
        ("{other_tag}", tags[1]["id"].to_string()),
        ("{school}", schools[0]["id"].to_string()),
    ]
}

#[tokio::test]
async fn lists_of_both_versions_hold_the_same_records() {
    let both = Both::start().await;
    // Links to files end at a time that is counted from now.
    let now = both.sandbox.clock().now();
    both.sandbox.clock().freeze(now).unwrap();
    let ids = ids(&both).await;
    let fill = |text: &str| {
        let fill = |text: String, (name, id): &(&str, String)| text.replace(name, id);
        ids.iter().fold(text.to_owned(), fill)
    };
    let (mut forth, mut back) = (0, 0);
    for row in WITHIN {
        let v3 = fill(row.v3);
        let v1 = fill(row.v1.0);
        let before = compare(&both, row, &v3, &v1).await;
        let body = serde_json::from_str(&fill(row.body)).unwrap();
        let made = write(&both, ("POST", row.path), body, 201).await;
        let made = made.pointer(row.made).unwrap();
        let key = made.pointer(row.by.0).unwrap();
        let after = compare(&both, row, &v3, &v1).await;
        assert!(after.contains(key), "{v1} lacks {key}");
        assert_eq!(after.len(), before.len() + 1, "{}", row.operation);
        forth += 1;
        if let Some((method, path, body)) = row.reverse {
            let body: Value = serde_json::from_str(&fill(body)).unwrap();
            let answer = both.send(method, &fill(path), &body).await;
            assert!(
                matches!(answer.status, 200 | 201),
                "{}: {}",
                row.operation,
                answer.text
            );
            // What v1 writes can be on another job.
            let elsewhere = |text: &str| {
                if path.contains("{other_job}") {
                    fill(&text.replace("{job}", "{other_job}"))
                } else {
                    fill(text)
                }
            };
            let last = compare(&both, row, &elsewhere(row.v3), &elsewhere(row.v1.0)).await;
            assert!(!last.is_empty(), "{}", row.operation);
            if !path.contains("{other_job}") {
                assert_eq!(last.len(), after.len() + 1, "{}", row.operation);
            }
            back += 1;
        }
    }
    println!("{forth} records of v3 were read by v1, {back} of v1 by v3");
}

/// The keys of the records of a list, which are the same in both versions, and so is what the row says of each.
async fn compare(both: &Both, row: &Within, v3: &str, v1: &str) -> Vec<Value> {
    let new = both.list(v3).await;
    let read = both.read(v1).await;
    let old = read.pointer(row.v1.1).and_then(Value::as_array);
    let old = old.unwrap_or_else(|| panic!("{v1} has no list at {}", row.v1.1));
    assert_eq!(new.len(), old.len(), "{v3} and {v1}");
    let mut keys = Vec::new();
    for record in &new {
        let key = record.pointer(row.by.0).unwrap();
        let other = old.iter().find(|it| it.pointer(row.by.1) == Some(key));
        let other = other.unwrap_or_else(|| panic!("{v1} lacks {key}"));
        for (new, old) in row.same {
            assert_eq!(
                record.pointer(new).unwrap_or(&json!(null)),
                other.pointer(old).unwrap_or(&json!(null)),
                "{}: {new} and {old} of {key}",
                row.operation
            );
        }
        keys.push(key.clone());
    }
    keys
}
