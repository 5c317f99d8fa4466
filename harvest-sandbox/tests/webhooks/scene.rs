//! Changes that send each event of the sandbox, and a look at each delivery.
//!
//! The tests of the generated client play this, too, with a receiver of their own.

use std::collections::BTreeSet;

use harvest_sandbox::{DeliveryState, NewWebhook};
use serde_json::{Value, json};

use crate::both::Both;
use crate::receiver::{Receiver, SECRET, is_signed};
use crate::schema_conformance;
use crate::until::until;

/// An organization with a webhook for each event.
pub struct Scene {
    pub both: Both,
    pub receiver: Receiver,
    /// How many deliveries were looked at.
    seen: usize,
    /// The events that were delivered.
    pub sent: BTreeSet<String>,
}

impl Scene {
    pub async fn start(but: &[&str]) -> Self {
        let both = Both::start().await;
        let (receiver, url) = Receiver::start().await;
        for (action, _) in table().iter().filter(|(it, _)| !but.contains(&it.as_str())) {
            let new = NewWebhook::new(&url, action, SECRET);
            assert!(both.sandbox.webhooks().add(new).await.unwrap().active);
        }
        Self {
            both,
            seen: receiver.got().len(),
            receiver,
            sent: BTreeSet::new(),
        }
    }

    pub async fn read(&self, path: &str) -> Value {
        self.both.read(path).await
    }

    async fn count(&self, path: &str) -> usize {
        self.both.list(path).await.len()
    }

    /// Writes an approval flow, requests its approvals, and gives them.
    async fn approve(&mut self, flows: &str, flow: Value) {
        let made = self.change("PUT", flows, flow, &[]).await["approval_flow_id"]
            .as_i64()
            .unwrap();
        let requests = format!("/v1/approval_flows/{made}/request_approvals");
        self.change("POST", &requests, Value::Null, &[]).await;
        self.both.sandbox.approve(made).unwrap();
    }

    /// A change that is done, and the events that follow from it: these and no others, each once.
    pub async fn change(
        &mut self,
        method: &str,
        path: &str,
        body: Value,
        expected: &[&str],
    ) -> Value {
        let answer = self.both.send(method, path, &body).await;
        assert!(
            (200..300).contains(&answer.status),
            "{method} {path}: {}",
            answer.text
        );
        self.expect(&format!("{method} {path}"), expected).await;
        serde_json::from_str(&answer.text).unwrap_or_default()
    }

    async fn expect(&mut self, what: &str, expected: &[&str]) {
        until(&self.both.sandbox, |all| {
            all.iter().all(|it| it.state == DeliveryState::Delivered)
        })
        .await;
        let got = self.receiver.got();
        let mut actions = Vec::new();
        for (headers, body) in &got[self.seen..] {
            assert!(is_signed(headers, body), "{what}");
            let body: Value = serde_json::from_slice(body).unwrap();
            let action = body["action"].as_str().unwrap().to_owned();
            schema_conformance::check_event(&action, &body);
            actions.push(action);
        }
        self.seen = got.len();
        actions.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(actions, expected, "{what}");
        self.sent.extend(actions);
    }
}

/// The events of the sandbox's own table, and whether it sends them.
pub fn table() -> Vec<(String, bool)> {
    let table = harvest_sandbox::parity("webhooks").unwrap();
    let rows = table.lines().skip(2).map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        (cells[1].trim_matches('`').to_owned(), cells[2] == "yes")
    });
    rows.collect()
}

/// A list of names with one of them so many times.
fn with<'a>(names: &[&'a str], more: &'a str, times: usize) -> Vec<&'a str> {
    names
        .iter()
        .copied()
        .chain(std::iter::repeat_n(more, times))
        .collect()
}

/// Changes of each kind, with the events of each: all that the table has as sent.
pub async fn play() -> Scene {
    let mut it = Scene::start(&[]).await;
    let admin = it.both.sandbox.user_id();

    // Jobs, with their posts and approvals.
    let template = it.read("/v1/jobs?status=open&per_page=1").await[0]["id"].clone();
    let posts = it
        .count(&format!("/v1/jobs/{template}/job_posts?active=true"))
        .await;
    let body =
        json!({"template_job_id": template, "number_of_openings": 1, "job_name": "Bed & <Bank>"});
    let job = it
        .change(
            "POST",
            "/v1/jobs",
            body,
            &with(&["job_created"], "job_post_created", posts),
        )
        .await["id"]
        .clone();
    it.change(
        "PATCH",
        &format!("/v1/jobs/{job}"),
        json!({"notes": "Two seasons"}),
        &["job_updated"],
    )
    .await;
    it.change(
        "PATCH",
        &format!("/v3/jobs/{job}"),
        json!({"notes": "Three seasons"}),
        &["job_updated"],
    )
    .await;
    let post = it.read(&format!("/v1/jobs/{job}/job_posts")).await[0]["id"].clone();
    it.change(
        "PATCH",
        &format!("/v2/job_posts/{post}"),
        json!({"title": "Gauger"}),
        &["job_post_updated"],
    )
    .await;
    let flow = json!({"approval_type": "offer_job", "sequential": false, "approver_groups": [
        {"approvals_required": 1, "approvers": [{"user_id": admin}]}]});
    let flows = format!("/v1/jobs/{job}/approval_flows");
    it.approve(&flows, flow.clone()).await;
    it.expect("approve a job", &["job_approved"]).await;

    // An application on its way.
    let new =
        json!({"first_name": "Zoë", "last_name": "Łukasik", "applications": [{"job_id": job}]});
    let candidate = it
        .change(
            "POST",
            "/v1/candidates",
            new.clone(),
            &["new_candidate_application"],
        )
        .await;
    let application = candidate["applications"][0]["id"].clone();
    let path = format!("/v1/applications/{application}");
    let source = it.read("/v1/sources?per_page=1").await[0]["id"].clone();
    it.change(
        "PATCH",
        &path,
        json!({"source_id": source}),
        &["application_updated"],
    )
    .await;
    let stages = it.read(&format!("/v1/jobs/{job}/stages")).await;
    let stages = stages.as_array().unwrap();
    let stage = |place: usize| stages[place]["id"].clone();
    it.change(
        "POST",
        &format!("{path}/advance"),
        json!({"from_stage_id": stage(0)}),
        &["candidate_stage_change"],
    )
    .await;
    let file = json!({"filename": "a.txt", "type": "resume", "content": "YQ==",
        "content_type": "text/plain"});
    it.change(
        "POST",
        &format!("{path}/attachments"),
        file,
        &["application_updated"],
    )
    .await;
    let interview = stages
        .iter()
        .flat_map(|it| it["interviews"].as_array().unwrap());
    let interview = interview
        .clone()
        .find(|it| it["schedulable"] == true)
        .unwrap()["id"]
        .clone();
    let appointment = json!({"application_id": application, "interview_id": interview,
        "interviewers": [{"user_id": admin, "response_status": "accepted"}],
        "start": "2031-03-11T15:00:00Z", "end": "2031-03-11T15:45:00Z",
        "external_event_id": "rota-a"});
    let appointment = it
        .change("POST", "/v2/scheduled_interviews", appointment, &[])
        .await["id"]
        .clone();
    it.change(
        "DELETE",
        &format!("/v1/scheduled_interviews/{appointment}"),
        Value::Null,
        &["interview_deleted"],
    )
    .await;
    it.change(
        "POST",
        &format!("{path}/reject"),
        json!({}),
        &["reject_candidate"],
    )
    .await;
    let reason = it.read("/v1/rejection_reasons?per_page=1").await[0]["id"].clone();
    it.change(
        "PATCH",
        &format!("{path}/reject"),
        json!({"rejection_reason_id": reason}),
        &["application_updated"],
    )
    .await;
    it.change(
        "POST",
        &format!("/v3/applications/{application}/unreject"),
        json!({}),
        &["unreject_candidate"],
    )
    .await;

    // What is refused sends nothing.
    let unreject = format!("{path}/unreject");
    let refused = it.both.send("POST", &unreject, &json!({})).await;
    assert_eq!(refused.status, 422);
    it.expect("a refusal", &[]).await;

    // An offer, its approval, and the hire that fills the last opening.
    let to_the_end =
        json!({"from_stage_id": stage(1), "to_stage_id": stages.last().unwrap()["id"]});
    it.change(
        "POST",
        &format!("{path}/move"),
        to_the_end,
        &["candidate_stage_change", "offer_created"],
    )
    .await;
    let current = format!("{path}/offers/current_offer");
    let starts = json!({"start_date": "2031-05-01"});
    it.change("PATCH", &current, starts, &["offer_updated"])
        .await;
    let offer = it.read(&current).await["id"].clone();
    let mut of_offer = flow;
    of_offer["approval_type"] = json!("offer_candidate");
    of_offer["offer_id"] = offer;
    it.approve(&flows, of_offer).await;
    it.expect("approve an offer", &["offer_approved"]).await;
    it.change(
        "POST",
        &format!("{path}/hire"),
        json!({}),
        &["hire_candidate", "offer_updated", "job_updated"],
    )
    .await;

    // People.
    let person = format!("/v1/candidates/{}", candidate["id"]);
    it.change(
        "PATCH",
        &person,
        json!({"company": "Tide & Mill"}),
        &["update_candidate"],
    )
    .await;
    it.change(
        "PATCH",
        &format!("/v3/candidates/{}", candidate["id"]),
        json!({"company": "Mill"}),
        &["update_candidate"],
    )
    .await;
    it.change(
        "PUT",
        &format!("{person}/anonymize?fields=all_offer_versions,full_name"),
        Value::Null,
        &["candidate_anonymized", "offer_deleted"],
    )
    .await;
    let prospect =
        json!({"first_name": "Iva", "last_name": "Sol", "application": {"job_ids": [template]}});
    let prospect = it
        .change(
            "POST",
            "/v1/prospects",
            prospect,
            &["new_prospect_application"],
        )
        .await;
    let converted = json!({"job_id": template});
    let of_prospect = prospect["applications"][0]["id"].clone();
    it.change(
        "PATCH",
        &format!("/v1/applications/{of_prospect}/convert_prospect"),
        converted,
        &["application_updated", "new_candidate_application"],
    )
    .await;
    let merge =
        json!({"primary_candidate_id": candidate["id"], "duplicate_candidate_id": prospect["id"]});
    it.change("PUT", "/v1/candidates/merge", merge, &["merge_candidate"])
        .await;
    it.change("DELETE", &person, Value::Null, &["delete_candidate"])
        .await;
    let again =
        json!({"first_name": "Ada", "last_name": "Reed", "applications": [{"job_id": template}]});
    let again = it
        .change(
            "POST",
            "/v1/candidates",
            again,
            &["new_candidate_application"],
        )
        .await;
    it.change(
        "DELETE",
        &format!("/v1/applications/{}", again["applications"][0]["id"]),
        Value::Null,
        &["delete_application"],
    )
    .await;

    // Scorecards, which only the seed has.
    let scored = it.read("/v1/scorecards?per_page=1").await[0]["application_id"].clone();
    let scored = it.read(&format!("/v1/applications/{scored}")).await["candidate_id"].clone();
    let applications =
        it.read(&format!("/v1/candidates/{scored}")).await["application_ids"].clone();
    let (mut scorecards, mut interviews) = (0, 0);
    for id in applications.as_array().unwrap() {
        scorecards += it.count(&format!("/v1/applications/{id}/scorecards")).await;
        interviews += it
            .count(&format!("/v1/applications/{id}/scheduled_interviews"))
            .await;
    }
    assert!(scorecards > 0);
    let expected = with(&["candidate_anonymized"], "scorecard_deleted", scorecards);
    let expected = with(&expected, "interview_deleted", interviews);
    let erase = format!("/v1/candidates/{scored}/anonymize?fields=scorecards_and_interviews");
    it.change("PUT", &erase, Value::Null, &expected).await;
    it
}
