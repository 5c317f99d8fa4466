//! Approvals that are asked for again when what was approved changes.

use serde_json::{Value, json};

use crate::jobs::open_job;
use crate::organization::Organization;

/// A job with a flow of each kind that jobs have, both of them requested.
struct Requested {
    organization: Organization,
    job: String,
    /// To start recruiting, and to make offers.
    flows: [String; 2],
    opening: String,
}

impl Requested {
    /// An open job that was just made.
    async fn open() -> Self {
        let organization = Organization::start().await;
        let template = open_job(&organization).await["id"].clone();
        let body = json!({"template_job_id": template, "number_of_openings": 2});
        let job = organization.write("POST", "/v1/jobs", body, 201).await;
        Self::on(organization, &job).await
    }

    async fn draft() -> Self {
        let organization = Organization::start().await;
        let drafts = organization.read("/v1/jobs?status=draft").await;
        Self::on(organization, &drafts[0]).await
    }

    async fn on(organization: Organization, job: &Value) -> Self {
        let admin = organization.sandbox.user_id();
        let path = format!("/v1/jobs/{}", job["id"]);
        let mut flows = [String::new(), String::new()];
        for (flow, kind) in flows.iter_mut().zip(["open_job", "offer_job"]) {
            let body = json!({"approval_type": kind, "sequential": true, "approver_groups":
                [{"approvals_required": 1, "approvers": [{"user_id": admin}]}]});
            let at = format!("{path}/approval_flows");
            let made = organization.write("PUT", &at, body, 200).await;
            *flow = format!("/v1/approval_flows/{}", made["approval_flow_id"]);
        }
        let requested = Self {
            organization,
            opening: format!("{path}/openings/{}", job["openings"][0]["id"]),
            job: path,
            flows,
        };
        requested.request().await;
        requested
    }

    /// Asks for whatever was not asked for.
    async fn request(&self) {
        for (flow, requested) in self.flows.iter().zip(self.requested().await) {
            if !requested {
                let path = format!("{flow}/request_approvals");
                let answer = self.organization.send("POST", &path, Value::Null).await;
                assert_eq!(answer.status, 200, "{}", answer.text);
            }
        }
        assert_eq!(self.requested().await, [true, true]);
    }

    /// Whether someone has asked for the approvals of each flow; the approver has to say the same.
    async fn requested(&self) -> [bool; 2] {
        let admin = self.organization.sandbox.user_id();
        let desk = format!("/v1/users/{admin}/pending_approvals");
        let desk = self.organization.read(&desk).await;
        let mut requested = [false, false];
        for (requested, path) in requested.iter_mut().zip(&self.flows) {
            let flow = self.organization.read(path).await;
            assert_eq!(flow["approval_status"], "pending");
            *requested = flow["requested_by_user_id"] == admin;
            let mut desk = desk.as_array().unwrap().iter();
            let approval = desk.find(|one| one["approval_flow_id"] == flow["id"]);
            let approval = approval.unwrap();
            let status = if *requested { "due" } else { "waiting" };
            assert_eq!(approval["status"], status);
            assert_eq!(approval["request_sent_at"].is_string(), *requested);
        }
        requested
    }

    /// What is still requested after a change; it is requested again after that.
    async fn after(&self, method: &str, path: &str, body: Value) -> [bool; 2] {
        let answer = self.organization.send(method, path, body).await;
        assert!(answer.status < 300, "{path}: {}", answer.text);
        let requested = self.requested().await;
        self.request().await;
        requested
    }

    /// Says of a custom field whether a change of it needs approval.
    async fn need_approval(&self, field_type: &str, key: &str, needed: bool) {
        let list = format!("/v1/custom_fields/{field_type}");
        let fields = self.organization.read(&list).await;
        let mut fields = fields.as_array().unwrap().iter();
        let field = fields.find(|one| one["name_key"] == key).unwrap();
        let body = json!({"name": field["name"], "field_type": field_type,
            "value_type": field["value_type"], "require_approval": needed});
        let path = format!("/v1/custom_fields/{}", field["id"]);
        self.organization.write("PATCH", &path, body, 200).await;
    }
}

#[tokio::test]
async fn an_open_job_has_to_be_approved_for_offers_again() {
    let it = Requested::open().await;
    let departments = it.organization.read("/v1/departments").await;
    let [first, last] = [&departments[0]["id"], &departments[1]["id"]];
    let (kept, reset) = ([true, true], [true, false]);
    for (body, expected) in [
        (json!({"requisition_id": "R-1"}), reset),
        (json!({"requisition_id": "R-1"}), kept),
        (json!({"department_id": first}), reset),
        (json!({"department_id": last}), reset),
        (
            json!({"name": "Other", "notes": "Other", "office_ids": []}),
            kept,
        ),
    ] {
        let after = it.after("PATCH", &it.job, body.clone()).await;
        assert_eq!(after, expected, "{body}");
    }
    let openings = format!("{}/openings", it.job);
    let more = json!({"openings": [{"opening_id": null}]});
    assert_eq!(it.after("POST", &openings, more).await, reset);
    for (body, expected) in [
        (json!({"opening_id": "O-1"}), reset),
        (json!({"opening_id": "O-1"}), kept),
        (json!({"status": "closed"}), kept),
        (json!({"status": "open"}), kept),
    ] {
        let after = it.after("PATCH", &it.opening, body.clone()).await;
        assert_eq!(after, expected, "{body}");
    }
}

#[tokio::test]
async fn a_custom_field_says_whether_it_needs_approval() {
    let it = Requested::open().await;
    let job = |value: bool| json!({"custom_fields": [{"name_key": "field_work", "value": value}]});
    let opening =
        |year: i64| json!({"custom_fields": [{"name_key": "budget_year", "value": year}]});
    let (kept, reset) = ([true, true], [true, false]);
    assert_eq!(it.after("PATCH", &it.job, job(true)).await, kept);
    assert_eq!(it.after("PATCH", &it.opening, opening(2026)).await, kept);
    it.need_approval("job", "field_work", true).await;
    it.need_approval("opening", "budget_year", true).await;
    assert_eq!(it.after("PATCH", &it.job, job(true)).await, kept);
    assert_eq!(it.after("PATCH", &it.job, job(false)).await, reset);
    assert_eq!(it.after("PATCH", &it.opening, opening(2026)).await, kept);
    assert_eq!(it.after("PATCH", &it.opening, opening(2027)).await, reset);
}

#[tokio::test]
async fn a_draft_has_to_be_approved_for_recruiting_again() {
    let it = Requested::draft().await;
    let body = json!({"requisition_id": "R-1"});
    assert_eq!(it.after("PATCH", &it.job, body).await, [false, true]);
    let body = json!({"opening_id": "O-1"});
    assert_eq!(it.after("PATCH", &it.opening, body).await, [false, true]);
}

#[tokio::test]
async fn neither_a_closed_job_nor_a_refusal_starts_anything_over() {
    let it = Requested::open().await;
    for (path, body) in [
        (
            &it.job,
            json!({"requisition_id": "R-1", "department_id": 1}),
        ),
        (
            &it.opening,
            json!({"opening_id": "O-1", "close_reason_id": 1}),
        ),
    ] {
        let answer = it.organization.send("PATCH", path, body).await;
        assert_eq!(answer.status, 422);
        assert_eq!(it.requested().await, [true, true]);
    }
    let second = it.organization.read(&it.job).await["openings"][1]["id"].clone();
    let second = format!("{}/openings/{second}", it.job);
    let close = json!({"status": "closed", "opening_id": "last"});
    assert_eq!(
        it.after("PATCH", &second, close.clone()).await,
        [true, false]
    );
    // With the last one, the job closes.
    assert_eq!(it.after("PATCH", &it.opening, close).await, [true, true]);
    let body = json!({"requisition_id": "R-1"});
    assert_eq!(it.after("PATCH", &it.job, body).await, [true, true]);
}
