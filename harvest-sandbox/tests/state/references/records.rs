//! All records that an organization has, as they are read.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::organization::Organization;

/// What lists are of, and where they are read.
const LISTS: [(&str, &str); 30] = [
    ("candidate", "/v1/candidates"),
    ("application", "/v1/applications"),
    ("job", "/v1/jobs"),
    ("job_post", "/v1/job_posts"),
    ("job_stage", "/v1/job_stages"),
    ("user", "/v1/users"),
    ("source", "/v1/sources"),
    (
        "rejection_reason",
        "/v1/rejection_reasons?include_defaults=true",
    ),
    ("close_reason", "/v1/close_reasons"),
    ("department", "/v1/departments"),
    ("office", "/v1/offices"),
    ("prospect_pool", "/v1/prospect_pools"),
    ("user_role", "/v1/user_roles"),
    ("scorecard", "/v1/scorecards"),
    ("scheduled_interview", "/v1/scheduled_interviews"),
    ("offer", "/v1/offers"),
    ("email_template", "/v1/email_templates"),
    ("eeoc", "/v1/eeoc"),
    ("question_set", "/v1/demographics/question_sets"),
    ("question", "/v1/demographics/questions"),
    ("answer_option", "/v1/demographics/answer_options"),
    ("answer", "/v1/demographics/answers"),
    ("custom_field", "/v1/custom_fields/job"),
    ("custom_field", "/v1/custom_fields/candidate"),
    ("custom_field", "/v1/custom_fields/application"),
    ("custom_field", "/v1/custom_fields/offer"),
    ("custom_field", "/v1/custom_fields/opening"),
    ("custom_field", "/v1/custom_fields/rejection_question"),
    ("custom_field", "/v1/custom_fields/referral_question"),
    ("custom_field", "/v1/custom_fields/user_attribute"),
];

/// Lists that belong to a record of a kind.
const LISTS_OF: [(&str, &str, &str, &str); 6] = [
    ("opening", "job", "/v1/jobs/", "/openings"),
    ("approval_flow", "job", "/v1/jobs/", "/approval_flows"),
    (
        "custom_location",
        "job_post",
        "/v1/job_posts/",
        "/custom_locations",
    ),
    ("job_permission", "user", "/v1/users/", "/permissions/jobs"),
    (
        "future_job_permission",
        "user",
        "/v1/users/",
        "/permissions/future_jobs",
    ),
    (
        "pending_approval",
        "user",
        "/v1/users/",
        "/pending_approvals",
    ),
];

/// One document that belongs to a record of a kind.
const ONE_OF: [(&str, &str, &str, &str); 2] = [
    ("hiring_team", "job", "/v1/jobs/", "/hiring_team"),
    (
        "activity_feed",
        "candidate",
        "/v1/candidates/",
        "/activity_feed",
    ),
];

/// Records that are parts of others: what they are of, the pointer to the list of them, and what they are.
const PARTS: [(&str, &str, &str); 3] = [
    ("job_stage", "interviews", "interview"),
    ("prospect_pool", "prospect_stages", "prospect_stage"),
    (
        "custom_field",
        "custom_field_options",
        "custom_field_option",
    ),
];

#[derive(Default)]
pub struct Records {
    documents: Vec<(&'static str, Value)>,
    ids: BTreeMap<&'static str, BTreeSet<i64>>,
}

impl Records {
    pub async fn read(organization: &Organization) -> Self {
        let mut records = Self::default();
        for (kind, path) in LISTS {
            records.list(organization, kind, path).await;
        }
        for (kind, of, before, after) in LISTS_OF {
            for id in records.ids(of) {
                let path = format!("{before}{id}{after}");
                records.list(organization, kind, &path).await;
            }
        }
        for (kind, of, before, after) in ONE_OF {
            for id in records.ids(of) {
                let one = organization.read(&format!("{before}{id}{after}")).await;
                records.add(kind, one);
            }
        }
        for token in ["fieldwork", "meetup26", "alumni"] {
            let path = format!("/v1/tracking_links/{token}");
            let link = organization.read(&path).await;
            records.add("tracking_link", link);
        }
        for (of, list, kind) in PARTS {
            let documents = records.documents.iter().filter(|(known, _)| *known == of);
            let parts = documents.flat_map(|(_, document)| document[list].as_array().unwrap());
            let ids = parts.filter_map(|part| part["id"].as_i64()).collect();
            records.ids.insert(kind, ids);
        }
        records
    }

    /// Adds a list, page by page.
    async fn list(&mut self, organization: &Organization, kind: &'static str, path: &str) {
        let and = if path.contains('?') { '&' } else { '?' };
        let list = organization.read(&format!("{path}{and}per_page=500")).await;
        let Value::Array(list) = list else {
            panic!("{path} is no list")
        };
        assert!(list.len() < 500, "{path} is longer than a page");
        for document in list {
            self.add(kind, document);
        }
    }

    fn add(&mut self, kind: &'static str, document: Value) {
        let id = document["id"].as_i64();
        self.ids.entry(kind).or_default().extend(id);
        self.documents.push((kind, document));
    }

    fn ids(&self, kind: &str) -> Vec<i64> {
        self.ids[kind].iter().copied().collect()
    }

    pub fn has(&self, kind: &str, id: i64) -> bool {
        self.ids.get(kind).is_some_and(|ids| ids.contains(&id))
    }

    /// Those of one kind.
    pub fn all(&self, kind: &str) -> impl Iterator<Item = &Value> {
        let of_kind = self
            .documents
            .iter()
            .filter(move |(known, _)| *known == kind);
        of_kind.map(|(_, document)| document)
    }

    /// The record of a kind with this id.
    pub fn one(&self, kind: &str, id: i64) -> &Value {
        self.all(kind)
            .find(|document| document["id"] == id)
            .unwrap()
    }

    /// All of them, with what they are.
    pub fn documents(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.documents
            .iter()
            .map(|(kind, document)| (*kind, document))
    }
}
