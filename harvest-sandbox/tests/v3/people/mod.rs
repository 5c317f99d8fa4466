//! Candidates, applications, jobs and what belongs to them: written by one version and read by the other.

mod applications;
mod candidates;
mod interview_kits;
mod job_posts;
mod jobs;
mod scorecards;

use serde_json::{Value, json};

use crate::both::Both;

/// An open job that is not confidential, as v1 sends it.
pub(crate) async fn job(both: &Both) -> Value {
    let jobs = both.list("/v1/jobs?status=open").await;
    jobs.into_iter()
        .find(|job| job["confidential"] == false)
        .unwrap()
}

/// The stages of a job, first to last, as v1 sends them.
pub(crate) async fn stages(both: &Both, job: &Value) -> Vec<Value> {
    both.list(&format!("/v1/jobs/{}/stages", job["id"])).await
}

/// An interview of a job that is to be scheduled.
pub(crate) async fn step_to_schedule(both: &Both, job: &Value) -> Value {
    let list = format!(
        "/v3/job_interviews?job_ids={}&scheduling_type=needs_scheduling",
        job["id"]
    );
    both.list(&list).await.remove(0)
}

/// A write that succeeds with this status.
pub(crate) async fn write(
    both: &Both,
    (method, path): (&str, &str),
    body: Value,
    status: u16,
) -> Value {
    let answer = both.send(method, path, &body).await;
    assert_eq!(answer.status, status, "{method} {path}: {}", answer.text);
    if answer.text.is_empty() {
        Value::Null
    } else {
        answer.json()
    }
}

/// The record of a list of v3 with this id.
pub(crate) async fn one(both: &Both, list: &str, id: &Value) -> Value {
    let mut found = both.list(&format!("/v3/{list}?ids={id}")).await;
    assert_eq!(found.len(), 1, "{list} {id}");
    found.remove(0)
}

/// A new candidate on a job, by v3: the candidate and the application.
pub(crate) async fn candidate(both: &Both, job: &Value) -> (Value, Value) {
    let body = json!({
        "first_name": "Ilse", "last_name": "Brandão", "company": "Tidewater Survey",
        "preferred_name": "Il", "email_addresses": [{"value": "ilse@example.com", "type": "work"}],
        "application": {"job_id": job["id"]},
    });
    let made = write(both, ("POST", "/v3/candidates"), body, 201).await;
    (made["candidate"].clone(), made["application"].clone())
}
