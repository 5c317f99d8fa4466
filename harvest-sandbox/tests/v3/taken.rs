//! Values that no two records may have: a second write of one is refused with its field, in whatever letters where these do
//! not count, and in rows of bulk jobs, too.

use std::collections::BTreeSet;
use std::time::Duration;

use reqwest::Client;
use serde_json::{Value, json};

use crate::both::Both;
use crate::people::{candidate, job, step_to_schedule, write};
use crate::support;

/// A write that makes a record with something that no other may have, and the same of another version or in other letters.
struct Taken {
    path: &'static str,
    first: Value,
    again: Vec<(&'static str, Value)>,
    /// The field that is refused; of v3.
    field: &'static str,
}

/// A new user, of v3.
fn user(email: &str, employee: &str) -> Value {
    json!({"first_name": "Ann", "last_name": "B",
        "primary_email": email, "employee_id": employee})
}

fn source() -> Value {
    json!({"source_type": "email_domain", "value": "spam.example.com"})
}

fn unique() -> Vec<Taken> {
    let unit = |path: &'static str, v1: &'static str| Taken {
        path,
        first: json!({"name": "Kelp", "external_id": "K"}),
        again: vec![
            (path, json!({"name": "Kelp"})),
            (path, json!({"name": "KELP"})),
            (v1, json!({"name": "kElp"})),
        ],
        field: "name",
    };
    let external = |path: &'static str, v1: &'static str| Taken {
        path,
        first: json!({"name": "Reed", "external_id": "R"}),
        again: vec![
            (path, json!({"name": "Rush", "external_id": "R"})),
            (v1, json!({"name": "Rush", "external_id": "R"})),
        ],
        field: "external_id",
    };
    let user_of_v1 = |email: &str, employee: &str| {
        json!({"first_name": "Ann", "last_name": "B",
        "email": email, "employee_id": employee})
    };
    vec![
        Taken {
            path: "/v3/candidate_tags",
            first: json!({"name": "Zeta"}),
            again: ["Zeta", "ZETA", "zeta"]
                .map(|name| ("/v3/candidate_tags", json!({"name": name})))
                .into(),
            field: "name",
        },
        unit("/v3/departments", "/v1/departments"),
        unit("/v3/offices", "/v1/offices"),
        external("/v3/departments", "/v1/departments"),
        external("/v3/offices", "/v1/offices"),
        Taken {
            path: "/v3/users",
            first: user("kelp@example.com", "E-1"),
            again: vec![
                ("/v3/users", user("kelp@example.com", "E-2")),
                ("/v3/users", user("KELP@Example.com", "E-2")),
                ("/v1/users", user_of_v1("Kelp@example.com", "E-2")),
            ],
            field: "primary_email",
        },
        Taken {
            path: "/v3/users",
            first: user("reed@example.com", "E-3"),
            again: vec![
                ("/v3/users", user("rush@example.com", "E-3")),
                ("/v1/users", user_of_v1("rush@example.com", "E-3")),
            ],
            field: "employee_id",
        },
        Taken {
            path: "/v3/blocked_spam_sources",
            first: source(),
            again: vec![("/v3/blocked_spam_sources", source())],
            field: "value",
        },
    ]
}

/// Fails unless it is refused since something is taken at this field.
async fn is_refused(both: &Both, (method, path): (&str, &str), body: &Value, field: &str) {
    let answer = both.send(method, path, body).await;
    assert_eq!(
        answer.status, 422,
        "{method} {path} {body}: {}",
        answer.text
    );
    let errors = answer.json()["errors"].clone();
    let of = |name| errors[0][name].as_str().unwrap_or_default();
    assert!(of("field").ends_with(field), "{path} {body}: {errors}");
    assert_eq!(of("message"), "Is already taken", "{path} {body}");
    assert!(!answer.text.contains("UNIQUE"), "{}", answer.text);
}

#[tokio::test]
async fn what_another_record_has_is_refused() {
    let both = Both::start().await;
    for it in unique() {
        let first = write(&both, ("POST", it.path), it.first, 201).await;
        for (path, body) in &it.again {
            // v1 has the names that the domain has.
            let field = if path.starts_with("/v1") {
                it.field.trim_start_matches("primary_")
            } else {
                it.field
            };
            is_refused(&both, ("POST", path), body, field).await;
        }
        let shown = both.list(&format!("{}?ids={}", it.path, first["id"])).await;
        assert_eq!(shown[0][it.field], first[it.field], "{}", it.path);
    }
}

#[tokio::test]
async fn a_record_keeps_what_is_its_own_and_takes_nothing_of_another() {
    let both = Both::start().await;
    for path in [
        "/v3/departments",
        "/v3/offices",
        "/v1/departments",
        "/v1/offices",
    ] {
        let text = |name: &str| format!("{path} {name}");
        let body = |name: &str| json!({"name": text(name), "external_id": text(name)});
        let one = write(&both, ("POST", path), body("Kelp"), 201).await;
        write(&both, ("POST", path), body("Reed"), 201).await;
        let own = format!("{path}/{}", one["id"]);
        let name = text("REED");
        is_refused(&both, ("PATCH", &own), &json!({ "name": name }), "name").await;
        let external_id = json!({"name": one["name"], "external_id": text("Reed")});
        is_refused(&both, ("PATCH", &own), &external_id, "external_id").await;
        let name = text("KELP");
        let changed = write(&both, ("PATCH", &own), json!({ "name": name }), 200).await;
        assert_eq!(changed["name"], name);
    }
}

#[tokio::test]
async fn a_tag_that_v1_made_is_taken_for_v3_in_whatever_letters() {
    let both = Both::start().await;
    let person = both.list("/v1/candidates?per_page=1").await.remove(0);
    let path = format!("/v1/candidates/{}", person["id"]);
    write(&both, ("PATCH", &path), json!({"tags": ["Zeta"]}), 200).await;
    let body = json!({"name": "ZETA"});
    is_refused(&both, ("POST", "/v3/candidate_tags"), &body, "name").await;
    // v1 answers with the one that is there.
    let tag = write(&both, ("POST", "/v1/tags/candidate"), body, 200).await;
    assert_eq!(tag["name"], "Zeta");
}

#[tokio::test]
async fn fields_of_one_name_get_keys_of_their_own() {
    let both = Both::start().await;
    let mut keys = BTreeSet::new();
    for name in [
        "Kelp bed",
        "KELP bed",
        "Kelp  bed",
        "Kelp bed\0one",
        "Kelp bed\0two",
    ] {
        let body = json!({"name": name, "field_type": "candidate", "value_type": "short_text"});
        for path in ["/v3/custom_fields", "/v1/custom_fields"] {
            write(&both, ("POST", path), body.clone(), 201).await;
        }
        let fields = both.all("/v3/custom_fields", 500).await;
        let own: Vec<_> = fields.iter().filter(|it| it["name"] == name).collect();
        assert_eq!(own.len(), 2, "{name:?}");
        for key in own.iter().map(|it| it["name_key"].as_str().unwrap()) {
            assert!(keys.insert(key.to_owned()), "{key:?}");
        }
    }
}

#[tokio::test]
async fn an_address_of_another_user_is_refused_where_one_is_added_or_changed() {
    let both = Both::start().await;
    let users = both.list("/v1/users?per_page=2").await;
    let (own, other) = (&users[0]["id"], &users[1]["primary_email_address"]);
    let other = other.as_str().unwrap().to_uppercase();
    let body = json!({"primary_email": other});
    let path = format!("/v3/users/{own}");
    is_refused(&both, ("PATCH", &path), &body, "primary_email").await;
    let path = format!("/v1/users/{own}/email_addresses");
    let body = json!({"email": other, "send_verification": false});
    is_refused(&both, ("POST", &path), &body, "email").await;
    let body = json!({"user_id": own, "email": other});
    let answer = both.send("POST", "/v3/user_emails", &body).await;
    assert_eq!(answer.status, 409, "{}", answer.text);
}

#[tokio::test]
async fn an_event_of_another_interview_is_refused() {
    let both = Both::start().await;
    let job = job(&both).await;
    let (_, made) = candidate(&both, &job).await;
    let step = step_to_schedule(&both, &job).await;
    let user = both.sandbox.user_id();
    let body = json!({
        "application_id": made["id"], "job_interview_id": step["id"],
        "interviewers": [{"user_id": user, "response_status": "tentative"}],
        "starts_at": "2027-03-11T15:00:00Z", "ends_at": "2027-03-11T15:45:00Z",
        "external_event_id": "rota-a",
    });
    write(&both, ("POST", "/v3/interviews"), body.clone(), 201).await;
    is_refused(
        &both,
        ("POST", "/v3/interviews"),
        &body,
        "external_event_id",
    )
    .await;
    let body = json!({
        "application_id": made["id"], "interview_id": step["id"],
        "interviewers": [{"user_id": user, "response_status": "tentative"}],
        "start": "2027-03-11T15:00:00Z", "end": "2027-03-11T15:45:00Z",
        "external_event_id": "rota-a",
    });
    for path in ["/v1/scheduled_interviews", "/v2/scheduled_interviews"] {
        is_refused(&both, ("POST", path), &body, "external_event_id").await;
    }
}

/// The errors of the rows of a bulk job, by their places.
async fn failures(both: &Both, (method, path): (&str, &str), rows: Value) -> Value {
    let answer = both.send(method, path, &json!({ "data": rows })).await;
    assert_eq!(answer.status, 202, "{path}: {}", answer.text);
    let status = format!("/{}", answer.json()["status_url"].as_str().unwrap());
    both.sandbox
        .clock()
        .advance(Duration::from_secs(60))
        .unwrap();
    let done = both.list(&status).await.remove(0);
    let url = done["failure_results_url"].as_str().unwrap();
    support::send(Client::new().get(url)).await.json()
}

#[tokio::test]
async fn rows_that_take_what_another_row_has_are_refused_one_by_one() {
    let both = Both::start().await;
    let departments = both.list("/v3/departments").await;
    let offices = both.list("/v3/offices").await;
    let renamed = |units: &[Value]| {
        let named = |unit: usize, name: &str| json!({"id": units[unit]["id"], "name": name});
        json!([named(0, "Kelp"), named(1, "KELP")])
    };
    for (operation, rows, fields) in [
        (
            ("POST", "/v3/users/bulk"),
            json!([
                user("kelp@example.com", "E-1"),
                user("KELP@example.com", "E-2"),
                user("reed@example.com", "E-1"),
            ]),
            &["primary_email", "employee_id"][..],
        ),
        (
            ("POST", "/v3/blocked_spam_sources/bulk"),
            json!([source(), source()]),
            &["value"],
        ),
        (
            ("PATCH", "/v3/departments/bulk"),
            renamed(&departments),
            &["name"],
        ),
        (("PATCH", "/v3/offices/bulk"), renamed(&offices), &["name"]),
    ] {
        let failed = failures(&both, operation, rows).await;
        let failed = failed.as_array().unwrap();
        assert_eq!(failed.len(), fields.len(), "{operation:?}: {failed:?}");
        for (place, (row, field)) in (1..).zip(failed.iter().zip(fields)) {
            assert_eq!(row["index"], place, "{operation:?}");
            let error = &row["errors"][0];
            assert_eq!(error["field"], *field, "{operation:?}: {row}");
            assert_eq!(error["message"], "Is already taken", "{operation:?}");
        }
    }
}
