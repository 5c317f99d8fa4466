//! A rejection can be sent by e-mail, now or later.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use crate::jobs::open_job;
use crate::organization::Organization;

/// The path of an application, and of the feed of its candidate.
struct Applied {
    organization: Organization,
    job: Value,
    application: String,
    feed: String,
}

impl Applied {
    async fn start() -> Self {
        Self::with(json!([{"value": "iva@example.com", "type": "personal"}])).await
    }

    async fn with(email_addresses: Value) -> Self {
        let organization = Organization::start().await;
        let job = open_job(&organization).await;
        let body = json!({"first_name": "Iva", "last_name": "Sol",
            "email_addresses": email_addresses, "applications": [{"job_id": job["id"]}]});
        let candidate = organization
            .write("POST", "/v1/candidates", body, 201)
            .await;
        Self {
            organization,
            job,
            application: format!("/v1/applications/{}", candidate["applications"][0]["id"]),
            feed: format!("/v1/candidates/{}/activity_feed", candidate["id"]),
        }
    }

    /// A template of the organization, or one of a user's own.
    async fn template(&self, own: bool) -> Value {
        let list = self.organization.read("/v1/email_templates").await;
        let mut list = list.as_array().unwrap().iter();
        let found =
            list.find(|one| one["type"] == "candidate_rejection" && one["user"].is_object() == own);
        found.unwrap().clone()
    }

    async fn reject(&self, rejection_email: Value) -> Value {
        let path = format!("{}/reject", self.application);
        let body = json!({"rejection_email": rejection_email});
        self.organization.write("POST", &path, body, 200).await
    }

    async fn emails(&self) -> Value {
        self.organization.read(&self.feed).await["emails"].clone()
    }
}

#[tokio::test]
async fn the_mail_stands_in_the_feed_as_the_template_says() {
    let applied = Applied::start().await;
    let template = applied.template(false).await;
    let rejected = applied
        .reject(json!({"email_template_id": template["id"]}))
        .await;
    assert_eq!(rejected["status"], "rejected");
    let emails = applied.emails().await;
    assert_eq!(emails.as_array().unwrap().len(), 1);
    let email = &emails[0];
    assert_eq!(email["to"], "iva@example.com");
    assert_eq!(email["from"], template["from"]);
    assert_eq!(email["subject"], template["name"]);
    let name = applied.job["name"].as_str().unwrap();
    let body = email["body"].as_str().unwrap();
    assert!(body.contains("Dear Iva,"), "{body}");
    assert!(body.contains(name) && !body.contains("{{"), "{body}");
    assert_eq!(email["user"]["id"], applied.organization.sandbox.user_id());
    let day = |value: &Value| value.as_str().unwrap()[..19].to_owned();
    assert_eq!(day(&email["created_at"]), day(&rejected["rejected_at"]));
}

#[tokio::test]
async fn a_mail_that_is_to_go_later_is_not_there_before() {
    let applied = Applied::start().await;
    let clock = applied.organization.sandbox.clock();
    // 1 June 2026, noon.
    let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(1_780_315_200);
    clock.freeze(noon).unwrap();
    let template = applied.template(false).await;
    applied
        .reject(json!({"email_template_id": template["id"],
            "send_email_at": "2026-06-02T14:00:00+02:00"}))
        .await;
    assert_eq!(applied.emails().await, json!([]));
    clock.advance(Duration::from_secs(86_400)).unwrap();
    let emails = applied.emails().await;
    assert_eq!(emails[0]["created_at"], "2026-06-02T12:00:00.000Z");
}

#[tokio::test]
async fn a_mail_that_has_not_gone_is_taken_back_with_the_rejection() {
    let applied = Applied::start().await;
    let clock = applied.organization.sandbox.clock();
    let template = applied.template(false).await;
    let later =
        json!({"email_template_id": template["id"], "send_email_at": "2090-01-01T08:00:00Z"});
    applied.reject(later).await;
    let unreject = format!("{}/unreject", applied.application);
    applied
        .organization
        .write("POST", &unreject, json!({}), 200)
        .await;
    // A time that has passed is now.
    let past =
        json!({"email_template_id": template["id"], "send_email_at": "2020-01-01T08:00:00Z"});
    applied.reject(past).await;
    applied
        .organization
        .write("POST", &unreject, json!({}), 200)
        .await;
    clock
        .advance(Duration::from_secs(70 * 365 * 86_400))
        .unwrap();
    let emails = applied.emails().await;
    assert_eq!(emails.as_array().unwrap().len(), 1, "{emails}");
    assert!(emails[0]["created_at"].as_str() > Some("2026"));
}

#[tokio::test]
async fn a_mail_that_can_not_be_written_rejects_nobody() {
    let applied = Applied::start().await;
    let template = applied.template(false).await["id"].clone();
    let own = applied.template(true).await["id"].clone();
    let organization = &applied.organization;
    let before = organization.read(&applied.application).await;
    let feed = organization.read(&applied.feed).await;
    let path = format!("{}/reject", applied.application);
    for (mail, fields) in [
        (
            json!({"email_template_id": 1}),
            &["rejection_email.email_template_id"][..],
        ),
        (
            json!({"email_template_id": own}),
            &["rejection_email.email_template_id"],
        ),
        (json!({}), &["rejection_email.email_template_id"]),
        (
            json!({"email_template_id": template, "send_email_at": "tomorrow"}),
            &["rejection_email.send_email_at"],
        ),
    ] {
        let body = json!({"notes": "No.", "rejection_email": mail});
        let problems = organization.problems("POST", &path, body.clone()).await;
        assert_eq!(problems, fields, "{body}");
    }
    let body = json!({"rejection_reason_id": 1, "rejection_email": {"email_template_id": 1}});
    let problems = organization.problems("POST", &path, body).await;
    assert_eq!(
        problems,
        ["rejection_reason_id", "rejection_email.email_template_id"]
    );
    assert_eq!(organization.read(&applied.application).await, before);
    assert_eq!(organization.read(&applied.feed).await, feed);

    let unreachable = Applied::with(json!([])).await;
    let path = format!("{}/reject", unreachable.application);
    let body = json!({"rejection_email": {"email_template_id": template}});
    let problems = unreachable.organization.problems("POST", &path, body).await;
    assert_eq!(problems, ["rejection_email"]);
}
