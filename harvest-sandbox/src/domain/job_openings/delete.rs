//! Deleting openings, for good.

use super::{JOB_OPENING, JobOpening};
use crate::domain::access::{Actor, ClientId};
use crate::domain::jobs::Job;
use crate::domain::offers;
use crate::refusal::Outcome;
use crate::store::{Edit, View};

/// What became of openings that were to be deleted.
#[derive(Default)]
pub(crate) struct Deleted {
    pub(crate) ids: Vec<i64>,
    pub(crate) failed: Vec<ClientId>,
}

/// Deletes openings of a job. Unless it is `forced`, those stay that are open or filled, or are in an offer.
pub(crate) fn delete(
    edit: &mut Edit<'_>,
    actor: &Actor,
    job: ClientId,
    ids: Vec<ClientId>,
    forced: bool,
) -> Outcome<Deleted> {
    let (job_id, _) = Job::seen(edit, actor, job)?;
    actor.require_job(edit, job_id)?;
    let mut deleted = Deleted::default();
    for id in ids {
        if let Some((known, opening)) = id.shared::<JobOpening>(edit, actor, &JOB_OPENING)?
            && opening.job_id == job_id
            && (forced || may_go(edit, known, &opening)?)
        {
            offers::forget_opening(edit, known)?;
            edit.delete(&JOB_OPENING, known)?;
            deleted.ids.push(known);
        } else {
            deleted.failed.push(id);
        }
    }
    Ok(deleted)
}

fn may_go(view: &View<'_>, id: i64, opening: &JobOpening) -> Outcome<bool> {
    Ok(opening.status == "closed"
        && opening.application_id.is_none()
        && !offers::any_of_opening(view, id)?)
}
