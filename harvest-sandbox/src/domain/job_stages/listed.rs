//! The interviews of stages, as records of their own.

use serde::{Deserialize, Serialize};

use super::{Interview, JOB_STAGE, JobStage};
use crate::domain::access::{self, Scope, Visibility};
use crate::domain::parts::{self, Owner};
use crate::refusal::Outcome;
use crate::store::{Edit, Kind};

pub(crate) static JOB_INTERVIEW: Kind = Kind {
    table: "job_interview",
    first_id: 5_120_440,
    visibility: Visibility::of(&[access::Owner::Column(Scope::Job, "job_id")]),
};

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ListedInterview {
    pub(crate) job_id: i64,
    pub(crate) job_stage_id: i64,
    /// Its place among the interviews of the stage, from 0.
    pub(crate) place: i64,
    #[serde(flatten)]
    pub(crate) interview: Interview,
}

impl JobStage {
    /// Adds a stage.
    pub(crate) fn insert(&self, edit: &mut Edit<'_>) -> Outcome<()> {
        let id = edit.insert(&JOB_STAGE, self)?;
        self.keep_interviews(edit, id)
    }

    /// Keeps what is listed apart from the stage, after a change.
    pub(crate) fn keep_interviews(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        let owner = Owner {
            column: "job_stage_id",
            id,
        };
        let interviews = (0..).zip(&self.interviews).map(|(place, interview)| {
            let listed = ListedInterview {
                job_id: self.job_id,
                job_stage_id: id,
                place,
                interview: interview.clone(),
            };
            (interview.id, listed)
        });
        parts::keep(edit, &JOB_INTERVIEW, owner, interviews)?;
        self.keep_kits(edit, id)
    }
}
