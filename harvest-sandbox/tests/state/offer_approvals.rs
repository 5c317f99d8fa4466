//! The approvals of an offer: its flow, and what starts it over.

use serde_json::{Value, json};

use crate::jobs::open_job;
use crate::offers::{changeable, organization as many};
use crate::organization::Organization;

/// An offer on a job, and the flows of the job.
struct Offered {
    organization: Organization,
    offer: Value,
    flows: String,
    application: String,
}

impl Offered {
    async fn start() -> Self {
        let organization = many().await;
        let offer = changeable(&organization).await;
        Self {
            flows: format!("/v1/jobs/{}/approval_flows", offer["job_id"]),
            application: format!("/v1/applications/{}", offer["application_id"]),
            organization,
            offer,
        }
    }

    /// With a flow that is requested.
    async fn requested() -> (Self, String) {
        let it = Self::start().await;
        let body = it.body(&it.offer["id"]);
        let made = it.organization.write("PUT", &it.flows, body, 200).await;
        let flow = format!("/v1/approval_flows/{}", made["approval_flow_id"]);
        it.request(&flow).await;
        (it, flow)
    }

    async fn request(&self, flow: &str) {
        let path = format!("{flow}/request_approvals");
        let answer = self.organization.send("POST", &path, Value::Null).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    fn body(&self, offer_id: &Value) -> Value {
        json!({"approval_type": "offer_candidate", "offer_id": offer_id, "sequential": false,
            "approver_groups": [{"approvals_required": 1,
                "approvers": [{"user_id": self.organization.sandbox.user_id()}]}]})
    }

    /// The flows of the offer with this id.
    async fn flows_of(&self, offer_id: &Value) -> Vec<Value> {
        let flows = self.organization.read(&self.flows).await;
        let mut flows = flows.as_array().unwrap().clone();
        flows.retain(|flow| flow["offer_id"] == *offer_id);
        flows
    }

    async fn pending(&self, kind: &str) -> Vec<Value> {
        let admin = self.organization.sandbox.user_id();
        let path = format!("/v1/users/{admin}/pending_approvals?type={kind}");
        let list = self.organization.read(&path).await;
        list.as_array().unwrap().clone()
    }

    async fn attach(&self, kind: &str) -> u16 {
        let body = json!({"filename": "offer.pdf", "type": kind, "content": "QQ==",
            "content_type": "application/pdf"});
        let path = format!("{}/attachments", self.application);
        let before = self.organization.read(&self.application).await;
        let answer = self.organization.send("POST", &path, body).await;
        if answer.status == 422 {
            assert_eq!(answer.json()["errors"][0]["field"], "type");
            let after = self.organization.read(&self.application).await;
            assert_eq!(after["last_activity_at"], before["last_activity_at"]);
        }
        answer.status
    }
}

#[tokio::test]
async fn an_offer_gets_a_flow_of_its_own() {
    let it = Offered::start().await;
    let of_job = |flows: Value| {
        let mut flows = flows.as_array().unwrap().clone();
        flows.retain(|flow| flow["offer_id"].is_null());
        flows
    };
    let before = of_job(it.organization.read(&it.flows).await);
    let id = &it.offer["id"];
    let made = it
        .organization
        .write("PUT", &it.flows, it.body(id), 200)
        .await;
    let flows = it.flows_of(id).await;
    assert_eq!(flows.len(), 1);
    assert_eq!(flows[0]["id"], made["approval_flow_id"]);
    assert_eq!(flows[0]["approval_type"], "offer_candidate");
    assert_eq!(flows[0]["approver_groups"][0]["offer_id"], *id);
    assert_eq!(of_job(it.organization.read(&it.flows).await), before);
    let again = it
        .organization
        .write("PUT", &it.flows, it.body(id), 200)
        .await;
    assert_eq!(again, made);

    let of_offers = it.pending("offer").await;
    assert_eq!(of_offers.len(), 1);
    assert_eq!(of_offers[0]["offer_id"], *id);
    let of_jobs = it.pending("job").await;
    assert!(!of_jobs.is_empty());
    assert!(of_jobs.iter().all(|one| one["offer_id"].is_null()));

    let all = it.organization.read("/v1/offers?per_page=500").await;
    let mut all = all.as_array().unwrap().iter();
    let elsewhere = all.find(|one| one["job_id"] != it.offer["job_id"]);
    for offer_id in [&elsewhere.unwrap()["id"], &json!(1)] {
        let problems = it
            .organization
            .problems("PUT", &it.flows, it.body(offer_id));
        assert_eq!(problems.await, ["offer_id"]);
    }
    let mut wrong = it.body(id);
    wrong["approval_type"] = "offer_job".into();
    let problems = it.organization.problems("PUT", &it.flows, wrong).await;
    assert_eq!(problems, ["offer_id"]);
    assert_eq!(it.flows_of(id).await, flows_after_second(&flows));
}

/// A flow that was replaced by the same has another version.
fn flows_after_second(flows: &[Value]) -> Vec<Value> {
    let mut flow = flows[0].clone();
    flow["version"] = 2.into();
    vec![flow]
}

#[tokio::test]
async fn another_letter_starts_the_approvals_over() {
    let (it, flow) = Offered::requested().await;
    let before = it.organization.read(&flow).await;
    assert_eq!(it.attach("other").await, 201);
    assert_eq!(it.organization.read(&flow).await, before);
    assert_eq!(it.attach("offer_letter").await, 201);
    let after = it.organization.read(&flow).await;
    assert_eq!(after["requested_by_user_id"], Value::Null);
    assert_eq!(after["approval_status"], "pending");
    it.request(&flow).await;
}

#[tokio::test]
async fn letters_need_an_offer_and_signed_ones_a_letter_that_was_sent() {
    let it = Offered::start().await;
    let current = format!("{}/offers/current_offer", it.application);
    let change = |body: Value| it.organization.write("PATCH", &current, body, 200);
    assert_eq!(it.attach("signed_offer_letter").await, 422);
    assert_eq!(it.attach("offer_letter").await, 201);
    change(json!({"sent_at": null})).await;
    assert_eq!(it.attach("signed_offer_letter").await, 422);
    change(json!({"sent_at": "2026-06-03"})).await;
    // No user has to approve it so far.
    assert_eq!(it.flows_of(&it.offer["id"]).await, Vec::<Value>::new());
    assert_eq!(it.attach("signed_offer_letter").await, 201);

    let body = it.body(&it.offer["id"]);
    it.organization.write("PUT", &it.flows, body, 200).await;
    assert_eq!(it.attach("signed_offer_letter").await, 422);

    let job = open_job(&it.organization).await["id"].clone();
    let body = json!({"first_name": "Iva", "last_name": "Sol", "applications": [{"job_id": job}]});
    let candidate = it
        .organization
        .write("POST", "/v1/candidates", body, 201)
        .await;
    let application = format!("/v1/applications/{}", candidate["applications"][0]["id"]);
    let nothing = Offered { application, ..it };
    assert_eq!(nothing.attach("offer_letter").await, 422);
    assert_eq!(nothing.attach("signed_offer_letter").await, 422);
}

#[tokio::test]
async fn another_version_has_to_be_approved_anew() {
    let (it, flow) = Offered::requested().await;
    let current = format!("{}/offers/current_offer", it.application);
    let before = it.organization.read(&flow).await;
    let body = json!({"custom_fields": [{"name_key": "salary", "value": 61_000, "unit": "EUR"}]});
    it.organization.write("PATCH", &current, body, 200).await;
    let offer = it.organization.read(&current).await;
    assert_eq!(it.organization.read(&flow).await, before);
    let flows = it.flows_of(&offer["id"]).await;
    assert_eq!(flows.len(), 1);
    assert_eq!(flows[0]["approval_status"], "pending");
    assert_eq!(flows[0]["requested_by_user_id"], Value::Null);
    let approvers = |flow: &Value| flow["approver_groups"][0]["approvers"].clone();
    assert_eq!(approvers(&flows[0]), approvers(&before));
    assert_ne!(
        flows[0]["approver_groups"][0]["id"],
        before["approver_groups"][0]["id"]
    );
}

#[tokio::test]
async fn the_flow_of_an_offer_goes_with_it() {
    let (it, flow) = Offered::requested().await;
    it.organization
        .write("DELETE", &it.application, Value::Null, 200)
        .await;
    assert_eq!(it.organization.get(&flow).await.status, 404);
    assert_eq!(it.pending("offer").await, Vec::<Value>::new());
}

#[tokio::test]
async fn on_another_job_an_offer_needs_the_approvals_of_that_job() {
    let (it, flow) = Offered::requested().await;
    let jobs = it.organization.read("/v1/jobs?status=open").await;
    let jobs = jobs.as_array().unwrap().iter();
    for job in jobs.filter(|job| job["id"] != it.offer["job_id"] && job["confidential"] == false) {
        let transfer = format!("{}/transfer_to_job", it.application);
        let body = json!({"new_job_id": job["id"]});
        it.organization.write("POST", &transfer, body, 200).await;
        assert_eq!(it.organization.get(&flow).await.status, 404);
        let there = format!("/v1/jobs/{}/approval_flows", job["id"]);
        let flows = it.organization.read(&there).await;
        let flows = flows.as_array().unwrap();
        let of_each = flows
            .iter()
            .any(|flow| flow["approval_type"] == "offer_candidate" && flow["offer_id"].is_null());
        let own: Vec<_> = flows
            .iter()
            .filter(|flow| flow["offer_id"] == it.offer["id"])
            .collect();
        assert_eq!(own.len(), usize::from(of_each));
        assert!(
            own.iter()
                .all(|flow| flow["requested_by_user_id"].is_null())
        );
        if of_each {
            return;
        }
    }
    panic!("on no job, each offer is approved");
}
