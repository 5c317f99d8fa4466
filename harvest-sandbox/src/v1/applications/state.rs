//! What is known about an application.

use serde::{Deserialize, Serialize};

use super::super::attachments::Attachment;
use super::super::custom_fields::Values;
use super::APPLICATION;
use crate::refusal::Outcome;
use crate::store::Edit;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::v1) struct Application {
    pub(in crate::v1) candidate_id: i64,
    pub(in crate::v1) prospect: bool,
    pub(in crate::v1) applied_at: String,
    pub(in crate::v1) rejected_at: Option<String>,
    pub(in crate::v1) last_activity_at: String,
    /// In plain words.
    pub(in crate::v1) location: Option<String>,
    pub(in crate::v1) source_id: Option<i64>,
    pub(in crate::v1) credited_to_id: Option<i64>,
    pub(in crate::v1) recruiter_id: Option<i64>,
    pub(in crate::v1) coordinator_id: Option<i64>,
    pub(in crate::v1) rejection_reason_id: Option<i64>,
    /// Answers to the rejection questions.
    pub(in crate::v1) rejection_details: Values,
    pub(in crate::v1) job_ids: Vec<i64>,
    pub(in crate::v1) job_post_id: Option<i64>,
    /// `active`, `rejected`, `hired` or `converted`.
    pub(in crate::v1) status: String,
    /// None for prospects, and after hiring.
    pub(in crate::v1) stage_id: Option<i64>,
    pub(in crate::v1) answers: Vec<Answer>,
    pub(in crate::v1) prospective_office_id: Option<i64>,
    pub(in crate::v1) prospective_department_id: Option<i64>,
    pub(in crate::v1) prospect_pool_id: Option<i64>,
    pub(in crate::v1) prospect_stage_id: Option<i64>,
    pub(in crate::v1) prospect_owner_id: Option<i64>,
    pub(in crate::v1) custom_fields: Values,
    pub(in crate::v1) attachments: Vec<Attachment>,
}

/// A question of a job post, and what the candidate answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::v1) struct Answer {
    pub(in crate::v1) question: String,
    pub(in crate::v1) answer: String,
}

impl Application {
    /// The job that a candidate is on. A prospect is on none, and may be considered for several.
    pub(in crate::v1) fn job_id(&self) -> Option<i64> {
        (!self.prospect)
            .then(|| self.job_ids.first().copied())
            .flatten()
    }

    /// Keeps an application that was changed, or under an id of its own one that is new.
    pub(in crate::v1) fn save(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        if edit.exists(&APPLICATION, id)? {
            edit.save(&APPLICATION, id, self)?;
            edit.run(
                "DELETE FROM application_job WHERE application_id = ?1",
                [id],
            )?;
        } else {
            edit.insert_as(&APPLICATION, id, self)?;
        }
        self.index(edit, id)
    }

    /// Writes down on which jobs it is.
    pub(in crate::v1) fn index(&self, edit: &Edit<'_>, id: i64) -> Outcome<()> {
        for job_id in &self.job_ids {
            edit.run(
                "INSERT OR IGNORE INTO application_job (job_id, application_id) VALUES (?1, ?2)",
                (job_id, id),
            )?;
        }
        Ok(())
    }
}
