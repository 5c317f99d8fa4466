//! "Try it" of the API reference: every operation of both versions succeeds with what the viewer begins with.

use std::time::Duration;

use harvest_sandbox::Sandbox;
use serde_json::Value;

use crate::caller::Caller;
use crate::support::{self, Documented, operations};
use crate::visitor::Visitor;

/// Operations of v3 on records of which a new organization has none, and what makes one.
pub const MADE_BY: [(&str, &str); 13] = [
    (
        "bulk_delete_blocked_spam_sources",
        "create_blocked_spam_source",
    ),
    (
        "bulk_update_blocked_spam_sources",
        "create_blocked_spam_source",
    ),
    ("create_scorecard_candidate_attribute", "create_scorecard"),
    ("create_scorecard_question_answer", "create_scorecard"),
    ("delete_blocked_spam_source", "create_blocked_spam_source"),
    (
        "delete_custom_field_department",
        "create_custom_field_department",
    ),
    ("delete_custom_field_office", "create_custom_field_office"),
    ("delete_job_note", "create_job_note"),
    ("delete_webhook", "create_webhook"),
    ("get_bulk_request", "bulk_disable_users"),
    ("update_blocked_spam_source", "create_blocked_spam_source"),
    ("update_job_note", "create_job_note"),
    ("update_webhook", "create_webhook"),
];

/// The operations of a version, as the reference shows them now.
pub struct Shown {
    pub description: Value,
    pub operations: Vec<Documented>,
}

impl Shown {
    pub async fn read(visitor: &Visitor, version: &str) -> Self {
        let path = "/configure/dev_center/reference/description.json";
        let page = visitor.open(&format!("{path}?version={version}")).await;
        assert_eq!(page.answer.status, 200, "{}", page.html());
        Self {
            description: page.answer.json(),
            operations: operations(page.html()),
        }
    }

    pub fn find(&self, id: &str) -> &Documented {
        self.operations.iter().find(|it| it.id == id).unwrap()
    }

    /// Sends what is filled in.
    pub async fn send(&self, caller: &Caller, operation: &Documented) -> support::Answer {
        let body = operation.bodies.first().map(ToString::to_string);
        self.send_to(caller, operation, &operation.url, body).await
    }

    /// Sends another body to another address.
    pub async fn send_to(
        &self,
        caller: &Caller,
        operation: &Documented,
        url: &str,
        body: Option<String>,
    ) -> support::Answer {
        let mut request = caller.request(&operation.method, url);
        if let Some(user) = self.acting_user(&operation.id) {
            request = request.header("On-Behalf-Of", user);
        }
        support::send(match body {
            Some(body) => support::with_body(request, body),
            None => request,
        })
        .await
    }

    /// Who is filled in as the acting user, where one is needed.
    fn acting_user(&self, id: &str) -> Option<i64> {
        let paths = self.description["paths"].as_object().unwrap().values();
        let mut operations = paths.flat_map(|item| item.as_object().unwrap().values());
        let operation = operations.find(|it| it["operationId"] == id).unwrap();
        let mut parameters = operation["parameters"].as_array().into_iter().flatten();
        let header = parameters.find(|it| it["name"] == "On-Behalf-Of" && it["required"] == true);
        header.map(|header| header["example"].as_i64().unwrap())
    }
}

#[tokio::test]
async fn every_operation_succeeds_with_what_is_filled_in() {
    let visitor = Visitor::start().await;
    let sandbox = &visitor.sandbox;
    let caller = Caller::of(sandbox);
    sandbox.snapshot("fresh").unwrap();
    let mut failed = Vec::new();
    for version in ["v1", "v3"] {
        let fresh = Shown::read(&visitor, version).await;
        let described = operations(harvest_spec::document(version).unwrap().json);
        assert_eq!(fresh.operations.len(), described.len());
        for operation in &fresh.operations {
            let id = operation.id.as_str();
            let maker = MADE_BY.iter().find(|(of, _)| *of == id && version == "v3");
            let answer = match maker {
                None => fresh.send(&caller, operation).await,
                Some((_, maker)) => {
                    let made = fresh.send(&caller, fresh.find(maker)).await;
                    assert!((200..300).contains(&made.status), "{maker}: {}", made.text);
                    let later = Shown::read(&visitor, version).await;
                    later.send(&caller, later.find(id)).await
                }
            };
            if !(200..300).contains(&answer.status) {
                let Documented { method, url, .. } = operation;
                failed.push(format!(
                    "{method} {url} {id}: {} {}",
                    answer.status, answer.text
                ));
            } else if answer.status == 202 && refused_rows(sandbox, &caller).await != 0 {
                failed.push(format!("{id}: rows were refused"));
            }
            if operation.method != "GET" || maker.is_some() {
                sandbox.restore("fresh").unwrap();
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

/// How many rows of the latest bulk job were refused.
async fn refused_rows(sandbox: &Sandbox, caller: &Caller) -> i64 {
    sandbox.clock().advance(Duration::from_secs(2)).unwrap();
    let jobs = caller.get("/v3/bulk_requests?per_page=1").await;
    let jobs = jobs.json();
    assert_eq!(jobs[0]["status"], "completed");
    jobs[0]["failure_count"].as_i64().unwrap()
}

#[tokio::test]
async fn what_was_changed_meanwhile_is_not_filled_in_any_more() {
    let visitor = Visitor::start().await;
    let caller = Caller::of(&visitor.sandbox);
    let before = Shown::read(&visitor, "v1").await;
    let delete = before.find("delete_candidate");
    assert_eq!(before.send(&caller, delete).await.status, 200);
    let after = Shown::read(&visitor, "v1").await;
    let url = &after.find("delete_candidate").url;
    assert_ne!(*url, delete.url);
    assert_eq!(caller.get(url).await.status, 200);
    // An organization without records leaves the examples as they are.
    let empty = Visitor::with(Sandbox::builder().candidates(0)).await;
    let shown = Shown::read(&empty, "v1").await;
    let documented = operations(harvest_spec::document("v1").unwrap().json);
    let documented = documented.iter().find(|it| it.id == "delete_candidate");
    assert_eq!(shown.find("delete_candidate").url, documented.unwrap().url);
}
