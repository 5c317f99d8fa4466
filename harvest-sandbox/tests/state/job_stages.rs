use serde_json::{Value, json};

use crate::jobs::open_job;
use crate::organization::{Organization, ids};

#[tokio::test]
async fn stages_are_listed_by_job_and_all_together() {
    let organization = Organization::start().await;
    let job = open_job(&organization).await["id"].clone();
    let stages = organization.read(&format!("/v1/jobs/{job}/stages")).await;
    let priorities = stages.as_array().unwrap().iter();
    let priorities: Vec<&Value> = priorities.map(|stage| &stage["priority"]).collect();
    assert_eq!(priorities, [0, 1, 2, 3, 4]);
    let all = organization.read("/v1/job_stages?per_page=500").await;
    let all = ids(&all);
    assert!(ids(&stages).iter().all(|id| all.contains(id)));
    for stage in stages.as_array().unwrap() {
        let path = format!("/v1/job_stages/{}", stage["id"]);
        assert_eq!(&organization.read(&path).await, stage);
    }
    let after = "/v1/job_stages?created_after=2100-01-01T00:00:00Z";
    assert_eq!(organization.read(after).await, json!([]));
    assert_eq!(organization.get("/v1/job_stages/1").await.status, 404);
    assert_eq!(organization.get("/v1/jobs/1/stages").await.status, 404);
}

#[tokio::test]
async fn stages_have_interviews_with_kits() {
    let organization = Organization::start().await;
    let job = open_job(&organization).await["id"].clone();
    let path = format!("/v1/jobs/{job}/stages");
    let stages = organization.read(&path).await;
    // A step without an appointment says nothing about it.
    let review = &stages[0]["interviews"][0];
    assert_eq!(review["schedulable"], false);
    assert!(review.get("estimated_minutes").is_none());
    assert_eq!(review["interview_kit"]["questions"], json!([]));
    let call = &stages[1]["interviews"][0];
    assert_eq!(call["estimated_minutes"], 30);
    assert!(call["interview_kit"]["questions"][0]["question"].is_string());
    assert_eq!(stages[4]["interviews"], json!([]));

    let interviewer = &call["default_interviewer_users"][0];
    let user = organization
        .read(&format!("/v1/users/{}", interviewer["id"]))
        .await;
    let rename = json!({"user": {"email": user["primary_email_address"]},
        "payload": {"first_name": "Renamed"}});
    organization.write("PATCH", "/v2/users", rename, 200).await;
    let stages = organization.read(&path).await;
    let interviewer = &stages[1]["interviews"][0]["default_interviewer_users"][0];
    assert_eq!(interviewer["first_name"], "Renamed");
}

#[tokio::test]
async fn close_reasons_are_listed() {
    let organization = Organization::start().await;
    let reasons = organization.read("/v1/close_reasons").await;
    assert_eq!(
        reasons[0],
        json!({"id": 71_502, "name": "Hired for a new position"})
    );
    assert!(reasons.as_array().unwrap().len() > 1);
}
