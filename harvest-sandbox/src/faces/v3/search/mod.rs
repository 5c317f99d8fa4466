//! Searches: lists by a text and by filters that reach from one record to others.
//!
//! What a search looks at is not documented. Here it is what a person would type: names, companies, titles and addresses of
//! candidates, names and requisition ids of jobs.

mod applications;
mod candidates;
mod jobs;

use crate::faces::{Handler, Reading, Resource};
use crate::refusal::{Outcome, Refusal, Why};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[],
    operations: &[
        ("search_applications", Handler::Read(applications::search)),
        ("search_candidates", Handler::Read(candidates::search)),
        ("search_jobs", Handler::Read(jobs::search)),
    ],
};

/// The longest text that is looked for, in characters: that of a name. It is compared at every place of texts that can be long
/// themselves.
const LONGEST_TEXT: usize = 255;

/// Refuses a text that is too long to be looked for.
fn check_text(cx: &Reading<'_>) -> Outcome<()> {
    let text = cx.call.query().last("search").unwrap_or_default();
    if text.chars().nth(LONGEST_TEXT).is_none() {
        return Ok(());
    }
    Err(Refusal::field("search", Why::TooLong(LONGEST_TEXT)))
}

/// SQL that holds for the rows of `candidate` in which the text `?` stands, whatever its case.
macro_rules! candidate_has_text {
    () => {
        "(instr(lower(candidate.state ->> 'first_name' || ' ' || (candidate.state ->>
          'last_name')), lower(?)) > 0
          OR instr(lower(ifnull(candidate.state ->> 'preferred_name', '')), lower(?)) > 0
          OR instr(lower(ifnull(candidate.state ->> 'company', '')), lower(?)) > 0
          OR instr(lower(ifnull(candidate.state ->> 'title', '')), lower(?)) > 0
          OR EXISTS (SELECT 1 FROM candidate_email WHERE candidate_id = candidate.id
                     AND instr(lower(address), lower(?)) > 0))"
    };
}
use candidate_has_text;

/// SQL that holds for the rows of `application` that are on a job for which a condition holds.
macro_rules! on_job {
    ($condition:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM application_job JOIN job ON job.id = application_job.job_id
             WHERE application_job.application_id = application.id AND ",
            $condition,
            ")"
        )
    };
}

/// Conditions of searches for rows of `application`, by parameter. `?` is the value.
const OF_APPLICATIONS: &[(&str, &str)] = &[
    ("job_status", on_job!("? IN ('all', job.status)")),
    (
        "department_id",
        on_job!("? IN (SELECT value FROM json_each(job.state, '$.department_ids'))"),
    ),
    (
        "office_id",
        on_job!("? IN (SELECT value FROM json_each(job.state, '$.office_ids'))"),
    ),
    ("recruiter_id", "application.recruiter_id = ?"),
    ("coordinator_id", "application.coordinator_id = ?"),
    (
        "hiring_manager_id",
        on_job!(
            "EXISTS (SELECT 1 FROM job_hiring_manager AS it WHERE it.job_id = job.id \
             AND it.user_id = ?)"
        ),
    ),
    // Nothing is paused or completed here.
    (
        "stage_status",
        "application.status = CASE ? WHEN 'in_process' THEN 'active' ELSE ? END",
    ),
    (
        "stage_name",
        "application.stage_id IN (SELECT id FROM job_stage
         WHERE state ->> 'name' IN (SELECT value FROM json_each(?)))",
    ),
    (
        "candidate_tag_id",
        "application.candidate_id IN (SELECT candidate_id FROM candidate_tag WHERE tag_id = ?)",
    ),
    ("prospect_pool_id", "application.prospect_pool_id = ?"),
];
