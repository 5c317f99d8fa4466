//! The status of a job: it follows the openings of the job, and the approval of a draft.

use std::rc::Rc;

use crate::clock::stamp;
use crate::domain::events::Event;
use crate::domain::jobs::{JOB, Job};
use crate::refusal::{Outcome, Refusal};
use crate::store::Edit;

/// To be called when an opening of a job was opened or closed: with its last open one the job closes, and with another
/// one a closed job opens again.
pub(crate) fn follow_openings(edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
    let job: Rc<Job> = edit.shared(&JOB, id)?.ok_or_else(Refusal::not_found)?;
    let sql = "SELECT count(*) FROM job_opening WHERE job_id = ?1 AND status = 'open'";
    let any_open = edit.value(sql, [id])? > Some(0);
    let now = stamp(edit.now());
    let (status, closed_at) = match (job.status.as_str(), any_open) {
        ("closed", true) => ("open", None),
        ("open" | "draft", false) => ("closed", Some(now.clone())),
        _ => return Ok(()),
    };
    let job = Job {
        status: status.to_owned(),
        closed_at,
        updated_at: now,
        ..Job::clone(&job)
    };
    job.save(edit, id)?;
    Event::JobUpdated(id).record(edit);
    Ok(())
}

/// Recruiting for it was approved: a draft opens.
pub(crate) fn open_draft(edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
    let mut job: Job = edit.get(&JOB, id)?;
    if job.status != "draft" {
        return Ok(());
    }
    let now = stamp(edit.now());
    "open".clone_into(&mut job.status);
    job.opened_at = Some(now.clone());
    job.updated_at = now;
    job.save(edit, id)?;
    Event::JobUpdated(id).record(edit);
    Ok(())
}
