//! The stages of jobs, through which applications go.

mod interview;
mod kits;
mod listed;
mod seed;

pub(crate) use crate::domain::records::answer_type::AnswerType;
pub(crate) use interview::{Copied, Interview, InterviewQuestion};
pub(crate) use kits::{
    DEFAULT_INTERVIEWER, DefaultInterviewer, INTERVIEW_KIT, ListedKit, ListedOption,
    ListedQuestion, SCORECARD_QUESTION, SCORECARD_QUESTION_OPTION,
};
pub(crate) use listed::{JOB_INTERVIEW, ListedInterview};

use serde::{Deserialize, Serialize};

use crate::clock::stamp;
use crate::domain::Resource;
use crate::domain::access::{Owner, Scope, Visibility};
use crate::refusal::Outcome;
use crate::store::{Edit, Kind, View};

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[
        &JOB_STAGE,
        &JOB_INTERVIEW,
        &INTERVIEW_KIT,
        &DEFAULT_INTERVIEWER,
        &SCORECARD_QUESTION,
        &SCORECARD_QUESTION_OPTION,
    ],
    seed: seed::seed,
};

pub(crate) static JOB_STAGE: Kind = Kind {
    table: "job_stage",
    first_id: 4_023_300_051,
    visibility: Visibility::of(&[Owner::Column(Scope::Job, "job_id")]),
};

/// What is known about a stage.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct JobStage {
    pub(crate) name: String,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
    pub(crate) active: bool,
    pub(crate) job_id: i64,
    /// Its place among the stages of the job, from 0.
    pub(crate) priority: i64,
    pub(crate) interviews: Vec<Interview>,
}

/// The ids of the active stages of a job, first to last.
pub(crate) fn of_job(view: &View<'_>, job_id: i64) -> Outcome<Vec<i64>> {
    view.column(
        "SELECT id FROM job_stage WHERE job_id = ?1 AND state ->> 'active' ORDER BY priority, id",
        [job_id],
    )
}

/// Gives a new job the active stages of another, with interviews of its own, and says which took the place of which.
pub(crate) fn copy(edit: &mut Edit<'_>, from_job_id: i64, to_job_id: i64) -> Outcome<Copied> {
    let now = stamp(edit.now());
    let mut copied = Copied::default();
    for id in of_job(edit, from_job_id)? {
        let mut stage: JobStage = edit.get(&JOB_STAGE, id)?;
        stage.job_id = to_job_id;
        stage.created_at.clone_from(&now);
        stage.updated_at.clone_from(&now);
        for interview in &mut stage.interviews {
            interview.number(edit, &mut copied)?;
        }
        stage.insert(edit)?;
    }
    Ok(copied)
}
