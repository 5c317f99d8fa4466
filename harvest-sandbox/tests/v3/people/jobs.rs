//! Jobs, openings, hiring teams, job posts and approvals.

use serde_json::{Value, json};

use super::{job, one, write};
use crate::both::Both;

#[tokio::test]
async fn a_job_is_the_same_in_both() {
    let both = Both::start().await;
    let template = job(&both).await;
    let body = json!({
        "template_job_id": template["id"], "number_of_openings": 2, "job_name": "River pilot",
        "opening_ids": ["P-1", "P-2"],
    });
    let made = write(&both, ("POST", "/v3/jobs"), body, 201).await;
    let path = format!("/v1/jobs/{}", made["id"]);
    let shown = both.read(&path).await;
    assert_eq!(shown["name"], "River pilot");
    assert_eq!(shown["openings"].as_array().unwrap().len(), 2);
    write(
        &both,
        ("PATCH", &path),
        json!({"requisition_id": "REQ-9"}),
        200,
    )
    .await;
    let read = one(&both, "jobs", &made["id"]).await;
    assert_eq!(read["requisition_id"], "REQ-9");
    let v3 = format!("/v3/jobs/{}", made["id"]);
    write(&both, ("PATCH", &v3), json!({"name": "Harbour pilot"}), 200).await;
    assert_eq!(both.read(&path).await["name"], "Harbour pilot");
    let steps = format!("/v3/job_interviews?job_ids={}", made["id"]);
    assert!(!both.list(&steps).await.is_empty());
    let stages = format!("/v3/job_interview_stages?job_ids={}", made["id"]);
    let v1 = both.list(&format!("{path}/stages")).await;
    assert_eq!(both.list(&stages).await.len(), v1.len());
}

#[tokio::test]
async fn openings_are_opened_and_closed() {
    let both = Both::start().await;
    let job = job(&both).await;
    let body = json!({"job_id": job["id"], "opening_id": "P-7"});
    let made = write(&both, ("POST", "/v3/openings"), body, 201).await;
    assert_eq!(made["open"], true);
    let path = format!("/v1/jobs/{}/openings/{}", job["id"], made["id"]);
    assert_eq!(both.read(&path).await["opening_id"], "P-7");
    let v3 = format!("/v3/openings/{}", made["id"]);
    let refused = both.send("DELETE", &v3, &Value::Null).await;
    assert_eq!(refused.status, 422, "it is open");
    write(&both, ("PATCH", &path), json!({"status": "closed"}), 200).await;
    assert_eq!(one(&both, "openings", &made["id"]).await["open"], false);
    let body = json!({"status": "open", "target_start_on": "2027-08-01"});
    write(&both, ("PATCH", &v3), body, 200).await;
    assert_eq!(both.read(&path).await["status"], "open");
    write(&both, ("PATCH", &v3), json!({"status": "closed"}), 200).await;
    write(&both, ("DELETE", &v3), Value::Null, 200).await;
    assert_eq!(both.get(&path).await.status, 404);
    // One that was filled stays closed, and filled.
    let openings = both.list("/v3/openings").await;
    let filled = openings.iter().find(|it| it["application_id"].is_i64());
    let filled = filled.expect("somebody was hired");
    let path = format!("/v3/openings/{}", filled["id"]);
    let refused = both.send("PATCH", &path, &json!({"status": "open"})).await;
    assert_eq!(refused.status, 422);
    assert_eq!(&one(&both, "openings", &filled["id"]).await, filled);
}

#[tokio::test]
async fn members_of_hiring_teams_have_ids() {
    let both = Both::start().await;
    let job = job(&both).await;
    let team = format!("/v1/jobs/{}/hiring_team", job["id"]);
    let user = both.sandbox.user_id();
    write(
        &both,
        ("PUT", &team),
        json!({"hiring_managers": [], "sourcers": []}),
        200,
    )
    .await;
    let body = json!({"job_id": job["id"], "user_id": user});
    let manager = write(&both, ("POST", "/v3/job_hiring_managers"), body, 201).await;
    let body = json!({"job_id": job["id"], "user_id": user, "type": "sourcer",
        "candidate_responsibility": "all"});
    let owner = write(&both, ("POST", "/v3/job_owners"), body, 201).await;
    assert_eq!(owner["type"], "sourcer");
    let shown = both.read(&team).await;
    assert_eq!(shown["hiring_managers"][0]["user_id"], user);
    assert_eq!(shown["sourcers"][0]["user_id"], user);

    write(&both, ("DELETE", &team), json!({"sourcers": [user]}), 200).await;
    let list = format!("/v3/job_owners?job_ids={}&type=sourcer", job["id"]);
    assert!(both.list(&list).await.is_empty());
    let v3 = format!("/v3/job_hiring_managers/{}", manager["id"]);
    write(&both, ("DELETE", &v3), Value::Null, 200).await;
    assert_eq!(both.read(&team).await["hiring_managers"], json!([]));
    let body = json!({"job_id": job["id"], "user_id": 1});
    let refused = both.send("POST", "/v3/job_hiring_managers", &body).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json()["errors"][0]["field"], "user_id");
}

#[tokio::test]
async fn job_posts_are_published() {
    let both = Both::start().await;
    let post = both.list("/v1/job_posts?live=true").await.remove(0);
    let v3 = format!("/v3/job_posts/{}", post["id"]);
    let body = json!({"title": "Pilot wanted", "job_application_status": "draft"});
    write(&both, ("PATCH", &v3), body, 200).await;
    let path = format!("/v1/job_posts/{}", post["id"]);
    let shown = both.read(&path).await;
    assert_eq!(
        (&shown["title"], &shown["live"]),
        (&json!("Pilot wanted"), &json!(false))
    );
    let status = format!("/v2/job_posts/{}/status", post["id"]);
    write(&both, ("PATCH", &status), json!({"status": "live"}), 200).await;
    assert_eq!(one(&both, "job_posts", &post["id"]).await["live"], true);
}

#[tokio::test]
async fn approvals_are_asked_for() {
    let both = Both::start().await;
    let job = job(&both).await;
    let user = both.sandbox.user_id();
    let flows = format!("/v1/jobs/{}/approval_flows", job["id"]);
    let body = json!({
        "job_id": job["id"], "approval_type": "offer_candidate", "sequential": true,
        "approver_groups": [{"approvals_required": 1, "approvers": [{"user_id": user}]}],
    });
    let answer = both.send("POST", "/v3/approval_flows", &body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let flow = answer.json();
    let group = &flow["approver_groups"][0];
    let shown = both.list(&flows).await;
    let shown = shown.iter().find(|it| it["id"] == flow["id"]).unwrap();
    assert_eq!(shown["approver_groups"][0]["id"], group["id"]);

    let request = format!("/v3/approval_flows/{}/request_approvals", flow["id"]);
    write(&both, ("POST", &request), json!({}), 204).await;
    let list = format!("/v3/approvers?approver_group_ids={}", group["id"]);
    let approvers = both.list(&list).await;
    assert_eq!(
        (&approvers[0]["status"], &approvers[0]["user_id"]),
        (&json!("due"), &json!(user))
    );
    let path = format!("/v3/approval_flows/{}", flow["id"]);
    write(&both, ("PATCH", &path), json!({"sequential": false}), 200).await;
    let shown = both
        .read(&format!("/v1/approval_flows/{}", flow["id"]))
        .await;
    assert_eq!(shown["sequential"], false);
    let groups = format!("{path}/replace_approver_groups");
    let body = json!({"approver_groups": []});
    write(&both, ("PUT", &groups), body, 200).await;
    let of = format!("/v3/approver_groups?approval_flow_ids={}", flow["id"]);
    assert!(both.list(&of).await.is_empty());
}
