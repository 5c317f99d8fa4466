//! Moving applications: through the stages of their job, and to another job.

use super::{Application, Subject, add};
use crate::clock::{Moment, stamp};
use crate::domain::access::{Actor, ClientId};
use crate::domain::activity_feed::STAGE_CHANGE;
use crate::domain::events::Event;
use crate::domain::job_stages::{self, JOB_STAGE, JobStage};
use crate::domain::jobs::{JOB, Job};
use crate::domain::offers;
use crate::domain::users::{USER, User};
use crate::refusal::{Outcome, Problems, Refusal, State, Why};
use crate::store::{Edit, View};

/// A move within a job.
pub(crate) struct Move {
    /// The stage that the application is taken to be in: someone else may have moved it since the client looked.
    pub(crate) from: ClientId,
    /// Any stage of the job, or else the next one.
    pub(crate) to: Option<ClientId>,
}

/// Moves an application into another stage of its job. Problems are at `from` and `to`.
pub(crate) fn move_to(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    command: &Move,
) -> Outcome<i64> {
    let subject = Subject::of(edit, actor, id)?;
    subject.require_status("active")?;
    let job_id = subject.require_job()?;
    let mut problems = Problems::default();
    let current = subject.application.stage_id;
    if current.is_none_or(|id| command.from != id) {
        problems.add("from", State::OtherStage);
    }
    let to = if let Some(to) = command.to {
        of_job(edit, actor, job_id, to, "to", &mut problems)?
    } else {
        problems.check()?;
        next(edit, job_id, command.from, &mut problems)?
    };
    problems.check()?;
    let id = subject.id;
    enter(edit, subject, to.ok_or(Refusal::NotFound)?)?;
    Ok(id)
}

/// The stage after another.
fn next(
    view: &View<'_>,
    job_id: i64,
    from: ClientId,
    problems: &mut Problems,
) -> Outcome<Option<i64>> {
    let stages = job_stages::of_job(view, job_id)?;
    let mut after = stages.iter().skip_while(|id| from != **id);
    let next = after.nth(1).copied();
    if next.is_none() {
        problems.add("from", State::LastStage);
    }
    Ok(next)
}

fn enter(edit: &mut Edit<'_>, mut subject: Subject, stage_id: i64) -> Outcome<()> {
    let id = subject.id;
    let stage: JobStage = edit.get(&JOB_STAGE, stage_id)?;
    let job: Job = edit.get(&JOB, stage.job_id)?;
    let user: Option<User> = edit.find(&USER, subject.actor().id)?;
    let name = user.map(|user| user.name());
    let what = moved_into(&stage.name, &job.name, edit.now(), name.as_deref());
    subject.application.stage_id = Some(stage_id);
    subject.keep(edit, STAGE_CHANGE, &what)?;
    Event::ApplicationMoved(id).record(edit);
    offer_at_the_end(edit, id, stage_id)
}

/// What the feed says of a move, after the name of the candidate: in the words of the documentation.
pub(crate) fn moved_into(stage: &str, job: &str, at: Moment, who: Option<&str>) -> String {
    let day = at.format("%m/%d/%Y");
    let by = who.map(|who| format!(" by {who}")).unwrap_or_default();
    format!("was moved into {stage} for {job} on {day}{by}")
}

/// Who is in the last stage of a job has an offer.
fn offer_at_the_end(edit: &mut Edit<'_>, id: i64, stage_id: i64) -> Outcome<()> {
    let stage: JobStage = edit.get(&JOB_STAGE, stage_id)?;
    if job_stages::of_job(edit, stage.job_id)?.last() == Some(&stage_id) {
        offers::make(edit, id)?;
    }
    Ok(())
}

/// The job that an application is to go to, and the stage; the first one unless another is named.
pub(crate) struct Target {
    pub(crate) job: ClientId,
    pub(crate) stage: Option<ClientId>,
}

/// Moves an application to another job. Problems are at `job` and `stage`.
pub(crate) fn transfer(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    target: &Target,
) -> Outcome<i64> {
    let mut subject = Subject::of(edit, actor, id)?;
    let id = subject.id;
    let from = subject.require_job()?;
    let mut problems = Problems::default();
    if target.job == from {
        let why = Why::Unchanged("the job that the application is on");
        problems.add("job", why);
    }
    let (job_id, job, stage_id) = target.check(edit, actor, &mut problems)?;
    offers::change_job(edit, id, job_id)?;
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
        edit,
        "Candidate Transferred",
        &format!("was transferred to {}", job.name),
    )?;
    Event::ApplicationUpdated(id).record(edit);
    if is_active && stage_id.is_some() {
        Event::ApplicationMoved(id).record(edit);
    }
    if let Some(stage_id) = stage_id.filter(|_| is_active) {
        offer_at_the_end(edit, id, stage_id)?;
    }
    Ok(id)
}

/// What became of the application of a prospect.
pub(crate) struct Converted {
    pub(crate) old_id: i64,
    pub(crate) new_id: i64,
    pub(crate) job_id: i64,
    pub(crate) stage_id: Option<i64>,
}

/// Makes a prospect a candidate on a job. The prospect's application stays, as converted, and another with an id of its own
/// goes on from it. Problems are at `job` and `stage`.
pub(crate) fn convert(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    target: &Target,
) -> Outcome<Converted> {
    let mut subject = Subject::of(edit, actor, id)?;
    if !subject.application.prospect {
        return Err(Refusal::whole(State::NoProspect));
    }
    subject.require_status("active")?;
    let (job_id, job, stage_id) = target.check(edit, actor, &mut Problems::default())?;
    let now = stamp(edit.now());
    let old_id = subject.id;
    let candidate_id = subject.application.candidate_id;
    let application = Application {
        prospect: false,
        applied_at: now.clone(),
        last_activity_at: now,
        job_ids: vec![job_id],
        stage_id,
        // What was posted belongs to what the prospect was considered for.
        job_post_id: None,
        prospect_pool_id: None,
        prospect_stage_id: None,
        prospect_owner_id: None,
        prospective_office_id: None,
        prospective_department_id: None,
        ..subject.application.clone()
    };
    "converted".clone_into(&mut subject.application.status);
    let about = subject.about().naming(&[job_id]);
    subject.keep_with(
        edit,
        &about,
        "Prospect Converted",
        &format!("became a candidate for {}", job.name),
    )?;
    Event::ApplicationUpdated(old_id).record(edit);
    let new_id = add(edit, candidate_id, application)?;
    Ok(Converted {
        old_id,
        new_id,
        job_id,
        stage_id,
    })
}

impl Target {
    /// The job, and the stage in it; or what is wrong with them. Refuses those who see the job and may not manage it.
    fn check(
        &self,
        view: &View<'_>,
        actor: &Actor,
        problems: &mut Problems,
    ) -> Outcome<(i64, Job, Option<i64>)> {
        let found = self.job.find::<Job>(view, actor, &JOB)?;
        let mut stage_id = None;
        match &found {
            None => problems.unknown("job", "A job"),
            Some((job_id, job)) => {
                if job.status == "closed" {
                    problems.add("job", Why::Closed("job"));
                } else {
                    actor.require_job(view, *job_id)?;
                }
                if let Some(id) = self.stage {
                    stage_id = of_job(view, actor, *job_id, id, "stage", problems)?;
                }
            }
        }
        problems.check()?;
        let (job_id, job) = found.ok_or(Refusal::NotFound)?;
        let first = job_stages::of_job(view, job_id)?.first().copied();
        Ok((job_id, job, stage_id.or(first)))
    }
}

/// The stage of a job that is named, or a problem.
fn of_job(
    view: &View<'_>,
    actor: &Actor,
    job_id: i64,
    stage_id: ClientId,
    at: &str,
    problems: &mut Problems,
) -> Outcome<Option<i64>> {
    let found = stage_id.find::<JobStage>(view, actor, &JOB_STAGE)?;
    let found = found.filter(|(_, stage)| stage.job_id == job_id && stage.active);
    if found.is_none() {
        problems.add(at, Why::NotOf("stage", "this job"));
    }
    Ok(found.map(|(id, _)| id))
}
