//! Parts in folders from before they were listed on their own.

use serde::de::DeserializeOwned;

use crate::domain::applications::{APPLICATION, Application};
use crate::domain::approvals::{APPROVAL_FLOW, Flow};
use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::domain::custom_fields::{CUSTOM_FIELD, CustomField};
use crate::domain::job_posts::{JOB_POST, JobPost, list_boards};
use crate::domain::job_stages::{JOB_STAGE, JobStage};
use crate::domain::jobs::{JOB, Job};
use crate::domain::prospect_pools::{PROSPECT_POOL, ProspectPool};
use crate::domain::scheduled_interviews::{SCHEDULED_INTERVIEW, ScheduledInterview};
use crate::domain::users::{USER, User};
use crate::refusal::Outcome;
use crate::store::{Edit, Kind};

/// The date of the parts of records from before parts were dated.
const UNKNOWN_DATE: &str = "2020-01-01T00:00:00.000Z";

/// Makes records of the parts of the organization: boards, options, stages of pools, addresses of users.
pub(crate) fn list_parts(edit: &mut Edit<'_>) -> Outcome<()> {
    edit.date(UNKNOWN_DATE.to_owned());
    list_boards(edit)?;
    each(edit, &CUSTOM_FIELD, CustomField::save)?;
    each(edit, &PROSPECT_POOL, ProspectPool::save)?;
    each(edit, &USER, User::save)
}

/// Makes records of the parts of jobs, candidates and applications.
pub(crate) fn list_parts_of_people(edit: &mut Edit<'_>) -> Outcome<()> {
    edit.date(UNKNOWN_DATE.to_owned());
    each(edit, &JOB, Job::keep_members)?;
    each(edit, &JOB_STAGE, JobStage::keep_interviews)?;
    each(edit, &APPROVAL_FLOW, Flow::keep_groups)?;
    each(edit, &SCHEDULED_INTERVIEW, ScheduledInterview::keep_panel)?;
    each(edit, &CANDIDATE, Candidate::keep_parts)?;
    each(edit, &APPLICATION, Application::add_stage)
}

/// Makes records of the parts of job posts and stages: locations, and what is in interviews.
pub(crate) fn list_parts_of_jobs(edit: &mut Edit<'_>) -> Outcome<()> {
    edit.date(UNKNOWN_DATE.to_owned());
    each(edit, &JOB_POST, JobPost::keep_locations)?;
    each(edit, &JOB_STAGE, JobStage::keep_interviews)
}

/// Makes records of the files of applications.
pub(crate) fn list_attachments(edit: &mut Edit<'_>) -> Outcome<()> {
    each(edit, &APPLICATION, Application::keep_files)
}

/// Does something with each record of a kind, which there may be many of.
fn each<T: DeserializeOwned>(
    edit: &mut Edit<'_>,
    kind: &Kind,
    list: fn(&T, &mut Edit<'_>, i64) -> Outcome<()>,
) -> Outcome<()> {
    let sql = format!("SELECT id FROM {} ORDER BY id", kind.table);
    for id in edit.column(&sql, [])? {
        let whole: T = edit.get(kind, id)?;
        list(&whole, edit, id)?;
    }
    Ok(())
}
