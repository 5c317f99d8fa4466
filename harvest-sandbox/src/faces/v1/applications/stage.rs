//! Moving applications: through the stages of their job, and to another job.

use serde::Deserialize;

use super::subject::Subject;
use crate::domain::access::ClientId;
use crate::domain::activity_feed::STAGE_CHANGE;
use crate::domain::applications::APPLICATION;
use crate::domain::job_stages::{JOB_STAGE, JobStage};
use crate::domain::jobs::{JOB, Job};
use crate::domain::{job_stages, offers};
use crate::faces::Writing;
use crate::http::refusal::Outcome;
use crate::refusal::{Problems, Refusal};

#[derive(Deserialize)]
struct Advance {
    from_stage_id: ClientId,
}

/// Into the next stage.
pub(super) fn advance(cx: &mut Writing<'_, '_>) -> Outcome {
    let subject = Subject::of(cx)?;
    let body: Advance = cx.call.body()?;
    subject.require_status("active")?;
    let job_id = subject.require_job()?;
    require_current(&subject, body.from_stage_id)?;
    let stages = job_stages::of_job(cx, job_id)?;
    let mut after = stages.iter().skip_while(|id| body.from_stage_id != **id);
    let Some(next) = after.nth(1) else {
        let message = "Is the last stage of this job";
        return Err(Refusal::field("from_stage_id", message));
    };
    enter(cx, subject, *next)
}

#[derive(Deserialize)]
struct Move {
    from_stage_id: ClientId,
    to_stage_id: ClientId,
}

/// Into any stage of its job.
pub(super) fn move_within(cx: &mut Writing<'_, '_>) -> Outcome {
    let subject = Subject::of(cx)?;
    let body: Move = cx.call.body()?;
    subject.require_status("active")?;
    let job_id = subject.require_job()?;
    let mut problems = Problems::default();
    if !is_in(&subject, body.from_stage_id) {
        problems.add("from_stage_id", NOT_THERE);
    }
    let to = of_job(cx, job_id, body.to_stage_id, "to_stage_id", &mut problems)?;
    problems.check()?;
    enter(cx, subject, to.ok_or_else(Refusal::not_found)?)
}

const NOT_THERE: &str = "Is not the stage that the application is in";

/// Someone else may have moved it since the client looked.
fn require_current(subject: &Subject, from_stage_id: ClientId) -> Outcome<()> {
    if is_in(subject, from_stage_id) {
        Ok(())
    } else {
        Err(Refusal::field("from_stage_id", NOT_THERE))
    }
}

fn is_in(subject: &Subject, stage_id: ClientId) -> bool {
    let current = subject.application.stage_id;
    current.is_some_and(|id| stage_id == id)
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
    new_job_id: ClientId,
    new_stage_id: Option<ClientId>,
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
    let (job_id, job, stage_id) = target.check(cx, &mut problems)?;
    offers::change_job(cx, id, job_id)?;
    let application = &mut subject.application;
    application.job_ids = vec![job_id];
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
    pub(super) job: (&'static str, ClientId),
    pub(super) stage: (&'static str, Option<ClientId>),
}

impl Target {
    /// The job, and the stage in it; or 422 with all that is wrong, and 403 for those who see the job and may not manage it.
    pub(super) fn check(
        &self,
        cx: &Writing<'_, '_>,
        problems: &mut Problems,
    ) -> Outcome<(i64, Job, Option<i64>)> {
        let (field, job_id) = self.job;
        let found = cx.record_in_body::<Job>(&JOB, job_id, (field, "A job"), problems)?;
        let mut stage_id = None;
        if let Some((job_id, job)) = &found {
            if job.status == "closed" {
                problems.add(field, "This job is closed");
            } else {
                cx.user.require_job(cx, *job_id)?;
            }
            if let (field, Some(id)) = self.stage {
                stage_id = of_job(cx, *job_id, id, field, problems)?;
            }
        }
        problems.check()?;
        let (job_id, job) = found.ok_or_else(Refusal::not_found)?;
        let first = job_stages::of_job(cx, job_id)?.first().copied();
        Ok((job_id, job, stage_id.or(first)))
    }
}

/// The stage of a job that a body names, or a problem.
fn of_job(
    cx: &Writing<'_, '_>,
    job_id: i64,
    stage_id: ClientId,
    field: &str,
    problems: &mut Problems,
) -> Outcome<Option<i64>> {
    let found = stage_id.find::<JobStage>(cx, &cx.user, &JOB_STAGE)?;
    let found = found.filter(|(_, stage)| stage.job_id == job_id && stage.active);
    if found.is_none() {
        problems.add(field, "Is no stage of this job");
    }
    Ok(found.map(|(id, _)| id))
}
