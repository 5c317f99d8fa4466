//! Hiring fills an opening, and with the last one of a job the job is closed.

use serde_json::{Value, json};

use crate::applications::latest;
use crate::jobs::open_job;
use crate::organization::{Organization, ids};

/// A job that was just made with so many openings, and the paths of two candidates' applications to it.
struct Vacancy {
    organization: Organization,
    job: String,
    openings: Vec<i64>,
    applications: [String; 2],
}

impl Vacancy {
    async fn with(openings: usize) -> Self {
        let organization = Organization::start().await;
        let template = open_job(&organization).await["id"].clone();
        let body = json!({"template_job_id": template, "number_of_openings": openings});
        let job = organization.write("POST", "/v1/jobs", body, 201).await;
        let applications = [
            apply(&organization, &job["id"]).await,
            apply(&organization, &job["id"]).await,
        ];
        Self {
            openings: ids(&job["openings"]),
            job: format!("/v1/jobs/{}", job["id"]),
            organization,
            applications,
        }
    }

    async fn hire(&self, nth: usize, body: Value) -> Value {
        let path = format!("{}/hire", self.applications[nth]);
        self.organization.write("POST", &path, body, 200).await
    }

    async fn job(&self) -> Value {
        self.organization.read(&self.job).await
    }

    async fn opening(&self, id: i64) -> Value {
        let path = format!("{}/openings/{id}", self.job);
        self.organization.read(&path).await
    }

    async fn set_status(&self, id: i64, status: &str) {
        let path = format!("{}/openings/{id}", self.job);
        let body = json!({"status": status});
        self.organization.write("PATCH", &path, body, 200).await;
    }

    /// All that a refused request must not have changed.
    async fn everything(&self) -> [Value; 3] {
        let openings = format!("{}/openings", self.job);
        [
            self.job().await,
            self.organization.read(&openings).await,
            self.organization.read(&self.applications[0]).await,
        ]
    }
}

async fn apply(organization: &Organization, job: &Value) -> String {
    let body = json!({"first_name": "Iva", "last_name": "Sol", "applications": [{"job_id": job}]});
    let candidate = organization
        .write("POST", "/v1/candidates", body, 201)
        .await;
    format!("/v1/applications/{}", candidate["applications"][0]["id"])
}

#[tokio::test]
async fn the_opening_that_is_named_is_closed_for_the_reason_that_is_given() {
    let vacancy = Vacancy::with(3).await;
    let organization = &vacancy.organization;
    let reason = organization.read("/v1/close_reasons").await[1].clone();
    let named = vacancy.openings[1];
    let body = json!({"opening_id": named, "close_reason_id": reason["id"]});
    let hired = vacancy.hire(0, body).await;

    let opening = vacancy.opening(named).await;
    assert_eq!(opening["status"], "closed");
    assert_eq!(opening["close_reason"], reason);
    assert_eq!(opening["application_id"], hired["id"]);
    assert_eq!(opening["closed_at"], hired["last_activity_at"]);
    let list = format!("{}/openings", vacancy.job);
    let closed = organization.read(&format!("{list}?status=closed")).await;
    assert_eq!(closed, json!([opening]));
    assert_eq!(organization.read(&list).await[1], opening);
    let job = vacancy.job().await;
    assert_eq!(job["status"], "open");
    for (field, value) in job["openings"][1].as_object().unwrap() {
        assert_eq!(value, &opening[field], "{field}");
    }
    assert_eq!(job["openings"][0]["status"], "open");

    assert_eq!(organization.read(&vacancy.applications[0]).await, hired);
    let (subject, user) = latest(organization, &hired).await;
    assert_eq!(subject, "Candidate Hired");
    assert_eq!(user, organization.sandbox.user_id());

    // It is filled: it is not deleted, and not filled again.
    let v2 = list.replace("/v1/", "/v2/");
    let body = json!({"ids": [named]});
    let result = organization.write("DELETE", &v2, body, 200).await;
    assert_eq!(result["failed_ids"], json!([named]));
    let path = format!("{}/hire", vacancy.applications[1]);
    let body = json!({"opening_id": named});
    let problems = organization.problems("POST", &path, body).await;
    assert_eq!(problems, ["opening_id"]);
    // But for the old version, which was given up for that.
    let body = json!({"ids": [named]});
    let answer = organization.send("DELETE", &list, body).await;
    assert_eq!(answer.status, 200);
    let left = ids(&organization.read(&list).await);
    assert_eq!(left, [vacancy.openings[0], vacancy.openings[2]]);
}

#[tokio::test]
async fn the_first_open_one_is_taken_unless_one_is_named() {
    let vacancy = Vacancy::with(3).await;
    vacancy.set_status(vacancy.openings[0], "closed").await;
    let hired = vacancy.hire(0, json!({})).await;
    let opening = vacancy.opening(vacancy.openings[1]).await;
    assert_eq!(opening["application_id"], hired["id"]);
    assert_eq!(opening["close_reason"], Value::Null);
    let first = vacancy.opening(vacancy.openings[0]).await;
    assert_eq!(first["application_id"], Value::Null);
}

#[tokio::test]
async fn a_job_closes_with_its_last_opening_and_opens_with_another() {
    let vacancy = Vacancy::with(1).await;
    let organization = &vacancy.organization;
    let before = vacancy.job().await;
    let hired = vacancy.hire(0, json!({})).await;
    let job = vacancy.job().await;
    assert_eq!(job["status"], "closed");
    assert!(job["closed_at"].is_string());
    assert!(job["updated_at"].as_str() > before["updated_at"].as_str());
    let closed = organization
        .read("/v1/jobs?status=closed&per_page=500")
        .await;
    assert!(ids(&closed).contains(&job["id"].as_i64().unwrap()));
    // There is nothing left to fill, and no reason to give for it.
    let path = format!("{}/hire", vacancy.applications[1]);
    let reason = organization.read("/v1/close_reasons").await[0]["id"].clone();
    let body = json!({"close_reason_id": reason});
    let problems = organization.problems("POST", &path, body).await;
    assert_eq!(problems, ["close_reason_id"]);
    let other = vacancy.hire(1, json!({})).await;
    assert_eq!(other["status"], "hired");
    let filled = vacancy.opening(vacancy.openings[0]).await;
    assert_eq!(filled["application_id"], hired["id"]);
    assert_eq!(vacancy.job().await, job);

    vacancy.set_status(vacancy.openings[0], "open").await;
    let reopened = vacancy.job().await;
    assert_eq!(reopened["status"], "open");
    assert_eq!(reopened["closed_at"], Value::Null);
    let opening = &reopened["openings"][0];
    assert_eq!(opening["application_id"], Value::Null);
    vacancy.set_status(vacancy.openings[0], "closed").await;
    assert_eq!(vacancy.job().await["status"], "closed");
    let body = json!({"openings": [{"opening_id": "another"}]});
    let list = format!("{}/openings", vacancy.job);
    organization.write("POST", &list, body, 201).await;
    assert_eq!(vacancy.job().await["status"], "open");
}

#[tokio::test]
async fn a_wrong_opening_or_reason_hires_nobody() {
    let vacancy = Vacancy::with(2).await;
    let organization = &vacancy.organization;
    vacancy.set_status(vacancy.openings[0], "closed").await;
    let elsewhere = open_job(organization).await["openings"].clone();
    let elsewhere = elsewhere.as_array().unwrap().iter();
    let mut elsewhere = elsewhere.filter(|one| one["status"] == "open");
    let elsewhere = elsewhere.next().unwrap()["id"].clone();
    let before = vacancy.everything().await;
    let path = format!("{}/hire", vacancy.applications[0]);
    for (body, at) in [
        (json!({"opening_id": 1}), &["opening_id"][..]),
        (json!({"opening_id": elsewhere}), &["opening_id"]),
        (json!({"opening_id": vacancy.openings[0]}), &["opening_id"]),
        (json!({"close_reason_id": 1}), &["close_reason_id"]),
        (
            json!({"opening_id": 1, "close_reason_id": 1}),
            &["opening_id", "close_reason_id"],
        ),
    ] {
        let problems = organization.problems("POST", &path, body.clone()).await;
        assert_eq!(problems, at, "{body}");
    }
    let basic = organization.basic_user().await;
    let answer = organization.send_as(basic, "POST", &path, json!({})).await;
    assert_eq!(answer.status, 404);
    assert_eq!(vacancy.everything().await, before);
}

#[tokio::test]
async fn an_opening_forgets_a_hire_that_is_deleted() {
    let vacancy = Vacancy::with(2).await;
    let organization = &vacancy.organization;
    let hired = vacancy.hire(0, json!({})).await;
    let candidate = format!("/v1/candidates/{}", hired["candidate_id"]);
    organization
        .write("DELETE", &candidate, Value::Null, 200)
        .await;
    let opening = vacancy.opening(vacancy.openings[0]).await;
    assert_eq!(opening["status"], "closed");
    assert_eq!(opening["application_id"], Value::Null);
    let in_job = &vacancy.job().await["openings"][0];
    assert_eq!(in_job["application_id"], Value::Null);

    vacancy.hire(1, json!({})).await;
    organization
        .write("DELETE", &vacancy.applications[1], Value::Null, 200)
        .await;
    let opening = vacancy.opening(vacancy.openings[1]).await;
    assert_eq!(opening["application_id"], Value::Null);
}
