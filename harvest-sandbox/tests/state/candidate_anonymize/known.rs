//! A candidate of whom all is known that the API shows.

use std::collections::BTreeSet;

use harvest_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::organization::Organization;

pub struct Known {
    pub organization: Organization,
    /// Of the candidate.
    pub path: String,
    id: i64,
}

impl Known {
    /// Three seeded candidates in one, of whom one has an offer in two versions, one was interviewed, and one said where
    /// they live; and what else can be written.
    pub async fn start() -> Self {
        let organization = Organization::with(Sandbox::builder().candidates(200)).await;
        let offers = organization
            .read("/v1/offers?status=unresolved&per_page=500")
            .await;
        let twice = list(&offers).filter(|offer| offer["version"] == 2);
        let id = first(
            &organization,
            twice.map(|offer| &offer["candidate_id"]),
            None,
        )
        .await;
        let offer = list(&offers)
            .find(|it| it["version"] == 2 && it["candidate_id"] == id)
            .unwrap();
        let of_offer = format!("/v1/applications/{}", offer["application_id"]);
        let scorecards = organization.read("/v1/scorecards?per_page=500").await;
        let interviewed = list(&scorecards).map(|scorecard| &scorecard["candidate_id"]);
        let applications = organization.read("/v1/applications?per_page=500").await;
        let located = list(&applications).filter(|one| !one["location"].is_null());
        let located = located.map(|one| &one["candidate_id"]);
        for other in [
            first(&organization, interviewed, Some(id)).await,
            first(&organization, located, Some(id)).await,
        ] {
            let body = json!({"primary_candidate_id": id, "duplicate_candidate_id": other});
            let answer = organization.send("PUT", "/v1/candidates/merge", body).await;
            assert!([200, 422].contains(&answer.status), "{}", answer.text);
        }
        let known = Self {
            path: format!("/v1/candidates/{id}"),
            organization,
            id,
        };
        known.describe().await;
        known.reject(&of_offer).await;
        known.make_a_prospect_too().await;
        known
    }

    async fn write(&self, method: &str, path: &str, body: Value, status: u16) {
        self.organization.write(method, path, body, status).await;
    }

    /// What is said of the candidate, written about them and sent to them.
    async fn describe(&self) {
        let Self { path, .. } = self;
        let user_id = self.organization.sandbox.user_id();
        let body = json!({
            "title": "Surveyor", "company": "Tidewater Survey", "tags": ["Known"],
            "phone_numbers": [{"value": "+351 555 010 203", "type": "mobile"}],
            "email_addresses": [{"value": "known@example.com", "type": "personal"}],
            "addresses": [{"value": "Porto", "type": "home"}],
            "website_addresses": [{"value": "example.com", "type": "blog"}],
            "social_media_addresses": [{"value": "social.example.com/a"}],
            "recruiter": {"id": user_id},
            "coordinator": {"id": user_id},
            "custom_fields": [{"name_key": "driving_licence", "value": true}],
        });
        self.write("PATCH", path, body, 200).await;
        let file = json!({"filename": "a.txt", "type": "resume", "content": "SGVsbG8=",
            "content_type": "text/plain"});
        self.write("POST", &format!("{path}/attachments"), file, 201)
            .await;
        let note = json!({"user_id": user_id, "body": "Met at a fair", "visibility": "private"});
        self.write("POST", &format!("{path}/activity_feed/notes"), note, 200)
            .await;
        let mail = json!({"user_id": user_id, "to": "a", "from": "b", "subject": "c", "body": "d"});
        self.write("POST", &format!("{path}/activity_feed/emails"), mail, 201)
            .await;
        let job = json!({"company_name": "A", "title": "B", "start_date": "2014-08-15T00:00:00Z"});
        self.write("POST", &format!("{path}/employments"), job, 201)
            .await;
    }

    /// Moves the application that has an offer to another stage, says more about it and rejects it.
    async fn reject(&self, path: &str) {
        let user_id = self.organization.sandbox.user_id();
        let application = self.organization.read(path).await;
        let stages = format!("/v1/jobs/{}/stages", application["jobs"][0]["id"]);
        let stages = self.organization.read(&stages).await;
        let to = json!({"from_stage_id": application["current_stage"]["id"],
            "to_stage_id": stages[0]["id"]});
        self.write("POST", &format!("{path}/move"), to, 200).await;
        let sources = self.organization.read("/v1/sources").await;
        let more = json!({"source_id": sources[0]["id"],
            "recruiter_id": user_id, "coordinator_id": user_id,
            "referrer": {"type": "id", "value": user_id},
            "custom_fields": [{"name_key": "available_from", "value": "2026-09-01"}]});
        self.write("PATCH", path, more, 200).await;
        let reasons = self.organization.read("/v1/rejection_reasons").await;
        let why = json!({"rejection_reason_id": reasons[0]["id"], "notes": "Not this time"});
        self.write("POST", &format!("{path}/reject"), why, 200)
            .await;
        let details = json!({"rejection_details": {"custom_fields": [{"name_key": "stay_in_touch",
            "value": "Yes"}]}});
        self.write("PATCH", path, details, 200).await;
    }

    async fn make_a_prospect_too(&self) {
        let pools = self.organization.read("/v1/prospect_pools").await;
        let jobs = self.organization.read("/v1/jobs?status=open").await;
        let prospect = json!({
            "prospect": "true", "job_ids": [jobs[0]["id"]],
            "prospect_pool_id": pools[0]["id"],
            "prospect_pool_stage_id": pools[0]["prospect_stages"][0]["id"],
            "prospect_owner_id": self.organization.sandbox.user_id(),
            "prospective_department_id": self.organization.read("/v1/departments").await[0]["id"],
            "prospective_office_id": self.organization.read("/v1/offices").await[0]["id"],
        });
        self.write(
            "POST",
            &format!("{}/applications", self.path),
            prospect,
            201,
        )
        .await;
    }

    pub async fn anonymize(&self, fields: &str) {
        let path = format!("{}/anonymize?fields={fields}", self.path);
        self.write("PUT", &path, Value::Null, 200).await;
    }

    /// All that can be read of the candidate, by where it is read.
    pub async fn shown(&self) -> Value {
        let candidate = self.organization.read(&self.path).await;
        let feed = format!("{}/activity_feed", self.path);
        let mut shown = json!({"feed": self.organization.read(&feed).await});
        let of = ["offers", "scorecards", "scheduled_interviews"];
        let mut lists = of.map(|_| Vec::new());
        let mut applications = Vec::new();
        for id in list(&candidate["application_ids"]) {
            let path = format!("/v1/applications/{id}");
            applications.push(self.organization.read(&path).await);
            for (name, all) in of.iter().zip(&mut lists) {
                let some = self.organization.read(&format!("{path}/{name}")).await;
                all.extend(list(&some).cloned());
            }
        }
        for (name, all) in of.iter().zip(lists) {
            shown[name] = all.into();
        }
        shown["applications"] = applications.into();
        // What the lists of everybody's say is the same.
        let offers = self.organization.read("/v1/offers?per_page=500").await;
        let ours = list(&offers).filter(|offer| offer["candidate_id"] == self.id);
        assert_eq!(ids(ours), ids(list(&shown["offers"])));
        shown["candidate"] = candidate;
        shown
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().unwrap().iter()
}

fn ids<'a>(list: impl Iterator<Item = &'a Value>) -> BTreeSet<i64> {
    list.filter_map(|one| one["id"].as_i64()).collect()
}

/// The first of them that the first site admin may change, and who is another one.
async fn first(
    organization: &Organization,
    candidates: impl Iterator<Item = &Value>,
    but: Option<i64>,
) -> i64 {
    for id in candidates.filter_map(Value::as_i64) {
        let path = format!("/v1/candidates/{id}");
        let nothing = organization.send("PATCH", &path, json!({})).await;
        if Some(id) != but && nothing.status == 200 {
            return id;
        }
    }
    panic!("there is no such candidate");
}
