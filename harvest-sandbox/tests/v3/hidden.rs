//! Records that a site admin may not see: those of a confidential job without a role on it, and those of a private
//! candidate. No operation of v3 shows one at any depth, or tells its id from one of none.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::both::Both;
use crate::left_job::{everything, in_folder, leave, on_team, send_as};
use crate::people::{candidate, job, one, stages, write};
use crate::support::{Documented, operations};

/// The id of no record.
const NONE: i64 = 1;

fn id(record: &Value) -> i64 {
    record["id"].as_i64().unwrap()
}

/// Every number in a value.
fn numbers(value: &Value, found: &mut BTreeSet<i64>) {
    match value {
        Value::Number(number) => found.extend(number.as_i64()),
        Value::Array(items) => items.iter().for_each(|item| numbers(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| numbers(field, found)),
        _ => {}
    }
}

/// The ids of a confidential job and of what belongs to it, as a request without an acting user reads them.
pub async fn of_confidential_job(both: &Both) -> Vec<i64> {
    let jobs = everything(both, "/v1/jobs?per_page=500").await;
    let job = jobs.iter().find(|job| job["confidential"] == true).unwrap();
    let job_id = id(job);
    let mut hidden = vec![job_id];
    for path in [
        format!("/v1/jobs/{job_id}/openings"),
        format!("/v1/jobs/{job_id}/stages"),
        format!("/v1/jobs/{job_id}/approval_flows"),
        format!("/v1/jobs/{job_id}/job_posts"),
        format!("/v1/applications?job_id={job_id}&per_page=500"),
    ] {
        hidden.extend(everything(both, &path).await.iter().map(id));
    }
    assert!(hidden.len() > 4, "{hidden:?}");
    hidden
}

/// The ids of a candidate who becomes private, and of all that is the candidate's.
pub async fn of_private_candidate(both: &Both) -> Vec<i64> {
    let job = job(both).await;
    let (person, application) = candidate(both, &job).await;
    let (person, of) = (&person["id"], &application["id"]);
    let stages = stages(both, &job).await;
    let steps = stages
        .iter()
        .flat_map(|it| it["interviews"].as_array().unwrap());
    let step = &steps.clone().find(|it| it["schedulable"] == true).unwrap()["id"];
    let user = both.sandbox.user_id();
    let tag = &both.list("/v3/candidate_tags").await[0]["id"];
    let mut hidden = vec![person.as_i64().unwrap(), of.as_i64().unwrap()];
    hidden.extend(application["stage_id"].as_i64());
    for (list, body) in [
        ("candidate_educations", json!({"candidate_id": person})),
        (
            "candidate_employments",
            json!({"candidate_id": person, "company_name": "A", "title": "B",
                "start_date": "2015-03-01"}),
        ),
        (
            "applied_candidate_tags",
            json!({"candidate_id": person, "candidate_tag_id": tag}),
        ),
        (
            "notes",
            json!({
                "candidate_id": person, "user_id": user, "body": "Swims", "note_type": "NOTE",
                "visibility": "public",
            }),
        ),
        (
            "attachments",
            json!({"application_id": of, "filename": "a.txt", "type": "other", "content": "SGk="}),
        ),
        (
            "offers",
            json!({"application_id": of, "starts_on": "2027-05-04"}),
        ),
        (
            "interviews",
            json!({
                "application_id": of, "job_interview_id": step, "external_event_id": "hidden",
                "starts_at": "2027-01-01T10:00:00Z", "ends_at": "2027-01-01T11:00:00Z",
                "interviewers": [{"user_id": user, "response_status": "accepted"}],
            }),
        ),
    ] {
        let made = write(both, ("POST", &format!("/v3/{list}")), body, 201).await;
        hidden.push(id(&made));
        assert_eq!(id(&one(both, list, &made["id"]).await), id(&made));
    }
    let path = format!("/v3/candidates/{person}");
    let body = json!({"is_private": true, "linked_user_ids": [user]});
    write(both, ("PATCH", &path), body, 200).await;
    hidden
}

/// The ids of a candidate who filled an opening of a job that everyone sees, and becomes private, and of the application.
async fn of_private_hire(both: &Both) -> Vec<i64> {
    let body = json!({"template_job_id": job(both).await["id"], "number_of_openings": 2});
    // Without approvals that a hire would need.
    let job = write(both, ("POST", "/v3/jobs"), body, 201).await;
    let (person, application) = candidate(both, &job).await;
    let path = format!("/v3/applications/{}/hire", application["id"]);
    write(both, ("POST", &path), json!({}), 204).await;
    let openings = both.list("/v3/openings?per_page=500").await;
    let filled = |it: &Value| it["application_id"] == application["id"];
    assert!(openings.iter().any(filled));
    let path = format!("/v3/candidates/{}", person["id"]);
    write(both, ("PATCH", &path), json!({"is_private": true}), 200).await;
    vec![id(&application), id(&person)]
}

/// Writes notes about the applications on the confidential job, in the name of someone who manages it.
async fn write_about(both: &Both, hidden: &[i64]) {
    let job_id = hidden[0];
    let managers = on_team(both, job_id).await;
    let path = format!("/v1/applications?job_id={job_id}&per_page=500");
    let mut written = 0;
    for application in everything(both, &path).await {
        for manager in &managers {
            let body = json!({
                "candidate_id": application["candidate_id"], "application_id": application["id"],
                "body": "Unheard", "note_type": "NOTE", "visibility": "public",
            });
            let answer = send_as(both, *manager, ("POST", "/v3/notes"), &body).await;
            written += usize::from(answer.status == 201);
        }
    }
    assert!(written > 0, "{managers:?}");
}

/// A list, whole.
async fn all(both: &Both, operation: &Documented) -> Vec<Value> {
    let most = if operation.url.ends_with("/search") {
        100
    } else {
        500
    };
    both.all(&operation.url, most).await
}

fn ids_of(hidden: &[i64]) -> String {
    let ids: Vec<String> = hidden.iter().take(50).map(i64::to_string).collect();
    ids.join(",")
}

#[tokio::test]
async fn what_a_user_may_not_see_is_like_what_is_not_there() {
    let (both, records) = in_folder("v3-hidden").await;
    let mut hidden = of_confidential_job(&both).await;
    write_about(&both, &hidden).await;
    hidden.extend(of_private_candidate(&both).await);
    hidden.extend(of_private_hire(&both).await);
    let left = leave(&both, &records, hidden[0]).await;
    hidden.extend(left.ids);
    // Lists show nothing either of what these name.
    let named: Vec<i64> = hidden.iter().copied().chain(left.all).collect();
    let document = harvest_spec::document("v3").unwrap().json;
    let (mut lists, mut filters, mut writes) = (0, 0, 0);
    for operation in operations(document) {
        if both.get(&operation.url).await.status == 501 {
            continue;
        }
        if operation.pagination == "cursor" {
            let mut shown = BTreeSet::new();
            numbers(&all(&both, &operation).await.into(), &mut shown);
            let found: Vec<_> = named.iter().filter(|id| shown.contains(id)).collect();
            assert!(found.is_empty(), "{} shows {found:?}", operation.id);
            lists += 1;
            for (name, example) in &operation.query {
                let values = match example {
                    Value::Number(_) => hidden.iter().map(i64::to_string).collect(),
                    Value::Array(of) if of.first().is_some_and(Value::is_number) => {
                        named.chunks(50).map(ids_of).collect()
                    }
                    _ => Vec::new(),
                };
                if name == "per_page" {
                    continue;
                }
                for value in values {
                    let of = |value: &str| format!("{}?{name}={value}", operation.url);
                    let records = both.list(&of(&value)).await;
                    let none = both.list(&of(&NONE.to_string())).await;
                    assert_eq!(records, none, "{}", of(&value));
                    filters += 1;
                }
            }
        }
        if operation.method != "GET" {
            writes += unmoved(&both, &operation, &hidden).await;
        }
    }
    println!("{lists} lists, {filters} filters by hidden ids, {writes} writes with them");
    assert!(lists > 60 && filters > 100 && writes > 500);
}

/// The first example of the body of an operation; null is none.
pub fn body_of(operation: &Documented) -> Value {
    operation.bodies.first().map_or(Value::Null, |body| {
        serde_json::from_str(&serde_json::to_string(body).unwrap()).unwrap()
    })
}

/// What is before and after the id in the path of an operation: the path of the list, and what is done with a record of it.
pub fn around_id(operation: &Documented) -> Option<(String, String)> {
    let segments: Vec<&str> = operation.url.split('/').collect();
    let place = segments.iter().position(|it| it.parse::<i64>().is_ok())?;
    let after = segments[place + 1..].iter().map(|it| format!("/{it}"));
    Some((segments[..place].join("/"), after.collect()))
}

/// Tries a write with each hidden id in its path and its body, which is answered like one with an id of none.
async fn unmoved(both: &Both, operation: &Documented, hidden: &[i64]) -> usize {
    let body = body_of(operation);
    let answer = async |path: String, body: &Value| {
        let answer = both.send(&operation.method, &path, body).await;
        // A record that was made has an id of its own.
        let said = if answer.status < 300 {
            String::new()
        } else {
            answer.text
        };
        (answer.status, said)
    };
    let mut tried = 0;
    if let Some((before, after)) = around_id(operation) {
        let path = |id: i64| format!("{before}/{id}{after}");
        let none = answer(path(NONE), &body).await;
        for id in hidden {
            let found = answer(path(*id), &body).await;
            assert_eq!(found, none, "{} with {id}", operation.id);
            tried += 1;
        }
        return tried;
    }
    for (name, value) in body.as_object().into_iter().flatten() {
        if !name.ends_with("_id") || !value.is_number() {
            continue;
        }
        let with = |id: i64| {
            let mut body = body.clone();
            body[name.as_str()] = id.into();
            body
        };
        let none = answer(operation.url.clone(), &with(NONE)).await;
        for id in hidden {
            let found = answer(operation.url.clone(), &with(*id)).await;
            assert_eq!(found, none, "{} with {name} {id}", operation.id);
            tried += 1;
        }
    }
    tried
}

/// Rows of bulk jobs fail alike, whether they name what is hidden or what is not there, and so do the counts of the job.
#[tokio::test]
async fn rows_of_bulk_jobs_tell_nothing_of_what_is_hidden() {
    let (both, records) = in_folder("v3-hidden-rows").await;
    let now: chrono::DateTime<chrono::Utc> = "2027-02-03T04:05:06Z".parse().unwrap();
    both.sandbox.clock().freeze(now).unwrap();
    let mut hidden = of_confidential_job(&both).await;
    hidden.extend(of_private_candidate(&both).await);
    hidden.extend(of_private_hire(&both).await);
    hidden.extend(leave(&both, &records, hidden[0]).await.ids);
    let document = harvest_spec::document("v3").unwrap().json;
    let mut tried = 0;
    for operation in operations(document) {
        let is_bulk = operation.method != "GET" && operation.url.ends_with("/bulk");
        let body = body_of(&operation);
        if !is_bulk || body.is_null() {
            continue;
        }
        let row = &body["data"][0];
        let rows_with = |place: &dyn Fn(i64) -> Value| -> Vec<Value> {
            let ids = hidden.iter().copied().chain([NONE]);
            ids.map(place).collect()
        };
        let mut jobs = Vec::new();
        if row.is_number() {
            jobs.push(rows_with(&Value::from));
        }
        for (name, value) in row.as_object().into_iter().flatten() {
            if value.is_number() && (name == "id" || name.ends_with("_id")) {
                jobs.push(rows_with(&|id| {
                    let mut row = row.clone();
                    row[name.as_str()] = id.into();
                    row
                }));
            }
        }
        for rows in jobs {
            let (method, path) = (&operation.method, &operation.url);
            let count = rows.len();
            let answer = both.send(method, path, &json!({ "data": rows })).await;
            assert_eq!(answer.status, 202, "{}: {}", operation.id, answer.text);
            let by = std::time::Duration::from_secs(120);
            both.sandbox.clock().advance(by).unwrap();
            let job = answer.json()["status_url"].as_str().unwrap().to_owned();
            let job = both.list(&format!("/{job}")).await.remove(0);
            assert_eq!(job["failure_count"], count, "{}: {job}", operation.id);
            let file = reqwest::get(job["failure_results_url"].as_str().unwrap()).await;
            let file = file.unwrap().text().await.unwrap();
            let said: Vec<Value> = serde_json::from_str(&file).unwrap();
            let said: BTreeSet<String> = said
                .into_iter()
                .map(|mut entry| {
                    entry["index"] = Value::Null;
                    entry["id"] = Value::Null;
                    entry.to_string()
                })
                .collect();
            assert_eq!(said.len(), 1, "{}: {said:?}", operation.id);
            tried += count;
        }
    }
    println!("{tried} rows with hidden ids");
    assert!(tried > 400);
}

/// How a candidate is anonymized depends on the number of jobs: on those that the user may see.
#[tokio::test]
async fn an_anonymization_counts_no_applications_that_are_hidden() {
    let both = Both::start().await;
    let confidential = of_confidential_job(&both).await[0];
    let path = format!("/v1/applications?job_id={confidential}&per_page=500");
    let mut people = Vec::new();
    for application in everything(&both, &path).await {
        let id = &application["candidate_id"];
        let shown = both.get(&format!("/v1/candidates/{id}")).await;
        if shown.status == 200 {
            people.push(shown.json());
        }
    }
    let person = people.first().expect("one with a hidden application");
    let id = &person["id"];
    let template = job(&both).await["id"].clone();
    let mut seen = BTreeSet::new();
    for application in person["applications"].as_array().unwrap() {
        let jobs = application["jobs"].as_array().unwrap();
        seen.extend(jobs.iter().filter_map(|it| it["id"].as_i64()));
    }
    let anonymize = (
        "PATCH",
        format!("/v3/candidates/{id}/anonymize"),
        json!({"fields": ["headline"]}),
    );
    while seen.len() <= 5 {
        let (method, path, body) = &anonymize;
        let answer = both.send(method, path, body).await;
        assert_eq!(
            answer.status,
            200,
            "on {} jobs: {}",
            seen.len(),
            answer.text
        );
        let body = json!({"template_job_id": template, "number_of_openings": 1});
        let made = write(&both, ("POST", "/v3/jobs"), body, 201).await;
        let body = json!({"candidate_id": id, "job_id": made["id"]});
        write(&both, ("POST", "/v3/applications"), body, 201).await;
        seen.extend(made["id"].as_i64());
    }
    let (method, path, body) = &anonymize;
    assert_eq!(both.send(method, path, body).await.status, 202);
}
