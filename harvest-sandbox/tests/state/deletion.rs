//! Deletions: what goes with a candidate or an application, and what stays.

use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::{Value, json};

use crate::jobs::open_job;
use crate::organization::Organization;
use crate::support;

fn file(name: &str) -> Value {
    json!({"filename": name, "type": "resume", "content": "SGVsbG8=", "content_type": "text/plain"})
}

/// A candidate with a file, and an application with another.
struct Applied {
    organization: Organization,
    candidate: String,
    application: String,
}

impl Applied {
    async fn start() -> Self {
        let organization = Organization::start().await;
        let job = open_job(&organization).await["id"].clone();
        let body =
            json!({"first_name": "Iva", "last_name": "Sol", "applications": [{"job_id": job}]});
        let made = organization
            .write("POST", "/v1/candidates", body, 201)
            .await;
        let candidate = format!("/v1/candidates/{}", made["id"]);
        let application = format!("/v1/applications/{}", made["applications"][0]["id"]);
        for (path, name) in [(&candidate, "own.txt"), (&application, "applied.txt")] {
            let path = format!("{path}/attachments");
            organization.write("POST", &path, file(name), 201).await;
        }
        Self {
            organization,
            candidate,
            application,
        }
    }

    /// The links to the files that a record shows.
    async fn links(&self, path: &str) -> Vec<String> {
        let record = self.organization.read(path).await;
        let attachments = record["attachments"].as_array().unwrap().iter();
        attachments
            .map(|one| one["url"].as_str().unwrap().to_owned())
            .collect()
    }

    async fn delete(&self, path: &str) {
        self.organization
            .write("DELETE", path, Value::Null, 200)
            .await;
    }
}

/// What links lead to.
async fn statuses(links: &[String]) -> Vec<u16> {
    let mut statuses = Vec::new();
    for link in links {
        statuses.push(support::send(Client::new().get(link)).await.status);
    }
    statuses
}

#[tokio::test]
async fn the_files_of_a_candidate_go_with_the_candidate() {
    let applied = Applied::start().await;
    // Those of applications are shown with the candidate's own.
    let links = applied.links(&applied.candidate).await;
    assert_eq!(statuses(&links).await, [200, 200]);
    let basic = applied.organization.basic_user().await;
    let refused = applied
        .organization
        .send_as(basic, "DELETE", &applied.candidate, Value::Null)
        .await;
    assert_eq!(refused.status, 404);
    assert_eq!(statuses(&links).await, [200, 200]);
    applied.delete(&applied.candidate).await;
    assert_eq!(statuses(&links).await, [404, 404]);
}

#[tokio::test]
async fn the_files_of_an_application_go_with_it_and_others_stay() {
    let applied = Applied::start().await;
    let links = applied.links(&applied.application).await;
    applied.delete(&applied.application).await;
    assert_eq!(statuses(&links).await, [404]);
    let links = applied.links(&applied.candidate).await;
    assert_eq!(statuses(&links).await, [200]);
}

#[tokio::test]
async fn a_merge_loses_no_file() {
    let applied = Applied::start().await;
    let organization = &applied.organization;
    let body = json!({"first_name": "Iva", "last_name": "Sol"});
    let primary = organization.write("POST", "/v1/prospects", body, 201).await;
    let duplicate = organization.read(&applied.candidate).await["id"].clone();
    let body = json!({"primary_candidate_id": primary["id"], "duplicate_candidate_id": duplicate});
    organization
        .write("PUT", "/v1/candidates/merge", body, 200)
        .await;
    let primary = format!("/v1/candidates/{}", primary["id"]);
    let links = applied.links(&primary).await;
    assert_eq!(statuses(&links).await, [200, 200]);
    applied.delete(&primary).await;
    assert_eq!(statuses(&links).await, [404, 404]);
}

#[tokio::test]
async fn a_converted_prospect_keeps_the_files_that_the_candidate_loses() {
    let applied = Applied::start().await;
    let organization = &applied.organization;
    let body = json!({"first_name": "Ola", "last_name": "Moe"});
    let prospect = organization.write("POST", "/v1/prospects", body, 201).await;
    let before = format!("/v1/applications/{}", prospect["applications"][0]["id"]);
    let attach = format!("{before}/attachments");
    organization
        .write("POST", &attach, file("pool.txt"), 201)
        .await;
    let body = json!({"job_id": open_job(organization).await["id"]});
    let convert = format!("{before}/convert_prospect");
    let result = organization.write("PATCH", &convert, body, 200).await;
    let after = format!("/v1/applications/{}", result["new_application_id"]);
    let links = applied.links(&after).await;
    applied.delete(&after).await;
    assert_eq!(statuses(&links).await, [200]);
    assert_eq!(applied.links(&before).await.len(), 1);
    applied
        .delete(&format!("/v1/candidates/{}", prospect["id"]))
        .await;
    assert_eq!(statuses(&links).await, [404]);
}

#[tokio::test]
async fn interviews_scorecards_and_offers_go_with_an_application() {
    let organization =
        Organization::with(harvest_sandbox::Sandbox::builder().candidates(200)).await;
    let mut kinds = 0;
    for list in [
        "/v1/offers",
        "/v1/scorecards",
        "/v1/scheduled_interviews",
        "/v1/eeoc",
        "/v1/demographics/answers",
    ] {
        let before = organization.read(&format!("{list}?per_page=500")).await;
        for one in before.as_array().unwrap() {
            let id = &one["application_id"];
            let application = format!("/v1/applications/{id}");
            let answer = organization.send("DELETE", &application, Value::Null).await;
            // Some are of private candidates, and some of prospects.
            if answer.status != 200 {
                continue;
            }
            let after = organization.read(&format!("{list}?per_page=500")).await;
            let mut after = after.as_array().unwrap().iter();
            assert!(after.all(|one| one["application_id"] != *id), "{list}");
            kinds += 1;
            break;
        }
    }
    assert_eq!(kinds, 5);
}

/// Files are looked through once, not for each application.
#[tokio::test]
async fn work_grows_with_the_applications_of_a_candidate_and_not_with_their_square() {
    let organization = Organization::start().await;
    let job = open_job(&organization).await["id"].clone();
    let mut times = Vec::new();
    for count in [125, 1000] {
        let mut least = Duration::MAX;
        for _ in 0..2 {
            let applications = vec![json!({"job_id": job}); count];
            let body =
                json!({"first_name": "Iva", "last_name": "Sol", "applications": applications});
            let made = organization
                .write("POST", "/v1/candidates", body, 201)
                .await;
            let path = format!("/v1/candidates/{}", made["id"]);
            let began = Instant::now();
            organization.write("DELETE", &path, Value::Null, 200).await;
            least = least.min(began.elapsed());
        }
        times.push(least);
    }
    // 8 times the applications: 64 times the work if it grew with the square.
    assert!(times[1] < times[0] * 24, "{times:?}");
}
