//! Deleting applications.

use super::{Subject, record, remove};
use crate::domain::access::{Actor, ClientId};
use crate::domain::activity_feed::About;
use crate::domain::events::Event;
use crate::refusal::Outcome;
use crate::store::Edit;

/// Deletes the application of a candidate on a job, and says which that was.
pub(crate) fn delete(edit: &mut Edit<'_>, actor: &Actor, id: ClientId) -> Outcome<i64> {
    let subject = Subject::of(edit, actor, id)?;
    subject.require_job()?;
    remove(edit, subject.id)?;
    let about = About::jobs(&subject.application.job_ids);
    let candidate_id = subject.application.candidate_id;
    let what = "has one application less";
    record(
        edit,
        actor,
        candidate_id,
        &about,
        "Application Deleted",
        what,
    )?;
    let id = subject.id;
    Event::ApplicationDeleted(id, Box::new(subject.application)).record(edit);
    Ok(id)
}
