//! Demoted users, who have no place left in the work on jobs.

use serde_json::{Value, json};

use crate::jobs::open_job;
use crate::organization::{Organization, ids};

/// A job with another site admin on its team and among its approvers.
struct Involved {
    organization: Organization,
    admin: i64,
    job: String,
}

impl Involved {
    async fn start() -> Self {
        let organization = Organization::start().await;
        let users = organization.read("/v1/users").await;
        let me = organization.sandbox.user_id();
        let mut admins = users.as_array().unwrap().clone();
        admins.retain(|user| {
            user["site_admin"] == true && user["disabled"] == false && user["id"] != me
        });
        let admin = admins[0]["id"].as_i64().unwrap();
        let template = open_job(&organization).await["id"].clone();
        let body = json!({"template_job_id": template, "number_of_openings": 1});
        let made = organization.write("POST", "/v1/jobs", body, 201).await;
        let job = format!("/v1/jobs/{}", made["id"]);
        let team = json!({"hiring_managers": [{"user_id": admin}, {"user_id": me}],
            "recruiters": [], "coordinators": [], "sourcers": [{"user_id": admin}]});
        let path = format!("{job}/hiring_team");
        organization.write("PUT", &path, team, 200).await;
        let it = Self {
            organization,
            admin,
            job,
        };
        let decided = it.flow("open_job").await;
        it.organization.sandbox.approve(decided).unwrap();
        it.flow("offer_job").await;
        it
    }

    /// A flow that is requested: of the first site admin, and then of the other one.
    async fn flow(&self, kind: &str) -> i64 {
        let me = self.organization.sandbox.user_id();
        let body = json!({"approval_type": kind, "sequential": true, "approver_groups": [
            {"approvals_required": 1, "approvers": [{"user_id": me}]},
            {"approvals_required": 1, "approvers": [{"user_id": self.admin}]},
        ]});
        let path = format!("{}/approval_flows", self.job);
        let made = self.organization.write("PUT", &path, body, 200).await;
        let id = made["approval_flow_id"].as_i64().unwrap();
        let request = format!("/v1/approval_flows/{id}/request_approvals");
        let answer = self.organization.send("POST", &request, Value::Null).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        id
    }

    /// The hiring team, the flows and what the admin has to approve.
    async fn everything(&self) -> [Value; 3] {
        let pending = format!("/v1/users/{}/pending_approvals", self.admin);
        [
            self.organization.read(&self.job).await["hiring_team"].clone(),
            self.organization
                .read(&format!("{}/approval_flows", self.job))
                .await,
            self.organization.read(&pending).await,
        ]
    }
}

fn basic(user: i64) -> Value {
    json!({"user": {"user_id": user}, "level": "basic"})
}

const PATH: &str = "/v1/users/permission_level";

#[tokio::test]
async fn whoever_is_made_basic_is_on_no_team_and_approves_nothing() {
    let it = Involved::start().await;
    let [_, before, pending] = it.everything().await;
    assert!(!ids(&pending).is_empty());
    it.organization
        .write("PATCH", PATH, basic(it.admin), 200)
        .await;
    let [team, flows, pending] = it.everything().await;
    assert_eq!(
        ids(&team["hiring_managers"]),
        [it.organization.sandbox.user_id()]
    );
    assert_eq!(team["sourcers"], json!([]));
    assert_eq!(pending, json!([]));
    // What is decided stays as it was.
    assert_eq!(flows[0], before[0]);
    let groups = &flows[1]["approver_groups"];
    assert_eq!(groups[0], before[1]["approver_groups"][0]);
    assert_eq!(groups[1]["approvers"], json!([]));
    assert_eq!(flows[1]["approval_status"], "pending");
    let all = it.organization.read("/v1/jobs?per_page=500").await;
    for job in all.as_array().unwrap() {
        let team = job["hiring_team"].to_string();
        assert!(!team.contains(&it.admin.to_string()), "{}", job["id"]);
    }
}

#[tokio::test]
async fn a_refusal_takes_no_place_away() {
    let it = Involved::start().await;
    let before = it.everything().await;
    let user = it.organization.basic_user().await;
    let answer = it
        .organization
        .send_as(user, "PATCH", PATH, basic(it.admin))
        .await;
    assert_eq!(answer.status, 403);
    assert_eq!(it.everything().await, before);
}

#[tokio::test]
async fn who_is_basic_already_stays_in_place() {
    let it = Involved::start().await;
    let user = it.organization.basic_user().await;
    // Whatever there is of permissions goes first.
    it.organization.write("PATCH", PATH, basic(user), 200).await;
    let path = format!("{}/hiring_team", it.job);
    let body = json!({"sourcers": [{"user_id": user}]});
    it.organization.write("POST", &path, body, 200).await;
    let before = it.everything().await;
    assert!(ids(&before[0]["sourcers"]).contains(&user));
    it.organization.write("PATCH", PATH, basic(user), 200).await;
    assert_eq!(it.everything().await, before);
}
