//! Applications: candidates on a job, and prospects.

use serde::{Deserialize, Serialize};

use super::custom_field::Values;
use crate::domain::access::{Owner, Scope, Visibility};
use crate::domain::attachments::Attachment;
use crate::store::Kind;

pub(crate) static APPLICATION: Kind = Kind {
    table: "application",
    first_id: 119_561_004_418,
    visibility: Visibility::of(&[Owner::Column(Scope::Application, "id")]),
};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Application {
    pub(crate) candidate_id: i64,
    pub(crate) prospect: bool,
    pub(crate) applied_at: String,
    pub(crate) rejected_at: Option<String>,
    pub(crate) last_activity_at: String,
    /// In plain words.
    pub(crate) location: Option<String>,
    pub(crate) source_id: Option<i64>,
    pub(crate) credited_to_id: Option<i64>,
    pub(crate) recruiter_id: Option<i64>,
    pub(crate) coordinator_id: Option<i64>,
    pub(crate) rejection_reason_id: Option<i64>,
    /// Answers to the rejection questions.
    pub(crate) rejection_details: Values,
    pub(crate) job_ids: Vec<i64>,
    pub(crate) job_post_id: Option<i64>,
    /// `active`, `rejected`, `hired` or `converted`.
    pub(crate) status: String,
    /// None for prospects, and after hiring.
    pub(crate) stage_id: Option<i64>,
    pub(crate) answers: Vec<Answer>,
    pub(crate) prospective_office_id: Option<i64>,
    pub(crate) prospective_department_id: Option<i64>,
    pub(crate) prospect_pool_id: Option<i64>,
    pub(crate) prospect_stage_id: Option<i64>,
    pub(crate) prospect_owner_id: Option<i64>,
    pub(crate) custom_fields: Values,
    pub(crate) attachments: Vec<Attachment>,
}

/// A question of a job post, and what the candidate answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Answer {
    pub(crate) question: String,
    pub(crate) answer: String,
}

impl Application {
    /// The job that a candidate is on. A prospect is on none, and may be considered for several.
    pub(crate) fn job_id(&self) -> Option<i64> {
        (!self.prospect)
            .then(|| self.job_ids.first().copied())
            .flatten()
    }
}
