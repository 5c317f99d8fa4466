//! Records that both versions know: written by v3 and read by v1, and the reverse.
//!
//! A table says which operations pair; `within.rs` has those of records that v1 shows inside of others. A creation of v3
//! without a row fails.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::both::Both;
use crate::support::operations;
use crate::within::WITHIN;

/// A creation of v3 and what v1 has in its place. `{…}` stands for ids; `{id}` for that of the record.
struct Pair {
    operation: &'static str,
    path: &'static str,
    body: &'static str,
    /// A change of the record by v3, if there is an operation for it.
    change: Option<&'static str>,
    /// The path by which v1 reads the record, alone or in a list; none if v1 does not know it.
    v1: Option<&'static str>,
    /// Pointers to what has to be the same, into the record of v3 and that of v1.
    same: &'static [(&'static str, &'static str)],
    /// Method, path and body of the creation by v1.
    reverse: Option<(&'static str, &'static str, &'static str)>,
}

const PAIRS: &[Pair] = &[
    Pair {
        operation: "create_candidate_tag",
        path: "/v3/candidate_tags",
        body: r#"{"name": "Diving licence"}"#,
        change: None,
        v1: Some("/v1/tags/candidate"),
        same: &[("/name", "/name")],
        reverse: Some((
            "POST",
            "/v1/tags/candidate",
            r#"{"name": "Sailing licence"}"#,
        )),
    },
    Pair {
        operation: "create_department",
        path: "/v3/departments",
        body: r#"{"name": "Deltas", "parent_id": {department}, "external_id": "DEL"}"#,
        change: Some(r#"{"name": "Estuaries", "parent_id": null, "external_id": "EST"}"#),
        v1: Some("/v1/departments/{id}"),
        same: &[
            ("/name", "/name"),
            ("/parent_id", "/parent_id"),
            ("/external_id", "/external_id"),
        ],
        reverse: Some((
            "POST",
            "/v1/departments",
            r#"{"name": "Springs", "parent_id": {department}, "external_id": "SPR"}"#,
        )),
    },
    Pair {
        operation: "create_office",
        path: "/v3/offices",
        body: r#"{"name": "Vilar", "parent_id": {office}, "location": "Vilar, Portugal",
                  "primary_in_house_contact_user_id": {admin}}"#,
        change: Some(r#"{"name": "Vilar II", "location": null, "external_id": "VIL"}"#),
        v1: Some("/v1/offices/{id}"),
        same: &[
            ("/name", "/name"),
            ("/parent_id", "/parent_id"),
            ("/external_id", "/external_id"),
            ("/location", "/location/name"),
            (
                "/primary_in_house_contact_user_id",
                "/primary_contact_user_id",
            ),
        ],
        reverse: Some((
            "POST",
            "/v1/offices",
            r#"{"name": "Skerry", "location": "Skerry, Norway", "parent_id": {office}}"#,
        )),
    },
    Pair {
        operation: "create_custom_field",
        path: "/v3/custom_fields",
        body: r#"{"name": "Boat licence", "field_type": "candidate", "value_type": "single_select",
                  "private": true, "custom_field_options": [{"name": "Coast", "sort_order": 0}]}"#,
        change: Some(r#"{"name": "Licence for boats", "private": false, "description": "Any."}"#),
        v1: Some("/v1/custom_field/{id}"),
        same: &[
            ("/name", "/name"),
            ("/field_type", "/field_type"),
            ("/value_type", "/value_type"),
            ("/name_key", "/name_key"),
            ("/private", "/private"),
            ("/description", "/description"),
            ("/sort_order", "/priority"),
        ],
        reverse: Some((
            "POST",
            "/v1/custom_fields",
            r#"{"name": "Tide tables", "field_type": "job", "value_type": "yes_no"}"#,
        )),
    },
    Pair {
        operation: "create_custom_field_option",
        path: "/v3/custom_field_options",
        body: r#"{"custom_field_id": {field}, "name": "Sado", "sort_order": 7, 
            "external_id": "S"}"#,
        change: Some(r#"{"name": "Sado river", "sort_order": 8}"#),
        v1: Some("/v1/custom_field/{field}/custom_field_options"),
        same: &[
            ("/name", "/name"),
            ("/sort_order", "/priority"),
            ("/external_id", "/external_id"),
        ],
        reverse: None,
    },
    Pair {
        operation: "create_custom_field_department",
        path: "/v3/custom_field_departments",
        body: r#"{"custom_field_id": {field}, "department_id": {department}}"#,
        change: None,
        v1: Some("/v1/custom_field/{field}"),
        same: &[("/department_id", "/departments/0/id")],
        reverse: None,
    },
    Pair {
        operation: "create_custom_field_office",
        path: "/v3/custom_field_offices",
        body: r#"{"custom_field_id": {field}, "office_id": {office}}"#,
        change: None,
        v1: Some("/v1/custom_field/{field}"),
        same: &[("/office_id", "/offices/0/id")],
        reverse: None,
    },
    Pair {
        operation: "create_user",
        path: "/v3/users",
        body: r#"{"first_name": "Mira", "last_name": "Whitcombe", 
            "primary_email": "mira@example.com",
                  "employee_id": "E-77", "office_ids": [{office}], "department_ids": [{department}],
                  "custom_fields": [{"name_key": "desk", "value": "Window"}]}"#,
        change: Some(
            r#"{"first_name": "Mirja", "primary_email": "mirja@example.com", "office_ids": []}"#,
        ),
        v1: Some("/v1/users/{id}"),
        same: &[
            ("/first_name", "/first_name"),
            ("/last_name", "/last_name"),
            ("/name", "/name"),
            ("/primary_email", "/primary_email_address"),
            ("/emails", "/emails"),
            ("/employee_id", "/employee_id"),
            ("/deactivated", "/disabled"),
            ("/site_admin", "/site_admin"),
            ("/created_at", "/created_at"),
            ("/updated_at", "/updated_at"),
            ("/office_ids/0", "/offices/0/id"),
            ("/department_ids/0", "/departments/0/id"),
            ("/custom_fields/desk/value", "/custom_fields/desk"),
        ],
        reverse: Some((
            "POST",
            "/v1/users",
            r#"{"first_name": "Oda", "last_name": "Lindqvist", "email": "oda@example.com"}"#,
        )),
    },
    Pair {
        operation: "add_user_email_address",
        path: "/v3/user_emails",
        body: r#"{"user_id": {user}, "email": "spare@example.com"}"#,
        change: None,
        // v1 shows addresses once they are verified.
        v1: None,
        same: &[("/email", "/email"), ("/user_id", "/user_id")],
        reverse: Some((
            "POST",
            "/v1/users/{user}/email_addresses",
            r#"{"email": "second@example.com"}"#,
        )),
    },
    Pair {
        operation: "add_job_permission",
        path: "/v3/user_job_permissions",
        body: r#"{"user_id": {user}, "job_id": {job}, "role_id": {role}}"#,
        change: None,
        v1: Some("/v1/users/{user}/permissions/jobs"),
        same: &[("/job_id", "/job_id"), ("/role_id", "/user_role_id")],
        reverse: Some((
            "PUT",
            "/v1/users/{user}/permissions/jobs",
            r#"{"job_id": {job}, "user_role_id": {other_role}}"#,
        )),
    },
    Pair {
        operation: "add_future_job_permission",
        path: "/v3/future_job_permissions",
        body: r#"{"user_id": {user}, "office_id": {office}, "role_id": {role}}"#,
        change: None,
        v1: Some("/v1/users/{user}/permissions/future_jobs"),
        same: &[("/office_id", "/office_id"), ("/role_id", "/user_role_id")],
        reverse: Some((
            "PUT",
            "/v1/users/{user}/permissions/future_jobs",
            r#"{"department_id": {department}, "user_role_id": {role}}"#,
        )),
    },
    Pair {
        operation: "create_job_post",
        path: "/v3/job_posts",
        body: r#"{"template_job_post_id": {post}, "job_board_id": 111, "title": "Ice reader",
                  "content": "<p>Read ice.</p>", "status": "live"}"#,
        change: Some(r#"{"title": "Reader of ice", "job_application_status": "draft"}"#),
        v1: Some("/v1/job_posts/{id}"),
        same: &[
            ("/title", "/title"),
            ("/content", "/content"),
            ("/internal", "/internal"),
            ("/active", "/active"),
            ("/live", "/live"),
            ("/job_id", "/job_id"),
            (
                "/demographic_question_set_id",
                "/demographic_question_set_id",
            ),
            ("/questions/0/name", "/questions/0/name"),
        ],
        // v1 has no operation for it.
        reverse: None,
    },
    Pair {
        operation: "create_job_post_location",
        path: "/v3/job_post_locations",
        body: r#"{"job_post_id": {post}, "type": "free_text", "value": "Bergen, Norway"}"#,
        change: None,
        // v1 shows the first location of a post: see people/job_posts.rs.
        v1: None,
        same: &[],
        reverse: None,
    },
    Pair {
        operation: "create_scorecard",
        path: "/v3/scorecards",
        body: r#"{"interview_kit_id": {kit}, "application_id": {application},
            "interviewer_id": {user},
                  "submitter_id": {admin}, "interviewed_at": "2026-05-04T09:30:00Z",
                  "notes": "Knows ice.", "private_notes": "Wants a cabin.",
            "candidate_rating": "yes"}"#,
        change: Some(
            r#"{"interviewer_id": {admin}, "submitter_id": {user}, "status": "complete",
                "interviewed_at": "2026-05-05T09:30:00Z", "candidate_rating": "strong_yes",
                "notes": "Knows ice and rivers."}"#,
        ),
        v1: Some("/v1/scorecards/{id}"),
        same: &[
            ("/created_at", "/created_at"),
            ("/updated_at", "/updated_at"),
            ("/application_id", "/application_id"),
            ("/interviewer_id", "/interviewer/id"),
            ("/submitter_id", "/submitted_by/id"),
            ("/interviewed_at", "/interviewed_at"),
            ("/candidate_rating", "/overall_recommendation"),
            ("/notes", "/questions/0/answer"),
            ("/private_notes", "/questions/1/answer"),
        ],
        // v1 has no operation for it, or for what is on a scorecard.
        reverse: None,
    },
    Pair {
        operation: "create_scorecard_candidate_attribute",
        path: "/v3/scorecard_candidate_attributes",
        body: r#"{"scorecard_id": {scorecard}, "job_candidate_attribute_id": {attribute},
                  "candidate_attribute_rating": "mixed"}"#,
        change: Some(r#"{"candidate_attribute_rating": "yes", "note": "Nine seasons."}"#),
        v1: Some("/v1/scorecards/{scorecard}"),
        same: &[
            ("/value", "/attributes/0/rating"),
            ("/note", "/attributes/0/note"),
        ],
        reverse: None,
    },
    Pair {
        operation: "create_scorecard_question_answer",
        path: "/v3/scorecard_question_answers",
        body: r#"{"scorecard_id": {scorecard}, "scorecard_question_id": {text_question},
                  "answer": "At sea."}"#,
        change: Some(r#"{"answer": "At a lake."}"#),
        v1: Some("/v1/scorecards/{scorecard}"),
        same: &[("/value", "/questions/3/answer")],
        reverse: None,
    },
    Pair {
        operation: "create_scorecard_question_answer_option",
        path: "/v3/scorecard_question_answer_options",
        body: concat!(
            r#"{"scorecard_question_answer_id": {answer}, "#,
            r#""scorecard_question_option_id": {option}}"#
        ),
        change: None,
        // v1 has the name of the option in the answer: see people/scorecards.rs.
        v1: None,
        same: &[],
        reverse: None,
    },
    Pair {
        operation: "create_job_note",
        path: "/v3/job_notes",
        body: r#"{"job_id": {job}, "user_id": {user}, "body": "Ask about tides.",
                  "visibility": "privately_visible"}"#,
        change: Some(r#"{"body": "Ask about boats."}"#),
        v1: None,
        same: &[],
        reverse: None,
    },
    Pair {
        operation: "create_blocked_spam_source",
        path: "/v3/blocked_spam_sources",
        body: r#"{"source_type": "email_domain", "value": "spam.example.com"}"#,
        change: Some(r#"{"note": "Every week."}"#),
        v1: None,
        same: &[],
        reverse: None,
    },
];

/// Creations of records that have no row yet. A change that adds a row takes the operation out.
const WITHOUT_A_ROW: &[&str] = &[
    // v1 has none, and an attempt to deliver changes it: `tests/webhooks`.
    "create_webhook",
];

/// Ids of records that are there from the beginning, by what `{…}` calls them.
async fn ids(both: &Both) -> Vec<(&'static str, i64)> {
    let first = async |path: &str| both.list(path).await[0]["id"].as_i64().unwrap();
    let users = both.list("/v3/users?deactivated=false").await;
    let user = |site_admin: bool| {
        let mut users = users.iter();
        let user = users.find(|user| user["site_admin"] == site_admin).unwrap();
        user["id"].as_i64().unwrap()
    };
    let roles = both.list("/v3/user_roles").await;
    let jobs = both.list("/v1/jobs").await;
    let open = jobs
        .iter()
        .find(|job| job["confidential"] == false)
        .unwrap();
    let fields = both.list("/v3/custom_fields?name_key=river_basin").await;
    let posts = both.list("/v3/job_posts?job_board_ids=111").await;
    let is_open = |post: &&Value| {
        let mut jobs = jobs.iter();
        jobs.any(|job| job["id"] == post["job_id"] && job["confidential"] == false)
    };
    let post = posts.iter().find(is_open).unwrap();
    let on_job = scored(both, open["id"].as_i64().unwrap(), user(true)).await;
    let mut ids = vec![
        ("{department}", first("/v3/departments").await),
        ("{office}", first("/v3/offices").await),
        ("{user}", user(false)),
        ("{admin}", user(true)),
        ("{role}", roles[0]["id"].as_i64().unwrap()),
        ("{other_role}", roles[1]["id"].as_i64().unwrap()),
        ("{job}", open["id"].as_i64().unwrap()),
        ("{field}", fields[0]["id"].as_i64().unwrap()),
        ("{post}", post["id"].as_i64().unwrap()),
    ];
    ids.extend(on_job);
    ids
}

/// Someone on a job with a scorecard that has one answer without an option.
async fn scored(both: &Both, job: i64, user: i64) -> Vec<(&'static str, i64)> {
    let id = |record: &Value| record["id"].as_i64().unwrap();
    let applications = both.list(&format!("/v3/applications?job_ids={job}")).await;
    let application = id(&applications[0]);
    let kits = both
        .list(&format!("/v3/interview_kits?job_ids={job}"))
        .await;
    let kits: Vec<String> = kits.iter().map(|kit| kit["id"].to_string()).collect();
    let path = format!(
        "/v3/scorecard_questions?interview_kit_ids={}",
        kits.join(",")
    );
    let questions = both.list(&path).await;
    let mut select = questions.iter();
    let select = select
        .find(|it| it["answer_type"] == "single_select")
        .unwrap();
    let mut own = questions.iter().rev();
    let own = own.find(|it| {
        it["answer_type"] == "text" && it["interview_kit_id"] == select["interview_kit_id"]
    });
    let path = format!(
        "/v3/scorecard_question_options?scorecard_question_ids={}",
        id(select)
    );
    let options = both.list(&path).await;
    let attributes = both
        .list(&format!("/v3/job_candidate_attributes?job_ids={job}"))
        .await;
    let add = async |path: &str, body: Value| {
        let answer = both.send("POST", path, &body).await;
        assert_eq!(answer.status, 201, "{path}: {}", answer.text);
        id(&answer.json())
    };
    let scorecard = json!({"interview_kit_id": select["interview_kit_id"],
        "application_id": application,
        "interviewer_id": user, "submitter_id": user, "interviewed_at": "2026-05-04T09:30:00Z"});
    let scorecard = add("/v3/scorecards", scorecard).await;
    let answer = json!({"scorecard_id": scorecard, "scorecard_question_id": select["id"]});
    let answer = add("/v3/scorecard_question_answers", answer).await;
    vec![
        ("{kit}", select["interview_kit_id"].as_i64().unwrap()),
        ("{application}", application),
        ("{scorecard}", scorecard),
        ("{answer}", answer),
        ("{option}", id(&options[0])),
        ("{attribute}", id(&attributes[0])),
        ("{text_question}", id(own.unwrap())),
    ]
}

#[tokio::test]
async fn what_one_version_writes_the_other_reads() {
    let both = Both::start().await;
    let ids = ids(&both).await;
    let fill = |text: &str, id: i64| {
        let mut filled = text.replace("{id}", &id.to_string());
        for (name, id) in &ids {
            filled = filled.replace(name, &id.to_string());
        }
        filled
    };
    let (mut forth, mut back) = (0, 0);
    for pair in PAIRS {
        let body: Value = serde_json::from_str(&fill(pair.body, 0)).unwrap();
        let answer = both.send("POST", pair.path, &body).await;
        assert_eq!(answer.status, 201, "{}: {}", pair.operation, answer.text);
        let made = answer.json();
        let id = made["id"].as_i64().unwrap();
        let listed = format!("{}?ids={id}", pair.path);
        assert_eq!(
            both.list(&listed).await,
            std::slice::from_ref(&made),
            "{listed}"
        );
        let v1 = pair.v1.map(|path| fill(path, id));
        if let Some(path) = &v1 {
            same(&both, pair, &made, path).await;
            forth += 1;
        }
        let path = format!("{}/{id}", pair.path);
        if let Some(change) = pair.change {
            let change = serde_json::from_str(&fill(change, id)).unwrap();
            let answer = both.send("PATCH", &path, &change).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.text);
            let changed = answer.json();
            assert_ne!(changed, made, "{path}");
            assert_eq!(
                both.list(&listed).await,
                std::slice::from_ref(&changed),
                "{path}"
            );
            if let Some(path) = &v1 {
                same(&both, pair, &changed, path).await;
            }
        }
        if let Some((method, path, body)) = pair.reverse {
            let path = fill(path, 0);
            let body = serde_json::from_str(&fill(body, 0)).unwrap();
            let answer = both.send(method, &path, &body).await;
            assert!(
                matches!(answer.status, 200 | 201),
                "{path}: {}",
                answer.text
            );
            let made = match answer.json() {
                Value::Array(records) => records[0].clone(),
                record => record,
            };
            let listed = both
                .list(&format!("{}?ids={}", pair.path, made["id"]))
                .await;
            for (new, old) in pair.same {
                assert_eq!(
                    listed[0].pointer(new).unwrap_or(&Value::Null),
                    made.pointer(old).unwrap_or(&Value::Null),
                    "{}: {new}",
                    pair.operation
                );
            }
            back += 1;
        }
    }
    println!("{forth} records of v3 were read by v1, {back} of v1 by v3");
}

/// The record is the same to v1, alone or in a list.
async fn same(both: &Both, pair: &Pair, record: &Value, path: &str) {
    let read = both.read(path).await;
    let read = match &read {
        Value::Array(records) => records.iter().find(|it| it["id"] == record["id"]),
        record => Some(record),
    };
    let read = read.unwrap_or_else(|| panic!("{path} lacks {}", record["id"]));
    for (new, old) in pair.same {
        assert_eq!(
            record.pointer(new).unwrap_or(&Value::Null),
            read.pointer(old).unwrap_or(&Value::Null),
            "{}: {new} and {old} of {path}",
            pair.operation
        );
    }
}

#[test]
fn each_creation_has_a_row() {
    let document = harvest_spec::document("v3").unwrap().json;
    let creations = operations(document).into_iter().filter(|it| {
        it.method == "POST"
            && it.successes.iter().any(|(status, _)| *status == 201)
            && !it.id.starts_with("bulk_")
    });
    let creations: BTreeSet<String> = creations.map(|it| it.id).collect();
    let within = WITHIN.iter().map(|row| row.operation);
    let rows = PAIRS.iter().map(|pair| pair.operation).chain(within);
    let known: Vec<&str> = rows.chain(WITHOUT_A_ROW.iter().copied()).collect();
    let known: BTreeSet<String> = known.into_iter().map(str::to_owned).collect();
    let lacking: Vec<_> = creations.difference(&known).collect();
    assert!(lacking.is_empty(), "no row in PAIRS: {lacking:?}");
    let gone: Vec<_> = known.difference(&creations).collect();
    assert!(gone.is_empty(), "no creation of v3: {gone:?}");
}
