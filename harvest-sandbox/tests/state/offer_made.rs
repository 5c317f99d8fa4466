//! Offers that are made when an application comes to the last stage of a job.

use serde_json::{Value, json};

use crate::jobs::open_job;
use crate::organization::{Organization, ids};

/// Someone who just applied, and the stages of the job.
struct Applicant {
    organization: Organization,
    application: String,
    stages: Vec<i64>,
}

impl Applicant {
    async fn new() -> Self {
        let organization = Organization::start().await;
        let job = open_job(&organization).await["id"].clone();
        let stages = organization.read(&format!("/v1/jobs/{job}/stages")).await;
        let new =
            json!({"first_name": "Iva", "last_name": "Sol", "applications": [{"job_id": job}]});
        let candidate = organization.write("POST", "/v1/candidates", new, 201).await;
        Self {
            application: format!("/v1/applications/{}", candidate["application_ids"][0]),
            stages: ids(&stages),
            organization,
        }
    }

    async fn move_to(&self, from: usize, to: usize) {
        let path = format!("{}/move", self.application);
        let body = json!({"from_stage_id": self.stages[from], "to_stage_id": self.stages[to]});
        self.organization.write("POST", &path, body, 200).await;
    }

    async fn offers(&self) -> Value {
        let path = format!("{}/offers", self.application);
        self.organization.read(&path).await
    }
}

#[tokio::test]
async fn the_last_stage_makes_one_offer() {
    let applicant = Applicant::new().await;
    let organization = &applicant.organization;
    let last = applicant.stages.len() - 1;
    let current = format!("{}/offers/current_offer", applicant.application);
    applicant.move_to(0, last - 1).await;
    assert_eq!(organization.get(&current).await.status, 404);
    let before = organization.read("/v1/offers?per_page=500").await;

    let advance = format!("{}/advance", applicant.application);
    let body = json!({"from_stage_id": applicant.stages[last - 1]});
    organization.write("POST", &advance, body, 200).await;
    let offer = organization.read(&current).await;
    assert_eq!(offer["version"], 1);
    assert_eq!(offer["status"], "unresolved");
    assert_eq!(offer["sent_at"], Value::Null);
    assert_eq!(applicant.offers().await, json!([offer]));
    let after = organization.read("/v1/offers?per_page=500").await;
    assert_eq!(ids(&after).len(), ids(&before).len() + 1);

    // Coming again, there is one already.
    applicant.move_to(last, 1).await;
    applicant.move_to(1, last).await;
    assert_eq!(applicant.offers().await, json!([offer]));

    let hire = format!("{}/hire", applicant.application);
    organization.write("POST", &hire, json!({}), 200).await;
    assert_eq!(organization.read(&current).await["status"], "accepted");
}

#[tokio::test]
async fn a_transfer_into_the_last_stage_makes_one() {
    let applicant = Applicant::new().await;
    let organization = &applicant.organization;
    let application = organization.read(&applicant.application).await;
    let jobs = organization.read("/v1/jobs?status=open").await;
    let mut jobs = jobs.as_array().unwrap().iter();
    let other =
        jobs.find(|job| job["id"] != application["jobs"][0]["id"] && job["confidential"] == false);
    let other = &other.unwrap()["id"];
    let stages = organization.read(&format!("/v1/jobs/{other}/stages")).await;
    let transfer = format!("{}/transfer_to_job", applicant.application);
    let body = json!({"new_job_id": other, "new_stage_id": ids(&stages).last()});

    // Who is rejected is offered nothing, wherever they are.
    let reject = format!("{}/reject", applicant.application);
    organization.write("POST", &reject, json!({}), 200).await;
    organization
        .write("POST", &transfer, body.clone(), 200)
        .await;
    assert_eq!(applicant.offers().await, json!([]));
    let back = json!({"new_job_id": application["jobs"][0]["id"]});
    organization.write("POST", &transfer, back, 200).await;
    let unreject = format!("{}/unreject", applicant.application);
    organization.write("POST", &unreject, json!({}), 200).await;

    organization.write("POST", &transfer, body, 200).await;
    let offers = applicant.offers().await;
    assert_eq!(offers[0]["job_id"], *other);
    assert_eq!(ids(&offers).len(), 1);
}
