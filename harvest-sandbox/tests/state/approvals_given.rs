//! Approvals are given from outside of the API, and hiring waits for them.

use harvest_sandbox::ControlError;
use serde_json::{Value, json};

use crate::offers::{changeable, organization as many};
use crate::organization::Organization;

/// A candidate on a job that was just made: whether hiring is refused is up to its flows.
struct Candidate {
    organization: Organization,
    flows: String,
    application: String,
}

impl Candidate {
    async fn start() -> Self {
        let organization = Organization::start().await;
        let template = crate::jobs::open_job(&organization).await["id"].clone();
        let body = json!({"template_job_id": template, "number_of_openings": 1});
        let job = organization.write("POST", "/v1/jobs", body, 201).await;
        let body = json!({"first_name": "Iva", "last_name": "Sol",
            "applications": [{"job_id": job["id"]}]});
        let candidate = organization
            .write("POST", "/v1/candidates", body, 201)
            .await;
        Self {
            application: format!("/v1/applications/{}", candidate["applications"][0]["id"]),
            flows: format!("/v1/jobs/{}/approval_flows", job["id"]),
            organization,
        }
    }

    /// Adds a flow with so many groups.
    async fn flow(&self, kind: &str, groups: usize) -> i64 {
        let users = self.organization.read("/v1/users").await;
        let users = users.as_array().unwrap().iter();
        let admins = users.filter(|user| user["site_admin"] == true && user["disabled"] == false);
        let groups = admins
            .take(groups)
            .map(|user| json!({"approvals_required": 1, "approvers": [{"user_id": user["id"]}]}));
        let groups: Vec<Value> = groups.collect();
        let body = json!({"approval_type": kind, "sequential": true, "approver_groups": groups});
        let made = self.organization.write("PUT", &self.flows, body, 200).await;
        made["approval_flow_id"].as_i64().unwrap()
    }

    async fn request(&self, flow: i64) {
        let path = format!("/v1/approval_flows/{flow}/request_approvals");
        let answer = self.organization.send("POST", &path, Value::Null).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    /// Whether hiring works; a refusal changes nothing, and names no field.
    async fn hire(&self) -> bool {
        let before = self.organization.read(&self.application).await;
        let path = format!("{}/hire", self.application);
        let answer = self.organization.send("POST", &path, json!({})).await;
        if answer.status == 422 {
            let errors = answer.json()["errors"].clone();
            let message = errors[0]["message"].as_str().unwrap();
            assert!(message.ends_with("lacks approvals"), "{message}");
            assert_eq!(errors[0].get("field"), None);
            assert_eq!(self.organization.read(&self.application).await, before);
        }
        answer.status == 200
    }

    async fn read(&self, flow: i64) -> Value {
        let path = format!("/v1/approval_flows/{flow}");
        self.organization.read(&path).await
    }

    async fn pending(&self, flow: &Value, group: usize) -> usize {
        let user = &flow["approver_groups"][group]["approvers"][0]["id"];
        let path = format!("/v1/users/{user}/pending_approvals");
        let list = self.organization.read(&path).await;
        let list = list.as_array().unwrap().iter();
        list.filter(|one| one["approval_flow_id"] == flow["id"])
            .count()
    }
}

#[tokio::test]
async fn nobody_is_hired_before_all_of_the_job_is_approved() {
    let candidate = Candidate::start().await;
    let flows = [
        candidate.flow("open_job", 1).await,
        candidate.flow("offer_job", 2).await,
    ];
    for flow in flows {
        assert!(!candidate.hire().await);
        candidate.request(flow).await;
        assert!(!candidate.hire().await);
        candidate.organization.sandbox.approve(flow).unwrap();
        let approved = candidate.read(flow).await;
        assert_eq!(approved["approval_status"], "approved");
        for (place, group) in approved["approver_groups"]
            .as_array()
            .unwrap()
            .iter()
            .enumerate()
        {
            assert!(group["resolved_at"].is_string());
            assert_eq!(candidate.pending(&approved, place).await, 0);
        }
    }
    assert!(candidate.hire().await);
}

#[tokio::test]
async fn a_flow_for_all_offers_and_one_without_approvers_stop_nobody() {
    let candidate = Candidate::start().await;
    candidate.flow("offer_candidate", 1).await;
    candidate.flow("offer_job", 0).await;
    assert!(candidate.hire().await);
}

#[tokio::test]
async fn what_is_rejected_is_not_approved() {
    let candidate = Candidate::start().await;
    let flow = candidate.flow("offer_job", 2).await;
    candidate.request(flow).await;
    let sandbox = &candidate.organization.sandbox;
    sandbox.reject(flow).unwrap();
    let rejected = candidate.read(flow).await;
    assert_eq!(rejected["approval_status"], "rejected");
    assert!(rejected["approver_groups"][0]["resolved_at"].is_string());
    assert_eq!(rejected["approver_groups"][1]["resolved_at"], Value::Null);
    for group in [0, 1] {
        assert_eq!(candidate.pending(&rejected, group).await, 0);
    }
    assert!(!candidate.hire().await);
    // Something else can be approved instead.
    let job = candidate.flows.trim_end_matches("/approval_flows");
    let body = json!({"requisition_id": "R-2"});
    candidate.organization.write("PATCH", job, body, 200).await;
    candidate.request(flow).await;
    sandbox.approve(flow).unwrap();
    assert!(candidate.hire().await);
}

#[tokio::test]
async fn only_what_was_asked_for_is_decided() {
    let candidate = Candidate::start().await;
    let flow = candidate.flow("offer_job", 1).await;
    let before = candidate.read(flow).await;
    let sandbox = &candidate.organization.sandbox;
    for flow in [flow, 1] {
        for refused in [sandbox.approve(flow), sandbox.reject(flow)] {
            let error = refused.unwrap_err();
            assert!(
                matches!(error, ControlError::NotRequested { .. }),
                "{error}"
            );
        }
    }
    assert_eq!(candidate.read(flow).await, before);
    candidate.request(flow).await;
    sandbox.approve(flow).unwrap();
    assert!(sandbox.reject(flow).is_err());
}

#[tokio::test]
async fn a_draft_that_is_approved_for_recruiting_opens() {
    let organization = Organization::start().await;
    let draft = organization.read("/v1/jobs?status=draft").await[0].clone();
    let job = format!("/v1/jobs/{}", draft["id"]);
    let flows = organization.read(&format!("{job}/approval_flows")).await;
    let mut flows = flows.as_array().unwrap().iter();
    let flow = flows.find(|flow| flow["approval_type"] == "open_job");
    let flow = flow.unwrap()["id"].as_i64().unwrap();
    organization.sandbox.approve(flow).unwrap();
    let open = organization.read(&job).await;
    assert_eq!(open["status"], "open");
    assert!(open["opened_at"].is_string());
    let list = organization.read("/v1/jobs?status=draft").await;
    assert_eq!(list, json!([]));
}

#[tokio::test]
async fn another_version_of_an_offer_is_approved_before_the_hire() {
    let organization = many().await;
    let offer = changeable(&organization).await;
    let flows = format!("/v1/jobs/{}/approval_flows", offer["job_id"]);
    let body = json!({"approval_type": "offer_candidate", "sequential": true,
        "offer_id": offer["id"],
        "approver_groups": [{"approvals_required": 1,
            "approvers": [{"user_id": organization.sandbox.user_id()}]}]});
    let made = organization.write("PUT", &flows, body, 200).await;
    let candidate = Candidate {
        application: format!("/v1/applications/{}", offer["application_id"]),
        flows,
        organization,
    };
    let flow = made["approval_flow_id"].as_i64().unwrap();
    assert!(!candidate.hire().await);
    candidate.request(flow).await;
    candidate.organization.sandbox.approve(flow).unwrap();
    let current = format!("{}/offers/current_offer", candidate.application);
    let body = json!({"custom_fields": [{"name_key": "salary", "value": 61_000, "unit": "EUR"}]});
    candidate
        .organization
        .write("PATCH", &current, body, 200)
        .await;
    assert!(!candidate.hire().await);
    let offer = candidate.organization.read(&current).await;
    let flows = candidate.organization.read(&candidate.flows).await;
    let mut flows = flows.as_array().unwrap().iter();
    let flow = flows.find(|flow| flow["offer_id"] == offer["id"]);
    let flow = flow.unwrap()["id"].as_i64().unwrap();
    candidate.request(flow).await;
    candidate.organization.sandbox.approve(flow).unwrap();
    assert!(candidate.hire().await);
    let accepted = candidate.organization.read(&current).await;
    assert_eq!(accepted["status"], "accepted");
}
