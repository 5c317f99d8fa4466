//! Moving applications: through the stages of their job, and to another job.

use serde::Deserialize;

use super::super::activity_feed::STAGE_CHANGE;
use super::super::job_stages::{self, JOB_STAGE, JobStage};
use super::super::jobs::{JOB, Job};
use super::super::offers;
use super::APPLICATION;
use super::subject::Subject;
use crate::handler::Writing;
use crate::refusal::{Outcome, Problems, Refusal};
use crate::store::View;

#[derive(Deserialize)]
struct Advance {
    from_stage_id: i64,
}

/// Into the next stage.
pub(super) fn advance(cx: &mut Writing<'_, '_>) -> Outcome {
    let subject = Subject::of(cx)?;
    let body: Advance = cx.call.body()?;
    subject.require_status("active")?;
    let job_id = subject.require_job()?;
    require_current(&subject, body.from_stage_id)?;
    let stages = job_stages::of_job(cx, job_id)?;
    let mut after = stages.iter().skip_while(|id| **id != body.from_stage_id);
    let Some(next) = after.nth(1) else {
        let message = "Is the last stage of this job";
        return Err(Refusal::field("from_stage_id", message));
    };
    enter(cx, subject, *next)
}

#[derive(Deserialize)]
struct Move {
    from_stage_id: i64,
    to_stage_id: i64,
}

/// Into any stage of its job.
pub(super) fn move_within(cx: &mut Writing<'_, '_>) -> Outcome {
    let subject = Subject::of(cx)?;
    let body: Move = cx.call.body()?;
    subject.require_status("active")?;
    let job_id = subject.require_job()?;
    let mut problems = Problems::default();
    if subject.application.stage_id != Some(body.from_stage_id) {
        problems.add("from_stage_id", NOT_THERE);
    }
    of_job(cx, job_id, body.to_stage_id, "to_stage_id", &mut problems)?;
    problems.check()?;
    enter(cx, subject, body.to_stage_id)
}

const NOT_THERE: &str = "Is not the stage that the application is in";

/// Someone else may have moved it since the client looked.
fn require_current(subject: &Subject, from_stage_id: i64) -> Outcome<()> {
    if subject.application.stage_id == Some(from_stage_id) {
        Ok(())
    } else {
        Err(Refusal::field("from_stage_id", NOT_THERE))
    }
}

fn enter(cx: &mut Writing<'_, '_>, mut subject: Subject, stage_id: i64) -> Outcome {
    let id = subject.id;
    let stage: JobStage = cx.get(&JOB_STAGE, stage_id)?;
    subject.application.stage_id = Some(stage_id);
    subject.keep(cx, STAGE_CHANGE, &format!("was moved into {}", stage.name))?;
    offer_at_the_end(cx, id, stage_id)?;
    cx.changed(&APPLICATION, id)
}

/// Who is in the last stage of a job has an offer.
fn offer_at_the_end(cx: &mut Writing<'_, '_>, id: i64, stage_id: i64) -> Outcome<()> {
    let stage: JobStage = cx.get(&JOB_STAGE, stage_id)?;
    if job_stages::of_job(cx, stage.job_id)?.last() == Some(&stage_id) {
        offers::make(cx, id)?;
    }
    Ok(())
}

#[derive(Deserialize)]
struct Transfer {
    new_job_id: i64,
    new_stage_id: Option<i64>,
}

/// To another job, into its first stage unless another is named.
pub(super) fn transfer(cx: &mut Writing<'_, '_>) -> Outcome {
    let mut subject = Subject::of(cx)?;
    let id = subject.id;
    let body: Transfer = cx.call.body()?;
    let from = subject.require_job()?;
    let mut problems = Problems::default();
    let target = Target {
        job: ("new_job_id", body.new_job_id),
        stage: ("new_stage_id", body.new_stage_id),
    };
    if body.new_job_id == from {
        problems.add("new_job_id", "Is the job that the application is on");
    }
    let (job, stage_id) = target.check(cx, &mut problems)?;
    offers::change_job(cx, id, body.new_job_id)?;
    let application = &mut subject.application;
    application.job_ids = vec![body.new_job_id];
    // What was posted and asked belongs to the job that is left.
    application.job_post_id = None;
    application.stage_id = if application.status == "hired" {
        None
    } else {
        stage_id
    };
    let is_active = application.status == "active";
    subject.keep(
        cx,
        "Candidate Transferred",
        &format!("was transferred to {}", job.name),
    )?;
    if let Some(stage_id) = stage_id.filter(|_| is_active) {
        offer_at_the_end(cx, id, stage_id)?;
    }
    cx.changed(&APPLICATION, id)
}

/// Where an application is to go, with the names of the fields that say so.
pub(super) struct Target {
    pub(super) job: (&'static str, i64),
    pub(super) stage: (&'static str, Option<i64>),
}

impl Target {
    /// The job, and the stage in it; or 422 with all that is wrong, and 403 for who may not.
    pub(super) fn check(
        &self,
        cx: &Writing<'_, '_>,
        problems: &mut Problems,
    ) -> Outcome<(Job, Option<i64>)> {
        let (field, job_id) = self.job;
        let job: Option<Job> = cx.find(&JOB, job_id)?;
        match &job {
            None => problems.unknown(field, "A job"),
            Some(job) if job.status == "closed" => problems.add(field, "This job is closed"),
            Some(_) => cx.user.require_job(cx, job_id)?,
        }
        if job.is_some()
            && let (field, Some(stage_id)) = self.stage
        {
            of_job(cx, job_id, stage_id, field, problems)?;
        }
        problems.check()?;
        let first = job_stages::of_job(cx, job_id)?.first().copied();
        Ok((job.unwrap_or_default(), self.stage.1.or(first)))
    }
}

fn of_job(
    view: &View<'_>,
    job_id: i64,
    stage_id: i64,
    field: &str,
    problems: &mut Problems,
) -> Outcome<()> {
    let stage: Option<JobStage> = view.find(&JOB_STAGE, stage_id)?;
    if stage.is_none_or(|stage| stage.job_id != job_id || !stage.active) {
        problems.add(field, "Is no stage of this job");
    }
    Ok(())
}
